//! Rows that could not be taken, as a file to be mended and brought again: the file's own columns, and what
//! is wrong in one more, which every reader passes over.

use super::{csv_file, xlsx_file};
use crate::exchange::{Cells, Format};
use std::io::{self, Write};

/// Whether the rejected rows of a format go into a workbook, as they came, or else into a CSV.
pub fn is_workbook(format: Format) -> bool {
    matches!(format, Format::UhriXlsx | Format::OwnXlsx)
}

/// Writes rejected rows in the columns that they came in, in the order in which those first appear, with
/// the reason under `reason`.
pub fn write_rejected(
    format: Format,
    reason: &str,
    rows: &[(Cells, String)],
    out: impl Write + Send,
) -> io::Result<()> {
    let mut headings: Vec<&str> = Vec::new();
    for (heading, _) in rows.iter().flat_map(|(cells, _)| cells) {
        if !headings.contains(&heading.as_str()) {
            headings.push(heading);
        }
    }
    let mut first: Vec<String> = headings.iter().map(|&heading| heading.to_owned()).collect();
    first.push(reason.to_owned());
    let lines = rows.iter().map(|(cells, why)| {
        let value = |heading: &&str| {
            let mut cells = cells.iter();
            let cell = cells.find(|(known, _)| known == heading);
            cell.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let mut line: Vec<String> = headings.iter().map(value).collect();
        line.push(why.clone());
        line
    });
    let lines = std::iter::once(first).chain(lines);
    if is_workbook(format) {
        xlsx_file::write_sheet(lines, out)
    } else {
        csv_file::write_lines(lines, out)
    }
}
