//! The cycles of one State beside each other: what it received, what it answered, what became of it.
//! Where only totals are public, they stand in: nothing is left out, and nothing is made up.

mod drawn;

use crate::figures::lists::narrow;
use crate::figures::positions::PositionGroups;
use crate::figures::{Figures, Statuses, shown_by_default};
use crate::t;
use crate::text::coverage;
use crate::text::filter_sentence::choice_in_words;
use crate::text::names;
use crate::text::provenance::Sources;
use crate::text::round_names::signature;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use data::domain::{
    Answers, Breakdown, CountingUnit, Coverage, Dimension, Filter, Outcome, RecommendationSet,
    ReviewRecord, RoundKind, RoundRecord, StateCode, year_of_session,
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
    /// In which classes positions are counted.
    pub(crate) look: Look,
    /// Those that the filter asks for, the first one first.
    pub(crate) all: Vec<Cycle<'a>>,
}

/// One cycle in numbers.
pub(crate) struct Cycle<'a> {
    pub(crate) record: &'a ReviewRecord,
    /// The headline round, whose figures these are.
    pub(crate) round: Option<&'a RoundRecord>,
    /// What is asked of this review, with the statuses of that round.
    set: RecommendationSet<'a>,
    /// What the State answered; `None` if nobody has said.
    pub(crate) answers: Option<Answers>,
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
    pub(crate) fn new(
        state: StateCode,
        records: &'a [Arc<ReviewRecord>],
        filter: Filter,
        look: Look,
    ) -> Self {
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
            look: look.classes_only(),
        }
    }

    /// Its query string.
    pub(crate) fn query(&self) -> String {
        self.look.after(self.filter.to_query())
    }

    /// The classes that the answers of these cycles are counted in.
    pub(crate) fn groups(&self) -> PositionGroups {
        let answers = self.all.iter().filter_map(|cycle| cycle.answers.as_ref());
        PositionGroups::of(self.look.classes, answers)
    }

    /// The page that shows it.
    pub(crate) fn page(&self) -> String {
        let own = self.own_filter();
        paths::with_query(paths::state(self.state), &self.look.after(own.to_query()))
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
            t!(
                "cycles-about",
                state = names::state(self.state),
                unit = unit
            )
        } else {
            t!(
                "cycles-about-some",
                state = names::state(self.state),
                of = choice_in_words(&own, None),
                unit = unit
            )
        }
    }

    /// How many of the State's reviews are loaded, of those that a filter chooses.
    fn coverage(&self) -> Coverage {
        let cycles = self
            .filter
            .chosen
            .get(&Dimension::Cycle)
            .into_iter()
            .flatten();
        let cycles: Vec<data::domain::Cycle> = cycles
            .filter_map(|number| data::domain::Cycle::new(number.parse().ok()?))
            .collect();
        let loaded = self.all.iter().map(|cycle| cycle.record);
        let loaded = loaded.filter(|record| !record.recommendations.is_empty());
        let codes = loaded.map(|record| record.review.code);
        Coverage::of(codes, &[self.state], &cycles)
    }

    /// A source line with how many of the State's reviews are loaded.
    fn with_coverage(&self, source: String) -> String {
        let filter = self.filter.with_only(Dimension::State, self.state.as_str());
        match coverage::in_words(self.coverage(), &filter) {
            Some(coverage) => format!("{source}. {coverage}"),
            None => source,
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
            if !answered {
                let round = cycle.round.filter(|_| cycle.outcomes.is_some());
                let round = round.map(|round| (review, &round.round));
                sources.rounds.extend(round);
                continue;
            }
            let Some(answers) = &cycle.answers else {
                continue;
            };
            let positions = sources.positions.get_or_insert_default();
            match cycle.reported_in {
                Some(round) => {
                    let source = t!("sources-totals", round = signature(&round.round));
                    positions.add_source(Some(&source), answers.received());
                }
                None => positions.merge(cycle.set.position_sources()),
            }
        }
        sources.statuses = !answered;
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
        let set = RecommendationSet::of_round(record, round, filter);
        let ids = set.ids_in_review();
        let mut cycle = Self {
            record,
            round,
            answers: None,
            reported_in: None,
            outcomes: None,
            repeated: repeated(record, &ids),
            longest: longest(record, all, &ids),
            set,
        };
        let outcomes = cycle
            .figures()
            .map(|figures| by_outcome(&figures.breakdown(None)));
        let (answers, reported_in) = cycle.count_answers(totals_tell);
        (cycle.outcomes, cycle.answers) = (outcomes, answers);
        cycle.reported_in = reported_in;
        cycle
    }

    fn figures(&self) -> Option<Figures<'_>> {
        Figures::of_statuses(&self.set)
    }

    /// What the State answered: as the headline round sees it, because its figures are frozen;
    /// else as it is known now; else as totals of positions were reported, with the round that did.
    fn count_answers(&self, totals_tell: bool) -> (Option<Answers>, Option<&'a RoundRecord>) {
        let is_itemised = self.round.is_some() && self.set.is_itemised();
        if is_itemised || !self.record.recommendations.is_empty() {
            return (Some(self.set.answers()), None);
        }
        let mut rounds = self.record.rounds.iter();
        let reported_in = rounds
            .find(|round| totals_tell && round.totals.iter().any(|total| total.position.is_some()));
        let answers = reported_in.map(|round| {
            let (scale, along) = (&round.round.scale, Some(Dimension::Position));
            Breakdown::reported(scale, &round.totals, along).answers()
        });
        (answers, reported_in)
    }

    /// All, as far as is known.
    pub(crate) fn received(&self) -> Option<u64> {
        let answered = self.answers.as_ref().map(Answers::received);
        if self.record.recommendations.is_empty() {
            return self.in_round().or(answered);
        }
        answered
    }

    /// Those whose answer is known.
    pub(crate) fn answered(&self) -> Option<u64> {
        self.answers.as_ref().map(Answers::answered)
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

    /// The same of what is counted in a class of positions.
    pub(crate) fn list_of(&self, class: &(Dimension, Vec<String>)) -> Option<String> {
        self.narrowed(Some(class))
    }

    /// The same of what is in the best status.
    pub(crate) fn list_of_implemented(&self) -> Option<String> {
        let (figures, round) = (self.figures()?, self.round?);
        if figures.is_itemised() {
            return figures.list(Statuses::One(0), None);
        }
        Some(paths::round(self.record.review.code, &round.round.slug))
    }

    fn narrowed(&self, to: Option<&(Dimension, Vec<String>)>) -> Option<String> {
        let code = self.record.review.code;
        if self.record.recommendations.is_empty() {
            let round = self.reported_in.or(self.round)?;
            return Some(paths::round(code, &round.round.slug));
        }
        let figures = self.figures().filter(Figures::is_itemised);
        let whole = figures.map_or_else(
            || self.set.filter().selection(),
            |figures| figures.list_filter(),
        );
        let filter = match to {
            Some(to) => narrow(whole, to)?,
            None => whole,
        };
        Some(paths::recommendations(code, &filter))
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
