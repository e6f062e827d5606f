//! The cycles of a State as a chart.

use super::{ANSWERED, CYCLES, Cycles};
use crate::chart::citation::Citation;
use crate::chart::file_heading::{FileHeading, as_of_day, chosen, data_of};
use crate::chart::finding::Context;
use crate::chart::outline::outcomes;
use crate::chart::{Base, Chart, Form, Line, Measure};
use crate::figures::series::Series;
use crate::t;
use crate::text::names;
use crate::text::notices::notice;
use crate::text::translations;
use crate::urls::paths;
use data::domain::{Dimension, Outcome, RecordedDate};

impl Cycles<'_> {
    /// The State, what a filter leaves of its reviews, and the day of the latest round or of the data.
    fn file_heading(&self, as_of: Option<&RecordedDate>) -> FileHeading {
        let filter = self
            .own_filter()
            .with_only(Dimension::State, self.state.as_str());
        let changed = self.all.iter().map(|cycle| cycle.record.public.day);
        FileHeading {
            of: chosen(&filter, None),
            day: as_of
                .map(as_of_day)
                .or_else(|| data_of(changed.max().unwrap_or_default())),
        }
    }

    /// Returns the chart of that name; `None` if the name is unknown.
    pub(crate) fn chart(&self, name: &str, base: &str) -> Option<Chart> {
        let answered = match name {
            CYCLES => false,
            ANSWERED => true,
            _ => return None,
        };
        Some(self.drawn(name, answered, base))
    }

    fn drawn(&self, name: &str, answered: bool, base: &str) -> Chart {
        let state = self.state;
        let groups = self.groups();
        let lines: Vec<Line> = self
            .all
            .iter()
            .filter_map(|cycle| {
                let counts = if answered {
                    cycle.answers.as_ref().map(|answers| groups.counts(answers))
                } else {
                    cycle.outcomes.clone()
                };
                Some(Line {
                    label: translations::cycle(cycle.record.review.code.cycle),
                    code: cycle.record.review.code.cycle.to_string(),
                    counts: counts?,
                    href: Some(paths::review(cycle.record.review.code)),
                    ..Line::default()
                })
            })
            .collect();
        // Every line has a round.
        let series: Vec<Series> = Series::of_scale(&outcomes())
            .into_iter()
            .filter(|series| series.code != Outcome::NoRound.code())
            .collect();
        let sources = self.sources(answered);
        let about = self.about();
        let coverage = self.coverage();
        let mut chart = Chart {
            name: name.to_owned(),
            citation: Citation {
                of: about.clone(),
                revision: self.revision().to_string(),
                url: format!("{base}{}", paths::chart(None, name, "", &self.query())),
                ..Citation::of_sources(&sources)
            },
            title: String::new(),
            file_heading: self.file_heading(sources.as_of().as_ref()),
            about,
            source: self.with_coverage(sources.line()),
            position_sources: sources.positions,
            notice: notice(state.is_fictitious(), false),
            lines_are: t!("home-cycle"),
            context: Context {
                along: Some(Dimension::Cycle),
                state: Some(names::state(state).to_owned()),
                is_filtered: !self.own_filter().is_everything(),
                is_partly_loaded: answered && coverage.loaded < coverage.held,
            },
            series,
            measure: Measure::Implemented,
            base: Base::Assessed,
            classes: None,
            lists: None,
            lines,
            one_whole: true,
            total: Line {
                label: t!("chart-all"),
                ..Line::default()
            },
            overlaps: false,
            form: Form::Stacked,
        };
        if answered {
            chart.of_positions(&groups);
        }
        chart.total.counts = (0..chart.series.len())
            .map(|place| chart.lines.iter().map(|line| line.of(place)).sum())
            .collect();
        let finding = chart.finding(&chart.measure.in_words());
        // Most headings name the State themselves.
        let name = names::state(state);
        if finding.contains(name) {
            return chart.titled(finding);
        }
        chart.titled(t!("cycles-title", state = name, finding = finding))
    }
}
