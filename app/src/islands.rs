//! The few parts that need the browser. A page without one loads no script.
#![allow(missing_docs)] // The macro makes a struct of its own for each island, without any.

pub mod evidence_rows;
#[cfg(feature = "hydrate")]
pub(crate) mod workbench;
