//! A chart laid out: values, order, lengths, labels and which series are shown. Nothing in a layout has a
//! unit of length, so the page and the file draw the same one.

pub(crate) mod bars;
pub(crate) mod flow;
pub(crate) mod shares;
pub(crate) mod squares;
pub(crate) mod stacked;
pub(crate) mod tiles;

use super::{Chart, Form, Line, Standing};
use crate::figures::series::Role;
use crate::t;
use flow::Flow;
use squares::Squares;
use tiles::Tiles;

/// More rows than these are not drawn; the table of numbers has them all.
const MOST_ROWS: usize = 250;

/// A chart, laid out by its form.
pub(crate) enum Layout {
    /// Bars, stacked bars or shares.
    Rows(BarList),
    Squares(Squares),
    Flow(Flow),
    Tiles(Tiles),
}

/// Rows, each with a bar.
#[derive(Default)]
pub(crate) struct BarList {
    /// The series that a key above the rows names; none if each row names its own.
    pub(crate) key: Vec<usize>,
    /// What the numbers beside the bars are.
    pub(crate) figures: Option<String>,
    pub(crate) rows: Vec<Row>,
    /// Sums below the rows; they have no bars.
    pub(crate) sums: Vec<Row>,
    /// What has to be known of the rows.
    pub(crate) notes: Vec<String>,
}

/// A label, a bar and its number.
#[derive(Clone, Default)]
pub(crate) struct Row {
    /// The series whose mark stands before the label.
    pub(crate) mark: Option<usize>,
    pub(crate) label: String,
    /// The list that the row counts.
    pub(crate) href: Option<String>,
    /// The length of the whole bar, of the longest: 0 to 1.
    pub(crate) length: f64,
    pub(crate) segments: Vec<Segment>,
    /// What the bar's length encodes.
    pub(crate) number: String,
    /// The list that the number counts, where it is not the row's.
    pub(crate) list: Option<String>,
    /// What is said beside the number.
    pub(crate) beside: String,
    /// What is said below the bar.
    pub(crate) below: Option<String>,
}

/// A stretch of a bar.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Segment {
    /// Of the whole bar: more than 0, at most 1.
    pub(crate) share: f64,
    pub(crate) counted: Counted,
}

/// What a mark counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Counted {
    /// The number of its line; `None` for the total.
    pub(crate) line: Option<usize>,
    /// The number of its series.
    pub(crate) series: usize,
    pub(crate) count: u64,
    /// The same in words, with the line.
    pub(crate) words: String,
}

/// How much `count` is of `whole`, from 0 to 1; nothing of nothing.
#[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
pub(crate) fn fraction(count: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        count.min(whole) as f64 / whole as f64
    }
}

impl Chart {
    /// Lays the chart out.
    pub(crate) fn layout(&self) -> Layout {
        match &self.form {
            Form::Bars => Layout::Rows(self.bars()),
            Form::Stacked => Layout::Rows(self.stacked()),
            Form::Shares => Layout::Rows(self.shares()),
            Form::Squares(places) => Layout::Squares(self.squares(places)),
            Form::Flow(sides) => Layout::Flow(self.flow(sides)),
            Form::Tiles(groups) => Layout::Tiles(self.tiles(groups)),
        }
    }

    /// The series that hold anything in these lines, those outside the base last.
    fn drawn_series(&self, lines: &[Line]) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.series.len())
            .filter(|place| lines.iter().any(|line| line.of(*place) > 0))
            .collect();
        places.sort_by_key(|place| {
            let series = self.series.get(*place);
            series.is_some_and(|series| series.role == Role::Outside)
        });
        places
    }

    /// The counts of a line end to end, of those series; empty ones are left out.
    fn segments(&self, number: Option<usize>, line: &Line, places: &[usize]) -> Vec<Segment> {
        let sum = places.iter().map(|place| line.of(*place)).sum();
        let places = places.iter().filter(|place| line.of(**place) > 0);
        places
            .map(|place| Segment {
                share: fraction(line.of(*place), sum),
                counted: self.counted(number, line, *place),
            })
            .collect()
    }

    fn counted(&self, number: Option<usize>, line: &Line, series: usize) -> Counted {
        let count = line.of(series);
        let words = t!(
            "chart-mark",
            line = line.label.clone(),
            series = self.label_of(series),
            count = count
        );
        Counted {
            line: number,
            series,
            count,
            words,
        }
    }

    fn label_of(&self, series: usize) -> String {
        let series = self.series.get(series);
        series
            .map(|series| series.label.clone())
            .unwrap_or_default()
    }

    /// "Implemented: 2", without what is empty.
    fn counts_in_words(&self, line: &Line, places: &[usize]) -> Vec<String> {
        let places = places.iter().filter(|place| line.of(**place) > 0);
        places
            .map(|place| {
                let status = self.label_of(*place);
                t!("chart-part", status = status, count = line.of(*place))
            })
            .collect()
    }

    /// The list of what the total has in a series.
    fn list_of_total(&self, series: usize) -> Option<String> {
        let lists = self.lists.as_ref().filter(|_| self.total.of(series) > 0)?;
        lists.of(None, series)
    }

    /// The lines that are drawn, with their numbers, and a note if there are more.
    fn drawn_lines(&self) -> (impl Iterator<Item = (usize, &Line)>, Option<String>) {
        let more = self.lines.len().saturating_sub(MOST_ROWS);
        let note = (more > 0).then(|| t!("chart-more-lines", count = more));
        (self.lines.iter().enumerate().take(MOST_ROWS), note)
    }
}

/// Returns true if the numbers of a line are known.
fn is_known(line: &Line) -> bool {
    line.standing != Standing::Unknown
}
