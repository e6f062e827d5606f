//! The cycles of one State beside each other: what it received, what it answered, what became of it.
//! Where only totals are public, they stand in: nothing is left out, and nothing is made up.

use super::citation::Citation;
use super::of_everything::{best_in_words, outcomes};
use super::{Chart, Form, Line, SUPPORTED, Series, positions};
use crate::exports::notice;
use crate::figures::{Figures, shown_by_default};
use crate::sources::Sources;
use crate::{address, t, translations};
use data::domain::{
    Breakdown, CountingUnit, Dimension, Outcome, PositionClass, ReviewRecord, RoundKind,
    RoundRecord, StateCode, year_of_session,
};
use std::sync::Arc;

/// What became of each cycle's recommendations.
pub(crate) const CYCLES: &str = "cycles";
/// What the State answered in each cycle.
pub(crate) const ANSWERED: &str = "cycles-answers";

/// One cycle in numbers.
pub(crate) struct Cycle<'a> {
    pub(crate) record: &'a ReviewRecord,
    /// The newest published round, whose figures these are.
    pub(crate) round: Option<&'a RoundRecord>,
    /// By position, in the order of the classes; none where nobody has said.
    pub(crate) answers: Option<Vec<u64>>,
    /// By outcome; none where there is no assessment.
    pub(crate) outcomes: Option<Vec<u64>>,
    /// How many repeat one of an earlier cycle, and the years that those have stood, the longest first.
    pub(crate) repeated: usize,
    pub(crate) longest: Option<u16>,
}

impl<'a> Cycle<'a> {
    pub(crate) fn of(record: &'a ReviewRecord, earlier: &[Arc<ReviewRecord>]) -> Self {
        let round = shown_by_default(record).filter(|round| round.round.is_published());
        let figures = round.map(|round| Figures::new(record, round, CountingUnit::default()));
        Self {
            record,
            round,
            answers: answers(record, figures.as_ref()),
            outcomes: figures.map(|figures| by_outcome(&figures.breakdown(None))),
            repeated: repeated(record),
            longest: longest(record, earlier),
        }
    }

    /// All, as far as is known.
    pub(crate) fn received(&self) -> Option<u64> {
        let sum = |counts: &Vec<u64>| counts.iter().sum();
        if self.record.recommendations.is_empty() {
            return self.outcomes.as_ref().or(self.answers.as_ref()).map(sum);
        }
        self.answers.as_ref().map(sum)
    }

    /// Those that enjoy the State's support.
    pub(crate) fn supported(&self) -> Option<u64> {
        let answers = self.answers.as_ref()?;
        let classes = PositionClass::ALL.into_iter().zip(answers);
        let supported = classes.filter(|(class, _)| class.enjoys_support() == Some(true));
        Some(supported.map(|(_, count)| count).sum())
    }

    /// Those in the best status, and the base.
    pub(crate) fn implemented(&self) -> Option<(u64, u64)> {
        let counts = self.outcomes.as_ref()?;
        let at = |outcome: Outcome| counts.get(outcome as usize).copied().unwrap_or(0);
        let base = counts.iter().sum::<u64>() - at(Outcome::NotAssessed);
        Some((at(Outcome::Best), base))
    }
}

/// What the State answered: as the newest published round sees it, because its figures are frozen; else
/// as totals of positions were reported, where there is nothing else; else as it is known now.
fn answers(record: &ReviewRecord, figures: Option<&Figures<'_>>) -> Option<Vec<u64>> {
    let mut counts = vec![0; PositionClass::ALL.len()];
    let mut add = |class: PositionClass, count: u64| {
        if let Some(sum) = counts.get_mut(class as usize) {
            *sum += count;
        }
    };
    let of_round = figures.filter(|figures| figures.is_itemised()).copied();
    if of_round.is_none() && !record.recommendations.is_empty() {
        for one in &record.recommendations {
            add(one.position(), 1);
        }
        return Some(counts);
    }
    let figures = of_round.or_else(|| {
        let totals = record.rounds.iter().find(|round| {
            round.round.kind == RoundKind::ReportedTotals
                && round.totals.iter().any(|total| total.position.is_some())
        });
        let round = totals.or(figures.map(|figures| figures.round))?;
        Some(Figures::new(record, round, CountingUnit::default()))
    })?;
    let breakdown = figures.breakdown(Some(Dimension::Position));
    if breakdown.parts.is_empty() {
        return None;
    }
    for part in &breakdown.parts {
        let class = part.value.as_deref().and_then(PositionClass::parse);
        let unknown = PositionClass::Unknown;
        add(class.unwrap_or(unknown), part.counts.received());
    }
    Some(counts)
}

fn by_outcome(breakdown: &Breakdown) -> Vec<u64> {
    let mut counts = vec![0; Outcome::ALL.len()];
    for (place, count) in breakdown.total.in_order().iter().enumerate() {
        let outcome = Outcome::of(&breakdown.scale, place) as usize;
        if let Some(sum) = counts.get_mut(outcome) {
            *sum += count;
        }
    }
    counts
}

fn repeated(record: &ReviewRecord) -> usize {
    let links = record.links.iter().filter(|link| link.repeats);
    let mut ids: Vec<i64> = links.map(|link| link.recommendation).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// For how many years the oldest of what is repeated has stood.
fn longest(record: &ReviewRecord, all: &[Arc<ReviewRecord>]) -> Option<u16> {
    let year = |record: &ReviewRecord| record.review.session.and_then(year_of_session);
    let now = year(record)?;
    record
        .links
        .iter()
        .filter(|link| link.repeats)
        .filter_map(|link| {
            let earlier = all
                .iter()
                .find(|one| one.review.code == link.earlier.review)?;
            now.checked_sub(year(earlier)?)
        })
        .max()
}

/// The cycles of a State as a chart; none where there is no such chart.
pub(crate) fn chart(
    state: StateCode,
    records: &[Arc<ReviewRecord>],
    name: &str,
    base: &str,
) -> Option<Chart> {
    let answered = match name {
        CYCLES => false,
        ANSWERED => true,
        _ => return None,
    };
    let cycles: Vec<Cycle<'_>> = records.iter().map(|one| Cycle::of(one, records)).collect();
    let lines: Vec<Line> = cycles
        .iter()
        .filter_map(|cycle| {
            let counts = if answered {
                cycle.answers.clone()
            } else {
                cycle.outcomes.clone()
            };
            Some(Line {
                label: translations::cycle(cycle.record.review.code.cycle),
                code: cycle.record.review.code.cycle.to_string(),
                counts: counts?,
                href: Some(address::review(cycle.record.review.code)),
                ..Line::default()
            })
        })
        .collect();
    let (series, outside) = if answered {
        (positions(), Vec::new())
    } else {
        (
            // Every line has a round.
            Series::of_scale(&outcomes())
                .into_iter()
                .filter(|series| series.code != Outcome::NoRound.code())
                .collect(),
            vec![Outcome::NotAssessed as usize],
        )
    };
    let total: Vec<u64> = (0..series.len())
        .map(|place| lines.iter().map(|line| line.of(place)).sum())
        .collect();
    let sources = Sources {
        rounds: cycles
            .iter()
            .filter_map(|cycle| Some((&cycle.record.review, &cycle.round?.round)))
            .collect(),
    };
    let revision = records.iter().map(|record| record.revision).max();
    let query = format!("state={state}");
    let chart = Chart {
        name: name.to_owned(),
        citation: Citation {
            of: t!("cycles-about", state = state.name()),
            revision: revision.unwrap_or_default().to_string(),
            url: format!("{base}{}", address::chart(None, name, "", &query)),
            ..Citation::of_sources(&sources)
        },
        title: String::new(),
        about: t!("cycles-about", state = state.name()),
        source: sources.line(),
        notice: notice(state.is_fictitious(), false),
        lines_are: t!("home-cycle"),
        series,
        outside,
        lists: None,
        lines,
        best: if answered { SUPPORTED } else { 1 },
        one_whole: true,
        total: Line {
            label: t!("chart-all"),
            counts: total,
            ..Line::default()
        },
        overlaps: false,
        form: Form::Stacked,
    };
    let finding = chart.finding(&best_in_words(answered));
    Some(chart.titled(t!("cycles-title", state = state.name(), finding = finding)))
}
