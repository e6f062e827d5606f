//! The rows of a workbook's sheet, one at a time, as texts.
//!
//! A sheet may claim a cell in its last corner or repeat one long string in every cell: neither is
//! given memory for more than what a row holds.

use crate::domain::Message;
use crate::exchange::ReadFailure;
use crate::exchange::read::containers::archive::damaged;
use crate::exchange::read::containers::number_format::CellFormats;
use crate::exchange::read::containers::xml::{Events, attribute, resolved};
use crate::exchange::read::values::cells::{MAX_CELL, MAX_COLUMNS, MAX_ROWS};
use quick_xml::events::{BytesStart, Event};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::io::BufRead;

/// All text of a sheet, in bytes. One shared string can be repeated in every cell: what the archive
/// unpacks to says nothing about what the table comes to.
pub(crate) const MAX_TEXT: usize = 256 << 20;

/// The longest number, in bytes.
const MAX_NUMBER: usize = 40;

/// Whether the rows so far are enough.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Enough {
    /// Stop reading.
    Yes,
    /// Go on.
    No,
}

/// A link in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Link {
    /// The column of the cell.
    pub(crate) at: usize,
    /// The text that is linked.
    pub(crate) text: String,
    /// Where it leads.
    pub(crate) address: String,
}

/// What a sheet says beside its cells, while its rows come by.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// The last row, where the sheet says it.
    pub(crate) last: Cell<u32>,
    /// The columns of the present row whose cell is a number that may have lost a zero at its end.
    pub(crate) may_lack_zero: RefCell<Vec<usize>>,
    /// The empty cells of the present row that belong to a merged cell: the column, the first row and the value of it.
    pub(crate) merged: RefCell<Vec<(usize, u32, String)>>,
    /// The columns of the present row whose cell is an error or a formula without its result, and what it shows.
    pub(crate) without_value: RefCell<Vec<(usize, String)>>,
    /// The columns of the present row whose cell has text that is struck out.
    pub(crate) struck: RefCell<Vec<usize>>,
    /// The links in the cells of the present row.
    pub(crate) links: RefCell<Vec<Link>>,
    /// How many comments the rows so far have.
    pub(crate) comments: Cell<u64>,
}

impl Facts {
    /// Forgets those of the row before.
    pub(crate) fn begin_row(&self) {
        self.may_lack_zero.borrow_mut().clear();
        self.merged.borrow_mut().clear();
        self.without_value.borrow_mut().clear();
        self.struck.borrow_mut().clear();
        self.links.borrow_mut().clear();
    }

    /// Returns true if there is nothing in them.
    pub(crate) fn are_empty(&self) -> bool {
        self.may_lack_zero.borrow().is_empty()
            && self.merged.borrow().is_empty()
            && self.without_value.borrow().is_empty()
            && self.struck.borrow().is_empty()
            && self.links.borrow().is_empty()
    }
}

/// As much of a formula is looked at, in bytes.
const MAX_FORMULA: usize = 4 << 10;

/// Returns the address that the formula of a cell leads to: `HYPERLINK("https://…", "Report")`. Where the address is
/// not written as a text, it is the formula's argument: `A2`.
fn address_of(formula: &str) -> Option<String> {
    let (name, rest) = formula.split_once('(')?;
    if !name.trim().eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let address = match rest.trim_start().strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split([',', ';', ')']).next()?,
    };
    (!address.trim().is_empty()).then(|| address.trim().to_owned())
}

/// What a cell shows that holds a formula without its result.
const FORMULA: &str = "=";

/// The strings that cells share.
#[derive(Default)]
pub(crate) struct SharedStrings {
    /// Without what is struck out of them.
    pub(crate) texts: Vec<String>,
    /// The places of those of which something is struck out.
    pub(crate) struck: HashSet<usize>,
    /// What of them has a format of its own, of those that have any: what a cell's format does not strike out.
    pub(crate) own_format: HashMap<usize, String>,
}

/// Returns true if a tag strikes text out.
pub(crate) fn strikes(tag: &BytesStart<'_>) -> Result<bool, Message> {
    let value = attribute(tag, "val")?;
    Ok(!matches!(value.as_deref(), Some("0" | "false" | "off")))
}

/// Calls `each` for every row that is not empty, with its number from 1, until it has enough. Numbers are
/// texts as the sheet shows them.
pub(crate) fn rows(
    xml: impl BufRead,
    strings: &SharedStrings,
    formats: &CellFormats,
    facts: &Facts,
    mut each: impl FnMut(u32, Vec<String>) -> Result<Enough, ReadFailure>,
) -> Result<(), ReadFailure> {
    let mut events = Events::new(xml);
    let mut sheet = Sheet::default();
    loop {
        let event = events.next()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let closed = matches!(event, Event::Empty(_));
                match tag.local_name().as_ref() {
                    "dimension" => {
                        let place = attribute(tag, "ref")?.unwrap_or_default();
                        let row = place.trim_start_matches(|c: char| c != ':');
                        let row = row.trim_start_matches(|c: char| !c.is_ascii_digit());
                        facts.last.set(row.parse().unwrap_or_default());
                    }
                    "row" => {
                        facts.begin_row();
                        sheet.begin_row(tag)?;
                    }
                    "c" => {
                        sheet.begin_cell(tag)?;
                        sheet.strike.of_cell = formats.is_struck(sheet.style);
                    }
                    "v" | "t" => sheet.in_text = !closed && !sheet.in_reading,
                    "f" => (sheet.formula, sheet.in_formula) = (Some(String::new()), !closed),
                    "r" => (sheet.strike.in_run, sheet.strike.has_own_format) = (false, false),
                    "rPr" => sheet.strike.has_own_format = true,
                    "strike" => sheet.strike.in_run = strikes(tag)?,
                    "rPh" => sheet.in_reading = !closed,
                    // A sheet that holds nothing.
                    "sheetData" if closed => return Ok(()),
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => sheet.in_text = false,
                "f" => sheet.in_formula = false,
                "rPh" => sheet.in_reading = false,
                "c" => sheet.end_cell(strings, formats, facts)?,
                "row" if !sheet.row.is_empty() => {
                    let enough = each(sheet.number, std::mem::take(&mut sheet.row))?;
                    if enough == Enough::Yes {
                        return Ok(());
                    }
                }
                "sheetData" => return Ok(()),
                _ => {}
            },
            Event::Text(text) if sheet.in_formula => sheet.formula(text),
            Event::GeneralRef(name) if sheet.in_formula => sheet.formula(&resolved(name)),
            Event::Text(text) if sheet.in_text => sheet.text(text),
            Event::CData(text) if sheet.in_text => sheet.text(text),
            Event::GeneralRef(name) if sheet.in_text => sheet.text(&resolved(name)),
            Event::Eof => return Err(damaged().into()),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Sheet {
    /// The number of the row being read.
    number: u32,
    row: Vec<String>,
    column: usize,
    kind: String,
    style: usize,
    value: String,
    total: usize,
    in_text: bool,
    in_reading: bool,
    in_formula: bool,
    /// The beginning of the cell's formula, if it has one.
    formula: Option<String>,
    strike: Strike,
}

/// What is struck out.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "formats of runs and cells in any combination"
)]
struct Strike {
    /// Whether the run of text being read is.
    in_run: bool,
    /// Whether that run has a format of its own, which counts more than the cell's.
    has_own_format: bool,
    /// Whether the format of the cell strikes out.
    of_cell: bool,
    /// Whether something in the cell is.
    in_cell: bool,
}

impl Sheet {
    fn begin_row(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        let number = match attribute(tag, "r")? {
            Some(number) => number.parse().map_err(|_| damaged())?,
            None => self.number.saturating_add(1),
        };
        // Rows stand in their order, so that none can be said twice.
        if number <= self.number {
            return Err(damaged());
        }
        self.number = number;
        self.row.clear();
        self.column = 0;
        Ok(())
    }

    fn begin_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        if let Some(reference) = attribute(tag, "r")? {
            self.column = column(&reference).ok_or_else(damaged)?;
        }
        self.kind = attribute(tag, "t")?.unwrap_or_default();
        let style = attribute(tag, "s")?;
        self.style = style
            .and_then(|style| style.parse().ok())
            .unwrap_or_default();
        self.value.clear();
        (self.formula, self.strike) = (None, Strike::default());
        Ok(())
    }

    fn formula(&mut self, text: &str) {
        if let Some(formula) = &mut self.formula
            && formula.len() + text.len() <= MAX_FORMULA
        {
            formula.push_str(text);
        }
    }

    fn text(&mut self, text: &str) {
        let strike = &self.strike;
        // A shared string is struck out where its place is looked up.
        let by_cell = strike.of_cell && !strike.has_own_format && self.kind != "s";
        if strike.in_run || by_cell {
            self.strike.in_cell |= !text.trim().is_empty();
            return;
        }
        // What is too long stays too long and is refused at the cell's end.
        if self.value.len() <= MAX_CELL {
            self.value.push_str(text);
        }
    }

    fn end_cell(
        &mut self,
        strings: &SharedStrings,
        formats: &CellFormats,
        facts: &Facts,
    ) -> Result<(), Message> {
        let place = self.column;
        self.column = self.column.saturating_add(1);
        // An empty text is a result.
        let is_struck_out = self.strike.in_cell && self.value.trim().is_empty();
        let lacks_result =
            self.formula.is_some() && self.value.trim().is_empty() && self.kind.as_str() != "str";
        if (lacks_result || self.kind.as_str() == "e") && !is_struck_out && place < MAX_COLUMNS {
            let shown = if lacks_result {
                FORMULA
            } else {
                self.value.trim()
            };
            let shown = shown.chars().take(MAX_NUMBER).collect();
            facts.without_value.borrow_mut().push((place, shown));
        }
        let text = match self.kind.as_str() {
            "s" => {
                let at: usize = self.value.trim().parse().map_err(|_| damaged())?;
                self.strike.in_cell = strings.struck.contains(&at);
                let text = strings.texts.get(at).ok_or_else(damaged)?.as_str();
                if self.strike.of_cell {
                    let left = strings.own_format.get(&at).map_or("", String::as_str);
                    self.strike.in_cell |= left.trim() != text.trim();
                    left
                } else {
                    text
                }
            }
            _ if is_struck_out => "",
            // "#N/A" and its like are no values.
            "e" => "",
            "b" if self.value.trim() == "1" => "TRUE",
            "b" => "FALSE",
            "" | "n" if self.value.len() <= MAX_NUMBER => {
                let format = formats.of(self.style);
                if format.loses_zeros() && self.value.contains('.') && place < MAX_COLUMNS {
                    facts.may_lack_zero.borrow_mut().push(place);
                }
                self.value = format.shown(&self.value, formats.from_1904);
                self.value.as_str()
            }
            _ => self.value.as_str(),
        };
        if self.strike.in_cell && place < MAX_COLUMNS {
            facts.struck.borrow_mut().push(place);
        }
        let address = self.formula.as_deref().and_then(address_of);
        if let Some(address) = address.filter(|_| place < MAX_COLUMNS) {
            let text = text.trim().to_owned();
            let at = place;
            let link = Link { at, text, address };
            facts.links.borrow_mut().push(link);
        }
        if text.is_empty() {
            return Ok(());
        }
        if self.number > MAX_ROWS {
            return Err(Message::new("exchange-rows").with("max", MAX_ROWS));
        }
        if place >= MAX_COLUMNS {
            return Err(Message::new("exchange-columns").with("max", MAX_COLUMNS));
        }
        if text.len() > MAX_CELL {
            return Err(Message::new("exchange-cell-too-long")
                .with("row", self.number)
                .with("max", MAX_CELL >> 20));
        }
        self.total += text.len();
        if self.total > MAX_TEXT {
            return Err(Message::new("exchange-archive-too-large").with("max", MAX_TEXT >> 20));
        }
        if self.row.len() <= place {
            self.row.resize(place + 1, String::new());
        }
        if let Some(cell) = self.row.get_mut(place) {
            *cell = unescaped(text);
        }
        Ok(())
    }
}

/// The column of a cell reference, from 0: `A1` is 0, `XFD1` is 16,383.
pub(crate) fn column(reference: &str) -> Option<usize> {
    let letters = reference.trim_end_matches(|c: char| c.is_ascii_digit());
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    letters
        .chars()
        .try_fold(0, |column, letter| {
            let digit = letter.to_ascii_uppercase().to_digit(36)?.checked_sub(9)?;
            Some(column * 26 + usize::try_from(digit).ok()?)
        })
        .and_then(|column: usize| column.checked_sub(1))
}

/// Excel writes characters that XML cannot hold as `_x000D_`, and an underscore that would look like
/// the beginning of one as `_x005F_`. Control characters are no text and are left out.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = behind.get(..4).filter(|_| behind.get(4..5) == Some("_"));
        let character = code
            .filter(|code| code.chars().all(|c| c.is_ascii_hexdigit()))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        if let Some(character) = character {
            plain.extend(Some(character).filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
            rest = behind.get(5..).unwrap_or_default();
        } else {
            plain.push_str("_x");
            rest = behind;
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_name_columns() {
        assert_eq!(column("A1"), Some(0));
        assert_eq!(column("z9"), Some(25));
        assert_eq!(column("AA10"), Some(26));
        assert_eq!(column("XFD1048576"), Some(16_383));
        for wrong in ["", "1", "ABCD1", "ÄÖ1", "-1", "A-1"] {
            assert_eq!(column(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn escaped_characters_are_read() {
        assert_eq!(
            unescaped("a_x000D_\nb_x005F_x000D__xé000_"),
            "a\nb_x000D__xé000_"
        );
        assert_eq!(unescaped("_x0041__x_xZZZZ__x00"), "A_x_xZZZZ__x00");
    }

    #[test]
    fn cells_of_every_kind_become_text() {
        let strings = SharedStrings {
            texts: vec!["shared".to_owned()],
            ..SharedStrings::default()
        };
        let xml = "<worksheet><sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c>\
                   <c t=\"inlineStr\"><is><r><t>in</t></r><r><t>line &amp;</t></r></is></c>\
                   <c r=\"D2\"><v>44197</v></c><c t=\"e\"><v>#N/A</v></c></row><row/>\
                   <row><c t=\"str\"><f>A1</f><v>x_x000D_\ny</v></c></row></sheetData></worksheet>";
        let mut found = Vec::new();
        let formats = CellFormats::default();
        let result = rows(
            xml.as_bytes(),
            &strings,
            &formats,
            &Facts::default(),
            |number, cells| {
                found.push((number, cells.join("|")));
                Ok(Enough::No)
            },
        );
        assert_eq!(result, Ok(()));
        let expected = [
            (2, "shared|inline &||44197".to_owned()),
            (4, "x\ny".to_owned()),
        ];
        assert_eq!(found, expected);
    }
}
