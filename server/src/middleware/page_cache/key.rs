//! What a cached page is found by, and what it weighs.

use super::Page;
use app::Locale;

/// A locale, an address without its prefix, and the encodings that are accepted, as they were written.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key(pub(super) Locale, pub(super) String, pub(super) String);

pub(super) fn weight(key: &Key, page: &Page) -> usize {
    // Headers are a few hundred bytes, whatever the page.
    key.1.len() + key.2.len() + page.body.len() + 512
}
