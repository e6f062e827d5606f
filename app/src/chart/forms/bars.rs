//! A bar for each series of the total, and the sums that they make.

use super::{BarList, Row, fraction};
use crate::chart::Chart;
use crate::t;
use crate::text::numbers::percent;
use crate::text::translations;
use data::domain::Share;

impl Chart {
    /// The longest bar is the largest count; zero has no row.
    pub(super) fn bars(&self) -> BarList {
        let total = &self.total;
        let places = self.drawn_series(std::slice::from_ref(total));
        let largest = places.iter().map(|place| total.of(*place)).max();
        let rows = places.iter().map(|place| Row {
            mark: Some(*place),
            label: self.label_of(*place),
            length: fraction(total.of(*place), largest.unwrap_or(0)),
            segments: self.segments(None, total, &[*place]),
            number: translations::number(total.of(*place)),
            list: self.list_of_total(*place),
            beside: self.beside(*place),
            ..Row::default()
        });
        BarList {
            rows: rows.collect(),
            sums: self.sums(),
            ..BarList::default()
        }
    }

    /// "of 252 (10.3%)"; what is outside the base is of everything.
    fn beside(&self, series: usize) -> String {
        let base = self.base(&self.total);
        let in_base = self.series.get(series);
        if !in_base.is_some_and(|series| self.is_in_base(series)) {
            return t!("bar-of-received", received = self.total.received());
        }
        let count = self.total.of(series);
        match (Share { count, base }).ratio() {
            Some(share) => t!("bar-of-percent", base = base, percent = percent(share)),
            None => t!("bar-of", base = base),
        }
    }

    /// The base of percentages, where it is not everything, and everything.
    fn sums(&self) -> Vec<Row> {
        let base = self.has_base().then(|| Row {
            label: self.base_heading(),
            number: translations::number(self.base(&self.total)),
            list: self.list_of_base(None),
            ..Row::default()
        });
        let received = self.total.received();
        let all = Row {
            label: self.sum_heading(),
            number: translations::number(received),
            list: self.total.href.clone().filter(|_| received > 0),
            ..Row::default()
        };
        base.into_iter().chain([all]).collect()
    }
}
