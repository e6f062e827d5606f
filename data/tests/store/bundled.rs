//! The bundled set is what its README says.

use crate::support::{actor, code, on_each_database};
use data::domain::{
    Breakdown, CountingUnit, Dimension, PositionClass, ReviewRecord, RoundKind, Scheme,
};

fn of(record: &ReviewRecord, class: PositionClass) -> usize {
    let all = record.recommendations.iter();
    all.filter(|one| one.position() == class).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_review_of_belarus() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        let record = store.review_record(code("BLR-1")).await.unwrap();
        assert_eq!(record.recommendations.len(), 93);
        for (lead, last) in [(97, 55), (98, 38)] {
            let printed: Vec<_> = record
                .recommendations
                .iter()
                .map(|one| one.paragraph.to_string())
                .filter(|paragraph| paragraph.starts_with(&format!("{lead}.")))
                .collect();
            let expected: Vec<_> = (1..=last)
                .map(|number| format!("{lead}.{number}"))
                .collect();
            assert_eq!(printed, expected);
        }
        let all = || record.recommendations.iter();
        assert_eq!(all().map(|one| one.recommending.len()).sum::<usize>(), 165);
        assert_eq!(all().filter(|one| one.recommending.len() > 1).count(), 37);
        assert_eq!(of(&record, PositionClass::Supported), 73);
        assert_eq!(of(&record, PositionClass::PartiallySupported), 1);
        assert_eq!(of(&record, PositionClass::Noted), 19);
        for (category, count) in [(1, 2), (2, 25), (3, 8), (4, 36), (5, 22)] {
            let is_it = |one: &&data::domain::Recommendation| {
                one.action_category.is_some_and(|c| c.number() == category)
            };
            assert_eq!(all().filter(is_it).count(), count, "category {category}");
        }
        let mut issues: Vec<_> = all().flat_map(|one| one.terms_of(Scheme::Issue)).collect();
        issues.sort_unstable();
        issues.dedup();
        assert_eq!(issues.len(), 40);
        assert!(
            issues
                .iter()
                .all(|issue| data::domain::ISSUES.contains(issue))
        );
        assert!(all().all(|one| one.text.is_none() && one.summary.is_some()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_published_results_of_the_third() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        let record = store.review_record(code("BLR-3")).await.unwrap();
        assert!(record.recommendations.is_empty());
        assert!(record.default_round().is_none());

        let first = record.round("bhc-2023").unwrap();
        assert_eq!(first.round.kind, RoundKind::ReportedTotals);
        assert!(first.round.is_published());
        let counts = Breakdown::reported(&first.round.scale, &first.totals, None);
        let by_status: Vec<_> = (0..5).map(|place| counts.total.of(place)).collect();
        assert_eq!(by_status, [2, 1, 26, 223, 14]);
        let headline = counts.headline();
        assert_eq!((headline.received, headline.assessed), (266, 252));
        assert_eq!((headline.implemented, headline.not_assessed), (2, 14));

        let later = record.round("coalition-later").unwrap();
        let scale = &later.round.scale;
        let counts = Breakdown::reported(scale, &later.totals, Some(Dimension::Position));
        let rows: Vec<_> = counts
            .parts
            .iter()
            .map(|part| {
                let by_status: Vec<_> = (0..4).map(|place| part.counts.of(place)).collect();
                (
                    part.value.as_deref().unwrap(),
                    by_status,
                    part.counts.received(),
                )
            })
            .collect();
        let expected = [
            ("supported", vec![0, 6, 0, 3], 9),
            ("supported_as_implemented", vec![2, 17, 94, 11], 124),
            ("partially_supported", vec![0, 1, 17, 0], 18),
            ("noted", vec![0, 0, 115, 0], 115),
        ];
        assert_eq!(rows, expected);
        let total: Vec<_> = (0..4).map(|place| counts.total.of(place)).collect();
        assert_eq!(total, [2, 24, 226, 14]);
        assert_eq!(
            (counts.total.received(), counts.total.assessed()),
            (266, 252)
        );
        assert_eq!(later.totals.iter().filter(|cell| cell.derived).count(), 6);
        assert!(later.totals.iter().all(|cell| !cell.citation.is_empty()));
        // The undated one came later.
        assert_eq!(record.rounds[0].round.slug, "coalition-later");
        assert_eq!(counts.unit, CountingUnit::Recommendations);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn loading_twice_changes_nothing() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        let (before, rows) = (store.revision().await.unwrap(), database.row_counts().await);
        store.load_bundled(&actor()).await.unwrap();
        assert_eq!(store.revision().await.unwrap(), before);
        assert_eq!(database.row_counts().await, rows);
        assert_eq!(store.verify_history().await.unwrap(), Ok(before.0));
        assert_eq!(store.check().await.unwrap(), []);
        let codes: Vec<_> = store
            .reviews()
            .await
            .unwrap()
            .iter()
            .map(|review| review.code.to_string())
            .collect();
        assert_eq!(codes, ["BLR-1", "BLR-2", "BLR-3"]);
    })
    .await;
}
