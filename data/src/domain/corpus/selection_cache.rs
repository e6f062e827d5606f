//! The selections of a corpus that were made last.

use super::Matches;
use crate::cache::half_for_new;
use crate::domain::{Column, Dimension, Filter};
use crate::settings;
use quick_cache::Weighter;
use quick_cache::unsync::Cache;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Selections by the filters that they were made by, which are cached until the corpus changes.
#[derive(Debug)]
pub(super) struct SelectionCache(Mutex<Selections>);

type Selections = Cache<Key, Arc<Matches>, Rows>;

/// A filter without what does not matter to the selection, and whether open rounds are seen.
type Key = (Filter, bool);

/// Weighs a selection by its rows.
#[derive(Clone, Debug)]
struct Rows;

impl Weighter<Key, Arc<Matches>> for Rows {
    fn weight(&self, _key: &Key, matches: &Arc<Matches>) -> u64 {
        // Of a corpus larger than half of all rows, two selections are cached: whoever turns pages, or compares two
        // selections, must not wait for each again.
        matches.len().clamp(
            settings::CACHED_SELECTION_ROWS / settings::CACHED_SELECTIONS_MAX,
            settings::CACHED_SELECTION_ROWS / 2,
        ) as u64
    }
}

impl Default for SelectionCache {
    fn default() -> Self {
        Self(Mutex::new(half_for_new(
            settings::CACHED_SELECTIONS_MAX,
            settings::CACHED_SELECTION_ROWS as u64,
            Rows,
        )))
    }
}

impl Clone for SelectionCache {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.lock().clone()))
    }
}

impl SelectionCache {
    fn lock(&self) -> MutexGuard<'_, Selections> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Drops what another status of a row changes: the selections in which statuses are chosen or sorted by, and the
    /// counts by status of all others.
    pub(super) fn forget_statuses(&mut self) {
        let selections = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        selections.retain(|(filter, _), _| {
            !filter.chosen.contains_key(&Dimension::Status) && filter.sort.column != Column::Status
        });
        let left: Vec<_> = selections.drain().collect();
        for (key, matches) in left {
            selections.insert(key, Arc::new(matches.without_statuses()));
        }
    }

    /// Returns the selection of a filter, cached or made now. The page that is asked for, the columns and the counting
    /// unit do not matter.
    pub(super) fn get(
        &self,
        filter: &Filter,
        open_rounds: bool,
        select: impl FnOnce() -> Matches,
    ) -> Arc<Matches> {
        let filter = Filter {
            page: 1,
            per_page: Filter::PER_PAGE[0],
            columns: None,
            unit: crate::domain::CountingUnit::default(),
            ..filter.clone()
        };
        let key = (filter, open_rounds);
        let cached = self.lock().get(&key).map(Arc::clone);
        cached.unwrap_or_else(|| {
            // Not under the lock: others may select meanwhile, and the same selection twice does no harm.
            let matches = Arc::new(select());
            self.lock().insert(key, Arc::clone(&matches));
            matches
        })
    }
}
