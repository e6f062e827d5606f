//! What readers see: the pages of an installation with the bundled and the demonstration set.
#![cfg(feature = "ssr")]
// Helpers are not tests themselves, and a test that cannot be set up has failed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod by_key;
mod figures;
mod hygiene;
mod locales;
mod many;
mod markup;
mod public;
mod rounds;
mod settings;
#[path = "../support/mod.rs"]
mod support;
