//! The domain of the Universal Periodic Review, its storage and its files.
//!
//! `domain` is plain types and rules, and imports nothing of ours. With the feature `exchange`
//! comes `exchange` (files in and out), with `store` also `store` (databases).

pub mod domain;
#[cfg(feature = "exchange")]
pub mod exchange;
#[cfg(feature = "store")]
pub mod store;
