//! Files in and out, made by the tests themselves.

#![cfg(feature = "store")]
#![allow(clippy::unwrap_used)]
// Test files are made of texts by whatever reads best.
#![allow(clippy::format_collect)]

mod containers;
mod every_cell;
mod files;
mod hostile;
mod intake;
mod json;
mod mapped;
mod matrix;
mod misread;
mod own_table;
mod pdf;
mod reply;
mod report;
mod report_account;
mod round_trip;
mod uhri;
mod upr_info;
mod values;
mod writing;
