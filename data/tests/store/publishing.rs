//! A published round stays what it was.

use crate::support::{
    REVIEW, ROUND, actor, code, evidence, file, incoming, new_round, on_each_database, refusal,
    save, with_round,
};
use data::domain::{
    ActionCategory, Breakdown, CountingUnit, Dimension, Filter, Position, PositionClass,
    RecommendationSet, ReviewRecord, Scheme, StateCode, Term,
};
use data::store::{Error, sha256};

fn breakdowns(record: &ReviewRecord) -> Vec<Breakdown> {
    let round = record.round(ROUND).unwrap();
    let dimensions = [None].into_iter().chain(Dimension::ALL.map(Some));
    dimensions
        .flat_map(|dimension| CountingUnit::ALL.map(|unit| (dimension, unit)))
        .map(|(dimension, unit)| {
            let filter = Filter {
                unit,
                ..Filter::default()
            };
            let set = RecommendationSet::of_round(record, Some(round), &filter);
            set.breakdown(dimension).unwrap()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_freezes() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 4).await;
        let mut first = save(1, 0, "implemented", "Дело “сделано”.");
        first.evidence = vec![evidence("A law")];
        store.save_assessment(&actor(), None, &first).await.unwrap();
        let second = save(2, 0, "not_assessed", "Nobody answered.");
        store
            .save_assessment(&actor(), None, &second)
            .await
            .unwrap();
        let open = store.review_record(code(REVIEW)).await.unwrap();
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();

        let before = (store.revision().await.unwrap(), database.row_counts().await);
        for save in [
            save(1, 1, "not_implemented", "Changed my mind"),
            // Even what would change nothing.
            save(2, 1, "not_assessed", "Nobody answered."),
            save(3, 0, "implemented", ""),
            save(3, 1, "implemented", ""),
        ] {
            let refused = refusal(store.save_assessment(&actor(), None, &save).await);
            assert_eq!(refused, "round-is-published");
        }
        let again = store.publish_round(&actor(), code(REVIEW), ROUND).await;
        assert_eq!(refusal(again), "round-is-published");
        let taken = store
            .open_round(&actor(), code(REVIEW), &new_round(ROUND))
            .await;
        assert_eq!(refusal(taken), "round-slug-taken");
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);

        // What nobody assessed is written down, and counts the same as before.
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        assert_eq!(round.assessments.len(), 4);
        assert_eq!(breakdowns(&record), breakdowns(&open));
        let headline = breakdowns(&record)[0].headline();
        assert_eq!((headline.implemented, headline.assessed), (1, 1));
        assert_eq!((headline.not_assessed, headline.received), (3, 4));

        // Whoever opens the database later comes to the same hash.
        let later = database.second_store().await;
        let record = later.review_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        let text = round.canonical_text(&record);
        assert_eq!(text.lines().count(), 5);
        assert!(text.ends_with('\n') && !text.contains('\r'));
        // The figures can be counted again from the text alone.
        assert!(text.contains(r#""recommending":["NOR","BRA"],"positions":[]"#));
        assert!(text.contains("Дело “сделано”.") && text.contains("https://example.org/law"));
        let hash = round.round.content_hash.clone().unwrap();
        assert_eq!(hash, sha256(text.as_bytes()));
        assert_eq!(hash, round.content_hash(&record));
        let published = database
            .texts("SELECT after FROM event WHERE kind = 'round-published'")
            .await;
        assert_eq!(published, [format!("{{\"content_hash\":\"{hash}\"}}")]);
        assert_eq!(later.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_imported_later_stays_outside() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 3).await;
        let first = save(1, 0, "implemented", "");
        store.save_assessment(&actor(), None, &first).await.unwrap();
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        store
            .open_round(&actor(), code(REVIEW), &new_round("next"))
            .await
            .unwrap();
        let before = store.review_record(code(REVIEW)).await.unwrap();

        // Two new ones, one of them in the middle, and more is known of an old one.
        let mut middle = incoming(2);
        middle.paragraph = Some(crate::support::paragraph("120.2..1"));
        let mut known = incoming(1);
        known.summary = Some("The thing".to_owned());
        let imported = file(vec![middle, incoming(4), known]);
        let run = crate::support::import(store, imported).await;
        assert_eq!((run.summary.created, run.summary.updated), (2, 1));

        let record = store.review_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        assert_eq!(record.recommendations.len(), 5);
        assert_eq!(Some(round.content_hash(&record)), round.round.content_hash);
        assert_eq!(
            round.canonical_text(&record),
            before.round(ROUND).unwrap().canonical_text(&before)
        );
        assert_eq!(breakdowns(&record), breakdowns(&before));
        assert_eq!(record.counted(round).count(), 3);
        // The list shows all five; the new ones have no status in it, and no filter by status finds
        // them, so a figure and the list that it leads to agree.
        assert_eq!(record.default_round().unwrap().round.slug, ROUND);
        let statuses = |query: &str| -> Vec<_> {
            let filter = Filter::parse(query).0;
            let rows = RecommendationSet::of_review(&record, &filter).in_review();
            let rows = rows.unwrap().into_iter();
            rows.map(|row| row.status.map(|(_, status)| status.code.clone()))
                .collect()
        };
        let without = statuses("").into_iter().filter(Option::is_none).count();
        assert_eq!((statuses("").len(), without), (5, 2));
        assert_eq!(statuses("status=not_assessed").len(), 2);
        assert_eq!(statuses("status=implemented").len(), 1);
        let sorted = statuses("sort=status");
        assert!(sorted[3..].iter().all(Option::is_none), "{sorted:?}");
        let facet = RecommendationSet::of_round(&record, Some(round), &Filter::default())
            .facet(Dimension::Status);
        let counted: Vec<_> = facet
            .iter()
            .map(|one| (one.value.as_str(), one.count))
            .collect();
        assert_eq!(counted, [("not_assessed", 2), ("implemented", 1)]);
        // An open round is about all of them.
        assert_eq!(record.counted(record.round("next").unwrap()).count(), 5);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rounds_that_cannot_be() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        let review = code("BLR-3");
        let open = async |change: &dyn Fn(&mut data::store::NewRound)| {
            let mut new = new_round("fits");
            change(&mut new);
            refusal(store.open_round(&actor(), review, &new).await)
        };
        for slug in ["", "Big", "a b", "ä", "../etc", "a/b", &"x".repeat(61)] {
            let key = open(&|new| new.slug = slug.to_owned()).await;
            assert_eq!(key, "round-slug-unfit", "{slug}");
        }
        assert_eq!(
            open(&|new| new.title = " ".to_owned()).await,
            "round-title-unfit"
        );
        assert_eq!(
            open(&|new| new.organisation = "x".repeat(201)).await,
            "round-organisation-unfit"
        );
        for date in [
            "2023",
            "31.12.2023",
            "2023-02-29",
            "-023-01-01",
            "+2023-01-1",
        ] {
            let key = open(&|new| new.as_of = Some(date.into())).await;
            assert_eq!(key, "round-date-unfit", "{date}");
        }
        assert_eq!(
            open(&|new| new.scale = "none".to_owned()).await,
            "round-scale-unknown"
        );
        assert_eq!(
            open(&|new| new.slug = "bhc-2023".to_owned()).await,
            "round-slug-taken"
        );
        assert_eq!(
            open(&|new| new.method = Some("x".repeat(20_001))).await,
            "round-method-unfit"
        );
        let nowhere = store
            .open_round(&actor(), code("SVN-3"), &new_round("a"))
            .await;
        assert!(matches!(nowhere, Err(Error::NotFound)));
        let nothing = store.publish_round(&actor(), review, "none").await;
        assert!(matches!(nothing, Err(Error::NotFound)));
        let published = store.publish_round(&actor(), review, "bhc-2023").await;
        assert_eq!(refusal(published), "round-is-published");
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);
        // Nothing to assess: nothing to publish.
        store
            .open_round(&actor(), review, &new_round("empty"))
            .await
            .unwrap();
        let empty = store.publish_round(&actor(), review, "empty").await;
        assert_eq!(refusal(empty), "round-has-no-recommendations");
    })
    .await;
}

/// The State answers later, a file corrects who recommended and what about: the round published before
/// still says, by every dimension and in both units, what it said; an open round follows.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_corrected_later_moves_no_published_figure() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let first = save(1, 0, "implemented", "");
        store.save_assessment(&actor(), None, &first).await.unwrap();
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        store
            .open_round(&actor(), code(REVIEW), &new_round("next"))
            .await
            .unwrap();
        let before = store.review_record(code(REVIEW)).await.unwrap();
        let mut corrected = incoming(1);
        corrected.position = Some(Position {
            class: PositionClass::Noted,
            raw: "Noted".to_owned(),
            source: Some("A/HRC/43/15/Add.1".to_owned()),
            source_paragraph: None,
            date: None,
        });
        corrected.recommending = vec![StateCode::parse("NOR").unwrap()];
        corrected.terms = vec![Term::new(Scheme::Issue, "Labour")];
        corrected.action_category = ActionCategory::new(5);
        corrected.text = Some("Do the thing of number 1, and well".to_owned());
        crate::support::import(store, file(vec![corrected])).await;
        let record = store.review_record(code(REVIEW)).await.unwrap();
        assert_eq!(record.recommendations[0].position(), PositionClass::Noted);
        assert_eq!(breakdowns(&record), breakdowns(&before));
        let round = record.round(ROUND).unwrap();
        assert_eq!(
            round.canonical_text(&record),
            before.round(ROUND).unwrap().canonical_text(&before)
        );
        // A list of that round, and a filter on it, see what its figures count; texts are today's.
        let selected = |round: &str| {
            let (filter, _) = Filter::parse(&format!("position=noted&round={round}"));
            RecommendationSet::of_review(&record, &filter).len()
        };
        assert_eq!((selected(ROUND), selected("next")), (0, 1));
        let listed = round.view(record.review.code, &record.recommendations[0]);
        assert_eq!(
            listed.recommendation.text.as_deref(),
            Some("Do the thing of number 1, and well")
        );
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}
