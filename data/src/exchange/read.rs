//! From bytes to recommendations.
//!
//! A file says by its content what it is; names and extensions are what people change. Each reader
//! only reads: it looks nothing up and writes nothing.

mod archive;
mod collected;
mod document;
mod faults;
mod matrix_cells;
mod names;
mod ohchr_matrix;
mod own_cells;
mod own_csv;
mod own_fields;
mod own_table;
mod recommenders;
mod sheet;
mod title;
mod uhri_columns;
mod uhri_xlsx;
mod values;
mod wording;
mod workbook;
mod xml;

use self::archive::Archive;
use self::own_table::OwnTable;
use self::sheet::Enough;
use self::uhri_columns::Columns;
use self::uhri_xlsx::Uhri;
use self::workbook::Workbook;
use super::ReadFile;
use crate::domain::{Message, ReviewCode};

/// The largest file that is read, in bytes.
pub const MAX_FILE: usize = 64 << 20;

/// Rows that may stand above the headings of a sheet.
const MAX_ABOVE: u32 = 20;

/// Reads a file of any known format. `review` is the review that the person named: it is needed where
/// the file does not name its own, and checked where it does.
pub fn read(bytes: &[u8], review: Option<ReviewCode>) -> Result<ReadFile, Message> {
    if bytes.len() > MAX_FILE {
        return Err(Message::new("exchange-too-large").with("max", MAX_FILE >> 20));
    }
    if bytes.is_empty() {
        return Err(Message::new("exchange-empty"));
    }
    if bytes.starts_with(b"PK") {
        let archive = Archive::open(bytes)?;
        if archive.has("word/document.xml") {
            return ohchr_matrix::read(archive, review);
        }
        if archive.has("xl/workbook.xml") {
            return in_workbook(archive, review);
        }
        return Err(Message::new("exchange-unknown-format"));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        // Word and Excel before 2007, and every document with a password.
        return Err(Message::new("exchange-old-office"));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Message::new("exchange-pdf"));
    }
    own_csv::read(bytes, review)
}

/// What a sheet turned out to hold.
enum Sheet {
    Uhri(Box<Uhri>),
    Own(Box<OwnTable>),
}

fn in_workbook(archive: Archive<'_>, review: Option<ReviewCode>) -> Result<ReadFile, Message> {
    let mut workbook = Workbook::open(archive)?;
    for place in 0..workbook.sheets() {
        let mut sheet = None;
        workbook.rows(place, |number, cells| {
            match &mut sheet {
                Some(Sheet::Uhri(uhri)) => uhri.take(number, &cells),
                Some(Sheet::Own(table)) => table.take(number, &cells),
                None => {
                    if let Some(columns) = Columns::find(&cells) {
                        let uhri = Uhri::new(columns, cells, review);
                        sheet = Some(Sheet::Uhri(Box::new(uhri)));
                    } else if let Ok(table) = OwnTable::new(&cells, review) {
                        sheet = Some(Sheet::Own(Box::new(table.in_workbook())));
                    } else if number > MAX_ABOVE {
                        return Ok(Enough::Yes);
                    }
                }
            }
            Ok(Enough::No)
        })?;
        match sheet {
            Some(Sheet::Uhri(uhri)) => return uhri.finish(),
            Some(Sheet::Own(table)) => return table.finish(),
            None => {}
        }
    }
    Err(Message::new("exchange-sheet-headings"))
}
