//! Files that people bring and take away.
//!
//! Readers turn a file into [`Incoming`] recommendations and change nothing; `store::import` compares
//! them with what is there and writes. Writers get rows and words and know nothing of filters.

mod incoming;
mod neutral;
mod out;
mod read;

pub use incoming::{Format, Incoming, ReadFile, Rejected, Row};
pub use out::{
    About, Extra, Permalink, Rows, Table, Take, Words, write_csv, write_json, write_xlsx,
};
pub use read::{MAX_FILE, read};
