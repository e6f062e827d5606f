//! Counting over objects, recommendation by recommendation, with which the program's counts are compared.

use data::domain::{
    Breakdown, CountingUnit, Counts, Dimension, Filter, Listed, Part, RegionalGroup, Scale,
    StateCode,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Counts rows by status, in total and along a dimension; a row without a status counts as not assessed. The filter
/// says which States are asked for.
pub(crate) fn count<'a>(
    filter: &Filter,
    scale: &Scale,
    listed: impl IntoIterator<Item = Listed<'a>>,
    dimension: Option<Dimension>,
    unit: CountingUnit,
) -> Breakdown {
    let mut total = Counts::new(scale);
    let mut parts: BTreeMap<Option<String>, Counts> = BTreeMap::new();
    for row in listed {
        let place = row
            .status
            .map_or_else(|| scale.unassessed(), |(place, _)| place);
        let weight = weight(filter, &row, unit);
        if weight == 0 {
            continue;
        }
        total.add(place, weight);
        let Some(dimension) = dimension else { continue };
        for (value, weight) in weighted_values(filter, dimension, &row, unit) {
            let counts = parts.entry(value).or_insert_with(|| Counts::new(scale));
            counts.add(place, weight);
        }
    }
    let mut parts: Vec<_> = parts
        .into_iter()
        .map(|(value, counts)| Part { value, counts })
        .collect();
    parts.sort_by_key(|part| {
        let place = dimension.and_then(|dimension| dimension.place_of(part.value.as_deref()?));
        let received = Reverse(part.counts.received());
        (
            part.value.is_none(),
            place.is_none(),
            place,
            received,
            part.value.clone(),
        )
    });
    Breakdown {
        scale: scale.clone(),
        unit,
        dimension,
        parts,
        total,
    }
}

/// The States that made a recommendation and are asked for: one of the States and of the groups that are chosen.
fn states_asked(filter: &Filter, row: &Listed<'_>) -> Vec<StateCode> {
    let is_chosen = |dimension: Dimension, value: &str| {
        let chosen = filter.chosen.get(&dimension);
        chosen.is_none_or(|values| values.iter().any(|one| one == value))
    };
    let group = |state: &StateCode| state.group().map_or("", RegionalGroup::code);
    let states = row.recommendation.recommending.iter().copied();
    states
        .filter(|state| is_chosen(Dimension::RecommendingState, state.as_str()))
        .filter(|state| is_chosen(Dimension::RegionalGroup, group(state)))
        .collect()
}

/// What a recommendation counts in total. One whose source names no State counts once.
pub(crate) fn weight(filter: &Filter, row: &Listed<'_>, unit: CountingUnit) -> u64 {
    match unit {
        CountingUnit::RecommendingStates if !row.recommendation.recommending.is_empty() => {
            states_asked(filter, row).len() as u64
        }
        _ => 1,
    }
}

/// The values of a recommendation and what it counts in each.
pub(crate) fn weighted_values(
    filter: &Filter,
    dimension: Dimension,
    row: &Listed<'_>,
    unit: CountingUnit,
) -> Vec<(Option<String>, u64)> {
    let along_states =
        [Dimension::RecommendingState, Dimension::RegionalGroup].contains(&dimension);
    let by_state = unit == CountingUnit::RecommendingStates
        && along_states
        && !row.recommendation.recommending.is_empty();
    if by_state {
        let value = |state: StateCode| match dimension {
            Dimension::RegionalGroup => state.group().map(|group| group.code().to_owned()),
            _ => Some(state.as_str().to_owned()),
        };
        let states = states_asked(filter, row).into_iter();
        return states.map(|state| (value(state), 1)).collect();
    }
    let weight = weight(filter, row, unit);
    let values = dimension.values(row);
    if values.is_empty() {
        return vec![(None, weight)];
    }
    let values = values.into_iter();
    values.map(|value| (Some(value), weight)).collect()
}
