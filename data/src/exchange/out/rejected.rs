//! The rows that could not be taken, as a file of the same kind, with the reason beside each: to be
//! mended in a spreadsheet and imported again.
//!
//! Readers know columns by their headings and leave alone what they do not know, so the column of
//! reasons does no harm when the mended file is read.

use super::xlsx_file::fitting;
use crate::domain::Message;
use crate::exchange::formula_guard::{MARK, guarded, without_guard};
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
            Format::UprInfo
            | Format::OwnCsv
            | Format::MappedText
            | Format::ReportText
            | Format::StateReply => Self::Csv,
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
    let mut headings = RejectedHeadings::new(format, reason);
    for row in rejected {
        headings.hear(row);
    }
    let mut rows = RejectedRows::begin(headings, out)?;
    for row in rejected {
        rows.add(row, &words(&row.reason))?;
    }
    rows.finish()
}

/// The headings of a file of rejected rows, in the order in which they come up.
pub struct RejectedHeadings {
    format: Format,
    headings: Vec<String>,
    /// Where each stands, and again where several columns are called the same.
    places: HashMap<(String, usize), usize>,
    reason: String,
}

impl RejectedHeadings {
    /// None yet but the last one, for the reasons.
    pub fn new(format: Format, reason: &str) -> Self {
        let mut headings = Self {
            format,
            headings: Vec::new(),
            places: HashMap::new(),
            reason: match RejectedFile::of(format) {
                RejectedFile::Csv => format!("{reason}{MARK}"),
                RejectedFile::Xlsx => reason.to_owned(),
            },
        };
        if headings.with_review() {
            headings.places.insert((REVIEW.to_owned(), 0), 0);
            headings.headings.push(REVIEW.to_owned());
        }
        headings
    }

    fn with_review(&self) -> bool {
        self.format == Format::OhchrMatrix
    }

    /// Takes in the headings of a row.
    pub fn hear(&mut self, row: &Rejected) {
        for (key, _) in numbered(row) {
            // A file that was mended before has reasons already.
            if key.0 != self.reason && !self.places.contains_key(&key) {
                self.headings.push(key.0.clone());
                self.places.insert(key, self.headings.len() - 1);
            }
        }
    }

    fn cells(&self, row: &Rejected, words: &str) -> Vec<String> {
        let mut cells = vec![String::new(); self.headings.len()];
        if self.with_review()
            && let (Some(cell), Some(review)) = (cells.first_mut(), row.review)
        {
            *cell = review.to_string();
        }
        for (key, value) in numbered(row) {
            let place = self.places.get(&key);
            if let Some(cell) = place.and_then(|at| cells.get_mut(*at))
                && cell.is_empty()
            {
                value.clone_into(cell);
            }
        }
        cells.push(words.to_owned());
        cells
    }
}

/// The cells of a row, each with its heading and how many before it are called the same.
fn numbered(row: &Rejected) -> impl Iterator<Item = ((String, usize), &str)> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    row.cells.iter().map(move |(heading, value)| {
        let number = seen.entry(heading).or_default();
        *number += 1;
        ((heading.clone(), *number - 1), value.as_str())
    })
}

/// A file of rejected rows as it is written, row by row, so that any number of them takes no more memory
/// than one.
pub struct RejectedRows<W: Write> {
    headings: RejectedHeadings,
    out: Out<W>,
}

enum Out<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Xlsx {
        workbook: Box<Workbook>,
        row: u32,
        out: W,
    },
}

impl<W: Write + Send> RejectedRows<W> {
    /// Writes the headings.
    pub fn begin(headings: RejectedHeadings, mut out: W) -> io::Result<Self> {
        let mut first = headings.headings.clone();
        first.push(headings.reason.clone());
        let out = match RejectedFile::of(headings.format) {
            RejectedFile::Csv => {
                out.write_all("\u{feff}".as_bytes())?;
                let csv = csv::WriterBuilder::new()
                    .terminator(csv::Terminator::CRLF)
                    .from_writer(out);
                Out::Csv(Box::new(csv))
            }
            RejectedFile::Xlsx => {
                let mut workbook = Workbook::new();
                let sheet = workbook
                    .add_worksheet_with_constant_memory()
                    .map_err(of_workbook)?;
                sheet.set_freeze_panes(1, 0).map_err(of_workbook)?;
                Out::Xlsx {
                    workbook: Box::new(workbook),
                    row: 0,
                    out,
                }
            }
        };
        let mut rows = Self { headings, out };
        for heading in &mut first {
            *heading = without_guard(heading).into_owned();
        }
        rows.write(&first)?;
        Ok(rows)
    }

    /// Writes a row, and in words why it was rejected.
    pub fn add(&mut self, row: &Rejected, words: &str) -> io::Result<()> {
        let mut cells = self.headings.cells(row, words);
        if self.headings.format == Format::OwnCsv {
            // Cells of our own table are kept as they stood in the file, with their guards.
            for cell in &mut cells {
                *cell = without_guard(cell).into_owned();
            }
        }
        self.write(&cells)
    }

    fn write(&mut self, cells: &[String]) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(csv) => {
                let cells = cells.iter().map(|cell| guarded(cell));
                csv.write_record(cells.map(|cell| cell.into_owned().into_bytes()))?;
            }
            Out::Xlsx { workbook, row, .. } => {
                let sheet = workbook.worksheet_from_index(0).map_err(of_workbook)?;
                for (column, cell) in (0_u16..).zip(cells) {
                    if !cell.is_empty() {
                        let cell = fitting(cell);
                        sheet
                            .write_string(*row, column, cell)
                            .map_err(of_workbook)?;
                    }
                }
                *row += 1;
            }
        }
        Ok(())
    }

    /// Closes the file.
    pub fn finish(self) -> io::Result<()> {
        match self.out {
            Out::Csv(mut csv) => csv.flush(),
            Out::Xlsx {
                mut workbook, out, ..
            } => workbook.save_to_writer(out).map_err(of_workbook),
        }
    }
}

fn of_workbook(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}
