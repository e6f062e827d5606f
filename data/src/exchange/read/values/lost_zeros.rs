//! Numbers of paragraphs that a spreadsheet holds as numbers without a format: 104.10 is 104.1 there, and
//! nothing in the cell tells the two apart. The rows in which it could be either are named.

use crate::domain::{Message, Paragraph};
use crate::exchange::Row;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that are named; of more it is said how many.
const NAMED: usize = 20;
/// Paragraphs that are told apart.
const MAX: usize = 10_000;

/// The paragraphs of a sheet as its rows come by.
#[derive(Default)]
pub(crate) struct LostZeros {
    /// By the report's paragraph: what is known of the numbers in it.
    series: BTreeMap<u32, Series>,
    seen: usize,
}

#[derive(Default)]
struct Series {
    numbers: BTreeSet<u32>,
    /// The rows whose number may lack a zero, with that number.
    loose: Vec<(Row, u32)>,
    twice: BTreeSet<u32>,
}

impl LostZeros {
    /// Takes the cell of a paragraph; `is_loose` says that its zeros may be lost.
    pub(crate) fn see(&mut self, row: Row, cell: &str, is_loose: bool) {
        let Ok(paragraph) = Paragraph::from_source(cell) else {
            return;
        };
        let Some((main, number)) = paragraph.as_str().split_once('.') else {
            return;
        };
        let (Ok(main), Ok(number)) = (main.parse(), number.parse::<u32>()) else {
            return;
        };
        if self.seen == MAX {
            return;
        }
        self.seen += 1;
        let series: &mut Series = self.series.entry(main).or_default();
        if !series.numbers.insert(number) {
            series.twice.insert(number);
        }
        if is_loose {
            series.loose.push((row, number));
        }
    }

    /// What is said of them, if any may lack a zero: those that would fit into their series with one, and
    /// those that stand in two rows.
    pub(crate) fn warning(&self) -> Option<Message> {
        let mut rows: Vec<Row> = Vec::new();
        for series in self.series.values() {
            let last = series.numbers.last().copied().unwrap_or_default();
            let lacks = |number: u32| {
                series.twice.contains(&number)
                    || [10, 100].into_iter().any(|zeros| {
                        let longer = number.saturating_mul(zeros);
                        // The row after the last may be the one.
                        longer <= last.saturating_add(1) && !series.numbers.contains(&longer)
                    })
            };
            let loose = series.loose.iter().filter(|(_, number)| lacks(*number));
            rows.extend(loose.map(|(row, _)| *row));
        }
        if rows.is_empty() {
            return None;
        }
        rows.sort_unstable();
        let named: Vec<String> = rows.iter().take(NAMED).map(Row::to_string).collect();
        let key = if rows.len() > NAMED {
            "exchange-zeros-lost-more"
        } else {
            "exchange-zeros-lost"
        };
        Some(
            Message::new(key)
                .with("rows", named.join(", "))
                .with("more", rows.len().saturating_sub(NAMED)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[(&str, bool)]) -> Option<String> {
        let mut zeros = LostZeros::default();
        for (row, (cell, is_loose)) in (2..).zip(cells) {
            zeros.see(row, cell, *is_loose);
        }
        let warning = zeros.warning()?;
        Some(format!("{warning:?}"))
    }

    #[test]
    fn rows_that_may_lack_a_zero_are_named() {
        let loose = |cells: &[&'static str]| -> Vec<(&'static str, bool)> {
            cells.iter().map(|cell| (*cell, true)).collect()
        };
        let named = rows(&loose(&["104.8", "104.9", "104.1", "104.11"])).unwrap();
        assert!(named.contains("\"4\""), "{named}");
        let twice = rows(&loose(&["104.1", "104.2", "104.1"])).unwrap();
        assert!(twice.contains("2, 4"), "{twice}");
        // No series is that long.
        assert_eq!(rows(&loose(&["104.1", "104.2", "104.3"])), None);
        // The one with its zero is there.
        assert_eq!(
            rows(&[("104.1", true), ("104.10", false), ("104.11", true)]),
            None
        );
        // A text keeps its zeros.
        assert_eq!(
            rows(&[("104.1", false), ("104.9", false), ("104.11", false)]),
            None
        );
    }
}
