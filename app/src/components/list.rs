//! The parts of a list of recommendations: filter, what is chosen, figures, table, pages, files.

mod chosen;
mod facet;
mod figures;
mod filter_form;
mod pager;
mod table;
mod ways;

pub(crate) use chosen::chosen;
pub(crate) use figures::figures;
pub(crate) use filter_form::filter_form;
pub(crate) use pager::pager;
pub(crate) use table::{cell, table};
pub(crate) use ways::{empty, exports};

use crate::address;
use crate::filter_words::Counted;
use data::domain::{
    Breakdown, Corpus, Dimension, FacetValue, Filter, Listed, Matches, ReviewCode, ReviewRecord,
    Scale, Selection,
};

/// What all of these parts show.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    /// What the list is of, and what the filter leaves of it.
    pub(crate) of: Of<'a>,
    /// The filter; its page is one that there is.
    pub(crate) filter: &'a Filter,
    /// The rows of this page.
    pub(crate) rows: &'a [Listed<'a>],
    /// The statuses that its recommendations can have; none where there is no assessment.
    pub(crate) scale: Option<&'a Scale>,
    /// The dimension all of whose values are to be shown.
    pub(crate) opened: Option<Dimension>,
}

/// What a list is of.
#[derive(Clone, Copy)]
pub(crate) enum Of<'a> {
    /// One review.
    Review {
        record: &'a ReviewRecord,
        selection: &'a Selection<'a>,
    },
    /// All reviews.
    Everything {
        corpus: &'a Corpus,
        matches: &'a Matches,
    },
}

impl<'a> List<'a> {
    /// The review, if it is a list of one.
    pub(crate) fn review(&self) -> Option<ReviewCode> {
        self.record().map(|record| record.review.code)
    }

    fn record(&self) -> Option<&'a ReviewRecord> {
        match self.of {
            Of::Review { record, .. } => Some(record),
            Of::Everything { .. } => None,
        }
    }

    /// The address of the list that another filter leaves.
    fn href(&self, filter: &Filter) -> String {
        address::recommendations(self.review(), filter)
    }

    /// How many recommendations the filter leaves.
    pub(crate) fn count(&self) -> usize {
        match self.of {
            Of::Review { selection, .. } => selection.rows.len(),
            Of::Everything { matches, .. } => matches.len(),
        }
    }

    /// The same, and in the unit that is counted.
    pub(crate) fn counted(&self) -> Counted {
        Counted::of(self.count(), self.filter.unit, || match self.of {
            Of::Review { selection, .. } => {
                let rows = selection.rows.iter();
                rows.map(|one| self.filter.weight(one.recommendation)).sum()
            }
            Of::Everything { corpus, matches } => corpus.states_of(matches),
        })
    }

    /// How many there are without a filter.
    fn all(&self) -> usize {
        match self.of {
            Of::Review { record, .. } => record.recommendations.len(),
            Of::Everything { corpus, .. } => corpus.len(),
        }
    }

    /// The place of the first row of this page, from 1.
    fn first(&self) -> usize {
        (self.filter.page - 1) * self.filter.per_page + 1
    }

    /// The values of a dimension, with their counts.
    fn facet(&self, dimension: Dimension) -> Vec<FacetValue> {
        match self.of {
            Of::Review { selection, .. } => selection.facet(self.filter, dimension),
            Of::Everything { corpus, matches } => corpus.facet(self.filter, matches, dimension),
        }
    }

    /// The counts of what is left and has a status.
    fn breakdown(&self) -> Option<Breakdown> {
        let scale = self.scale?;
        let unit = self.filter.unit;
        Some(match self.of {
            Of::Review { selection, .. } => {
                // What came in after the round was published has no status in it, and does not count.
                let rows = selection.rows.iter().copied();
                let inside = rows.filter(|listed| listed.status.is_some());
                Breakdown::count_left(self.filter, scale, inside, None, unit)
            }
            Of::Everything { corpus, matches } => corpus.breakdown(matches, None, unit),
        })
    }

    /// Other words for those looked for that occur nowhere.
    fn suggestions(&self) -> Vec<(String, String)> {
        let Some(search) = &self.filter.search else {
            return Vec::new();
        };
        match self.of {
            Of::Review { selection, .. } => selection.suggestions(search),
            Of::Everything { corpus, .. } => corpus.suggestions(search),
        }
    }
}
