//! The list that each number of a chart counts, so that any of them can be looked up.

use super::Line;
use crate::address;
use data::domain::{Dimension, Filter, ReviewCode};

/// What narrows a list to one series: the values of a dimension; none where no list can be made of it.
pub(crate) type OfSeries = Option<(Dimension, Vec<String>)>;

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
    /// The list that a number counts, of the line with that number or of the total. None where there is
    /// none: what has no value cannot be listed, and totals have no rows.
    pub(crate) fn of(&self, line: Option<(usize, &Line)>, series: usize) -> Option<String> {
        let filter = match (&self.lines, line) {
            (Lines::Along(filter, dimension), Some((_, line))) => {
                let value = Some(line.code.as_str()).filter(|code| !code.is_empty())?;
                filter.with_only(*dimension, value)
            }
            (Lines::Along(filter, _) | Lines::One(filter), _) => filter.clone(),
            (Lines::Each(filters), Some((number, _))) => filters.get(number)?.clone(),
            (Lines::Each(_), None) => return None,
        };
        let narrowed = self.series.get(series)?.as_ref()?;
        Some(address::recommendations(
            self.review,
            &narrow(filter, narrowed)?,
        ))
    }
}

/// The filter that leaves of what it leaves only those values of a dimension; none where it leaves
/// nothing of them.
pub(crate) fn narrow(
    mut filter: Filter,
    (dimension, values): &(Dimension, Vec<String>),
) -> Option<Filter> {
    let chosen = filter.chosen.get(dimension);
    let mut left: Vec<String> = values
        .iter()
        .filter(|value| chosen.is_none_or(|chosen| chosen.contains(value)))
        .cloned()
        .collect();
    left.sort_unstable();
    if left.is_empty() {
        return None;
    }
    filter.chosen.insert(*dimension, left);
    Some(filter)
}
