//! The tables of a Word document, row by row, and the text around them.
//!
//! Word splits a sentence into as many runs as it likes, so only the text between the tags of a cell
//! counts. What a tracked change deleted is not text; what it inserted is. Rows of a table within a
//! table are rows of their own, because some offices put the whole matrix into a frame.

use super::archive::damaged;
use super::values::{MAX_CELL, MAX_COLUMNS, MAX_ROWS};
use super::xml::{Events, resolved};
use crate::domain::Message;
use crate::exchange::ReadFailure;
use quick_xml::events::Event;
use std::io::BufRead;

/// Frames within frames; a real document has two.
const MAX_DEPTH: usize = 16;
/// As much text around the tables as is kept, in bytes: all that the longest report has.
const MAX_AROUND: usize = 8 << 20;

/// A row of a table.
#[derive(Debug)]
pub(super) struct TableRow {
    /// Its number in the document, from 1.
    pub(super) number: u32,
    /// The text of each cell; paragraphs and line breaks end a line.
    pub(super) cells: Vec<String>,
}

#[derive(Default)]
struct Walker {
    /// The rows being read: one, and one more for each table within a cell.
    open: Vec<Vec<String>>,
    around: String,
    rows: u32,
    /// How deep inside text that does not count.
    ignored: usize,
    in_text: bool,
}

/// Calls `each` for every row and returns the text outside the tables.
pub(super) fn walk(
    xml: impl BufRead,
    mut each: impl FnMut(TableRow) -> Result<(), ReadFailure>,
) -> Result<String, ReadFailure> {
    let mut events = Events::new(xml);
    let mut walker = Walker::default();
    loop {
        match events.next()? {
            Event::Start(tag) => walker.start(tag.local_name().as_ref())?,
            Event::Empty(tag) => walker.empty(tag.local_name().as_ref())?,
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
    fn start(&mut self, tag: &str) -> Result<(), Message> {
        // `Fallback` repeats for old programs what stands before it for new ones.
        if self.ignored > 0 || matches!(tag, "del" | "moveFrom" | "Fallback") {
            self.ignored += 1;
            return Ok(());
        }
        match tag {
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

    fn empty(&mut self, tag: &str) -> Result<(), Message> {
        if self.ignored > 0 {
            return Ok(());
        }
        match tag {
            "br" | "cr" => self.text("\n"),
            "tab" => self.text(" "),
            "noBreakHyphen" => self.text("-"),
            _ => Ok(()),
        }
    }

    fn end(&mut self, tag: &str) -> Result<Option<TableRow>, Message> {
        if self.ignored > 0 {
            self.ignored -= 1;
            return Ok(None);
        }
        match tag {
            "t" => self.in_text = false,
            "p" => self.text("\n")?,
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
