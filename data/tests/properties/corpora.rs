//! Lists over all reviews: the same rows and counts as the lists of each, whatever changed before.

use super::generators::{dimension, filter, order, record, unit};
use super::oracle::{count, weight, weighted_values};
use data::domain::{
    AnswerClasses, Answers, Breakdown, Column, Corpus, CountBy, Dimension, Filter, Listed, Outcome,
    PositionClass, PositionSources, RecommendationSet, ReviewCode, ReviewRecord, Row, Scale, Shape,
    Sort, Status, Tally,
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
            // Scales of one number and version are one scale.
            round.round.scale.id = i64::try_from(place).unwrap() + 1;
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
        counts_as_assessed: ![Outcome::NotAssessed, Outcome::NoRound]
            .map(Outcome::code)
            .contains(code),
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

/// The parts that a set shows: the chosen values, if the filter chooses values of that dimension.
fn chosen_only(mut breakdown: Breakdown, filter: &Filter) -> Breakdown {
    let chosen = breakdown
        .dimension
        .and_then(|along| filter.chosen.get(&along));
    if let Some(chosen) = chosen {
        let is_chosen =
            |value: &Option<String>| value.as_ref().is_some_and(|value| chosen.contains(value));
        breakdown.parts.retain(|part| is_chosen(&part.value));
    }
    breakdown
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
        let mut sources = PositionSources::default();
        for listed in &expected {
            match listed.recommendation.positions.last() {
                Some(position) => sources.add_source(position.source.as_deref(), 1),
                None => sources.without += 1,
            }
        }
        prop_assert_eq!(corpus.position_sources(&matches), sources);
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
            let expected = count(&filter, scale, with_status, along, unit);
            prop_assert_eq!(corpus.breakdown(&matches, along, unit), expected);
        }
    }

    #[test]
    fn a_review_has_the_same_figures_alone_and_among_all_reviews(
        mut records in proptest::collection::vec(record(), 1..4),
        filter in filter(),
        places in proptest::collection::vec(any::<Index>(), 0..4),
        which in any::<Index>(),
        unit in unit(),
    ) {
        let corpus = corpus(&mut records, &[]);
        let record = which.get(&records);
        let code = record.review.code;
        let mut filter = fitted(filter, std::slice::from_ref(record), &places);
        filter.unit = unit;
        filter.chosen.remove(&Dimension::State);
        filter.chosen.remove(&Dimension::Cycle);
        let mut among_all = filter.clone();
        among_all.chosen.insert(Dimension::State, vec![code.state.as_str().to_owned()]);
        among_all.chosen.insert(Dimension::Cycle, vec![code.cycle.to_string()]);
        let alone = RecommendationSet::of_review(record, &filter);
        let among = RecommendationSet::of_all_reviews(&corpus, &among_all, true);
        let outcomes = named(&Outcome::ALL.map(Outcome::code));
        let positions = AnswerClasses::Three.all();
        let positions: Vec<&str> = positions.iter().map(|class| class.code()).collect();
        let positions = named(&positions);

        prop_assert_eq!(alone.len(), among.len());
        prop_assert_eq!(alone.is_empty(), among.is_empty());
        prop_assert_eq!(alone.len_by_state(), among.len_by_state());
        let ids = |set: &RecommendationSet<'_>| {
            let mut ids: Vec<i64> =
                set.rows(0..set.len()).iter().map(|row| row.recommendation.id).collect();
            // How relevant a text is depends on the other texts.
            if filter.search.is_some() {
                ids.sort_unstable();
            }
            ids
        };
        prop_assert_eq!(ids(&alone), ids(&among));
        let here = |dimension: &Dimension| ![Dimension::State, Dimension::Cycle].contains(dimension);
        for dimension in Dimension::ALL.into_iter().filter(here) {
            // Other reviews have values that this one has not.
            let facet = |set: &RecommendationSet<'_>| {
                let mut values = set.facet(dimension);
                values.retain(|value| value.count > 0 || value.chosen);
                values
            };
            prop_assert_eq!(facet(&alone), facet(&among), "{:?}", dimension);
            let counts = |set: &RecommendationSet<'_>| {
                let breakdown = set.breakdown(Some(dimension));
                let parts = breakdown.iter().flat_map(|breakdown| {
                    let statuses = breakdown.scale.statuses.iter().enumerate();
                    let total = (Some("in total".to_owned()), &breakdown.total);
                    let parts = breakdown.parts.iter();
                    let parts = parts.map(|part| (part.value.clone(), &part.counts));
                    let parts: Vec<_> = parts.chain([total]).collect();
                    statuses.flat_map(move |(place, status)| {
                        let code = status.code.clone();
                        let counts = parts.clone().into_iter();
                        counts.map(move |(value, counts)| ((value, code.clone()), counts.of(place)))
                    })
                });
                parts.filter(|(_, count)| *count > 0).collect::<BTreeMap<_, _>>()
            };
            prop_assert_eq!(counts(&alone), counts(&among), "{:?}", dimension);
            let along = Some(dimension);
            prop_assert_eq!(alone.tallies(dimension), among.tallies(dimension), "{:?}", dimension);
            for by in [
                CountBy::Outcome(&outcomes),
                CountBy::Position(&positions, AnswerClasses::Three),
            ] {
                let counts = |set: &RecommendationSet<'_>| set.counts(by, along, unit);
                prop_assert_eq!(counts(&alone), counts(&among), "{:?} {:?}", by, dimension);
            }
        }
        prop_assert_eq!(alone.total(), among.total());
        let rows = alone.in_review().unwrap().into_iter();
        let rows = rows.filter(|row| alone.round().is_none() || row.status.is_some());
        let answers = rows.map(|row| (row.recommendation.position(), weight(&filter, &row, unit)));
        prop_assert_eq!(alone.answers(), answers.collect::<Answers>());
        // As a corpus counts it, and recommendation by recommendation.
        if let Some(scale) = alone.scale() {
            for along in [None, Some(Dimension::Position), Some(Dimension::RecommendingState)] {
                let rows = alone.in_review().unwrap();
                let rows = rows.into_iter().filter(|row| row.status.is_some());
                let expected = chosen_only(count(&filter, scale, rows, along, unit), &filter);
                prop_assert_eq!(alone.breakdown(along), Some(expected));
            }
        }
        for outcome in Outcome::ALL {
            let of_review = alone.statuses_of(outcome);
            let of_record = alone.round().map(|round| {
                let scale = &round.round.scale;
                let places = (0..scale.statuses.len()).filter(|place| Outcome::of(scale, *place) == outcome);
                let mut codes: Vec<String> =
                    places.map(|place| scale.statuses[place].code.clone()).collect();
                codes.sort_unstable();
                codes
            });
            prop_assert_eq!(of_review.map(<[String]>::to_vec), of_record.filter(|codes| !codes.is_empty()));
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
        let filter = Filter { unit, ..fitted(filter, &records, &places) };
        let set = RecommendationSet::of_all_reviews(&corpus, &filter, open);
        let rows = set.rows(0..set.len());
        // What the rows have here instead of their statuses is no value of theirs.
        prop_assume!(dimension != Dimension::Status);
        let outcomes = named(&Outcome::ALL.map(Outcome::code));
        for along in [None, Some(dimension)] {
            let counted = |scale: &Scale, place: &dyn Fn(&Row<'_>) -> usize| {
                let listed = rows.iter().map(|row| {
                    let place = place(row);
                    Listed { status: Some((place, &scale.statuses[place])), ..row.listed() }
                });
                chosen_only(count(&filter, scale, listed, along, unit), &filter)
            };
            let expected = counted(&outcomes, &|row| match (row.status, &row.part.round) {
                (Some((place, _)), Some(round)) => Outcome::of(&round.scale, place) as usize,
                _ => Outcome::NoRound as usize,
            });
            prop_assert_eq!(set.counts(CountBy::Outcome(&outcomes), along, unit), expected);
            for classes in AnswerClasses::ALL {
                let all = classes.all();
                let codes: Vec<&str> = all.iter().map(|class| class.code()).collect();
                let scale = named(&codes);
                let expected = counted(&scale, &|row| {
                    let class = row.recommendation.position().counted_as(classes);
                    all.iter().position(|one| *one == class).unwrap()
                });
                let by = CountBy::Position(&scale, classes);
                prop_assert_eq!(set.counts(by, along, unit), expected);
            }
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
        let filter = Filter { unit, ..fitted(filter, &records, &places) };
        let set = RecommendationSet::of_all_reviews(&corpus, &filter, open);
        let tallies = set.tallies(dimension);
        let mut expected: BTreeMap<Option<String>, Tally> = BTreeMap::new();
        let mut total = Tally::default();
        for row in &set.rows(0..set.len()) {
            let listed = row.listed();
            let assessed = row.status.filter(|(_, status)| status.counts_as_assessed);
            let is_best = assessed.is_some_and(|(place, _)| place == 0);
            let add = |tally: &mut Tally, weight: u64| {
                tally.answers.add(listed.recommendation.position(), weight);
                tally.in_rounds += u64::from(row.status.is_some()) * weight;
                tally.assessed += u64::from(assessed.is_some()) * weight;
                tally.implemented += u64::from(is_best) * weight;
            };
            add(&mut total, weight(&filter, &listed, unit));
            for (value, weight) in weighted_values(&filter, dimension, &listed, unit) {
                add(expected.entry(value).or_default(), weight);
            }
        }
        if let Some(chosen) = filter.chosen.get(&dimension) {
            expected.retain(|value, _| value.as_ref().is_some_and(|value| chosen.contains(value)));
        }
        expected.retain(|_, tally| tally.received() > 0);
        prop_assert_eq!(tallies.total, total);
        prop_assert_eq!(set.total(), total);
        let found: BTreeMap<_, _> = tallies.parts.iter().cloned().collect();
        prop_assert_eq!(found.len(), tallies.parts.len());
        prop_assert_eq!(found, expected);
        for (value, tally) in &tallies.parts {
            let answers = tally.answers;
            let answered = answers.supported() + answers.partially_supported() + answers.noted();
            prop_assert_eq!(answers.answered(), answered);
            prop_assert_eq!(tally.received(), answered + answers.pending() + answers.unknown());
            prop_assert!(tally.received() >= tally.in_rounds);
            prop_assert!(tally.in_rounds >= tally.assessed && tally.assessed >= tally.implemented);
            if let Some(value) = value {
                prop_assert_eq!(tallies.of(value), *tally);
                if dimension == Dimension::Position {
                    let class = PositionClass::parse(value).unwrap();
                    prop_assert_eq!(answers.of(class), tally.received());
                }
            }
        }
        // Cycles, categories of action and goals keep their own order, other values the largest first.
        let place = |value: &Option<String>| value.as_deref().and_then(|one| dimension.place_of(one));
        let in_order = tallies.parts.is_sorted_by_key(|(value, tally)| {
            let place = place(value);
            (value.is_none(), place.is_none(), place, std::cmp::Reverse(tally.received()))
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
        let mut keys: Vec<String> = rows.iter().map(|row| order(column, &row.listed())).collect();
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
