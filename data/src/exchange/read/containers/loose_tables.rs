//! Tables that stand neither in a text nor in a workbook: those of a Word document, and a list of flat objects in JSON,
//! whose names are the headings. They are read as the sheets of a workbook are.

use crate::domain::Message;
use crate::exchange::read::containers::archive::Archive;
use crate::exchange::read::containers::counted_table::CountedTable;
use crate::exchange::read::containers::document::{Around, walk_with};
use crate::exchange::read::containers::document_parts::DocumentParts;
use crate::exchange::read::containers::json_numbers::with_written_numbers;
use crate::exchange::read::containers::json_unique::{NotUnique, unique};
use crate::exchange::read::containers::sheet::Facts;
use crate::exchange::read::formats::ohchr_matrix::name_around;
use crate::exchange::read::formats::recognise::{Guard, Table, nearer};
use crate::exchange::read::values::cells::{MAX_COLUMNS, MAX_ROWS};
use crate::exchange::read::{MAX_ABOVE, too_large};
use crate::exchange::{
    FileAccount, FileRefusal, Format, ReadFailure, ReadOptions, Row, Sink, UnreadReason,
};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::BufReader;

/// The largest JSON that is read by a mapping, in bytes: it is held in memory.
pub(crate) const MAX_JSON: usize = 16 << 20;

/// A table with its rows.
#[derive(Debug, Default)]
pub(crate) struct LooseTable {
    /// What it is called in the account of the file.
    pub(crate) name: String,
    /// Its rows, the headings included.
    pub(crate) rows: Vec<(Row, Vec<String>)>,
    /// What the cells of rows are beside their texts, of those rows where they are anything.
    facts: HashMap<Row, Facts>,
    /// The members of the file beside its list that hold something.
    members: Vec<String>,
}

impl LooseTable {
    /// Returns true if it could have headings and rows below them.
    fn has_headings(&self) -> bool {
        let filled =
            |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count() > 1;
        self.rows.iter().filter(|(_, cells)| filled(cells)).count() > 1
    }
}

/// The tables of a Word document, and what is around them.
pub(crate) fn in_document(
    archive: &mut Archive<'_>,
) -> Result<(Vec<LooseTable>, Around), ReadFailure> {
    let parts = DocumentParts::of(archive)?;
    let document = BufReader::new(archive.part("word/document.xml")?);
    let mut tables: Vec<(u32, LooseTable)> = Vec::new();
    let around = walk_with(document, &parts, |row| {
        let cells = row.cells.iter().map(|cell| cell.trim().to_owned());
        let cells = (row.number, cells.collect());
        let place = tables.iter().rposition(|(id, _)| *id == row.table);
        let place = place.unwrap_or_else(|| {
            let name = format!("Table {}", row.table);
            let table = LooseTable {
                name,
                ..LooseTable::default()
            };
            tables.push((row.table, table));
            tables.len() - 1
        });
        if let Some((_, table)) = tables.get_mut(place) {
            table.rows.push(cells);
            if !row.facts.are_empty() {
                table.facts.insert(row.number, row.facts);
            }
        }
        Ok(())
    })?;
    let tables = tables.into_iter().map(|(_, table)| table).collect();
    Ok((tables, around))
}

/// The table that a list of flat objects is: the file itself, or the only list of objects in its object. The headings
/// have the row 0, because objects are counted from 1.
pub(crate) fn in_json(bytes: &[u8]) -> Result<LooseTable, ReadFailure> {
    if bytes.len() > MAX_JSON {
        return Err(too_large(u64::try_from(MAX_JSON).unwrap_or(u64::MAX)));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let value: Value = unique(&with_written_numbers(bytes)).map_err(|error| {
        let error = match error {
            NotUnique::Twice(name) => {
                return Message::new("exchange-json-twice").with("name", name);
            }
            NotUnique::Damaged(error) => error,
        };
        // Where it is damaged in the file itself, not in the copy with numbers as texts.
        let error = serde_json::from_slice::<Value>(bytes)
            .err()
            .unwrap_or(error);
        Message::new("exchange-json-line")
            .with("line", error.line())
            .with("column", error.column())
    })?;
    let is_list = |value: &Value| {
        value
            .as_array()
            .is_some_and(|list| list.iter().any(Value::is_object))
    };
    let all: Vec<(String, Value)> = match value {
        Value::Object(object) => object.into_iter().collect(),
        other => vec![(String::new(), other)],
    };
    let (lists, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, one)| is_list(one));
    let others = others
        .into_iter()
        .filter(|(_, value)| holds_something(value));
    let members = others.map(|(name, _)| name).collect();
    let mut lists = lists.into_iter().map(|(_, value)| value);
    let (Some(Value::Array(list)), None) = (lists.next(), lists.next()) else {
        return Err(Message::new("exchange-json-lists").into());
    };
    let mut headings: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows = vec![(0, Vec::new())];
    for (number, item) in (1..).zip(list) {
        if number > MAX_ROWS {
            return Err(Message::new("exchange-rows").with("max", MAX_ROWS).into());
        }
        let Value::Object(object) = item else {
            return Err(Message::new("exchange-json-flat")
                .with("row", number)
                .into());
        };
        rows.push((number, cells(number, &object, &mut headings, &mut places)?));
    }
    for (_, cells) in &mut rows {
        cells.resize(headings.len(), String::new());
    }
    if let Some((_, first)) = rows.first_mut() {
        *first = headings;
    }
    Ok(LooseTable {
        rows,
        members,
        ..LooseTable::default()
    })
}

/// An object as the cells of a row; its further names become further headings.
fn cells(
    number: Row,
    object: &Map<String, Value>,
    headings: &mut Vec<String>,
    places: &mut HashMap<String, usize>,
) -> Result<Vec<String>, Message> {
    let mut cells = vec![String::new(); headings.len()];
    for (name, value) in object {
        let place = match places.get(name) {
            Some(place) => *place,
            None if headings.len() == MAX_COLUMNS => {
                return Err(Message::new("exchange-columns").with("max", MAX_COLUMNS));
            }
            None => {
                places.insert(name.clone(), headings.len());
                headings.push(name.clone());
                cells.push(String::new());
                headings.len() - 1
            }
        };
        let text = match value {
            Value::Array(values) => {
                let lines: Option<Vec<String>> = values.iter().map(plain).collect();
                lines.map(|lines| lines.join("\n"))
            }
            value => plain(value),
        };
        let Some(text) = text else {
            return Err(Message::new("exchange-json-nested")
                .with("row", number)
                .with("name", name));
        };
        if let Some(cell) = cells.get_mut(place) {
            *cell = text;
        }
    }
    Ok(cells)
}

/// Returns true if a value holds a text, a number or the like, however deep.
pub(crate) fn holds_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
        Value::Array(values) => values.iter().any(holds_something),
        Value::Object(object) => object.values().any(holds_something),
    }
}

/// A value that is neither a list nor an object.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Reads the first of the tables whose headings are known, and those after it with the same headings. If there is none,
/// a mapping would help where a table has headings at all. The text around the tables is named as not read.
pub(crate) fn read(
    tables: Vec<LooseTable>,
    around: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let chosen = options.mapping.as_ref().and_then(|one| one.heading_row);
    let has_headings = tables.iter().any(LooseTable::has_headings);
    let mut found: Option<(CountedTable, Vec<String>)> = None;
    let mut account = FileAccount::default();
    let mut reason = None;
    let mut done = 0_u64;
    let of: usize = tables.iter().map(|table| table.rows.len()).sum();
    let of = u64::try_from(of).unwrap_or(u64::MAX);
    for table in tables {
        let LooseTable {
            name,
            rows,
            facts,
            members,
        } = table;
        let none = Facts::default();
        let continues = match (&mut found, rows.first()) {
            (Some((_, headings)), Some((_, cells))) if cells == headings => true,
            (Some((table, _)), _) => {
                table.account().pass_over_sheet(&name);
                continue;
            }
            (None, _) => false,
        };
        for name in &members {
            account.pass_over_member(name);
        }
        let mut above = account.clone();
        for (place, (number, mut cells)) in rows.into_iter().enumerate() {
            done += 1;
            match &mut found {
                Some(_) if continues && place == 0 => {}
                Some((table, _)) => {
                    let facts = facts.get(&number).unwrap_or(&none);
                    table.notes().see(number, &mut cells, facts);
                    if cells.iter().any(|cell| !cell.trim().is_empty()) {
                        table.take(number, &cells, sink)?;
                    }
                    sink.progress(done, of)?;
                }
                None if chosen.is_some_and(|chosen| chosen != number) => {
                    above.pass_over(number, UnreadReason::AboveHeadings, &cells);
                }
                None if place > usize::try_from(MAX_ABOVE).unwrap_or(usize::MAX) => break,
                None => match Table::of(&cells, options, Guard::Never) {
                    Ok(table) => {
                        let above = std::mem::take(&mut above);
                        let table = CountedTable::new(table, &cells, Some(number), above);
                        found = Some((table, cells));
                    }
                    Err(
                        why @ (FileRefusal::AssessmentColumns { .. }
                        | FileRefusal::Contradiction(_)),
                    ) => return Err(why.into()),
                    Err(why) => {
                        above.pass_over(number, UnreadReason::AboveHeadings, &cells);
                        if options.mapping.is_some() {
                            reason = Some(nearer(reason.take(), why));
                        }
                    }
                },
            }
        }
        if found.is_none() {
            account.pass_over_sheet(&name);
        }
    }
    match (found, reason) {
        (Some((mut table, _)), _) => {
            let format = table.format();
            name_around(around, table.account());
            table.finish(sink);
            Ok(format)
        }
        (None, Some(reason)) => Err(reason.into()),
        (None, None) if has_headings => Err(FileRefusal::RecordHeadings.into()),
        (None, None) => Err(Message::new("exchange-unknown-format").into()),
    }
}
