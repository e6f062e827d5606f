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
    for heading in table.headings() {
        csv.write_field(guarded(&heading).as_bytes())?;
    }
    csv.write_record(None::<&[u8]>)?;
    table.each_row(|cells| {
        for cell in cells.iter() {
            csv.write_field(guarded(cell).as_bytes())?;
        }
        Ok(csv.write_record(None::<&[u8]>)?)
    })?;
    csv.flush()
}
