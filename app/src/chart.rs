//! A chart as a value: what it says and the numbers that it is drawn of. The page, the picture, the
//! table of numbers and the text alternative of a chart all read this one value, so none of them can
//! say something else.
//!
//! What a chart counts is in `of_*` and [`world`]; how charts are drawn is [`forms`], with `html` for pages and `svg` for
//! files.

pub(crate) mod appearance;
mod arrangement;
pub(crate) mod citation;
mod file_heading;
mod finding;
mod fonts;
pub(crate) mod forms;
mod frame;
pub(crate) mod html;
pub(crate) mod lists;
pub(crate) mod numbers;
pub(crate) mod of_all_reviews;
pub(crate) mod of_cycles;
pub(crate) mod of_review;
pub(crate) mod of_rounds;
pub(crate) mod outline;
pub(crate) mod png;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::cast_possible_truncation)]
mod source_tests;
mod svg;
pub(crate) mod world;

use crate::figures::series::{Role, Series};
use crate::t;
use citation::Citation;
use data::domain::{AnswerClasses, PositionSources};
use file_heading::FileHeading;
use finding::Context;
use lists::Lists;

/// A chart before it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    /// Its name in addresses.
    pub(crate) name: String,
    /// What it finds.
    pub(crate) title: String,
    /// Whose recommendations it counts, and as of when, for files that stand alone.
    pub(crate) file_heading: FileHeading,
    /// What is counted, and which of it: the filter in words.
    pub(crate) about: String,
    /// Who says so, and as of when.
    pub(crate) source: String,
    /// The sources of the positions that it counts; `None` if it counts none.
    pub(crate) position_sources: Option<PositionSources>,
    /// What has to be known wherever it is shown: that it is made up, or not final.
    pub(crate) notice: Option<String>,
    /// What the lines are of.
    pub(crate) lines_are: String,
    /// What its heading says besides the numbers.
    pub(crate) context: Context,
    /// What each line is counted by, in order.
    pub(crate) series: Vec<Series>,
    /// What the figure beside a line is.
    pub(crate) measure: Measure,
    /// What that figure is out of.
    pub(crate) base: Base,
    /// The classes that positions are counted in; `None` if it does not count positions.
    pub(crate) classes: Option<AnswerClasses>,
    /// The lists that its numbers count; none where only totals are known.
    pub(crate) lists: Option<Lists>,
    /// The lines, in the order in which they are shown.
    pub(crate) lines: Vec<Line>,
    /// Everything, each counted once.
    pub(crate) total: Line,
    /// Whether the lines are parts of that whole. Two rounds of one review are not: their sum counts
    /// everything twice, and is shown nowhere.
    pub(crate) one_whole: bool,
    /// Whether lines may add up to more than the total.
    pub(crate) overlaps: bool,
    /// How it is drawn.
    pub(crate) form: Form,
    /// How it is cited.
    pub(crate) citation: Citation,
}

/// What the figure beside a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Measure {
    /// How much is in the best status of its scale.
    Implemented,
    /// How much the State under review supports.
    Supported,
}

impl Measure {
    /// Reads an address; supported, unless it says otherwise.
    pub(crate) fn parse(typed: Option<&str>) -> Self {
        match typed {
            Some("implemented") => Self::Implemented,
            _ => Self::Supported,
        }
    }

    /// The code in addresses and files.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Implemented => "implemented",
        }
    }

    /// What it is called in the title of a chart.
    pub(crate) fn in_words(self) -> String {
        match self {
            Self::Supported => t!("finding-supported"),
            Self::Implemented => t!("finding-implemented"),
        }
    }
}

/// What the figure beside a line is out of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Base {
    /// Everything.
    Received,
    /// What is answered, as far as is known.
    Answered,
    /// What is assessed.
    Assessed,
}

impl Base {
    /// The code in files.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Answered => "answered",
            Self::Assessed => "assessed",
        }
    }
}

/// One line of numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Line {
    /// What people read.
    pub(crate) label: String,
    /// The value in addresses and files; empty for what has none.
    pub(crate) code: String,
    /// The counts, in the order of the series.
    pub(crate) counts: Vec<u64>,
    /// The list that it counts.
    pub(crate) href: Option<String>,
    /// Whether its numbers are known, and part of the total.
    pub(crate) standing: Standing,
    /// The places of the series whose number nobody published as such: it follows from others.
    pub(crate) derived: Vec<usize>,
}

/// How a line stands to the total.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Standing {
    /// Its numbers are part of it.
    #[default]
    Counted,
    /// Totals that somebody reported, beside a total of recommendations that are known one by one.
    Reported,
    /// Nothing is known, which is not zero.
    Unknown,
}

impl Standing {
    /// The code in files.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Reported => "reported_totals",
            Self::Unknown => "unknown",
        }
    }
}

/// How a chart is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// A bar for each series of the total.
    Bars,
    /// A bar for each line, the series end to end.
    Stacked,
    /// A square for each one counted, with the place of its series.
    Squares(Vec<usize>),
    /// From lines to series, with what the columns of either side are.
    Flow([String; 2]),
    /// A bar of the same length for each line, which is its base: shares of sets of any size.
    Shares,
    /// A tile for each line, in the groups that these name.
    Tiles(Vec<String>),
}

impl Line {
    /// The sum of its counts.
    pub(crate) fn received(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The count of a series.
    pub(crate) fn of(&self, place: usize) -> u64 {
        self.counts.get(place).copied().unwrap_or(0)
    }
}

impl Chart {
    /// The base of a line's percentages.
    pub(crate) fn base(&self, line: &Line) -> u64 {
        self.sum(line, |series| self.is_in_base(series))
    }

    /// Returns true if a series is in the base of percentages.
    pub(crate) fn is_in_base(&self, series: &Series) -> bool {
        self.base == Base::Received || series.role != Role::Outside
    }

    /// Whether the base of percentages is not everything.
    pub(crate) fn has_base(&self) -> bool {
        self.base != Base::Received
    }

    /// What is measured of a line, out of its base.
    pub(crate) fn measured(&self, line: &Line) -> u64 {
        self.sum(line, |series| series.role == Role::Measured)
    }

    /// The series that are measured, with their places.
    pub(crate) fn measured_series(&self) -> impl Iterator<Item = (usize, &Series)> {
        let series = self.series.iter().enumerate();
        series.filter(|(_, series)| series.role == Role::Measured)
    }

    /// What is measured, by the names of its series.
    pub(crate) fn measured_label(&self) -> String {
        let labels: Vec<&str> = self
            .measured_series()
            .map(|(_, series)| series.label.as_str())
            .collect();
        labels.join(" + ")
    }

    fn sum(&self, line: &Line, counts: impl Fn(&Series) -> bool) -> u64 {
        let series = self.series.iter().zip(&line.counts);
        series
            .filter(|(series, _)| counts(series))
            .map(|(_, count)| count)
            .sum()
    }

    /// The line that has the most, and how many others have as many; none where no line has a value.
    pub(crate) fn most(lines: &[Line]) -> Option<(&Line, usize)> {
        let valued = || lines.iter().filter(|line| !line.code.is_empty());
        let most = valued().map(Line::received).max()?;
        let mut with_most = valued().filter(|line| line.received() == most);
        Some((with_most.next()?, with_most.count()))
    }

    /// What it shows, in words, for whoever does not see it. The table beside it has every number.
    pub(crate) fn description(&self) -> String {
        const SAID: usize = 12;
        let mut parts = vec![self.title.clone(), self.about.clone()];
        let lines = match self.form {
            Form::Bars | Form::Squares(_) => std::slice::from_ref(&self.total),
            _ => self.lines.as_slice(),
        };
        let known = || {
            lines
                .iter()
                .filter(|line| line.standing != Standing::Unknown)
        };
        for line in known().take(SAID) {
            let counts: Vec<String> = self
                .series
                .iter()
                .zip(&line.counts)
                .filter(|(_, count)| **count > 0)
                .map(|(series, count)| {
                    t!("chart-part", status = series.label.clone(), count = *count)
                })
                .collect();
            parts.push(t!(
                "chart-line",
                label = line.label.clone(),
                counts = counts.join(", ")
            ));
        }
        if let Some(more) = known().count().checked_sub(SAID).filter(|more| *more > 0) {
            parts.push(t!("chart-more-lines", count = more));
        }
        if !self.one_whole {
            return parts.join("; ");
        }
        parts.push(self.whole_in_words());
        parts.join("; ")
    }

    /// How much there is in all, and how much of it is the base.
    pub(crate) fn whole_in_words(&self) -> String {
        let (received, base) = (self.total.received(), self.base(&self.total));
        match self.base {
            Base::Received => t!("chart-total", count = received),
            Base::Answered => t!("chart-whole-answered", received = received, answered = base),
            Base::Assessed => t!("chart-whole", received = received, assessed = base),
        }
    }

    /// What the figures beside its lines are, for what is called the best of it.
    pub(crate) fn figures_are(&self, best: String) -> String {
        match self.base {
            Base::Received => t!("chart-figures-of-all", best = best),
            Base::Answered => t!("chart-figures-of-answered", best = best),
            Base::Assessed => t!("chart-figures-of-assessed", best = best),
        }
    }

    /// The heading of the column with a line's base.
    pub(crate) fn base_heading(&self) -> String {
        match self.base {
            Base::Received => self.sum_heading(),
            Base::Answered => t!("answered-base"),
            Base::Assessed => t!("assessed-base"),
        }
    }

    /// What a table of its numbers is called.
    pub(crate) fn caption(&self) -> String {
        let lines = self.lines_are.clone();
        match &self.form {
            Form::Flow([from, to]) => {
                t!("flow-caption", from = from.clone(), to = to.clone())
            }
            _ => match self.base {
                Base::Assessed => t!("chart-caption", lines = lines),
                Base::Received | Base::Answered => t!("chart-caption-answers", lines = lines),
            },
        }
    }

    /// The heading of the column with a line's sum.
    pub(crate) fn sum_heading(&self) -> String {
        if self.has_base() {
            t!("received")
        } else {
            t!("chart-sum")
        }
    }
}
