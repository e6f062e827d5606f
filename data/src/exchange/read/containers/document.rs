//! The tables of a Word document, row by row, and the text around them.
//!
//! Word splits a sentence into as many runs as it likes, so only the text between the tags of a cell
//! counts. What a tracked change deleted is not text; what it inserted is. Rows of a table within a
//! table are rows of their own, because some offices put the whole matrix into a frame.
//!
//! Text that is struck out or hidden is not read, as in a sheet, and the cells and paragraphs that have some are noted.
//!
//! Cells of a row stand in columns: one that goes over several of them leaves the others empty, so that those behind it
//! stay below their headings. Rows with as many cells as the headings stand below them cell by cell, because Word makes
//! columns of edges that stand a hair's breadth apart.
//!
//! A number that Word makes for a paragraph is put in front of its text, as if it were typed. Outside
//! tables [`BEHIND_NUMBER`] follows it, so that readers need not guess where the text begins.

use crate::domain::Message;
use crate::exchange::ReadFailure;
use crate::exchange::read::containers::archive::damaged;
use crate::exchange::read::containers::document_parts::{DocumentParts, Struck};
use crate::exchange::read::containers::merged_cells::MergedCells;
use crate::exchange::read::containers::numbering::{Mark, Numbering, Place, number, value};
use crate::exchange::read::containers::sheet::{Facts, Link};
use crate::exchange::read::containers::xml::{Events, attribute, resolved};
use crate::exchange::read::formats::report_lines::{BEHIND_NUMBER, has_number_of_its_own};
use crate::exchange::read::values::cells::{MAX_CELL, MAX_COLUMNS, MAX_ROWS};
use crate::exchange::read::values::plain::raised;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Frames within frames; a real document has two.
const MAX_DEPTH: usize = 16;
/// As much text around the tables as is kept, in bytes: all that the longest report has.
const MAX_AROUND: usize = 8 << 20;
/// Fields within fields; a real document has three.
const MAX_FIELDS: usize = 64;
/// As much of the instruction of a field is looked at, in bytes.
const MAX_INSTRUCTION: usize = 4 << 10;
/// As many links outside tables are named.
const MAX_LINKS: usize = 100_000;

/// A row of a table.
#[derive(Debug)]
pub(crate) struct TableRow {
    /// Its number in the document, from 1.
    pub(crate) number: u32,
    /// The number of its table in the document, from 1.
    pub(crate) table: u32,
    /// The text of each cell; paragraphs and line breaks end a line.
    pub(crate) cells: Vec<String>,
    /// How many cells it has in the document; each may go over several columns.
    pub(crate) own_cells: usize,
    /// What its cells are beside their texts.
    pub(crate) facts: Facts,
}

/// What stands outside the tables.
#[derive(Debug, Default)]
pub(crate) struct Around {
    /// The text.
    pub(crate) text: String,
    /// Whether there is more of it than is kept.
    pub(crate) is_cut: bool,
    /// How many paragraphs of it hold text that is struck out or hidden.
    pub(crate) struck: u64,
    /// The links in it.
    pub(crate) links: Vec<Link>,
}

/// A row whose end has not come yet.
#[derive(Debug, Default)]
struct OpenRow {
    cells: Vec<String>,
    own_cells: usize,
    /// The first columns of its cells, and the column behind the last of them.
    starts: Vec<usize>,
    next: usize,
    /// How a cell goes on over rows: `Some(true)` where it begins, `Some(false)` where it goes on.
    merges: Vec<Option<bool>>,
    facts: Facts,
}

/// A table whose end has not come yet.
#[derive(Debug, Default)]
struct OpenTable {
    number: u32,
    /// The first columns of the cells of the row that the others are aligned with.
    starts: Vec<usize>,
    merged: MergedCells,
}

/// A link whose end has not come yet: its address, and where its text begins.
#[derive(Debug)]
struct OpenLink {
    address: String,
    start: (usize, usize, usize),
}

/// A field, such as a link, whose end has not come yet.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    is_instruction: bool,
    link: Option<OpenLink>,
}

/// What is known of a run of text.
#[derive(Clone, Debug, Default)]
struct Run {
    struck: Struck,
    style: Option<String>,
    is_raised: bool,
}

/// A paragraph whose end has not come yet.
#[derive(Default)]
struct Paragraph {
    /// In which row of [`Walker::open`] and which cell of it, and where its text begins there.
    depth: usize,
    cell: usize,
    start: usize,
    place: Place,
    style: Option<String>,
    in_properties: bool,
    /// Whether a tracked change deleted its end: its text goes on in the next paragraph.
    is_joined: bool,
    /// Whether something of it is struck out or hidden.
    is_struck: bool,
}

#[derive(Default)]
struct Walker<'p> {
    parts: Option<&'p DocumentParts>,
    /// The paragraphs being read: one, and one more for each text box within.
    paragraphs: Vec<Paragraph>,
    /// Where a paragraph began whose end was deleted.
    joined: Option<(usize, usize, usize)>,
    numbering: Numbering,
    /// The rows being read: one, and one more for each table within a cell.
    open: Vec<OpenRow>,
    around: Around,
    rows: u32,
    /// How many tables have begun, and which of them are open.
    tables: u32,
    within: Vec<OpenTable>,
    /// How deep inside text that does not count.
    ignored: usize,
    in_text: bool,
    /// The run of text being read, and whether its properties are.
    run: Run,
    in_run_properties: bool,
    links: Vec<OpenLink>,
    fields: Vec<Field>,
    in_instruction: bool,
}

/// Calls `each` for every row and returns what is outside the tables.
pub(crate) fn walk(
    xml: impl BufRead,
    each: impl FnMut(TableRow) -> Result<(), ReadFailure>,
) -> Result<Around, ReadFailure> {
    walk_with(xml, &DocumentParts::default(), each)
}

/// The same, with the numbers, links and styles of the document.
pub(crate) fn walk_with(
    xml: impl BufRead,
    parts: &DocumentParts,
    mut each: impl FnMut(TableRow) -> Result<(), ReadFailure>,
) -> Result<Around, ReadFailure> {
    let mut events = Events::new(xml);
    let mut walker = Walker {
        numbering: parts.numbering.clone(),
        parts: Some(parts),
        ..Walker::default()
    };
    loop {
        match events.next()? {
            Event::Start(tag) => walker.start(&tag)?,
            Event::Empty(tag) => walker.empty(&tag)?,
            Event::End(tag) => {
                if let Some(row) = walker.end(tag.local_name().as_ref())? {
                    each(row)?;
                }
            }
            Event::Text(text) if walker.is_read() => walker.run_text(&text)?,
            Event::CData(text) if walker.is_read() => walker.run_text(&text)?,
            Event::GeneralRef(name) if walker.is_read() => {
                walker.run_text(&resolved(&name))?;
            }
            Event::Eof if walker.open.is_empty() => return Ok(walker.around),
            Event::Eof => return Err(damaged().into()),
            _ => {}
        }
    }
}

impl Walker<'_> {
    /// Returns true if what comes next is text or the instruction of a field.
    fn is_read(&self) -> bool {
        self.in_text || self.in_instruction
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        let name = tag.local_name();
        let name = name.as_ref();
        // `Fallback` repeats for old programs what stands before it for new ones, and `pPrChange` and its like
        // say what a format was before a change.
        if self.ignored > 0
            || matches!(
                name,
                "del"
                    | "moveFrom"
                    | "Fallback"
                    | "pPrChange"
                    | "rPrChange"
                    | "tcPrChange"
                    | "trPrChange"
                    | "tblPrChange"
                    | "sectPrChange"
            )
        {
            if self.ignored == 0 {
                self.property(tag)?;
            }
            self.ignored += 1;
            return Ok(());
        }
        match name {
            "p" => self.begin_paragraph()?,
            "pPr" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.in_properties = true;
                }
            }
            "tbl" => {
                self.tables = self.tables.saturating_add(1);
                self.within.push(OpenTable {
                    number: self.tables,
                    ..OpenTable::default()
                });
            }
            "tr" => {
                if self.open.len() == MAX_DEPTH {
                    return Err(damaged());
                }
                self.open.push(OpenRow::default());
            }
            "tc" => {
                if let Some(row) = self.open.last_mut() {
                    if row.cells.len() == MAX_COLUMNS {
                        return Err(Message::new("exchange-columns").with("max", MAX_COLUMNS));
                    }
                    row.cells.push(String::new());
                    row.own_cells += 1;
                    row.starts.push(row.next);
                    row.next = row.next.saturating_add(1);
                    row.merges.push(None);
                }
            }
            "t" => self.in_text = true,
            "instrText" => self.in_instruction = true,
            "r" => self.run = Run::default(),
            "rPr" => self.in_run_properties = !self.in_properties(),
            "hyperlink" => {
                let address = attribute(tag, "id")?;
                let address = address.and_then(|id| self.parts?.address(&id).map(str::to_owned));
                self.links.push(OpenLink {
                    address: address.unwrap_or_default(),
                    start: self.position(),
                });
            }
            "fldSimple" => {
                let instruction = attribute(tag, "instr")?.unwrap_or_default();
                self.links.push(OpenLink {
                    address: address_of(&instruction).unwrap_or_default(),
                    start: self.position(),
                });
            }
            _ => self.empty(tag)?,
        }
        Ok(())
    }

    fn empty(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        if self.ignored > 0 {
            return Ok(());
        }
        match tag.local_name().as_ref() {
            "br" | "cr" => self.text("\n"),
            // Among the properties of a paragraph it is a place to stop at, and no text.
            "tab" if !self.in_properties() => self.text(" "),
            "noBreakHyphen" => self.run_text("-"),
            "fldChar" => self.field(tag),
            "gridSpan" | "vMerge" | "gridBefore" => self.span(tag),
            _ if self.in_run_properties => self.run_property(tag),
            _ => self.property(tag),
        }
    }

    /// Takes what a cell says of the columns and rows that it goes over, and a row of those in front of it.
    fn span(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        let Some(row) = self.open.last_mut() else {
            return Ok(());
        };
        match tag.local_name().as_ref() {
            "vMerge" => {
                let begins = value(tag)?.as_deref() == Some("restart");
                if let Some(merge) = row.merges.last_mut() {
                    *merge = Some(begins);
                }
            }
            "gridBefore" if row.cells.is_empty() => {
                row.next = number(tag)?.unwrap_or_default().min(MAX_COLUMNS);
            }
            "gridSpan" => {
                let columns = number(tag)?.unwrap_or(1).clamp(1, MAX_COLUMNS);
                if let Some(start) = row.starts.last() {
                    row.next = start.saturating_add(columns);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn run_property(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        match tag.local_name().as_ref() {
            "rStyle" => self.run.style = value(tag)?,
            "vertAlign" => self.run.is_raised = value(tag)?.as_deref() == Some("superscript"),
            _ => self.run.struck.see(tag)?,
        }
        Ok(())
    }

    /// Takes the beginning, the middle or the end of a field, whose text is between the last two.
    fn field(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        match attribute(tag, "fldCharType")?.as_deref() {
            Some("begin") if self.fields.len() < MAX_FIELDS => self.fields.push(Field {
                is_instruction: true,
                ..Field::default()
            }),
            Some("separate") => {
                let start = self.position();
                if let Some(field) = self.fields.last_mut() {
                    field.is_instruction = false;
                    field.link =
                        address_of(&field.instruction).map(|address| OpenLink { address, start });
                }
            }
            Some("end") => {
                if let Some(link) = self.fields.pop().and_then(|field| field.link) {
                    self.end_link(link);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_link(&mut self, link: OpenLink) {
        if link.address.is_empty() {
            return;
        }
        let (depth, cell, start) = link.start;
        let (end_depth, end_cell, _) = self.position();
        let is_here = (depth, cell) == (end_depth, end_cell);
        let target = match self.open.last() {
            Some(row) => row.cells.last().map_or("", String::as_str),
            None => &self.around.text,
        };
        let text = target.get(start..).filter(|_| is_here);
        let text = text.unwrap_or_default().trim().to_owned();
        let at = end_cell.saturating_sub(1);
        let address = link.address;
        let link = Link { at, text, address };
        match self.open.last() {
            Some(row) => row.facts.links.borrow_mut().push(link),
            None if self.around.links.len() < MAX_LINKS => self.around.links.push(link),
            None => {}
        }
    }

    fn in_properties(&self) -> bool {
        let last = self.paragraphs.last();
        last.is_some_and(|paragraph| paragraph.in_properties)
    }

    /// Takes what the properties of a paragraph say of its number.
    fn property(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        let Some(paragraph) = self.paragraphs.last_mut().filter(|one| one.in_properties) else {
            return Ok(());
        };
        match tag.local_name().as_ref() {
            "pStyle" => paragraph.style = value(tag)?,
            "numId" => paragraph.place.list = value(tag)?,
            "ilvl" => paragraph.place.level = number(tag)?,
            "del" | "moveFrom" => paragraph.is_joined = true,
            _ => {}
        }
        Ok(())
    }

    /// Where text goes now: the row and cell, and the length of what is there.
    fn position(&self) -> (usize, usize, usize) {
        match self.open.last() {
            Some(row) => (
                self.open.len(),
                row.cells.len(),
                row.cells.last().map_or(0, String::len),
            ),
            None => (0, 0, self.around.text.len()),
        }
    }

    fn begin_paragraph(&mut self) -> Result<(), Message> {
        if self.paragraphs.len() == MAX_DEPTH {
            return Err(damaged());
        }
        let (depth, cell, end) = self.position();
        let start = match self.joined.take() {
            Some((of_depth, of_cell, start)) if (of_depth, of_cell) == (depth, cell) => start,
            _ => end,
        };
        self.paragraphs.push(Paragraph {
            depth,
            cell,
            start,
            ..Paragraph::default()
        });
        Ok(())
    }

    /// Ends a paragraph: puts its number in front of it.
    fn end_paragraph(&mut self) -> Result<(), Message> {
        let Some(paragraph) = self.paragraphs.pop() else {
            return self.text("\n");
        };
        let (depth, cell, _) = self.position();
        let is_here = (depth, cell) == (paragraph.depth, paragraph.cell);
        self.around.struck += u64::from(paragraph.is_struck && self.open.is_empty());
        if paragraph.is_joined {
            self.joined = Some((depth, cell, paragraph.start)).filter(|_| is_here);
            return Ok(());
        }
        let mark = self
            .numbering
            .next(&paragraph.place, paragraph.style.as_deref());
        if let Some(mark) = mark.filter(|_| is_here) {
            self.put_in_front(paragraph.start, &mark);
        }
        self.text("\n")
    }

    fn put_in_front(&mut self, start: usize, mark: &Mark) {
        let in_cell = !self.open.is_empty();
        let (target, max) = match self.open.last_mut() {
            Some(row) => match row.cells.last_mut() {
                Some(cell) => (cell, MAX_CELL),
                None => return,
            },
            None => (&mut self.around.text, MAX_AROUND),
        };
        let own = target.get(start..).unwrap_or_default().trim();
        let front = match mark {
            // In tables, a number counts that looks like a paragraph's; others number rows.
            Mark::Number(number) if in_cell => {
                let begins = own.starts_with(|c: char| c.is_ascii_digit());
                if begins || !is_of_paragraph(number) {
                    return;
                }
                format!("{number} ")
            }
            Mark::Bullet if in_cell => return,
            // A number that was typed beside that of the list is the recommendation's.
            _ if own.is_empty() || has_number_of_its_own(own) => return,
            Mark::Number(number) => format!("{number}{BEHIND_NUMBER}"),
            Mark::Bullet => "• ".to_owned(),
        };
        if target.len() + front.len() <= max && target.is_char_boundary(start) {
            target.insert_str(start, &front);
        }
    }

    fn end(&mut self, tag: &str) -> Result<Option<TableRow>, Message> {
        if self.ignored > 0 {
            self.ignored -= 1;
            return Ok(None);
        }
        match tag {
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "r" => self.run = Run::default(),
            "rPr" => self.in_run_properties = false,
            "hyperlink" | "fldSimple" => {
                if let Some(link) = self.links.pop() {
                    self.end_link(link);
                }
            }
            "p" => self.end_paragraph()?,
            "pPr" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.in_properties = false;
                }
            }
            "tbl" => {
                self.within.pop();
            }
            "tr" => {
                let Some(row) = self.open.pop() else {
                    return Ok(None);
                };
                if self.rows == MAX_ROWS {
                    return Err(Message::new("exchange-rows").with("max", MAX_ROWS));
                }
                self.rows += 1;
                return self.end_row(row).map(Some);
            }
            _ => {}
        }
        Ok(None)
    }

    /// Ends a row: puts its cells into their columns, and notes which of them belong to merged ones.
    fn end_row(&mut self, row: OpenRow) -> Result<TableRow, Message> {
        let number = self.rows;
        let mut none = OpenTable::default();
        let table = self.within.last_mut().unwrap_or(&mut none);
        let places = places(&mut table.starts, &row.starts);
        let mut cells = Vec::with_capacity(row.cells.len());
        for (cell, place) in row.cells.into_iter().zip(&places) {
            if *place >= MAX_COLUMNS {
                return Err(Message::new("exchange-columns").with("max", MAX_COLUMNS));
            }
            if cells.len() < *place {
                cells.resize(*place, String::new());
            }
            cells.push(cell);
        }
        for (merge, place) in row.merges.iter().zip(&places) {
            match merge {
                Some(true) => {
                    let value = cells.get(*place).map_or("", |cell| cell.trim());
                    if value.is_empty() {
                        table.merged.end(*place);
                    } else {
                        table.merged.add((number, u32::MAX, *place), value);
                    }
                }
                Some(false) => {}
                None => table.merged.end(*place),
            }
        }
        let facts = row.facts;
        let mut merged = table.merged.of(number, &cells);
        merged.retain(|(at, ..)| {
            let own = places.iter().position(|place| place == at);
            own.is_some_and(|own| row.merges.get(own) == Some(&Some(false)))
        });
        facts.merged.replace(merged);
        let place_of = |at: usize| places.get(at).copied().unwrap_or(at);
        for struck in facts.struck.borrow_mut().iter_mut() {
            *struck = place_of(*struck);
        }
        for link in facts.links.borrow_mut().iter_mut() {
            link.at = place_of(link.at);
        }
        Ok(TableRow {
            number,
            table: table.number,
            cells,
            own_cells: row.own_cells,
            facts,
        })
    }

    /// Takes text of a run: an instruction, text, or text that is struck out or hidden.
    fn run_text(&mut self, text: &str) -> Result<(), Message> {
        if self.in_instruction {
            if let Some(field) = self.fields.last_mut().filter(|one| one.is_instruction)
                && field.instruction.len() + text.len() <= MAX_INSTRUCTION
            {
                field.instruction.push_str(text);
            }
            return Ok(());
        }
        let style = |id: Option<&str>| match (id, self.parts) {
            (Some(id), Some(parts)) => parts.style(id),
            _ => Struck::default(),
        };
        let of_paragraph = self.paragraphs.last().and_then(|one| one.style.as_deref());
        let struck = self.run.struck.or(style(self.run.style.as_deref()));
        if struck.or(style(of_paragraph)).is_omitted() {
            if !text.trim().is_empty() {
                self.note_struck();
            }
            return Ok(());
        }
        match raised(text).filter(|_| self.run.is_raised) {
            Some(raised) => self.text(&raised),
            None => self.text(text),
        }
    }

    fn note_struck(&mut self) {
        if let Some(row) = self.open.last() {
            let mut struck = row.facts.struck.borrow_mut();
            let at = row.cells.len().saturating_sub(1);
            if struck.last() != Some(&at) {
                struck.push(at);
            }
        } else if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.is_struck = true;
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Message> {
        let (target, max) = match self.open.last_mut() {
            Some(row) => match row.cells.last_mut() {
                Some(cell) => (cell, MAX_CELL),
                None => return Ok(()),
            },
            None => (&mut self.around.text, MAX_AROUND),
        };
        if target.len() + text.len() <= max {
            target.push_str(text);
            return Ok(());
        }
        if max == MAX_AROUND {
            self.around.is_cut |= !text.trim().is_empty();
            return Ok(());
        }
        let row = self.rows + 1;
        Err(Message::new("exchange-cell-too-long")
            .with("row", row)
            .with("max", MAX_CELL >> 20))
    }
}

/// The columns of the cells of a row that begin at these edges. `known` are those of the row with the most cells so
/// far: the headings, or a row that parts them further.
fn places(known: &mut Vec<usize>, starts: &[usize]) -> Vec<usize> {
    if starts.len() > 1 && starts.len() > known.len() {
        *known = starts.to_vec();
    }
    if starts.len() == known.len() {
        return known.clone();
    }
    let mut places: Vec<usize> = Vec::with_capacity(starts.len());
    for start in starts {
        let below = known.iter().rev().find(|known| *known <= start);
        let below = below.copied().unwrap_or(*start);
        let is_taken = places.last().is_some_and(|last| *last >= below);
        places.push(if is_taken { *start } else { below });
    }
    places
}

/// The address in the instruction of a field that is a link: `HYPERLINK "https://…"`.
fn address_of(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim_start();
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next(),
    };
    let address = address?.trim();
    // With a switch in front it is a place in the same document.
    (!address.is_empty() && !address.starts_with('\\')).then(|| address.to_owned())
}

/// Whether a number looks like a paragraph's: `104.1`.
fn is_of_paragraph(number: &str) -> bool {
    let number = number.trim_end_matches('.');
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    number.contains('.') && number.split('.').all(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::unwrap_used)]
    fn rows(xml: &str) -> (Vec<Vec<String>>, String) {
        let mut rows = Vec::new();
        let around = walk(xml.as_bytes(), |row| {
            rows.push(row.cells);
            Ok(())
        });
        (rows, around.unwrap().text)
    }

    #[test]
    fn runs_breaks_and_changes_are_read() {
        let (rows, around) = rows(
            "<w:body><w:p><w:r><w:t>UPR </w:t></w:r><w:r><w:t>of X</w:t></w:r></w:p><w:tbl><w:tr>\
             <w:tc><w:p><w:r><w:t>R&amp;</w:t><w:t>D</w:t><w:br/><w:t>2</w:t></w:r></w:p>\
             <w:p><w:del><w:r><w:t>gone</w:t></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>\
             </w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body>",
        );
        assert_eq!(rows, [["R&D\n2\nnew\n", ""]]);
        assert_eq!(around, "UPR of X\n");
    }

    #[test]
    fn tables_within_tables_give_rows_of_their_own() {
        let (rows, _) = rows(
            "<tbl><tr><tc><p><t>out</t></p><tbl><tr><tc><t>in</t></tc></tr></tbl></tc></tr></tbl>",
        );
        assert_eq!(rows, [["in"], ["out\n"]]);
    }

    #[test]
    fn broken_documents_are_refused() {
        for xml in ["<tbl><tr>", "<a></b>", &"<tr>".repeat(40)] {
            assert!(walk(xml.as_bytes(), |_| Ok(())).is_err(), "{xml}");
        }
    }
}
