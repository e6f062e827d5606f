//! Files in and out, made by the tests themselves.

#![cfg(feature = "store")]
#![allow(clippy::unwrap_used)]
// Test files are made of texts by whatever reads best.
#![allow(clippy::format_collect)]

mod files;
mod hostile;
mod json;
mod mapped;
mod matrix;
mod own_table;
mod report;
mod uhri;
mod upr_info;
mod writing;
