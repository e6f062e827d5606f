//! CSV: UTF-8 with a byte order mark, because Excel takes a table without one for Latin-1; commas;
//! the first line is the header and nothing stands above it.

use super::Table;
use crate::exchange::neutral::guarded;
use std::io::{self, Write};

/// Writes the table as CSV.
pub fn write_csv(table: &Table<'_>, mut out: impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    let mut write = |cells: Vec<String>| {
        let cells = cells.iter().map(|cell| guarded(cell));
        csv.write_record(cells.map(|cell| cell.into_owned().into_bytes()))
    };
    write(table.headings())?;
    (table.rows)(&mut |row| Ok(write(table.cells(row))?))?;
    csv.flush()
}
