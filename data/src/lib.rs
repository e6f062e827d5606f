//! The domain of the Universal Periodic Review, its storage and its files.
//!
//! `domain` is plain types and rules, and imports nothing of ours. With the feature `store` come
//! `store` (databases) and `exchange` (files in and out).

pub mod domain;
#[cfg(feature = "store")]
pub mod exchange;
#[cfg(feature = "store")]
pub mod store;
