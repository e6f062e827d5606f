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
use data::domain::{Filter, Listed, ReviewRecord, Selection};

/// What all of these parts show.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    /// The review.
    pub(crate) record: &'a ReviewRecord,
    /// The filter; its page is one that there is.
    pub(crate) filter: &'a Filter,
    /// What it leaves.
    pub(crate) selection: &'a Selection<'a>,
}

impl<'a> List<'a> {
    /// The address of the list that another filter leaves.
    fn href(&self, filter: &Filter) -> String {
        address::recommendations(self.record.review.code, filter)
    }

    /// The rows on this page, and the place of the first, from 1.
    fn on_page(&self) -> (usize, &'a [Listed<'a>]) {
        let (page, rows) = self.selection.page(self.filter);
        ((page - 1) * self.filter.per_page + 1, rows)
    }
}
