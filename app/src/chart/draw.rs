//! How a chart becomes a drawing: title, key, lines, source, from top to bottom, in a width that fits
//! a page. Texts are measured before anything is placed, so that none runs into another.

use super::picture::{Counted, Mark, Picture, Text, room_of, wrapped};
use super::{Chart, Form, Line, Standing};
use crate::components::charts::layout::{length, segments};
use crate::components::tiles::DAGGER;
use crate::figures::{of_base, percent};
use crate::t;
use data::domain::{Shape, Tally};

const MARGIN: f64 = 24.0;
const TEXT: f64 = 13.0;
const GAP: f64 = 10.0;
/// A drawing in a page that is higher comes in parts, because a printed page cuts what is longer than
/// itself, or shrinks it until nobody can read it, and is left empty by what does not fit any more.
const PART: f64 = 300.0;
/// More lines than these are not drawn; the table has them all.
pub(crate) const MOST_LINES: usize = 250;

/// The widths of a drawing's parts.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Between the margins.
    all: f64,
    /// Of the labels before the bars; none: the labels stand above them.
    labels: Option<f64>,
    /// How long the bars are at most; the figures stand behind them.
    bar: f64,
    /// Of the labels on either side of the bands.
    side: f64,
    /// Squares in a row.
    squares: usize,
    /// Tiles in a row.
    tiles: usize,
}

/// A page's column, a sheet of paper, a file.
pub(super) const WIDE: Room = Room {
    all: 752.0,
    labels: Some(250.0),
    bar: 260.0,
    side: 228.0,
    squares: 44,
    tiles: 14,
};

/// A telephone, on which the wide one would have to be pushed to and fro.
pub(super) const NARROW: Room = Room {
    all: 344.0,
    labels: None,
    bar: 150.0,
    side: 116.0,
    squares: 20,
    tiles: 6,
};

impl Room {
    /// Where the bars begin.
    fn bars(&self) -> f64 {
        MARGIN + self.labels.unwrap_or(0.0)
    }

    /// Where the figures begin, and how much room they have.
    fn figures(&self) -> (f64, f64) {
        let x = self.bars() + self.bar + GAP;
        (x, MARGIN + self.all - x)
    }
}

/// A drawing that grows downwards.
struct Sheet {
    room: Room,
    y: f64,
    marks: Vec<Mark>,
    /// Where a new part may begin: how many marks stand before, and how far down.
    breaks: Vec<(usize, f64)>,
}

impl Sheet {
    fn new(room: Room, y: f64) -> Self {
        Self {
            room,
            y,
            marks: Vec::new(),
            breaks: Vec::new(),
        }
    }

    /// Between two lines, so that a part ends before one that would make it too high.
    fn may_break(&mut self) {
        self.breaks.push((self.marks.len(), self.y));
    }

    fn text(&mut self, text: Text) {
        self.marks.push(Mark::Text(text));
    }

    /// Lines over the whole width, below what is there.
    fn paragraph(&mut self, text: &str, size: f64, bold: bool, soft: bool, most: usize) {
        for line in wrapped(text, size, bold, self.room.all, most) {
            let y = self.y + size;
            let placed = text_at(MARGIN, y, size, line);
            self.text(Text {
                bold,
                soft,
                ..placed
            });
            self.y += size * 1.4;
        }
    }
}

impl Chart {
    /// The drawing of it, with all that has to be known where it is shown alone.
    pub(crate) fn draw(&self) -> Picture {
        let mut sheet = Sheet::new(WIDE, MARGIN);
        sheet.paragraph(&self.title, 20.0, true, false, 3);
        sheet.paragraph(&self.about, TEXT, false, true, 6);
        if let Some(notice) = &self.notice {
            sheet.paragraph(notice, TEXT, true, false, 8);
        }
        sheet.y += GAP;
        self.body(&mut sheet);
        sheet.y += GAP;
        let source = t!("picture-source", source = self.source.clone());
        sheet.paragraph(&source, 12.0, false, true, 3);
        if let Some(hash) = &self.citation.hash {
            sheet.paragraph(&t!("cite-hash", hash = hash.clone()), 11.0, false, true, 2);
        }
        for redaction in self.citation.redacted() {
            sheet.paragraph(&redaction, 11.0, false, true, 4);
        }
        sheet.paragraph(&self.citation.url, 11.0, false, true, 4);
        Picture {
            left: 0.0,
            top: 0.0,
            width: WIDE.all + 2.0 * MARGIN,
            height: sheet.y + MARGIN,
            marks: sheet.marks,
        }
    }

    /// The drawing for a page, which says title, filter and source itself; in several parts where it
    /// is long.
    pub(super) fn draw_in_page(&self, room: Room) -> Vec<Picture> {
        let mut sheet = Sheet::new(room, 2.0);
        self.body(&mut sheet);
        // A part ends at the last place where it may before it is too high.
        let mut ends: Vec<(usize, f64)> = Vec::new();
        let mut top = 0.0;
        let places = sheet.breaks.iter().copied();
        let last = (sheet.marks.len(), sheet.y);
        let mut before = None;
        for (count, y) in places.chain([last]) {
            if y - top > PART
                && let Some((count, end)) = before.take()
            {
                ends.push((count, end));
                top = end;
            }
            before = Some((count, y));
        }
        ends.push(last);
        let mut parts = Vec::new();
        let (mut first, mut top) = (0, 0.0);
        let mut marks = sheet.marks.into_iter();
        for (number, (count, end)) in ends.iter().enumerate() {
            let below = if number + 1 == ends.len() { 4.0 } else { 0.0 };
            parts.push(Picture {
                left: MARGIN - 2.0,
                top,
                width: room.all + 4.0,
                height: end - top + below,
                marks: marks.by_ref().take(count - first).collect(),
            });
            (first, top) = (*count, *end);
        }
        parts
    }

    /// Whether a page shows it in several parts.
    pub(crate) fn is_long(&self) -> bool {
        self.draw_in_page(WIDE).len() > 1
    }

    fn body(&self, sheet: &mut Sheet) {
        match &self.form {
            Form::Bars => self.bars(sheet),
            Form::Stacked | Form::Shares => {
                self.key(sheet);
                self.stacked(sheet);
            }
            Form::Squares(squares) => self.squares(squares, sheet),
            Form::Flow(sides) => self.flow(sides, sheet),
            Form::Tiles(groups) => self.tiles(groups, sheet),
        }
    }

    /// The drawing as SVG.
    pub(crate) fn svg(&self) -> String {
        self.draw()
            .svg("picture", &self.title, &self.description(), true)
    }

    /// The drawing inside a page, where names are there once: as wide as a page's column, and as wide as
    /// a telephone. The style shows one of them.
    pub(crate) fn inlined(&self, name: &str) -> String {
        let description = self.description();
        let drawn = |room, class: &str, name: &str| {
            let parts = self.draw_in_page(room);
            let count = parts.len();
            let mut svgs = String::new();
            for (number, part) in (1..).zip(&parts) {
                let title = match count {
                    1 => self.title.clone(),
                    _ => t!(
                        "chart-part-of",
                        title = self.title.clone(),
                        part = number,
                        parts = count
                    ),
                };
                // What the whole shows is said once.
                let said = if number == 1 {
                    description.as_str()
                } else {
                    ""
                };
                let id = match number {
                    1 => name.to_owned(),
                    _ => format!("{name}-{number}"),
                };
                svgs.push_str(&part.svg(&id, &title, said, false));
            }
            format!("<div class=\"{class}\">{svgs}</div>")
        };
        let wide = drawn(WIDE, "wide", name);
        wide + &drawn(NARROW, "narrow", &format!("{name}-narrow"))
    }

    fn counted(&self, line: Option<usize>, of: &Line, series: usize) -> Counted {
        let count = of.of(series);
        let label = self.series.get(series).map(|series| series.label.clone());
        let words = t!(
            "chart-mark",
            line = of.label.clone(),
            series = label.unwrap_or_default(),
            count = count
        );
        Counted {
            line,
            series,
            count,
            words,
        }
    }

    /// Each series with its mark, as many beside each other as fit.
    fn key(&self, sheet: &mut Sheet) {
        let mut x = MARGIN;
        for series in &self.series {
            let label = wrapped(&series.label, TEXT, false, sheet.room.all - 24.0, 1);
            let Some(label) = label.into_iter().next() else {
                continue;
            };
            let long = 18.0 + room_of(&label, TEXT, false);
            if x > MARGIN && x + long > MARGIN + sheet.room.all {
                x = MARGIN;
                sheet.y += 20.0;
            }
            sheet.marks.push(Mark::Box {
                x,
                y: sheet.y + 2.0,
                width: 12.0,
                height: 12.0,
                colour: series.colour.clone(),
                shape: series.shape,
                count: None,
            });
            sheet.text(text_at(x + 18.0, sheet.y + TEXT, TEXT, label));
            x += long + 20.0;
        }
        sheet.y += 20.0 + GAP;
    }

    /// A label before the bar or above it; how high the line is with it.
    fn label(sheet: &mut Sheet, text: &str) -> f64 {
        let before = sheet.room.labels;
        let width = before.unwrap_or(sheet.room.all) - GAP;
        let lines = wrapped(text, TEXT, false, width, 3);
        for (number, line) in (0_u32..).zip(&lines) {
            let y = sheet.y + TEXT + f64::from(number) * 17.0;
            sheet.text(text_at(MARGIN, y, TEXT, line.clone()));
        }
        let high = height_of(lines.len().max(1));
        if before.is_some() {
            high
        } else {
            sheet.y += high - GAP + 2.0;
            height_of(1)
        }
    }

    /// The figures behind a bar; how high the line is with them.
    fn figures(sheet: &mut Sheet, text: &str) -> f64 {
        let (x, width) = sheet.room.figures();
        let lines = wrapped(text, TEXT, false, width, 2);
        for (number, line) in (0_u32..).zip(&lines) {
            let y = sheet.y + TEXT + f64::from(number) * 17.0;
            sheet.text(text_at(x, y, TEXT, line.clone()));
        }
        height_of(lines.len().max(1))
    }

    /// One bar for each series, out of everything.
    fn bars(&self, sheet: &mut Sheet) {
        let whole = self.total.received();
        let base = self.base(&self.total);
        for (place, series) in self.series.iter().enumerate() {
            let high = Self::label(sheet, &series.label);
            let count = self.total.of(place);
            sheet.marks.push(Mark::Box {
                x: sheet.room.bars(),
                y: sheet.y,
                width: length(count, whole, sheet.room.bar),
                height: 18.0,
                colour: series.colour.clone(),
                shape: series.shape,
                count: Some(self.counted(None, &self.total, place)),
            });
            let text = if self.outside.contains(&place) {
                t!("count-of", count = count, base = whole)
            } else {
                of_base(count, base)
            };
            sheet.y += Self::figures(sheet, &text).max(high);
        }
        sheet.paragraph(&self.whole_in_words(), TEXT, true, false, 2);
    }

    /// One bar for each line, beginning at zero: all of one scale, or each as long as its base.
    fn stacked(&self, sheet: &mut Sheet) {
        let whole = self.lines.iter().map(Line::received).max().unwrap_or(0);
        self.heading_of_figures(sheet);
        for (number, line) in self.lines.iter().enumerate().take(MOST_LINES) {
            if number > 0 {
                sheet.may_break();
            }
            if self.form == Form::Shares {
                self.share(sheet, number, line);
            } else {
                self.line(sheet, Some(number), line, whole);
            }
        }
        if let Some(more) = self
            .lines
            .len()
            .checked_sub(MOST_LINES)
            .filter(|more| *more > 0)
        {
            sheet.paragraph(&t!("chart-more-lines", count = more), TEXT, false, true, 1);
        }
        if let Some(total) = self.whole() {
            let all = self.figures_of(total);
            let total = format!("{}: {all}", total.label);
            sheet.paragraph(&total, TEXT, true, false, 3);
        }
        if self.overlaps {
            sheet.paragraph(&t!("chart-overlaps"), 12.0, false, true, 4);
        }
    }

    /// A bar of the whole length out of what a line's percentages are of, and every count below it.
    fn share(&self, sheet: &mut Sheet, number: usize, line: &Line) {
        let mut inside = line.counts.clone();
        for place in &self.outside {
            if let Some(count) = inside.get_mut(*place) {
                *count = 0;
            }
        }
        let drawn = Line {
            counts: inside,
            ..line.clone()
        };
        let high = Self::label(sheet, &line.label);
        self.segments(sheet, Some(number), &drawn, self.base(line));
        sheet.y += Self::figures(sheet, &self.figures_of(line)).max(high) - GAP;
        let counts = self.series.iter().zip(&line.counts);
        let counts: Vec<String> = counts
            .filter(|(_, count)| **count > 0)
            .map(|(series, count)| t!("chart-part", status = series.label.clone(), count = *count))
            .collect();
        sheet.paragraph(&counts.join(" · "), 12.0, false, true, 4);
        sheet.y += GAP;
    }

    fn line(&self, sheet: &mut Sheet, number: Option<usize>, line: &Line, whole: u64) {
        let high = Self::label(sheet, &line.label);
        self.segments(sheet, number, line, whole);
        sheet.y += Self::figures(sheet, &self.figures_of(line)).max(high);
    }

    /// The counts of a line end to end.
    fn segments(&self, sheet: &mut Sheet, number: Option<usize>, line: &Line, whole: u64) {
        for segment in segments(&line.counts, whole, sheet.room.bar) {
            let Some(series) = self.series.get(segment.place) else {
                continue;
            };
            sheet.marks.push(Mark::Box {
                x: sheet.room.bars() + segment.start,
                y: sheet.y,
                width: segment.length,
                height: 18.0,
                colour: series.colour.clone(),
                shape: series.shape,
                count: Some(self.counted(number, line, segment.place)),
            });
        }
    }

    /// What the figures beside the lines are.
    fn heading_of_figures(&self, sheet: &mut Sheet) {
        let best: Vec<&str> = self
            .series
            .iter()
            .take(self.best)
            .map(|one| one.label.as_str())
            .collect();
        let best = best.join(" + ");
        let words = self.figures_are(best);
        let (x, width) = match sheet.room.labels {
            Some(_) => sheet.room.figures(),
            None => (MARGIN, sheet.room.all),
        };
        for line in wrapped(&words, 11.0, false, width, 3) {
            let placed = text_at(x, sheet.y + 11.0, 11.0, line);
            sheet.text(Text {
                soft: true,
                ..placed
            });
            sheet.y += 15.0;
        }
        sheet.y += 4.0;
    }

    /// "26 of 252 (10.3%) · 266": the best of the base, and all.
    pub(crate) fn figures_of(&self, line: &Line) -> String {
        let received = line.received();
        let best = of_base(self.best_of(line), self.base(line));
        t!("chart-figures", best = best, received = received)
    }

    /// One square for each one counted.
    fn squares(&self, squares: &[usize], sheet: &mut Sheet) {
        let columns = sheet.room.squares;
        let pitch = 17;
        let side = pitch - 4;
        let (left, top) = (MARGIN, sheet.y);
        for (number, place) in squares.iter().enumerate() {
            let Some(series) = self.series.get(*place) else {
                continue;
            };
            let (row, column) = (number / columns, number % columns);
            #[allow(clippy::cast_precision_loss)] // Some hundreds.
            let at = |place: usize| (place * pitch) as f64;
            sheet.marks.push(Mark::Box {
                x: left + at(column),
                y: top + at(row),
                width: f64::from(u32::try_from(side).unwrap_or(1)),
                height: f64::from(u32::try_from(side).unwrap_or(1)),
                colour: series.colour.clone(),
                shape: series.shape,
                count: None,
            });
        }
        let rows = squares.len().div_ceil(columns);
        #[allow(clippy::cast_precision_loss)] // Some hundreds.
        let high = (rows * pitch) as f64;
        sheet.y += high + GAP;
        // The key with what the squares add up to, status by status.
        for (place, series) in self.series.iter().enumerate() {
            let counted = self.counted(None, &self.total, place);
            let (label, count) = (series.label.clone(), counted.count);
            let words = t!("chart-part", status = label, count = count);
            let text = wrapped(&words, TEXT, false, sheet.room.all - 24.0, 1);
            if let Some(text) = text.into_iter().next() {
                sheet.marks.push(Mark::Box {
                    x: MARGIN,
                    y: sheet.y + 2.0,
                    width: 12.0,
                    height: 12.0,
                    colour: series.colour.clone(),
                    shape: series.shape,
                    count: Some(counted),
                });
                sheet.text(text_at(MARGIN + 18.0, sheet.y + TEXT, TEXT, text));
            }
            sheet.y += 20.0;
        }
    }

    /// Bands from lines on the left to series on the right, all of one scale.
    #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
    fn flow(&self, sides: &[String; 2], sheet: &mut Sheet) {
        const HIGH: f64 = 320.0;
        const SLOT: f64 = 56.0;
        let all = self.total.received();
        let per = if all == 0 { 0.0 } else { HIGH / all as f64 };
        let side = sheet.room.side;
        let (left, right) = (MARGIN + side + 12.0, MARGIN + sheet.room.all - side - 12.0);
        // What each column is of, above it.
        let half = sheet.room.all / 2.0 - GAP;
        let above = [(MARGIN, false), (MARGIN + sheet.room.all, true)];
        let mut rows = 0_u32;
        for (name, (x, end)) in sides.iter().zip(above) {
            for (row, line) in (0_u32..).zip(wrapped(name, TEXT, true, half, 8)) {
                let y = sheet.y + TEXT + f64::from(row) * 17.0;
                let placed = text_at(x, y, TEXT, line);
                sheet.text(Text {
                    bold: true,
                    end,
                    ..placed
                });
                rows = rows.max(row + 1);
            }
        }
        sheet.y += f64::from(rows) * 17.0 + GAP;
        let top = sheet.y;
        // Each node has at least the room of its label.
        let places = |counts: Vec<u64>| {
            let mut y = top;
            counts
                .into_iter()
                .map(|count| {
                    let here = y;
                    y += (count as f64 * per).max(SLOT) + 6.0;
                    here
                })
                .collect::<Vec<f64>>()
        };
        let sums: Vec<u64> = self.lines.iter().map(Line::received).collect();
        let starts = places(sums.clone());
        let arrivals = places(self.total.counts.clone());
        let mut arrived = arrivals.clone();
        for ((number, line), start) in self.lines.iter().enumerate().zip(&starts) {
            let mut leaves = *start;
            let colour = self
                .series_of(line)
                .map_or("plain", |series| series.colour.as_str());
            for (place, arrival) in arrived.iter_mut().enumerate() {
                let height = line.of(place) as f64 * per;
                if line.of(place) == 0 {
                    continue;
                }
                sheet.marks.push(Mark::Band {
                    from: (left + 12.0, leaves),
                    to: (right - 12.0, *arrival),
                    height,
                    colour: colour.to_owned(),
                    count: self.counted(Some(number), line, place),
                });
                leaves += height;
                *arrival += height;
            }
        }
        let node =
            |sheet: &mut Sheet, x: f64, y: f64, count: u64, series: Option<&super::Series>| {
                sheet.marks.push(Mark::Box {
                    x,
                    y,
                    width: 12.0,
                    height: count as f64 * per,
                    colour: series
                        .map_or_else(|| "plain".to_owned(), |series| series.colour.clone()),
                    shape: series.map_or(Shape::Full, |series| series.shape),
                    count: None,
                });
            };
        let name = |sheet: &mut Sheet, x: f64, y: f64, end: bool, label: &str, count: u64| {
            let text = t!("chart-part", status = label.to_owned(), count = count);
            for (row, line) in (0_u32..).zip(wrapped(&text, TEXT, false, side, 3)) {
                let y = y + TEXT + f64::from(row) * 17.0;
                let placed = text_at(x, y, TEXT, line);
                sheet.text(Text { end, ..placed });
            }
        };
        for ((line, start), sum) in self.lines.iter().zip(&starts).zip(&sums) {
            node(sheet, left, *start, *sum, self.series_of(line));
            name(sheet, left - 8.0, *start, true, &line.label, *sum);
        }
        for ((place, series), y) in self.series.iter().enumerate().zip(&arrivals) {
            let count = self.total.of(place);
            node(sheet, right - 12.0, *y, count, Some(series));
            name(sheet, right + 8.0, *y, false, &series.label, count);
        }
        let rows = self.lines.len().max(self.series.len()) as f64;
        sheet.y += HIGH + rows * (SLOT + 6.0);
    }

    /// The series with a line's code.
    fn series_of(&self, line: &Line) -> Option<&super::Series> {
        self.series.iter().find(|series| series.code == line.code)
    }

    /// A tile for each line, group by group: filled as far as its share of the best, grey outline where
    /// there is no assessment.
    fn tiles(&self, groups: &[String], sheet: &mut Sheet) {
        // As wide as "266/266" is.
        const TILE: f64 = 50.0;
        let columns = sheet.room.tiles;
        let mut known: Vec<&String> = Vec::new();
        for group in groups {
            if !known.contains(&group) {
                known.push(group);
            }
        }
        for group in known {
            sheet.y += GAP;
            sheet.paragraph(group, TEXT, true, false, 1);
            sheet.y += 4.0;
            let members = self.lines.iter().enumerate().zip(groups);
            let members: Vec<_> = members
                .filter(|(_, one)| *one == group)
                .map(|(line, _)| line)
                .collect();
            for (row, tiles) in (0_u32..).zip(members.chunks(columns)) {
                for (column, (number, line)) in (0_u32..).zip(tiles) {
                    let x = MARGIN + f64::from(column) * (TILE + 3.0);
                    let y = sheet.y + f64::from(row) * (TILE + 3.0);
                    self.tile(sheet, x, y, TILE, *number, line);
                }
            }
            let rows = u32::try_from(members.len().div_ceil(columns)).unwrap_or(0);
            sheet.y += f64::from(rows) * (TILE + 3.0);
        }
        sheet.y += GAP;
        sheet.paragraph(&t!("tiles-key"), 12.0, false, true, 3);
        if self
            .lines
            .iter()
            .any(|line| line.standing == Standing::Reported)
        {
            sheet.paragraph(&t!("tiles-reported"), 12.0, false, true, 2);
        }
    }

    fn tile(&self, sheet: &mut Sheet, x: f64, y: f64, side: f64, number: usize, line: &Line) {
        let base = self.base(line);
        let share = length(line.of(0), base, side);
        let unknown = base == 0;
        sheet.marks.push(Mark::Box {
            x,
            y,
            width: side,
            height: side,
            colour: if unknown { "unassessed" } else { "full" }.to_owned(),
            shape: if unknown { Shape::Dotted } else { Shape::Ring },
            // Where nothing is known, zero would be an answer.
            count: (!unknown).then(|| self.counted(Some(number), line, 0)),
        });
        if share > 0.0 {
            sheet.marks.push(Mark::Box {
                x,
                y: y + side - 4.0,
                width: share,
                height: 4.0,
                colour: "full".to_owned(),
                shape: Shape::Full,
                count: None,
            });
        }
        let mut code: String = line.code.chars().take(3).collect();
        if line.standing == Standing::Reported {
            code.push_str(DAGGER);
        }
        let placed = text_at(x + 4.0, y + 15.0, 12.0, code);
        sheet.text(Text {
            bold: true,
            ..placed
        });
        let figures = if unknown {
            t!("percent-none")
        } else {
            format!("{}/{base}", line.of(0))
        };
        let room = side - 3.0;
        let figures = match Tally::share(line.of(0), base) {
            Some(share) if room_of(&figures, 11.0, false) > room => percent(share),
            _ => figures,
        };
        for text in wrapped(&figures, 11.0, false, room, 1) {
            let placed = text_at(x + 2.0, y + 31.0, 11.0, text);
            sheet.text(Text {
                soft: true,
                ..placed
            });
        }
    }
}

fn text_at(x: f64, y: f64, size: f64, words: String) -> Text {
    Text {
        x,
        y,
        size,
        bold: false,
        soft: false,
        end: false,
        words,
    }
}

fn height_of(label_lines: usize) -> f64 {
    f64::from(u32::try_from(label_lines).unwrap_or(1)) * 17.0 + GAP
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::chart::citation::Citation;
    use crate::chart::{Series, positions};
    use data::domain::Scale;
    use proptest::prelude::*;

    fn chart(form: Form, labels: &[String], counts: &[Vec<u64>]) -> Chart {
        let scale = Scale::built_in().remove(0);
        let lines: Vec<Line> = labels
            .iter()
            .zip(counts)
            .map(|(label, counts)| Line {
                label: label.clone(),
                code: label.chars().take(3).collect(),
                counts: counts.clone(),
                ..Line::default()
            })
            .collect();
        let total: Vec<u64> = (0..5)
            .map(|place| lines.iter().map(|line| line.of(place)).sum())
            .collect();
        let groups = |lines: &[Line]| {
            (0..lines.len())
                .map(|number| format!("Group {}", number % 3))
                .collect()
        };
        let form = match form {
            Form::Squares(_) => Form::Squares(
                (0..5)
                    .flat_map(|place| {
                        let many = usize::try_from(total[place]).unwrap();
                        std::iter::repeat_n(place, many)
                    })
                    .collect(),
            ),
            Form::Tiles(_) => Form::Tiles(groups(&lines)),
            form => form,
        };
        Chart {
            name: "test".to_owned(),
            title: "Not implemented: 223 of 252 assessed recommendations (88.5%)".to_owned(),
            about: "All 266 recommendations of a State that does not exist. ".repeat(4),
            source: "BHC: Mid-term".to_owned(),
            notice: Some("A made-up State.".to_owned()),
            lines_are: "Issue".to_owned(),
            series: Series::of_scale(&scale),
            outside: vec![4],
            lists: None,
            lines,
            best: 1,
            one_whole: true,
            total: Line {
                label: "All".to_owned(),
                counts: total,
                ..Line::default()
            },
            overlaps: true,
            form,
            citation: Citation {
                hash: Some("ab".repeat(32)),
                redactions: Vec::new(),
                url: "https://upr.example/".to_owned() + &"a".repeat(200),
                ..Citation::default()
            },
        }
    }

    fn forms() -> impl Strategy<Value = Form> {
        prop_oneof![
            Just(Form::Bars),
            Just(Form::Stacked),
            Just(Form::Squares(Vec::new())),
            Just(Form::Flow(sides())),
            Just(Form::Shares),
            Just(Form::Tiles(Vec::new())),
        ]
    }

    fn sides() -> [String; 2] {
        [
            "Committee: Mid-term, as of 2023-12-31",
            "Committee: Follow-up",
        ]
        .map(str::to_owned)
    }

    fn check(chart: &Chart) {
        check_picture(chart, &chart.draw());
        for room in [WIDE, NARROW] {
            for part in chart.draw_in_page(room) {
                check_picture(chart, &part);
            }
        }
    }

    fn check_picture(chart: &Chart, picture: &Picture) {
        let right = picture.left + picture.width;
        let bottom = picture.top + picture.height;
        assert!(picture.height.is_finite() && picture.height < 40_000.0);
        let mut texts: Vec<[f64; 4]> = Vec::new();
        for mark in &picture.marks {
            match mark {
                Mark::Text(text) => texts.push(text.room()),
                Mark::Box {
                    x,
                    y,
                    width,
                    height,
                    ..
                } => {
                    let all = [*x, *y, x + width, y + height];
                    assert!(
                        all.iter().all(|one| one.is_finite() && *one >= 0.0),
                        "{mark:?}"
                    );
                    assert!(x + width <= right - 1.99, "{mark:?}");
                    assert!(*y >= picture.top && y + height <= bottom, "{mark:?}");
                }
                Mark::Band {
                    from, to, height, ..
                } => {
                    let all = [from.0, from.1, to.0, to.1, *height];
                    assert!(
                        all.iter().all(|one| one.is_finite() && *one >= 0.0),
                        "{mark:?}"
                    );
                    assert!(to.1 + height <= bottom);
                }
            }
        }
        for (number, a) in texts.iter().enumerate() {
            assert!(
                a[0] >= picture.left && a[2] <= right && a[1] >= picture.top && a[3] <= bottom,
                "{a:?}"
            );
            for b in &texts[number + 1..] {
                let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
                assert!(apart, "{a:?} and {b:?} in {:?}", chart.form);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn nothing_overlaps_and_everything_is_somewhere(
            form in forms(),
            lines in proptest::collection::vec(
                ("[a-zA-Z ,-]{0,60}|.{0,40}", proptest::collection::vec(0_u64..300, 5)),
                0..9,
            ),
        ) {
            let (labels, counts): (Vec<String>, Vec<Vec<u64>>) = lines.into_iter().unzip();
            check(&chart(form, &labels, &counts));
        }

        #[test]
        fn what_is_drawn_adds_up(
            counts in proptest::collection::vec(proptest::collection::vec(0_u64..300, 5), 0..9),
        ) {
            let labels: Vec<String> = (0..counts.len()).map(|n| format!("Line {n}")).collect();
            for form in [Form::Bars, Form::Stacked, Form::Flow(sides())] {
                let chart = chart(form, &labels, &counts);
                for parts in [vec![chart.draw()], chart.draw_in_page(NARROW)] {
                    let marks = parts.iter().flat_map(|part| &part.marks);
                    let drawn: u64 = marks.map(|mark| match mark {
                        Mark::Box { count: Some(counted), .. } => counted.count,
                        Mark::Band { count, .. } => count.count,
                        _ => 0,
                    }).sum();
                    prop_assert_eq!(drawn, chart.total.received());
                }
            }
        }
    }

    /// Positions and outcomes are told apart by what the marks look like, whatever their colour.
    #[test]
    fn no_two_series_of_a_chart_look_the_same() {
        let outcomes = Series::of_scale(&crate::chart::of_everything::outcomes());
        for series in [positions(), outcomes] {
            for (number, one) in series.iter().enumerate() {
                for other in &series[number + 1..] {
                    let same = (&one.colour, one.shape) == (&other.colour, other.shape);
                    assert!(!same, "{one:?} and {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_long_chart_comes_in_parts_none_of_which_is_longer_than_a_page() {
        let labels: Vec<String> = (0..120).map(|n| format!("Line {n}")).collect();
        let counts = vec![vec![2, 1, 26, 223, 14]; 120];
        let chart = chart(Form::Stacked, &labels, &counts);
        assert!(chart.is_long());
        for room in [WIDE, NARROW] {
            let parts = chart.draw_in_page(room);
            assert!(parts.len() > 4, "{}", parts.len());
            assert!(parts.iter().all(|part| part.height <= PART + 80.0));
            let lines: usize = parts.iter().map(|part| part.marks.len()).sum();
            assert!(lines > 120 * 6);
        }
        let few = chart.first(5);
        assert!(!few.is_long());
    }

    /// Sets of very different sizes have bars of one length, and every count is said.
    #[test]
    fn shares_are_drawn_of_each_base() {
        let labels = ["Large".to_owned(), "Small".to_owned()];
        let counts = vec![vec![900, 0, 0, 8100, 500], vec![1, 0, 0, 3, 0]];
        let drawn = chart(Form::Shares, &labels, &counts).draw();
        for line in 0..2 {
            let long: f64 = drawn
                .marks
                .iter()
                .map(|mark| match mark {
                    Mark::Box {
                        width,
                        count: Some(counted),
                        ..
                    } if counted.line == Some(line) => *width,
                    _ => 0.0,
                })
                .sum();
            assert!((long - WIDE.bar).abs() < 0.01, "{long}");
        }
        let said: Vec<&str> = drawn
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Text(text) => Some(text.words.as_str()),
                _ => None,
            })
            .collect();
        let said = said.join(" ");
        assert!(said.contains("Not implemented: 8100") && said.contains("Not assessed: 500"));
        assert!(
            said.contains("1 of 4 \u{b7}") && !said.contains("25%"),
            "{said}"
        );
    }

    #[test]
    fn squares_have_one_key_with_their_counts() {
        let chart = chart(
            Form::Squares(Vec::new()),
            &["All".to_owned()],
            &[vec![2, 1, 26, 223, 14]],
        );
        let drawn = chart.draw();
        let says = |words: &str| {
            drawn
                .marks
                .iter()
                .filter(|mark| matches!(mark, Mark::Text(text) if text.words == words))
                .count()
        };
        assert_eq!(says("Implemented: 2"), 1);
        assert_eq!(says("Implemented"), 0);
        assert!(
            !drawn
                .marks
                .iter()
                .any(|mark| matches!(mark, Mark::Text(text) if text.words.starts_with("All –")))
        );
    }

    #[test]
    fn a_flow_says_what_its_columns_are() {
        let drawn = chart(
            Form::Flow(sides()),
            &["A".to_owned()],
            &[vec![2, 1, 0, 0, 0]],
        )
        .draw();
        for name in sides() {
            let says = |mark: &Mark| matches!(mark, Mark::Text(text) if text.words == name);
            assert!(drawn.marks.iter().any(says), "{name}");
        }
    }

    #[test]
    fn pictures_are_made_with_the_font_that_ships() {
        let counts = vec![vec![2, 1, 26, 223, 14], vec![0, 0, 0, 0, 0]];
        let labels = ["Justice".to_owned(), "حقوق المرأة".to_owned()];
        for form in [Form::Bars, Form::Stacked, Form::Flow(sides())] {
            let svg = chart(form, &labels, &counts).svg();
            let png = crate::chart::png::png(&svg).unwrap();
            assert!(
                png.starts_with(b"\x89PNG") && png.len() > 10_000,
                "{}",
                png.len()
            );
        }
        assert_eq!(positions().len(), 6);
    }
}
