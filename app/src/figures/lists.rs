//! What narrows a list to what a figure counts.

use data::domain::{Dimension, Filter};

/// The dimension and values that narrow a list to one series; `None` if no list matches the series.
pub(crate) type OfSeries = Option<(Dimension, Vec<String>)>;

/// Restricts a filter to these values of a dimension; `None` if the filter excludes all of them.
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
