//! What stands in a table of unknown headings, for a person to say which column holds what.

use super::archive::Archive;
use super::book::Book;
use super::encoding::without_mark;
use super::guess::{by_headings, guess};
use super::records::Records;
use super::sheet::Enough;
use super::values::{named_headings, shortened};
use super::{MAX_ABOVE, names};
use crate::domain::Message;
use crate::exchange::{Format, Mapping, ReadFailure, Row};
use serde::{Deserialize, Serialize};
use std::cell::Cell;

/// Rows that are looked at.
const LOOKED_AT: usize = 60;
/// Rows that are shown.
const SHOWN: usize = 10;

/// A table of unknown headings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Survey {
    /// [`Format::MappedText`] or [`Format::MappedWorkbook`].
    pub format: Format,
    /// The row that the headings stand in, from 1.
    pub heading_row: Row,
    /// The headings; a column without one goes by its letters.
    pub headings: Vec<String>,
    /// The first rows below them, at most ten, each cell shortened to 200 characters.
    pub rows: Vec<Vec<String>>,
    /// Which column seems to hold what.
    pub guess: Mapping,
}

type Rows = Vec<(Row, Vec<String>)>;

/// Looks into a file.
pub(super) fn of(bytes: &[u8]) -> Result<Survey, ReadFailure> {
    names::begin();
    if bytes.starts_with(b"PK") {
        return in_book(bytes);
    }
    let bytes = without_mark(bytes)?;
    let beginning = bytes.get(..bytes.len().min(8 << 10)).unwrap_or_default();
    if beginning.contains(&0) {
        return Err(Message::new("exchange-unknown-format").into());
    }
    let mut records = Records::new(&bytes);
    records.may_be_old();
    let mut rows = Rows::new();
    while rows.len() < LOOKED_AT {
        let Some(cells) = records.next()? else { break };
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((records.number(), cells));
        }
    }
    match survey(Format::MappedText, rows) {
        Some((_, survey)) => Ok(survey),
        None => Err(Message::new("exchange-empty").into()),
    }
}

fn in_book(bytes: &[u8]) -> Result<Survey, ReadFailure> {
    let Some(mut book) = Book::open(Archive::open(bytes)?)? else {
        return Err(Message::new("exchange-unknown-format").into());
    };
    let mut best: Option<(usize, Survey)> = None;
    for place in 0..book.sheets() {
        let mut rows = Rows::new();
        book.rows(place, &Cell::new(0), |number, cells| {
            rows.push((number, cells));
            Ok(if rows.len() == LOOKED_AT {
                Enough::Yes
            } else {
                Enough::No
            })
        })?;
        if let Some((known, survey)) = survey(Format::MappedWorkbook, rows)
            && best.as_ref().is_none_or(|(before, _)| known > *before)
        {
            best = Some((known, survey));
        }
    }
    match best {
        Some((_, survey)) => Ok(survey),
        None => Err(Message::new("exchange-empty").into()),
    }
}

/// The table in these rows, and how many of its headings are known. Its headings are the row with the
/// most known ones, or else the first with two cells at least.
fn survey(format: Format, rows: Rows) -> Option<(usize, Survey)> {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let above = usize::try_from(MAX_ABOVE).unwrap_or(usize::MAX);
    let known: Vec<usize> = rows
        .iter()
        .take(above)
        .map(|(_, cells)| by_headings(cells).len())
        .collect();
    let most = known.iter().copied().max().unwrap_or_default();
    let place = match most {
        0 => rows.iter().position(|(_, cells)| filled(cells) > 1),
        most => known.iter().position(|count| *count == most),
    }?;
    let (heading_row, headings) = rows.get(place)?;
    let below: Vec<Vec<String>> = rows
        .iter()
        .skip(place + 1)
        .map(|(_, cells)| cells.clone())
        .collect();
    let named = named_headings(headings);
    let show = |row: &Vec<String>| row.iter().map(|cell| shortened(cell)).collect();
    Some((
        most,
        Survey {
            format,
            heading_row: *heading_row,
            guess: guess(&named, &below),
            headings: named,
            rows: below.iter().take(SHOWN).map(show).collect(),
        },
    ))
}
