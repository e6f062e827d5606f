//! Saving one assessment.

use crate::support::{
    REVIEW, ROUND, actor, code, evidence, new_round, on_each_database, refusal, save, with_round,
};
use data::domain::{Assessment, Breakdown, Confidence, EventKind, Role};
use data::store::{Conflict, DraftReason, Error, NewPassword, Save};

#[tokio::test(flavor = "multi_thread")]
async fn first_save_change_and_the_same_again() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 3).await;
        let counts = async || {
            let record = store.review_record(code(REVIEW)).await.unwrap();
            let round = record.round(ROUND).unwrap();
            let counts = Breakdown::of_round(&record, round);
            (0..5)
                .map(|place| counts.total.of(place))
                .collect::<Vec<_>>()
        };
        assert_eq!(counts().await, [0, 0, 0, 0, 3]);

        let mut first = save(1, 0, "not_implemented", "  No measure was found.\n");
        first.confidence = Some(Confidence::Low);
        first.evidence = vec![evidence("A law")];
        assert_eq!(
            store.save_assessment(&actor(), None, &first).await.unwrap(),
            1
        );
        // The next reading has it.
        assert_eq!(counts().await, [0, 0, 0, 1, 2]);

        let second = save(1, 1, "partially_implemented", "A law was passed.");
        assert_eq!(
            store
                .save_assessment(&actor(), None, &second)
                .await
                .unwrap(),
            2
        );
        assert_eq!(counts().await, [0, 0, 1, 0, 2]);

        let before = (store.revision().await.unwrap(), database.row_counts().await);
        // Even over an old version: what is wanted is there already.
        for version in [2, 1, 0] {
            let again = Save {
                version,
                ..second.clone()
            };
            assert_eq!(
                store.save_assessment(&actor(), None, &again).await.unwrap(),
                2
            );
        }
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);

        let history = store.history_of(REVIEW, "120.1").await.unwrap();
        let kinds: Vec<_> = history.iter().filter_map(|event| event.kind).collect();
        assert_eq!(
            kinds,
            [
                EventKind::AssessmentSaved,
                EventKind::AssessmentSaved,
                EventKind::RecommendationAdded
            ]
        );
        let read = |text: &Option<String>| -> Assessment {
            serde_json::from_str(text.as_deref().unwrap()).unwrap()
        };
        assert_eq!(history[1].before, None);
        let was = read(&history[1].after);
        assert_eq!(was.rationale, "No measure was found.");
        assert_eq!(
            (was.status.as_str(), was.confidence),
            ("not_implemented", first.confidence)
        );
        assert_eq!(was.evidence, [evidence("A law")]);
        assert_eq!(history[0].before, history[1].after);
        assert_eq!(read(&history[0].after).status, "partially_implemented");
        assert_eq!(
            (history[0].actor.as_str(), history[0].round.as_deref()),
            ("tester", Some(ROUND))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_changes_nothing() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let base = save(1, 0, "in_process", "A draft law.");
        let long = |characters| "ы".repeat(characters);
        let with = |change: &dyn Fn(&mut data::domain::Evidence)| {
            let mut one = evidence("A law");
            change(&mut one);
            Save {
                evidence: vec![evidence("Fits"), one],
                ..base.clone()
            }
        };
        let mut faults = vec![
            (
                "assessment-status-unknown",
                Save {
                    status: "done".to_owned(),
                    ..base.clone()
                },
            ),
            (
                "assessment-status-unknown",
                Save {
                    status: String::new(),
                    ..base.clone()
                },
            ),
            (
                "assessment-rationale-too-long",
                Save {
                    rationale: long(Assessment::RATIONALE_MAX + 1),
                    ..base.clone()
                },
            ),
            (
                "assessment-evidence-too-many",
                Save {
                    evidence: (0..=Assessment::EVIDENCE_MAX)
                        .map(|number| evidence(&number.to_string()))
                        .collect(),
                    ..base.clone()
                },
            ),
            (
                "evidence-without-title",
                with(&|one| one.title = " \n".to_owned()),
            ),
            (
                "evidence-without-source",
                with(&|one| one.source = "\0".to_owned()),
            ),
            (
                "evidence-too-long",
                with(&|one| one.note = Some(long(Assessment::EVIDENCE_TEXT_MAX + 1))),
            ),
        ];
        for date in [
            "----",
            "20-1-1",
            "2023-13",
            "2023-02-30",
            "+023",
            "20231",
            "2023-1-01",
            "год",
        ] {
            let save = with(&|one| one.date = Some(date.into()));
            faults.push(("evidence-date-unfit", save));
        }
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        for (key, save) in &faults {
            let refused = refusal(store.save_assessment(&actor(), None, save).await);
            assert_eq!(refused, *key, "{:?}", save.evidence);
        }
        let nowhere = [
            Save {
                review: code("SVN-2"),
                ..base.clone()
            },
            Save {
                round: "none".to_owned(),
                ..base.clone()
            },
            Save {
                round: "\0".to_owned(),
                ..base.clone()
            },
            save(99, 0, "in_process", ""),
        ];
        for save in &nowhere {
            let result = store.save_assessment(&actor(), None, save).await;
            assert!(matches!(result, Err(Error::NotFound)), "{result:?}");
        }
        // There is nothing yet, so no version of it can have been seen.
        let seen = Save {
            version: 7,
            ..base.clone()
        };
        let result = store.save_assessment(&actor(), None, &seen).await;
        assert!(
            matches!(result, Err(Error::Conflict(Conflict::Version(0)))),
            "{result:?}"
        );
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);

        // The longest that fits is kept whole.
        let mut fits = base.clone();
        fits.rationale = long(Assessment::RATIONALE_MAX);
        for date in ["2023", "2023-12", "2024-02-29"] {
            let mut one = evidence(date);
            one.date = Some(date.into());
            one.note = Some(long(Assessment::EVIDENCE_TEXT_MAX));
            fits.evidence.push(one);
        }
        store.save_assessment(&actor(), None, &fits).await.unwrap();
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        let saved = &round.assessments[&record.recommendations[0].id];
        assert_eq!(
            (&saved.rationale, &saved.evidence),
            (&fits.rationale, &fits.evidence)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_tidied_and_fit_both_databases() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        let mut odd = save(1, 0, "in_process", "\0=1+1\t\u{202e}“ы”\r\n");
        let mut law = evidence(" A law ");
        (law.publisher, law.note) = (Some("  ".to_owned()), Some("\0".to_owned()));
        odd.evidence = vec![law.clone(), evidence("A law"), law];
        store.save_assessment(&actor(), None, &odd).await.unwrap();
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        let saved = &round.assessments[&record.recommendations[0].id];
        assert_eq!(saved.rationale, "=1+1\t\u{202e}“ы”");
        assert_eq!(saved.evidence, [evidence("A law")]);
        let mut other = new_round("other");
        (other.title, other.method) = ("\0Title ".to_owned(), Some(" ".to_owned()));
        store
            .open_round(&actor(), code(REVIEW), &other)
            .await
            .unwrap();
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let round = &record.round("other").unwrap().round;
        assert_eq!((round.title.as_str(), &round.method), ("Title", &None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_evidence_is_one_row_of_its_review() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 3).await;
        for number in 1..=3 {
            let mut one = save(number, 0, "in_process", "");
            one.evidence = vec![evidence("B"), evidence("A"), evidence("B")];
            store.save_assessment(&actor(), None, &one).await.unwrap();
        }
        let rows = database.row_counts().await;
        assert_eq!((rows["evidence"], rows["assessment_evidence"]), (2, 6));
        let record = store.review_record(code(REVIEW)).await.unwrap();
        for assessment in record.round(ROUND).unwrap().assessments.values() {
            assert_eq!(assessment.evidence, [evidence("B"), evidence("A")]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_loses_nothing() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let password = NewPassword::Given("a long password".to_owned());
        store
            .add_account(&actor(), "second", Role::Analyst, password)
            .await
            .unwrap();
        let second = store.accounts().await.unwrap()[0].id;
        let theirs = save(1, 0, "implemented", "Theirs");
        store
            .save_assessment(&actor(), None, &theirs)
            .await
            .unwrap();

        let mut mine = save(1, 0, "in_process", "Mine");
        mine.evidence = vec![evidence("A law")];
        let result = store.save_assessment(&actor(), Some(second), &mine).await;
        assert!(
            matches!(result, Err(Error::Conflict(Conflict::Version(1)))),
            "{result:?}"
        );
        let reason = DraftReason::Conflict;
        store.keep_draft(second, &mine, &reason).await.unwrap();
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        let recommendation = record.recommendations[0].id;
        assert_eq!(round.assessments[&recommendation].rationale, "Theirs");
        let draft = async || {
            store
                .draft(second, round.round.id, recommendation)
                .await
                .unwrap()
        };
        let kept = draft().await.unwrap();
        assert_eq!(
            (kept.content.rationale.as_str(), kept.content.version),
            ("Mine", 0)
        );
        assert_eq!(
            (kept.content.evidence, kept.reason),
            (mine.evidence.clone(), reason)
        );

        // Another conflict leaves the draft as it was; somebody else's save does so too.
        let result = store.save_assessment(&actor(), Some(second), &mine).await;
        assert!(
            matches!(result, Err(Error::Conflict(Conflict::Version(1)))),
            "{result:?}"
        );
        assert!(draft().await.is_some());

        // Now over what the other one wrote.
        let chosen = Save { version: 1, ..mine };
        let saved = store.save_assessment(&actor(), Some(second), &chosen).await;
        assert_eq!(saved.unwrap(), 2);
        assert_eq!(draft().await, None);

        // A refused one is kept with its reason, and given up on demand.
        let refused = Save {
            version: 2,
            status: "done".to_owned(),
            ..chosen
        };
        let Err(Error::Refused(refusal)) = store
            .save_assessment(&actor(), Some(second), &refused)
            .await
        else {
            panic!("saved");
        };
        let reason = DraftReason::refused(&refusal);
        store.keep_draft(second, &refused, &reason).await.unwrap();
        assert_eq!(draft().await.unwrap().reason, reason);
        store
            .discard_draft(second, round.round.id, recommendation)
            .await
            .unwrap();
        assert_eq!(draft().await, None);
    })
    .await;
}
