//! The parts of an import's pages: its counts, its rows, what a row changes.

mod account;
mod counts;
mod differences;
mod document;
mod rows;

pub(crate) use account::{account, is_open_to_mapping};
pub(crate) use counts::{assessments_with, counts, tabs};
pub(crate) use differences::{differences, stored};
pub(crate) use document::{SHOWN, document};
pub(crate) use rows::{PER_PAGE, absorbed, notices, percent, rows, says};
