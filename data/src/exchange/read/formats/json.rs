//! JSON: the dump of the Universal Human Rights Index, a list of objects, and our own files, whose list
//! is `recommendations`. Either is read an object at a time, as a row whose headings are the object's
//! names, by the readers of the same tables.

use crate::domain::{Column, Message};
use crate::exchange::out::Extra;
use crate::exchange::read::containers::json_items::{Item, Items, MAX_DEPTH, MAX_ITEM};
use crate::exchange::read::containers::json_numbers::with_written_numbers;
use crate::exchange::read::containers::json_unique::{NotUnique, unique};
use crate::exchange::read::containers::loose_tables::holds_something;
use crate::exchange::read::formats::own_table_fields::Field;
use crate::exchange::read::formats::recognise::{Guard, Table};
use crate::exchange::read::values::cell_notes::CellNotes;
use crate::exchange::read::values::cells::{MAX_COLUMNS, rejected, shortened};
use crate::exchange::{FileAccount, FileRefusal, Format, ReadFailure, ReadOptions, Sink};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::io::BufRead;

/// The most objects of a file. The index has a quarter of a million, other mechanisms' included.
const MAX_ITEMS: u32 = 2_000_000;

/// The names in the index that something is read from.
const UHRI: [&str; 13] = [
    "AnnotationId",
    "AnnotationType",
    "Body",
    "Symbol",
    "Countries",
    "Text",
    "Themes",
    "AffectedPersons",
    "Sdgs",
    "UprCycle",
    "UprPositions",
    "UprRecommendingCountry",
    "UprSession",
];

/// The headings of its spreadsheet that something is read from.
const UHRI_HEADINGS: [&str; 12] = [
    "Text",
    "Countries Concerned",
    "Reccomending Body",
    "Document Symbol",
    "Themes",
    "Affected Persons",
    "Sdgs",
    "UPR Reccomending States",
    "UPR Position",
    "Type",
    "OHCHR Annotation Id",
    "UPR Session",
];

/// The parts of a claim in our own files.
const CLAIM_PARTS: [&str; 4] = ["raw", "source", "source_paragraph", "date"];

/// Whether a text that begins so is JSON that could be one of these: RTF begins with a brace, too.
pub(crate) fn is_json(beginning: &[u8]) -> bool {
    let beginning = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    match beginning.trim_ascii_start().split_first() {
        Some((b'[', _)) => true,
        Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')),
        _ => false,
    }
}

/// Reads a file of so many bytes.
pub(crate) fn read(
    input: impl BufRead,
    of: u64,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let review = options.review;
    let Some(mut items) = Items::find(input, "recommendations")? else {
        return Err(Message::new("exchange-unknown-format").into());
    };
    let mut rows: Option<Rows> = None;
    let mut number = 0_u32;
    while let Some(item) = items.next()? {
        number += 1;
        if number > MAX_ITEMS {
            return Err(Message::new("exchange-rows").with("max", MAX_ITEMS).into());
        }
        match object(item) {
            Ok(object) => {
                let rows = match &mut rows {
                    Some(rows) => rows,
                    None => rows.insert(Rows::like(&object, options)?),
                };
                rows.see(&object);
                match rows.cells(&object) {
                    Ok(cells) => {
                        let is_ours = rows.table.is_written_here();
                        let changed = (!is_ours).then(|| rows.notes.see_markup(&cells)).flatten();
                        let cells = changed.unwrap_or(cells);
                        rows.table.take(number, &cells, sink)?;
                    }
                    Err(name) => {
                        let reason = Message::new("exchange-json-nested")
                            .with("row", number)
                            .with("name", shortened(&name));
                        let wrong = rejected(number, &name, "", reason);
                        let cells = object.iter().map(|(name, value)| (name, as_written(value)));
                        let cells: Vec<(&String, String)> = cells.collect();
                        let cells = cells
                            .iter()
                            .map(|(name, value)| (name.as_str(), value.as_str()));
                        sink.rejected(wrong.of_review(review).with_cells(cells))?;
                    }
                }
            }
            Err(reason) => sink.rejected(rejected(number, "", "", reason).of_review(review))?,
        }
        sink.progress(items.read_so_far(), of)?;
    }
    match rows {
        Some(rows) => {
            let mut account = rows.account();
            for (name, value) in items.others() {
                if !is_about_the_file(name, value) {
                    account.pass_over_member(name);
                }
            }
            sink.account(account);
            Ok(rows.shape.format())
        }
        None if number == 0 => Err(Message::new("exchange-no-rows").into()),
        None => Err(Message::new("exchange-unknown-format").into()),
    }
}

fn object(item: Item) -> Result<Map<String, Value>, Message> {
    match item {
        Item::TooLong => Err(Message::new("exchange-json-too-long").with("max", MAX_ITEM >> 20)),
        Item::TooDeep => Err(Message::new("exchange-json-too-deep").with("max", MAX_DEPTH)),
        Item::Kept(bytes) => match unique(&with_written_numbers(&bytes)) {
            Ok(Value::Object(object)) => Ok(object),
            Err(NotUnique::Twice(name)) => {
                Err(Message::new("exchange-json-twice").with("name", shortened(&name)))
            }
            Ok(_) | Err(NotUnique::Damaged(_)) => Err(Message::new("exchange-json-object")),
        },
    }
}

/// Returns true if a member beside the list is what our own files say of themselves.
fn is_about_the_file(name: &str, value: &[u8]) -> bool {
    let known = |name: &String| Extra::ALL.iter().any(|extra| extra.id() == name);
    let object: Option<Map<String, Value>> = serde_json::from_slice(value).ok();
    name == "about" && object.is_some_and(|object| object.keys().all(known))
}

/// A value as it is in the file, for a row that is given back.
fn as_written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

/// What the objects of a file are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Uhri,
    Own,
}

/// The objects of a file as rows.
struct Rows {
    shape: Shape,
    /// The names that something is read from.
    names: Vec<String>,
    table: Table,
    /// Whether the names are the headings of the index's spreadsheet.
    has_headings: bool,
    /// The places of the names that the table reads.
    reads: Vec<usize>,
    /// The names that objects have, and from which something is read.
    read: BTreeSet<String>,
    /// The other names under which objects hold something.
    unread: BTreeSet<String>,
    /// What their texts are beside what is read of them.
    notes: CellNotes,
}

/// Names of objects that are told apart where nothing is read from them.
const MAX_UNREAD: usize = 200;

impl Rows {
    /// For objects like the first one.
    fn like(first: &Map<String, Value>, options: &ReadOptions) -> Result<Self, FileRefusal> {
        let has = |names: &[&str]| names.iter().all(|name| first.contains_key(*name));
        // The index's own names, or the headings of its spreadsheet as names.
        let has_headings = has(&["Text", "Countries Concerned"]);
        let shape = if has(&["Text", "Countries"]) || has_headings {
            Shape::Uhri
        } else if has(&["paragraph", "recommending_states"]) {
            Shape::Own
        } else {
            return Err(Message::new("exchange-unknown-format").into());
        };
        let names: Vec<String> = match shape {
            Shape::Uhri if has_headings => {
                let names = first.keys().take(MAX_COLUMNS).cloned();
                let missing = UHRI_HEADINGS
                    .iter()
                    .filter(|name| !first.contains_key(**name));
                names
                    .chain(missing.map(|name| (*name).to_owned()))
                    .collect()
            }
            Shape::Uhri => UHRI.iter().map(|name| (*name).to_owned()).collect(),
            Shape::Own => Field::all().map(|(_, name)| name.to_owned()).collect(),
        };
        let recognised = ReadOptions::of_review(options.review);
        let table = Table::of(&names, &recognised, Guard::Never)?.written_here();
        // Names of its own stand beside those that are read: for a round, parts of assessments among them would be lost.
        let beside = first.keys().filter(|name| !names.contains(name));
        let all: Vec<String> = names.iter().chain(beside).cloned().collect();
        // The members of objects cannot be mapped, so a person can only bring another file.
        table
            .refuse_to_lose_assessments(&all, options)
            .map_err(|refusal| match refusal {
                FileRefusal::AssessmentColumns { columns } => {
                    let message = Message::new("exchange-json-assessments");
                    message.with("members", columns).into()
                }
                other => other,
            })?;
        Ok(Self {
            has_headings,
            notes: CellNotes::below(0, table.reads(), Vec::new()),
            reads: table.reads(),
            shape,
            names,
            table,
            read: BTreeSet::new(),
            unread: BTreeSet::new(),
        })
    }

    /// Notes which members an object has.
    fn see(&mut self, object: &Map<String, Value>) {
        for (name, value) in object {
            let place = self.names.iter().position(|known| known == name);
            // Under the headings of a spreadsheet, columns of somebody's own stand as well.
            let reads = |place: &usize| !self.has_headings || self.reads.contains(place);
            if place.as_ref().is_some_and(reads) {
                self.read.insert(name.clone());
            } else if self.unread.len() < MAX_UNREAD
                && !self.unread.contains(name)
                && holds_something(value)
            {
                self.unread.insert(name.clone());
            }
        }
    }

    fn account(&self) -> FileAccount {
        let mut account = FileAccount::default();
        let unread = self.unread.iter().map(|name| shortened(name));
        account.count_columns(self.read.len(), unread.collect());
        self.notes.account_for(&mut account);
        account
    }

    /// An object as the cells of a row; the name of a member that holds objects of which nothing is known. A claim is
    /// taken apart, since each of its parts may hold anything.
    fn cells(&self, object: &Map<String, Value>) -> Result<Vec<String>, String> {
        let claim_name = Column::PositionSource.id();
        let cell_of = |value: Option<&Value>, name: &str| match value {
            Some(value) => cell(value).ok_or_else(|| name.to_owned()),
            None => Ok(String::new()),
        };
        let member = |name: &str| {
            let value = cell_of(object.get(name), name)?;
            Ok(match self.shape {
                // The index puts a bullet into each value of a list, too.
                Shape::Uhri => value
                    .lines()
                    .map(|line| {
                        line.strip_prefix("- ")
                            .filter(|one| one.starts_with("- "))
                            .unwrap_or(line)
                    })
                    .collect::<Vec<_>>()
                    .join("\n"),
                Shape::Own => value,
            })
        };
        let claim = object.get(claim_name).and_then(Value::as_object);
        let is_known = |part: &String| CLAIM_PARTS.contains(&part.as_str());
        if claim.is_some_and(|claim| !claim.keys().all(is_known)) {
            return Err(claim_name.to_owned());
        }
        let of_claim = |part: &str| cell_of(claim.and_then(|claim| claim.get(part)), claim_name);
        let cells = self.names.iter().map(|name| match name.as_str() {
            // Somebody's own file may name the document and nothing else.
            name if name == claim_name && claim.is_none() => member(name),
            name if name == claim_name => Ok(match of_claim("source")? {
                source if source.is_empty() => source,
                source => format!("| {}", source.replace('|', "¦")),
            }),
            "position_raw" => of_claim("raw"),
            "position_paragraph" => of_claim("source_paragraph"),
            "position_date" => of_claim("date"),
            name if name == Column::Texts.id() && self.shape == Shape::Own => {
                let texts = object.get(name);
                let texts = texts.filter(|texts| !is_empty(texts));
                Ok(texts.map_or_else(String::new, Value::to_string))
            }
            name => member(name),
        });
        cells.collect()
    }
}

impl Shape {
    fn format(self) -> Format {
        match self {
            Self::Uhri => Format::UhriJson,
            Self::Own => Format::OwnJson,
        }
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// A value as the cell of a table would hold it: several on lines of their own, with bullets, and of
/// whatever has a code that code. `None` for an object of several members none of which is known.
fn cell(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(values) => {
            let lines: Option<Vec<String>> = values
                .iter()
                .map(|value| Some(format!("- {}", cell(value)?.replace(['\n', '\r'], " "))))
                .collect();
            lines?.join("\n")
        }
        Value::Object(object) => {
            let known = ["code", "number", "raw", "name", "label", "title"]
                .into_iter()
                .find_map(|name| object.get(name));
            let mut filled = object.values().filter(|value| holds_something(value));
            match (known, filled.next(), filled.next()) {
                (Some(known), _, _) => cell(known)?,
                (None, None, _) => String::new(),
                // Whatever it is called, it is all that is there.
                (None, Some(only), None) => cell(only)?,
                (None, Some(_), Some(_)) => return None,
            }
        }
    })
}
