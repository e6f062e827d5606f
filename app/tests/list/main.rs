//! Lists, recommendations and files: the same set everywhere, and nothing of what is not public.
#![cfg(feature = "ssr")]
// Helpers are not tests themselves, and a test that cannot be set up has failed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod across;
mod bodies;
mod columns;
mod counts;
mod facets;
mod files;
mod hostile;
mod invented;
mod languages;
mod lists;
mod order;
#[path = "../support/mod.rs"]
mod support;
mod unnumbered;
mod views;
