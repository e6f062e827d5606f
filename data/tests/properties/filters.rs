//! A filter is its address, and what it counts is what it shows.

use super::generators::{dimension, filter, order, record, text};
use data::domain::{Dimension, Filter, RecommendationSet, ReviewRecord};
use proptest::prelude::*;
use proptest::sample::Index;

/// The filter with some of its values replaced by those that the record has, so that it finds things.
fn fitted(mut filter: Filter, record: &ReviewRecord, places: &[Index]) -> Filter {
    filter.round = None;
    if places.len().is_multiple_of(2) {
        filter.search = None;
    }
    let (round, _) = filter.round_of(record);
    for (dimension, values) in &mut filter.chosen {
        let mut there: Vec<String> = record
            .list(round)
            .flat_map(|listed| dimension.values(&listed))
            .collect();
        there.sort_unstable();
        there.dedup();
        if !there.is_empty() {
            values.extend(places.iter().map(|place| place.get(&there).clone()));
            values.sort_unstable();
            values.dedup();
        }
    }
    filter
}

proptest! {
    // Each case is a whole review.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn an_address_is_its_filter(filter in filter()) {
        let query = filter.to_query();
        prop_assert!(query.is_ascii() && !query.contains(['"', '<', ' ', '\n']));
        let (read, faults) = Filter::parse(&query);
        prop_assert_eq!(&faults, &[]);
        prop_assert_eq!(&read, &filter);
        prop_assert_eq!(read.to_query(), query.clone());
        prop_assert_eq!(Filter::parse(&format!("?{query}")).0, filter);
    }

    #[test]
    fn an_address_with_one_value_is_that_filter(
        filter in filter(),
        dimension in any::<Index>(),
        value in any::<String>(),
    ) {
        let dimension = *dimension.get(&Dimension::ALL);
        let query = filter.queries_with_only(dimension)(&value);
        prop_assert_eq!(query, filter.with_only(dimension, &value).to_query());
    }

    #[test]
    fn any_address_is_read(query in text(), value in any::<String>(), place in any::<Index>()) {
        let names = ["q", "round", "unit", "sort", "page", "per", "utm_source"];
        let names: Vec<_> = names.into_iter().chain(Dimension::ALL.map(Dimension::param)).collect();
        let name = place.get(&names);
        let typed = serde_urlencoded::to_string([(name, &value)]).unwrap();
        for query in [query.clone(), typed, format!("{name}={value}")] {
            let (filter, _) = Filter::parse(&query);
            let again = Filter::parse(&filter.to_query());
            prop_assert_eq!(again, (filter, vec![]));
        }
    }

    #[test]
    fn a_count_beside_a_value_is_what_choosing_it_shows(
        record in record(),
        filter in filter(),
        places in proptest::collection::vec(any::<Index>(), 0..4),
        dimension in dimension(),
    ) {
        let filter = fitted(filter, &record, &places);
        let (round, _) = filter.round_of(&record);
        for facet in RecommendationSet::of_round(&record, round, &filter).facet(dimension) {
            let shown = RecommendationSet::of_review(&record, &filter.with_only(dimension, &facet.value)).len();
            prop_assert_eq!(facet.count, shown as u64, "{:?}", facet);
            let chosen = filter.chosen.get(&dimension);
            let is_chosen = chosen.is_some_and(|chosen| chosen.contains(&facet.value));
            prop_assert_eq!(facet.chosen, is_chosen);
        }
    }

    #[test]
    fn pages_hold_every_row_once_and_in_order(
        record in record(),
        filter in filter(),
        places in proptest::collection::vec(any::<Index>(), 0..4),
    ) {
        let filter = fitted(filter, &record, &places);
        let set = RecommendationSet::of_review(&record, &filter);
        let on_page = |page: usize| {
            let mut set = RecommendationSet::of_review(&record, &filter.with_page(page));
            let is_past_end = set.clamp_page();
            let rows = set.page();
            (is_past_end, rows.iter().map(|row| row.recommendation.id).collect::<Vec<_>>())
        };
        let ids: Vec<i64> = (1..=set.pages())
            .flat_map(|page| {
                let (is_past_end, ids) = on_page(page);
                assert!(!is_past_end);
                ids
            })
            .collect();
        let rows = set.in_review().unwrap();
        let all: Vec<i64> = rows.iter().map(|row| row.recommendation.id).collect();
        prop_assert_eq!(&ids, &all);
        prop_assert_eq!(set.len(), all.len());
        prop_assert_eq!(on_page(usize::MAX / 1_000), (true, on_page(set.pages()).1));
        let column = filter.sort.column;
        let mut keys: Vec<String> =
            rows.iter().map(|row| order(column, row)).collect();
        if filter.sort.descending {
            keys.reverse();
        }
        prop_assert!(keys.is_sorted());
        for (place, id) in all.iter().enumerate() {
            let here = set.neighbours(*id).unwrap();
            prop_assert_eq!(here.place, place);
            prop_assert_eq!(
                here.previous.map(|row| row.recommendation.id),
                place.checked_sub(1).map(|before| all[before])
            );
            prop_assert_eq!(
                here.next.map(|row| row.recommendation.id),
                all.get(place + 1).copied()
            );
        }
        // Leaving one value away never shows less than having only the others did.
        for (dimension, values) in &filter.chosen {
            let wider = filter.without(*dimension, &values[0]);
            prop_assert!(!wider.chosen.get(dimension).is_some_and(|left| left.contains(&values[0])));
        }
        prop_assert_eq!(RecommendationSet::of_review(&record, &filter.cleared()).len(), record.recommendations.len());
    }
}

#[test]
fn a_filter_has_a_bounded_number_of_values() {
    let values = |count: usize| {
        let values = (0..count).map(|number| format!("issue=Subject+{number}"));
        values.collect::<Vec<_>>().join("&")
    };
    let (filter, faults) = Filter::parse(&values(Filter::MOST_VALUES));
    assert_eq!(faults, []);
    // The same value once more is no value more.
    let twice = values(Filter::MOST_VALUES) + "&issue=Subject+7";
    assert_eq!(Filter::parse(&twice), (filter.clone(), vec![]));
    let more = values(Filter::MOST_VALUES + 1) + "&theme=Another";
    let (fewer, faults) = Filter::parse(&more);
    assert_eq!(fewer, filter);
    let keys: Vec<_> = faults.iter().map(|fault| fault.key.as_ref()).collect();
    assert_eq!(keys, ["filter-too-many-values"]);
}
