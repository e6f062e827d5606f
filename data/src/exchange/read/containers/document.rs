//! The tables of a Word document, row by row, and the text around them.
//!
//! Word splits a sentence into as many runs as it likes, so only the text between the tags of a cell
//! counts. What a tracked change deleted is not text; what it inserted is. Rows of a table within a
//! table are rows of their own, because some offices put the whole matrix into a frame.
//!
//! A number that Word makes for a paragraph is put in front of its text, as if it were typed. Outside
//! tables [`BEHIND_NUMBER`] follows it, so that readers need not guess where the text begins.

use crate::domain::Message;
use crate::exchange::ReadFailure;
use crate::exchange::read::containers::archive::damaged;
use crate::exchange::read::containers::numbering::{Mark, Numbering, Place, number, value};
use crate::exchange::read::containers::xml::{Events, resolved};
use crate::exchange::read::formats::report_lines::{BEHIND_NUMBER, has_number_of_its_own};
use crate::exchange::read::values::cells::{MAX_CELL, MAX_COLUMNS, MAX_ROWS};
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Frames within frames; a real document has two.
const MAX_DEPTH: usize = 16;
/// As much text around the tables as is kept, in bytes: all that the longest report has.
const MAX_AROUND: usize = 8 << 20;

/// A row of a table.
#[derive(Debug)]
pub(crate) struct TableRow {
    /// Its number in the document, from 1.
    pub(crate) number: u32,
    /// The number of its table in the document, from 1.
    pub(crate) table: u32,
    /// The text of each cell; paragraphs and line breaks end a line.
    pub(crate) cells: Vec<String>,
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
}

#[derive(Default)]
struct Walker {
    /// The paragraphs being read: one, and one more for each text box within.
    paragraphs: Vec<Paragraph>,
    /// Where a paragraph began whose end was deleted.
    joined: Option<(usize, usize, usize)>,
    numbering: Numbering,
    /// The rows being read: one, and one more for each table within a cell.
    open: Vec<Vec<String>>,
    around: String,
    rows: u32,
    /// How many tables have begun, and which of them are open.
    tables: u32,
    within: Vec<u32>,
    /// How deep inside text that does not count.
    ignored: usize,
    in_text: bool,
}

/// Calls `each` for every row and returns the text outside the tables.
pub(crate) fn walk(
    xml: impl BufRead,
    each: impl FnMut(TableRow) -> Result<(), ReadFailure>,
) -> Result<String, ReadFailure> {
    walk_numbered(xml, Numbering::default(), each)
}

/// The same, with the numbers that Word makes.
pub(crate) fn walk_numbered(
    xml: impl BufRead,
    numbering: Numbering,
    mut each: impl FnMut(TableRow) -> Result<(), ReadFailure>,
) -> Result<String, ReadFailure> {
    let mut events = Events::new(xml);
    let mut walker = Walker {
        numbering,
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
            Event::Text(text) if walker.in_text => walker.text(&text)?,
            Event::CData(text) if walker.in_text => walker.text(&text)?,
            Event::GeneralRef(name) if walker.in_text => {
                walker.text(&resolved(&name))?;
            }
            Event::Eof if walker.open.is_empty() => return Ok(walker.around),
            Event::Eof => return Err(damaged().into()),
            _ => {}
        }
    }
}

impl Walker {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        let name = tag.local_name();
        let name = name.as_ref();
        // `Fallback` repeats for old programs what stands before it for new ones, and `pPrChange` says
        // what a paragraph was before a change.
        if self.ignored > 0 || matches!(name, "del" | "moveFrom" | "Fallback" | "pPrChange") {
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
                self.within.push(self.tables);
            }
            "tr" => {
                if self.open.len() == MAX_DEPTH {
                    return Err(damaged());
                }
                self.open.push(Vec::new());
            }
            "tc" => {
                if let Some(row) = self.open.last_mut() {
                    if row.len() == MAX_COLUMNS {
                        return Err(Message::new("exchange-columns").with("max", MAX_COLUMNS));
                    }
                    row.push(String::new());
                }
            }
            "t" => self.in_text = true,
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
            "noBreakHyphen" => self.text("-"),
            _ => self.property(tag),
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
                row.len(),
                row.last().map_or(0, String::len),
            ),
            None => (0, 0, self.around.len()),
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
            Some(row) => match row.last_mut() {
                Some(cell) => (cell, MAX_CELL),
                None => return,
            },
            None => (&mut self.around, MAX_AROUND),
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
                let Some(cells) = self.open.pop() else {
                    return Ok(None);
                };
                if self.rows == MAX_ROWS {
                    return Err(Message::new("exchange-rows").with("max", MAX_ROWS));
                }
                self.rows += 1;
                return Ok(Some(TableRow {
                    number: self.rows,
                    table: self.within.last().copied().unwrap_or_default(),
                    cells,
                }));
            }
            _ => {}
        }
        Ok(None)
    }

    fn text(&mut self, text: &str) -> Result<(), Message> {
        let (target, max) = match self.open.last_mut() {
            Some(row) => match row.last_mut() {
                Some(cell) => (cell, MAX_CELL),
                None => return Ok(()),
            },
            None => (&mut self.around, MAX_AROUND),
        };
        if target.len() + text.len() <= max {
            target.push_str(text);
            return Ok(());
        }
        if max == MAX_AROUND {
            return Ok(());
        }
        let row = self.rows + 1;
        Err(Message::new("exchange-cell-too-long")
            .with("row", row)
            .with("max", MAX_CELL >> 20))
    }
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
        (rows, around.unwrap())
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
