//! Tables as text: our own, the exports of collections, and any other by a mapping. A text that is no
//! table may be a report.

use super::encoding::{old, without_mark};
use super::records::Records;
use super::report_text;
use super::table::{Guard, Table, nearer};
use super::values::rejected;
use super::{MAX_ABOVE, MAX_FILE};
use crate::domain::Message;
use crate::exchange::formula_guard::{MARK, without_first_guard, without_guard};
use crate::exchange::{Format, ReadFailure, ReadOptions, Sink};
use std::borrow::Cow;

/// Reads the table.
pub(super) fn read(
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
        table,
        headings,
        is_ours,
        mut records,
    } = match begin(&bytes, options) {
        Ok(begun) => begun,
        Err(reason) => {
            // No report is as long as a table may be.
            if options.mapping.is_none() && bytes.len() <= MAX_FILE {
                let text = decoded(&bytes);
                if report_text::is_report(&text) {
                    report_text::read(&text, options.review, sink)?;
                    return Ok(Format::ReportText);
                }
            }
            return Err(reason.into());
        }
    };
    let format = table.format();
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
        let extra = cells
            .iter()
            .skip(headings)
            .any(|cell| !cell.trim().is_empty());
        if cells.len() < headings || extra {
            let reason = Message::new("exchange-ragged")
                .with("found", cells.len())
                .with("expected", headings);
            sink.rejected(table.whole(rejected(records.number(), "", "", reason), &cells))?;
        } else {
            table.take(records.number(), &cells, sink)?;
        }
        let (done, of) = records.progress();
        sink.progress(done, of)?;
    }
    Ok(format)
}

/// A table whose headings are read.
struct Begun<'a> {
    table: Table,
    /// How many headings it has.
    headings: usize,
    /// Whether it was written here, of rows of somebody else's table.
    is_ours: bool,
    /// Its records behind the headings.
    records: Records<'a>,
}

fn begin<'a>(bytes: &'a [u8], options: &ReadOptions) -> Result<Begun<'a>, Message> {
    let mut records = Records::new(bytes);
    records.may_be_old();
    let mut first = None;
    loop {
        let Some(mut headings) = records.next()? else {
            return Err(first.unwrap_or_else(|| Message::new("exchange-empty")));
        };
        let is_ours = headings.iter().any(|heading| heading.ends_with(MARK));
        if is_ours {
            for heading in &mut headings {
                *heading = without_guard(heading).into_owned();
            }
        }
        match Table::of(&headings, options, Guard::Perhaps) {
            Ok(table) => {
                // Ours is never written in any other way.
                if table.format() == Format::OwnCsv {
                    records.is_utf8();
                }
                return Ok(Begun {
                    table,
                    headings: headings.len(),
                    is_ours,
                    records,
                });
            }
            // A working table may have a title above its headings.
            Err(reason) if options.mapping.is_some() && records.number() < MAX_ABOVE => {
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
