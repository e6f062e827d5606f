//! How high a frame has to be in which a chart is shown in somebody else's page.

use super::Chart;
use super::fonts::wrapped;
use super::forms::squares::{ROWS, Squares};
use super::forms::tiles::{Tile, Tiles};
use super::forms::{BarList, Layout, Row};
use crate::t;

/// The narrowest frame that everything has to be seen in without scrolling: a telephone's.
const NARROWEST: f64 = 390.0;
/// What the page puts between the frame's edge and its content, on either side.
const EDGE: f64 = 20.0;
/// The content.
const WIDTH: f64 = NARROWEST - 2.0 * EDGE;
/// Text of usual size, and its lines.
const TEXT: f64 = 15.0;
const LINE: f64 = 23.0;
/// Small text, and its lines.
const SMALL: f64 = 13.0;
const SMALL_LINE: f64 = 20.0;

impl Chart {
    /// High enough for title, notice, chart and source, from the narrowest frame to a page's column: what
    /// is narrower is higher, but for squares, which grow with the room.
    pub(crate) fn height_of_frame(&self) -> u32 {
        // Sizes and line heights of the stylesheet, and a little more: a scroll bar is worse than a gap.
        let title = height(&self.title, 28.0, 36.0) + 24.0;
        let notice = self.notice.as_deref();
        let notice = notice.map_or(0.0, |notice| height(notice, TEXT, 25.0) + 32.0);
        let source = t!("picture-source", source = self.source.clone());
        let source = height(&source, TEXT, 25.0) + 48.0;
        let link = height(&t!("chart-embed-source"), TEXT, 25.0) + 32.0;
        let chart = match self.layout() {
            Layout::Rows(rows) => self.height_of_rows(&rows),
            Layout::Flow(flow) => self.height_of_rows(&flow.rows),
            Layout::Squares(squares) => height_of_squares(&squares),
            Layout::Tiles(tiles) => height_of_tiles(&tiles),
        };
        whole((2.0 * EDGE + title + notice + chart + source + link).ceil())
    }

    fn height_of_rows(&self, rows: &BarList) -> f64 {
        let key = rows.key.iter().filter_map(|place| self.series.get(*place));
        let key: f64 = key.map(|series| height(&series.label, SMALL, 26.0)).sum();
        let figures = rows.figures.as_deref();
        let figures = figures.map_or(0.0, |figures| height(figures, SMALL, SMALL_LINE) + 12.0);
        let all = rows.rows.iter().chain(&rows.sums);
        let notes = rows
            .notes
            .iter()
            .map(|note| height(note, TEXT, LINE) + 16.0);
        key + figures + all.map(height_of_row).sum::<f64>() + notes.sum::<f64>()
    }
}

/// The label above the bar, the bar with its number, what stands beside and below them.
fn height_of_row(row: &Row) -> f64 {
    let label = height(&row.label, TEXT, LINE);
    let beside = height(&row.beside, SMALL, SMALL_LINE);
    let below = row.below.as_deref();
    let below = below.map_or(0.0, |below| height(below, SMALL, SMALL_LINE));
    label + 24.0 + beside + below + 12.0
}

#[allow(clippy::cast_precision_loss)] // Some hundreds.
fn height_of_squares(squares: &Squares) -> f64 {
    // In a page's column seven of them, 2rem high, above each other.
    let drawn = if squares.places.is_empty() {
        40.0
    } else {
        ROWS as f64 * 34.0
    };
    let key = squares.key.iter();
    let key: f64 = key.map(|entry| height(&entry.words, SMALL, 26.0)).sum();
    drawn + key + 24.0
}

#[allow(clippy::cast_precision_loss)] // Some hundreds.
fn height_of_tiles(tiles: &Tiles) -> f64 {
    const COLUMNS: usize = 3;
    const TILE: f64 = 102.0;
    let legend = tiles.shades.iter().chain([&tiles.none]);
    let legend: f64 = legend.map(|words| height(words, SMALL, SMALL_LINE)).sum();
    let lines = |tile: &Tile| {
        let name = wrapped(&tile.name, SMALL, false, TILE, usize::MAX).len();
        name + usize::from(!tile.value.is_empty())
    };
    let groups = tiles.groups.iter().map(|group| {
        let rows = group.tiles.chunks(COLUMNS);
        let rows = rows.map(|row| row.iter().map(lines).max().unwrap_or(1).max(2) as f64);
        rows.map(|lines| lines * 16.0 + 14.0).sum::<f64>() + 60.0
    });
    legend + groups.sum::<f64>()
}

/// The height of a text in lines over the whole width; nothing of no text.
fn height(text: &str, size: f64, line: f64) -> f64 {
    let lines = wrapped(text, size, size > TEXT, WIDTH, usize::MAX).len();
    f64::from(u32::try_from(lines).unwrap_or(u32::MAX)) * line
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A few thousand.
fn whole(height: f64) -> u32 {
    height.clamp(0.0, 100_000.0) as u32
}
