//! Properties of the domain over random reviews, scales and filters; no database.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall stop.

mod comparisons;
mod corpora;
mod counts;
mod filters;
mod generators;
#[path = "../oracle/mod.rs"]
mod oracle;
mod searches;
mod texts;
