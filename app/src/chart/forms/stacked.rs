//! A bar for each line, its series end to end, all on one scale.

use super::{BarList, Row, fraction, is_known};
use crate::chart::{Chart, Line};
use crate::t;
use crate::text::numbers::of_base;
use crate::text::translations;

impl Chart {
    /// The longest bar is the line that received the most.
    pub(super) fn stacked(&self) -> BarList {
        let key = self.drawn_series(&self.lines);
        let (lines, more) = self.drawn_lines();
        let rows = lines.map(|(number, line)| self.stacked_row(Some(number), line, &key));
        let rows = rows.collect();
        let total = self.whole().map(|total| Row {
            segments: Vec::new(),
            ..self.stacked_row(None, total, &key)
        });
        let overlap = self.overlaps.then(|| t!("chart-overlaps"));
        BarList {
            key,
            figures: Some(self.figures_are(self.measured_label())),
            rows,
            sums: total.into_iter().collect(),
            notes: more.into_iter().chain(overlap).collect(),
        }
    }

    /// "45", and "2 of 40 (5%)" beside it: everything, and what is measured of the base.
    fn stacked_row(&self, number: Option<usize>, line: &Line, places: &[usize]) -> Row {
        let row = Row {
            label: line.label.clone(),
            href: line.href.clone(),
            beside: t!("percent-none"),
            ..Row::default()
        };
        if !is_known(line) {
            return row;
        }
        let largest = self.lines.iter().map(Line::received).max().unwrap_or(0);
        Row {
            length: fraction(line.received(), largest),
            segments: self.segments(number, line, places),
            number: translations::number(line.received()),
            beside: of_base(self.measured(line), self.base(line)),
            ..row
        }
    }
}
