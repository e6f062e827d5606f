//! A drawing that grows downwards. Texts are measured before they are placed, so that none runs into
//! another.

use super::picture::{Mark, Text, Tone};
use crate::chart::appearance::{glyph, pattern};
use crate::chart::fonts::{width, wrapped};
use crate::chart::forms::Counted;
use crate::figures::series::Series;

/// Around the drawing.
pub(super) const MARGIN: f64 = 24.0;
/// Between the margins.
pub(super) const WIDTH: f64 = 752.0;
/// The size of text.
pub(super) const TEXT: f64 = 13.0;
/// From one base line to the next.
pub(super) const LINE: f64 = 17.0;
/// Between two parts.
pub(super) const GAP: f64 = 10.0;
/// The side of the mark before a label, and where the label begins.
pub(super) const MARK: f64 = 14.0;
pub(super) const AFTER_MARK: f64 = 20.0;

pub(super) struct Sheet<'a> {
    pub(super) series: &'a [Series],
    /// How far down it is drawn.
    pub(super) y: f64,
    pub(super) marks: Vec<Mark>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(series: &'a [Series]) -> Self {
        Self {
            series,
            y: MARGIN,
            marks: Vec::new(),
        }
    }

    /// Lines of muted text over the whole width, below what is drawn.
    pub(super) fn paragraph(&mut self, text: &str, size: f64, most: usize) {
        self.lines(text, size, most, Tone::Soft);
    }

    /// The same in bold.
    pub(super) fn heading(&mut self, text: &str, size: f64, most: usize) {
        self.lines(text, size, most, Tone::Bold);
    }

    fn lines(&mut self, text: &str, size: f64, most: usize, tone: Tone) {
        for words in wrapped(text, size, tone == Tone::Bold, WIDTH, most) {
            let y = self.y + size;
            self.text(Text::new(MARGIN, y, size, words).in_tone(tone));
            self.y += size * 1.4;
        }
    }

    /// Text in lines beside each other's begin; returns how many there are.
    pub(super) fn block(
        &mut self,
        text: &str,
        x: f64,
        width: f64,
        tone: Tone,
        most: usize,
    ) -> usize {
        let lines = wrapped(text, TEXT, tone == Tone::Bold, width, most);
        let count = lines.len();
        let mut y = self.y + TEXT + 1.0;
        for words in lines {
            self.text(Text::new(x, y, TEXT, words).in_tone(tone));
            y += LINE;
        }
        count
    }

    pub(super) fn text(&mut self, text: Text) {
        self.marks.push(Mark::Text(text));
    }

    /// The mark of a series, in line with a text of usual size at that height.
    pub(super) fn glyph(&mut self, x: f64, series: usize, counted: Option<Counted>) {
        if let Some(series) = self.series.get(series) {
            self.marks.push(Mark::Glyph {
                x,
                y: self.y + 2.0,
                side: MARK,
                colour: series.colour.clone(),
                glyph: glyph(&series.colour, series.shape),
                counted,
            });
        }
    }

    /// An area in the fill of a series.
    pub(super) fn area(&mut self, room: [f64; 4], series: usize, counted: Option<Counted>) {
        if let Some(series) = self.series.get(series) {
            self.marks.push(Mark::Area {
                room,
                colour: series.colour.clone(),
                pattern: pattern(&series.colour, series.shape),
                counted,
            });
        }
    }

    /// Series with their marks, as many beside each other as fit; each may count something.
    pub(super) fn key(&mut self, entries: Vec<(usize, String, Option<Counted>)>) {
        if entries.is_empty() {
            return;
        }
        let mut x = MARGIN;
        for (series, label, counted) in entries {
            let lines = wrapped(&label, TEXT, false, WIDTH - AFTER_MARK, 1);
            let Some(label) = lines.into_iter().next() else {
                continue;
            };
            let long = AFTER_MARK + width(&label, TEXT, false);
            if x > MARGIN && x + long > MARGIN + WIDTH {
                x = MARGIN;
                self.y += 20.0;
            }
            self.glyph(x, series, counted);
            self.text(Text::new(x + AFTER_MARK, self.y + TEXT + 1.0, TEXT, label));
            x += long + 20.0;
        }
        self.y += 20.0 + GAP;
    }

    /// The key of series without counts.
    pub(super) fn key_of(&mut self, places: &[usize]) {
        let series = self.series;
        let entry = |place: &usize| Some((*place, series.get(*place)?.label.clone(), None));
        self.key(places.iter().filter_map(entry).collect());
    }
}

/// The height of so many lines of text.
pub(super) fn height_of(lines: usize) -> f64 {
    f64::from(u32::try_from(lines).unwrap_or(u32::MAX)) * LINE
}
