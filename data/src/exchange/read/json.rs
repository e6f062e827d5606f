//! JSON: the dump of the Universal Human Rights Index, a list of objects, and our own files, whose list
//! is `recommendations`. Either is read an object at a time, as a row whose headings are the object's
//! names, by the readers of the same tables.

use super::json_items::{Item, Items, MAX_DEPTH, MAX_ITEM};
use super::table::{Guard, Table};
use super::values::rejected;
use crate::domain::{Message, ReviewCode};
use crate::exchange::{Format, ReadFailure, ReadOptions, Sink};
use serde_json::{Map, Value};
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

/// Those in our own files. A claim is taken apart, since each of its parts may hold anything.
const OWN: [&str; 16] = [
    "review",
    "paragraph",
    "summary",
    "text",
    "text_language",
    "recommending_states",
    "position",
    CLAIM,
    "position_raw",
    "position_paragraph",
    "position_date",
    "issues",
    "themes",
    "affected_persons",
    "sdgs",
    "action_category",
];
const CLAIM: &str = "position_source";

/// Whether a text that begins so is JSON that could be one of these: RTF begins with a brace, too.
pub(super) fn is_json(beginning: &[u8]) -> bool {
    let beginning = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    match beginning.trim_ascii_start().split_first() {
        Some((b'[', _)) => true,
        Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')),
        _ => false,
    }
}

/// Reads a file of so many bytes.
pub(super) fn read(
    input: impl BufRead,
    of: u64,
    review: Option<ReviewCode>,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let Some(mut items) = Items::find(input, "recommendations")? else {
        return Err(Message::new("exchange-unknown-format").into());
    };
    let mut rows = None;
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
                    None => rows.insert(Rows::like(&object, review)?),
                };
                rows.table.take(number, &rows.shape.cells(&object), sink)?;
            }
            Err(reason) => sink.rejected(rejected(number, "", "", reason).of_review(review))?,
        }
        sink.progress(items.read_so_far(), of)?;
    }
    match rows {
        Some(rows) => Ok(rows.shape.format()),
        None if number == 0 => Err(Message::new("exchange-no-rows").into()),
        None => Err(Message::new("exchange-unknown-format").into()),
    }
}

fn object(item: Item) -> Result<Map<String, Value>, Message> {
    match item {
        Item::TooLong => Err(Message::new("exchange-json-too-long").with("max", MAX_ITEM >> 20)),
        Item::TooDeep => Err(Message::new("exchange-json-too-deep").with("max", MAX_DEPTH)),
        Item::Kept(bytes) => {
            serde_json::from_slice(&bytes).map_err(|_| Message::new("exchange-json-object"))
        }
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
    table: Table,
}

impl Rows {
    /// For objects like the first one.
    fn like(first: &Map<String, Value>, review: Option<ReviewCode>) -> Result<Self, Message> {
        let has = |names: &[&str]| names.iter().all(|name| first.contains_key(*name));
        let shape = if has(&["Text", "Countries"]) {
            Shape::Uhri
        } else if has(&["paragraph", "recommending_states"]) {
            Shape::Own
        } else {
            return Err(Message::new("exchange-unknown-format"));
        };
        let headings: Vec<String> = shape
            .names()
            .iter()
            .map(|name| (*name).to_owned())
            .collect();
        let table = Table::of(&headings, &ReadOptions::of_review(review), Guard::Never)?;
        Ok(Self { shape, table })
    }
}

impl Shape {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Uhri => &UHRI,
            Self::Own => &OWN,
        }
    }

    fn format(self) -> Format {
        match self {
            Self::Uhri => Format::UhriJson,
            Self::Own => Format::OwnJson,
        }
    }

    /// An object as the cells of a row.
    fn cells(self, object: &Map<String, Value>) -> Vec<String> {
        let member = |name: &str| object.get(name).map_or_else(String::new, cell);
        let of_claim = |part: &str| {
            let claim = object.get(CLAIM).and_then(Value::as_object);
            claim
                .and_then(|claim| claim.get(part))
                .map_or_else(String::new, cell)
        };
        let cells = self.names().iter().map(|name| match *name {
            CLAIM => match of_claim("source") {
                source if source.is_empty() => source,
                source => format!("| {}", source.replace('|', "¦")),
            },
            "position_raw" => of_claim("raw"),
            "position_paragraph" => of_claim("source_paragraph"),
            "position_date" => of_claim("date"),
            name => member(name),
        });
        cells.collect()
    }
}

/// A value as the cell of a table would hold it: several on lines of their own, with bullets, and of
/// whatever has a code that code.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(values) => {
            let lines: Vec<String> = values
                .iter()
                .map(|value| format!("- {}", cell(value).replace(['\n', '\r'], " ")))
                .collect();
            lines.join("\n")
        }
        Value::Object(object) => ["code", "number", "raw", "name", "label", "title"]
            .into_iter()
            .find_map(|name| object.get(name))
            .map_or_else(String::new, cell),
    }
}
