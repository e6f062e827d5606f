//! Tables as text: our own, and the exports of collections.

use super::encoding::without_mark;
use super::records::Records;
use super::table::{Guard, Table};
use super::values::rejected;
use crate::domain::{Message, ReviewCode};
use crate::exchange::{Format, ReadFailure, Sink};

/// Reads the table.
pub(super) fn read(
    bytes: &[u8],
    review: Option<ReviewCode>,
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
    let mut records = Records::new(&bytes);
    let Some(headings) = records.next()? else {
        return Err(Message::new("exchange-empty").into());
    };
    let table = Table::of(&headings, review, Guard::Perhaps)?;
    let format = table.format();
    if format == Format::UprInfo {
        records.may_be_old();
    }
    while let Some(cells) = records.next()? {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let extra = cells
            .iter()
            .skip(headings.len())
            .any(|cell| !cell.trim().is_empty());
        if cells.len() < headings.len() || extra {
            let reason = Message::new("exchange-ragged")
                .with("found", cells.len())
                .with("expected", headings.len());
            sink.rejected(table.whole(rejected(records.number(), "", "", reason), &cells))?;
        } else {
            table.take(records.number(), &cells, sink)?;
        }
        let (done, of) = records.progress();
        sink.progress(done, of)?;
    }
    Ok(format)
}
