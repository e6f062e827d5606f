//! The loop behind every figure: rows by class, in total and along one dimension.
//!
//! What the classes are - statuses, outcomes, positions, or both of the last two at once - is the only difference
//! between a breakdown of a review, one of all reviews, and tallies.

use super::{Corpus, Matches, Part, Tallies, Tally};
use crate::domain::{
    AnswerClasses, Breakdown, CountingUnit, Dimension, Outcome, PositionClass, Scale, StateCode,
};
use std::sync::Arc;

/// What recommendations are counted by.
#[derive(Clone, Copy, Debug)]
pub enum CountBy<'a> {
    /// Their statuses, in the set's own scale. A recommendation without a status is not counted.
    Status,
    /// Their outcomes: the statuses of the scale are [`Outcome::ALL`], named.
    Outcome(&'a Scale),
    /// Their positions, counted in these classes: the codes of the scale's statuses are those of classes.
    Position(&'a Scale, AnswerClasses),
}

/// Counts by class, in total and for each value of a dimension.
struct ClassCounts {
    /// How many classes there are.
    classes: usize,
    total: Vec<u64>,
    /// The classes of each value, in the order of the values' numbers; the last ones are of rows without a value.
    by_value: Vec<u64>,
}

impl Corpus {
    /// Counts the selected rows by status, in total and along a dimension.
    pub fn breakdown(
        &self,
        matches: &Matches,
        along: Option<Dimension>,
        unit: CountingUnit,
    ) -> Breakdown {
        self.counts_by(matches, CountBy::Status, along, unit)
    }

    /// Counts the selected rows, in total and along a dimension.
    pub(in crate::domain) fn counts_by(
        &self,
        matches: &Matches,
        by: CountBy<'_>,
        along: Option<Dimension>,
        unit: CountingUnit,
    ) -> Breakdown {
        let open_rounds = matches.open_rounds;
        match by {
            CountBy::Status => matches.breakdown(along, unit, || {
                let scale = self.scale(open_rounds);
                let places = self.classes_of(Dimension::Status, |code| scale.place(code));
                let counts = self.count(matches, along, unit, scale.statuses.len(), |part| {
                    let shown = part.shows_statuses(open_rounds);
                    let places = if shown { places.as_slice() } else { &[] };
                    move |row| part.class(Dimension::Status, row, places)
                });
                self.broken_down(scale, along, unit, &counts)
            }),
            CountBy::Outcome(scale) => {
                let counts = self.count(matches, along, unit, Outcome::ALL.len(), |part| {
                    let outcomes = self.outcomes(part, open_rounds);
                    move |row| Some(outcome_of(part, row, &outcomes) as usize)
                });
                self.broken_down(scale, along, unit, &counts)
            }
            CountBy::Position(scale, classes) => {
                let places = self.classes_of(Dimension::Position, |code| {
                    let class = PositionClass::parse(code)?.counted_as(classes);
                    let mut statuses = scale.statuses.iter();
                    statuses.position(|status| status.code == class.code())
                });
                let counts = self.count(matches, along, unit, scale.statuses.len(), |part| {
                    let places = places.as_slice();
                    move |row| part.class(Dimension::Position, row, places).flatten()
                });
                self.broken_down(scale, along, unit, &counts)
            }
        }
    }

    /// Counts the selected rows by position and outcome at once, in total and along a dimension.
    pub(in crate::domain) fn tallies(
        &self,
        matches: &Matches,
        along: Option<Dimension>,
        unit: CountingUnit,
    ) -> Tallies {
        let positions = self.classes_of(Dimension::Position, PositionClass::parse);
        let counts = self.count(matches, along, unit, Tally::CLASSES, |part| {
            let positions = &positions;
            let outcomes = self.outcomes(part, matches.open_rounds);
            move |row| {
                let position = part.class(Dimension::Position, row, positions).flatten();
                let position = position.unwrap_or(PositionClass::Unknown);
                Some(Tally::class(position, outcome_of(part, row, &outcomes)))
            }
        });
        Tallies::of_counts(along, &counts.total, self.by_name(along, &counts))
    }

    /// Counts the selected rows by class. `class_of` returns, for each review, what tells the class of its rows;
    /// a row without a class is not counted.
    fn count<'a, C: Fn(usize) -> Option<usize>>(
        &'a self,
        matches: &Matches,
        along: Option<Dimension>,
        unit: CountingUnit,
        classes: usize,
        class_of: impl Fn(&'a Part) -> C,
    ) -> ClassCounts {
        let values = along.map_or(0, |along| self.dictionaries.of(along).values().len());
        let mut total = vec![0_u64; classes];
        let mut by_value = vec![0_u64; along.map_or(0, |_| (values + 1) * classes)];
        let groups = match along {
            Some(Dimension::RegionalGroup) => self.groups(),
            _ => Vec::new(),
        };
        for (part, rows) in self.left_by_part(matches) {
            let class_of = class_of(part);
            for row in rows {
                let Some(class) = class_of(row) else { continue };
                let states = part.columns.row(Dimension::RecommendingState, row);
                let weights = matches.weights(along, unit, states);
                add(&mut total, class, weights.whole);
                let Some(along) = along else { continue };
                let mut add = |value: Option<u32>| {
                    let value = value.map_or(values, |value| value as usize);
                    add(&mut by_value, value * classes + class, weights.each);
                };
                if weights.by_state {
                    // Each State's share is its own, and only those that are asked for have one.
                    for state in states.iter().filter(|state| matches.asks_for(**state)) {
                        add(match along {
                            Dimension::RegionalGroup => {
                                groups.get(*state as usize).copied().flatten()
                            }
                            _ => Some(*state),
                        });
                    }
                    continue;
                }
                match part.seen(along, row, matches.open_rounds) {
                    [] => add(None),
                    codes => codes.iter().for_each(|code| add(Some(*code))),
                }
            }
        }
        ClassCounts {
            classes,
            total,
            by_value,
        }
    }

    fn broken_down(
        &self,
        scale: &Scale,
        along: Option<Dimension>,
        unit: CountingUnit,
        counts: &ClassCounts,
    ) -> Breakdown {
        let parts = self.by_name(along, counts);
        Breakdown::of_counts(scale, unit, along, counts.total.clone(), parts)
    }

    /// The counts of each value with its name.
    fn by_name<'c>(
        &self,
        along: Option<Dimension>,
        counts: &'c ClassCounts,
    ) -> impl Iterator<Item = (Option<String>, &'c [u64])> {
        let names = along.into_iter().flat_map(|along| {
            let values = self.dictionaries.of(along).values().iter();
            values.map(|value| Some(value.to_string())).chain([None])
        });
        names.zip(counts.by_value.chunks(counts.classes.max(1)))
    }

    /// The class of each number of a dimension.
    fn classes_of<C>(&self, dimension: Dimension, class: impl Fn(&str) -> C) -> Vec<C> {
        let values = self.dictionaries.of(dimension).values().iter();
        values.map(|code| class(code)).collect()
    }

    /// The outcome of each status' number in a review's scale; empty if its statuses are not visible.
    fn outcomes(&self, part: &Part, open_rounds: bool) -> Vec<Outcome> {
        match &part.round {
            Some(round) if part.shows_statuses(open_rounds) => {
                let outcome = |code: &str| Outcome::of(&round.scale, round.scale.place(code));
                self.classes_of(Dimension::Status, outcome)
            }
            _ => Vec::new(),
        }
    }

    /// The regional group of each State, by their numbers.
    fn groups(&self) -> Vec<Option<u32>> {
        let groups = self.dictionaries.of(Dimension::RegionalGroup).values();
        let states = self.dictionaries.of(Dimension::RecommendingState).values();
        let group = |code: &Arc<str>| {
            let group = StateCode::parse(code)?.group()?.code();
            let place = groups.iter().position(|known| **known == *group)?;
            u32::try_from(place).ok()
        };
        states.iter().map(group).collect()
    }
}

impl Part {
    /// The class of a row's first value of a dimension.
    fn class<C: Copy>(&self, dimension: Dimension, row: usize, classes: &[C]) -> Option<C> {
        let code = self.columns.row(dimension, row).first()?;
        classes.get(*code as usize).copied()
    }
}

/// A published round says nothing of what came in afterwards: that is outside its figures.
fn outcome_of(part: &Part, row: usize, outcomes: &[Outcome]) -> Outcome {
    let outcome = part.class(Dimension::Status, row, outcomes);
    outcome.unwrap_or(Outcome::NoRound)
}

fn add(counts: &mut [u64], place: usize, weight: u64) {
    if let Some(count) = counts.get_mut(place) {
        *count += weight;
    }
}
