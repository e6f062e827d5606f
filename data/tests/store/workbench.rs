//! Evidence as records, changes of many, carried-over results, earlier versions, links, scales, drafts
//! and presence.

use crate::support::{
    REVIEW, ROUND, actor, code, evidence, file, import, incoming, new_round, on_each_database,
    paragraph, refusal, save, with_round,
};
use data::domain::{
    Assessment, Confidence, Earlier, EventKind, Evidence, ReviewRecord, Role, Scale, Scheme, Term,
};
use data::store::{
    Actor, BulkChange, Conflict, DraftForm, DraftReason, Error, HistoryFilter, NewPassword,
    NewRound, Present, Save, Store, evidence_seen,
};

async fn record(store: &Store) -> ReviewRecord {
    ReviewRecord::clone(&store.review_record(code(REVIEW)).await.unwrap())
}

fn assessment(record: &ReviewRecord, round: &str, number: usize) -> Option<Assessment> {
    let id = record.recommendations[number - 1].id;
    record.round(round).unwrap().assessments.get(&id).cloned()
}

async fn account(store: &Store, name: &str) -> i64 {
    store
        .add_account(&actor(), name, Role::Analyst, NewPassword::Generated)
        .await
        .unwrap();
    let accounts = store.accounts().await.unwrap();
    accounts
        .iter()
        .find(|one| one.pseudonym == name)
        .unwrap()
        .id
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_a_record_that_many_cite() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 4).await;
        let law = evidence("A law");
        let number = store
            .add_evidence(&actor(), code(REVIEW), &law, false)
            .await
            .unwrap();
        assert_eq!(number, 1);
        // The same page by another address is known.
        let again = Evidence {
            title: "The law, again".to_owned(),
            source: "http://www.example.org/law/#article-2".to_owned(),
            ..law.clone()
        };
        let added = store
            .add_evidence(&actor(), code(REVIEW), &again, false)
            .await;
        assert_eq!(refusal(added), "evidence-known");
        assert_eq!(
            store
                .add_evidence(&actor(), code(REVIEW), &again, true)
                .await
                .unwrap(),
            2
        );

        // Cited by number, and by typing no more than its address.
        let mut first = save(1, 0, "implemented", "In force.");
        first.cites = vec![1];
        let mut second = save(2, 0, "implemented", "In force.");
        second.evidence = vec![Evidence {
            title: String::new(),
            source: " HTTPS://example.org/law ".to_owned(),
            publisher: None,
            date: None,
            note: None,
            ..law.clone()
        }];
        for save in [&first, &second] {
            store.save_assessment(&actor(), None, save).await.unwrap();
        }
        let mut unknown = save(3, 0, "implemented", "");
        unknown.cites = vec![99];
        let refused = store.save_assessment(&actor(), None, &unknown).await;
        assert_eq!(refusal(refused), "evidence-unknown");
        let now = record(store).await;
        assert_eq!(now.evidence.len(), 2);
        let cited = now.cited_in(&law);
        assert_eq!(cited.len(), 1);
        assert_eq!(cited[0].1.len(), 2, "both cite the same record");

        // Changed once, it is changed for both, and the history says so for each.
        let better = Evidence {
            title: "Law 12 of 2023".to_owned(),
            language: Some("be".to_owned()),
            archived: Some("https://archive.example/1".to_owned()),
            ..law.clone()
        };
        let seen = evidence_seen(&law);
        store
            .change_evidence(
                &actor(),
                code(REVIEW),
                1,
                &seen,
                &Evidence {
                    language: Some(" BE".to_owned()),
                    ..better.clone()
                },
            )
            .await
            .unwrap();
        let now = record(store).await;
        for number in [1, 2] {
            let there = assessment(&now, ROUND, number).unwrap();
            assert_eq!(there.evidence, std::slice::from_ref(&better));
            assert_eq!(there.version, 1, "nobody who is typing is in conflict");
            let history = store
                .history_of(REVIEW, &format!("120.{number}"))
                .await
                .unwrap();
            assert_eq!(history[0].kind, Some(EventKind::AssessmentEvidenceChanged));
        }
        let late = store
            .change_evidence(&actor(), code(REVIEW), 1, &seen, &law)
            .await;
        assert_eq!(refusal(late), "evidence-changed-meanwhile");
        for (field, key) in [
            ("title", "evidence-without-title"),
            ("date", "evidence-date-unfit"),
            ("language", "evidence-language-unfit"),
            ("archived", "evidence-archived-unfit"),
        ] {
            let mut wrong = better.clone();
            match field {
                "title" => wrong.title = " ".to_owned(),
                "date" => wrong.date = Some("spring".into()),
                "language" => wrong.language = Some("Belarusian!".to_owned()),
                _ => wrong.archived = Some("javascript:alert(1)".to_owned()),
            }
            let seen = evidence_seen(&better);
            let changed = store
                .change_evidence(&actor(), code(REVIEW), 1, &seen, &wrong)
                .await;
            assert_eq!(refusal(changed), key);
        }

        // What is cited stays; what is not may go, and its number is not given again.
        let gone = store
            .remove_evidence(&actor(), code(REVIEW), 1, &evidence_seen(&better))
            .await;
        assert_eq!(refusal(gone), "evidence-is-cited");
        store
            .remove_evidence(&actor(), code(REVIEW), 2, &evidence_seen(&again))
            .await
            .unwrap();
        let number = store
            .add_evidence(&actor(), code(REVIEW), &evidence("Another"), true)
            .await
            .unwrap();
        assert_eq!(number, 3);
        assert_eq!(store.check().await.unwrap(), []);

        // A published round keeps what it cites.
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let changed = store
            .change_evidence(&actor(), code(REVIEW), 1, &evidence_seen(&better), &law)
            .await;
        assert_eq!(refusal(changed), "evidence-is-published");
        assert_eq!(store.check().await.unwrap(), []);
        database
            .tamper("UPDATE evidence SET title = 'Another law' WHERE number = 3")
            .await;
        let findings = store.check().await.unwrap();
        assert_eq!(findings[0].0.key, "check-evidence-altered");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_of_an_earlier_version_is_numbered_at_start() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        let mut first = save(1, 0, "implemented", "");
        first.evidence = vec![evidence("A law"), evidence("B law")];
        store.save_assessment(&actor(), None, &first).await.unwrap();
        database
            .tamper("UPDATE evidence SET number = NULL, address = NULL")
            .await;
        let later = database.second_store().await;
        let numbered = record(&later).await.evidence;
        let mut numbers: Vec<i64> = numbered.iter().map(|one| one.number).collect();
        numbers.dedup();
        assert_eq!(numbers.len(), 2);
        assert!(numbers.iter().all(|number| *number > 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_changed_at_once_and_undone_in_one_step() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 5).await;
        let kept = save(1, 0, "not_implemented", "No measure was found.");
        store.save_assessment(&actor(), None, &kept).await.unwrap();
        let cited = store
            .add_evidence(&actor(), code(REVIEW), &evidence("A report"), false)
            .await
            .unwrap();
        let before = record(store).await;
        let what = BulkChange {
            status: Some("partially_implemented".to_owned()),
            confidence: Some(Confidence::Low),
            cite: Some(cited),
            add_term: Some(Term::new(Scheme::Issue, "Justice")),
            rationale: " A law of May 2024. ".to_owned(),
            reason: "The reform of May 2024.".to_owned(),
            ..BulkChange::default()
        };
        let chosen: Vec<_> = (1..=3).map(|n| paragraph(&format!("120.{n}"))).collect();
        let plan = what
            .plan(&before, before.round(ROUND).unwrap(), &chosen)
            .unwrap();
        assert_eq!(plan.len(), 3);
        assert!(plan.iter().all(data::store::BulkLine::changes));
        // A preview changes nothing.
        assert_eq!(record(store).await, before);

        let seen: Vec<_> = plan
            .iter()
            .map(|line| (line.recommendation.paragraph.clone(), line.version()))
            .collect();
        let (entry, count) = store
            .change_many(&actor(), code(REVIEW), ROUND, &seen, &what)
            .await
            .unwrap();
        assert_eq!(count, 3);
        let now = record(store).await;
        for number in 1..=3 {
            let there = assessment(&now, ROUND, number).unwrap();
            assert_eq!(there.status, "partially_implemented");
            assert_eq!(there.evidence, [evidence("A report")]);
            let one = &now.recommendations[number - 1];
            assert!(one.terms.contains(&Term::new(Scheme::Issue, "Justice")));
        }
        let first = assessment(&now, ROUND, 1).unwrap();
        assert_eq!(first.rationale, "No measure was found.");
        let second = assessment(&now, ROUND, 2).unwrap();
        assert_eq!(second.rationale, "A law of May 2024.");
        // The reason stands in the history alone.
        let all = HistoryFilter::default();
        let events = store.history_of_review(REVIEW, &all, 0, 50).await.unwrap();
        let events = events.1;
        let bulk = events.iter().find(|event| event.id == entry).unwrap();
        let after = bulk.after.clone().unwrap();
        assert!(after.contains("The reform of May 2024.") && after.contains("A law of May 2024."));
        assert_eq!(assessment(&now, ROUND, 4), None);
        assert_eq!(store.check().await.unwrap(), []);

        // What was seen before is old now: nothing is done, and they are named.
        let late = store
            .change_many(&actor(), code(REVIEW), ROUND, &seen, &what)
            .await;
        assert_eq!(refusal(late), "bulk-changed-meanwhile");

        // One is changed since, and left alone by undoing.
        let since = save(3, 1, "implemented", "Seen since.");
        store.save_assessment(&actor(), None, &since).await.unwrap();
        let undone = store
            .undo_many(&actor(), code(REVIEW), ROUND, entry)
            .await
            .unwrap();
        assert_eq!(undone.left, ["120.3"]);
        let now = record(store).await;
        assert_eq!(now.recommendations, before.recommendations);
        assert_eq!(assessment(&now, ROUND, 2), None);
        let first = assessment(&now, ROUND, 1).unwrap();
        assert_eq!(
            (first.status.as_str(), first.version),
            ("not_implemented", 3)
        );
        assert_eq!(assessment(&now, ROUND, 3).unwrap().status, "implemented");
        assert_eq!(store.check().await.unwrap(), []);
        let again = store.undo_many(&actor(), code(REVIEW), ROUND, entry).await;
        assert_eq!(refusal(again), "bulk-nothing-to-undo");

        // A form that was open over the version that was undone does not save over a new one.
        let anew = save(2, 0, "in_process", "Anew");
        let version = store.save_assessment(&actor(), None, &anew).await.unwrap();
        assert_eq!(version, 3);
        let stale = save(2, 1, "implemented", "Stale");
        let stale = store.save_assessment(&actor(), None, &stale).await;
        assert!(
            matches!(stale, Err(Error::Conflict(Conflict::Version(3)))),
            "{stale:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_many_that_make_no_sense_are_refused() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let reason = || BulkChange {
            reason: "Because".to_owned(),
            ..BulkChange::default()
        };
        let seen = vec![(paragraph("120.1"), 0)];
        let cases = [
            (reason(), "bulk-nothing-chosen"),
            (
                BulkChange {
                    status: Some("excellent".to_owned()),
                    ..reason()
                },
                "assessment-status-unknown",
            ),
            (
                BulkChange {
                    cite: Some(7),
                    ..reason()
                },
                "evidence-unknown",
            ),
            (
                BulkChange {
                    status: Some("implemented".to_owned()),
                    ..BulkChange::default()
                },
                "bulk-reason-unfit",
            ),
            (
                BulkChange {
                    status: Some("implemented".to_owned()),
                    rationale: "x".repeat(BulkChange::RATIONALE_MAX + 1),
                    ..reason()
                },
                "bulk-rationale-unfit",
            ),
            (
                BulkChange {
                    confidence: Some(Confidence::High),
                    ..reason()
                },
                "bulk-changes-nothing",
            ),
        ];
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        for (what, key) in &cases {
            let done = store
                .change_many(&actor(), code(REVIEW), ROUND, &seen, what)
                .await;
            assert_eq!(refusal(done), *key);
        }
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let what = BulkChange {
            status: Some("implemented".to_owned()),
            ..reason()
        };
        let done = store
            .change_many(&actor(), code(REVIEW), ROUND, &seen, &what)
            .await;
        assert_eq!(refusal(done), "round-is-published");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_begins_with_another_ones_results() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 4).await;
        for (number, status) in [(1, "implemented"), (2, "in_process"), (3, "not_assessed")] {
            let mut one = save(number, 0, status, "As of 2023.");
            one.evidence = vec![evidence("A law")];
            store.save_assessment(&actor(), None, &one).await.unwrap();
        }
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        // A scale without "in process".
        let next = NewRound {
            scale: "bhc-later".to_owned(),
            ..new_round("next")
        };
        store
            .open_round(&actor(), code(REVIEW), &next)
            .await
            .unwrap();
        let done = store
            .carry_over(&actor(), code(REVIEW), "next", ROUND)
            .await
            .unwrap();
        assert_eq!((done.carried, done.kept, done.unknown), (1, 0, 1));
        let carried = assessment(&record(store).await, "next", 1).unwrap();
        assert_eq!(carried.carried_over.as_deref(), Some(ROUND));
        assert_eq!(carried.evidence, [evidence("A law")]);
        // What nobody has confirmed is not done.
        let there = record(store).await;
        let round = there.round("next").unwrap();
        assert_eq!((round.done(), round.unconfirmed()), (0, 1));
        assert_eq!(store.open_rounds().await.unwrap()[0].examined, 0);
        assert_eq!(store.check().await.unwrap(), []);
        let again = store
            .carry_over(&actor(), code(REVIEW), "next", ROUND)
            .await;
        assert_eq!(refusal(again), "carry-over-nothing");
        let published = store.publish_round(&actor(), code(REVIEW), "next").await;
        assert_eq!(refusal(published), "round-has-unconfirmed");
        // Saving it as it is confirms it.
        let mut same = Save {
            round: "next".to_owned(),
            ..save(1, 1, "implemented", "As of 2023.")
        };
        same.cites = vec![1];
        assert_eq!(
            store.save_assessment(&actor(), None, &same).await.unwrap(),
            2
        );
        let confirmed = assessment(&record(store).await, "next", 1).unwrap();
        assert_eq!(confirmed.carried_over, None);
        store
            .publish_round(&actor(), code(REVIEW), "next")
            .await
            .unwrap();
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn earlier_versions_come_back_and_a_round_is_seen_as_it_stood() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let first = save(1, 0, "not_implemented", "Nothing.");
        store.save_assessment(&actor(), None, &first).await.unwrap();
        let (_, after_first) = store.revision().await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        let second = save(1, 1, "implemented", "A law.");
        store
            .save_assessment(&actor(), None, &second)
            .await
            .unwrap();
        let history = store.history_of(REVIEW, "120.1").await.unwrap();
        let entry = history[1].id;

        let now = record(store).await;
        let then = store
            .round_as_of(&now, ROUND, after_first)
            .await
            .unwrap()
            .unwrap();
        let id = now.recommendations[0].id;
        assert_eq!(then.assessments[&id].status, "not_implemented");
        assert_eq!(then.assessments.len(), 1);
        assert_eq!(store.round_as_of(&now, ROUND, 0).await.unwrap(), None);

        let stale = store
            .restore_assessment(&actor(), code(REVIEW), ROUND, &paragraph("120.1"), 1, entry)
            .await;
        assert!(
            matches!(stale, Err(Error::Conflict(Conflict::Version(2)))),
            "{stale:?}"
        );
        let version = store
            .restore_assessment(&actor(), code(REVIEW), ROUND, &paragraph("120.1"), 2, entry)
            .await
            .unwrap();
        assert_eq!(version, 3);
        let back = assessment(&record(store).await, ROUND, 1).unwrap();
        assert_eq!(
            (back.status.as_str(), back.rationale.as_str()),
            ("not_implemented", "Nothing.")
        );
        // An entry of something else is no version of this one.
        let other = store
            .restore_assessment(&actor(), code(REVIEW), ROUND, &paragraph("120.2"), 0, entry)
            .await;
        assert!(matches!(other, Err(Error::NotFound)));
        assert_eq!(store.check().await.unwrap(), []);

        let filter = HistoryFilter {
            kind: Some("assessment-restored".to_owned()),
            actor: Some("tester".to_owned()),
            ..HistoryFilter::default()
        };
        let (count, entries) = store
            .history_of_review(REVIEW, &filter, 0, 10)
            .await
            .unwrap();
        assert_eq!((count, entries.len()), (1, 1));
        let nobody = HistoryFilter {
            actor: Some("nobody\0".to_owned()),
            ..HistoryFilter::default()
        };
        assert_eq!(
            store
                .history_of_review(REVIEW, &nobody, 0, 10)
                .await
                .unwrap()
                .0,
            0
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_says_how_it_is_made_and_keeps_its_scale() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        let there = NewRound::of(&record(store).await.round(ROUND).unwrap().round);
        let wanted = NewRound {
            title: "Mid-term".to_owned(),
            method: Some("*Two* people each.".to_owned()),
            assessors: vec!["First".to_owned(), " Second ".to_owned(), String::new()],
            ..there.clone()
        };
        store
            .change_round(&actor(), code(REVIEW), ROUND, &there.seen(), &wanted)
            .await
            .unwrap();
        let now = record(store).await.round(ROUND).unwrap().round.clone();
        assert_eq!(now.assessors, ["First", "Second"]);
        let late = store
            .change_round(&actor(), code(REVIEW), ROUND, &there.seen(), &there)
            .await;
        assert_eq!(refusal(late), "round-changed-meanwhile");
        assert_eq!(store.check().await.unwrap(), []);

        // A new version of the scale; the round speaks in the words of the one it was opened with.
        let mut scale = store.scale("bhc-2023").await.unwrap().unwrap();
        scale.statuses[0].label = "Carried out".to_owned();
        scale.statuses[0].examples = Some("The protocol is in force.".to_owned());
        scale.statuses[0]
            .labels
            .insert("be".to_owned(), "Выканана".to_owned());
        assert_eq!(store.save_scale(&actor(), &scale).await.unwrap(), 2);
        assert_eq!(store.save_scale(&actor(), &scale).await.unwrap(), 2);
        let stale = Scale {
            name: "Stale".to_owned(),
            ..scale.clone()
        };
        assert!(matches!(
            store.save_scale(&actor(), &stale).await,
            Err(Error::Conflict(Conflict::Version(2)))
        ));
        let used = record(store)
            .await
            .round(ROUND)
            .unwrap()
            .round
            .scale
            .clone();
        assert_eq!(
            (used.version, used.statuses[0].label.as_str()),
            (1, "Implemented")
        );
        store
            .open_round(&actor(), code(REVIEW), &new_round("next"))
            .await
            .unwrap();
        let used = record(store)
            .await
            .round("next")
            .unwrap()
            .round
            .scale
            .clone();
        assert_eq!(
            (used.version, used.statuses[0].label.as_str()),
            (2, "Carried out")
        );
        assert_eq!(used.statuses[0].labels["be"], "Выканана");
        for (alter, key) in [
            (0, "scale-status-code-unfit"),
            (1, "scale-repeated-code"),
            (2, "scale-unassessed"),
            (3, "scale-order"),
            (4, "scale-status-score-unfit"),
            (5, "scale-status-colour-unfit"),
            (6, "scale-name-unfit"),
        ] {
            let mut wrong = Scale {
                version: 2,
                ..scale.clone()
            };
            match alter {
                0 => wrong.statuses[0].code = "Á la".to_owned(),
                1 => wrong.statuses[0].code = wrong.statuses[1].code.clone(),
                2 => wrong.statuses[0].counts_as_assessed = false,
                3 => wrong.statuses.reverse(),
                4 => wrong.statuses[0].score = Some(2.0),
                5 => wrong.statuses[0].colour = "url(x)".to_owned(),
                _ => wrong.name = " ".to_owned(),
            }
            assert_eq!(refusal(store.save_scale(&actor(), &wrong).await), key);
        }
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recommendations_are_linked_across_cycles() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let mut before = incoming(1);
        before.review = code("SVN-2");
        before.session = Some(20);
        before.report_symbol = Some("A/HRC/28/15".to_owned());
        import(store, file(vec![before])).await;
        let earlier = Earlier {
            review: code("SVN-2"),
            paragraph: paragraph("120.1"),
        };
        let decide = async |repeats| {
            store
                .decide_link(
                    &actor(),
                    code(REVIEW),
                    &paragraph("120.2"),
                    &earlier,
                    repeats,
                )
                .await
        };
        decide(Some(true)).await.unwrap();
        decide(Some(true)).await.unwrap();
        let links = record(store).await.links;
        assert_eq!((links.len(), links[0].repeats), (1, true));
        assert_eq!(links[0].earlier, earlier);
        decide(Some(false)).await.unwrap();
        assert!(!record(store).await.links[0].repeats);
        assert_eq!(store.check().await.unwrap(), []);
        database.tamper("UPDATE link SET repeats = (1 = 1)").await;
        let findings = store.check().await.unwrap();
        assert_eq!(findings[0].0.key, "check-link-altered");
        database.tamper("UPDATE link SET repeats = (1 = 0)").await;
        decide(None).await.unwrap();
        assert_eq!(record(store).await.links, []);
        assert_eq!(store.check().await.unwrap(), []);
        let later = Earlier {
            review: code(REVIEW),
            ..earlier.clone()
        };
        let wrong = store
            .decide_link(
                &actor(),
                code("SVN-2"),
                &paragraph("120.1"),
                &later,
                Some(true),
            )
            .await;
        assert_eq!(refusal(wrong), "link-not-earlier");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_kept_while_typing_and_counted_nowhere() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let ada = account(store, "ada").await;
        let before = store.revision().await.unwrap();
        let typed = save(1, 0, "implemented", "Half a th");
        store
            .keep_draft(ada, &typed, &DraftReason::Typed)
            .await
            .unwrap();
        let now = record(store).await;
        let round = now.round(ROUND).unwrap();
        let one = now.recommendations[0].id;
        let drafts = store.drafts_of(ada, round.round.id).await.unwrap();
        assert_eq!(drafts.into_iter().collect::<Vec<_>>(), [one]);
        assert!(round.assessments.is_empty());
        assert_eq!(
            store.revision().await.unwrap(),
            before,
            "no part of the record"
        );
        // Typed back to what stands, it is no draft any more.
        let nothing = save(1, 0, "", "  ");
        store
            .keep_draft(ada, &nothing, &DraftReason::Typed)
            .await
            .unwrap();
        assert_eq!(store.draft(ada, round.round.id, one).await.unwrap(), None);
        store
            .keep_draft(ada, &typed, &DraftReason::Typed)
            .await
            .unwrap();
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let late = store.keep_draft(ada, &typed, &DraftReason::Typed).await;
        assert_eq!(refusal(late), "round-is-published");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_known_by_the_form_that_it_was_typed_in() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let ada = account(store, "ada").await;
        let form = |number: &str, over: &str| DraftForm {
            number: number.to_owned(),
            over: over.to_owned(),
            ..DraftForm::default()
        };
        let keep = async |text: &str, form: &DraftForm| {
            let typed = save(1, 0, "implemented", text);
            store
                .keep_from(ada, &typed, &DraftReason::Typed, form)
                .await
        };
        let now = record(store).await;
        let (round, one) = (
            now.round(ROUND).unwrap().round.id,
            now.recommendations[0].id,
        );
        let text = async || {
            let draft = store.draft(ada, round, one).await.unwrap();
            draft.map(|draft| draft.content.rationale)
        };
        assert!(keep("First", &form("one", "")).await.unwrap());
        let other = keep("Second", &form("two", "")).await;
        assert!(
            matches!(other, Err(Error::Conflict(Conflict::Version(0)))),
            "{other:?}"
        );
        // A form that was filled with the draft goes on with it.
        assert!(keep("Third", &form("three", "one")).await.unwrap());
        assert_eq!(store.drafts_in(round).await.unwrap(), (1, 1));
        // What is saved from a form that did not show it leaves it alone.
        let saved = save(1, 0, "implemented", "Saved");
        store
            .save_from(&actor(), ada, &saved, &form("two", ""))
            .await
            .unwrap();
        assert_eq!(text().await.as_deref(), Some("Third"));
        let saved = save(1, 1, "implemented", "Third");
        store
            .save_from(&actor(), ada, &saved, &form("three", "one"))
            .await
            .unwrap();
        assert_eq!(text().await, None);
        assert_eq!(store.drafts_in(round).await.unwrap(), (0, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_know_who_is_there() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let ada = account(store, "ada").await;
        let now = record(store).await;
        let (round, one) = (
            now.round(ROUND).unwrap().round.id,
            now.recommendations[0].id,
        );
        let other = database.second_store().await;
        store.note_presence(ada, round, one).await.unwrap();
        store.note_presence(ada, round, one).await.unwrap();
        let ada_is_there = Present {
            round,
            recommendation: one,
            pseudonym: "ada".to_owned(),
        };
        assert_eq!(other.present().await.unwrap(), [ada_is_there]);
        store.end_presence(ada, round, one).await.unwrap();
        assert_eq!(other.present().await.unwrap(), []);
        store.note_presence(ada, round, one).await.unwrap();
        store
            .remove_account(&Actor("x".to_owned()), "ada")
            .await
            .unwrap();
        assert_eq!(other.present().await.unwrap(), []);
    })
    .await;
}

/// An entry about a link names another recommendation, which has not become this one.
#[tokio::test(flavor = "multi_thread")]
async fn a_decided_link_moves_no_assessment_of_a_round_as_it_stood() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 3).await;
        let mut earlier = incoming(3);
        earlier.review = code("SVN-2");
        earlier.report_symbol = Some("A/HRC/28/15".to_owned());
        import(store, file(vec![earlier])).await;
        let saved = save(3, 0, "implemented", "Seen.");
        store.save_assessment(&actor(), None, &saved).await.unwrap();
        let earlier = Earlier {
            review: code("SVN-2"),
            paragraph: paragraph("120.3"),
        };
        for repeats in [Some(true), None] {
            store
                .decide_link(
                    &actor(),
                    code(REVIEW),
                    &paragraph("120.1"),
                    &earlier,
                    repeats,
                )
                .await
                .unwrap();
        }
        let now = record(store).await;
        let (_, last) = store.revision().await.unwrap();
        let then = store.round_as_of(&now, ROUND, last).await.unwrap().unwrap();
        let assessed: Vec<i64> = then.assessments.keys().copied().collect();
        assert_eq!(assessed, [now.recommendations[2].id]);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}
