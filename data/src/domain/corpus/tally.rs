//! What became of recommendations over all reviews, in counts that hold whatever scale a round has.

use super::Corpus;
use crate::domain::breakdown::sort_key;
use crate::domain::{Answers, Dimension, Outcome, PositionClass, Share};
use std::collections::BTreeSet;

/// Counts of recommendations of several reviews.
///
/// received >= `in_rounds` >= assessed >= implemented: statuses are those of each review's newest itemised
/// round, and a review without one has nothing assessed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// What the States under review answered; also how many were received.
    pub answers: Answers,
    /// Those of reviews with a round, and so with a status even if that is "not assessed".
    pub in_rounds: u64,
    /// In a status that counts as assessed: the base of "implemented".
    pub assessed: u64,
    /// In the best status of its round's scale.
    pub implemented: u64,
}

impl Tally {
    /// How many classes it is summed up from: every position with every outcome.
    pub(super) const CLASSES: usize = PositionClass::ALL.len() * Outcome::ALL.len();

    /// The class of a recommendation with that position and outcome.
    pub(super) fn class(position: PositionClass, outcome: Outcome) -> usize {
        position as usize * Outcome::ALL.len() + outcome as usize
    }

    /// Sums up counts by [`class`](Self::class).
    fn of_counts(counts: &[u64]) -> Self {
        let mut tally = Self::default();
        for position in PositionClass::ALL {
            for outcome in Outcome::ALL {
                let count = counts.get(Self::class(position, outcome)).copied();
                tally.add(position, outcome, count.unwrap_or_default());
            }
        }
        tally
    }

    fn add(&mut self, position: PositionClass, outcome: Outcome, count: u64) {
        self.answers.add(position, count);
        self.in_rounds += u64::from(outcome != Outcome::NoRound) * count;
        self.assessed += u64::from(outcome.is_assessed()) * count;
        self.implemented += u64::from(outcome == Outcome::Best) * count;
    }

    /// All.
    pub fn received(&self) -> u64 {
        self.answers.received()
    }

    /// What is implemented, out of the assessed.
    pub fn implemented_share(&self) -> Share {
        Share {
            count: self.implemented,
            base: self.assessed,
        }
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

    /// Sums up counts by class, in total and of each value.
    pub(super) fn of_counts<'c>(
        along: Option<Dimension>,
        total: &[u64],
        parts: impl Iterator<Item = (Option<String>, &'c [u64])>,
    ) -> Self {
        let mut parts: Vec<_> = parts
            .map(|(value, counts)| (value, Tally::of_counts(counts)))
            .filter(|(_, tally)| tally.received() > 0)
            .collect();
        parts.sort_by_cached_key(|(value, tally)| {
            sort_key(along, value.as_deref(), tally.received())
        });
        Self {
            total: Tally::of_counts(total),
            parts,
        }
    }
}

impl Corpus {
    /// The codes of the statuses that are this outcome in their scales, sorted; `None` if there are none, or if one
    /// of them is another outcome in another scale, so that the code alone does not say it.
    pub(in crate::domain) fn statuses_of(
        &self,
        outcome: Outcome,
        open_rounds: bool,
    ) -> Option<&[String]> {
        let [published, every] = &self.statuses_by_outcome;
        let known = if open_rounds { every } else { published };
        let codes = known.get_or_init(|| {
            Outcome::ALL.map(|outcome| self.codes_of_outcome(outcome, open_rounds))
        });
        codes.get(outcome as usize)?.as_deref()
    }

    fn codes_of_outcome(&self, outcome: Outcome, open_rounds: bool) -> Option<Vec<String>> {
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
}
