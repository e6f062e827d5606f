//! Figures add up, whatever is counted.

use super::generators::{ROUND, dimension, record, scale, unit};
use data::domain::{
    Breakdown, CountingUnit, Dimension, Filter, PositionClass, RecommendationSet, ReportedTotal,
    ReviewRecord,
};
use proptest::prelude::*;
use proptest::sample::Index;

/// The round's breakdown as the program counts it.
fn counted(record: &ReviewRecord, along: Option<Dimension>, unit: CountingUnit) -> Breakdown {
    let filter = Filter {
        unit,
        ..Filter::default()
    };
    let round = record.round(ROUND);
    RecommendationSet::of_round(record, round, &filter)
        .breakdown(along)
        .unwrap()
}

/// What holds for every breakdown, of items or of reported totals.
fn sound(breakdown: &Breakdown) -> Result<(), TestCaseError> {
    let places = breakdown.scale.statuses.len();
    let counts = breakdown.parts.iter().map(|part| &part.counts);
    for counts in counts.chain([&breakdown.total]) {
        let by_status: u64 = (0..places).map(|place| counts.of(place)).sum();
        prop_assert_eq!(counts.received(), by_status);
        prop_assert_eq!(counts.received(), counts.assessed() + counts.not_assessed());
        prop_assert_eq!(counts.of(places), 0);
        let shares: Vec<f64> = (0..places)
            .filter_map(|place| counts.share(place))
            .collect();
        prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
        prop_assert_eq!(counts.share(breakdown.scale.unassessed()), None);
        if counts.assessed() == 0 {
            prop_assert!(shares.is_empty());
        } else {
            prop_assert_eq!(shares.len(), places - 1);
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
    let headline = breakdown.headline();
    prop_assert_eq!(headline.received, headline.assessed + headline.not_assessed);
    prop_assert!(headline.implemented <= headline.assessed);
    for place in 0..places {
        let parts: u64 = breakdown
            .parts
            .iter()
            .map(|part| part.counts.of(place))
            .sum();
        let total = breakdown.total.of(place);
        if breakdown.dimension.is_none() {
            prop_assert!(breakdown.parts.is_empty());
        } else if breakdown.overlaps() {
            prop_assert!(parts >= total);
        } else {
            prop_assert_eq!(parts, total, "status {}", place);
        }
    }
    let mut values: Vec<_> = breakdown.parts.iter().map(|part| &part.value).collect();
    values.sort();
    values.dedup();
    prop_assert_eq!(values.len(), breakdown.parts.len());
    Ok(())
}

proptest! {
    // Each case is a whole review.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn figures_add_up(record in record(), unit in unit()) {
        for dimension in [None].into_iter().chain(Dimension::ALL.map(Some)) {
            let breakdown = counted(&record, dimension, unit);
            sound(&breakdown)?;
            // What came in after the publication is no part of the round.
            let round = record.round(ROUND).unwrap();
            let of_round = record.recommendations.iter().filter(|one| {
                !round.round.is_published() || round.assessments.contains_key(&one.id)
            });
            let expected: usize = of_round
                .map(|one| match unit {
                    CountingUnit::Recommendations => 1,
                    CountingUnit::RecommendingStates => one.recommending.len(),
                })
                .sum();
            prop_assert_eq!(breakdown.total.received(), expected as u64);
            if unit == CountingUnit::RecommendingStates {
                let by_state =
                    [Some(Dimension::RecommendingState), Some(Dimension::RegionalGroup)];
                prop_assert!(!(by_state.contains(&dimension) && breakdown.overlaps()));
            }
        }
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(
        (record, mixed) in record().prop_flat_map(|record| {
            let order: Vec<usize> = (0..record.recommendations.len()).collect();
            (Just(record), Just(order).prop_shuffle())
        }),
        dimension in dimension(),
        unit in unit(),
    ) {
        let mut shuffled = record.clone();
        let mixed = mixed.iter().map(|place| record.recommendations[*place].clone());
        shuffled.recommendations = mixed.collect();
        let along = Some(dimension);
        prop_assert_eq!(counted(&shuffled, along, unit), counted(&record, along, unit));
    }

    #[test]
    fn parts_are_what_a_filter_selects(
        record in record(),
        dimension in dimension(),
        unit in unit(),
    ) {
        let breakdown = counted(&record, Some(dimension), unit);
        for part in &breakdown.parts {
            let Some(value) = &part.value else { continue };
            let filter = Filter { unit, ..Filter::default().with_only(dimension, value) };
            let set = RecommendationSet::of_round(&record, record.round(ROUND), &filter);
            let selected = set.breakdown(None).unwrap();
            prop_assert_eq!(&selected.total, &part.counts, "{}", value);
        }
    }

    #[test]
    fn without_a_round_nothing_has_a_status(record in record()) {
        let set = RecommendationSet::of_round(&record, None, &Filter::default());
        prop_assert_eq!(set.breakdown(None), None);
        let total = set.total();
        prop_assert_eq!(total.in_rounds + total.assessed + total.implemented, 0);
        prop_assert_eq!(total.received(), record.recommendations.len() as u64);
    }

    #[test]
    fn reported_totals_add_up(
        scale in scale(),
        cells in proptest::collection::vec((any::<Index>(), any::<Index>(), any::<u32>()), 0..30),
        by_position in any::<bool>(),
    ) {
        let totals: Vec<ReportedTotal> = cells
            .iter()
            .map(|(status, position, count)| ReportedTotal {
                position: by_position.then(|| *position.get(&PositionClass::ALL)),
                status: status.get(&scale.statuses).code.clone(),
                count: *count,
                citation: String::new(),
                derived: false,
            })
            .collect();
        let all: u64 = totals.iter().map(|cell| u64::from(cell.count)).sum();
        let whole = Breakdown::reported(&scale, &totals, None);
        sound(&whole)?;
        prop_assert_eq!(whole.total.received(), all);
        let parts = Breakdown::reported(&scale, &totals, Some(Dimension::Position));
        if by_position {
            sound(&parts)?;
        } else {
            prop_assert!(parts.parts.is_empty());
        }
        prop_assert_eq!(parts.total, whole.total);
    }
}
