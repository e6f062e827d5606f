//! Tiles with the names of States, group by group.

use super::picture::{Mark, Text, Tone};
use super::sheet::{GAP, MARGIN, Sheet, TEXT, WIDTH};
use crate::chart::appearance::Pattern;
use crate::chart::fonts::{width, wrapped};
use crate::chart::forms::tiles::{Fill, Tile, Tiles};

/// Tiles in a row.
const COLUMNS: usize = 7;
const BETWEEN: f64 = 2.0;
const HEIGHT: f64 = 52.0;
const PADDING: f64 = 5.0;
/// The size of text in a tile.
const SMALL: f64 = 11.0;
const SMALL_LINE: f64 = 13.0;

impl Sheet<'_> {
    #[allow(clippy::cast_precision_loss)] // Some hundreds.
    pub(super) fn tiles(&mut self, tiles: &Tiles) {
        self.legend(tiles);
        let width = (WIDTH + BETWEEN) / COLUMNS as f64 - BETWEEN;
        for group in &tiles.groups {
            self.y += GAP;
            self.heading(&group.name, TEXT, 1);
            self.y += GAP / 2.0;
            for row in group.tiles.chunks(COLUMNS) {
                for (column, tile) in row.iter().enumerate() {
                    let x = MARGIN + column as f64 * (width + BETWEEN);
                    self.tile(tile, x, width);
                }
                self.y += HEIGHT + BETWEEN;
            }
        }
    }

    /// The shades in words.
    fn legend(&mut self, tiles: &Tiles) {
        let shades = (0..).map(Fill::Shade).zip(&tiles.shades);
        let mut x = MARGIN;
        for (fill, words) in shades.chain([(Fill::None, &tiles.none)]) {
            let long = 20.0 + width(words, 12.0, false);
            if x > MARGIN && x + long > MARGIN + WIDTH {
                x = MARGIN;
                self.y += 20.0;
            }
            self.filled([x, self.y + 2.0, 14.0, 12.0], fill, None);
            let words = wrapped(words, 12.0, false, WIDTH - 20.0, 1);
            let y = self.y + 12.0;
            for words in words {
                self.text(Text::new(x + 20.0, y, 12.0, words));
            }
            x += long + 16.0;
        }
        self.y += 20.0;
    }

    fn filled(&mut self, room: [f64; 4], fill: Fill, tile: Option<&Tile>) {
        let (colour, pattern) = match fill {
            Fill::Shade(shade) => (format!("shade-{shade}"), Pattern::Solid),
            Fill::Few => ("shade-4".to_owned(), Pattern::Outlined),
            Fill::None => ("unassessed".to_owned(), Pattern::Outlined),
        };
        self.marks.push(Mark::Tile {
            room,
            colour,
            pattern,
            is_dashed: fill == Fill::None,
            counted: tile.and_then(|tile| tile.counted.clone()),
        });
    }

    fn tile(&mut self, tile: &Tile, x: f64, width: f64) {
        self.filled([x, self.y, width, HEIGHT], tile.fill, Some(tile));
        let (soft, bold) = match tile.fill {
            fill if fill.is_dark() => (Tone::Paper, Tone::BoldPaper),
            Fill::None => (Tone::Soft, Tone::Bold),
            _ => (Tone::Ink, Tone::Bold),
        };
        let room = width - 2.0 * PADDING;
        let lines = if tile.value.is_empty() { 3 } else { 2 };
        let mut y = self.y + PADDING + SMALL - 1.0;
        for words in wrapped(&tile.name, SMALL, false, room, lines) {
            self.text(Text::new(x + PADDING, y, SMALL, words).in_tone(soft));
            y += SMALL_LINE;
        }
        for words in wrapped(&tile.value, SMALL, true, room, 1) {
            let y = self.y + HEIGHT - PADDING - 2.0;
            self.text(Text::new(x + PADDING, y, SMALL, words).in_tone(bold));
        }
    }
}
