//! The sheets and shared strings of an XLSX workbook.
//!
//! calamine was tried for this and left: it reserves memory for as many strings as a workbook
//! announces, before it has seen one, and computes with cell references without looking at their
//! length, so that both a file of 2 KB could end the program. What a table of texts needs of the
//! format is little enough to be read here, within bounds.

use super::archive::{Archive, damaged};
use super::sheet::{Enough, rows};
use super::values::MAX_CELL;
use super::xml::{Events, attribute, resolved};
use crate::domain::Message;
use crate::exchange::ReadFailure;
use quick_xml::events::Event;
use std::cell::Cell;
use std::collections::HashMap;
use std::io::BufReader;

/// Sheets that are looked at for a table.
const MAX_SHEETS: usize = 50;
/// The most strings that cells share.
const MAX_STRINGS: usize = 2_000_000;

/// A workbook, with its shared strings in memory and its sheets yet to be read.
pub(super) struct Workbook<'a> {
    archive: Archive<'a>,
    /// The parts that hold the sheets, in the order of the tabs.
    sheets: Vec<String>,
    strings: Vec<String>,
}

impl<'a> Workbook<'a> {
    /// Opens it.
    pub(super) fn open(mut archive: Archive<'a>) -> Result<Self, Message> {
        let targets = targets(&mut archive)?;
        let mut sheets = Vec::new();
        each_tag(&mut archive, "xl/workbook.xml", "sheet", |id, _| {
            if let Some(part) = id.and_then(|id| targets.get(&id)) {
                sheets.push(part.clone());
            }
        })?;
        sheets.truncate(MAX_SHEETS);
        sheets.retain(|part| archive.has(part));
        let strings = if archive.has("xl/sharedStrings.xml") {
            shared_strings(&mut archive)?
        } else {
            Vec::new()
        };
        Ok(Self {
            archive,
            sheets,
            strings,
        })
    }

    /// How many sheets there are.
    pub(super) fn sheets(&self) -> usize {
        self.sheets.len()
    }

    /// Calls `each` for every row of a sheet that is not empty, with the row's number as spreadsheets
    /// show it, until it says that it has enough.
    pub(super) fn rows(
        &mut self,
        sheet: usize,
        last: &Cell<u32>,
        each: impl FnMut(u32, Vec<String>) -> Result<Enough, ReadFailure>,
    ) -> Result<(), ReadFailure> {
        let part = self.sheets.get(sheet).ok_or_else(damaged)?;
        rows(
            BufReader::new(self.archive.part(part)?),
            &self.strings,
            last,
            each,
        )
    }
}

/// The parts that the workbook refers to, by the reference's id.
fn targets(archive: &mut Archive<'_>) -> Result<HashMap<String, String>, Message> {
    let mut targets = HashMap::new();
    each_tag(
        archive,
        "xl/_rels/workbook.xml.rels",
        "Relationship",
        |id, target| {
            if let (Some(id), Some(target)) = (id, target) {
                let part = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => format!("xl/{target}"),
                };
                targets.insert(id, part);
            }
        },
    )?;
    Ok(targets)
}

/// Calls `each` with the attributes `id` and `Target` of every such tag. A sheet has an `r:id` and may
/// have no other.
fn each_tag(
    archive: &mut Archive<'_>,
    part: &str,
    name: &str,
    mut each: impl FnMut(Option<String>, Option<String>),
) -> Result<(), Message> {
    let mut events = Events::new(BufReader::new(archive.part(part)?));
    loop {
        match events.next()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == name => {
                let id = match attribute(&tag, "Id")? {
                    Some(id) => Some(id),
                    None => attribute(&tag, "id")?,
                };
                each(id, attribute(&tag, "Target")?);
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The strings that cells refer to by their place. Formatting within a string is left out, and so is
/// the phonetic reading beside it.
fn shared_strings(archive: &mut Archive<'_>) -> Result<Vec<String>, Message> {
    let mut events = Events::new(BufReader::new(archive.part("xl/sharedStrings.xml")?));
    let mut strings: Vec<String> = Vec::new();
    let (mut in_text, mut in_reading) = (false, false);
    loop {
        let event = events.next()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "si" if strings.len() == MAX_STRINGS => {
                    return Err(Message::new("exchange-strings").with("max", MAX_STRINGS));
                }
                "si" => strings.push(String::new()),
                "rPh" => in_reading = matches!(event, Event::Start(_)),
                "t" => in_text = matches!(event, Event::Start(_)) && !in_reading,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "rPh" => in_reading = false,
                "t" => in_text = false,
                _ => {}
            },
            Event::Text(text) if in_text => push(&mut strings, text),
            Event::CData(text) if in_text => push(&mut strings, text),
            Event::GeneralRef(name) if in_text => push(&mut strings, &resolved(name)),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Adds to the last string. One that is too long already stays so, for the cell that refers to it to
/// be refused with its row.
fn push(strings: &mut [String], text: &str) {
    if let Some(last) = strings.last_mut().filter(|last| last.len() <= MAX_CELL) {
        last.push_str(text);
    }
}
