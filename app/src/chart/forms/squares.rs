//! A square for each recommendation, in columns of seven, so that they read as a stacked bar too.

use super::{Counted, Row};
use crate::chart::Chart;
use crate::t;

/// Squares in a column.
pub(crate) const ROWS: usize = 7;
/// With more than these, squares would be too small to be counted or touched: one bar stands for them.
const MOST: usize = 400;

/// Squares, or one bar for all of them, and what they add up to.
pub(crate) struct Squares {
    /// The series of each square; none if a bar stands for them.
    pub(crate) places: Vec<usize>,
    /// The bar that stands for many.
    pub(crate) bar: Option<Row>,
    /// Each series with its count.
    pub(crate) key: Vec<Entry>,
    /// All of it in words.
    pub(crate) words: String,
}

/// A series, how many squares it has, and the list of them.
pub(crate) struct Entry {
    pub(crate) counted: Counted,
    /// "Implemented: 2".
    pub(crate) words: String,
    pub(crate) list: Option<String>,
}

impl Chart {
    pub(super) fn squares(&self, places: &[usize]) -> Squares {
        let total = std::slice::from_ref(&self.total);
        let series = self.drawn_series(total);
        let key = series.iter().map(|place| Entry {
            counted: self.counted(None, &self.total, *place),
            words: self.counts_in_words(&self.total, &[*place]).concat(),
            list: self.list_of_total(*place),
        });
        let many = places.len() > MOST;
        Squares {
            places: if many { Vec::new() } else { places.to_vec() },
            bar: many.then(|| Row {
                length: 1.0,
                segments: self.segments(None, &self.total, &series),
                ..Row::default()
            }),
            key: key.collect(),
            words: t!(
                "chart-line",
                label = t!("squares-count", count = places.len()),
                counts = self.counts_in_words(&self.total, &series).join(", ")
            ),
        }
    }
}
