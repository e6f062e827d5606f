//! The parts of a list of recommendations: filter, what is chosen, figures, table, pages, files.

mod chosen;
mod columns;
mod facet;
mod figures;
mod filter_form;
mod pager;
mod table;
mod ways;

pub(crate) use chosen::chosen;
pub(crate) use columns::columns;
pub(crate) use figures::{figures, units};
pub(crate) use filter_form::filter_form;
pub(crate) use pager::{page_links, pager};
pub(crate) use table::{cell, table};
pub(crate) use ways::{empty, exports};

use crate::urls::paths;
use data::domain::{
    Column, Dimension, Filter, Listed, RecommendationSet, ReviewCode, Scale, query_pairs,
};
use std::collections::BTreeMap;

/// What all of these parts show.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    /// The selected recommendations.
    pub(crate) set: &'a RecommendationSet<'a>,
    /// The filter; its page exists.
    pub(crate) filter: &'a Filter,
    /// The statuses that the recommendations can have; `None` if no round is shown.
    pub(crate) scale: Option<&'a Scale>,
    /// The rows of this page.
    pub(crate) rows: &'a [Listed<'a>],
    /// What the values beside the list are to show.
    pub(crate) shows: &'a FacetOptions,
}

/// Which values of the dimensions beside a list are shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct FacetOptions {
    /// The dimension of which all values are shown.
    pub(crate) opened: Option<Dimension>,
    /// The texts that values have to contain to be shown.
    pub(crate) find: BTreeMap<Dimension, String>,
}

impl FacetOptions {
    /// Characters of a text that is looked for among the values.
    pub(crate) const LONGEST: usize = 60;

    /// Reads a query string.
    pub(crate) fn parse(query: &str) -> Self {
        let mut options = Self::default();
        for (name, value) in query_pairs(query) {
            let value = value.trim();
            if name == paths::ALL_VALUES {
                options.opened = options.opened.or_else(|| Dimension::from_param(value));
            } else if let Some(dimension) = paths::finds_in(&name)
                && !value.is_empty()
            {
                let text = value.chars().take(Self::LONGEST).collect();
                options.find.insert(dimension, text);
            }
        }
        options
    }
}

impl<'a> List<'a> {
    /// A list of a set, with the rows of the filter's page.
    pub(crate) fn of(
        set: &'a RecommendationSet<'a>,
        rows: &'a [Listed<'a>],
        shows: &'a FacetOptions,
    ) -> Self {
        Self {
            set,
            filter: set.filter(),
            scale: set.scale(),
            rows,
            shows,
        }
    }

    /// The review, if it is a list of one.
    pub(crate) fn review(&self) -> Option<ReviewCode> {
        self.set.record().map(|record| record.review.code)
    }

    /// The columns that are shown.
    fn columns(&self) -> Vec<Column> {
        match &self.filter.columns {
            Some(chosen) => chosen.on_screen().collect(),
            None => usual_columns(self.set).collect(),
        }
    }

    /// The address of the list with another filter.
    fn href(&self, filter: &Filter) -> String {
        paths::recommendations(self.review(), filter)
    }

    /// The place of the first row of this page, from 1.
    fn first(&self) -> usize {
        (self.filter.page - 1) * self.filter.per_page + 1
    }
}

/// The columns of a list that is not asked for others.
fn usual_columns(set: &RecommendationSet<'_>) -> impl Iterator<Item = Column> {
    Column::on_screen(set.scale().is_some(), |dimension| set.any_has(dimension))
}

/// The filter without the columns that it chooses, if these are the usual ones.
pub(crate) fn without_usual_columns(set: &RecommendationSet<'_>) -> Option<Filter> {
    let chosen = set.filter().columns.as_ref()?;
    let is_usual = chosen.on_screen().eq(usual_columns(set));
    is_usual.then(|| set.filter().with_usual_columns())
}
