//! Which rows have each value, as bitmaps: intersecting them chooses rows, and counts them.
//!
//! Those of a dimension are made when they are first asked for, and then kept in step with every change
//! that leaves rows their numbers.

use super::{Corpus, Part};
use crate::domain::Dimension;
use roaring::{MultiOps, RoaringBitmap};
use std::sync::{Arc, OnceLock};

/// The rows of each value of one dimension, by the number of the value.
type Rows = Vec<Arc<RoaringBitmap>>;

/// The rows of each value of each dimension.
#[derive(Clone, Debug, Default)]
pub(super) struct RowsByValue {
    dimensions: [OnceLock<Rows>; Dimension::ALL.len()],
    /// Those of reviews whose round is not published.
    open: OnceLock<Arc<RoaringBitmap>>,
    /// Those of States that exist, if there are rows of the invented State besides.
    real: OnceLock<Option<Arc<RoaringBitmap>>>,
}

impl RowsByValue {
    /// Takes in a part that stands where another stood, with as many rows.
    pub(super) fn replace(&mut self, start: usize, before: &Part, after: &Part) {
        if before.is_open() != after.is_open() {
            self.open = OnceLock::new();
        }
        for dimension in Dimension::ALL {
            let Some(rows) = self.dimensions[dimension.place()].get_mut() else {
                continue;
            };
            for place in 0..after.len() {
                let old = before.columns.row(dimension, place);
                let new = after.columns.row(dimension, place);
                if old == new {
                    continue;
                }
                let row = number(start + place);
                for code in old {
                    if let Some(rows) = rows.get_mut(*code as usize) {
                        Arc::make_mut(rows).remove(row);
                    }
                }
                for code in new {
                    Arc::make_mut(of_code(rows, *code)).insert(row);
                }
            }
        }
    }
}

fn of_code(rows: &mut Rows, code: u32) -> &mut Arc<RoaringBitmap> {
    let place = code as usize;
    if rows.len() <= place {
        rows.resize_with(place + 1, Arc::default);
    }
    &mut rows[place]
}

fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

impl Corpus {
    fn rows_by_value(&self, dimension: Dimension) -> &Rows {
        self.rows_by_value.dimensions[dimension.place()].get_or_init(|| {
            let mut bitmaps: Vec<RoaringBitmap> = Vec::new();
            bitmaps.resize_with(
                self.dictionaries.of(dimension).values().len(),
                RoaringBitmap::new,
            );
            for (start, part) in self.numbered() {
                for place in 0..part.len() {
                    for code in part.columns.row(dimension, place) {
                        if let Some(rows) = bitmaps.get_mut(*code as usize) {
                            rows.insert(number(start + place));
                        }
                    }
                }
            }
            let optimized = bitmaps.into_iter().map(|mut rows| {
                rows.optimize();
                Arc::new(rows)
            });
            optimized.collect()
        })
    }

    /// The rows of reviews whose round is not published.
    fn open_rows(&self) -> &RoaringBitmap {
        self.rows_by_value.open.get_or_init(|| {
            let mut rows = RoaringBitmap::new();
            for (start, part) in self.numbered().filter(|(_, part)| part.is_open()) {
                rows.insert_range(number(start)..number(start + part.len()));
            }
            Arc::new(rows)
        })
    }

    /// The rows of States that exist; `None` if all rows are of such States, or none is.
    pub(super) fn real_rows(&self) -> Option<&Arc<RoaringBitmap>> {
        let real = self.rows_by_value.real.get_or_init(|| {
            let mut rows = RoaringBitmap::new();
            let exists = |part: &Part| !part.review.code.state.is_fictitious();
            for (start, part) in self.numbered().filter(|(_, part)| exists(part)) {
                rows.insert_range(number(start)..number(start + part.len()));
            }
            let is_part = !rows.is_empty() && rows.len() < self.len() as u64;
            is_part.then(|| Arc::new(rows))
        });
        real.as_ref()
    }

    /// All rows.
    pub(super) fn all_rows(&self) -> RoaringBitmap {
        let mut rows = RoaringBitmap::new();
        rows.insert_range(0..number(self.len()));
        rows
    }

    /// The rows that have one of the values, by their numbers, as far as somebody who may or may not see
    /// open rounds sees them.
    pub(super) fn rows_with(
        &self,
        dimension: Dimension,
        codes: &[u32],
        open_rounds: bool,
    ) -> RoaringBitmap {
        let rows = self.rows_by_value(dimension);
        let of_codes = codes.iter().filter_map(|code| rows.get(*code as usize));
        let mut any = of_codes.map(AsRef::as_ref).union();
        if dimension == Dimension::Status && !open_rounds {
            any -= self.open_rows();
        }
        any
    }

    /// How many of the rows, of all where none are named, have each value of a dimension, as far as
    /// somebody who may or may not see open rounds sees it. Values are in the order of their numbers.
    pub(super) fn counts(
        &self,
        dimension: Dimension,
        of: Option<&RoaringBitmap>,
        open_rounds: bool,
    ) -> Vec<u32> {
        let rows = self.rows_by_value(dimension);
        let hidden = dimension == Dimension::Status && !open_rounds && !self.open_rows().is_empty();
        let count = |rows: &Arc<RoaringBitmap>| match of {
            Some(of) => rows.intersection_len(of),
            None => rows.len(),
        };
        let counts: Vec<u64> = if hidden {
            let mut seen = of.cloned().unwrap_or_else(|| self.all_rows());
            seen -= self.open_rows();
            rows.iter()
                .map(|rows| rows.intersection_len(&seen))
                .collect()
        } else {
            rows.iter().map(count).collect()
        };
        let values = self.dictionaries.of(dimension).values().len();
        let counts = counts
            .into_iter()
            .map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        counts.chain(std::iter::repeat(0)).take(values).collect()
    }
}
