//! CSV: UTF-8 with a byte order mark, because Excel takes a table without one for Latin-1; commas;
//! the first line is the header and nothing stands above it.
//!
//! Every row says what the file is of: filter, round, unit, day. A file without rows would not, so it
//! has one that says nothing else. Lines above the header or below the rows would have kept other
//! programs from reading any of the files as a table; this way it is one whose only row is empty but for
//! those columns, and our own reader passes it over.

use super::Table;
use crate::exchange::formula_guard::guarded;
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
    if table.count == 0 {
        for cell in table.about_itself() {
            csv.write_field(guarded(&cell).as_bytes())?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}
