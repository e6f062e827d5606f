//! What became of recommendations over all reviews, in counts that hold whatever scale a round has.

use super::{Corpus, Matches, Part};
use crate::domain::{CountingUnit, Dimension, Outcome, PositionClass};
use std::collections::BTreeSet;

/// Counts of recommendations of several reviews.
///
/// received >= supported + noted + pending + unknown, and received >= assessed >= implemented: statuses are those of each
/// review's newest itemised round, and a review without one has nothing assessed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// All.
    pub received: u64,
    /// Supported by the State under review, also as implemented already; not those supported in part.
    pub supported: u64,
    /// Noted.
    pub noted: u64,
    /// To be answered later.
    pub pending: u64,
    /// Those whose answer no source tells.
    pub unknown: u64,
    /// Those of reviews with a round, and so with a status even if that is "not assessed".
    pub in_rounds: u64,
    /// In a status that counts as assessed: the base of "implemented".
    pub assessed: u64,
    /// In the best status of its round's scale.
    pub implemented: u64,
}

impl Tally {
    /// Bases below this have no per cent.
    pub const SMALL: u64 = 10;

    /// Those that the State answered, as far as is known: the base of "supported". What is not answered
    /// yet, and what no source tells, is neither supported nor refused.
    pub fn answered(&self) -> u64 {
        self.received - self.pending - self.unknown
    }

    /// The share of the answered that is supported, 0 to 1. None below [`Tally::SMALL`], where a share
    /// says less than the counts.
    pub fn share_supported(&self) -> Option<f64> {
        Self::share(self.supported, self.answered())
    }

    /// The share of the assessed that is implemented, 0 to 1; none below [`Tally::SMALL`].
    pub fn share_implemented(&self) -> Option<f64> {
        Self::share(self.implemented, self.assessed)
    }

    /// A share of a base, 0 to 1; none of a base below [`Tally::SMALL`].
    #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
    pub fn share(count: u64, base: u64) -> Option<f64> {
        (base >= Self::SMALL).then(|| count as f64 / base as f64)
    }

    fn add(&mut self, one: &Self, weight: u64) {
        self.received += one.received * weight;
        self.supported += one.supported * weight;
        self.noted += one.noted * weight;
        self.pending += one.pending * weight;
        self.unknown += one.unknown * weight;
        self.in_rounds += one.in_rounds * weight;
        self.assessed += one.assessed * weight;
        self.implemented += one.implemented * weight;
    }
}

/// Tallies along one dimension.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tallies {
    /// Everything, each counted once.
    pub total: Tally,
    /// For each value, in the dimension's own order, else the most received first; what has no value
    /// last.
    pub parts: Vec<(Option<String>, Tally)>,
}

impl Tallies {
    /// The tally of a value; nothing where it has none.
    pub fn of(&self, value: &str) -> Tally {
        let part = self
            .parts
            .iter()
            .find(|(one, _)| one.as_deref() == Some(value));
        part.map(|(_, tally)| *tally).unwrap_or_default()
    }
}

impl Corpus {
    /// Tallies of the rows that are left, in total and along a dimension.
    pub fn tallies(&self, matches: &Matches, dimension: Dimension, unit: CountingUnit) -> Tallies {
        let values = self.dictionaries.of(dimension).values();
        // The last one is of what has no value.
        let mut tallies = vec![Tally::default(); values.len() + 1];
        let mut total = Tally::default();
        let groups = self.groups();
        let positions = self.positions();
        for (part, left) in self.left_by_part(matches) {
            let best = self.outcomes(part, matches.open_rounds);
            for row in left {
                let position = part.columns.row(Dimension::Position, row).first();
                let class = position.and_then(|code| positions.get(*code as usize).copied());
                let status = part.columns.row(Dimension::Status, row).first();
                let one = tally(class.flatten(), status.copied(), best.as_deref());
                let states = part.columns.row(Dimension::RecommendingState, row);
                let weights = matches.weights(Some(dimension), unit, states);
                total.add(&one, weights.whole);
                let mut count = |value: Option<u32>| {
                    let place = value.map_or(values.len(), |value| value as usize);
                    if let Some(tally) = tallies.get_mut(place) {
                        tally.add(&one, weights.each);
                    }
                };
                if weights.by_state {
                    let of_group = dimension == Dimension::RegionalGroup;
                    for state in states.iter().filter(|state| matches.asks_for(**state)) {
                        count(if of_group {
                            groups.get(*state as usize).copied().flatten()
                        } else {
                            Some(*state)
                        });
                    }
                    continue;
                }
                match part.seen(dimension, row, matches.open_rounds) {
                    [] => count(None),
                    codes => codes.iter().for_each(|code| count(Some(*code))),
                }
            }
        }
        let names = values
            .iter()
            .map(|value| Some(value.to_string()))
            .chain([None]);
        let mut parts: Vec<_> = names
            .zip(tallies)
            .filter(|(_, tally)| tally.received > 0)
            .collect();
        parts.sort_by_cached_key(|(value, tally)| {
            let place = value.as_deref().and_then(|value| dimension.place_of(value));
            (
                value.is_none(),
                place.is_none(),
                place,
                std::cmp::Reverse(tally.received),
                value.clone(),
            )
        });
        Tallies { total, parts }
    }

    /// The codes of the statuses that are this outcome in their scales, sorted. None where there are
    /// none, or one of them is something else in another scale, so that the code alone does not say it.
    pub fn statuses_of(&self, outcome: Outcome, open_rounds: bool) -> Option<Vec<String>> {
        let mut codes = BTreeSet::new();
        let mut others = BTreeSet::new();
        for part in self.parts() {
            let Some(round) = part
                .round
                .as_ref()
                .filter(|_| part.shows_statuses(open_rounds))
            else {
                continue;
            };
            for (place, status) in round.scale.statuses.iter().enumerate() {
                if Outcome::of(&round.scale, place) == outcome {
                    codes.insert(status.code.as_str());
                } else {
                    others.insert(status.code.as_str());
                }
            }
        }
        let clear = !codes.is_empty() && codes.is_disjoint(&others);
        clear.then(|| codes.into_iter().map(str::to_owned).collect())
    }

    /// The position of each number of that dimension.
    fn positions(&self) -> Vec<Option<PositionClass>> {
        let values = self.dictionaries.of(Dimension::Position).values();
        values
            .iter()
            .map(|code| PositionClass::parse(code))
            .collect()
    }

    /// For each status' number whether a part's scale counts it as assessed and as its best; none where
    /// nothing of the part's round is to be seen.
    fn outcomes(&self, part: &Part, open_rounds: bool) -> Option<Vec<(bool, bool)>> {
        let round = part.round.as_ref()?;
        if !part.shows_statuses(open_rounds) {
            return None;
        }
        let statuses = self.dictionaries.of(Dimension::Status).values();
        let outcome = |code: &std::sync::Arc<str>| {
            let place = round.scale.place(code);
            let assessed = place != round.scale.unassessed();
            (assessed, assessed && place == 0)
        };
        Some(statuses.iter().map(outcome).collect())
    }
}

fn tally(
    class: Option<PositionClass>,
    status: Option<u32>,
    outcomes: Option<&[(bool, bool)]>,
) -> Tally {
    let outcome = outcomes
        .zip(status)
        .and_then(|(outcomes, status)| outcomes.get(status as usize));
    let (assessed, implemented) = outcome.copied().unwrap_or_default();
    let supported = matches!(
        class,
        Some(PositionClass::Supported | PositionClass::SupportedAsImplemented)
    );
    Tally {
        received: 1,
        supported: u64::from(supported),
        noted: u64::from(class == Some(PositionClass::Noted)),
        pending: u64::from(class == Some(PositionClass::Pending)),
        unknown: u64::from(class.is_none_or(|class| class == PositionClass::Unknown)),
        in_rounds: u64::from(outcome.is_some()),
        assessed: u64::from(assessed),
        implemented: u64::from(implemented),
    }
}
