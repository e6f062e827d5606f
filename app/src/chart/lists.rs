//! The list that each number of a chart counts, so that any of them can be looked up.

use super::{Chart, Line};
use crate::figures::lists::{OfSeries, narrow};
use crate::urls::paths;
use data::domain::{Dimension, Filter, Outcome, RecommendationSet, ReviewCode};

/// From which lists a chart's numbers are.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Lists {
    /// The review whose list it is; none: the list of all.
    pub(crate) review: Option<ReviewCode>,
    /// Which recommendations the lines count.
    pub(crate) lines: Lines,
    /// What narrows them to each series.
    pub(crate) series: Vec<OfSeries>,
}

/// Which recommendations the lines of a chart count.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Lines {
    /// Those that a filter leaves, value by value.
    Along(Filter, Dimension),
    /// Those that a filter leaves, in one line.
    One(Filter),
    /// Those that a filter of its own leaves, each.
    Each(Vec<Filter>),
}

impl Lists {
    /// The list that a number counts, of the line with that number or of the total. `None` for what
    /// cannot be listed: lines without a value, and reported totals.
    pub(crate) fn of(&self, line: Option<(usize, &Line)>, series: usize) -> Option<String> {
        self.of_all(line, &[series])
    }

    /// The list that the sum of several series counts.
    pub(crate) fn of_all(&self, line: Option<(usize, &Line)>, series: &[usize]) -> Option<String> {
        let filter = match (&self.lines, line) {
            (Lines::Along(filter, dimension), Some((_, line))) => {
                let value = Some(line.code.as_str()).filter(|code| !code.is_empty())?;
                filter.with_only(*dimension, value)
            }
            (Lines::Along(filter, _) | Lines::One(filter), _) => filter.clone(),
            (Lines::Each(filters), Some((number, _))) => filters.get(number)?.clone(),
            (Lines::Each(_), None) => return None,
        };
        let mut narrowed: OfSeries = None;
        for place in series {
            let (dimension, values) = self.series.get(*place)?.as_ref()?;
            match &mut narrowed {
                Some((known, all)) if known == dimension => all.extend_from_slice(values),
                Some(_) => return None,
                None => narrowed = Some((*dimension, values.clone())),
            }
        }
        let filter = narrow(filter, &narrowed?)?;
        Some(paths::recommendations(self.review, &filter))
    }
}

impl Chart {
    /// The list of the base of percentages, of the line with that number or of the total.
    pub(crate) fn list_of_base(&self, line: Option<(usize, &Line)>) -> Option<String> {
        let series = self.series.iter().enumerate();
        let in_base = series.filter(|(_, series)| self.is_in_base(series));
        let places: Vec<usize> = in_base.map(|(place, _)| place).collect();
        let of = line.map_or(&self.total, |(_, line)| line);
        let lists = self.lists.as_ref().filter(|_| self.base(of) > 0)?;
        lists.of_all(line, &places)
    }
}

/// What narrows a list to an outcome; `None` if a status is that outcome in one scale and another in the next.
pub(crate) fn of_outcome(set: &RecommendationSet<'_>, outcome: Outcome) -> OfSeries {
    let codes = set.statuses_of(outcome)?;
    Some((Dimension::Status, codes.to_vec()))
}

/// What narrows a list to each outcome.
pub(crate) fn of_outcomes(set: &RecommendationSet<'_>) -> Vec<OfSeries> {
    let outcomes = Outcome::ALL.into_iter();
    outcomes.map(|outcome| of_outcome(set, outcome)).collect()
}
