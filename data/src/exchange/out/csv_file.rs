//! CSV: UTF-8 with a byte order mark, because Excel takes a table without one for Latin-1; commas;
//! the first line is the header and nothing stands above it.

use super::Table;
use crate::exchange::neutral::guarded;
use std::io::{self, Write};

/// Writes the table as CSV.
pub fn write_csv(table: &Table<'_>, out: impl Write) -> io::Result<()> {
    let rows = table.rows.iter().map(|row| table.cells(row));
    write_lines(std::iter::once(table.headings()).chain(rows), out)
}

/// Writes lines of cells, none of which can become a formula.
pub(super) fn write_lines(
    lines: impl Iterator<Item = Vec<String>>,
    mut out: impl Write,
) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    for cells in lines {
        let cells = cells.iter().map(|cell| guarded(cell));
        csv.write_record(cells.map(|cell| cell.into_owned().into_bytes()))?;
    }
    csv.flush()
}
