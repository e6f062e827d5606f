//! Files through the whole way: read, looked at, given back, mended, read again.

use crate::support::{
    REVIEW, ROUND, actor, all_rows, code, file, import, incoming, new_round, new_run,
    on_each_database, paragraph, refusal, save, stage, states, with_round,
};
use data::domain::{Message, Position, PositionClass, Recommendation};
use data::exchange::{
    Incoming, IncomingAssessment, ReadOptions, Rejected, Sink, read, survey, write_rejected,
};
use data::store::{
    Content, Decision, NewRun, Outcome, Removal, Run, RunState, StagedRow, Store, Which,
};
use std::io::Cursor;

async fn bring(store: &Store, bytes: &[u8], new: NewRun) -> Run {
    let (bytes, options) = (
        bytes.to_vec(),
        ReadOptions {
            review: new.review,
            ..ReadOptions::default()
        },
    );
    let source = move |sink: &mut dyn Sink| read(Cursor::new(bytes), &options, sink);
    store.stage_import(&actor(), &new, source).await.unwrap()
}

#[tokio::test]
async fn what_a_reader_warns_of_stays_with_the_run() {
    on_each_database(async |database| {
        let store = &database.store;
        let bytes = b"Paragraph,Text,Recommending States\n104.1,Do it,Togo\n".to_vec();
        let options = ReadOptions::of_review(Some(code(REVIEW)));
        let source = move |sink: &mut dyn Sink| {
            sink.warning(Message::new("exchange-zeros-lost").with("rows", "2, 4"));
            read(Cursor::new(bytes), &options, sink)
        };
        let run = store
            .stage_import(&actor(), &new_run(), source)
            .await
            .unwrap();
        let run = store.import_run(run.id).await.unwrap();
        let [warning] = &run.warnings[..] else {
            panic!()
        };
        assert_eq!(warning.key, "exchange-zeros-lost");
    })
    .await;
}

/// The rejected rows as the file that a person gets.
async fn given_back(store: &Store, run: &Run) -> Vec<u8> {
    let which = Which {
        outcome: Some(Outcome::Rejected),
        offset: 0,
        limit: 500,
    };
    let rows = store.import_rows(run.id, which).await.unwrap();
    let as_rejected = |row: StagedRow| match row.content {
        Content::Rejected(one) => *one,
        _ => Rejected {
            row: row.row,
            review: row.review(),
            column: None,
            value: None,
            cells: row.cells(),
            reason: row.reason.unwrap().0,
        },
    };
    let rows: Vec<Rejected> = rows.into_iter().map(as_rejected).collect();
    let mut out = Vec::new();
    let words = |reason: &Message| reason.key.to_string();
    write_rejected(
        run.format.unwrap(),
        &rows,
        "what is wrong",
        &words,
        &mut out,
    )
    .unwrap();
    out
}

fn of_round() -> NewRun {
    NewRun {
        review: Some(code(REVIEW)),
        round: Some(ROUND.to_owned()),
        ..new_run()
    }
}

async fn there(store: &Store) -> Vec<Recommendation> {
    let record = store.review_record(code(REVIEW)).await.unwrap();
    record.recommendations.clone()
}

fn told(row: u32, text: &str, state: &str, class: PositionClass) -> Incoming {
    Incoming {
        row,
        report_symbol: None,
        paragraph: None,
        text: Some(text.to_owned()),
        recommending: states(&[state]),
        position: Some(Position {
            class,
            raw: format!("{class:?}"),
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

#[tokio::test(flavor = "multi_thread")]
async fn every_row_counts_once_and_the_account_stays_with_the_run() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        let table = "Lakes of Zoya,,,,\n\
            No,Recommendation,Recommending State,Status,Room\n\
            61.1,Count the lakes of the country,Togo,Implemented,7\n\
            61.2,Open a museum of everything,Chad,Splendid,\n\
            61.3,Sign it,Atlantis,Implemented,\n";
        let mut new = of_round();
        new.mapping = Some(survey(Cursor::new(table)).unwrap().guess);
        let options = store.read_options(&new).await.unwrap();
        assert!(
            options
                .statuses
                .iter()
                .any(|status| status == "implemented")
        );
        let bytes = table.as_bytes().to_vec();
        let source = move |sink: &mut dyn Sink| read(Cursor::new(bytes), &options, sink);
        let run = store.stage_import(&actor(), &new, source).await.unwrap();
        // Two things are in each of two rows; one of them cannot be taken.
        let summary = run.summary;
        assert_eq!((summary.created, summary.rejected), (3, 2));
        let account = run.account.clone().unwrap();
        assert_eq!((account.rows["new"], account.rows["rejected"]), (1, 2));
        assert_eq!(account.rows_in_all(), 3);
        assert_eq!(account.columns_unread, ["Room"]);
        assert_eq!(
            (account.heading_row, account.rows_unread.len()),
            (Some(2), 1)
        );
        // Counted anew with each row that is mended.
        let rows = all_rows(store, run.id).await;
        let wrong = rows.iter().find(|row| row.row == 5).unwrap();
        let cell = [("Recommending State".to_owned(), "Fiji".to_owned())];
        store
            .mend_import_row(&actor(), run.id, wrong.place, &cell)
            .await
            .unwrap();
        let run = store.apply_import(&actor(), run.id).await.unwrap();
        let account = run.account.unwrap();
        assert_eq!((account.rows["new"], account.rows["rejected"]), (2, 1));
        // A text is removed from it as from everything.
        let removal = Removal {
            text: "Lakes of Zoya".to_owned(),
            whole: false,
            reason: "A witness asked for it.".to_owned(),
        };
        store.redact(&actor(), &removal).await.unwrap();
        let account = store.import_run(run.id).await.unwrap().account.unwrap();
        assert!(!account.rows_unread[0].text.contains("Zoya"), "{account:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_that_is_given_back_keeps_its_evidence() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let table = "Paragraph,Status,Rationale,Evidence\n\
            120.1,Implemented,Done,\n\
            120.2,Fully done,A law,Law no 7 https://example.org/law\n";
        let run = bring(store, table.as_bytes(), of_round()).await;
        assert_eq!((run.summary.created, run.summary.rejected), (1, 1));
        // As a file.
        let back = String::from_utf8(given_back(store, &run).await).unwrap();
        assert!(back.contains("Law no 7 https://example.org/law"), "{back}");
        let mended = back.replace("Fully done", "Implemented");
        let again = bring(store, mended.as_bytes(), of_round()).await;
        assert_eq!((again.summary.created, again.summary.rejected), (1, 0));
        store.cancel_import(&actor(), again.id).await.unwrap();
        // And in the preview, where the evidence can be mended as well.
        let wrong = &all_rows(store, run.id).await[1];
        let values = [
            ("Status".to_owned(), "Implemented".to_owned()),
            (
                "Evidence".to_owned(),
                "Law no 8 https://example.org/law".to_owned(),
            ),
        ];
        let mended = store
            .mend_import_row(&actor(), run.id, wrong.place, &values)
            .await
            .unwrap();
        assert_eq!(mended.outcome, Outcome::New);
        store.apply_import(&actor(), run.id).await.unwrap();
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        let second = &round.assessments[&record.recommendations[1].id];
        assert_eq!(second.evidence.len(), 1);
        assert!(second.evidence[0].title.contains("Law no 8"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_only_the_plan_rejects_come_back_as_they_stood() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![incoming(1)])).await;
        let items = |state: &str, symbol: &str| {
            format!(
                r#"[{{"Text":"120.2 Do that (Togo)","Countries":["{state}"],"Symbol":"A/HRC/43/15",
                "UprSession":["34"],"UprPositions":["Supported"],"UprRecommendingCountry":["Togo"],
                "Body":"Universal Periodic Review","Themes":["A","B"],"AnnotationId":"a"}},
                {{"Text":"120.3 Do more (Fiji)","Countries":["Slovenia"],"Symbol":"{symbol}",
                "UprSession":["34"],"UprPositions":["Noted"],"UprRecommendingCountry":["Fiji"],
                "Body":"Universal Periodic Review","Themes":["C"],"AnnotationId":"b"}}]"#
            )
        };
        // One row is rejected by the reader, the other by the plan.
        let run = bring(
            store,
            items("Sloveria X", "A/HRC/1/1").as_bytes(),
            new_run(),
        )
        .await;
        let rows = all_rows(store, run.id).await;
        let keys: Vec<_> = rows
            .iter()
            .map(|row| &*row.reason.as_ref().unwrap().0.key)
            .collect();
        assert_eq!(
            keys,
            ["exchange-unknown-state-nearest", "import-other-report"]
        );
        assert_eq!(rows[0].cells().len(), rows[1].cells().len());
        assert!(
            rows[1]
                .cells()
                .contains(&("Symbol".to_owned(), "A/HRC/1/1".to_owned()))
        );
        // The file has one set of headings, and is read again: the same two are wrong.
        let again = bring(store, &given_back(store, &run).await, new_run()).await;
        assert_eq!(again.summary.rejected, 2);
        let again = all_rows(store, again.id).await;
        assert_eq!(
            &*again[1].reason.as_ref().unwrap().0.key,
            "import-other-report"
        );
        // The report's symbol can be mended in the preview.
        let symbol = ("Symbol".to_owned(), "A/HRC/43/15".to_owned());
        let mended = store
            .mend_import_row(&actor(), run.id, rows[1].place, &[symbol])
            .await
            .unwrap();
        assert_eq!(mended.outcome, Outcome::New);
        assert_eq!(mended.after.unwrap().source_id.as_deref(), Some("b"));
        let state = ("Countries".to_owned(), "Slovenia".to_owned());
        let mended = store
            .mend_import_row(&actor(), run.id, rows[0].place, &[state])
            .await
            .unwrap();
        assert_eq!(mended.outcome, Outcome::New);
        // Mended, it is still kept as a row of its table.
        assert!(
            mended
                .cells()
                .contains(&("Symbol".to_owned(), "A/HRC/43/15".to_owned()))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mending_cuts_nothing() {
    on_each_database(async |database| {
        let store = &database.store;
        let long = format!("Do {}", "it ".repeat(8_400).trim());
        assert!(long.chars().count() > 25_000);
        let empty = ",".repeat(100);
        let table = format!(
            "Review,Paragraph,Recommending States,Text{empty},Note\n\
             SVN-3,120.1,Togo,{long}{empty},kept\nSVN-3,120.2,Atlantis,{long}{empty},kept\n"
        );
        let run = bring(store, table.as_bytes(), new_run()).await;
        for (row, makers) in [(1, "Fiji"), (2, "Norway")] {
            let value = ("Recommending States".to_owned(), makers.to_owned());
            let mended = store.mend_import_row(&actor(), run.id, row, &[value]).await;
            let mended = mended.unwrap();
            assert!(
                mended
                    .cells()
                    .contains(&("Note".to_owned(), "kept".to_owned()))
            );
        }
        store.apply_import(&actor(), run.id).await.unwrap();
        for one in there(store).await {
            assert_eq!(one.text.as_deref(), Some(&*long));
            assert_eq!(one.recommending.len(), 1);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_taken_is_named_for_good() {
    on_each_database(async |database| {
        let store = &database.store;
        let table = b"Review,Paragraph,Recommending States,Text\n\
            SVN-3,120.1,Togo,Do it\nSVN-3,120.2,Atlantis,Do that\n";
        let run = bring(store, table, new_run()).await;
        store.apply_import(&actor(), run.id).await.unwrap();
        let run = store.import_run(run.id).await.unwrap();
        let [problem] = &run.problems[..] else {
            panic!("{:?}", run.problems);
        };
        assert_eq!(
            (problem.row, problem.value.as_deref()),
            (3, Some("Atlantis"))
        );
        assert_eq!(problem.column.as_deref(), Some("Recommending States"));
        assert_eq!(&*problem.reason.key, "exchange-unknown-state");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_one_table_that_contradict_each_other_are_rejected() {
    on_each_database(async |database| {
        let store = &database.store;
        let table = b"Review,Paragraph,Recommending States,Text,Position\n\
            SVN-3,120.1,Togo,Do it,noted\nSVN-3,120.1,Togo,Do it,supported\n";
        let run = bring(store, table, new_run()).await;
        assert_eq!((run.summary.created, run.summary.rejected), (1, 1));
        assert_eq!(&*run.problems[0].reason.key, "exchange-repeated-position");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_part_of_another_is_shown() {
    on_each_database(async |database| {
        let store = &database.store;
        let rows = vec![
            told(
                2,
                "Sign the Protocol on torture",
                "TGO",
                PositionClass::Noted,
            ),
            told(
                3,
                "Ratify the Protocol on torture without delay",
                "FJI",
                PositionClass::Noted,
            ),
        ];
        import(store, file(rows)).await;
        let text = "Sign the Protocol on torture (Togo); Ratify the Protocol on torture without \
                    delay (Fiji)";
        let report = file(vec![numbered("120.7", text, &["TGO", "FJI"])]);
        let run = stage(store, report).await;
        assert_eq!((run.summary.updated, run.summary.merged), (1, 1));
        let row = &all_rows(store, run.id).await[0];
        let [merged] = &row.absorbed[..] else {
            panic!("{row:?}");
        };
        assert_eq!(
            merged.recommendation.text.as_deref(),
            Some("Ratify the Protocol on torture without delay")
        );
        assert!(merged.score.unwrap() > 0.9);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn states_that_a_text_brought_together_are_parted_by_the_report() {
    on_each_database(async |database| {
        let store = &database.store;
        let collection = || {
            let said = PositionClass::Supported;
            file(vec![
                told(2, "Abolish the death penalty", "PRY", said),
                told(3, "Abolish the death penalty", "TGO", said),
            ])
        };
        let report = || {
            file(vec![
                numbered("137.10", "Abolish the death penalty", &["TGO"]),
                numbered("137.11", "Abolish the death penalty", &["PRY"]),
            ])
        };
        let mut results = Vec::new();
        for order in [[collection(), report()], [report(), collection()]] {
            let mut runs = Vec::new();
            for one in order {
                let run = import(store, one).await;
                assert_eq!(run.summary.uncertain, 0);
                runs.push(run.id);
            }
            let found = there(store).await;
            let said: Vec<_> = found
                .iter()
                .map(|one| {
                    (
                        one.paragraph.to_string(),
                        one.recommending.clone(),
                        one.positions.len(),
                    )
                })
                .collect();
            assert_eq!(said[0], ("137.10".to_owned(), states(&["TGO"]), 1));
            assert_eq!(said[1], ("137.11".to_owned(), states(&["PRY"]), 1));
            assert_eq!(said.len(), 2);
            results.push(said);
            // A second time nothing changes.
            for again in [collection(), report()] {
                let run = import(store, again).await;
                assert_eq!((run.summary.updated, run.summary.created), (0, 0));
                assert_eq!(run.summary.unchanged, 2);
            }
            for run in runs.into_iter().rev() {
                store.undo_import(&actor(), run).await.unwrap();
            }
            assert_eq!(store.check().await.unwrap(), []);
        }
        assert_eq!(results[0], results[1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paragraph_may_be_several_of_those_that_came_without_a_number() {
    on_each_database(async |database| {
        let store = &database.store;
        let said = PositionClass::Supported;
        let rows = vec![
            told(2, "Ratify the CPED at an early stage", "JPN", said),
            told(3, "Ratify the OPCAT at an early stage", "NOR", said),
        ];
        import(store, file(rows)).await;
        let report = file(vec![
            numbered(
                "120.1",
                "Ratify the ICCPR at an early stage",
                &["JPN", "NOR"],
            ),
            numbered("120.2", "Ratify the ICESCR at an early stage", &["NOR"]),
        ]);
        let run = stage(store, report).await;
        // Each paragraph that it may be is asked about.
        assert_eq!(run.summary.uncertain, 2);
        let rows = all_rows(store, run.id).await;
        let names: Vec<_> = rows[0]
            .candidates
            .iter()
            .map(|one| one.paragraph.clone())
            .collect();
        assert_eq!(names.len(), 2);
        let both = Some(Decision::AllOf(names));
        let decided = store
            .decide_import_row(&actor(), run.id, rows[0].place, both)
            .await;
        let decided = decided.unwrap();
        assert_eq!(
            (decided.outcome, decided.absorbed.len()),
            (Outcome::Changed, 1)
        );
        // What is decided is asked about no more.
        let other = store.import_row(run.id, rows[1].place).await.unwrap();
        assert_eq!(other.outcome, Outcome::New);
        store.apply_import(&actor(), run.id).await.unwrap();
        let found = there(store).await;
        let numbers: Vec<_> = found.iter().map(|one| one.paragraph.as_str()).collect();
        assert_eq!(numbers, ["120.1", "120.2"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_that_differ_by_state_say_whose_they_are() {
    on_each_database(async |database| {
        let store = &database.store;
        let category = |number| data::domain::ActionCategory::new(number);
        let rows = || {
            let text = "Ratify the Convention";
            file(vec![
                Incoming {
                    action_category: category(5),
                    ..told(2, text, "AUS", PositionClass::Supported)
                },
                Incoming {
                    action_category: category(4),
                    ..told(3, text, "NOR", PositionClass::Noted)
                },
                told(4, text, "FJI", PositionClass::Noted),
            ])
        };
        let run = stage(store, rows()).await;
        let row = &all_rows(store, run.id).await[0];
        let notice = &row.notices[0];
        assert_eq!(notice.key, "import-categories-differ");
        assert_eq!(notice.values[0].1, "4 (3); 5 (2)");
        store.apply_import(&actor(), run.id).await.unwrap();
        let said: Vec<_> = there(store).await[0]
            .positions
            .iter()
            .map(|claim| claim.raw.clone())
            .collect();
        assert_eq!(said, ["Supported (Australia); Noted (Norway, Fiji)"]);
        let class = there(store).await[0].position();
        assert_eq!(class, PositionClass::PartiallySupported);
        assert_eq!(import(store, rows()).await.summary.unchanged, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_cancelled_by_another_process_while_it_is_read() {
    on_each_database(async |database| {
        let store = &database.store;
        let id = store.begin_import(&actor(), &new_run()).await.unwrap();
        let (told, heard) = std::sync::mpsc::channel();
        let (go_on, wait) = std::sync::mpsc::channel();
        let source = move |sink: &mut dyn Sink| {
            for number in 1..=2_000 {
                sink.recommendation(incoming(number))?;
            }
            told.send(()).unwrap();
            wait.recv().unwrap();
            for number in 2_001..=2_500 {
                sink.recommendation(incoming(number))?;
            }
            Ok(data::exchange::Format::OwnCsv)
        };
        let reader = std::sync::Arc::clone(store);
        let reading = tokio::spawn(async move { reader.read_import(&actor(), id, source).await });
        tokio::task::spawn_blocking(move || heard.recv().unwrap())
            .await
            .unwrap();
        // Whichever process is asked, the file is being read.
        let run = store.import_run(id).await.unwrap();
        assert!(run.reading().is_some());
        // What another process does, which does not know who reads.
        database
            .tamper("UPDATE import_run SET state = 'cancelled', ended_at = 1, ended_by = 'another'")
            .await;
        go_on.send(()).unwrap();
        assert_eq!(refusal(reading.await.unwrap()), "import-stopped");
        let run = store.import_run(id).await.unwrap();
        assert_eq!(run.state, RunState::Cancelled);
        assert_eq!(run.ended.as_ref().unwrap().1, "another");
        assert_eq!(
            (run.reading(), all_rows(store, id).await),
            (None, Vec::new())
        );
        let refused = store.apply_import(&actor(), id).await;
        assert_eq!(refusal(refused), "import-run-cancelled");

        // Nobody has said a word for long: it was cut off.
        let id = store.begin_import(&actor(), &new_run()).await.unwrap();
        assert!(store.import_run(id).await.unwrap().reading().is_some());
        database.tamper("UPDATE import_run SET beat_at = 1").await;
        assert_eq!(store.import_run(id).await.unwrap().reading(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_rows_than_a_review_has_are_rejected_unread() {
    on_each_database(async |database| {
        let store = &database.store;
        let rows = (1..=5_010).map(|number| Incoming {
            text: Some("Do it".to_owned()),
            ..incoming(number)
        });
        let run = stage(store, file(rows.collect())).await;
        assert_eq!((run.summary.created, run.summary.rejected), (5_000, 10));
        assert_eq!(&*run.problems[0].reason.key, "import-review-too-large");
        let run = store.apply_import(&actor(), run.id).await.unwrap();
        assert_eq!(run.state, RunState::Applied);
        assert_eq!(there(store).await.len(), 5_000);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_with_a_recommendation_and_its_assessment_counts_once() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        let mut whole = file((1..=5_000).map(incoming).collect());
        whole.assessments = (1..=5_000)
            .map(|number| IncomingAssessment {
                row: number + 1,
                review: Some(code(REVIEW)),
                paragraph: paragraph(&format!("120.{number}")),
                status: "implemented".to_owned(),
                rationale: None,
                evidence: Vec::new(),
                confidence: None,
                text: None,
                recommending: Vec::new(),
            })
            .collect();
        let new = NewRun {
            review: Some(code(REVIEW)),
            round: Some(ROUND.to_owned()),
            ..new_run()
        };
        let run = store
            .stage_import(&actor(), &new, move |sink| whole.replay(sink))
            .await
            .unwrap();
        assert_eq!(run.summary.rejected, 0, "{:?}", run.problems);
        assert_eq!((run.summary.created, run.summary.unchanged), (9_999, 1));
        let account = run.account.unwrap();
        assert_eq!(account.rows_in_all(), 5_000);
        assert_eq!(account.assessments["new"], 5_000);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_undoing_takes_back_is_named_before_and_changes_nothing() {
    on_each_database(async |database| {
        let store = &database.store;
        let staged = stage(store, file((1..=7).map(incoming).collect())).await;
        assert_eq!(store.preview_undo(&actor(), staged.id).await.unwrap(), None);
        let run = store.apply_import(&actor(), staged.id).await.unwrap();
        let preview = store.preview_undo(&actor(), run.id).await.unwrap().unwrap();
        assert_eq!((preview.added.count, preview.added.first.len()), (7, 5));
        let text = "Do the thing of number 1".to_owned();
        assert_eq!(
            preview.added.first[0],
            (code(REVIEW), "120.1".to_owned(), text)
        );
        assert_eq!((preview.changed.count, preview.refusal), (0, None));
        assert_eq!(there(store).await.len(), 7);
        store
            .open_round(&actor(), code(REVIEW), &new_round(ROUND))
            .await
            .unwrap();
        let saved = save(3, 0, "implemented", "Seen.");
        store.save_assessment(&actor(), None, &saved).await.unwrap();
        let preview = store.preview_undo(&actor(), run.id).await.unwrap().unwrap();
        let refusal = preview.refusal.unwrap();
        assert_eq!(refusal.message().key, "import-undo-touched");
        assert_eq!(refusal.message().values[0].1, format!("{REVIEW} 120.3"));
        assert_eq!(there(store).await.len(), 7);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbered_rows_with_other_categories_and_ids_are_named() {
    on_each_database(async |database| {
        let store = &database.store;
        let category = |number| data::domain::ActionCategory::new(number);
        let row = |row, state: &str, number, id: &str| Incoming {
            row,
            recommending: states(&[state]),
            action_category: category(number),
            source_id: Some(id.to_owned()),
            ..incoming(1)
        };
        let rows = || file(vec![row(2, "NOR", 5, "a"), row(3, "BRA", 4, "b")]);
        // New, and then known: by the second category the rows are not silently another recommendation.
        for _ in 0..2 {
            let run = stage(store, rows()).await;
            let row = &all_rows(store, run.id).await[0];
            let said: Vec<_> = row
                .notices
                .iter()
                .map(|notice| (&*notice.key, notice.values[0].1.clone()))
                .collect();
            assert_eq!(
                said,
                [
                    ("import-categories-differ", "4 (3); 5 (2)".to_owned()),
                    ("import-source-ids-differ", "a (2); b (3)".to_owned()),
                ]
            );
            store.apply_import(&actor(), run.id).await.unwrap();
        }
    })
    .await;
}
