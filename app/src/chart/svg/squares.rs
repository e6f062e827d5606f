//! Squares by column, with their key.

use super::sheet::{GAP, MARGIN, Sheet, WIDTH};
use crate::chart::forms::squares::{ROWS, Squares};

/// From one square to the next, at most.
const PITCH: f64 = 28.0;
const BETWEEN: f64 = 2.0;

impl Sheet<'_> {
    #[allow(clippy::cast_precision_loss)] // Some hundreds.
    pub(super) fn squares(&mut self, squares: &Squares) {
        if let Some(bar) = &squares.bar {
            let mut x = MARGIN;
            for segment in &bar.segments {
                let long = (segment.share * (WIDTH - 20.0)).max(3.0);
                self.area([x, self.y, long, 40.0], segment.counted.series, None);
                x += long + 1.0;
            }
            self.y += 40.0 + GAP;
        } else if !squares.places.is_empty() {
            let columns = squares.places.len().div_ceil(ROWS);
            let pitch = PITCH.min(WIDTH / columns as f64);
            let side = pitch - BETWEEN;
            let top = self.y;
            for (number, series) in squares.places.iter().enumerate() {
                let (column, row) = ((number / ROWS) as f64, (number % ROWS) as f64);
                let (x, y) = (MARGIN + column * pitch, top + row * pitch);
                self.area([x, y, side, side], *series, None);
            }
            self.y = top + ROWS as f64 * pitch + GAP;
        }
        let entries = squares.key.iter().map(|entry| {
            let counted = Some(entry.counted.clone());
            (entry.counted.series, entry.words.clone(), counted)
        });
        self.key(entries.collect());
    }
}
