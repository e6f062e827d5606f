//! Marks of footnotes behind the numbers of paragraphs: `104.14*` is 104.14, and what the mark refers to is not read.

use crate::domain::{Message, Paragraph};
use crate::exchange::Row;

/// Rows that are named; more are counted.
const NAMED: usize = 20;

/// The rows of a table whose number has a mark.
#[derive(Debug, Default)]
pub(crate) struct FootnoteMarks {
    rows: Vec<String>,
    more: usize,
}

impl FootnoteMarks {
    /// Takes the cell of a paragraph.
    pub(crate) fn see(&mut self, row: Row, cell: &str) {
        if Paragraph::footnote_mark(cell).is_none() {
            return;
        }
        if self.rows.len() < NAMED {
            self.rows.push(row.to_string());
        } else {
            self.more += 1;
        }
    }

    /// Names the rows, if there are any.
    pub(crate) fn warning(&self) -> Option<Message> {
        let rows = self.rows.join(", ");
        match (self.rows.len(), self.more) {
            (0, _) => None,
            (_, 0) => Some(Message::new("exchange-footnote-marks").with("rows", rows)),
            (_, more) => Some(
                Message::new("exchange-footnote-marks-more")
                    .with("rows", rows)
                    .with("more", more),
            ),
        }
    }
}
