//! The sheets and shared strings of an XLSX workbook.
//!
//! calamine was tried for this and left: it reserves memory for as many strings as a workbook
//! announces, before it has seen one, and computes with cell references without looking at their
//! length, so that both a file of 2 KB could end the program. What a table of texts needs of the
//! format is little enough to be read here, within bounds.

use crate::domain::Message;
use crate::exchange::ReadFailure;
use crate::exchange::read::containers::archive::{Archive, damaged};
use crate::exchange::read::containers::document_parts;
use crate::exchange::read::containers::merged_cells::{MergedCells, ranges};
use crate::exchange::read::containers::number_format::CellFormats;
use crate::exchange::read::containers::sheet::{
    Enough, Facts, Link, SharedStrings, column, rows, strikes,
};
use crate::exchange::read::containers::xml::{Events, attribute, resolved};
use crate::exchange::read::values::cells::MAX_CELL;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::BufReader;

/// Sheets that are looked at for a table.
const MAX_SHEETS: usize = 50;
/// The most cells with links that are looked at.
const MAX_LINKS: usize = 100_000;
/// The most strings that cells share.
const MAX_STRINGS: usize = 2_000_000;

/// A workbook, with its shared strings in memory and its sheets yet to be read.
pub(crate) struct Workbook<'a> {
    archive: Archive<'a>,
    /// The parts that hold the sheets, in the order of the tabs.
    sheets: Vec<String>,
    /// The names of the sheets.
    names: Vec<String>,
    /// The names of sheets that are not looked at.
    others: Vec<String>,
    strings: SharedStrings,
    formats: CellFormats,
}

impl<'a> Workbook<'a> {
    /// Opens it.
    pub(crate) fn open(mut archive: Archive<'a>) -> Result<Self, Message> {
        let targets = targets(&mut archive)?;
        let formats = formats(&mut archive)?;
        let (mut sheets, mut names, mut others) = (Vec::new(), Vec::new(), Vec::new());
        let mut parts = Vec::new();
        each_tag(&mut archive, "xl/workbook.xml", "sheet", |id, _, name| {
            if let Some(part) = id.and_then(|id| targets.get(&id)) {
                parts.push((part.clone(), name.unwrap_or_default()));
            }
        })?;
        for (number, (part, name)) in parts.into_iter().enumerate() {
            if number >= MAX_SHEETS {
                others.push(name);
            } else if archive.has(&part) {
                sheets.push(part);
                names.push(name);
            }
        }
        let strings = if archive.has("xl/sharedStrings.xml") {
            shared_strings(&mut archive)?
        } else {
            SharedStrings::default()
        };
        Ok(Self {
            archive,
            sheets,
            names,
            others,
            strings,
            formats,
        })
    }

    /// The name of a sheet.
    pub(crate) fn name(&self, sheet: usize) -> Option<&str> {
        self.names.get(sheet).map(String::as_str)
    }

    /// The names of sheets that are not looked at.
    pub(crate) fn others(&self) -> &[String] {
        &self.others
    }

    /// How many sheets there are.
    pub(crate) fn sheets(&self) -> usize {
        self.sheets.len()
    }

    /// Calls `each` for every row of a sheet that is not empty, with the row's number as spreadsheets
    /// show it, until it says that it has enough.
    pub(crate) fn rows(
        &mut self,
        sheet: usize,
        facts: &Facts,
        mut each: impl FnMut(u32, Vec<String>) -> Result<Enough, ReadFailure>,
    ) -> Result<(), ReadFailure> {
        let part = self.sheets.get(sheet).ok_or_else(damaged)?.clone();
        let part = &part;
        let ranges = ranges(BufReader::new(self.archive.part(part)?));
        let mut merged = MergedCells::new(ranges);
        let linked = self.links(part)?;
        rows(
            BufReader::new(self.archive.part(part)?),
            &self.strings,
            &self.formats,
            facts,
            |number, cells| {
                facts.merged.replace(merged.of(number, &cells));
                if let Some(linked) = linked.get(&number) {
                    let link = |(at, address): &(usize, String)| Link {
                        at: *at,
                        text: cells.get(*at).map_or("", |cell| cell.trim()).to_owned(),
                        address: address.clone(),
                    };
                    facts.links.borrow_mut().extend(linked.iter().map(link));
                }
                each(number, cells)
            },
        )
    }

    /// The links of a sheet: by row the columns and the addresses. They stand behind the rows, so that a sheet with
    /// links outside the file is gone through once more.
    fn links(&mut self, part: &str) -> Result<HashMap<u32, Vec<(usize, String)>>, Message> {
        let mut linked: HashMap<u32, Vec<(usize, String)>> = HashMap::new();
        let Some((folder, name)) = part.rsplit_once('/') else {
            return Ok(linked);
        };
        let relations = format!("{folder}/_rels/{name}.rels");
        if !self.archive.has(&relations) {
            return Ok(linked);
        }
        let addresses = document_parts::links(&mut self.archive, &relations)?;
        if addresses.is_empty() {
            return Ok(linked);
        }
        let mut count = 0;
        let mut events = Events::new(BufReader::new(self.archive.part(part)?));
        loop {
            match events.next()? {
                Event::Start(tag) | Event::Empty(tag)
                    if tag.local_name().as_ref() == "hyperlink" =>
                {
                    let address = attribute(&tag, "id")?.and_then(|id| addresses.get(&id));
                    let place = attribute(&tag, "ref")?;
                    let (Some(address), Some(place)) = (address, place) else {
                        continue;
                    };
                    for (row, column) in cells_of(&place) {
                        count += 1;
                        if count > MAX_LINKS {
                            return Ok(linked);
                        }
                        let of_row = linked.entry(row).or_default();
                        of_row.push((column, address.clone()));
                    }
                }
                Event::Eof => return Ok(linked),
                _ => {}
            }
        }
    }

    /// How many comments the cells of a sheet have.
    pub(crate) fn comments(&mut self, sheet: usize) -> Result<u64, Message> {
        let part = self.sheets.get(sheet).ok_or_else(damaged)?;
        let Some((folder, name)) = part.rsplit_once('/') else {
            return Ok(0);
        };
        let relations = format!("{folder}/_rels/{name}.rels");
        if !self.archive.has(&relations) {
            return Ok(0);
        }
        let mut parts = Vec::new();
        each_tag(
            &mut self.archive,
            &relations,
            "Relationship",
            |_, target, _| {
                let name = target
                    .as_deref()
                    .map(|target| target.trim_start_matches("../"));
                let name = name.map(|name| match name.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => format!("xl/{name}"),
                });
                // Threads of comments are listed as plain comments as well.
                parts.extend(name.filter(|name| name.contains("comments")));
            },
        )?;
        let mut count = 0;
        for part in parts.into_iter().take(MAX_SHEETS) {
            if self.archive.has(&part) {
                each_tag(&mut self.archive, &part, "comment", |_, _, _| count += 1)?;
            }
        }
        Ok(count)
    }
}

/// The rows and columns of a cell or a range of cells, from A1 on.
fn cells_of(place: &str) -> Vec<(u32, usize)> {
    let (first, last) = place.split_once(':').unwrap_or((place, place));
    let row = |reference: &str| -> Option<u32> {
        let digits = reference.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.parse().ok()
    };
    let (Some(from), Some(to)) = (row(first), row(last)) else {
        return Vec::new();
    };
    let (Some(left), Some(right)) = (column(first), column(last)) else {
        return Vec::new();
    };
    let rows = (from..=to).take(MAX_LINKS);
    let cells = rows.flat_map(|row| (left..=right).map(move |column| (row, column)));
    cells.take(MAX_LINKS).collect()
}

/// The parts that the workbook refers to, by the reference's id.
fn targets(archive: &mut Archive<'_>) -> Result<HashMap<String, String>, Message> {
    let mut targets = HashMap::new();
    each_tag(
        archive,
        "xl/_rels/workbook.xml.rels",
        "Relationship",
        |id, target, _| {
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

/// Calls `each` with the attributes `id`, `Target` and `name` of every such tag. A sheet has an `r:id` and may
/// have no other.
fn each_tag(
    archive: &mut Archive<'_>,
    part: &str,
    name: &str,
    mut each: impl FnMut(Option<String>, Option<String>, Option<String>),
) -> Result<(), Message> {
    let mut events = Events::new(BufReader::new(archive.part(part)?));
    loop {
        match events.next()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == name => {
                let id = match attribute(&tag, "Id")? {
                    Some(id) => Some(id),
                    None => attribute(&tag, "id")?,
                };
                each(id, attribute(&tag, "Target")?, attribute(&tag, "name")?);
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// How numbers are shown and what is struck out, by the styles of their cells.
fn formats(archive: &mut Archive<'_>) -> Result<CellFormats, Message> {
    let mut formats = CellFormats::default();
    let number = |text: Option<String>| text.and_then(|text| text.trim().parse::<u32>().ok());
    let mut events = Events::new(BufReader::new(archive.part("xl/workbook.xml")?));
    loop {
        match events.next()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "workbookPr" => {
                let counts_from = attribute(&tag, "date1904")?;
                formats.from_1904 = matches!(counts_from.as_deref(), Some("1" | "true"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    drop(events);
    if !archive.has(STYLES) {
        return Ok(formats);
    }
    let mut events = Events::new(BufReader::new(archive.part(STYLES)?));
    let (mut in_cells, mut in_fonts) = (false, false);
    // Which fonts strike out.
    let mut fonts: Vec<bool> = Vec::new();
    loop {
        let event = events.next()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "fonts" => in_fonts = matches!(event, Event::Start(_)),
                "font" if in_fonts && fonts.len() < CellFormats::MAX => fonts.push(false),
                "strike" if in_fonts => {
                    let is_struck = strikes(tag)?;
                    if let Some(font) = fonts.last_mut() {
                        *font = is_struck;
                    }
                }
                "numFmt" => {
                    let id = number(attribute(tag, "numFmtId")?);
                    if let (Some(id), Some(code)) = (id, attribute(tag, "formatCode")?) {
                        formats.define(id, &code);
                    }
                }
                "cellXfs" => in_cells = matches!(event, Event::Start(_)),
                "xf" if in_cells => {
                    let font = number(attribute(tag, "fontId")?).unwrap_or_default();
                    let font = usize::try_from(font).ok().and_then(|at| fonts.get(at));
                    let is_struck = font.copied().unwrap_or_default();
                    let format = number(attribute(tag, "numFmtId")?).unwrap_or_default();
                    formats.add_style(format, is_struck);
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::End(tag) if tag.local_name().as_ref() == "fonts" => in_fonts = false,
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

const STYLES: &str = "xl/styles.xml";

/// The strings that cells refer to by their place. Formatting within a string is left out, and so are
/// text that is struck out and the phonetic reading beside it.
fn shared_strings(archive: &mut Archive<'_>) -> Result<SharedStrings, Message> {
    let mut events = Events::new(BufReader::new(archive.part("xl/sharedStrings.xml")?));
    let mut strings: Vec<String> = Vec::new();
    let mut struck = HashSet::new();
    let mut own_format: HashMap<usize, String> = HashMap::new();
    let (mut in_text, mut in_reading, mut is_struck) = (false, false, false);
    // Whether the run of text has a format of its own.
    let mut has_own_format = false;
    loop {
        let event = events.next()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "si" if strings.len() == MAX_STRINGS => {
                    return Err(Message::new("exchange-strings").with("max", MAX_STRINGS));
                }
                "si" => {
                    strings.push(String::new());
                    (is_struck, has_own_format) = (false, false);
                }
                "r" => (is_struck, has_own_format) = (false, false),
                "rPr" => {
                    has_own_format = true;
                    let last = strings.len().saturating_sub(1);
                    own_format.entry(last).or_default();
                }
                "strike" => is_struck = strikes(tag)?,
                "rPh" => in_reading = matches!(event, Event::Start(_)),
                "t" => in_text = matches!(event, Event::Start(_)) && !in_reading,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "rPh" => in_reading = false,
                "t" => in_text = false,
                _ => {}
            },
            Event::Text(_) | Event::CData(_) if in_text && is_struck => {
                struck.insert(strings.len().saturating_sub(1));
            }
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if in_text && !is_struck => {
                let text: Cow<'_, str> = match &event {
                    Event::Text(text) => Cow::Borrowed(text),
                    Event::CData(text) => Cow::Borrowed(text),
                    Event::GeneralRef(name) => Cow::Owned(resolved(name)),
                    _ => Cow::Borrowed(""),
                };
                push(strings.last_mut(), &text);
                if has_own_format {
                    let last = strings.len().saturating_sub(1);
                    push(own_format.get_mut(&last), &text);
                }
            }
            Event::Eof => {
                return Ok(SharedStrings {
                    texts: strings,
                    struck,
                    own_format,
                });
            }
            _ => {}
        }
    }
}

/// Adds to a string. One that is too long already stays so, for the cell that refers to it to be refused with its
/// row.
fn push(string: Option<&mut String>, text: &str) {
    if let Some(string) = string.filter(|string| string.len() <= MAX_CELL) {
        string.push_str(text);
    }
}
