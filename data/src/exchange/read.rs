//! From bytes to recommendations.
//!
//! A file says by its content what it is; names and extensions are what people change. Each reader
//! only reads: it looks nothing up and writes nothing.

mod archive;
mod demands;
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

pub(crate) use self::demands::demands;

use self::archive::Archive;
use self::own_table::OwnTable;
use self::sheet::Enough;
use self::uhri_columns::Columns;
use self::uhri_xlsx::Uhri;
use self::workbook::Workbook;
use super::sink::Noticing;
use super::{Format, Incoming, ReadFailure, ReadOptions, Rejected, Row, Sink};
use crate::domain::{Message, ReviewCode};
use std::io::{Read, Seek};

/// The largest file that is read whole, in bytes.
pub const MAX_FILE: usize = 64 << 20;

/// Rows that may stand above the headings of a sheet.
const MAX_ABOVE: u32 = 20;

/// Reads a file of any known format from its beginning and hands on what it finds.
pub fn read(
    mut input: impl Read + Seek,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_FILE).unwrap_or(u64::MAX);
    input.rewind().map_err(|_| unreadable())?;
    (&mut input)
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| unreadable())?;
    if bytes.len() > MAX_FILE {
        return Err(Message::new("exchange-too-large")
            .with("max", MAX_FILE >> 20)
            .into());
    }
    let mut sink = Noticing::new(sink);
    let format = in_bytes(&bytes, options.review, &mut sink)?;
    // One without anything in it is the wrong file, or empty.
    if sink.any() {
        Ok(format)
    } else {
        Err(Message::new("exchange-no-rows").into())
    }
}

fn unreadable() -> Message {
    Message::new("exchange-unreadable")
}

fn in_bytes(
    bytes: &[u8],
    review: Option<ReviewCode>,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    if bytes.is_empty() {
        return Err(Message::new("exchange-empty").into());
    }
    if bytes.starts_with(b"PK") {
        let archive = Archive::open(bytes)?;
        if archive.has("word/document.xml") {
            return ohchr_matrix::read(archive, review, sink).map(|()| Format::OhchrMatrix);
        }
        if archive.has("xl/workbook.xml") {
            return in_workbook(archive, review, sink);
        }
        return Err(Message::new("exchange-unknown-format").into());
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        // Word and Excel before 2007, and every document with a password.
        return Err(Message::new("exchange-old-office").into());
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Message::new("exchange-pdf").into());
    }
    own_csv::read(bytes, review, sink).map(|()| Format::OwnCsv)
}

/// Reads one row of a format again, from the cells that a rejected one kept and a person has mended.
/// It is handed on like any other: as a recommendation, or as rejected once more.
pub fn reread(
    format: Format,
    options: &ReadOptions,
    row: Row,
    cells: &[(String, String)],
    sink: &mut dyn Sink,
) -> Result<(), ReadFailure> {
    let (headings, values): (Vec<_>, Vec<_>) = cells.iter().cloned().unzip();
    match format {
        Format::UhriXlsx => {
            let columns =
                Columns::find(&headings).ok_or_else(|| Message::new("exchange-sheet-headings"))?;
            let uhri = Uhri::new(columns, headings, options.review);
            uhri.take(row, &values, sink)?;
        }
        Format::OhchrMatrix => {
            let review = options
                .review
                .ok_or_else(|| Message::new("exchange-name-the-review"))?;
            ohchr_matrix::reread(row, cells, review, sink)?;
        }
        Format::OwnCsv | Format::OwnXlsx => {
            let table = OwnTable::new(&headings, options.review)?;
            let table = match format {
                Format::OwnXlsx => table.in_workbook(),
                _ => table,
            };
            table.take(row, &values, sink)?;
        }
    }
    Ok(())
}

/// Reads one row of our own table that a person has mended.
pub(super) fn own_row(
    row: Row,
    cells: &[(String, String)],
    unnumbered: bool,
) -> Result<Incoming, Rejected> {
    let (headings, values): (Vec<_>, Vec<_>) = cells.iter().cloned().unzip();
    let table = OwnTable::new(&headings, None)
        .map_err(|reason| values::rejected(row, "", "", reason))?
        .in_workbook();
    let table = if unnumbered {
        table.unnumbered()
    } else {
        table
    };
    table.row(row, &values)
}

/// What a sheet turned out to hold.
enum Sheet {
    Uhri(Box<Uhri>),
    Own(Box<OwnTable>),
}

fn in_workbook(
    archive: Archive<'_>,
    review: Option<ReviewCode>,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let mut workbook = Workbook::open(archive)?;
    for place in 0..workbook.sheets() {
        let mut sheet = None;
        workbook.rows(place, |number, cells| {
            match &sheet {
                Some(Sheet::Uhri(uhri)) => uhri.take(number, &cells, sink)?,
                Some(Sheet::Own(table)) => table.take(number, &cells, sink)?,
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
            Some(Sheet::Uhri(_)) => return Ok(Format::UhriXlsx),
            Some(Sheet::Own(_)) => return Ok(Format::OwnXlsx),
            None => {}
        }
    }
    Err(Message::new("exchange-sheet-headings").into())
}
