//! What narrows a list to what a figure counts.

use data::domain::{Dimension, Filter};

/// What narrows a list to one series: the values of a dimension; none where no list can be made of it.
pub(crate) type OfSeries = Option<(Dimension, Vec<String>)>;

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
