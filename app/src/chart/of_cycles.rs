//! The cycles of one State beside each other: what it received, what it answered, what became of it.
//! Where only totals are public, they stand in: nothing is left out, and nothing is made up.

use super::citation::Citation;
use super::lists::narrow;
use super::of_everything::{best_in_words, of_positions, outcomes, whole};
use super::{Chart, Form, Line, SUPPORTED, Series, positions, unanswered};
use crate::exports::notice;
use crate::figures::{Figures, Left, Statuses, shown_by_default};
use crate::filter_words::choice_in_words;
use crate::sources::Sources;
use crate::{address, t, translations};
use data::domain::{
    Breakdown, CountingUnit, Dimension, Filter, Outcome, PositionClass, ReviewRecord, RoundKind,
    RoundRecord, StateCode, year_of_session,
};
use std::collections::HashSet;
use std::sync::Arc;

/// What became of each cycle's recommendations.
pub(crate) const CYCLES: &str = "cycles";
/// What the State answered in each cycle.
pub(crate) const ANSWERED: &str = "cycles-answers";

/// A State's cycles, as a filter leaves them.
pub(crate) struct Cycles<'a> {
    pub(crate) state: StateCode,
    /// The filter, with the State.
    pub(crate) filter: Filter,
    /// Those that the filter asks for, the first one first.
    pub(crate) all: Vec<Cycle<'a>>,
}

/// One cycle in numbers.
pub(crate) struct Cycle<'a> {
    pub(crate) record: &'a ReviewRecord,
    /// The newest published round, whose figures these are.
    pub(crate) round: Option<&'a RoundRecord>,
    /// What is asked of this review.
    filter: Filter,
    left: Option<Left>,
    /// By position, in the order of the classes; none where nobody has said.
    pub(crate) answers: Option<Vec<u64>>,
    /// The totals that those were reported in, where they are not known one by one.
    reported_in: Option<&'a RoundRecord>,
    /// By outcome; none where there is no assessment.
    pub(crate) outcomes: Option<Vec<u64>>,
    /// How many repeat one of an earlier cycle, and the years that those have stood, the longest first.
    pub(crate) repeated: Repeated,
    pub(crate) longest: Option<u16>,
}

/// How many recommendations repeat one of an earlier cycle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Repeated {
    /// There is nothing earlier.
    First,
    /// Nobody has looked, or there is nothing here to look at: that is not zero.
    NotExamined,
    /// So many, of those that somebody looked at.
    Found(usize),
}

impl<'a> Cycles<'a> {
    pub(crate) fn new(state: StateCode, records: &'a [Arc<ReviewRecord>], filter: Filter) -> Self {
        let asked = |record: &&Arc<ReviewRecord>| match filter.chosen.get(&Dimension::Cycle) {
            Some(cycles) => cycles.contains(&record.review.code.cycle.to_string()),
            None => true,
        };
        let mut here = filter.clone();
        here.chosen.remove(&Dimension::State);
        here.chosen.remove(&Dimension::Cycle);
        let cycles = records.iter().filter(asked);
        let cycles = cycles.map(|record| Cycle::of(record, records, &here));
        Self {
            state,
            all: cycles.collect(),
            filter,
        }
    }

    /// Its query string.
    pub(crate) fn query(&self) -> String {
        self.filter.to_query()
    }

    /// The page that shows it.
    pub(crate) fn page(&self) -> String {
        let own = self.own_filter();
        address::with_query(address::state(self.state), &own.to_query())
    }

    /// The filter without the State, which the page's address names.
    pub(crate) fn own_filter(&self) -> Filter {
        let mut own = self.filter.clone();
        own.chosen.remove(&Dimension::State);
        own
    }

    /// What is counted, in words.
    pub(crate) fn about(&self) -> String {
        let unit = translations::counting_unit(self.filter.unit);
        let own = self.own_filter();
        if own.is_everything() && own.unit == CountingUnit::default() {
            t!("cycles-about", state = self.state.name(), unit = unit)
        } else {
            t!(
                "cycles-about-some",
                state = self.state.name(),
                of = choice_in_words(&own, None),
                unit = unit
            )
        }
    }

    /// The number of the last event that concerns any of its reviews.
    pub(crate) fn revision(&self) -> i64 {
        let revisions = self.all.iter().map(|cycle| cycle.record.revision);
        revisions.max().unwrap_or_default()
    }

    /// What a chart of it comes from: statuses from rounds, answers from documents or, where they were
    /// only reported, from those totals.
    pub(crate) fn sources(&self, answered: bool) -> Sources<'a> {
        let mut sources = Sources::default();
        for cycle in &self.all {
            let review = &cycle.record.review;
            let round = if answered {
                cycle.reported_in
            } else {
                cycle.round.filter(|_| cycle.outcomes.is_some())
            };
            sources
                .rounds
                .extend(round.map(|round| (review, &round.round)));
            if answered && round.is_none() && cycle.answers.is_some() {
                sources.reviews.push(review);
            }
        }
        sources.statuses = !answered || !sources.rounds.is_empty();
        sources
    }
}

impl<'a> Cycle<'a> {
    fn of(record: &'a ReviewRecord, all: &[Arc<ReviewRecord>], filter: &Filter) -> Self {
        let totals_tell = filter.is_everything() && filter.unit == CountingUnit::default();
        let itemised = |round: &RoundRecord| round.round.kind == RoundKind::Itemised;
        let round = shown_by_default(record)
            .filter(|round| round.round.is_published())
            .filter(|round| itemised(round) || totals_tell);
        let kept = filter.kept(record, round.filter(|round| itemised(round)));
        let mut cycle = Self {
            record,
            round,
            filter: filter.clone(),
            left: round.and_then(|round| Left::of(filter, record, round)),
            answers: None,
            reported_in: None,
            outcomes: None,
            repeated: repeated(record, &kept),
            longest: longest(record, all, &kept),
        };
        let figures = cycle.figures();
        let outcomes = figures.map(|figures| by_outcome(&figures.breakdown(None)));
        let (answers, reported_in) = cycle.count_answers(&kept, totals_tell);
        (cycle.outcomes, cycle.answers) = (outcomes, answers);
        cycle.reported_in = reported_in;
        cycle
    }

    fn figures(&self) -> Option<Figures<'_>> {
        let figures = Figures::new(self.record, self.round?, self.filter.unit);
        Some(figures.filtered(self.left.as_ref()))
    }

    /// What the State answered: as the newest published round sees it, because its figures are frozen;
    /// else as it is known now; else as totals of positions were reported, with the round that did.
    fn count_answers(
        &self,
        kept: &HashSet<i64>,
        totals_tell: bool,
    ) -> (Option<Vec<u64>>, Option<&'a RoundRecord>) {
        let mut counts = vec![0; PositionClass::ALL.len()];
        let mut add = |class: PositionClass, count: u64| {
            if let Some(sum) = counts.get_mut(class as usize) {
                *sum += count;
            }
        };
        let of_round = self.figures().filter(Figures::is_itemised);
        if of_round.is_none() && !self.record.recommendations.is_empty() {
            let recommendations = self.record.recommendations.iter();
            for one in recommendations.filter(|one| kept.contains(&one.id)) {
                add(one.position(), self.filter.weight(one));
            }
            return (Some(counts), None);
        }
        let totals = || {
            let mut rounds = self.record.rounds.iter();
            rounds.find(|round| {
                totals_tell && round.totals.iter().any(|total| total.position.is_some())
            })
        };
        let reported_in = if of_round.is_some() { None } else { totals() };
        let reported =
            reported_in.map(|round| Figures::new(self.record, round, CountingUnit::default()));
        let Some(figures) = of_round.or(reported) else {
            return (None, None);
        };
        let breakdown = figures.breakdown(Some(Dimension::Position));
        if breakdown.parts.is_empty() {
            return (of_round.map(|_| counts), None);
        }
        for part in &breakdown.parts {
            let class = part.value.as_deref().and_then(PositionClass::parse);
            let unknown = PositionClass::Unknown;
            add(class.unwrap_or(unknown), part.counts.received());
        }
        (Some(counts), reported_in)
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
        self.of_classes(|class| class.enjoys_support() == Some(true))
    }

    /// Those whose answer is known.
    pub(crate) fn answered(&self) -> Option<u64> {
        self.of_classes(|class| class.enjoys_support().is_some())
    }

    fn of_classes(&self, wanted: impl Fn(PositionClass) -> bool) -> Option<u64> {
        let answers = self.answers.as_ref()?;
        let classes = PositionClass::ALL.into_iter().zip(answers);
        let wanted = classes.filter(|(class, _)| wanted(*class));
        Some(wanted.map(|(_, count)| count).sum())
    }

    /// Those in the best status, and the base.
    pub(crate) fn implemented(&self) -> Option<(u64, u64)> {
        let counts = self.outcomes.as_ref()?;
        let at = |outcome: Outcome| counts.get(outcome as usize).copied().unwrap_or(0);
        let base = counts.iter().sum::<u64>() - at(Outcome::NotAssessed);
        Some((at(Outcome::Best), base))
    }

    /// Those that the round is about.
    pub(crate) fn in_round(&self) -> Option<u64> {
        self.outcomes.as_ref().map(|counts| counts.iter().sum())
    }

    /// Those that are assessed.
    pub(crate) fn assessed(&self) -> Option<u64> {
        self.implemented().map(|(_, base)| base)
    }

    /// Where all that it received is listed; the round where only totals are known.
    pub(crate) fn list(&self) -> Option<String> {
        self.narrowed(None)
    }

    /// The same of what enjoys support.
    pub(crate) fn list_of_supported(&self) -> Option<String> {
        let classes = PositionClass::ALL.into_iter();
        let supported = classes.filter(|class| class.enjoys_support() == Some(true));
        let supported: Vec<PositionClass> = supported.collect();
        self.narrowed(Some(&of_positions(&supported)))
    }

    /// The same of what is in the best status.
    pub(crate) fn list_of_implemented(&self) -> Option<String> {
        let figures = self.figures()?;
        if figures.is_itemised() {
            return figures.list(Statuses::One(0), None);
        }
        Some(address::round(
            self.record.review.code,
            &figures.round.round.slug,
        ))
    }

    fn narrowed(&self, to: Option<&(Dimension, Vec<String>)>) -> Option<String> {
        let code = self.record.review.code;
        if self.record.recommendations.is_empty() {
            let round = self.reported_in.or(self.round)?;
            return Some(address::round(code, &round.round.slug));
        }
        let figures = self.figures().filter(Figures::is_itemised);
        let whole = figures.map_or_else(|| whole(&self.filter), |figures| figures.list_filter());
        let filter = match to {
            Some(to) => narrow(whole, to)?,
            None => whole,
        };
        Some(address::recommendations(code, &filter))
    }
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

fn repeated(record: &ReviewRecord, kept: &HashSet<i64>) -> Repeated {
    if record.review.code.cycle.number() == 1 {
        return Repeated::First;
    }
    if record.links.is_empty() {
        return Repeated::NotExamined;
    }
    let links = record.links.iter().filter(|link| link.repeats);
    let ids: HashSet<i64> = links.map(|link| link.recommendation).collect();
    Repeated::Found(ids.intersection(kept).count())
}

/// For how many years the oldest of what is repeated has stood.
fn longest(record: &ReviewRecord, all: &[Arc<ReviewRecord>], kept: &HashSet<i64>) -> Option<u16> {
    let year = |record: &ReviewRecord| record.review.session.and_then(year_of_session);
    let now = year(record)?;
    record
        .links
        .iter()
        .filter(|link| link.repeats && kept.contains(&link.recommendation))
        .filter_map(|link| {
            let earlier = all
                .iter()
                .find(|one| one.review.code == link.earlier.review)?;
            now.checked_sub(year(earlier)?)
        })
        .max()
}

impl Cycles<'_> {
    /// The cycles as a chart; none where there is no such chart.
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
        let lines: Vec<Line> = self
            .all
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
            (positions(), unanswered())
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
        let sources = self.sources(answered);
        let about = self.about();
        let chart = Chart {
            name: name.to_owned(),
            citation: Citation {
                of: about.clone(),
                revision: self.revision().to_string(),
                url: format!("{base}{}", address::chart(None, name, "", &self.query())),
                ..Citation::of_sources(&sources)
            },
            title: String::new(),
            about,
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
        chart.titled(t!("cycles-title", state = state.name(), finding = finding))
    }
}
