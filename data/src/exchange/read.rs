//! From bytes to recommendations.
//!
//! A file says by its content what it is; names and extensions are what people change. Each reader
//! only reads: it looks nothing up and writes nothing.

mod archive;
mod book;
#[cfg(feature = "store")]
mod demands;
mod document;
mod encoding;
mod evidence_cells;
mod faults;
mod guess;
mod json;
mod json_items;
mod mapped_table;
mod matrix_cells;
mod matrix_rows;
mod names;
mod ods;
mod ohchr_matrix;
mod own_cells;
mod own_fields;
mod own_table;
mod positions;
mod recommenders;
mod records;
mod report_head;
mod report_lead;
mod report_lines;
mod report_text;
mod reviewed;
mod sheet;
mod status_labels;
mod survey;
mod synonyms;
mod table;
mod text_table;
mod title;
mod uhri_columns;
mod uhri_xlsx;
mod upr_info;
mod upr_info_cells;
mod upr_info_columns;
mod values;
mod wording;
mod workbook;
mod xml;

#[cfg(feature = "store")]
pub(crate) use self::demands::demands;

pub use self::survey::Survey;

use self::archive::Archive;
use self::book::Book;
use self::own_table::OwnTable;
use self::sheet::Enough;
use self::table::{Guard, Table, nearer};
use super::sink::Noticing;
use super::{Format, Incoming, ReadFailure, ReadOptions, Rejected, Row, Sink};
use crate::domain::Message;
use std::cell::Cell;
use std::io::{BufReader, Read, Seek, SeekFrom};

/// The largest file that is read whole, in bytes.
pub const MAX_FILE: usize = 64 << 20;

/// The largest table as text, in bytes: it is read where it stands and takes no more memory than it has
/// bytes. Our own table of the whole UPR has about 90 million.
pub const MAX_TEXT: usize = 160 << 20;

/// Rows that may stand above the headings of a sheet.
const MAX_ABOVE: u32 = 20;

/// The largest file that is read an object at a time, in bytes. The dump of the Universal Human Rights
/// Index has about 360 million.
pub const MAX_STREAMED: u64 = 1 << 30;

/// Reads a file of any known format from its beginning and hands on what it finds.
pub fn read(
    mut input: impl Read + Seek,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    names::begin();
    let length = input.seek(SeekFrom::End(0)).map_err(|_| unreadable())?;
    let beginning = first(&mut input, BEGINNING)?;
    let mut sink = Noticing::new(sink);
    let format = if json::is_json(&beginning) {
        if length > MAX_STREAMED {
            return Err(too_large(MAX_STREAMED));
        }
        input.rewind().map_err(|_| unreadable())?;
        json::read(BufReader::new(input), length, options.review, &mut sink)?
    } else {
        // Of an archive, and of a text that has to be decoded, a second copy is made.
        let most = if is_plain_text(&beginning) {
            MAX_TEXT
        } else {
            MAX_FILE
        };
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        if length > most {
            return Err(too_large(most));
        }
        let bytes = first(&mut input, most)?;
        in_bytes(&bytes, options, &mut sink)?
    };
    // One without anything in it is the wrong file, or empty.
    if sink.any() {
        Ok(format)
    } else {
        Err(Message::new("exchange-no-rows").into())
    }
}

/// How much of a file tells whether it is JSON, in bytes.
const BEGINNING: u64 = 4 << 10;

/// Whether a file begins as a text that is read as it is.
fn is_plain_text(beginning: &[u8]) -> bool {
    let decoded = [b"\xFF\xFE".as_slice(), b"\xFE\xFF"];
    let foreign = [b"PK".as_slice(), b"\xD0\xCF\x11\xE0", b"%PDF"];
    let begins = |with: &&[u8]| beginning.starts_with(with);
    !decoded.iter().chain(&foreign).any(begins)
}

/// The first bytes of a file, at most so many.
fn first(input: &mut (impl Read + Seek), most: u64) -> Result<Vec<u8>, Message> {
    let length = input.seek(SeekFrom::End(0)).map_err(|_| unreadable())?;
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or(0));
    input.rewind().map_err(|_| unreadable())?;
    input
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|_| unreadable())?;
    Ok(bytes)
}

fn too_large(max: u64) -> ReadFailure {
    Message::new("exchange-too-large")
        .with("max", max >> 20)
        .into()
}

fn unreadable() -> Message {
    Message::new("exchange-unreadable")
}

fn in_bytes(
    bytes: &[u8],
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    if bytes.is_empty() {
        return Err(Message::new("exchange-empty").into());
    }
    if bytes.starts_with(b"PK") {
        let archive = Archive::open(bytes)?;
        if archive.has("word/document.xml") {
            return ohchr_matrix::read(archive, options, sink);
        }
        return match Book::open(archive)? {
            Some(book) => in_book(book, options, sink),
            None => Err(Message::new("exchange-unknown-format").into()),
        };
    }
    refuse_foreign(bytes)?;
    text_table::read(bytes, options, sink)
}

/// Refuses what is neither an archive nor a text, in words of its own.
fn refuse_foreign(bytes: &[u8]) -> Result<(), ReadFailure> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        // Word and Excel before 2007, and every document with a password.
        return Err(Message::new("exchange-old-office").into());
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Message::new("exchange-pdf").into());
    }
    Ok(())
}

/// Looks into a table of unknown headings, CSV, XLSX or ODS, so that a person can say which column holds
/// what. Reads at most 64 MiB and looks at 60 rows of each sheet.
pub fn survey(mut input: impl Read + Seek) -> Result<Survey, ReadFailure> {
    let most = u64::try_from(MAX_FILE).unwrap_or(u64::MAX);
    let bytes = first(&mut input, most + 1)?;
    if bytes.len() > MAX_FILE {
        return Err(too_large(most));
    }
    refuse_foreign(&bytes)?;
    survey::of(&bytes)
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
    names::begin();
    if format == Format::OhchrMatrix {
        let review = options
            .review
            .ok_or_else(|| Message::new("exchange-name-the-review"))?;
        ohchr_matrix::reread(row, cells, review, &options.statuses, sink)?;
    } else {
        let guard = match format {
            Format::OwnCsv => Guard::Perhaps,
            _ => Guard::Never,
        };
        Table::of(&headings, options, guard)?.take(row, &values, sink)?;
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

fn in_book(
    mut book: Book<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let mut reason = None;
    for place in 0..book.sheets() {
        let mut table = None;
        let last = Cell::new(0);
        book.rows(place, &last, |number, cells| {
            match &table {
                None => match Table::of(&cells, options, Guard::Never) {
                    Ok(found) => table = Some(found),
                    Err(_) if number > MAX_ABOVE => return Ok(Enough::Yes),
                    // Of a mapping that does not fit, a person wants to know why.
                    Err(why) if options.mapping.is_some() => {
                        reason = Some(nearer(reason.take(), why));
                    }
                    Err(_) => {}
                },
                Some(table) => {
                    Table::take(table, number, &cells, sink)?;
                    let of = last.get();
                    sink.progress(number.min(of).into(), of.into())?;
                }
            }
            Ok(Enough::No)
        })?;
        if let Some(table) = table {
            return Ok(match table.format() {
                Format::OwnCsv => Format::OwnXlsx,
                Format::MappedText => Format::MappedWorkbook,
                format => format,
            });
        }
    }
    Err(reason.unwrap_or_else(Book::unknown).into())
}
