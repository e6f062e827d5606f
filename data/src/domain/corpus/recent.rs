//! What was selected of a corpus lately.

use super::Matches;
use crate::domain::Filter;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Selections are forgotten, the oldest first, until those kept cover no more rows than this together:
/// some ten megabytes.
const MOST_ROWS: usize = 1_600_000;

/// And never more than this many, however small.
const MOST: usize = 64;

/// Selections with the filters that they were made by. A corpus that has changed begins without any.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<VecDeque<(Filter, Arc<Matches>)>>);

impl Clone for Recent {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Recent {
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
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept()
            .iter()
            .find(|(known, matches)| *known == filter && matches.sees_open_rounds() == open_rounds)
            .map(|(_, matches)| Arc::clone(matches));
        if let Some(matches) = known {
            return matches;
        }
        let matches = Arc::new(select());
        let mut kept = kept();
        kept.push_back((filter, Arc::clone(&matches)));
        let rows = |kept: &VecDeque<(Filter, Arc<Matches>)>| -> usize {
            kept.iter()
                .map(|(_, matches)| matches.rows_of_corpus())
                .sum()
        };
        while kept.len() > MOST || kept.len() > 1 && rows(&kept) > MOST_ROWS {
            kept.pop_front();
        }
        matches
    }
}
