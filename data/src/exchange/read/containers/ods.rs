//! The sheets of an Open Document workbook.
//!
//! A sheet of this format repeats: "this cell 16,000 times, this row a million times" is how its
//! programs write the empty rest of a sheet, and how a file of one kilobyte could ask for terabytes.
//! What is empty only counts forward; what is not has to fit into the bounds of every table
//! (256 columns, 200,000 rows, 256 MiB of text), each repetition counted.

use crate::domain::Message;
use crate::exchange::ReadFailure;
use crate::exchange::read::containers::archive::{Archive, damaged};
use crate::exchange::read::containers::merged_cells::MergedCells;
use crate::exchange::read::containers::sheet::{Enough, Facts, Link, MAX_TEXT};
use crate::exchange::read::containers::xml::{Events, attribute, resolved};
use crate::exchange::read::values::cells::{MAX_CELL, MAX_COLUMNS, MAX_ROWS};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::BufReader;

/// The part that holds the sheets.
pub(crate) const CONTENT: &str = "content.xml";
/// The part that holds the styles with names.
const STYLES: &str = "styles.xml";
/// The family of the styles of cells.
const CELLS: &str = "table-cell";
/// Sheets that are looked at for a table.
const MAX_SHEETS: usize = 50;
/// Names of others that are kept.
const MAX_OTHERS: usize = 1_000;

/// The sheets of a workbook.
pub(crate) struct Sheets {
    /// The names of those that are looked at.
    pub(crate) names: Vec<String>,
    /// The names of others.
    pub(crate) others: Vec<String>,
}

/// The sheets; none in a text or a presentation.
pub(crate) fn sheets(archive: &mut Archive<'_>) -> Result<Sheets, Message> {
    let mut events = Events::new(BufReader::new(archive.part(CONTENT)?));
    let mut sheets = Sheets {
        names: Vec::new(),
        others: Vec::new(),
    };
    let mut inside = false;
    loop {
        match events.next()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "spreadsheet" => inside = true,
                "table" if inside => {
                    let name = attribute(&tag, "name")?.unwrap_or_default();
                    if sheets.names.len() < MAX_SHEETS {
                        sheets.names.push(name);
                    } else if sheets.others.len() < MAX_OTHERS {
                        sheets.others.push(name);
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// Calls `each` for every row of a sheet that is not empty, with its number from 1, until it has
/// enough.
pub(crate) fn rows(
    archive: &mut Archive<'_>,
    wanted: usize,
    facts: &Facts,
    mut each: impl FnMut(u32, Vec<String>) -> Result<Enough, ReadFailure>,
) -> Result<(), ReadFailure> {
    let mut sheet = Sheet::default();
    if archive.has(STYLES) {
        let mut events = Events::new(BufReader::new(archive.part(STYLES)?));
        loop {
            match events.next()? {
                Event::Start(tag) | Event::Empty(tag) => {
                    sheet.strike.style(tag.local_name().as_ref(), &tag)?;
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    let mut events = Events::new(BufReader::new(archive.part(CONTENT)?));
    let mut seen = 0;
    loop {
        let event = events.next()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let closed = matches!(event, Event::Empty(_));
                let name = tag.local_name();
                if name.as_ref() == "table" {
                    seen += 1;
                }
                if seen == 0 {
                    sheet.strike.style(name.as_ref(), tag)?;
                }
                if seen == wanted + 1 {
                    match name.as_ref() {
                        "table-row" => facts.begin_row(),
                        "annotation" => facts.comments.set(facts.comments.get() + 1),
                        _ => {}
                    }
                    sheet.begin(name.as_ref(), tag, closed)?;
                    if closed && sheet.end(name.as_ref(), facts, &mut each)? == Enough::Yes {
                        return Ok(());
                    }
                }
            }
            Event::End(tag) if seen == wanted + 1 => match tag.local_name().as_ref() {
                "table" => return Ok(()),
                name => {
                    if sheet.end(name, facts, &mut each)? == Enough::Yes {
                        return Ok(());
                    }
                }
            },
            Event::Text(text) => sheet.text(text),
            Event::CData(text) => sheet.text(text),
            Event::GeneralRef(name) => sheet.text(&resolved(name)),
            Event::Eof => return Err(damaged().into()),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Sheet {
    /// The number of the last row before the one being read.
    before: u32,
    row_repeats: u32,
    row: Vec<String>,
    column: usize,
    cell_repeats: usize,
    in_cell: bool,
    value: String,
    /// The number that the cell holds.
    number: Option<String>,
    /// The value beside the text, for cells that show none.
    hidden: Option<String>,
    /// How deep inside paragraphs, whose text counts.
    paragraphs: usize,
    /// How deep inside remarks, whose text does not.
    remarks: usize,
    /// The links whose end has not come yet: their addresses, and where their texts begin.
    links: Vec<(String, usize)>,
    total: usize,
    /// How many rows the cell is merged over.
    rows_spanned: u32,
    merged: MergedCells,
    strike: Strike,
}

/// What is struck out.
#[derive(Default)]
struct Strike {
    /// Which styles strike out, by the family and the name of the style.
    styles: HashMap<(String, String), bool>,
    /// The style that is being read.
    style: Option<(String, String)>,
    /// Whether the columns do so where a cell says nothing.
    columns: Vec<bool>,
    /// Whether the cell does.
    of_cell: bool,
    /// The same of the parts of the text that are inside one another; none where a part says nothing.
    of_parts: Vec<Option<bool>>,
    /// Whether something in the cell is struck out.
    in_cell: bool,
}

impl Strike {
    /// The most styles that are told apart.
    const MAX: usize = 65_536;

    /// Takes a tag among the styles.
    fn style(&mut self, tag_name: &str, tag: &BytesStart<'_>) -> Result<(), Message> {
        match tag_name {
            "style" => {
                let family = attribute(tag, "family")?.unwrap_or_default();
                let name = attribute(tag, "name")?.unwrap_or_default();
                let parent = attribute(tag, "parent-style-name")?;
                let inherited =
                    parent.is_some_and(|parent| self.of(&family, &parent) == Some(true));
                let key = (family, name);
                if inherited && self.styles.len() < Self::MAX {
                    self.styles.insert(key.clone(), true);
                }
                self.style = Some(key);
            }
            "text-properties" => {
                let kind = attribute(tag, "text-line-through-style")?;
                let kind = match kind {
                    Some(kind) => Some(kind),
                    None => attribute(tag, "text-line-through-type")?,
                };
                if let (Some(kind), Some(style)) = (kind, &self.style)
                    && self.styles.len() < Self::MAX
                {
                    self.styles.insert(style.clone(), kind != "none");
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a style strikes out; none if it says nothing of it.
    fn of(&self, family: &str, name: &str) -> Option<bool> {
        let key = (family.to_owned(), name.to_owned());
        self.styles.get(&key).copied()
    }

    /// Whether the text that comes next is struck out.
    fn is_on(&self) -> bool {
        let said = self.of_parts.iter().rev().find_map(|part| *part);
        said.unwrap_or(self.of_cell)
    }
}

/// A count of repetitions; one that is not there is one, and no sheet repeats anything more often than
/// it has rows.
fn repeats(tag: &BytesStart<'_>, name: &str) -> Result<u32, Message> {
    match attribute(tag, name)? {
        Some(count) => Ok(count.trim().parse::<u32>().map_err(|_| damaged())?.max(1)),
        None => Ok(1),
    }
}

impl Sheet {
    fn begin(&mut self, name: &str, tag: &BytesStart<'_>, closed: bool) -> Result<(), Message> {
        match name {
            "table-column" => {
                let count = repeats(tag, "number-columns-repeated")?;
                let count = usize::try_from(count).unwrap_or(MAX_COLUMNS);
                let style = attribute(tag, "default-cell-style-name")?;
                let is_struck = style.and_then(|style| self.strike.of(CELLS, &style));
                let columns = self.strike.columns.len().saturating_add(count);
                let is_struck = is_struck.unwrap_or_default();
                self.strike
                    .columns
                    .resize(columns.min(MAX_COLUMNS), is_struck);
            }
            "span" if !closed && self.in_cell => {
                let style = attribute(tag, "style-name")?;
                let is_struck = style.and_then(|style| self.strike.of("text", &style));
                self.strike.of_parts.push(is_struck);
            }
            "table-row" => {
                self.row_repeats = repeats(tag, "number-rows-repeated")?;
                self.row.clear();
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => {
                let count = repeats(tag, "number-columns-repeated")?;
                self.cell_repeats = usize::try_from(count).unwrap_or(usize::MAX);
                self.rows_spanned = repeats(tag, "number-rows-spanned")?;
                self.in_cell = true;
                self.value.clear();
                self.links.clear();
                self.hidden = None;
                (self.strike.in_cell, self.strike.of_parts) = (false, Vec::new());
                let of_style = attribute(tag, "style-name")?
                    .map(|style| self.strike.of(CELLS, &style).unwrap_or_default());
                let column = self.strike.columns.get(self.column);
                self.strike.of_cell = of_style.or(column.copied()).unwrap_or_default();
                self.number = attribute(tag, "value")?.filter(|_| !closed);
                for name in ["date-value", "value", "string-value"] {
                    if self.hidden.is_none() {
                        self.hidden = attribute(tag, name)?;
                    }
                }
            }
            "a" if !closed && self.in_cell && self.remarks == 0 => {
                let address = attribute(tag, "href")?.unwrap_or_default();
                self.links.push((address, self.value.len()));
            }
            "annotation" if !closed => self.remarks += 1,
            "p" | "h" if self.in_cell && self.remarks == 0 => {
                if !self.value.is_empty() {
                    self.push("\n");
                }
                self.paragraphs += usize::from(!closed);
            }
            "s" => {
                let count = repeats(tag, "c")?.min(100);
                let count = usize::try_from(count).unwrap_or(1);
                self.text(&" ".repeat(count));
            }
            "tab" => self.text(" "),
            "line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn end(
        &mut self,
        name: &str,
        facts: &Facts,
        each: &mut impl FnMut(u32, Vec<String>) -> Result<Enough, ReadFailure>,
    ) -> Result<Enough, ReadFailure> {
        match name {
            "a" if self.in_cell && self.remarks == 0 => {
                if let Some((address, start)) = self.links.pop()
                    && self.column < MAX_COLUMNS
                    && !address.is_empty()
                {
                    let text = self.value.get(start..).unwrap_or_default();
                    let link = Link {
                        at: self.column,
                        text: text.trim().to_owned(),
                        address,
                    };
                    facts.links.borrow_mut().push(link);
                }
            }
            "annotation" => self.remarks = self.remarks.saturating_sub(1),
            "p" | "h" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "span" => {
                self.strike.of_parts.pop();
            }
            "table-cell" | "covered-table-cell" => {
                // A number that is shown as short as it can be.
                let is_short = self
                    .number
                    .as_ref()
                    .is_some_and(|number| *number == self.value);
                if is_short && self.value.contains('.') && self.column < MAX_COLUMNS {
                    facts.may_lack_zero.borrow_mut().push(self.column);
                }
                // Of what is struck out, the value beside the text is struck out as well.
                if self.strike.in_cell || self.strike.of_cell && self.hidden.is_some() {
                    self.hidden = None;
                    if self.column < MAX_COLUMNS {
                        facts.struck.borrow_mut().push(self.column);
                    }
                }
                let first = self.number();
                let last = first.saturating_add(self.rows_spanned - 1);
                if self.rows_spanned > 1 && self.column < MAX_COLUMNS {
                    self.merged.add((first, last, self.column), &self.value);
                }
                self.end_cell()?;
            }
            "table-row" => return self.end_row(facts, each),
            _ => {}
        }
        Ok(Enough::No)
    }

    fn text(&mut self, text: &str) {
        if self.in_cell && self.paragraphs > 0 && self.remarks == 0 {
            if self.strike.is_on() {
                self.strike.in_cell |= !text.trim().is_empty();
            } else {
                self.push(text);
            }
        }
    }

    fn push(&mut self, text: &str) {
        // What is too long stays too long and is refused at the cell's end.
        if self.value.len() <= MAX_CELL {
            self.value.push_str(text);
        }
    }

    fn number(&self) -> u32 {
        self.before.saturating_add(1)
    }

    fn end_cell(&mut self) -> Result<(), Message> {
        (self.in_cell, self.paragraphs) = (false, 0);
        let place = self.column;
        self.column = self.column.saturating_add(self.cell_repeats);
        if self.value.is_empty()
            && let Some(hidden) = self.hidden.take()
        {
            self.push(&hidden);
        }
        if self.value.trim().is_empty() {
            return Ok(());
        }
        if self.column > MAX_COLUMNS {
            return Err(Message::new("exchange-columns").with("max", MAX_COLUMNS));
        }
        if self.value.len() > MAX_CELL {
            return Err(Message::new("exchange-cell-too-long")
                .with("row", self.number())
                .with("max", MAX_CELL >> 20));
        }
        self.count(self.value.len().saturating_mul(self.cell_repeats))?;
        self.row.resize(place, String::new());
        self.row.resize(self.column, self.value.clone());
        Ok(())
    }

    fn count(&mut self, bytes: usize) -> Result<(), Message> {
        self.total = self.total.saturating_add(bytes);
        if self.total > MAX_TEXT {
            return Err(Message::new("exchange-archive-too-large").with("max", MAX_TEXT >> 20));
        }
        Ok(())
    }

    fn end_row(
        &mut self,
        facts: &Facts,
        each: &mut impl FnMut(u32, Vec<String>) -> Result<Enough, ReadFailure>,
    ) -> Result<Enough, ReadFailure> {
        let first = self.number();
        let last = self.before.saturating_add(self.row_repeats);
        self.before = last;
        if self.row.is_empty() {
            return Ok(Enough::No);
        }
        if last > MAX_ROWS {
            return Err(Message::new("exchange-rows").with("max", MAX_ROWS).into());
        }
        let length: usize = self.row.iter().map(String::len).sum();
        let row = std::mem::take(&mut self.row);
        for number in first..=last {
            if number > first {
                self.count(length)?;
            }
            facts.merged.replace(self.merged.of(number, &row));
            if each(number, row.clone())? == Enough::Yes {
                return Ok(Enough::Yes);
            }
        }
        Ok(Enough::No)
    }
}
