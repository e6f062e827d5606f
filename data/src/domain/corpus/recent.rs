//! What was selected of a corpus lately.

use super::Matches;
use crate::domain::{Column, Dimension, Filter};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Selections are forgotten, the oldest first, until those kept have no more rows than this together:
/// some ten megabytes.
const MOST_ROWS: usize = 1_600_000;

/// And never more than this many, however small.
const MOST: usize = 64;

/// Selections with the filters that they were made by. What changes a corpus says which of them still
/// hold.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<Kept>);

type Kept = VecDeque<(Filter, Arc<Matches>)>;

impl Clone for Recent {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.kept().clone()))
    }
}

impl Recent {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what another status of a row changes: which rows there are where statuses are chosen or
    /// sorted by, and what was counted by status of all others.
    pub(super) fn forget_statuses(&mut self) {
        let kept = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(filter, _)| {
            !filter.chosen.contains_key(&Dimension::Status) && filter.sort.column != Column::Status
        });
        for (_, matches) in kept {
            *matches = Arc::new(matches.without_statuses());
        }
    }

    /// The selection of a filter, made before or now. Which page of it is asked for does not matter.
    pub(super) fn get(
        &self,
        filter: &Filter,
        open_rounds: bool,
        select: impl FnOnce() -> Matches,
    ) -> Arc<Matches> {
        let filter = Filter {
            page: 1,
            per_page: Filter::PER_PAGE[0],
            unit: crate::domain::CountingUnit::default(),
            ..filter.clone()
        };
        let known = self
            .kept()
            .iter()
            .find(|(known, matches)| *known == filter && matches.sees_open_rounds() == open_rounds)
            .map(|(_, matches)| Arc::clone(matches));
        if let Some(matches) = known {
            return matches;
        }
        let matches = Arc::new(select());
        let mut kept = self.kept();
        kept.push_back((filter, Arc::clone(&matches)));
        let rows = |kept: &Kept| -> usize { kept.iter().map(|(_, matches)| matches.len()).sum() };
        while kept.len() > MOST || kept.len() > 1 && rows(&kept) > MOST_ROWS {
            kept.pop_front();
        }
        matches
    }
}
