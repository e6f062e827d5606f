//! Bands from the statuses of one assessment to those of another, all on one scale.

use super::picture::{Mark, Text, Tone};
use super::sheet::{AFTER_MARK, GAP, LINE, MARGIN, Sheet, TEXT, WIDTH};
use crate::chart::fonts::wrapped;
use crate::chart::forms::Row;
use crate::chart::forms::flow::Flow;
use crate::t;

/// The height of all recommendations together.
const HIGH: f64 = 320.0;
/// A status has at least the room of its label.
const SLOT: f64 = 56.0;
const BETWEEN: f64 = 6.0;
/// The room for labels on either side of the bands.
const SIDE: f64 = 208.0;
/// The width of the areas where bands begin and end.
const NODE: f64 = 12.0;

impl Sheet<'_> {
    #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
    pub(super) fn flow(&mut self, flow: &Flow) {
        let count_of = |row: &Row| {
            row.segments
                .iter()
                .map(|one| one.counted.count)
                .sum::<u64>()
        };
        let (rows, key) = (&flow.rows.rows, &flow.rows.key);
        let sums: Vec<u64> = rows.iter().map(count_of).collect();
        let all: u64 = sums.iter().sum();
        let per = if all == 0 { 0.0 } else { HIGH / all as f64 };
        let arriving = |series: usize| {
            let segments = rows.iter().flat_map(|row| &row.segments);
            let into = segments.filter(|one| one.counted.series == series);
            into.map(|one| one.counted.count).sum::<u64>()
        };
        let arrivals: Vec<u64> = key.iter().map(|series| arriving(*series)).collect();
        let (left, right) = (MARGIN + SIDE + NODE, MARGIN + WIDTH - SIDE - NODE);
        self.sides(&flow.sides);
        let top = self.y;
        let tops = |counts: &[u64]| {
            let mut y = top;
            let next = |count: &u64| {
                let at = y;
                y += (*count as f64 * per).max(SLOT) + BETWEEN;
                at
            };
            counts.iter().map(next).collect::<Vec<f64>>()
        };
        let (starts, ends) = (tops(&sums), tops(&arrivals));
        let nodes = starts.iter().zip(&sums).chain(ends.iter().zip(&arrivals));
        let bottoms = nodes.map(|(y, count)| y + (*count as f64 * per).max(SLOT));
        let bottom = bottoms.fold(top, f64::max);
        let mut arrived = ends.clone();
        for (row, start) in rows.iter().zip(&starts) {
            let mut leaves = *start;
            for segment in &row.segments {
                let place = key.iter().position(|one| *one == segment.counted.series);
                let Some(arrival) = place.and_then(|place| arrived.get_mut(place)) else {
                    continue;
                };
                let height = segment.counted.count as f64 * per;
                let from = row.mark.and_then(|place| self.series.get(place));
                self.marks.push(Mark::Band {
                    from: (left + NODE, leaves),
                    to: (right - NODE, *arrival),
                    height,
                    colour: from.map_or_else(String::new, |series| series.colour.clone()),
                    counted: segment.counted.clone(),
                });
                leaves += height;
                *arrival += height;
            }
        }
        for ((row, y), count) in rows.iter().zip(starts).zip(sums) {
            self.y = y;
            if let Some(series) = row.mark {
                self.area([left, y, NODE, count as f64 * per], series, None);
            }
            self.side(MARGIN, row.mark, &row.label, count);
        }
        for ((series, y), count) in key.iter().zip(ends).zip(arrivals) {
            self.y = y;
            self.area([right - NODE, y, NODE, count as f64 * per], *series, None);
            let label = self.series.get(*series).map(|one| one.label.as_str());
            self.side(right + GAP, Some(*series), label.unwrap_or_default(), count);
        }
        self.y = bottom;
    }

    /// What each side is, above it.
    fn sides(&mut self, sides: &[String; 2]) {
        let half = WIDTH / 2.0 - GAP;
        let above = [(MARGIN, false), (MARGIN + WIDTH, true)];
        let mut bottom = self.y;
        for (name, (x, is_end)) in sides.iter().zip(above) {
            let mut y = self.y + TEXT;
            for words in wrapped(name, TEXT, true, half, 8) {
                let text = Text::new(x, y, TEXT, words).in_tone(Tone::Bold);
                self.text(Text { is_end, ..text });
                bottom = bottom.max(y + LINE - TEXT);
                y += LINE;
            }
        }
        self.y = bottom + GAP;
    }

    /// A status with its mark and its count.
    fn side(&mut self, x: f64, mark: Option<usize>, label: &str, count: u64) {
        if let Some(series) = mark {
            self.glyph(x, series, None);
        }
        let words = t!("chart-part", status = label.to_owned(), count = count);
        self.block(
            &words,
            x + AFTER_MARK,
            SIDE - AFTER_MARK - GAP,
            Tone::Ink,
            3,
        );
    }
}
