//! No text becomes markup: whatever people type, send or import comes back on every page as that text.
#![cfg(feature = "ssr")]
// Helpers are not tests themselves, and a test that cannot be set up has failed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod document;
mod foreign;
mod marked;
mod marker;
mod source;
#[path = "../support/mod.rs"]
mod support;
mod untouched;
mod walk;
