//! Importing what a reader made of a file.

use crate::support::{
    REVIEW, actor, all_rows, code, file, import as apply, incoming, on_each_database, paragraph,
    stage, states,
};
use data::domain::{
    ActionCategory, Column, EventKind, Message, Paragraph, Position, PositionClass, Recommendation,
    Scheme, Term,
};
use data::exchange::{Incoming, ReadFile, Rejected};
use data::store::{RunState, Store, Summary};

fn position(class: PositionClass, source: &str) -> Position {
    Position {
        class,
        raw: class.code().to_owned(),
        source: Some(source.to_owned()),
        source_paragraph: Some("6".to_owned()),
        date: None,
    }
}

fn whole(number: u32) -> Incoming {
    Incoming {
        summary: Some("In short".to_owned()),
        action_category: ActionCategory::new(4),
        terms: vec![
            Term::new(Scheme::Sdg, "16 - PEACE"),
            Term::new(Scheme::Issue, "Justice"),
            Term::new(Scheme::Issue, "Labour"),
            Term::new(Scheme::Issue, "Justice"),
        ],
        position: Some(position(PositionClass::Pending, "A/HRC/43/15")),
        source_id: Some("abc".to_owned()),
        ..incoming(number)
    }
}

fn counts(created: usize, updated: usize, unchanged: usize, rejected: usize) -> Summary {
    Summary {
        created,
        updated,
        unchanged,
        rejected,
        ..Summary::default()
    }
}

async fn import(store: &Store, file: ReadFile) -> Summary {
    let done = apply(store, file).await;
    assert_eq!(done.state, RunState::Applied);
    done.summary
}

/// What a file would change of the first recommendation that it tells.
async fn changes(store: &Store, file: ReadFile) -> Vec<Column> {
    let run = stage(store, file).await;
    let rows = all_rows(store, run.id).await;
    store.cancel_import(&actor(), run.id).await.unwrap();
    rows[0].changes()
}

async fn one(store: &Store, wanted: &Paragraph) -> Recommendation {
    let record = store.review_record(code(REVIEW)).await.unwrap();
    let found = record
        .recommendations
        .iter()
        .find(|one| one.paragraph == *wanted);
    found.unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_time_changes_nothing() {
    on_each_database(async |database| {
        let store = &database.store;
        let mut first = file((1..=12).map(whole).collect());
        first.skipped = 3;
        let summary = import(store, first.clone()).await;
        assert_eq!(
            summary,
            Summary {
                skipped: 3,
                ..counts(12, 0, 0, 0)
            }
        );
        let record = store.review_record(code(REVIEW)).await.unwrap();
        assert_eq!(record.review.session, Some(34));
        assert_eq!(record.review.report_symbol.as_deref(), Some("A/HRC/43/15"));
        let order: Vec<_> = record
            .recommendations
            .iter()
            .map(|one| one.paragraph.to_string())
            .collect();
        let expected: Vec<_> = (1..=12).map(|number| format!("120.{number}")).collect();
        assert_eq!(order, expected);
        let stored = &record.recommendations[0];
        let told = whole(1);
        assert_eq!((&stored.text, &stored.summary), (&told.text, &told.summary));
        assert_eq!(stored.recommending, told.recommending);
        let issues: Vec<_> = stored.terms_of(Scheme::Issue).collect();
        assert_eq!(issues, ["Justice", "Labour"]);
        assert_eq!(stored.positions, [told.position.unwrap()]);

        let before = (store.revision().await.unwrap(), database.row_counts().await);
        let again = import(store, first.clone()).await;
        assert_eq!(
            again,
            Summary {
                skipped: 3,
                ..counts(0, 0, 12, 0)
            }
        );
        // Nor where some of its rows cannot be taken.
        first.rejected.push(Rejected {
            row: 99,
            review: None,
            column: None,
            value: None,
            cells: Vec::new(),
            reason: Message::new("for-the-test"),
        });
        let again = import(store, first).await;
        assert_eq!(
            again,
            Summary {
                skipped: 3,
                ..counts(0, 0, 12, 1)
            }
        );
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_does_not_tell_stays() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![whole(1), whole(2), whole(3)])).await;
        let before = one(store, &paragraph("120.1")).await;
        let bare = Incoming {
            text: None,
            language: None,
            session: None,
            report_symbol: None,
            recommending: Vec::new(),
            ..incoming(1)
        };
        assert_eq!(
            import(store, file(vec![bare.clone()])).await,
            counts(0, 0, 1, 0)
        );
        // The same text in no known language is the same text.
        let same = Incoming {
            text: before.text.clone(),
            ..bare.clone()
        };
        assert_eq!(import(store, file(vec![same])).await, counts(0, 0, 1, 0));
        // Empty texts and terms tell nothing either.
        let empty = Incoming {
            text: Some("\0".to_owned()),
            summary: Some(String::new()),
            ..bare.clone()
        };
        assert_eq!(import(store, file(vec![empty])).await, counts(0, 0, 1, 0));
        assert_eq!(one(store, &paragraph("120.1")).await, before);

        // One vocabulary is told anew, the others stay.
        let told = Incoming {
            terms: vec![Term::new(Scheme::Issue, "Poverty")],
            ..bare.clone()
        };
        assert_eq!(
            changes(store, file(vec![told.clone()])).await,
            [Column::Issues]
        );
        assert_eq!(import(store, file(vec![told])).await, counts(0, 1, 0, 0));
        let after = one(store, &paragraph("120.1")).await;
        assert_eq!(
            after.terms_of(Scheme::Issue).collect::<Vec<_>>(),
            ["Poverty"]
        );
        assert_eq!(
            after.terms_of(Scheme::Sdg).collect::<Vec<_>>(),
            ["16 - PEACE"]
        );
        assert_eq!(after.positions, before.positions);

        // Everything at once; a text in another language is kept beside the first one.
        let other = Incoming {
            text: Some("Сделать\0 дело".to_owned()),
            recommending: states(&["ESP", "NOR", "ESP"]),
            action_category: ActionCategory::new(5),
            ..bare
        };
        let expected = [
            Column::Text,
            Column::RecommendingStates,
            Column::ActionCategory,
        ];
        assert_eq!(changes(store, file(vec![other.clone()])).await, expected);
        assert_eq!(import(store, file(vec![other])).await, counts(0, 1, 0, 0));
        let after = one(store, &paragraph("120.1")).await;
        assert_eq!((after.text, after.language), (before.text, before.language));
        let texts = after.texts.iter();
        let texts: Vec<_> = texts.map(|one| (&*one.language, &*one.text)).collect();
        assert_eq!(texts, [("ru", "Сделать дело")]);
        assert_eq!(after.summary, before.summary);
        assert_eq!(after.recommending, states(&["ESP", "NOR"]));
        let history = store.history_of(REVIEW, "120.1").await.unwrap();
        assert_eq!(history[0].kind, Some(EventKind::RecommendationChanged));
        assert!(history[0].before.as_ref().unwrap().contains("NOR"));
        assert_eq!(
            one(store, &paragraph("120.2")).await.recommending,
            states(&["NOR", "BRA"])
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_that_differs_is_a_further_claim() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![whole(1)])).await;
        let answered = Incoming {
            position: Some(position(PositionClass::Noted, "A/HRC/43/15/Add.1")),
            ..incoming(1)
        };
        assert_eq!(
            import(store, file(vec![answered.clone()])).await,
            counts(0, 1, 0, 0)
        );
        let after = one(store, &paragraph("120.1")).await;
        assert_eq!(after.position(), PositionClass::Noted);
        let claims: Vec<_> = after.positions.iter().map(|claim| claim.class).collect();
        assert_eq!(claims, [PositionClass::Pending, PositionClass::Noted]);
        // Both files once more: nothing new is claimed, and the later answer still counts.
        assert_eq!(
            import(store, file(vec![whole(1)])).await,
            counts(0, 0, 1, 0)
        );
        assert_eq!(
            import(store, file(vec![answered])).await,
            counts(0, 0, 1, 0)
        );
        assert_eq!(one(store, &paragraph("120.1")).await, after);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_report_is_another_review() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![whole(1)])).await;
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        let other = |number| Incoming {
            report_symbol: Some("A/HRC/28/15".to_owned()),
            session: Some(20),
            ..incoming(number)
        };
        let run = stage(store, file(vec![other(1), other(2), whole(1)])).await;
        assert_eq!(run.summary, counts(0, 0, 1, 2));
        for row in &all_rows(store, run.id).await[..2] {
            let (reason, ..) = row.reason.as_ref().unwrap();
            assert_eq!(reason.key, "import-other-report");
        }
        import(store, file(vec![other(1), other(2)])).await;
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);

        // Two reports in one file for a review that nobody knows yet: the first one names it. And of
        // two rows that contradict each other only the first is taken.
        let next = |number: u32, symbol: &str| Incoming {
            review: code("SVN-2"),
            report_symbol: Some(symbol.to_owned()),
            ..incoming(number)
        };
        let mixed = vec![
            next(1, "A/HRC/28/15"),
            next(2, "A/HRC/14/15"),
            Incoming {
                text: Some("Another text".to_owned()),
                ..next(1, "A/HRC/28/15")
            },
        ];
        assert_eq!(import(store, file(mixed.clone())).await, counts(1, 0, 0, 2));
        assert_eq!(import(store, file(mixed)).await, counts(0, 0, 1, 2));
        let record = store.review_record(code("SVN-2")).await.unwrap();
        assert_eq!(record.review.report_symbol.as_deref(), Some("A/HRC/28/15"));
        assert_eq!(record.recommendations.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_knows_of_the_review_is_taken_too() {
    on_each_database(async |database| {
        let store = &database.store;
        let without = Incoming {
            session: None,
            report_symbol: None,
            ..whole(1)
        };
        import(store, file(vec![without])).await;
        // The recommendation is the same; the review's report is new.
        assert_eq!(
            import(store, file(vec![whole(1)])).await,
            counts(0, 0, 1, 0)
        );
        let record = store.review_record(code(REVIEW)).await.unwrap();
        assert_eq!(record.review.report_symbol.as_deref(), Some("A/HRC/43/15"));
        assert_eq!(record.review.session, Some(34));
        let before = store.revision().await.unwrap();
        import(store, file(vec![whole(1)])).await;
        assert_eq!(store.revision().await.unwrap(), before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_the_end_leaves_the_database_as_it_was() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![whole(1), whole(2)])).await;
        let before = database.row_counts().await;
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let changed = Incoming {
            summary: Some("Other".to_owned()),
            ..whole(1)
        };
        let more = file([changed].into_iter().chain((3..200).map(whole)).collect());
        let run = stage(store, more.clone()).await;
        // The last thing that an import writes cannot be written.
        let (stop, go_on) = if database.url().starts_with("postgres") {
            (
                "ALTER TABLE import_run ADD CONSTRAINT stop CHECK (state <> 'applied') NOT VALID",
                "ALTER TABLE import_run DROP CONSTRAINT stop",
            )
        } else {
            (
                "CREATE TRIGGER stop BEFORE UPDATE ON import_run WHEN NEW.state = 'applied' \
                 BEGIN SELECT RAISE(ABORT, 'stop'); END",
                "DROP TRIGGER stop",
            )
        };
        database.tamper(stop).await;
        let result = store.apply_import(&actor(), run.id).await;
        assert!(
            matches!(result, Err(data::store::Error::Database(_))),
            "{result:?}"
        );
        database.tamper(go_on).await;
        assert_eq!(database.row_counts().await, before);
        let after = store.review_record(code(REVIEW)).await.unwrap();
        assert_eq!(after.recommendations, record.recommendations);
        assert_eq!(store.check().await.unwrap(), []);
        // And nothing stands in the way of the next attempt.
        assert_eq!(import(store, more).await, counts(197, 1, 0, 0));
        assert!(store.verify_history().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_rows_fit_into_the_statements() {
    on_each_database(async |database| {
        let store = &database.store;
        // More than one statement each for recommendations, their terms and what is deleted of them.
        let all: Vec<_> = (1..=4_000).map(whole).collect();
        assert_eq!(import(store, file(all)).await, counts(4_000, 0, 0, 0));
        let changed = (1..=2_100).map(|number| Incoming {
            source_id: Some("other".to_owned()),
            ..whole(number)
        });
        assert_eq!(
            import(store, file(changed.collect())).await,
            counts(0, 2_100, 0, 0)
        );
        let record = store.review_record(code(REVIEW)).await.unwrap();
        assert_eq!(record.recommendations.len(), 4_000);
        assert!(
            record
                .recommendations
                .iter()
                .all(|one| one.terms.len() == 3)
        );
        assert!(store.verify_history().await.unwrap().is_ok());
    })
    .await;
}
