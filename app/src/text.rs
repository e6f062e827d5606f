//! Everything that depends on the language of a page: the locale and its scope, the catalogue of texts, numbers,
//! lists and the order of names.

#[cfg(feature = "ssr")]
pub(crate) mod coverage;
#[cfg(feature = "ssr")]
pub mod file_account;
#[cfg(feature = "ssr")]
pub(crate) mod filter_sentence;
#[cfg(feature = "ssr")]
pub mod import_changes;
#[cfg(feature = "ssr")]
pub mod import_undo;
pub(crate) mod locale;
#[cfg(feature = "ssr")]
pub(crate) mod markdown;
#[cfg(feature = "ssr")]
pub(crate) mod notices;
#[cfg(feature = "ssr")]
pub(crate) mod progress;
#[cfg(feature = "ssr")]
pub(crate) mod provenance;
#[cfg(feature = "ssr")]
pub(crate) mod round_names;
#[cfg(feature = "ssr")]
pub mod site_texts;
#[cfg(feature = "ssr")]
pub mod translations;

pub mod catalogue;
pub(crate) mod dates;
pub(crate) mod names;
pub(crate) mod numbers;
mod pseudo;
