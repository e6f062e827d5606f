//! A chart as a value: what it says and the numbers that it is drawn of. The page, the picture, the
//! table of numbers and the text alternative of a chart all read this one value, so none of them can
//! say something else.

pub(crate) mod citation;
pub(crate) mod draw;
mod frame;
pub(crate) mod lists;
pub(crate) mod numbers;
pub(crate) mod of_cycles;
pub(crate) mod of_everything;
pub(crate) mod of_review;
pub(crate) mod of_rounds;
pub(crate) mod picture;
pub(crate) mod png;

use crate::figures::of_base;
use crate::{t, translations};
use citation::Citation;
use data::domain::{Counts, PositionClass, Scale, Shape};
use lists::Lists;

/// A chart before it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    /// Its name in addresses.
    pub(crate) name: String,
    /// What it finds.
    pub(crate) title: String,
    /// What is counted, and which of it: the filter in words.
    pub(crate) about: String,
    /// Who says so, and as of when.
    pub(crate) source: String,
    /// What has to be known wherever it is shown: that it is made up, or not final.
    pub(crate) notice: Option<String>,
    /// What the lines are of.
    pub(crate) lines_are: String,
    /// What each line is counted by, in order.
    pub(crate) series: Vec<Series>,
    /// The places of the series outside the base of percentages; none where everything is the base.
    pub(crate) outside: Vec<usize>,
    /// The lists that its numbers count; none where only totals are known.
    pub(crate) lists: Option<Lists>,
    /// The lines, in the order in which they are shown.
    pub(crate) lines: Vec<Line>,
    /// How many of the first series are the figure beside a line: "implemented" of a scale is one,
    /// "supported" of the positions is two.
    pub(crate) best: usize,
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

/// What a line is counted by: a status of a scale, or a position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Series {
    pub(crate) code: String,
    pub(crate) label: String,
    /// A colour token of `style/tokens.css`, without its `--status-` prefix.
    pub(crate) colour: String,
    pub(crate) shape: Shape,
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

impl Series {
    /// The statuses of a scale.
    pub(crate) fn of_scale(scale: &Scale) -> Vec<Self> {
        let statuses = scale.statuses.iter();
        statuses
            .map(|status| Self {
                code: status.code.clone(),
                label: status.label.clone(),
                colour: status.colour.clone(),
                shape: status.shape,
            })
            .collect()
    }
}

impl Chart {
    /// The base of a line's percentages.
    pub(crate) fn base(&self, line: &Line) -> u64 {
        let outside: u64 = self.outside.iter().map(|place| line.of(*place)).sum();
        line.received() - outside
    }

    /// Whether the base of percentages is not everything.
    pub(crate) fn has_base(&self) -> bool {
        !self.outside.is_empty()
    }

    /// The figure of a line: its best of its base.
    pub(crate) fn best_of(&self, line: &Line) -> u64 {
        line.counts.iter().take(self.best).sum()
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
        if !self.has_base() {
            t!("chart-total", count = received)
        } else if self.is_of_answers() {
            t!("chart-whole-answered", received = received, answered = base)
        } else {
            t!("chart-whole", received = received, assessed = base)
        }
    }

    /// Whether it counts the State's answers, whose base is what is answered, not statuses.
    pub(crate) fn is_of_answers(&self) -> bool {
        let mut outside = self.outside.iter();
        outside.any(|place| {
            let series = self.series.get(*place);
            series.is_some_and(|series| series.code == PositionClass::Unknown.code())
        })
    }

    /// What the figures beside its lines are, for what is called the best of it.
    pub(crate) fn figures_are(&self, best: String) -> String {
        if !self.has_base() {
            t!("chart-figures-of-all", best = best)
        } else if self.is_of_answers() {
            t!("chart-figures-of-answered", best = best)
        } else {
            t!("chart-figures-of-assessed", best = best)
        }
    }

    /// The heading of the column with a line's base.
    pub(crate) fn base_heading(&self) -> String {
        if self.is_of_answers() {
            t!("answered-base")
        } else {
            t!("assessed-base")
        }
    }

    /// What a table of its numbers is called.
    pub(crate) fn caption(&self) -> String {
        let lines = self.lines_are.clone();
        match &self.form {
            Form::Flow([from, to]) => {
                t!("flow-caption", from = from.clone(), to = to.clone())
            }
            _ if self.has_base() && !self.is_of_answers() => t!("chart-caption", lines = lines),
            _ => t!("chart-caption-answers", lines = lines),
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

impl Chart {
    /// What it finds: the lines with the largest and the smallest share of `best`. Small bases have no
    /// share; where all are small, what has the most.
    pub(crate) fn finding(&self, best: &str) -> String {
        let share = |line: &&Line| (self.best_of(line), self.base(line));
        let mut lines: Vec<&Line> = self
            .lines
            .iter()
            .filter(|line| !line.code.is_empty() && line.standing != Standing::Unknown)
            .filter(|line| self.base(line) >= Counts::SMALL)
            .collect();
        // The largest share first; of equals the larger base.
        lines.sort_by(|a, b| {
            let ((count, base), (other, of)) = (share(a), share(b));
            (other * base).cmp(&(count * of)).then(of.cmp(&base))
        });
        let equal =
            |a: &Line, b: &Line| self.best_of(a) * self.base(b) == self.best_of(b) * self.base(a);
        let best = best.to_owned();
        let figure = |line: &Line| of_base(self.best_of(line), self.base(line));
        let named = |line: &Line, ties: usize| match ties {
            0 => line.label.clone(),
            more => t!("finding-and-more", label = line.label.clone(), count = more),
        };
        let valued = || self.lines.iter().filter(|line| !line.code.is_empty());
        if let (Some(only), None) = (valued().next(), valued().nth(1)) {
            return t!("finding-one", best = best, figure = figure(only));
        }
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return self.most_received(best);
        };
        let ties = |with: &Line| lines.iter().filter(|line| equal(line, with)).count() - 1;
        if equal(first, last) {
            return if self.best_of(first) == 0 {
                t!("finding-nowhere", best = best, lines = lines.len())
            } else {
                t!(
                    "finding-everywhere",
                    best = best,
                    lines = lines.len(),
                    figure = figure(first)
                )
            };
        }
        t!(
            "finding-span",
            best = best,
            most = named(first, ties(first)),
            most_figure = figure(first),
            least = named(last, ties(last)),
            least_figure = figure(last)
        )
    }

    /// Counts by what was answered, of which everything is the base.
    pub(crate) fn answered(&mut self) {
        self.series = positions();
        self.best = SUPPORTED;
        self.outside = unanswered();
    }

    /// The same under that title.
    pub(crate) fn titled(mut self, title: String) -> Self {
        self.citation.title.clone_from(&title);
        self.title = title;
        self
    }

    /// The figure of everything, and the line that has the most.
    fn most_received(&self, best: String) -> String {
        let Some((most, others)) = Self::most(&self.lines) else {
            return t!("dimension-finding-none", dimension = self.lines_are.clone());
        };
        let label = match others {
            0 => most.label.clone(),
            more => t!("finding-and-more", label = most.label.clone(), count = more),
        };
        let figure = of_base(self.best_of(&self.total), self.base(&self.total));
        t!(
            "finding-small",
            best = best,
            figure = figure,
            label = label,
            count = most.received()
        )
    }

    /// The same with only the first lines, for where the others stand elsewhere.
    pub(crate) fn first(&self, most: usize) -> Self {
        let mut first = self.clone();
        first.lines.truncate(most);
        first
    }
}

/// So many of the positions, the first, are the State's support.
pub(crate) const SUPPORTED: usize = 2;

/// The places of the positions that are no answer: outside the base of what is supported.
pub(crate) fn unanswered() -> Vec<usize> {
    let classes = PositionClass::ALL.into_iter().enumerate();
    let unanswered = classes.filter(|(_, class)| class.enjoys_support().is_none());
    unanswered.map(|(place, _)| place).collect()
}

/// The positions as series, in their order.
pub(crate) fn positions() -> Vec<Series> {
    use PositionClass as Class;
    Class::ALL
        .into_iter()
        .map(|class| {
            let (colour, shape) = match class {
                Class::Supported => ("full", Shape::Full),
                Class::SupportedAsImplemented => ("process", Shape::ThreeQuarters),
                Class::PartiallySupported => ("partial", Shape::Half),
                Class::Noted => ("none", Shape::Ring),
                Class::Pending => ("unassessed", Shape::Dotted),
                Class::Unknown => ("no-round", Shape::Full),
            };
            Series {
                code: class.code().to_owned(),
                label: translations::position(class),
                colour: colour.to_owned(),
                shape,
            }
        })
        .collect()
}
