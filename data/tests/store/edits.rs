//! Edits by people: positions and recommendations added, corrected, removed, merged and split, and undone.

use crate::support::{
    REVIEW, ROUND, TestDatabase, actor, code, evidence, file, import, incoming, new_round,
    on_each_database, paragraph, refusal, save, states, with_round,
};
use data::domain::{
    Earlier, EventKind, Position, PositionClass, Recommendation, ReviewRecord, Role, Scheme, Seen,
    Term,
};
use data::store::{
    Attached, DraftReason, EditTarget, Error, Event, KeptAssessment, NewPassword, Part, Store, Why,
    edit_seen, recommendation_seen,
};

async fn record(store: &Store) -> ReviewRecord {
    ReviewRecord::clone(&store.review_record(code(REVIEW)).await.unwrap())
}

async fn one(store: &Store, number: &str) -> Recommendation {
    let record = record(store).await;
    let mut all = record.recommendations.into_iter();
    all.find(|one| one.paragraph.as_str() == number).unwrap()
}

fn why() -> Why {
    Why {
        reason: "A slip of the pen.".to_owned(),
        source: "A/HRC/43/15, para. 120".to_owned(),
    }
}

/// A recommendation as a form shows it that changes nothing else.
async fn target(store: &Store, number: &str) -> EditTarget {
    EditTarget {
        review: code(REVIEW),
        paragraph: paragraph(number),
        seen: recommendation_seen(&one(store, number).await),
    }
}

async fn attached(store: &Store, number: &str) -> (Recommendation, Attached) {
    let found = store.attached(code(REVIEW), &paragraph(number)).await;
    found.unwrap().unwrap()
}

/// Recommendations as a form shows them with all that belongs to them; the first one is edited.
async fn whole(store: &Store, numbers: &[&str]) -> EditTarget {
    let mut parts = Vec::new();
    for number in numbers {
        parts.push(attached(store, number).await);
    }
    let parts: Vec<_> = parts
        .iter()
        .map(|(one, attached)| (one, attached))
        .collect();
    EditTarget {
        review: code(REVIEW),
        paragraph: paragraph(numbers[0]),
        seen: edit_seen(&parts),
    }
}

fn claim(class: PositionClass, source: &str) -> Position {
    Position {
        class,
        raw: "Enjoys the support".to_owned(),
        source: Some(source.to_owned()),
        source_paragraph: Some("3".to_owned()),
        date: Some("2020-03-01".into()),
    }
}

/// What readers and assessors see of a review, without the numbers of rows and versions.
fn told(record: &ReviewRecord) -> String {
    let mut told = Vec::new();
    for one in &record.recommendations {
        told.push(serde_json::to_string(one).unwrap());
        for round in &record.rounds {
            let assessment = round.assessments.get(&one.id);
            told.push(serde_json::to_string(&(&round.round.slug, assessment)).unwrap());
        }
        let links = record.links.iter();
        let links = links.filter(|link| link.recommendation == one.id);
        told.extend(links.map(|link| format!("{:?} {}", link.earlier, link.repeats)));
    }
    told.join("\n")
}

async fn is_sound(database: &TestDatabase) {
    assert_eq!(database.store.check().await.unwrap(), []);
    // As a program sees it that has just been started.
    let second = database.second_store().await;
    assert_eq!(
        told(&record(&second).await),
        told(&record(&database.store).await)
    );
    second.close().await.unwrap();
}

async fn undo(store: &Store, entry: i64) -> Result<(), Error> {
    let undone = store.undo_edit(&actor(), code(REVIEW), entry).await;
    undone.map(|_| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_is_added_and_corrected_with_its_source() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let before = told(&record(store).await);
        let seen = target(store, "120.1").await;
        let reply = claim(PositionClass::Supported, "A/HRC/43/15/Add.1");
        let added = store
            .save_position(&actor(), &seen, None, &reply, "The reply of the State.")
            .await
            .unwrap();
        assert_eq!(one(store, "120.1").await.positions.last(), Some(&reply));
        // Shown before, it is another one now.
        let again = store
            .save_position(&actor(), &seen, None, &reply, "Once more.")
            .await;
        assert_eq!(refusal(again), "recommendation-changed-meanwhile");
        let seen = target(store, "120.1").await;
        let again = store
            .save_position(&actor(), &seen, None, &reply, "Once more.")
            .await;
        assert_eq!(refusal(again), "edit-position-known");

        // A corrected claim stands in the place of the old one, which the history keeps.
        let place = one(store, "120.1").await.positions.len() - 1;
        let corrected = claim(PositionClass::Noted, "A/HRC/43/15/Add.1");
        let changed = store
            .save_position(&actor(), &seen, Some(place), &corrected, "Misread.")
            .await
            .unwrap();
        assert_eq!(one(store, "120.1").await.position(), PositionClass::Noted);
        let history = store.history_of(REVIEW, "120.1").await.unwrap();
        let heading = history.iter().find(|entry| entry.id == changed).unwrap();
        let Some(Event::RecommendationsEdited(edit)) = heading.event() else {
            panic!("{heading:?}");
        };
        assert_eq!((edit.reason.as_str(), edit.entries), ("Misread.", 1));
        let entry = history
            .iter()
            .find(|entry| entry.id == changed - 1)
            .unwrap();
        assert!(entry.before.as_ref().unwrap().contains("supported"));
        let public = record(store).await.for_the_public().public;
        assert!(heading.is_public(&public) && entry.is_public(&public));
        is_sound(&database).await;

        // The first cannot be undone before the second.
        assert_eq!(refusal(undo(store, added).await), "edit-undo-touched");
        undo(store, changed).await.unwrap();
        undo(store, added).await.unwrap();
        assert_eq!(told(&record(store).await), before);
        assert_eq!(refusal(undo(store, added).await), "edit-undo-touched");
        is_sound(&database).await;

        let seen = target(store, "120.1").await;
        for (claim, reason, key) in [
            (
                claim(PositionClass::Noted, " "),
                "Why",
                "edit-position-without-source",
            ),
            (reply.clone(), " ", "edit-reason-unfit"),
            (
                Position {
                    date: Some("1 March".into()),
                    ..reply.clone()
                },
                "Why",
                "edit-position-date-unfit",
            ),
            (
                claim(PositionClass::Noted, &"x".repeat(201)),
                "Why",
                "edit-too-long",
            ),
        ] {
            let refused = store
                .save_position(&actor(), &seen, None, &claim, reason)
                .await;
            assert_eq!(refusal(refused), key);
        }
        let nowhere = store
            .save_position(&actor(), &seen, Some(99), &reply, "Why")
            .await;
        assert!(matches!(nowhere, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_are_corrected_and_a_former_number_leads_on() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 3).await;
        let assessed = save(1, 0, "implemented", "Seen.");
        store
            .save_assessment(&actor(), None, &assessed)
            .await
            .unwrap();
        let before = told(&record(store).await);
        let shown = one(store, "120.1").await;
        let wanted = Recommendation {
            paragraph: paragraph("120.17"),
            text: Some(" Do the other thing ".to_owned()),
            language: Some("EN".to_owned()),
            summary: Some("In short".to_owned()),
            recommending: states(&["CHL", "NOR", "CHL"]),
            terms: vec![
                Term::new(Scheme::Theme, "Children"),
                Term::new(Scheme::Issue, "Justice"),
            ],
            responsible_bodies: vec!["Parliament".to_owned()],
            source_id: Some("x-1".to_owned()),
            ..shown.clone()
        };
        let seen = target(store, "120.1").await;
        let entry = store
            .correct_recommendation(&actor(), &seen, &wanted, &why())
            .await
            .unwrap();
        let now = one(store, "120.17").await;
        assert_eq!(now.id, shown.id);
        assert_eq!(now.text.as_deref(), Some("Do the other thing"));
        assert_eq!(now.language.as_deref(), Some("en"));
        assert_eq!(now.recommending, states(&["CHL", "NOR"]));
        assert_eq!(now.terms[0].scheme, Scheme::Issue);
        // Its assessment goes along, and its former number leads to it.
        let there = record(store).await;
        assert!(
            there
                .round(ROUND)
                .unwrap()
                .assessments
                .contains_key(&now.id)
        );
        let leads = store.paragraph_now(code(REVIEW), &paragraph("120.1")).await;
        assert_eq!(leads.unwrap(), Some(paragraph("120.17")));
        is_sound(&database).await;
        // A number that leads elsewhere, or is another's, is not given.
        let other = one(store, "120.2").await;
        let seen = target(store, "120.2").await;
        for (number, key) in [
            ("120.1", "edit-number-leads-elsewhere"),
            ("120.3", "edit-number-taken"),
        ] {
            let wanted = Recommendation {
                paragraph: paragraph(number),
                ..other.clone()
            };
            let refused = store
                .correct_recommendation(&actor(), &seen, &wanted, &why())
                .await;
            assert_eq!(refusal(refused), key);
        }
        let same = store
            .correct_recommendation(&actor(), &seen, &other, &why())
            .await;
        assert_eq!(refusal(same), "edit-changes-nothing");
        for (wanted, key) in [
            (
                Recommendation {
                    text: None,
                    ..other.clone()
                },
                "edit-without-text",
            ),
            (
                Recommendation {
                    recommending: Vec::new(),
                    ..other.clone()
                },
                "edit-without-states",
            ),
            (
                Recommendation {
                    text: Some("x".repeat(50_001)),
                    ..other.clone()
                },
                "edit-too-long",
            ),
            (
                Recommendation {
                    terms: vec![Term::new(Scheme::Issue, "Jus\u{202e}tice")],
                    ..other.clone()
                },
                "name-invisible",
            ),
        ] {
            let refused = store
                .correct_recommendation(&actor(), &seen, &wanted, &why())
                .await;
            assert_eq!(refusal(refused), key);
        }
        for why in [
            Why {
                source: String::new(),
                ..why()
            },
            Why {
                reason: "x".repeat(2_001),
                ..why()
            },
        ] {
            let wanted = Recommendation {
                summary: Some("Short".to_owned()),
                ..other.clone()
            };
            let refused = store
                .correct_recommendation(&actor(), &seen, &wanted, &why)
                .await;
            assert!(refusal(refused).ends_with("-unfit"));
        }

        undo(store, entry).await.unwrap();
        assert_eq!(told(&record(store).await), before);
        let leads = store
            .paragraph_now(code(REVIEW), &paragraph("120.17"))
            .await;
        assert_eq!(leads.unwrap(), None);
        is_sound(&database).await;
        // There and back again, the first number is its own.
        for (from, to) in [("120.1", "120.17"), ("120.17", "120.1")] {
            let seen = target(store, from).await;
            let wanted = Recommendation {
                paragraph: paragraph(to),
                ..one(store, from).await
            };
            store
                .correct_recommendation(&actor(), &seen, &wanted, &why())
                .await
                .unwrap();
        }
        let leads = store
            .paragraph_now(code(REVIEW), &paragraph("120.17"))
            .await;
        assert_eq!(leads.unwrap(), Some(paragraph("120.1")));
        is_sound(&database).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_published_round_names_keeps_its_number_and_text() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let mut with_blanks = incoming(2);
        with_blanks.text = Some("Do the thing of number 2 \n".to_owned());
        import(store, file(vec![with_blanks])).await;
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let published = record(store)
            .await
            .round(ROUND)
            .unwrap()
            .round
            .content_hash
            .clone();
        let shown = one(store, "120.1").await;
        let seen = target(store, "120.1").await;
        // Blanks around a text, which forms drop, are no other text.
        let stored = one(store, "120.2").await;
        let trimmed = Recommendation {
            text: stored.text.as_ref().map(|text| text.trim().to_owned()),
            summary: Some("In short".to_owned()),
            ..stored.clone()
        };
        assert_ne!(trimmed.text, stored.text);
        let of_blanks = target(store, "120.2").await;
        store
            .correct_recommendation(&actor(), &of_blanks, &trimmed, &why())
            .await
            .unwrap();
        assert_eq!(one(store, "120.2").await.text, stored.text);
        for wanted in [
            Recommendation {
                paragraph: paragraph("120.17"),
                ..shown.clone()
            },
            Recommendation {
                text: Some("Another thing".to_owned()),
                ..shown.clone()
            },
        ] {
            let refused = store
                .correct_recommendation(&actor(), &seen, &wanted, &why())
                .await;
            assert_eq!(refusal(refused), "edit-is-published");
        }
        let part = |states_of: &[&str]| Part {
            text: "Half".to_owned(),
            recommending: states(states_of),
        };
        let refused = store
            .split_recommendation(
                &actor(),
                &seen,
                &part(&["NOR"]),
                &part(&["BRA"]),
                &paragraph("120.9"),
                &why(),
            )
            .await;
        assert_eq!(refusal(refused), "edit-is-published");
        let gone = whole(store, &["120.1"]).await;
        let refused = store.remove_recommendation(&actor(), &gone, &why()).await;
        assert_eq!(refusal(refused), "edit-cannot-go");
        let both = whole(store, &["120.1", "120.2"]).await;
        let refused = store
            .merge_recommendations(&actor(), &both, &paragraph("120.2"), &[], &why())
            .await;
        assert_eq!(refusal(refused), "edit-cannot-go");

        // What the snapshot keeps may be corrected: the round counts as before.
        let wanted = Recommendation {
            recommending: states(&["CHL"]),
            summary: Some("In short".to_owned()),
            ..shown.clone()
        };
        store
            .correct_recommendation(&actor(), &seen, &wanted, &why())
            .await
            .unwrap();
        let seen = target(store, "120.1").await;
        let reply = claim(PositionClass::Noted, "A/HRC/43/15/Add.1");
        store
            .save_position(&actor(), &seen, None, &reply, "The reply.")
            .await
            .unwrap();
        let now = record(store).await;
        let round = now.round(ROUND).unwrap();
        assert_eq!(round.round.content_hash, published);
        assert_eq!(Some(round.content_hash(&now)), published);
        assert_eq!(
            round.frozen[&shown.id].recommendation.recommending,
            shown.recommending
        );
        is_sound(&database).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recommendation_is_added_and_taken_back() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let before = told(&record(store).await);
        let new = Recommendation {
            text: Some("Do a third thing".to_owned()),
            recommending: states(&["CHL"]),
            ..Recommendation::new(paragraph("120.3"))
        };
        let add = async || {
            store
                .add_recommendation(&actor(), code(REVIEW), &new, &why())
                .await
        };
        let entry = add().await.unwrap();
        assert_eq!(one(store, "120.3").await.text, new.text);
        assert_eq!(refusal(add().await), "edit-number-taken");
        is_sound(&database).await;
        // Assessed, it stays.
        let assessed = save(3, 0, "implemented", "Seen.");
        store
            .save_assessment(&actor(), None, &assessed)
            .await
            .unwrap();
        assert_eq!(refusal(undo(store, entry).await), "edit-undo-touched");
        let gone = whole(store, &["120.3"]).await;
        let removed = store
            .remove_recommendation(&actor(), &gone, &why())
            .await
            .unwrap();
        assert_eq!(told(&record(store).await), before);
        is_sound(&database).await;
        undo(store, removed).await.unwrap();
        let second = add().await;
        assert_eq!(refusal(second), "edit-number-taken");
        let nowhere = store
            .add_recommendation(&actor(), code("FJI-3"), &new, &why())
            .await;
        assert!(matches!(nowhere, Err(Error::NotFound)));
    })
    .await;
}

/// A review with an earlier one, a link to it and a link from a later one, two open rounds and a name for 120.1.
async fn rich(store: &Store) {
    with_round(store, 4).await;
    store
        .open_round(&actor(), code(REVIEW), &new_round("other"))
        .await
        .unwrap();
    for review in ["SVN-2", "SVN-4"] {
        let mut one = incoming(1);
        one.review = code(review);
        one.session = None;
        one.report_symbol = None;
        one.recommending = states(&["NOR"]);
        import(store, file(vec![one])).await;
    }
    for (later, number, earlier, of, repeats) in [
        (REVIEW, "120.1", "SVN-2", "120.1", true),
        ("SVN-4", "120.1", REVIEW, "120.1", false),
    ] {
        let earlier = Earlier {
            review: code(earlier),
            paragraph: paragraph(of),
        };
        store
            .decide_link(
                &actor(),
                code(later),
                &paragraph(number),
                &earlier,
                Some(repeats),
            )
            .await
            .unwrap();
    }
    // It was 120.11 before.
    let seen = target(store, "120.1").await;
    let wanted = Recommendation {
        paragraph: paragraph("120.11"),
        ..one(store, "120.1").await
    };
    store
        .correct_recommendation(&actor(), &seen, &wanted, &why())
        .await
        .unwrap();
    let seen = target(store, "120.11").await;
    let wanted = Recommendation {
        paragraph: paragraph("120.1"),
        ..one(store, "120.11").await
    };
    store
        .correct_recommendation(&actor(), &seen, &wanted, &why())
        .await
        .unwrap();
}

async fn links_of_the_next(store: &Store) -> Vec<String> {
    let record = store.review_record(code("SVN-4")).await.unwrap();
    let links = record.links.iter();
    links
        .map(|link| format!("{:?} {}", link.earlier.paragraph, link.repeats))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_removed_comes_back_whole() {
    on_each_database(async |database| {
        let store = &database.store;
        rich(store).await;
        let mut assessed = save(1, 0, "implemented", "Seen.");
        assessed.evidence = vec![evidence("A law")];
        store
            .save_assessment(&actor(), None, &assessed)
            .await
            .unwrap();
        let before = told(&record(store).await);
        let seen = whole(store, &["120.1"]).await;
        let (_, belongs) = attached(store, "120.1").await;
        assert_eq!((belongs.assessed.len(), belongs.links.len()), (1, 2));
        assert_eq!(belongs.names, [("120.11".to_owned(), None)]);
        // Assessed again after it was shown, it is another one.
        assessed.version = 1;
        "Seen twice.".clone_into(&mut assessed.rationale);
        store
            .save_assessment(&actor(), None, &assessed)
            .await
            .unwrap();
        let stale = store.remove_recommendation(&actor(), &seen, &why()).await;
        assert_eq!(refusal(stale), "recommendation-changed-meanwhile");
        let now = told(&record(store).await);
        assert_ne!(now, before);

        let seen = whole(store, &["120.1"]).await;
        let entry = store
            .remove_recommendation(&actor(), &seen, &why())
            .await
            .unwrap();
        assert_eq!(record(store).await.recommendations.len(), 3);
        assert!(links_of_the_next(store).await.is_empty());
        let leads = store
            .paragraph_now(code(REVIEW), &paragraph("120.11"))
            .await;
        assert_eq!(leads.unwrap(), None);
        is_sound(&database).await;
        let history = store.history_of(REVIEW, "120.1").await.unwrap();
        let kinds: Vec<_> = history.iter().filter_map(|entry| entry.kind).collect();
        assert!(kinds.contains(&EventKind::AssessmentRemoved));
        assert!(kinds.contains(&EventKind::RecommendationRemoved));

        undo(store, entry).await.unwrap();
        assert_eq!(told(&record(store).await), now);
        assert_eq!(links_of_the_next(store).await.len(), 1);
        let leads = store
            .paragraph_now(code(REVIEW), &paragraph("120.11"))
            .await;
        assert_eq!(leads.unwrap(), Some(paragraph("120.1")));
        is_sound(&database).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unsaved_draft_is_not_lost() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let password = NewPassword::Generated;
        store
            .add_account(&actor(), "Ana", Role::Analyst, password)
            .await
            .unwrap();
        let account = store.accounts().await.unwrap()[0].id;
        let typed = save(2, 0, "implemented", "Typed");
        store
            .keep_draft(account, &typed, &DraftReason::Typed)
            .await
            .unwrap();
        let gone = whole(store, &["120.2"]).await;
        let refused = store.remove_recommendation(&actor(), &gone, &why()).await;
        assert_eq!(refusal(refused), "edit-is-drafted");
        let both = whole(store, &["120.1", "120.2"]).await;
        let refused = store
            .merge_recommendations(&actor(), &both, &paragraph("120.2"), &[], &why())
            .await;
        assert_eq!(refusal(refused), "edit-is-drafted");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_become_one_with_all_that_belongs_to_them() {
    on_each_database(async |database| {
        let store = &database.store;
        rich(store).await;
        // 120.2 has a State, a term and a position of its own; both are assessed in one round, 120.1 in the other.
        let seen = target(store, "120.2").await;
        let wanted = Recommendation {
            recommending: states(&["NOR", "CHL"]),
            terms: vec![Term::new(Scheme::Issue, "Justice")],
            ..one(store, "120.2").await
        };
        store
            .correct_recommendation(&actor(), &seen, &wanted, &why())
            .await
            .unwrap();
        for number in ["120.1", "120.2"] {
            let seen = target(store, number).await;
            let claim = claim(PositionClass::Noted, &format!("Source of {number}"));
            store
                .save_position(&actor(), &seen, None, &claim, "The reply.")
                .await
                .unwrap();
        }
        for (number, round, status) in [
            (2, ROUND, "not_implemented"),
            (1, ROUND, "implemented"),
            (1, "other", "partially_implemented"),
        ] {
            let mut save = save(number, 0, status, "Seen.");
            save.round = round.to_owned();
            save.evidence = vec![evidence("A law")];
            store.save_assessment(&actor(), None, &save).await.unwrap();
        }
        let before = told(&record(store).await);
        // 120.1, which has links and another name, is merged into 120.2.
        let seen = whole(store, &["120.2", "120.1"]).await;
        let merge = async |choices: &[(String, KeptAssessment)], seen: &EditTarget| {
            store
                .merge_recommendations(&actor(), seen, &paragraph("120.1"), choices, &why())
                .await
        };
        assert_eq!(
            refusal(merge(&[], &seen).await),
            "edit-assessments-unchosen"
        );
        let unshown = EditTarget {
            seen: Seen::default(),
            ..seen.clone()
        };
        assert_eq!(
            refusal(merge(&[], &unshown).await),
            "recommendation-changed-meanwhile"
        );
        let itself = EditTarget {
            paragraph: paragraph("120.1"),
            ..seen.clone()
        };
        assert_eq!(
            refusal(merge(&[], &itself).await),
            "edit-merged-with-itself"
        );

        for (kept, status) in [
            (KeptAssessment::Own, "not_implemented"),
            (KeptAssessment::Other, "implemented"),
        ] {
            let seen = whole(store, &["120.2", "120.1"]).await;
            let entry = merge(&[(ROUND.to_owned(), kept)], &seen).await.unwrap();
            let there = record(store).await;
            assert_eq!(there.recommendations.len(), 3);
            let now = one(store, "120.2").await;
            assert_eq!(now.recommending, states(&["NOR", "CHL", "BRA"]));
            assert_eq!(now.terms, [Term::new(Scheme::Issue, "Justice")]);
            let sources = now.positions.iter().filter_map(|one| one.source.as_deref());
            let sources: Vec<_> = sources.collect();
            assert!(sources.contains(&"Source of 120.1"), "{sources:?}");
            assert_eq!(sources.last(), Some(&"Source of 120.2"));
            let of = |round: &str| there.round(round).unwrap().assessments[&now.id].clone();
            assert_eq!(of(ROUND).status, status);
            assert_eq!(of("other").status, "partially_implemented");
            assert_eq!(there.links.len(), 1);
            assert_eq!(
                links_of_the_next(store).await,
                [format!("{:?} false", now.paragraph)]
            );
            for former in ["120.1", "120.11"] {
                let leads = store.paragraph_now(code(REVIEW), &paragraph(former)).await;
                assert_eq!(leads.unwrap(), Some(paragraph("120.2")));
            }
            is_sound(&database).await;
            undo(store, entry).await.unwrap();
            assert_eq!(told(&record(store).await), before);
            assert_eq!(links_of_the_next(store).await.len(), 1);
            let leads = store
                .paragraph_now(code(REVIEW), &paragraph("120.11"))
                .await;
            assert_eq!(leads.unwrap(), Some(paragraph("120.1")));
            is_sound(&database).await;
        }
        // What was assessed as one recommendation cannot become two again.
        let seen = whole(store, &["120.2", "120.1"]).await;
        let choices = [(ROUND.to_owned(), KeptAssessment::Own)];
        let entry = merge(&choices, &seen).await.unwrap();
        let id = one(store, "120.2").await.id;
        let version = record(store).await.round("other").unwrap().assessments[&id].version;
        let mut save = save(2, version, "implemented", "Seen as one.");
        "other".clone_into(&mut save.round);
        store.save_assessment(&actor(), None, &save).await.unwrap();
        assert_eq!(refusal(undo(store, entry).await), "edit-undo-touched");
        is_sound(&database).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_becomes_two_and_the_first_keeps_the_assessments() {
    on_each_database(async |database| {
        let store = &database.store;
        rich(store).await;
        let seen = target(store, "120.1").await;
        let reply = claim(PositionClass::Supported, "A/HRC/43/15/Add.1");
        store
            .save_position(&actor(), &seen, None, &reply, "The reply.")
            .await
            .unwrap();
        let assessed = save(1, 0, "implemented", "Seen.");
        store
            .save_assessment(&actor(), None, &assessed)
            .await
            .unwrap();
        let before = told(&record(store).await);
        let seen = target(store, "120.1").await;
        let part = |text: &str, states_of: &[&str]| Part {
            text: text.to_owned(),
            recommending: states(states_of),
        };
        let split = async |first: Part, second: Part, number: &str| {
            store
                .split_recommendation(&actor(), &seen, &first, &second, &paragraph(number), &why())
                .await
        };
        for (first, second, number, key) in [
            (
                part("", &["NOR"]),
                part("B", &["BRA"]),
                "120.9",
                "edit-part-without-text",
            ),
            (
                part("A", &["NOR"]),
                part("B", &[]),
                "120.9",
                "edit-part-without-states",
            ),
            (
                part("A", &["NOR"]),
                part("B", &["NOR"]),
                "120.9",
                "edit-states-left-out",
            ),
            (
                part("A", &["NOR", "BRA"]),
                part("B", &["CHL"]),
                "120.9",
                "edit-states-unknown",
            ),
            (
                part("A", &["NOR"]),
                part("B", &["BRA"]),
                "120.2",
                "edit-number-taken",
            ),
            (
                part("A", &["NOR"]),
                part("B", &["BRA"]),
                "120.11",
                "edit-number-leads-elsewhere",
            ),
        ] {
            assert_eq!(refusal(split(first, second, number).await), key);
        }
        let entry = split(part("A", &["NOR"]), part("B", &["NOR", "BRA"]), "120.9")
            .await
            .unwrap();
        let (first, second) = (one(store, "120.1").await, one(store, "120.9").await);
        assert_eq!(first.text.as_deref(), Some("A"));
        assert_eq!(second.recommending, states(&["NOR", "BRA"]));
        assert_eq!(second.positions, first.positions);
        let there = record(store).await;
        let round = there.round(ROUND).unwrap();
        assert!(round.assessments.contains_key(&first.id));
        assert!(!round.assessments.contains_key(&second.id));
        is_sound(&database).await;
        undo(store, entry).await.unwrap();
        assert_eq!(told(&record(store).await), before);
        is_sound(&database).await;

        let seen = target(store, "120.1").await;
        let entry = store
            .split_recommendation(
                &actor(),
                &seen,
                &part("A", &["NOR"]),
                &part("B", &["BRA"]),
                &paragraph("120.9"),
                &why(),
            )
            .await
            .unwrap();
        let assessed = save(9, 0, "implemented", "Seen.");
        store
            .save_assessment(&actor(), None, &assessed)
            .await
            .unwrap();
        assert_eq!(refusal(undo(store, entry).await), "edit-undo-touched");
        let other = store.undo_edit(&actor(), code("SVN-2"), entry).await;
        assert!(matches!(other, Err(Error::NotFound)));
        is_sound(&database).await;
    })
    .await;
}
