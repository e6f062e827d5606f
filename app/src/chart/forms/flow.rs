//! From the statuses of one assessment to those of another.

use super::{BarList, Row, fraction};
use crate::chart::{Chart, Line};
use crate::t;
use crate::text::translations;

/// The statuses before, each with what became of it. Pages show rows with stacked bars; files draw the
/// segments of these rows as bands.
pub(crate) struct Flow {
    /// What either side is.
    pub(crate) sides: [String; 2],
    pub(crate) rows: BarList,
}

impl Chart {
    pub(super) fn flow(&self, sides: &[String; 2]) -> Flow {
        let key = self.drawn_series(&self.lines);
        let largest = self.lines.iter().map(Line::received).max().unwrap_or(0);
        let lines = self.lines.iter().enumerate();
        let lines = lines.filter(|(_, line)| line.received() > 0);
        let rows = lines.map(|(number, line)| Row {
            mark: self
                .series
                .iter()
                .position(|series| series.code == line.code),
            label: line.label.clone(),
            length: fraction(line.received(), largest),
            segments: self.segments(Some(number), line, &key),
            number: translations::number(line.received()),
            below: Some(self.counts_in_words(line, &key).join(" · ")),
            ..Row::default()
        });
        let rows = rows.collect();
        let [from, to] = sides.clone();
        Flow {
            sides: sides.clone(),
            rows: BarList {
                key,
                figures: Some(t!("flow-reading", from = from, to = to)),
                rows,
                ..BarList::default()
            },
        }
    }
}
