//! Rounds beside each other: every recommendation is somewhere once, and agreement is what it says.

use super::generators::{ROUND, record};
use data::domain::{
    Assessment, Breakdown, Comparison, Filter, Order, RecommendationSet, ReviewRecord, Scale,
    ScaleMapping, differences,
};
use proptest::prelude::*;
use proptest::sample::Index;

/// The same review with a second round in another scale.
fn with_second(mut record: ReviewRecord, scale: Scale, statuses: &[Option<Index>]) -> ReviewRecord {
    let mut second = record.rounds[0].clone();
    second.round.id = 2;
    "second".clone_into(&mut second.round.slug);
    second.assessments.clear();
    for (one, status) in record.recommendations.iter().zip(statuses) {
        let Some(status) = status else { continue };
        let assessment = Assessment {
            status: status.get(&scale.statuses).code.clone(),
            rationale: String::new(),
            confidence: None,
            evidence: Vec::new(),
            carried_over: None,
            version: 1,
            changed_at: 0,
        };
        second.assessments.insert(one.id, assessment);
    }
    second.round.scale = scale;
    record.rounds.push(second);
    record
}

fn two_rounds() -> impl Strategy<Value = ReviewRecord> {
    let statuses = proptest::collection::vec(proptest::option::of(any::<Index>()), 40);
    (
        record(),
        proptest::sample::select(Scale::built_in()),
        statuses,
    )
        .prop_map(|(record, scale, statuses)| with_second(record, scale, &statuses))
}

fn totals(record: &ReviewRecord, slug: &str) -> Breakdown {
    let round = record.round(slug).unwrap();
    Breakdown::of_round(record, round)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_recommendation_is_somewhere_once(record in two_rounds()) {
        let (from, to) = (record.round(ROUND).unwrap(), record.round("second").unwrap());
        let comparison = Comparison::new(&record, from, to, &Filter::default(), &[]);
        let (before, after) = (totals(&record, ROUND), totals(&record, "second"));
        let both = comparison.both.len() as u64;
        prop_assert_eq!(both + comparison.only_from, before.total.received());
        prop_assert_eq!(both + comparison.only_to, after.total.received());
        let matrix = comparison.matrix();
        prop_assert_eq!(matrix.iter().flatten().sum::<u64>(), both);
        let stayed = comparison.both.iter().filter(|one| !comparison.has_moved(one)).count();
        prop_assert_eq!(stayed + comparison.moved().count(), comparison.both.len());
        let changes = comparison.changes();
        let moved = changes.changed + changes.newly_assessed + changes.no_longer_assessed;
        prop_assert_eq!(moved, comparison.moved().count() as u64);
        let agreement = comparison.agreement();
        prop_assert_eq!(changes.assessed_in_both, agreement.compared + agreement.unmapped);
    }

    #[test]
    fn agreement_is_between_its_bounds(record in two_rounds()) {
        let (from, to) = (record.round(ROUND).unwrap(), record.round("second").unwrap());
        let agreement = Comparison::new(&record, from, to, &Filter::default(), &[]).agreement();
        prop_assert!(agreement.same <= agreement.compared);
        if let Some(kappa) = agreement.kappa {
            prop_assert!(kappa.is_finite() && (-1.0..=1.0 + 1e-9).contains(&kappa), "{}", kappa);
            prop_assert_eq!(kappa > 1.0 - 1e-9, agreement.same == agreement.compared);
        }
        let itself = Comparison::new(&record, to, to, &Filter::default(), &[]);
        prop_assert_eq!(itself.moved().count(), 0);
        let itself = itself.agreement();
        prop_assert_eq!(itself.same, itself.compared);
        prop_assert_eq!(itself.unmapped, 0);
    }

    #[test]
    fn differences_add_up(record in two_rounds()) {
        let (before, after) = (totals(&record, ROUND), totals(&record, "second"));
        let mapping = ScaleMapping::new(&before.scale, &after.scale, &[]);
        let lines = differences(&before, &after, &mapping);
        prop_assert_eq!(lines.iter().map(|l| l.before).sum::<u64>(), before.total.received());
        prop_assert_eq!(lines.iter().map(|l| l.after).sum::<u64>(), after.total.received());
    }

    #[test]
    fn the_order_by_share_is_one(record in record(), dimension in super::generators::dimension()) {
        let set = RecommendationSet::of_round(&record, record.round(ROUND), &Filter::default());
        let counted = set.breakdown(Some(dimension)).unwrap();
        let ordered = counted.clone().ordered(Order::Share);
        prop_assert_eq!(ordered.parts.len(), counted.parts.len());
        for pair in ordered.parts.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            if a.value.is_none() || b.value.is_none() || a.counts.is_small() != b.counts.is_small() {
                prop_assert!(b.value.is_none() || b.counts.is_small());
                continue;
            }
            prop_assert!(a.counts.share(0).unwrap_or(0.0) >= b.counts.share(0).unwrap_or(0.0) - 1e-12);
        }
    }
}

/// Worked by hand: 2 × 2 with 20, 5, 10 and 15 of 50: observed 0.7, expected 0.5, kappa 0.4.
#[test]
fn kappa_is_cohens() {
    use data::domain::{Cycle, Paragraph, Recommendation, Review, ReviewCode, StateCode};
    let scale = Scale::built_in().remove(1);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = record();
    let template: ReviewRecord =
        proptest::strategy::ValueTree::current(&strategy.new_tree(&mut runner).unwrap());
    let mut round = template.rounds[0].clone();
    round.assessments.clear();
    round.frozen.clear();
    round.round.scale = scale.clone();
    round.round.published_at = Some(1);
    let mut second = round.clone();
    "second".clone_into(&mut second.round.slug);
    let mut recommendations = Vec::new();
    let mut id = 0;
    for (count, a, b) in [(20, 0, 0), (5, 0, 2), (10, 2, 0), (15, 2, 2), (3, 3, 0)] {
        for _ in 0..count {
            id += 1;
            recommendations.push(Recommendation {
                id,
                recommending: vec![StateCode::parse("NOR").unwrap()],
                ..Recommendation::new(Paragraph::parse(&format!("1.{id}")).unwrap())
            });
            for (round, place) in [(&mut round, a), (&mut second, b)] {
                let status: usize = place;
                let assessment = Assessment {
                    status: scale.statuses[status].code.clone(),
                    rationale: String::new(),
                    confidence: None,
                    evidence: Vec::new(),
                    carried_over: None,
                    version: 1,
                    changed_at: 0,
                };
                round.assessments.insert(id, assessment);
            }
        }
    }
    let record = ReviewRecord {
        review: Review {
            code: ReviewCode {
                state: StateCode::parse("SVN").unwrap(),
                cycle: Cycle::new(3).unwrap(),
            },
            ..template.review.clone()
        },
        recommendations,
        rounds: vec![round, second],
        former: Vec::new(),
        evidence: Vec::new(),
        links: Vec::new(),
        revision: 1,
        public: data::domain::PublicHistory::default(),
        changed_at: 0,
    };
    let (from, to) = (&record.rounds[0], &record.rounds[1]);
    let agreement = Comparison::new(&record, from, to, &Filter::default(), &[]).agreement();
    assert_eq!((agreement.compared, agreement.same), (50, 35));
    let kappa = agreement.kappa.unwrap();
    assert!((kappa - 0.4).abs() < 1e-9, "{kappa}");
}
