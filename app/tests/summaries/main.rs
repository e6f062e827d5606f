//! Summaries and their charts: the same numbers wherever they are said, and everything to take along.
#![cfg(feature = "ssr")]
// Helpers are not tests themselves, and a test that cannot be set up has failed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod charts;
mod embed;
#[path = "../reading/markup.rs"]
#[allow(dead_code)]
mod markup;
mod positions;
mod rounds;
#[path = "../support/mod.rs"]
mod support;
mod taking_along;
