//! The cached pages themselves, all of one public version.

use super::Page;
pub(super) use super::key::{Key, weight};
use super::superseded::Superseded;
use data::domain::PublicVersion;
use data::settings;
pub(super) use data::settings::PAGE_CACHED_MAX as LARGEST;
use data::store::Version;
use quick_cache::Weighter;
use quick_cache::unsync::Cache;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// What a page weighs on average, compressed.
const USUAL: usize = 8 * 1024;

/// Pages by what they were requested with.
#[derive(Default)]
pub(super) struct Pages(Mutex<OfVersion>);

struct OfVersion {
    version: PublicVersion,
    /// The last version that was seen, whether pages of it are cached or not, and when it was seen, in milliseconds
    /// since 1970.
    last: Option<(Version, i64)>,
    /// When `version` was last seen to be current, in milliseconds since 1970.
    seen: i64,
    /// The number of the history's last entry then.
    entry: i64,
    pages: Cache<Key, Page, InBytes>,
    superseded: Superseded,
}

impl Default for OfVersion {
    fn default() -> Self {
        let room = settings::PAGE_CACHE_MB.bytes();
        Self {
            version: PublicVersion::default(),
            last: None,
            seen: 0,
            entry: 0,
            superseded: Superseded::default(),
            pages: Cache::with_weighter(room / USUAL, room as u64, InBytes),
        }
    }
}

/// Weighs a page by its bytes.
#[derive(Clone)]
struct InBytes;

impl Weighter<Key, Page> for InBytes {
    fn weight(&self, key: &Key, page: &Page) -> u64 {
        weight(key, page) as u64
    }
}

impl Pages {
    fn lock(&self) -> MutexGuard<'_, OfVersion> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes which version was seen, for when the database is away. If it is a later one, the pages of the last are
    /// superseded: returns the numbers of the history's entries between which it changed, to be passed to
    /// [`confirm`](Self::confirm).
    pub(super) fn note(&self, version: Version) -> Option<(i64, i64)> {
        let mut cached = self.lock();
        let cached = &mut *cached;
        cached.last = Some((version, now()));
        if cached.version == version.public {
            cached.seen = now();
            cached.entry = cached.entry.max(version.number);
            return None;
        }
        if cached.version.number > version.public.number {
            return None;
        }
        let before = cached.entry;
        cached.superseded.add(cached.pages.drain(), cached.seen);
        cached.version = version.public;
        cached.seen = now();
        cached.entry = version.number;
        Some((before, version.number))
    }

    /// Ends what [`note`](Self::note) began: whether nothing that was public was removed between the two entries.
    pub(super) fn confirm(&self, nothing_was_removed: bool) {
        self.lock().superseded.confirm(nothing_was_removed);
    }

    /// Returns a page of an earlier version, and when it was last current.
    pub(super) fn superseded(&self, key: &Key) -> Option<(Page, i64)> {
        self.lock().superseded.get(key)
    }

    /// Returns true while a change is not confirmed.
    #[cfg(test)]
    pub(super) fn is_unconfirmed(&self) -> bool {
        self.lock().superseded.is_unconfirmed()
    }

    /// Returns the last version that was seen, and when.
    pub(super) fn last_seen(&self) -> Option<(Version, i64)> {
        self.lock().last
    }

    /// Returns the page, if it is cached of that version.
    pub(super) fn get(&self, version: PublicVersion, key: &Key) -> Option<Page> {
        let cached = self.lock();
        if cached.version != version {
            return None;
        }
        cached.pages.get(key).cloned()
    }

    /// Caches a page, if it is of the version that was noted last.
    pub(super) fn insert(&self, version: PublicVersion, key: Key, page: Page) {
        if weight(&key, &page) > LARGEST {
            return;
        }
        let mut cached = self.lock();
        // It took longer to make than its version lasted.
        if cached.version != version {
            return;
        }
        cached.pages.insert(key, page);
    }

    /// What all pages weigh together.
    #[cfg(test)]
    pub(super) fn weight(&self) -> u64 {
        self.lock().pages.weight()
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::Locale;
    use axum::body::Bytes;
    use http::HeaderMap;

    fn page(size: usize) -> Page {
        Page {
            headers: HeaderMap::new(),
            body: Bytes::from(vec![0; size]),
            forms: None,
        }
    }

    fn key(number: usize) -> Key {
        Key(Locale::ENGLISH, number.to_string(), String::new())
    }

    #[test]
    fn what_is_cached_has_a_limit() {
        let room = settings::PAGE_CACHE_MB.bytes();
        let pages = Pages::default();
        let version = PublicVersion::default();
        for number in 0..200 {
            pages.insert(version, key(number), page(LARGEST / 2));
            // Asked for all the time, so never forgotten.
            assert!(pages.get(version, &key(0)).is_some());
            assert!(pages.weight() <= room as u64);
        }
        assert!(pages.weight() > (room - LARGEST) as u64);
        pages.insert(version, key(1_000), page(LARGEST));
        assert!(pages.get(version, &key(1_000)).is_none());
    }

    #[test]
    fn pages_of_another_version_are_forgotten() {
        let pages = Pages::default();
        let version = |number, mark| PublicVersion {
            number,
            day: 0,
            mark,
        };
        let note = |number, mark| {
            pages.note(Version {
                public: version(number, mark),
                ..Version::default()
            })
        };
        assert!(note(7, 1_000).is_some() && note(7, 1_000).is_none());
        pages.insert(version(7, 1_000), key(1), page(1));
        assert!(pages.get(version(7, 1_000), &key(1)).is_some());
        // Databases that went apart have versions of the same number.
        for other in [version(7, 1_001), version(8, 1_000), version(6, 1_000)] {
            assert!(pages.get(other, &key(1)).is_none());
            pages.insert(other, key(2), page(1));
            assert!(pages.get(other, &key(2)).is_none());
        }
        // An answer that comes late is of an earlier version.
        assert!(note(6, 1_000).is_none());
        assert!(pages.get(version(7, 1_000), &key(1)).is_some());
        assert!(note(7, 1_001).is_some());
        pages.insert(version(7, 1_001), key(2), page(1));
        assert!(pages.get(version(7, 1_001), &key(1)).is_none());
        assert!(pages.get(version(7, 1_000), &key(1)).is_none());
        assert!(pages.get(version(7, 1_001), &key(2)).is_some());
    }
}
