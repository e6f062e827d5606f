//! Tables as text: our own, the exports of collections, and any other by a mapping. A text that is no
//! table may be a report.

use crate::domain::Message;
use crate::exchange::formula_guard::{MARK, without_first_guard, without_guard};
use crate::exchange::read::containers::counted_table::CountedTable;
use crate::exchange::read::containers::encoding::{old, without_mark};
use crate::exchange::read::containers::records::Records;
use crate::exchange::read::formats::mapping_guess::by_headings;
use crate::exchange::read::formats::recognise::{Guard, Table, nearer};
use crate::exchange::read::formats::reply_head::ReplyHead;
use crate::exchange::read::formats::{reply_sign, reply_text, report};
use crate::exchange::read::values::cells::rejected;
use crate::exchange::read::values::decimal_commas::{DecimalCommas, with_stop};
use crate::exchange::read::{MAX_ABOVE, MAX_FILE};
use crate::exchange::{
    DocumentRow, DocumentRowKind, FileAccount, FileRefusal, Format, ReadFailure, ReadOptions, Row,
    Sink, UnreadReason,
};
use std::borrow::Cow;

/// Reads the table.
pub(crate) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let bytes = without_mark(bytes)?;
    let begins = bytes.trim_ascii_start().first().copied();
    let beginning = bytes.get(..bytes.len().min(8 << 10)).unwrap_or_default();
    if begins.is_none() {
        return Err(Message::new("exchange-empty").into());
    }
    if beginning.contains(&0) || matches!(begins, Some(b'{' | b'[' | b'<')) {
        return Err(Message::new("exchange-unknown-format").into());
    }
    let Begun {
        mut table,
        headings,
        is_ours,
        document,
        mut records,
    } = match begin(&bytes, options) {
        Ok(begun) => begun,
        Err(reason) => {
            // No report is as long as a table may be.
            if options.mapping.is_none() && bytes.len() <= MAX_FILE {
                let text = decoded(&bytes);
                let above = above_headings(&bytes);
                // In a table, a title can only be above the headings: a cell may quote one.
                let is_titled = above
                    .as_deref()
                    .map_or_else(|| reply_text::is_titled(&text), reply_text::is_titled);
                let is_report = report::is_report(&text);
                let is_reply = is_titled || above.is_none() && !is_report && !is_in_columns(&bytes);
                if is_reply && reply_text::is_reply(&text) {
                    if !is_titled && !reply_sign::is_of_a_state(&text, options) {
                        return Err(Message::new("exchange-reply-no-sign").into());
                    }
                    reply_text::read(&text, ReplyHead::find(&text), options, sink)?;
                    return Ok(Format::StateReply);
                }
                if is_report {
                    report::read(&text, options, sink)?;
                    return Ok(Format::ReportText);
                }
            }
            return Err(reason.into());
        }
    };
    for row in document {
        sink.document_row(row)?;
    }
    let format = table.format();
    let commas = table
        .paragraphs()
        .filter(|at| has_decimal_commas(&bytes, records.number(), *at));
    while let Some(mut cells) = records.next()? {
        if format != Format::OwnCsv {
            // Our own table takes the guards off itself.
            for cell in &mut cells {
                let plain = if is_ours {
                    without_guard(cell)
                } else {
                    Cow::Borrowed(without_first_guard(cell))
                };
                if plain.len() < cell.len() {
                    *cell = plain.into_owned();
                }
            }
        }
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Some(row) = table.document_row(records.number(), &cells) {
            sink.document_row(row)?;
        }
        if let Some(at) = commas {
            with_stop(&mut cells, at);
        }
        if let Some((first, last)) = records.swallowed() {
            let reason = Message::new("exchange-quote-swallowed")
                .with("line", first)
                .with("last", last);
            table.reject(rejected(records.number(), "", "", reason), &cells, sink)?;
            continue;
        }
        let extra = cells
            .iter()
            .skip(headings)
            .any(|cell| !cell.trim().is_empty());
        if cells.len() < headings || extra {
            let reason = Message::new("exchange-ragged")
                .with("found", cells.len())
                .with("expected", headings);
            table.reject(rejected(records.number(), "", "", reason), &cells, sink)?;
        } else {
            table.take(records.number(), &cells, sink)?;
        }
        let (done, of) = records.progress();
        sink.progress(done, of)?;
    }
    table.finish(sink);
    Ok(format)
}

/// Returns true if the paragraphs in a column below the headings have a decimal comma throughout.
fn has_decimal_commas(bytes: &[u8], headings: Row, at: usize) -> bool {
    let mut records = Records::new(bytes);
    records.may_be_old();
    let mut commas = DecimalCommas::default();
    while let Ok(Some(cells)) = records.next() {
        let cell = cells.get(at).map_or("", String::as_str);
        if records.number() > headings && commas.see(cell) {
            break;
        }
    }
    commas.are_used()
}

/// Returns the text above the headings of a table; `None` if the file begins with the headings or is no table. A row
/// of headings has several short cells, two of them known headings, and most rows below have as many cells.
fn above_headings(bytes: &[u8]) -> Option<String> {
    const LOOKED_AT: usize = 20;
    const LONGEST: usize = 60;
    let mut records = Records::new(bytes);
    records.may_be_old();
    let lines = std::iter::from_fn(|| records.next().ok().flatten());
    let lines: Vec<Vec<String>> = lines.take(LOOKED_AT).collect();
    let is_heading = |cells: &Vec<String>| {
        cells.len() > 1
            && cells.iter().all(|cell| cell.len() <= LONGEST)
            && by_headings(cells).len() > 1
    };
    let at = lines.iter().position(is_heading)?;
    let count = lines.get(at)?.len();
    let below = lines.get(at + 1..)?;
    let alike = below.iter().filter(|cells| cells.len() == count).count();
    let above = lines.get(..at)?.iter().map(|cells| cells.join(" "));
    (alike * 2 > below.len()).then(|| above.collect::<Vec<_>>().join("\n"))
}

/// Returns true if most of the first lines of a text have as many cells as its first line: a table whose headings are
/// not known, and no prose, whatever its lines begin with.
fn is_in_columns(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 20;
    let mut records = Records::new(bytes);
    records.may_be_old();
    let lines = std::iter::from_fn(|| records.next().ok().flatten());
    let lines: Vec<usize> = lines.take(LOOKED_AT).map(|cells| cells.len()).collect();
    let Some(first) = lines.first().copied().filter(|first| *first > 1) else {
        return false;
    };
    let alike = lines.iter().filter(|count| **count == first).count();
    alike * 2 > lines.len()
}

/// A table whose headings are read.
struct Begun<'a> {
    table: CountedTable,
    /// How many headings it has.
    headings: usize,
    /// Whether it was written here, of rows of somebody else's table.
    is_ours: bool,
    /// The rows of a matrix down to its headings, as they are in the file.
    document: Vec<DocumentRow>,
    /// Its records behind the headings.
    records: Records<'a>,
}

fn begin<'a>(bytes: &'a [u8], options: &ReadOptions) -> Result<Begun<'a>, FileRefusal> {
    let mut records = Records::new(bytes);
    records.may_be_old();
    let mut first = None;
    let mut account = FileAccount::default();
    let mut document = Vec::new();
    let mut pass_over = |number, cells: Vec<String>| {
        account.pass_over(number, UnreadReason::AboveHeadings, &cells);
        document.push(DocumentRow {
            row: number,
            kind: DocumentRowKind::Other,
            cells,
        });
    };
    let chosen = options.mapping.as_ref().and_then(|one| one.heading_row);
    loop {
        let Some(mut headings) = records.next()? else {
            return Err(first.unwrap_or_else(|| Message::new("exchange-empty").into()));
        };
        let is_ours = headings.iter().any(|heading| heading.ends_with(MARK));
        if is_ours {
            for heading in &mut headings {
                *heading = without_guard(heading).into_owned();
            }
        }
        let number = records.number();
        if chosen.is_some_and(|chosen| number < chosen) {
            pass_over(number, headings);
            continue;
        }
        match Table::of(&headings, options, Guard::Perhaps) {
            Ok(table) => {
                account.encoding = records.encoding().map(str::to_owned);
                let table = CountedTable::new(table, &headings, Some(number), account);
                match table.document_row(number, &headings) {
                    Some(row) => document.push(row),
                    None => document.clear(),
                }
                return Ok(Begun {
                    table,
                    headings: headings.len(),
                    is_ours,
                    document,
                    records,
                });
            }
            // A working table may have a title above its headings.
            Err(reason) if options.mapping.is_some() && chosen.is_none() && number < MAX_ABOVE => {
                pass_over(number, headings);
                first = Some(nearer(first, reason));
            }
            Err(reason) => return Err(nearer(first, reason)),
        }
    }
}

/// A text in whatever it was written in.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match old(bytes) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => String::from_utf8_lossy(bytes),
    }
}
