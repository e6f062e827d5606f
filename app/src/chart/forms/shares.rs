//! A bar of one length for each line, which is its base: shares of sets of any size.

use super::{BarList, Row, is_known};
use crate::chart::{Base, Chart, Line};
use crate::t;
use crate::text::numbers::percent;
use data::domain::Share;

impl Chart {
    /// The bars hold what is in the base; below each bar stands every count.
    pub(super) fn shares(&self) -> BarList {
        let key = self.drawn_series(&self.lines);
        let is_in_base = |place: &usize| {
            let series = self.series.get(*place);
            series.is_some_and(|series| self.is_in_base(series))
        };
        let in_base: Vec<usize> = key.iter().copied().filter(is_in_base).collect();
        let (lines, more) = self.drawn_lines();
        let rows = lines.map(|(number, line)| {
            let row = Row {
                label: line.label.clone(),
                href: line.href.clone(),
                below: Some(self.counts_in_words(line, &key).join(" · ")),
                ..Row::default()
            };
            if !is_known(line) || self.base(line) == 0 {
                let beside = t!("percent-none");
                return Row { beside, ..row };
            }
            let (number, beside) = (
                self.share_of(line),
                self.segments(Some(number), line, &in_base),
            );
            Row {
                length: 1.0,
                segments: beside,
                number: number.0,
                beside: number.1,
                ..row
            }
        });
        let rows = rows.collect();
        let figures = match self.base {
            Base::Assessed => t!("chart-best-of-assessed", status = self.measured_label()),
            Base::Answered => t!("chart-best-of-answered"),
            Base::Received => self.measured_label(),
        };
        let overlap = self.overlaps.then(|| t!("chart-overlaps"));
        BarList {
            key: in_base,
            figures: Some(figures),
            rows,
            notes: more.into_iter().chain(overlap).collect(),
            ..BarList::default()
        }
    }

    /// "84%" and "2,629 of 3,130"; "6 of 7" alone where the base is small.
    fn share_of(&self, line: &Line) -> (String, String) {
        let (count, base) = (self.measured(line), self.base(line));
        let counts = t!("count-of", count = count, base = base);
        match (Share { count, base }).ratio() {
            Some(share) => (percent(share), counts),
            None => (counts, String::new()),
        }
    }
}
