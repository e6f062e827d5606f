//! The rows that could not be taken, as a file of the same kind, with the reason beside each: to be
//! mended in a spreadsheet and imported again.
//!
//! Readers know columns by their headings and leave alone what they do not know, so the column of
//! reasons does no harm when the mended file is read.

use super::xlsx_file::fitting;
use crate::domain::Message;
use crate::exchange::neutral::{guarded, without_guard};
use crate::exchange::{Format, Rejected};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::collections::HashMap;
use std::io::{self, Write};

/// What a file of rejected rows is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RejectedFile {
    /// CSV.
    Csv,
    /// XLSX.
    Xlsx,
}

impl RejectedFile {
    /// The kind for rows of a format: text for what was text, a workbook for the rest.
    pub fn of(format: Format) -> Self {
        match format {
            Format::UprInfo | Format::OwnCsv | Format::MappedText | Format::ReportText => Self::Csv,
            Format::UhriXlsx
            | Format::UhriJson
            | Format::OhchrMatrix
            | Format::MappedWorkbook
            | Format::OwnXlsx
            | Format::OwnJson => Self::Xlsx,
        }
    }
}

/// The heading of the review's column, which OHCHR's matrices lack.
const REVIEW: &str = "review";

/// Writes the rows. `reason` is the heading of the last column and has to be one that no reader knows;
/// `words` says why in the person's language.
pub fn write_rejected(
    format: Format,
    rejected: &[Rejected],
    reason: &str,
    words: &dyn Fn(&Message) -> String,
    out: impl Write + Send,
) -> io::Result<()> {
    let table = table(format, rejected, reason, words);
    match RejectedFile::of(format) {
        RejectedFile::Csv => csv(&table, out),
        RejectedFile::Xlsx => xlsx(&table, out).map_err(|error| match error {
            XlsxError::IoError(error) => error,
            other => io::Error::other(other),
        }),
    }
}

/// The headings in the order in which they come up, then the rows.
fn table(
    format: Format,
    rejected: &[Rejected],
    reason: &str,
    words: &dyn Fn(&Message) -> String,
) -> Vec<Vec<String>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut headings: Vec<String> = Vec::new();
    let with_review = format == Format::OhchrMatrix;
    if with_review {
        places.insert(REVIEW, 0);
        headings.push(REVIEW.to_owned());
    }
    for (heading, _) in rejected.iter().flat_map(|row| &row.cells) {
        // A file that was mended before has reasons already.
        if heading != reason && !places.contains_key(heading.as_str()) {
            places.insert(heading, headings.len());
            headings.push(heading.clone());
        }
    }
    let width = headings.len();
    headings.push(reason.to_owned());
    let mut table = vec![headings];
    for row in rejected {
        let mut cells = vec![String::new(); width];
        if with_review && let (Some(cell), Some(review)) = (cells.first_mut(), row.review) {
            *cell = review.to_string();
        }
        for (heading, value) in &row.cells {
            let place = places.get(heading.as_str());
            if let Some(cell) = place.and_then(|at| cells.get_mut(*at))
                && cell.is_empty()
            {
                cell.clone_from(value);
            }
        }
        cells.push(words(&row.reason));
        table.push(cells);
    }
    table
}

fn csv(table: &[Vec<String>], mut out: impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    for row in table {
        // Cells of our own table still carry their guard.
        let cells = row.iter().map(|cell| guarded(without_guard(cell)));
        csv.write_record(cells.map(|cell| cell.into_owned().into_bytes()))?;
    }
    csv.flush()
}

fn xlsx(table: &[Vec<String>], out: impl Write + Send) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_freeze_panes(1, 0)?;
    for (number, row) in (0_u32..).zip(table) {
        for (column, cell) in (0_u16..).zip(row) {
            if !cell.is_empty() {
                sheet.write_string(number, column, fitting(cell))?;
            }
        }
    }
    workbook.save_to_writer(out)
}
