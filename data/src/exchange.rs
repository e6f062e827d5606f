//! Files that people bring and take away.
//!
//! Readers hand what they find in a file to a [`Sink`] and change nothing; `store::import` compares it
//! with what is there and writes. Writers get rows and words and know nothing of filters.

mod incoming;
mod joining;
mod mapping;
mod neutral;
mod out;
mod read;
mod sink;
mod whole;

pub use incoming::{Cells, Format, Incoming, IncomingAssessment, Rejected, Row};
pub use mapping::Mapping;
pub use out::{About, Exported, Extra, Permalink, Table, Words, write_csv, write_json, write_xlsx};
pub use read::{MAX_FILE, MAX_STREAMED, read, reread};
pub use sink::{ReadFailure, ReadOptions, Sink, Stopped};
pub use whole::{ReadFile, read_whole};
