//! From bytes to recommendations.
//!
//! A file says by its content what it is; names and extensions are what people change. Each reader
//! only reads: it looks nothing up and writes nothing.

pub(crate) mod containers;
pub(crate) mod faults;
pub(crate) mod formats;
pub(crate) mod values;

pub use crate::exchange::read::containers::pdf::pdf_text;
pub use crate::exchange::read::formats::heading_preview::{SheetSize, Survey, SurveyOptions};
pub use crate::exchange::read::formats::own_table_fields::recognise_labels;
pub use crate::settings::{MAX_FILE, MAX_STREAMED, MAX_TEXT};

use super::sink::{Noticing, Supplemented};
use super::{
    DocumentRow, DocumentRowKind, FileAccount, FileRefusal, Format, Incoming, ReadFailure,
    ReadOptions, Rejected, Row, Sink, UnreadReason,
};
use crate::domain::Message;
use crate::exchange::read::containers::archive::Archive;
use crate::exchange::read::containers::book::Book;
use crate::exchange::read::containers::counted_table::CountedTable;
use crate::exchange::read::containers::encoding::refuse_other_texts;
use crate::exchange::read::containers::loose_tables;
use crate::exchange::read::containers::pdf::{beginnings_of_notes, without_counts};
use crate::exchange::read::containers::sheet::{Enough, Facts};
use crate::exchange::read::formats::own_table::OwnTable;
use crate::exchange::read::formats::recognise::{Guard, Table, nearer};
use crate::exchange::read::formats::reply_answers::{Answers, MAX_ANSWERS};
use crate::exchange::read::formats::reply_head::ReplyHead;
use crate::exchange::read::formats::{reply_sign, reply_text, report};
use crate::exchange::read::values::decimal_commas::{DecimalCommas, with_stop};
use crate::exchange::read::values::issue_values::IssueReader;
use crate::exchange::read::values::lost_zeros::LostZeros;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::OnceLock;

/// Rows that may stand above the headings of a sheet.
const MAX_ABOVE: u32 = 20;

/// Reads a file of any known format from its beginning and hands on what it finds.
pub fn read(
    mut input: impl Read + Seek,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    crate::exchange::read::values::names::begin();
    let length = input.seek(SeekFrom::End(0)).map_err(|_| unreadable())?;
    let beginning = first(&mut input, BEGINNING)?;
    let mut sink = IssueReader::new(sink, options);
    let mut sink = Noticing::new(&mut sink);
    let mut answers = Answers::new(&mut sink);
    let read = read_as(input, length, &beginning, options, &mut answers);
    if answers.has_too_many() {
        return Err(Message::new("exchange-rows")
            .with("max", MAX_ANSWERS)
            .into());
    }
    let format = read?;
    answers.finish()?;
    if options.symbol.is_some() && !matches!(format, Format::StateReply | Format::ReportText) {
        return Err(Message::new("exchange-symbol-of-other").into());
    }
    // One without anything in it is the wrong file, or empty.
    if sink.any() {
        Ok(format)
    } else {
        Err(Message::new("exchange-no-rows").into())
    }
}

/// Reads a file by what it begins with.
fn read_as(
    mut input: impl Read + Seek,
    length: u64,
    beginning: &[u8],
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    if crate::exchange::read::formats::json::is_json(beginning) {
        if length > MAX_STREAMED {
            return Err(too_large(MAX_STREAMED));
        }
        input.rewind().map_err(|_| unreadable())?;
        let is_mapped = options.mapping.as_ref().is_some_and(|one| !one.extends);
        if !is_mapped {
            let streamed = BufReader::new(&mut input);
            let read = formats::json::read(streamed, length, options, sink);
            let unknown = Message::new("exchange-unknown-format").into();
            if read != Err(ReadFailure::Refused(unknown)) {
                return read;
            }
        }
        // Names that nobody knows: a table, if the objects are flat.
        let most = u64::try_from(loose_tables::MAX_JSON + 1).unwrap_or(u64::MAX);
        let table = loose_tables::in_json(&first(&mut input, most)?)?;
        return loose_tables::read(vec![table], "", options, sink);
    }
    // Of an archive, and of a text that has to be decoded, a second copy is made.
    let most = if is_plain_text(beginning) {
        MAX_TEXT
    } else {
        MAX_FILE
    };
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    if length > most {
        return Err(too_large(most));
    }
    let bytes = first(&mut input, most)?;
    in_bytes(&bytes, options, sink)
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

/// What makes a text of a PDF: [`pdf_text`] or, better, what calls it in a process with limits.
pub type PdfReader = fn(&[u8]) -> Result<String, Message>;

static PDF_READER: OnceLock<PdfReader> = OnceLock::new();

/// Says what PDFs are read with. Until then they are refused; what was said first counts.
pub fn read_pdf_with(reader: PdfReader) {
    let _ = PDF_READER.set(reader);
}

/// Reads a report or a reply in a PDF.
fn in_pdf(bytes: &[u8], options: &ReadOptions, sink: &mut dyn Sink) -> Result<Format, ReadFailure> {
    let Some(reader) = PDF_READER.get() else {
        return Err(Message::new("exchange-pdf").into());
    };
    let text = reader(bytes)?;
    let (text, notes) = without_counts(&text);
    let mut account = FileAccount {
        footnotes_unread: notes.iter().map(|(_, notes)| notes).sum(),
        footnote_pages: notes.iter().map(|(page, _)| *page).collect(),
        ..FileAccount::default()
    };
    for note in beginnings_of_notes(text).filter(|_| !notes.is_empty()) {
        account.name_note(note);
    }
    let sink = &mut Supplemented::new(sink, &account, None);
    let is_titled = reply_text::is_titled(text);
    if (is_titled || !report::is_report(text)) && reply_text::is_reply(text) {
        if !is_titled && !reply_sign::is_of_a_state(text, options) {
            return Err(Message::new("exchange-reply-no-sign").into());
        }
        reply_text::read(text, ReplyHead::find(text), options, sink)?;
        return Ok(Format::StateReply);
    }
    if !report::is_report(text) {
        return Err(Message::new("exchange-pdf-no-report").into());
    }
    report::read(text, options, sink)?;
    Ok(Format::ReportText)
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
            return crate::exchange::read::formats::ohchr_matrix::read(archive, options, sink);
        }
        return match Book::open(archive)? {
            Some(book) => in_book(book, options, sink),
            None => Err(Message::new("exchange-unknown-format").into()),
        };
    }
    if bytes.starts_with(b"%PDF") {
        return in_pdf(bytes, options, sink);
    }
    refuse_foreign(bytes)?;
    crate::exchange::read::containers::text_table::read(bytes, options, sink)
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
    if !bytes.starts_with(b"PK") {
        refuse_other_texts(bytes)?;
    }
    Ok(())
}

/// Looks into a table of unknown headings, CSV, XLSX or ODS, so that a person can say which column holds
/// what. Reads at most 64 MiB and looks at 60 rows of each sheet.
pub fn survey(input: impl Read + Seek) -> Result<Survey, ReadFailure> {
    survey_with(input, SurveyOptions::default())
}

/// Looks into a table as [`survey`] does, by what a person has said about it.
pub fn survey_with(
    mut input: impl Read + Seek,
    options: SurveyOptions,
) -> Result<Survey, ReadFailure> {
    let most = u64::try_from(MAX_FILE).unwrap_or(u64::MAX);
    let bytes = first(&mut input, most + 1)?;
    if bytes.len() > MAX_FILE {
        return Err(too_large(most));
    }
    refuse_foreign(&bytes)?;
    crate::exchange::read::formats::heading_preview::of(&bytes, options)
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
    crate::exchange::read::values::names::begin();
    let sink = &mut IssueReader::new(sink, options);
    if format == Format::OhchrMatrix {
        let review = options
            .review
            .ok_or_else(|| Message::new("exchange-name-the-review"))?;
        crate::exchange::read::formats::ohchr_matrix::reread(
            row,
            cells,
            review,
            &options.statuses,
            sink,
        )?;
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
        .map_err(|refusal| {
            crate::exchange::read::values::cells::rejected(row, "", "", refusal.message())
        })?
        .in_workbook()
        .written_here();
    let table = if unnumbered {
        table.unnumbered()
    } else {
        table
    };
    table.row(row, &values)
}

/// Returns true if the paragraphs of a sheet's table have a decimal comma throughout. Looks no further than the first
/// one that has none.
fn has_decimal_commas(book: &mut Book<'_>, place: usize, options: &ReadOptions) -> bool {
    let chosen = options.mapping.as_ref().and_then(|one| one.heading_row);
    let mut paragraphs = None;
    let mut commas = DecimalCommas::default();
    let read = book.rows(place, &Facts::default(), |number, cells| {
        let is_enough = match paragraphs {
            None if chosen.is_some_and(|chosen| number < chosen) => false,
            None => match Table::of(&cells, options, Guard::Never) {
                Ok(table) => {
                    paragraphs = table.paragraphs();
                    paragraphs.is_none()
                }
                Err(_) => number > MAX_ABOVE,
            },
            Some(at) => commas.see(cells.get(at).map_or("", String::as_str)),
        };
        Ok(if is_enough { Enough::Yes } else { Enough::No })
    });
    read.is_ok() && commas.are_used()
}

fn in_book(
    mut book: Book<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let chosen = options.mapping.as_ref().and_then(|one| one.heading_row);
    let mut reason = None;
    for place in 0..book.sheets() {
        let mapping = options.mapping.as_ref();
        if mapping.is_some_and(|mapping| mapping.leaves_out_sheet(place)) {
            continue;
        }
        let mut table: Option<CountedTable> = None;
        let mut headings = Vec::new();
        let mut above = FileAccount::default();
        let mut rows_above = Vec::new();
        let facts = Facts::default();
        let mut zeros = LostZeros::default();
        let has_commas = has_decimal_commas(&mut book, place, options);
        book.rows(place, &facts, |number, mut cells| {
            match &mut table {
                None if chosen.is_some_and(|chosen| number < chosen) => {
                    above.pass_over(number, UnreadReason::AboveHeadings, &cells);
                }
                None if chosen.is_some_and(|chosen| number > chosen) => return Ok(Enough::Yes),
                None => match Table::of(&cells, options, Guard::Never) {
                    Ok(found) => {
                        let above = std::mem::take(&mut above);
                        let found = CountedTable::new(found, &cells, Some(number), above);
                        if let Some(row) = found.document_row(number, &cells) {
                            for above in rows_above.drain(..) {
                                sink.document_row(above)?;
                            }
                            sink.document_row(row)?;
                        }
                        headings = cells;
                        table = Some(found);
                    }
                    Err(
                        why @ (FileRefusal::AssessmentColumns { .. }
                        | FileRefusal::Contradiction(_)),
                    ) => return Err(why.into()),
                    Err(_) if number > MAX_ABOVE => return Ok(Enough::Yes),
                    // Of a mapping that does not fit, a person wants to know why.
                    Err(why) => {
                        above.pass_over(number, UnreadReason::AboveHeadings, &cells);
                        rows_above.push(DocumentRow {
                            row: number,
                            kind: DocumentRowKind::Other,
                            cells,
                        });
                        if options.mapping.is_some() {
                            reason = Some(nearer(reason.take(), why));
                        }
                    }
                },
                Some(table) => {
                    if let Some(row) = table.document_row(number, &cells) {
                        sink.document_row(row)?;
                    }
                    table.notes().see(number, &mut cells, &facts);
                    if let Some(at) = table.paragraphs().filter(|_| has_commas) {
                        with_stop(&mut cells, at);
                    }
                    table.take(number, &cells, sink)?;
                    if let Some(at) = table.paragraphs() {
                        let is_loose = facts.may_lack_zero.borrow().contains(&at);
                        zeros.see(number, cells.get(at).map_or("", String::as_str), is_loose);
                    }
                    let of = facts.last.get();
                    sink.progress(number.min(of).into(), of.into())?;
                }
            }
            Ok(Enough::No)
        })?;
        if let Some(mut table) = table {
            if let Some(warning) = zeros.warning() {
                sink.warning(warning);
            }
            table.account().comments_unread = facts.comments.get() + book.comments(place)?;
            name_unread_sheets(&mut book, place, &headings, table.account());
            book.name_others(table.account());
            let format = match table.format() {
                Format::OwnCsv => Format::OwnXlsx,
                Format::MappedText => Format::MappedWorkbook,
                format => format,
            };
            table.finish(sink);
            return Ok(format);
        }
    }
    Err(reason.unwrap_or_else(Book::unknown).into())
}

/// Names the sheets beside the one that is read. Those with the same headings are named with their rows, since they
/// probably hold more of the same table.
fn name_unread_sheets(
    book: &mut Book<'_>,
    read: usize,
    headings: &[String],
    account: &mut FileAccount,
) {
    for other in (0..book.sheets()).filter(|other| *other != read) {
        let alike = book.rows_below(other, headings, MAX_ABOVE);
        match alike.unwrap_or_default().filter(|rows| *rows > 0) {
            Some(rows) => account.pass_over_sheet_alike(&book.name(other), rows),
            // A sheet that cannot be read, such as one of charts, is not read either.
            None if book.has_rows(other).unwrap_or(true) => {
                account.pass_over_sheet(&book.name(other));
            }
            None => {}
        }
    }
}
