//! Lists over all reviews: the same rows and counts as the lists of each, whatever changed before.

use super::generators::{dimension, filter, record, unit};
use data::domain::{
    Breakdown, Column, Corpus, CountingUnit, Dimension, Filter, Listed, Outcome, PositionClass,
    RegionalGroup, ReviewCode, ReviewRecord, Row, Scale, Shape, Sort, StateCode, Status, Tally,
};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;

/// Reviews of different States and cycles, some of them put in twice: the later one counts.
fn corpus(records: &mut [ReviewRecord], again: &[Index]) -> Corpus {
    let states = ["BLR", "NOR", "CIV", "SVN"];
    for (place, record) in records.iter_mut().enumerate() {
        let code = format!("{}-{}", states[place % 4], place / 4 + 1);
        record.review.code = ReviewCode::parse(&code).unwrap();
        for one in &mut record.recommendations {
            one.id += i64::try_from(place).unwrap() * 1_000;
        }
        for round in &mut record.rounds {
            let moved = std::mem::take(&mut round.assessments).into_iter();
            let by = i64::try_from(place).unwrap() * 1_000;
            round.assessments = moved.map(|(id, one)| (id + by, one)).collect();
        }
    }
    let mut corpus = Corpus::default();
    for record in records.iter() {
        corpus.put(record);
    }
    for place in again {
        let place = place.index(records.len());
        // Away, back, and once more with a recommendation less.
        let mut other = records[place].clone();
        corpus.remove(other.review.code);
        corpus.put(&other);
        other.recommendations.pop();
        corpus.put(&other);
        records[place] = other;
    }
    records.sort_by_key(|record| (record.review.code.state.name(), record.review.code.cycle));
    corpus
}

/// The values that are there, so that a filter finds something.
fn fitted(mut filter: Filter, records: &[ReviewRecord], places: &[Index]) -> Filter {
    filter.round = None;
    for (dimension, values) in &mut filter.chosen {
        let there: Vec<String> = records
            .iter()
            .flat_map(|record| record.list(record.default_round()))
            .flat_map(|listed| dimension.values(&listed))
            .collect();
        if !there.is_empty() {
            values.extend(places.iter().map(|place| place.get(&there).clone()));
            values.sort_unstable();
            values.dedup();
        }
    }
    filter
}

/// The rows, found one by one.
fn rows<'a>(
    records: &'a [ReviewRecord],
    filter: &Filter,
    aside: Option<Dimension>,
) -> Vec<Listed<'a>> {
    let all = records
        .iter()
        .flat_map(|record| record.list(record.default_round()));
    all.filter(|listed| {
        let mut chosen = filter
            .chosen
            .iter()
            .filter(|(dimension, _)| Some(**dimension) != aside);
        chosen.all(|(dimension, values)| {
            dimension
                .values(listed)
                .iter()
                .any(|value| values.contains(value))
        }) && filter
            .search
            .as_ref()
            .is_none_or(|search| search.finds(listed.recommendation))
    })
    .collect()
}

/// A scale of these codes.
fn named(codes: &[&str]) -> Scale {
    let status = |code: &&str| Status {
        code: (*code).to_owned(),
        label: (*code).to_owned(),
        definition: String::new(),
        counts_as_assessed: *code != Outcome::NotAssessed.code(),
        score: None,
        colour: "full".to_owned(),
        shape: Shape::Full,
        examples: None,
        labels: BTreeMap::new(),
    };
    Scale {
        id: 0,
        code: "named".to_owned(),
        name: "named".to_owned(),
        version: 1,
        statuses: codes.iter().map(status).collect(),
    }
}

proptest! {
    // Each case is several reviews.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn lists_over_all_reviews_are_those_of_each(
        mut records in proptest::collection::vec(record(), 1..4),
        again in proptest::collection::vec(any::<Index>(), 0..3),
        filter in filter(),
        places in proptest::collection::vec(any::<Index>(), 0..4),
        dimension in dimension(),
        unit in unit(),
    ) {
        let corpus = corpus(&mut records, &again);
        let mut filter = fitted(filter, &records, &places);
        filter.sort = Sort::default();
        let matches = corpus.select(&filter, true);
        let expected = rows(&records, &filter, None);
        let found = corpus.rows(&matches, 0..matches.len());
        prop_assert_eq!(matches.len(), expected.len());
        for (found, expected) in found.iter().zip(&expected) {
            prop_assert_eq!(found.part.review.code, expected.review);
            let (there, here) = (&found.recommendation, expected.recommendation);
            prop_assert_eq!(there.id, here.id);
            prop_assert_eq!(&there.paragraph, &here.paragraph);
            prop_assert_eq!(there.headline(), here.headline());
            prop_assert_eq!(&there.recommending, &here.recommending);
            prop_assert_eq!(there.position(), here.position());
            prop_assert_eq!(found.status.map(|(_, s)| &s.code), expected.status.map(|(_, s)| &s.code));
        }
        for facet in corpus.facet(&filter, &matches, dimension) {
            let of_value = rows(&records, &filter, Some(dimension));
            let has = |listed: &&Listed<'_>| dimension.values(listed).contains(&facet.value);
            prop_assert_eq!(facet.count, of_value.iter().filter(has).count() as u64, "{:?}", facet);
        }
        let scale = corpus.scale(true);
        for along in [None, Some(dimension)] {
            // Each status at its place in the scale of all.
            let with_status = expected.iter().filter_map(|listed| {
                let (_, status) = listed.status?;
                let status = Some((scale.place(&status.code), status));
                Some(Listed { status, ..*listed })
            });
            let expected = Breakdown::count_left(&filter, scale, with_status, along, unit);
            prop_assert_eq!(corpus.breakdown(&matches, along, unit), expected);
        }
    }

    #[test]
    fn counts_by_outcome_and_position_are_those_of_the_rows_one_by_one(
        mut records in proptest::collection::vec(record(), 1..4),
        filter in filter(),
        places in proptest::collection::vec(any::<Index>(), 0..4),
        dimension in dimension(),
        unit in unit(),
        open in any::<bool>(),
    ) {
        let corpus = corpus(&mut records, &[]);
        let filter = Filter { sort: Sort::default(), ..fitted(filter, &records, &places) };
        let matches = corpus.select(&filter, open);
        let rows = corpus.rows(&matches, 0..matches.len());
        // What the rows have here instead of their statuses is no value of theirs.
        prop_assume!(dimension != Dimension::Status);
        let outcomes = named(&Outcome::ALL.map(Outcome::code));
        let positions = named(&PositionClass::ALL.map(PositionClass::code));
        for along in [None, Some(dimension)] {
            let counted = |scale: &Scale, place: &dyn Fn(&Row<'_>) -> usize| {
                let listed = rows.iter().map(|row| {
                    let place = place(row);
                    Listed { status: Some((place, &scale.statuses[place])), ..row.listed() }
                });
                Breakdown::count_left(&filter, scale, listed, along, unit)
            };
            let expected = counted(&outcomes, &|row| match (row.status, &row.part.round) {
                (Some((place, _)), Some(round)) => Outcome::of(&round.scale, place) as usize,
                _ => Outcome::NoRound as usize,
            });
            prop_assert_eq!(corpus.by_outcome(&matches, &outcomes, along, unit), expected);
            let expected = counted(&positions, &|row| row.recommendation.position() as usize);
            prop_assert_eq!(corpus.by_position(&matches, &positions, along, unit), expected);
        }
    }

    #[test]
    fn tallies_are_those_of_the_rows_one_by_one(
        mut records in proptest::collection::vec(record(), 1..4),
        filter in filter(),
        places in proptest::collection::vec(any::<Index>(), 0..4),
        dimension in dimension(),
        unit in unit(),
        open in any::<bool>(),
    ) {
        let corpus = corpus(&mut records, &[]);
        let filter = Filter { sort: Sort::default(), ..fitted(filter, &records, &places) };
        let matches = corpus.select(&filter, open);
        let tallies = corpus.tallies(&matches, dimension, unit);
        let rows = corpus.rows(&matches, 0..matches.len());
        let mut expected: BTreeMap<Option<String>, Tally> = BTreeMap::new();
        let mut total = Tally::default();
        for row in &rows {
            let listed = row.listed();
            let all = &listed.recommendation.recommending;
            let among = |dimension: Dimension, value: &str| {
                let chosen = filter.chosen.get(&dimension);
                chosen.is_none_or(|values| values.contains(&value.to_owned()))
            };
            let group = |state: &StateCode| state.group().map_or("", RegionalGroup::code);
            let asked: Vec<StateCode> = all
                .iter()
                .filter(|state| among(Dimension::RecommendingState, state.as_str()))
                .filter(|state| among(Dimension::RegionalGroup, group(state)))
                .copied()
                .collect();
            let assessed = row.status.filter(|(_, status)| status.counts_as_assessed);
            let one = Tally {
                received: 1,
                supported: u64::from(matches!(
                    listed.recommendation.position(),
                    PositionClass::Supported | PositionClass::SupportedAsImplemented
                )),
                noted: u64::from(listed.recommendation.position() == PositionClass::Noted),
                pending: u64::from(listed.recommendation.position() == PositionClass::Pending),
                unknown: u64::from(listed.recommendation.position() == PositionClass::Unknown),
                in_rounds: u64::from(row.status.is_some()),
                assessed: u64::from(assessed.is_some()),
                implemented: u64::from(assessed.is_some_and(|(place, _)| place == 0)),
            };
            let times = match unit {
                CountingUnit::Recommendations => 1,
                CountingUnit::RecommendingStates if all.is_empty() => 1,
                CountingUnit::RecommendingStates => asked.len(),
            };
            let add = |tally: &mut Tally, times: usize| {
                for _ in 0..times {
                    tally.received += one.received;
                    tally.supported += one.supported;
                    tally.noted += one.noted;
                    tally.pending += one.pending;
                    tally.unknown += one.unknown;
                    tally.in_rounds += one.in_rounds;
                    tally.assessed += one.assessed;
                    tally.implemented += one.implemented;
                }
            };
            add(&mut total, times);
            let along_states =
                matches!(dimension, Dimension::RecommendingState | Dimension::RegionalGroup);
            if along_states && unit == CountingUnit::RecommendingStates && !all.is_empty() {
                for state in asked {
                    let value = match dimension {
                        Dimension::RegionalGroup => state.group().map(|group| group.code().to_owned()),
                        _ => Some(state.as_str().to_owned()),
                    };
                    add(expected.entry(value).or_default(), 1);
                }
                continue;
            }
            let values = dimension.values(&listed);
            if values.is_empty() {
                add(expected.entry(None).or_default(), times);
            }
            for value in values {
                add(expected.entry(Some(value)).or_default(), times);
            }
        }
        expected.retain(|_, tally| tally.received > 0);
        prop_assert_eq!(tallies.total, total);
        let found: BTreeMap<_, _> = tallies.parts.iter().cloned().collect();
        prop_assert_eq!(found.len(), tallies.parts.len());
        prop_assert_eq!(found, expected);
        for (value, tally) in &tallies.parts {
            prop_assert!(tally.answered() >= tally.supported + tally.noted);
            prop_assert!(tally.in_rounds >= tally.assessed && tally.assessed >= tally.implemented);
            if let Some(value) = value {
                prop_assert_eq!(tallies.of(value), *tally);
            }
        }
        // Cycles, categories of action and goals keep their own order, other values the largest first.
        let place = |value: &Option<String>| value.as_deref().and_then(|one| dimension.place_of(one));
        let in_order = tallies.parts.is_sorted_by_key(|(value, tally)| {
            let place = place(value);
            (value.is_none(), place.is_none(), place, std::cmp::Reverse(tally.received))
        });
        prop_assert!(in_order);
    }

    #[test]
    fn what_was_selected_before_a_status_changed_is_selected_after_it(
        mut records in proptest::collection::vec(record(), 1..4),
        filters in proptest::collection::vec(filter(), 1..4),
        places in proptest::collection::vec(any::<Index>(), 0..4),
        changes in proptest::collection::vec((any::<Index>(), any::<Index>(), any::<Index>()), 1..4),
        dimension in dimension(),
        unit in unit(),
        open in any::<bool>(),
    ) {
        let mut kept = corpus(&mut records, &[]);
        let filters: Vec<Filter> = filters
            .into_iter()
            .map(|filter| fitted(filter, &records, &places))
            .collect();
        let counted = |corpus: &Corpus, filter: &Filter| {
            let matches = corpus.select(filter, open);
            let rows: Vec<i64> = corpus
                .rows(&matches, 0..matches.len())
                .iter()
                .map(|row| row.recommendation.id)
                .collect();
            let facets = [dimension, Dimension::Status]
                .map(|dimension| corpus.facet(filter, &matches, dimension));
            let breakdowns = [None, Some(dimension)]
                .map(|along| corpus.breakdown(&matches, along, unit));
            (rows, facets, breakdowns)
        };
        for filter in &filters {
            counted(&kept, filter);
        }
        for (review, row, status) in changes {
            let record = review.get_mut(&mut records);
            if record.recommendations.is_empty() {
                continue;
            }
            let one = row.get(&record.recommendations).clone();
            let Some(round) = record.default_round().map(|round| round.round.slug.clone()) else {
                continue;
            };
            let round = record.rounds.iter_mut().find(|one| one.round.slug == round).unwrap();
            let Some(assessment) = round.assessments.get_mut(&one.id) else { continue };
            assessment.status = status.get(&round.round.scale.statuses).code.clone();
            let status = assessment.status.clone();
            let slug = round.round.slug.clone();
            let code = record.review.code;
            if !kept.set_status(code, &slug, one.paragraph.as_str(), &status) {
                kept.put(record);
            }
        }
        let mut anew = Corpus::default();
        for record in &records {
            anew.put(record);
        }
        for filter in &filters {
            prop_assert_eq!(counted(&kept, filter), counted(&anew, filter));
        }
    }

    #[test]
    fn a_sorted_list_is_in_order(
        mut records in proptest::collection::vec(record(), 1..4),
        filter in filter(),
    ) {
        let corpus = corpus(&mut records, &[]);
        let filter = Filter { sort: filter.sort, ..Filter::default() };
        let matches = corpus.select(&filter, true);
        let rows = corpus.rows(&matches, 0..matches.len());
        let column = filter.sort.column;
        prop_assume!(column != Column::Paragraph);
        let mut keys: Vec<String> = rows.iter().map(|row| column.order(&row.listed())).collect();
        if filter.sort.descending {
            keys.reverse();
        }
        prop_assert!(keys.is_sorted(), "{:?}: {:?}", column, keys);
    }

    #[test]
    fn what_readers_do_not_see_does_not_count(mut records in proptest::collection::vec(record(), 1..5)) {
        let corpus = corpus(&mut records, &[]);
        let matches = corpus.select(&Filter::default(), false);
        let public: Vec<ReviewRecord> =
            records.iter().map(|record| record.clone().for_the_public()).collect();
        let expected = rows(&public, &Filter::default(), None);
        let with_status = expected.iter().filter(|listed| listed.status.is_some()).count() as u64;
        let facet = corpus.facet(&Filter::default(), &matches, Dimension::Status);
        prop_assert_eq!(facet.iter().map(|value| value.count).sum::<u64>(), with_status);
        for value in facet {
            let only = Filter::default().with_only(Dimension::Status, &value.value);
            prop_assert_eq!(corpus.select(&only, false).len() as u64, value.count);
        }
    }
}
