//! Runs of imports: staged, mended, decided, applied, cancelled and undone.

use crate::support::{
    REVIEW, ROUND, TestDatabase, actor, all_rows, code, evidence, file, import, incoming,
    new_round, new_run, on_each_database, paragraph, refusal, save, stage, states, with_round,
};
use data::domain::{
    Column, EventKind, Message, Paragraph, Position, PositionClass, Recommendation,
};
use data::exchange::{
    Format, Incoming, IncomingAssessment, ReadFile, ReadOptions, Rejected, Sink, read,
};
use data::store::{
    Candidate, Decision, Error, NewRun, Outcome, Phase, RunState, Store, Summary, Which,
};
use std::io::Cursor;

/// A row of a source that does not number.
fn unnumbered(row: u32, text: &str, state: &str) -> Incoming {
    Incoming {
        row,
        report_symbol: None,
        paragraph: None,
        text: Some(text.to_owned()),
        recommending: states(&[state]),
        position: Some(Position {
            class: PositionClass::Supported,
            raw: "Accepted".to_owned(),
            source: Some("UPR Info".to_owned()),
            source_paragraph: None,
            date: None,
        }),
        ..incoming(row)
    }
}

fn numbered(number: &str, text: &str, makers: &[&str]) -> Incoming {
    Incoming {
        paragraph: Some(paragraph(number)),
        text: Some(text.to_owned()),
        recommending: states(makers),
        ..incoming(1)
    }
}

async fn there(store: &Store) -> Vec<Recommendation> {
    match store.review_record(code(REVIEW)).await {
        Ok(record) => record.recommendations.clone(),
        Err(Error::NotFound) => Vec::new(),
        Err(error) => panic!("{error}"),
    }
}

async fn state_of(database: &TestDatabase) -> String {
    let store = &database.store;
    let mut all = Vec::new();
    for review in store.reviews().await.unwrap().iter() {
        let record = store.review_record(review.code).await.unwrap();
        all.push(format!(
            "{:?} {:?}",
            (&record.review.session, &record.review.report_symbol),
            record
                .recommendations
                .iter()
                .map(|one| serde_json::to_string(one).unwrap())
                .collect::<Vec<_>>()
        ));
    }
    format!("{all:?} {:?}", {
        let mut counts = database.row_counts().await;
        counts.remove("event");
        counts
    })
}

fn with_rejected() -> ReadFile {
    let bytes = b"Review,Paragraph,Recommending States,Text,Position\n\
        SVN-3,120.1,Togo,Do it,Supported\n\
        SVN-3,120.2,Atlantis,Do that,Supported\n\
        SVN-3,120.3,Fiji,Do more,Perhaps\n";
    data::exchange::read_whole(bytes, None).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_staged_and_nothing_else_changes() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![incoming(1), incoming(2)])).await;
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        let changed = Incoming {
            summary: Some("Short".to_owned()),
            ..incoming(2)
        };
        let mut brought = file(vec![incoming(1), changed, incoming(3), incoming(3)]);
        brought.rejected.push(Rejected {
            row: 9,
            review: None,
            column: Some("Text".to_owned()),
            value: Some("x".to_owned()),
            reason: Message::new("for-the-test").with("value", "x"),
            cells: vec![("Text".to_owned(), "x".to_owned())],
        });
        brought.skipped = 2;
        let run = stage(store, brought).await;
        assert_eq!(run.state, RunState::Read);
        assert_eq!(run.format, Some(Format::OwnCsv));
        let summary = Summary {
            created: 1,
            updated: 1,
            unchanged: 1,
            uncertain: 0,
            joined: 1,
            rejected: 1,
            skipped: 2,
            merged: 0,
        };
        assert_eq!(run.summary, summary);
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);

        let rows = all_rows(store, run.id).await;
        let outcomes: Vec<_> = rows.iter().map(|row| row.outcome).collect();
        let expected = [
            Outcome::Unchanged,
            Outcome::Changed,
            Outcome::New,
            Outcome::Joined,
            Outcome::Rejected,
        ];
        assert_eq!(outcomes, expected);
        assert_eq!(rows[1].changes(), [Column::Summary]);
        let (was, will) = (rows[1].before.as_ref(), rows[1].after.as_ref());
        assert_eq!(was.unwrap().summary, None);
        assert_eq!(will.unwrap().summary.as_deref(), Some("Short"));
        assert_eq!((rows[2].before.as_ref(), &rows[2].joined), (None, &vec![4]));
        assert_eq!(rows[3].leader, Some(rows[2].place));
        let (reason, column, value) = rows[4].reason.clone().unwrap();
        assert_eq!(reason.values, [("value".into(), "x".to_owned())]);
        assert_eq!(
            (column.as_deref(), value.as_deref()),
            (Some("Text"), Some("x"))
        );
        let only = Which {
            outcome: Some(Outcome::Changed),
            offset: 0,
            limit: 10,
        };
        let changed = store.import_rows(run.id, only).await.unwrap();
        assert_eq!(changed, rows[1..2]);
        let count = store.import_row_count(run.id, Outcome::New).await.unwrap();
        assert_eq!(count, 1);
        assert_eq!(
            store.import_reviews(run.id).await.unwrap()[&code(REVIEW)],
            3
        );
        assert_eq!(store.import_runs(0, 9).await.unwrap()[0], run);

        let done = store.apply_import(&actor(), run.id).await.unwrap();
        assert_eq!((done.state, done.summary), (RunState::Applied, summary));
        assert_eq!(done.ended.unwrap().1, "tester");
        assert_eq!(there(store).await.len(), 3);
        // Once is enough.
        let again = store.apply_import(&actor(), run.id).await;
        assert_eq!(refusal(again), "import-run-applied");
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_meanwhile_is_shown_before_it_is_done() {
    on_each_database(async |database| {
        let store = &database.store;
        let run = stage(store, file(vec![incoming(1)])).await;
        let other = Incoming {
            text: Some("Something else".to_owned()),
            ..incoming(1)
        };
        import(store, file(vec![other])).await;
        let before = store.revision().await.unwrap();
        let refused = store.apply_import(&actor(), run.id).await;
        assert_eq!(refusal(refused), "import-plan-changed");
        assert_eq!(store.revision().await.unwrap(), before);
        let run = store.import_run(run.id).await.unwrap();
        assert_eq!((run.state, run.summary.updated), (RunState::Read, 1));
        let done = store.apply_import(&actor(), run.id).await.unwrap();
        assert_eq!(done.summary.updated, 1);
        assert_eq!(there(store).await[0].text, incoming(1).text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_mended() {
    on_each_database(async |database| {
        let store = &database.store;
        let run = stage(store, with_rejected()).await;
        assert_eq!((run.summary.created, run.summary.rejected), (1, 2));
        let rows = all_rows(store, run.id).await;
        let wrong = rows.iter().find(|row| row.row == 3).unwrap();
        let states = "Recommending States".to_owned();
        // Wrong again, for another reason, and then right.
        let mended = store
            .mend_import_row(
                &actor(),
                run.id,
                wrong.place,
                &[(states.clone(), String::new())],
            )
            .await
            .unwrap();
        assert_eq!(mended.outcome, Outcome::Rejected);
        assert_eq!(mended.reason.unwrap().0.key, "exchange-no-state");
        let mended = store
            .mend_import_row(
                &actor(),
                run.id,
                wrong.place,
                &[(states.clone(), "Austria".to_owned())],
            )
            .await
            .unwrap();
        assert_eq!(mended.outcome, Outcome::New);
        assert_eq!(
            mended.after.unwrap().recommending,
            crate::support::states(&["AUT"])
        );
        // A row that was taken is mended by the columns of our own table.
        let first = &rows[0];
        let text = ("text".to_owned(), "Do it better".to_owned());
        let mended = store
            .mend_import_row(&actor(), run.id, first.place, &[text])
            .await
            .unwrap();
        assert_eq!(mended.after.unwrap().text.as_deref(), Some("Do it better"));
        let unfit = ("recommending_states".to_owned(), "Atlantis".to_owned());
        let refused = store
            .mend_import_row(&actor(), run.id, first.place, &[unfit])
            .await;
        assert_eq!(refusal(refused), "exchange-unknown-state");
        let none = ("Nonsense".to_owned(), String::new());
        let refused = store
            .mend_import_row(&actor(), run.id, first.place, &[none])
            .await;
        assert_eq!(refusal(refused), "import-no-such-column");
        let nobody = store.mend_import_row(&actor(), run.id, 99, &[]).await;
        assert!(matches!(nobody, Err(Error::NotFound)));

        let run = store.import_run(run.id).await.unwrap();
        assert_eq!((run.summary.created, run.summary.rejected), (2, 1));
        store.apply_import(&actor(), run.id).await.unwrap();
        let texts: Vec<_> = there(store)
            .await
            .into_iter()
            .map(|one| one.text.unwrap())
            .collect();
        assert_eq!(texts, ["Do it better", "Do that"]);
        let late = store.mend_import_row(&actor(), run.id, 1, &[]).await;
        assert_eq!(refusal(late), "import-run-applied");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_without_numbers_are_one_recommendation() {
    on_each_database(async |database| {
        let store = &database.store;
        let told = vec![
            unnumbered(2, "Abolish the death penalty (Togo)", "TGO"),
            unnumbered(3, "abolish the  Death Penalty", "FJI"),
            unnumbered(4, "Build more schools", "TGO"),
        ];
        let run = import(store, file(told.clone())).await;
        assert_eq!((run.summary.created, run.summary.joined), (2, 1));
        let found = there(store).await;
        assert!(found.iter().all(|one| !one.paragraph.is_number()));
        let name = found[0].paragraph.clone();
        assert!(
            name.as_str().starts_with("abolish-the-death-penalty-"),
            "{name}"
        );
        assert_eq!(found[0].recommending, states(&["TGO", "FJI"]));
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        let again = import(store, file(told.clone())).await;
        assert_eq!((again.summary.unchanged, again.summary.joined), (2, 1));
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);

        // The report brings the number; what was known stays, and so does its history.
        let report = vec![
            numbered("120.1", "Abolish the death penalty", &["TGO", "FJI", "NOR"]),
            numbered("120.2", "Plant trees", &["TGO"]),
        ];
        let run = stage(store, file(report.clone())).await;
        let rows = all_rows(store, run.id).await;
        assert_eq!(
            (rows[0].outcome, rows[0].score),
            (Outcome::Changed, Some(1.0))
        );
        assert_eq!(
            rows[0].changes(),
            [Column::Paragraph, Column::Text, Column::RecommendingStates]
        );
        store.apply_import(&actor(), run.id).await.unwrap();
        let found = there(store).await;
        let numbers: Vec<_> = found.iter().map(|one| one.paragraph.as_str()).collect();
        assert_eq!(numbers[..2], ["120.1", "120.2"]);
        assert_eq!(numbers.len(), 3);
        assert_eq!(found[0].positions.len(), 1);
        let history = store.history_of(REVIEW, "120.1").await.unwrap();
        let kinds: Vec<_> = history.iter().filter_map(|event| event.kind).collect();
        assert_eq!(
            kinds,
            [
                EventKind::RecommendationChanged,
                EventKind::RecommendationAdded
            ]
        );
        let now = store.paragraph_now(code(REVIEW), &name).await.unwrap();
        assert_eq!(now, Some(paragraph("120.1")));
        // Both files once more.
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(import(store, file(told)).await.summary.unchanged, 2);
        assert_eq!(import(store, file(report)).await.summary.unchanged, 2);
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_decides_what_is_uncertain() {
    on_each_database(async |database| {
        let store = &database.store;
        import(
            store,
            file(vec![
                numbered("120.1", "Ratify the ICCPR at an early stage", &["JPN"]),
                numbered("120.2", "Plant many trees", &["JPN"]),
            ]),
        )
        .await;
        let told = file(vec![unnumbered(
            2,
            "Ratify the CPED at an early stage",
            "JPN",
        )]);
        let run = stage(store, told.clone()).await;
        assert_eq!(run.summary.uncertain, 1);
        let row = &all_rows(store, run.id).await[0];
        assert_eq!(row.candidates[0].paragraph, paragraph("120.1"));
        assert!((Candidate::PERHAPS..1.0).contains(&row.candidates[0].score));
        // Undecided, it is left out.
        let before = there(store).await;
        store.apply_import(&actor(), run.id).await.unwrap();
        assert_eq!(there(store).await, before);

        // The same: States and claims are added, the report's words stay; and it is not asked again.
        let run = stage(store, told.clone()).await;
        let decided = store
            .decide_import_row(
                &actor(),
                run.id,
                1,
                Some(Decision::Same(paragraph("120.1"))),
            )
            .await
            .unwrap();
        assert_eq!(decided.outcome, Outcome::Changed);
        assert_eq!(decided.changes(), [Column::Position]);
        store.apply_import(&actor(), run.id).await.unwrap();
        assert_eq!(there(store).await.len(), 2);
        let again = stage(store, told.clone()).await;
        assert_eq!((again.summary.unchanged, again.summary.uncertain), (1, 0));
        store.undo_import(&actor(), run.id).await.unwrap();
        assert_eq!(there(store).await, before);

        // Another one; and that is not asked again either.
        let run = stage(store, told.clone()).await;
        assert_eq!(run.summary.uncertain, 1);
        let decided = store
            .decide_import_row(&actor(), run.id, 1, Some(Decision::New))
            .await
            .unwrap();
        assert_eq!(decided.outcome, Outcome::New);
        let taken_back = store.decide_import_row(&actor(), run.id, 1, None).await;
        assert_eq!(taken_back.unwrap().outcome, Outcome::Uncertain);
        store
            .decide_import_row(&actor(), run.id, 1, Some(Decision::New))
            .await
            .unwrap();
        store.apply_import(&actor(), run.id).await.unwrap();
        assert_eq!(there(store).await.len(), 3);
        assert_eq!(stage(store, told).await.summary.unchanged, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_decides_which_name_gets_a_number() {
    on_each_database(async |database| {
        let store = &database.store;
        let told = unnumbered(2, "Ratify the CPED at an early stage", "JPN");
        import(store, file(vec![told])).await;
        let name = there(store).await[0].paragraph.clone();
        let report = file(vec![numbered(
            "120.1",
            "Ratify the ICCPR at an early stage",
            &["JPN"],
        )]);
        for decision in [Decision::New, Decision::Same(name.clone())] {
            let run = stage(store, report.clone()).await;
            assert_eq!(run.summary.uncertain, 1);
            let row = &all_rows(store, run.id).await[0];
            assert_eq!(row.candidates[0].paragraph, name);
            store
                .decide_import_row(&actor(), run.id, 1, Some(decision.clone()))
                .await
                .unwrap();
            store.apply_import(&actor(), run.id).await.unwrap();
            let names: Vec<Paragraph> = there(store)
                .await
                .into_iter()
                .map(|one| one.paragraph)
                .collect();
            match decision {
                Decision::New => assert_eq!(names, [paragraph("120.1"), name.clone()]),
                _ => assert_eq!(names, [paragraph("120.1")]),
            }
            store.undo_import(&actor(), run.id).await.unwrap();
            assert_eq!(there(store).await.len(), 1);
        }
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_demands_are_one_paragraph() {
    on_each_database(async |database| {
        let store = &database.store;
        let rows = || {
            file(vec![
                unnumbered(2, "Sign the Protocol on torture", "TGO"),
                unnumbered(3, "Ratify the Protocol on torture without delay", "FJI"),
            ])
        };
        let report = || {
            let text = "Sign the Protocol on torture (Togo); Ratify the Protocol on torture without \
                        delay (Fiji)";
            file(vec![numbered("120.7", text, &["TGO", "FJI"])])
        };
        assert_eq!(import(store, rows()).await.summary.created, 2);
        let run = import(store, report()).await;
        assert_eq!(run.summary.updated, 1);
        let found = there(store).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].paragraph, paragraph("120.7"));
        assert_eq!(import(store, rows()).await.summary.unchanged, 1);
        store.undo_import(&actor(), run.id).await.unwrap();
        assert_eq!(there(store).await.len(), 2);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_round_keeps_its_paragraphs() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![unnumbered(2, "Plant many trees", "JPN")])).await;
        store
            .open_round(&actor(), code(REVIEW), &new_round(ROUND))
            .await
            .unwrap();
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let report = file(vec![numbered("120.1", "Plant many trees", &["JPN", "NOR"])]);
        import(store, report.clone()).await;
        let found = there(store).await;
        assert_eq!(found.len(), 1);
        assert!(!found[0].paragraph.is_number());
        assert_eq!(found[0].recommending, states(&["JPN", "NOR"]));
        assert_eq!(store.check().await.unwrap(), []);
        assert_eq!(import(store, report).await.summary.unchanged, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_undone() {
    on_each_database(async |database| {
        let store = &database.store;
        let empty = state_of(&database).await;
        let first = import(store, file(vec![incoming(1), incoming(2)])).await;
        let before = state_of(&database).await;
        let changed = Incoming {
            summary: Some("Short".to_owned()),
            recommending: states(&["FJI"]),
            ..incoming(2)
        };
        let second = import(store, file(vec![changed, incoming(3)])).await;
        // The first run's second recommendation was changed since.
        let refused = store.undo_import(&actor(), first.id).await;
        assert_eq!(refusal(refused), "import-undo-touched");
        let undone = store.undo_import(&actor(), second.id).await.unwrap();
        assert_eq!(undone.state, RunState::Undone);
        assert_eq!(state_of(&database).await, before);
        let again = store.undo_import(&actor(), second.id).await;
        assert_eq!(refusal(again), "import-run-undone");
        store.undo_import(&actor(), first.id).await.unwrap();
        assert_eq!(state_of(&database).await, empty);
        assert_eq!(store.check().await.unwrap(), []);
        assert!(store.verify_history().await.unwrap().is_ok());
        // And once more, as if nothing had been.
        assert_eq!(
            import(store, file(vec![incoming(1)])).await.summary.created,
            1
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_assessed_or_published_since_is_not_undone() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![incoming(1), incoming(2)])).await;
        store
            .open_round(&actor(), code(REVIEW), &new_round(ROUND))
            .await
            .unwrap();
        let run = import(store, file(vec![incoming(3), incoming(4)])).await;
        store
            .save_assessment(&actor(), None, &save(3, 0, "implemented", "Done"))
            .await
            .unwrap();
        let before = state_of(&database).await;
        let refused = store.undo_import(&actor(), run.id).await.unwrap_err();
        let message = refused.message().unwrap();
        assert_eq!(message.key, "import-undo-touched");
        assert_eq!(message.values[0].1, "SVN-3 120.3");
        assert_eq!(state_of(&database).await, before);

        let run = import(
            store,
            file(vec![Incoming {
                summary: Some("Short".to_owned()),
                ..incoming(1)
            }]),
        )
        .await;
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let refused = store.undo_import(&actor(), run.id).await;
        assert_eq!(refusal(refused), "import-undo-touched");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_import_leaves_nothing() {
    on_each_database(async |database| {
        let store = &database.store;
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        // While it is read.
        let id = store.begin_import(&actor(), &new_run()).await.unwrap();
        let (told, heard) = std::sync::mpsc::channel();
        let (go_on, wait) = std::sync::mpsc::channel();
        let source = move |sink: &mut dyn Sink| {
            for number in 1..=3_000 {
                sink.recommendation(incoming(number))?;
            }
            sink.progress(1, 2)?;
            told.send(()).unwrap();
            wait.recv().unwrap();
            sink.recommendation(incoming(3_001))?;
            Ok(Format::OwnCsv)
        };
        let other = std::sync::Arc::clone(store);
        let reading = tokio::spawn(async move { other.read_import(&actor(), id, source).await });
        tokio::task::spawn_blocking(move || heard.recv().unwrap())
            .await
            .unwrap();
        let progress = store.import_progress(id).unwrap();
        assert_eq!(
            (progress.phase, progress.done, progress.of),
            (Phase::Reading, 1, 2)
        );
        store.cancel_import(&actor(), id).await.unwrap();
        go_on.send(()).unwrap();
        assert_eq!(refusal(reading.await.unwrap()), "import-stopped");
        let run = store.import_run(id).await.unwrap();
        assert_eq!(run.state, RunState::Cancelled);
        assert_eq!(all_rows(store, id).await, []);
        assert_eq!(store.import_progress(id), None);

        // When it waits.
        let run = stage(store, file(vec![incoming(1)])).await;
        store.cancel_import(&actor(), run.id).await.unwrap();
        let refused = store.apply_import(&actor(), run.id).await;
        assert_eq!(refusal(refused), "import-run-cancelled");
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_cancelled_while_it_is_applied() {
    on_each_database(async |database| {
        let store = &database.store;
        let many = ["SVN-1", "SVN-2", "SVN-3", "SVN-4"]
            .into_iter()
            .flat_map(|review| {
                (1..=1_500).map(move |number| Incoming {
                    review: code(review),
                    session: None,
                    report_symbol: None,
                    ..incoming(number)
                })
            });
        let run = stage(store, file(many.collect())).await;
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        let other = std::sync::Arc::clone(store);
        let applying = tokio::spawn(async move { other.apply_import(&actor(), run.id).await });
        while store
            .import_progress(run.id)
            .is_none_or(|progress| progress.done == 0)
        {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        store.cancel_import(&actor(), run.id).await.unwrap();
        assert_eq!(refusal(applying.await.unwrap()), "import-stopped");
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);
        // And it is over, as whoever stopped it was told.
        let over = store.import_run(run.id).await.unwrap();
        assert_eq!(over.state, RunState::Cancelled);
        assert_eq!(over.ended.unwrap().1, "tester");
        assert_eq!(all_rows(store, run.id).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_read_is_written_down() {
    on_each_database(async |database| {
        let store = &database.store;
        let source = |sink: &mut dyn Sink| {
            sink.recommendation(incoming(1))?;
            Err(Message::new("exchange-archive-damaged").into())
        };
        let refused = store.stage_import(&actor(), &new_run(), source).await;
        assert_eq!(refusal(refused), "exchange-archive-damaged");
        let run = &store.import_runs(0, 1).await.unwrap()[0];
        assert_eq!(run.state, RunState::Failed);
        assert_eq!(
            run.failure.as_ref().unwrap().key,
            "exchange-archive-damaged"
        );
        assert_eq!(all_rows(store, run.id).await, []);

        // Nobody comes back to a preview for more than a day.
        let run = stage(store, file(vec![incoming(1)])).await;
        database.tamper("UPDATE import_run SET at = 0").await;
        stage(store, file(vec![incoming(2)])).await;
        let old = store.import_run(run.id).await.unwrap();
        assert_eq!(old.state, RunState::Cancelled);
        assert_eq!(all_rows(store, run.id).await, []);
    })
    .await;
}

fn assessment(number: u32, status: &str, rationale: Option<&str>) -> IncomingAssessment {
    IncomingAssessment {
        row: number + 1,
        review: None,
        paragraph: paragraph(&format!("120.{number}")),
        status: status.to_owned(),
        rationale: rationale.map(str::to_owned),
        evidence: vec![evidence("A law")],
        confidence: None,
        text: None,
        recommending: Vec::new(),
    }
}

async fn stage_assessments(store: &Store, all: Vec<IncomingAssessment>) -> data::store::Run {
    let brought = ReadFile {
        assessments: all,
        ..file(Vec::new())
    };
    let new = NewRun {
        review: Some(code(REVIEW)),
        round: Some(ROUND.to_owned()),
        ..new_run()
    };
    let source = move |sink: &mut dyn Sink| brought.replay(sink);
    store.stage_import(&actor(), &new, source).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_without_a_status_says_so_with_its_words() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 4).await;
        let told = vec![
            assessment(1, "", Some("In progress – a bill is drafted")),
            assessment(2, " ", None),
        ];
        let run = stage_assessments(store, told).await;
        let rows = all_rows(store, run.id).await;
        let reasons: Vec<_> = rows
            .iter()
            .map(|row| &row.reason.as_ref().unwrap().0)
            .collect();
        assert_eq!(reasons[0].key, "import-status-not-in-words");
        assert_eq!(reasons[0].values[0].1, "In progress – a bill is drafted");
        assert_eq!(reasons[1].key, "import-status-missing");
        assert!(reasons.iter().all(|reason| {
            reason
                .values
                .iter()
                .any(|(key, value)| *key == "known" && value.contains("Implemented"))
        }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn assessments_are_imported_into_a_round() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 4).await;
        store
            .save_assessment(&actor(), None, &save(2, 0, "not_implemented", "Nothing"))
            .await
            .unwrap();
        let before = state_of(&database).await;
        let told = vec![
            assessment(1, "Implemented", Some("Done")),
            assessment(2, "PARTIALLY IMPLEMENTED", None),
            assessment(3, "nearly done", None),
            assessment(9, "implemented", None),
            assessment(1, "not_implemented", None),
            assessment(1, "Implemented", Some("Done")),
        ];
        let run = stage_assessments(store, told.clone()).await;
        let rows = all_rows(store, run.id).await;
        let outcomes: Vec<_> = rows.iter().map(|row| row.outcome).collect();
        let expected = [
            Outcome::New,
            Outcome::Changed,
            Outcome::Rejected,
            Outcome::Rejected,
            Outcome::Rejected,
            Outcome::Joined,
        ];
        assert_eq!(outcomes, expected);
        let keys: Vec<_> = rows[2..5]
            .iter()
            .map(|row| &*row.reason.as_ref().unwrap().0.key)
            .collect();
        assert_eq!(
            keys,
            [
                "import-status-unknown",
                "import-assessment-of-nothing",
                "import-assessment-repeated"
            ]
        );
        assert_eq!(rows[1].changes(), [Column::Status, Column::Evidence]);
        // The status is mended in the preview.
        let status = ("status".to_owned(), "implemented".to_owned());
        let mended = store
            .mend_import_row(&actor(), run.id, rows[2].place, &[status])
            .await
            .unwrap();
        assert_eq!(mended.outcome, Outcome::New);
        let run = store.apply_import(&actor(), run.id).await.unwrap();
        assert_eq!((run.summary.created, run.summary.updated), (2, 1));
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        let of = |number: usize| &round.assessments[&record.recommendations[number - 1].id];
        assert_eq!(
            (of(1).status.as_str(), of(1).rationale.as_str()),
            ("implemented", "Done")
        );
        assert_eq!(of(2).status, "partially_implemented");
        assert_eq!((of(2).rationale.as_str(), of(2).version), ("Nothing", 2));
        assert_eq!(of(2).evidence, [evidence("A law")]);
        let history = store.history_of(REVIEW, "120.2").await.unwrap();
        assert_eq!(history[0].kind, Some(EventKind::AssessmentSaved));
        let again = stage_assessments(store, told[..2].to_vec()).await;
        assert_eq!(again.summary.unchanged, 2);

        // Undone, all is as before; after somebody has gone on, it is not undone.
        store.undo_import(&actor(), run.id).await.unwrap();
        let after = state_of(&database).await;
        assert_eq!(after.replace("\"evidence\": 1", "\"evidence\": 0"), before);
        let run = stage_assessments(store, told[..1].to_vec()).await;
        store.apply_import(&actor(), run.id).await.unwrap();
        store
            .save_assessment(&actor(), None, &save(1, 1, "not_implemented", "No"))
            .await
            .unwrap();
        let refused = store.undo_import(&actor(), run.id).await;
        assert_eq!(refusal(refused), "import-undo-touched");
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn assessments_go_into_open_rounds_only() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let keys = async |run: i64| -> Vec<String> {
            let rows = all_rows(store, run).await;
            rows.iter()
                .map(|row| row.reason.as_ref().unwrap().0.key.to_string())
                .collect()
        };
        let brought = ReadFile {
            assessments: vec![assessment(1, "implemented", None)],
            ..file(Vec::new())
        };
        let run = stage(store, brought).await;
        assert_eq!(keys(run.id).await, ["import-assessment-without-round"]);
        let without_review = NewRun {
            round: Some(ROUND.to_owned()),
            ..new_run()
        };
        let refused = store.begin_import(&actor(), &without_review).await;
        assert_eq!(refusal(refused), "import-round-without-review");
        let misspelt = NewRun {
            review: Some(code(REVIEW)),
            round: Some("nosuch".to_owned()),
            ..new_run()
        };
        let refused = store.begin_import(&actor(), &misspelt).await;
        assert_eq!(refusal(refused), "import-round-unknown");
        let elsewhere = NewRun {
            review: Some(code("NOR-1")),
            ..misspelt
        };
        let refused = store.begin_import(&actor(), &elsewhere).await;
        assert_eq!(refusal(refused), "import-review-not-here");
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let run = stage_assessments(store, vec![assessment(1, "implemented", None)]).await;
        assert_eq!(keys(run.id).await, ["round-is-published"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_table_is_read_into_a_run() {
    on_each_database(async |database| {
        let store = &database.store;
        let bytes = b"Review,Paragraph,Recommending States,Text\nSVN-3,1.1,Togo,Do it\n";
        let source =
            move |sink: &mut dyn Sink| read(Cursor::new(bytes), &ReadOptions::default(), sink);
        let run = store
            .stage_import(&actor(), &new_run(), source)
            .await
            .unwrap();
        assert_eq!((run.summary.created, run.format), (1, Some(Format::OwnCsv)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_whose_row_tells_of_another_recommendation_is_rejected() {
    on_each_database(async |database| {
        let store = &database.store;
        let texts = [
            "Ratify the treaty on persons at sea",
            "Adopt a law against violence at home",
        ];
        let rows = (1..).zip(texts);
        let rows = rows.map(|(number, text)| Incoming {
            text: Some(text.to_owned()),
            recommending: states(&["NOR"]),
            ..incoming(number)
        });
        import(store, file(rows.collect())).await;
        store
            .open_round(&actor(), code(REVIEW), &new_round(ROUND))
            .await
            .unwrap();
        let told = |number, text: Option<&str>, makers: &[&str]| IncomingAssessment {
            text: text.map(str::to_owned),
            recommending: states(makers),
            ..assessment(number, "implemented", None)
        };
        let of = async |one: IncomingAssessment| {
            let run = stage_assessments(store, vec![one]).await;
            let row = all_rows(store, run.id).await.remove(0);
            (row.outcome, row.reason.map(|(reason, ..)| reason))
        };
        let (outcome, reason) = of(told(1, Some(texts[1]), &[])).await;
        assert_eq!(outcome, Outcome::Rejected);
        let reason = reason.unwrap();
        assert_eq!(reason.key, "import-assessment-other-text");
        assert!(
            reason
                .values
                .contains(&("other".into(), "120.2".to_owned()))
        );
        let (_, reason) = of(told(1, Some("Open the ports to all ships"), &[])).await;
        assert_eq!(reason.unwrap().key, "import-assessment-other-text");
        let (_, reason) = of(told(1, None, &["TGO"])).await;
        assert_eq!(reason.unwrap().key, "import-assessment-other-states");
        for fits in [
            told(1, Some(texts[0]), &["NOR"]),
            told(1, Some("Ratify the treaty"), &["TGO", "NOR"]),
            told(1, Some("Ratify a treaty on persons at sea"), &[]),
            told(1, None, &[]),
        ] {
            assert_eq!(of(fits.clone()).await, (Outcome::New, None), "{fits:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_another_review_is_refused() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![incoming(1)])).await;
        let other = Incoming {
            review: code("NPL-4"),
            session: None,
            ..incoming(2)
        };
        // A position's source names a document as well.
        let by_source = |source: &str| Incoming {
            review: code("NPL-4"),
            session: None,
            report_symbol: None,
            position: Some(Position {
                class: PositionClass::Noted,
                raw: "Noted".to_owned(),
                source: Some(source.to_owned()),
                source_paragraph: None,
                date: None,
            }),
            ..incoming(3)
        };
        for row in [
            other,
            by_source("A/HRC/43/15"),
            by_source("A/HRC/43/15/Add.1"),
        ] {
            let run = stage(store, file(vec![row])).await;
            let rows = all_rows(store, run.id).await;
            let (reason, ..) = rows[0].reason.clone().unwrap();
            assert_eq!(reason.key, "import-report-of-other-review");
        }
        for source in ["A/HRC/77/5", "National report"] {
            let run = stage(store, file(vec![by_source(source)])).await;
            assert_eq!(run.summary.rejected, 0, "{source}");
        }
    })
    .await;
}
