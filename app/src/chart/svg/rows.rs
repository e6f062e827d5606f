//! Rows with bars: the label, the bar, the number at its end.

use super::picture::{Text, Tone};
use super::sheet::{AFTER_MARK, GAP, LINE, MARGIN, Sheet, TEXT, WIDTH, height_of};
use crate::chart::fonts::width;
use crate::chart::forms::{BarList, Row};

/// Where bars begin, after the labels.
const BARS: f64 = MARGIN + 236.0;
/// The room for bars and numbers.
const COLUMN: f64 = WIDTH + MARGIN - BARS;
const BAR: f64 = 20.0;
/// The size of the number at a bar's end.
const NUMBER: f64 = 17.0;
/// A stretch is never narrower, and stands apart from the next.
const NARROWEST: f64 = 3.0;
const BETWEEN: f64 = 1.0;

impl Sheet<'_> {
    pub(super) fn rows(&mut self, rows: &BarList) {
        self.key_of(&rows.key);
        if let Some(figures) = &rows.figures {
            self.paragraph(figures, 12.0, 3);
            self.y += GAP / 2.0;
        }
        let all = || rows.rows.iter().chain(&rows.sums);
        let widest = all().map(room_of_number).fold(0.0, f64::max);
        // The longest bar has at least half of its column; then what stands beside the number wraps.
        let longest = (COLUMN - widest - 2.0 * GAP).max(COLUMN / 2.0);
        for row in all() {
            self.row(row, longest);
        }
        for note in &rows.notes {
            self.paragraph(note, 12.0, 4);
        }
    }

    fn row(&mut self, row: &Row, longest: f64) {
        if let Some(series) = row.mark {
            self.glyph(MARGIN, series, None);
        }
        let indent = if row.mark.is_some() { AFTER_MARK } else { 0.0 };
        let room = BARS - MARGIN - GAP - indent;
        let labels = self.block(&row.label, MARGIN + indent, room, Tone::Ink, 3);
        let end = self.bar(row, longest, BAR);
        let lines = labels.max(self.number(row, end));
        self.y += height_of(lines).max(BAR) + GAP;
        if let Some(below) = &row.below {
            self.y -= GAP / 2.0;
            self.paragraph(below, 12.0, 4);
            self.y += GAP / 2.0;
        }
    }

    /// The bar of a row; returns where it ends.
    pub(super) fn bar(&mut self, row: &Row, longest: f64, height: f64) -> f64 {
        let mut x = BARS;
        for segment in &row.segments {
            let long = (row.length * segment.share * longest - BETWEEN).max(NARROWEST);
            let counted = segment.counted.clone();
            let room = [x, self.y, long, height];
            self.area(room, counted.series, Some(counted));
            x += long + BETWEEN;
        }
        x
    }

    /// The number at a bar's end and what stands beside it; returns how many lines that takes.
    fn number(&mut self, row: &Row, end: f64) -> usize {
        let mut x = if row.segments.is_empty() {
            end
        } else {
            end + GAP / 2.0
        };
        if !row.number.is_empty() {
            let number = Text::new(x, self.y + LINE - 1.0, NUMBER, row.number.clone());
            self.text(number.in_tone(Tone::Bold));
            x += width(&row.number, NUMBER, true) + GAP / 2.0;
        }
        let room = MARGIN + WIDTH - x;
        self.block(&row.beside, x, room, Tone::Soft, 3)
    }
}

fn room_of_number(row: &Row) -> f64 {
    width(&row.number, NUMBER, true) + width(&row.beside, TEXT, false) + GAP
}
