//! Files that people bring and take away.
//!
//! Readers hand what they find in a file to a [`Sink`] and change nothing; `store::import` compares it
//! with what is there and writes. Writers get rows and words and know nothing of filters.

mod formula_guard;
mod incoming;
mod joining;
mod mapping;
mod mending;
mod out;
mod read;
mod sink;
mod whole;

pub use incoming::{Cells, Format, Incoming, IncomingAssessment, Rejected, Row};
pub use mapping::{MappedField, Mapping, wants_mapping};
pub use mending::{cells_of, cells_of_assessment, mended, mended_assessment};
pub use out::{
    About, Extra, Permalink, RejectedFile, RejectedHeadings, RejectedRows, Rows, Table, Take,
    Words, table_as_csv, write_csv, write_json, write_rejected, write_xlsx,
};
#[cfg(feature = "store")]
pub(crate) use read::demands;
pub use read::{MAX_FILE, MAX_STREAMED, MAX_TEXT, Survey, read, reread, survey};
pub use sink::{ReadFailure, ReadOptions, Sink, Stopped};
pub use whole::{ReadFile, read_whole};
