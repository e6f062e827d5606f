//! The domain of the Universal Periodic Review, its storage and its files.
//!
//! `domain` is plain types and rules, and imports nothing of ours but `cache`, `message` and
//! `settings`. With the feature `exchange`
//! comes `exchange` (files in and out), with `store` also `store` (databases).

mod cache;
pub mod domain;
#[cfg(feature = "exchange")]
pub mod exchange;
mod message;
pub mod settings;
#[cfg(feature = "store")]
pub mod store;
