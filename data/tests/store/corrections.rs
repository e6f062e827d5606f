//! Published rounds are corrected, withdrawn and chosen as headline; open ones are deleted.

use crate::support::{
    REVIEW, ROUND, TestDatabase, actor, code, evidence, new_round, on_each_database, refusal, save,
    with_round,
};
use data::domain::{Filter, RecommendationSet, RoundCounts};
use data::store::{
    Actor, CORRECTION_REASON_MAX, DraftReason, Event, NewPassword, RoundContents, Save, Store,
};

/// The correction of [`ROUND`].
const CORRECTION: &str = "ours-correction-1";

/// Publishes the round: 1 implemented with evidence, 2 not implemented, 3 saved as not assessed, 4 left.
async fn published(store: &Store) {
    with_round(store, 4).await;
    let mut first = save(1, 0, "implemented", "A law was passed.");
    first.evidence = vec![evidence("Law")];
    for save in [
        first,
        save(2, 0, "not_implemented", "Nothing was done."),
        save(3, 0, "not_assessed", "Nobody answered."),
    ] {
        store.save_assessment(&actor(), None, &save).await.unwrap();
    }
    store
        .publish_round(&actor(), code(REVIEW), ROUND)
        .await
        .unwrap();
}

fn in_round(round: &str, save: Save) -> Save {
    Save {
        round: round.to_owned(),
        ..save
    }
}

/// Publishes the round and a correction of it in which recommendation 2 is implemented.
async fn corrected(store: &Store) {
    published(store).await;
    let slug = store
        .open_correction(&actor(), code(REVIEW), ROUND)
        .await
        .unwrap();
    assert_eq!(slug, CORRECTION);
    let record = store.review_record(code(REVIEW)).await.unwrap();
    let second = record.recommendations[1].id;
    let version = record.round(CORRECTION).unwrap().assessments[&second].version;
    let save = in_round(CORRECTION, save(2, version, "implemented", "A decree."));
    store.save_assessment(&actor(), None, &save).await.unwrap();
    store
        .publish_correction(&actor(), code(REVIEW), CORRECTION, " A decree was missed. ")
        .await
        .unwrap();
}

async fn findings(database: &TestDatabase) -> Vec<String> {
    let store = database.second_store().await;
    let found = store.check().await.unwrap();
    let keys = found.into_iter().map(|finding| finding.0.key.into_owned());
    keys.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_begins_with_the_published_assessments_and_takes_their_place() {
    on_each_database(async |database| {
        let store = &database.store;
        published(store).await;
        let review = code(REVIEW);
        let before = store.review_record(review).await.unwrap();
        let text = before.round(ROUND).unwrap().canonical_text(&before);
        // Another process has read the review before.
        let other = database.second_store().await;
        other.corpus().await.unwrap();
        other.review_record(review).await.unwrap();

        let open = store
            .open_correction(&actor(), review, ROUND)
            .await
            .unwrap();
        assert_eq!(open, CORRECTION);
        let again = store.open_correction(&actor(), review, ROUND).await;
        assert_eq!(refusal(again), "round-correction-is-open");
        let of_open = store.open_correction(&actor(), review, CORRECTION).await;
        assert_eq!(refusal(of_open), "round-not-published");
        let record = store.review_record(review).await.unwrap();
        let (from, to) = (
            record.round(ROUND).unwrap(),
            record.round(CORRECTION).unwrap(),
        );
        assert_eq!(to.round.publication.correction, 1);
        assert_eq!(to.round.title, from.round.title);
        assert_eq!(to.round.scale, from.round.scale);
        assert_eq!(to.round.as_of, from.round.as_of);
        // The one that nobody had assessed is left; the others are copies, evidence included.
        assert_eq!((from.assessments.len(), to.assessments.len()), (4, 3));
        for one in &record.recommendations[..3] {
            let (old, new) = (&from.assessments[&one.id], &to.assessments[&one.id]);
            assert_eq!(
                (&old.status, &old.rationale, &old.evidence),
                (&new.status, &new.rationale, &new.evidence)
            );
            assert_eq!((new.version, &new.carried_over), (1, &None));
        }
        assert_eq!(record.evidence.len(), 1);
        // Nothing of it is public yet.
        let public = store.public_record(review).await.unwrap();
        assert!(public.round(CORRECTION).is_none());
        assert_eq!(public.headline_round().unwrap().round.slug, ROUND);
        assert!(public.round(ROUND).unwrap().round.is_current());

        let second = record.recommendations[1].id;
        let version = to.assessments[&second].version;
        let changed = in_round(CORRECTION, save(2, version, "implemented", "A decree."));
        store
            .save_assessment(&actor(), None, &changed)
            .await
            .unwrap();
        for reason in ["", " \n", &"x".repeat(CORRECTION_REASON_MAX + 1)] {
            let refused = store
                .publish_correction(&actor(), review, CORRECTION, reason)
                .await;
            assert_eq!(refusal(refused), "round-reason-unfit");
        }
        let without = store.publish_round(&actor(), review, CORRECTION).await;
        assert_eq!(refusal(without), "round-reason-unfit");
        store
            .publish_correction(&actor(), review, CORRECTION, " A decree was missed. ")
            .await
            .unwrap();

        // Other processes on the database learn of it as they learn of a publication.
        for store in [store.as_ref(), &other] {
            let record = store.public_record(review).await.unwrap();
            let slugs: Vec<_> = record.rounds.iter().map(|one| &one.round.slug).collect();
            assert_eq!(slugs, [CORRECTION]);
            assert_eq!(record.headline_round().unwrap().round.slug, CORRECTION);
            let old = record.round(ROUND).unwrap();
            let superseded = old.round.publication.superseded.as_ref().unwrap();
            assert_eq!(
                (superseded.by.as_str(), superseded.correction),
                (CORRECTION, 1)
            );
            assert_eq!(superseded.reason, "A decree was missed.");
            assert_eq!(old.canonical_text(&record), text);
            assert_eq!(old.round.content_hash, Some(old.content_hash(&record)));
            // Lists and totals count the correction alone.
            let corpus = store.corpus().await.unwrap();
            let filter = Filter::parse("status=implemented").0;
            assert_eq!(
                RecommendationSet::of_all_reviews(&corpus, &filter, false).len(),
                2
            );
            let part = &corpus.parts()[0];
            assert_eq!(part.round.as_ref().unwrap().slug, CORRECTION);
            assert_eq!((part.standing.rounds, part.standing.published), (1, 1));
            // A list that names the superseded round still shows it.
            let named = Filter::parse(&format!("round={ROUND}&status=implemented")).0;
            assert_eq!(RecommendationSet::of_review(&record, &named).len(), 1);
        }
        let record = store.review_record(review).await.unwrap();
        let correction = record.round(CORRECTION).unwrap();
        let text = correction.canonical_text(&record);
        assert!(text.contains(r#""corrects":"ours","correction_reason":"A decree was missed.""#));
        let entries = database
            .texts("SELECT after FROM event WHERE kind = 'round-superseded'")
            .await;
        let [entry] = entries.as_slice() else {
            panic!("{entries:?}")
        };
        for part in [
            r#""before":{"implemented":1,"assessed":2,"received":4}"#,
            r#""after":{"implemented":2,"assessed":2,"received":4}"#,
        ] {
            assert!(entry.contains(part), "{entry}");
        }
        assert_eq!(store.check().await.unwrap(), []);
        for (round, by) in [
            (ROUND, "round-is-superseded"),
            (CORRECTION, "round-is-published"),
        ] {
            let refused = match by {
                "round-is-published" => refusal(store.publish_round(&actor(), review, round).await),
                _ => refusal(store.open_correction(&actor(), review, round).await),
            };
            assert_eq!(refused, by);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_can_be_corrected() {
    on_each_database(async |database| {
        let store = &database.store;
        corrected(store).await;
        let review = code(REVIEW);
        let next = store
            .open_correction(&actor(), review, CORRECTION)
            .await
            .unwrap();
        assert_eq!(next, "ours-correction-2");
        store
            .publish_correction(&actor(), review, &next, "Once more.")
            .await
            .unwrap();
        let record = store.review_record(review).await.unwrap();
        let slugs: Vec<_> = record.rounds.iter().map(|one| &one.round.slug).collect();
        assert_eq!(slugs, [&next]);
        let by = |slug: &str| {
            let round = record.round(slug).unwrap();
            let superseded = round.round.publication.superseded.clone();
            superseded.map(|one| (one.by, one.correction))
        };
        assert_eq!(by(ROUND), Some((CORRECTION.to_owned(), 1)));
        assert_eq!(by(CORRECTION), Some((next.clone(), 2)));
        assert_eq!(by(&next), None);
        let (count, entries) = store.corrections(Some(review), 0, 10).await.unwrap();
        assert_eq!((count, entries.len()), (2, 2));
        assert_eq!(entries[0].round, CORRECTION);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_round_leaves_everything_but_its_hash() {
    on_each_database(async |database| {
        let store = &database.store;
        published(store).await;
        let review = code(REVIEW);
        let before = store.review_record(review).await.unwrap();
        let hash = before.round(ROUND).unwrap().round.content_hash.clone();
        let (from, _) = store.revision().await.unwrap();
        let unfit = store.withdraw_round(&actor(), review, ROUND, " ").await;
        assert_eq!(refusal(unfit), "round-reason-unfit");
        store
            .withdraw_round(&actor(), review, ROUND, "The sources were forged.")
            .await
            .unwrap();
        let (to, _) = store.revision().await.unwrap();
        // A page from before must not be shown while the database is away.
        assert!(store.has_removed_public(from, to).await.unwrap());
        let public = store.public_record(review).await.unwrap();
        assert!(public.rounds.is_empty() && public.round(ROUND).is_none());
        assert!(public.headline_round().is_none());
        let gone = public.any_round(ROUND).unwrap();
        assert!(gone.assessments.is_empty());
        assert_eq!(gone.round.content_hash, hash);
        let withdrawn = gone.round.publication.withdrawn.as_ref().unwrap();
        assert_eq!(withdrawn.reason, "The sources were forged.");
        assert!(public.evidence.is_empty());
        let corpus = store.corpus().await.unwrap();
        let part = &corpus.parts()[0];
        assert!(part.round.is_none() && part.standing.headline.is_none());
        for refused in [
            refusal(store.withdraw_round(&actor(), review, ROUND, "Again").await),
            refusal(
                store
                    .open_correction(&actor(), review, ROUND)
                    .await
                    .map(|_| ()),
            ),
            refusal(
                store
                    .choose_headline(&actor(), review, Some(ROUND), "Again")
                    .await,
            ),
        ] {
            assert_eq!(refused, "round-is-withdrawn");
        }
        // Its content is still verified.
        assert_eq!(store.check().await.unwrap(), []);
        let changed = database
            .tamper("UPDATE assessment SET rationale = 'x' WHERE rationale LIKE 'A law%'")
            .await;
        assert_eq!(changed, 1);
        assert!(
            findings(&database)
                .await
                .contains(&"check-round-altered".to_owned())
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_that_was_withdrawn_meanwhile_can_still_be_superseded() {
    on_each_database(async |database| {
        let store = &database.store;
        published(store).await;
        let review = code(REVIEW);
        store
            .open_correction(&actor(), review, ROUND)
            .await
            .unwrap();
        store
            .withdraw_round(&actor(), review, ROUND, "At once.")
            .await
            .unwrap();
        store
            .publish_correction(&actor(), review, CORRECTION, "Corrected.")
            .await
            .unwrap();
        let public = store.public_record(review).await.unwrap();
        assert_eq!(public.headline_round().unwrap().round.slug, CORRECTION);
        assert!(public.round(ROUND).is_none());
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_round_is_deleted_with_what_it_holds() {
    on_each_database(async |database| {
        let store = &database.store;
        published(store).await;
        let review = code(REVIEW);
        store
            .open_round(&actor(), review, &new_round("mistake"))
            .await
            .unwrap();
        let mut first = in_round("mistake", save(1, 0, "implemented", "Too early."));
        first.evidence = vec![evidence("Law"), evidence("Report")];
        "https://example.org/report".clone_into(&mut first.evidence[1].source);
        store.save_assessment(&actor(), None, &first).await.unwrap();
        let account = store
            .add_account(
                &Actor::command_line(),
                "Ana",
                data::domain::Role::Analyst,
                NewPassword::Given("correct horse battery".to_owned()),
            )
            .await;
        account.unwrap();
        let ana = store.accounts().await.unwrap().remove(0).id;
        let draft = in_round("mistake", save(2, 0, "implemented", "Half a thought"));
        store
            .keep_draft(ana, &draft, &DraftReason::Typed)
            .await
            .unwrap();
        let record = store.review_record(review).await.unwrap();
        let id = record.round("mistake").unwrap().round.id;
        let contents = store.round_contents(id).await.unwrap();
        let expected = RoundContents {
            assessments: 1,
            drafts: 1,
            citations: 2,
        };
        assert_eq!(contents, expected);

        // What was not shown is not deleted; nor is what is published.
        let unseen = RoundContents::default();
        let refused = store
            .remove_round(&actor(), review, "mistake", unseen)
            .await;
        assert_eq!(refusal(refused), "round-contents-changed");
        let of_published = store.remove_round(&actor(), review, ROUND, contents).await;
        assert_eq!(refusal(of_published), "round-is-published");
        let public = store.version().await.unwrap().public;
        store
            .remove_round(&actor(), review, "mistake", contents)
            .await
            .unwrap();
        assert_eq!(store.version().await.unwrap().public, public);
        let record = store.review_record(review).await.unwrap();
        assert!(record.any_round("mistake").is_none());
        // Evidence belongs to the review.
        assert_eq!(record.evidence.len(), 2);
        assert_eq!(store.check().await.unwrap(), []);

        // The name is free again, and earlier forms save over nothing.
        store
            .open_round(&actor(), review, &new_round("mistake"))
            .await
            .unwrap();
        let again = in_round("mistake", save(1, 0, "implemented", "In time."));
        store.save_assessment(&actor(), None, &again).await.unwrap();
        assert_eq!(store.check().await.unwrap(), []);
        let (_, entries) = store
            .history_of_review(REVIEW, &data::store::HistoryFilter::default(), 0, 200)
            .await
            .unwrap();
        let removed = entries.iter().find_map(|entry| match entry.event() {
            Some(Event::RoundRemoved { before }) => Some(before),
            _ => None,
        });
        assert_eq!(removed.unwrap().contents, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_round_that_covers_most_heads_a_review_until_a_reviewer_chooses() {
    on_each_database(async |database| {
        let store = &database.store;
        published(store).await;
        let review = code(REVIEW);
        let mut later = new_round("later");
        later.as_of = Some("2024-12-31".into());
        store.open_round(&actor(), review, &later).await.unwrap();
        let one = in_round("later", save(1, 0, "not_implemented", "Repealed."));
        store.save_assessment(&actor(), None, &one).await.unwrap();
        store
            .publish_round(&actor(), review, "later")
            .await
            .unwrap();
        let heads = async || {
            let record = store.public_record(review).await.unwrap();
            let slug = record.headline_round().unwrap().round.slug.clone();
            assert_eq!(record.default_round().unwrap().round.slug, slug);
            let corpus = store.corpus().await.unwrap();
            let part = &corpus.parts()[0];
            assert_eq!(part.round.as_ref().unwrap().slug, slug);
            assert_eq!(part.standing.headline.as_ref().unwrap().0.slug, slug);
            assert_eq!(store.check().await.unwrap(), []);
            slug
        };
        // Newer, but it assesses one of four where the other assesses two.
        assert_eq!(heads().await, ROUND);
        store
            .choose_headline(&actor(), review, Some("later"), "The newest state.")
            .await
            .unwrap();
        assert_eq!(heads().await, "later");
        let again = store
            .choose_headline(&actor(), review, Some("later"), "Again.")
            .await;
        assert_eq!(refusal(again), "round-headline-unchanged");
        // A correction of the chosen round is chosen as well; a withdrawal ends the choice.
        let correction = store
            .open_correction(&actor(), review, "later")
            .await
            .unwrap();
        store
            .publish_correction(&actor(), review, &correction, "A slip.")
            .await
            .unwrap();
        assert_eq!(heads().await, correction);
        store
            .withdraw_round(&actor(), review, &correction, "Wrong after all.")
            .await
            .unwrap();
        assert_eq!(heads().await, ROUND);
        let none = store
            .choose_headline(&actor(), review, None, "Why not.")
            .await;
        assert_eq!(refusal(none), "round-headline-unchanged");
        store
            .choose_headline(&actor(), review, Some(ROUND), "To be sure.")
            .await
            .unwrap();
        store
            .choose_headline(&actor(), review, None, "Superfluous.")
            .await
            .unwrap();
        assert_eq!(heads().await, ROUND);
        let (count, entries) = store.corrections(None, 0, 10).await.unwrap();
        assert_eq!(count, 5);
        let Event::HeadlineChosen(first) = &entries[4].event else {
            panic!("{entries:?}")
        };
        let figures = [&first.before, &first.after]
            .map(|figure| figure.as_ref().map(|one| (one.round.as_str(), one.counts)));
        let counts = |implemented, assessed| RoundCounts {
            implemented,
            assessed,
            received: 4,
        };
        assert_eq!(
            figures,
            [Some((ROUND, counts(1, 2))), Some(("later", counts(0, 1)))]
        );
    })
    .await;
}

/// Each alteration of a correction, a withdrawal or a choice is found, by a finding that says what is wrong.
#[tokio::test(flavor = "multi_thread")]
async fn check_finds_altered_corrections() {
    let alterations = [
        (
            "correction_reason = 'Another'",
            CORRECTION,
            "check-round-correction",
        ),
        ("correction_reason = NULL", CORRECTION, "check-round-reason"),
        ("supersedes = NULL", CORRECTION, "check-round-correction"),
        ("supersedes = 'nothing'", CORRECTION, "check-round-chain"),
        (
            "supersedes = 'ours-correction-1'",
            CORRECTION,
            "check-round-chain",
        ),
        (
            "supersedes = 'ours-correction-1'",
            ROUND,
            "check-round-chain",
        ),
        (
            "withdrawn_at = 5, withdrawal_reason = 'Because'",
            CORRECTION,
            "check-round-correction",
        ),
        (
            "withdrawn_at = 5, withdrawal_reason = ''",
            ROUND,
            "check-round-reason",
        ),
        ("withdrawn_at = 5", ROUND, "check-rows-unsound"),
        ("headline_reason = 'Mine'", CORRECTION, "check-headline"),
        ("headline_reason = 'Mine'", ROUND, "check-round-headline"),
    ];
    on_each_database(async |database| {
        corrected(&database.store).await;
        assert_eq!(findings(&database).await, Vec::<String>::new());
        let columns =
            "supersedes, correction_reason, withdrawn_at, withdrawal_reason, headline_reason";
        database
            .tamper(&format!("CREATE TABLE before_all AS SELECT id, {columns} FROM round"))
            .await;
        for (set, slug, expected) in alterations {
            let sql = format!("UPDATE round SET {set} WHERE slug = '{slug}'");
            assert_eq!(database.tamper(&sql).await, 1, "{sql}");
            let found = findings(&database).await;
            assert!(found.contains(&expected.to_owned()), "{sql}: {found:?}");
            assert!(found.contains(&"check-table-altered".to_owned()), "{sql}");
            for column in columns.split(", ") {
                let restore = format!(
                    "UPDATE round SET {column} = (SELECT b.{column} FROM before_all b WHERE b.id = round.id)"
                );
                database.tamper(&restore).await;
            }
        }
        assert_eq!(findings(&database).await, Vec::<String>::new());
        // An entry that names another hash breaks the chain; the numbers in it are held against the rounds as well.
        database
            .tamper("UPDATE event SET after = replace(after, '\"implemented\":2', '\"implemented\":3') WHERE kind = 'round-superseded'")
            .await;
        let found = findings(&database).await;
        assert!(found.contains(&"check-history-broken".to_owned()), "{found:?}");
    })
    .await;
}

/// A database of the version before has no column for corrections. Opened by this one, everything in it is as it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_the_version_before_opens() {
    on_each_database(async |database| {
        published(&database.store).await;
        let hash = async |store: &Store| {
            let record = store.review_record(code(REVIEW)).await.unwrap();
            record.round(ROUND).unwrap().round.content_hash.clone()
        };
        let before = hash(&database.store).await;
        for column in [
            "correction_reason",
            "withdrawn_at",
            "withdrawal_reason",
            "headline_reason",
        ] {
            database
                .tamper(&format!("ALTER TABLE round DROP COLUMN {column}"))
                .await;
        }
        database
            .tamper("DELETE FROM seaql_migrations WHERE version = 'm0028_corrections'")
            .await;
        let store = database.second_store().await;
        assert_eq!(hash(&store).await, before);
        assert_eq!(store.check().await.unwrap(), []);
        let slug = store
            .open_correction(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        store
            .publish_correction(&actor(), code(REVIEW), &slug, "A slip.")
            .await
            .unwrap();
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

/// The reason of a correction is part of what its hash covers, and can be redacted like every text.
#[tokio::test(flavor = "multi_thread")]
async fn a_reason_can_be_redacted() {
    on_each_database(async |database| {
        let store = &database.store;
        corrected(store).await;
        store
            .withdraw_round(&actor(), code(REVIEW), ROUND, "Mr Doe complained.")
            .await
            .unwrap();
        for text in ["A decree was missed.", "Mr Doe complained."] {
            let removal = data::store::Removal {
                reason: "asked for".to_owned(),
                text: text.to_owned(),
                whole: false,
            };
            store.redact(&actor(), &removal).await.unwrap();
            let texts = database
                .texts(&format!(
                    "SELECT slug FROM round WHERE correction_reason LIKE '%{text}%' \
                     OR withdrawal_reason LIKE '%{text}%'"
                ))
                .await;
            assert_eq!(texts, Vec::<String>::new());
        }
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let correction = record.round(CORRECTION).unwrap();
        assert_eq!(correction.round.redactions.len(), 1);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}
