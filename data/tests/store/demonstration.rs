//! The demonstration comes whole and goes without a trace.

use crate::support::{actor, code, file, incoming, on_each_database};
use data::domain::{Dimension, Filter, RecommendationSet, Role};
use data::store::{DraftReason, NewPassword, Save};

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_out_as_announced() {
    on_each_database(async |database| {
        let store = &database.store;
        assert!(store.load_demonstration(&actor()).await.unwrap());
        assert!(!store.load_demonstration(&actor()).await.unwrap());
        let record = store.review_record(code("XXA-3")).await.unwrap();
        assert!(record.review.code.state.is_fictitious());
        assert_eq!(record.recommendations.len(), 266);
        let round = record.round("mid-term").unwrap();
        assert!(round.round.is_published());
        let set = RecommendationSet::of_round(&record, Some(round), &Filter::default());
        let counts = set.breakdown(Some(Dimension::Position)).unwrap();
        let by_status: Vec<_> = (0..5).map(|place| counts.total.of(place)).collect();
        assert_eq!(by_status, [41, 27, 74, 103, 21]);
        assert_eq!(
            (counts.total.assessed(), counts.total.received()),
            (245, 266)
        );
        // Counted from the rows themselves, past the program's counting.
        let stored = database
            .texts(
                "SELECT status FROM assessment JOIN round ON round.id = round_id \
                 WHERE slug = 'mid-term' ORDER BY status",
            )
            .await;
        let of = |status| stored.iter().filter(|stored| *stored == status).count();
        assert_eq!(stored.len(), 266);
        assert_eq!((of("implemented"), of("in_process")), (41, 27));
        assert_eq!(
            (of("partially_implemented"), of("not_implemented")),
            (74, 103)
        );
        assert_eq!(of("not_assessed"), 21);

        assert!(!record.round("follow-up").unwrap().round.is_published());
        assert_eq!(record.default_round().unwrap().round.slug, "mid-term");
        let (filter, faults) = Filter::parse("status=implemented&sort=-position");
        assert!(faults.is_empty());
        assert_eq!(RecommendationSet::of_review(&record, &filter).len(), 41);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_it_leaves_no_row() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        let password = NewPassword::Given("a long password".to_owned());
        store
            .add_account(&actor(), "analyst", Role::Analyst, password)
            .await
            .unwrap();
        let account = store.accounts().await.unwrap()[0].id;
        let before = database.row_counts().await;
        let belarus = store.review_record(code("BLR-1")).await.unwrap();

        store.load_demonstration(&actor()).await.unwrap();
        // What people leave in it goes with it: work, drafts, imports, published rounds.
        let review = code("XXA-3");
        let mut save = Save {
            review,
            round: "follow-up".to_owned(),
            paragraph: crate::support::paragraph("138.1"),
            version: 0,
            status: "in_process".to_owned(),
            rationale: "Begun.".to_owned(),
            confidence: None,
            cites: Vec::new(),
            evidence: vec![crate::support::evidence("A draft law")],
        };
        store.save_assessment(&actor(), None, &save).await.unwrap();
        save.rationale = "Another view".to_owned();
        store
            .keep_draft(account, &save, &DraftReason::Conflict)
            .await
            .unwrap();
        let mut more = incoming(900);
        (more.review, more.report_symbol) = (review, None);
        crate::support::import(store, file(vec![more])).await;
        store
            .publish_round(&actor(), review, "follow-up")
            .await
            .unwrap();

        assert!(store.remove_demonstration(&actor()).await.unwrap());
        assert!(!store.remove_demonstration(&actor()).await.unwrap());
        let mut after = database.row_counts().await;
        for (table, count) in &before {
            // The history stays, and so does the log of imported files.
            if table != "event" && table != "import_run" {
                assert_eq!(after.get(table), Some(count), "{table}");
            }
        }
        after.retain(|table, _| !before.contains_key(table));
        assert!(after.is_empty());
        assert!(store.review_record(review).await.is_err());
        let (last, _) = store.revision().await.unwrap();
        assert_eq!(store.verify_history().await.unwrap(), Ok(last));
        assert_eq!(store.check().await.unwrap(), []);
        let still = store.review_record(code("BLR-1")).await.unwrap();
        assert_eq!(still.recommendations, belarus.recommendations);

        assert!(store.load_demonstration(&actor()).await.unwrap());
        // Its earlier publication is history: the round is open again, and nothing is wrong with that.
        let again = store.review_record(review).await.unwrap();
        assert!(!again.round("follow-up").unwrap().round.is_published());
        assert_eq!(again.recommendations.len(), 266);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}
