//! Pages of earlier public versions: shown while the database is away, if nobody asked for a page again between
//! the last public change and the outage.
//!
//! A text that was removed must not appear again. So these pages are used only after the history has confirmed that
//! the changes since then removed nothing; otherwise they are dropped.

use super::Page;
use super::key::{Key, weight};
use data::settings;
use std::collections::HashMap;

/// Pages of earlier versions. Of each address the latest.
#[derive(Default)]
pub(super) struct Superseded {
    /// Each page with the time when it was last current, in milliseconds since 1970.
    pages: HashMap<Key, (Page, i64)>,
    weight: usize,
    /// The changes whose history is still being read.
    unconfirmed: usize,
}

impl Superseded {
    /// Adds pages that were current until now. They are not used before [`confirm`](Self::confirm) was called.
    pub(super) fn add(&mut self, pages: impl IntoIterator<Item = (Key, Page)>, seen: i64) {
        self.unconfirmed += 1;
        for (key, page) in pages {
            self.weight += weight(&key, &page);
            if let Some((before, _)) = self.pages.insert(key.clone(), (page, seen)) {
                self.weight -= weight(&key, &before);
            }
        }
        if self.weight <= settings::SUPERSEDED_PAGES_MAX {
            return;
        }
        let mut by_age: Vec<(i64, Key)> = self
            .pages
            .iter()
            .map(|(key, (_, seen))| (*seen, key.clone()))
            .collect();
        by_age.sort_unstable_by_key(|(seen, _)| *seen);
        for (_, key) in by_age {
            if self.weight <= settings::SUPERSEDED_PAGES_MAX {
                break;
            }
            if let Some((page, _)) = self.pages.remove(&key) {
                self.weight -= weight(&key, &page);
            }
        }
    }

    /// Ends what [`add`](Self::add) began: whether nothing was removed by the change.
    pub(super) fn confirm(&mut self, nothing_was_removed: bool) {
        self.unconfirmed = self.unconfirmed.saturating_sub(1);
        if !nothing_was_removed {
            self.pages.clear();
            self.weight = 0;
        }
    }

    /// Returns true while the history of a change is still being read.
    pub(super) fn is_unconfirmed(&self) -> bool {
        self.unconfirmed > 0
    }

    /// The page of an address, and when it was last current.
    pub(super) fn get(&self, key: &Key) -> Option<(Page, i64)> {
        if self.is_unconfirmed() {
            return None;
        }
        self.pages.get(key).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use http::HeaderMap;

    fn page(size: usize) -> Page {
        Page {
            headers: HeaderMap::new(),
            body: Bytes::from(vec![b'a'; size]),
            forms: None,
        }
    }

    fn key(number: usize) -> Key {
        Key(app::Locale::ENGLISH, number.to_string(), String::new())
    }

    #[test]
    fn pages_are_used_only_after_nothing_was_found_removed() {
        let mut pages = Superseded::default();
        pages.add([(key(1), page(1))], 10);
        assert!(pages.get(&key(1)).is_none());
        pages.add([(key(2), page(1))], 20);
        pages.confirm(true);
        assert!(pages.get(&key(1)).is_none(), "the second is unconfirmed");
        pages.confirm(true);
        assert_eq!(pages.get(&key(1)).map(|(_, seen)| seen), Some(10));
        assert_eq!(pages.get(&key(2)).map(|(_, seen)| seen), Some(20));
        pages.add([(key(1), page(2))], 30);
        pages.confirm(false);
        assert!(pages.get(&key(1)).is_none() && pages.get(&key(2)).is_none());
        assert_eq!(pages.weight, 0);
    }

    #[test]
    fn the_oldest_pages_go_first() {
        let mut pages = Superseded::default();
        for number in 0..20 {
            let seen = i64::try_from(number).unwrap();
            pages.add(
                [(key(number), page(settings::SUPERSEDED_PAGES_MAX / 8))],
                seen,
            );
            pages.confirm(true);
        }
        assert!(pages.weight <= settings::SUPERSEDED_PAGES_MAX);
        assert!(pages.get(&key(19)).is_some() && pages.get(&key(0)).is_none());
        let sum: usize = pages
            .pages
            .iter()
            .map(|(key, (page, _))| weight(key, page))
            .sum();
        assert_eq!(sum, pages.weight);
    }
}
