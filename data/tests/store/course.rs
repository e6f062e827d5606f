//! The normal course of a review: draft report, final report, the State's reply, databases that copy from them.

use crate::support::{
    Fresh, REVIEW, ROUND, actor, all_rows, code, file, import, incoming, new_round,
    on_each_database, paragraph, refusal, save, stage, states,
};
use data::domain::{ChosenPosition, Position, PositionClass, Recommendation, SourceKind};
use data::exchange::{Format, Incoming, ReadFile, read_whole};
use data::store::{Decision, Outcome, Save, Store};

const TEXTS: [&str; 5] = [
    "Ratify the treaty on persons at sea",
    "Fund shelters in every district, with staff by day and by night",
    "Let every prisoner see a doctor of her own choice within a day",
    "Teach all judges the rights of children every year",
    "Publish the budgets of all hospitals of the country",
];

fn report(top: u32, texts: &[&str], class: PositionClass, symbol: Option<&str>) -> ReadFile {
    let rows = (1..).zip(texts).map(|(number, text)| Incoming {
        report_symbol: symbol.map(str::to_owned),
        paragraph: Some(paragraph(&format!("{top}.{number}"))),
        text: Some((*text).to_owned()),
        recommending: states(&[["NOR", "BRA", "TGO", "FJI", "JPN"][number as usize % 5]]),
        position: Some(Position {
            class,
            raw: class.code().to_owned(),
            source: symbol.map(str::to_owned),
            source_paragraph: Some(top.to_string()),
            date: None,
        }),
        ..incoming(number)
    });
    file(rows.collect())
}

fn reply(text: &str) -> ReadFile {
    let read = read_whole(text.as_bytes(), Some(code(REVIEW))).unwrap();
    assert_eq!(read.format, Format::StateReply);
    read
}

async fn all(store: &Store) -> Vec<Recommendation> {
    let record = store.review_record(code(REVIEW)).await.unwrap();
    record.recommendations.clone()
}

fn numbers(all: &[Recommendation]) -> Vec<String> {
    all.iter().map(|one| one.paragraph.to_string()).collect()
}

fn of(number: &str, version: i64, status: &str) -> Save {
    Save {
        paragraph: paragraph(number),
        ..save(1, version, status, "Seen.")
    }
}

/// The keys of what is said of a run's rows.
async fn notices(store: &Store, run: i64) -> Vec<String> {
    let rows = all_rows(store, run).await;
    let notices = rows.iter().flat_map(|row| &row.notices);
    notices.map(|notice| notice.key.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_report_becomes_the_final_one() {
    on_each_database(async |database| {
        let store = &database.store;
        let draft = report(6, &TEXTS[..4], PositionClass::Pending, None);
        import(store, draft.clone()).await;
        store
            .open_round(&actor(), code(REVIEW), &new_round(ROUND))
            .await
            .unwrap();
        store
            .save_assessment(&actor(), None, &of("6.2", 0, "implemented"))
            .await
            .unwrap();
        let before = all(store).await;

        // One text is changed a little, one has vanished, one is new.
        let mut texts = TEXTS;
        texts[2] = "Let every prisoner see a doctor of her own choice within one day";
        let mut last = report(104, &texts, PositionClass::Pending, Some("A/HRC/43/15"));
        last.recommendations.remove(3);
        last.recommendations.reverse();
        let staged = stage(store, last.clone()).await;
        assert_eq!((staged.summary.updated, staged.summary.created), (3, 1));
        assert_eq!(staged.summary.uncertain, 0);
        let said = notices(store, staged.id).await;
        let count = |key: &str| said.iter().filter(|one| *one == key).count();
        assert_eq!(count("import-renumbered"), 3, "{said:?}");
        assert_eq!(count("import-renumbered-block"), 1);
        assert_eq!(count("import-renumbered-missing"), 1);
        let run = store.apply_import(&actor(), staged.id).await.unwrap();

        let after = all(store).await;
        assert_eq!(numbers(&after), ["6.4", "104.1", "104.2", "104.3", "104.5"]);
        assert_eq!(after[1].id, before[0].id);
        assert_eq!(after[3].text.as_deref(), Some(texts[2]));
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        assert_eq!(round.assessments[&after[2].id].status, "implemented");
        let now = store.paragraph_now(code(REVIEW), &paragraph("6.2")).await;
        assert_eq!(now.unwrap(), Some(paragraph("104.2")));
        let history = store.history_of(REVIEW, "104.2").await.unwrap();
        assert!(
            history
                .iter()
                .any(|one| one.paragraph.as_deref() == Some("6.2"))
        );
        assert_eq!(store.check().await.unwrap(), []);

        // Neither file changes anything any more.
        for file in [draft, last] {
            let again = stage(store, file).await;
            let summary = again.summary;
            assert_eq!(
                (summary.updated, summary.created, summary.uncertain),
                (0, 0, 0)
            );
            store.cancel_import(&actor(), again.id).await.unwrap();
        }
        store.undo_import(&actor(), run.id).await.unwrap();
        assert_eq!(all(store).await, before);
        let now = store.paragraph_now(code(REVIEW), &paragraph("104.2")).await;
        assert_eq!(now.unwrap(), None);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_round_keeps_its_numbers() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, report(6, &TEXTS[..3], PositionClass::Pending, None)).await;
        store
            .open_round(&actor(), code(REVIEW), &new_round(ROUND))
            .await
            .unwrap();
        store
            .save_assessment(&actor(), None, &of("6.1", 0, "implemented"))
            .await
            .unwrap();
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let hash = async || {
            let record = store.review_record(code(REVIEW)).await.unwrap();
            record.round(ROUND).unwrap().round.content_hash.clone()
        };
        let before = hash().await;
        let last = report(
            104,
            &TEXTS[..3],
            PositionClass::Pending,
            Some("A/HRC/43/15"),
        );
        let staged = stage(store, last.clone()).await;
        let said = notices(store, staged.id).await;
        assert!(
            said.contains(&"import-renumbered-published".to_owned()),
            "{said:?}"
        );
        store.apply_import(&actor(), staged.id).await.unwrap();
        // All assessments of an itemised round are published with it.
        let published = numbers(&all(store).await);
        assert!(published.contains(&"6.1".to_owned()), "{published:?}");
        assert_eq!(published.len(), 3);
        assert_eq!(hash().await, before);
        let now = store.paragraph_now(code(REVIEW), &paragraph("104.1")).await;
        assert_eq!(now.unwrap(), Some(paragraph("6.1")));
        let again = import(store, last).await;
        assert_eq!((again.summary.created, again.summary.updated), (0, 0));
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_that_moved_in_no_order_are_asked_about() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, report(6, &TEXTS, PositionClass::Pending, None)).await;
        let mut mixed = report(104, &TEXTS, PositionClass::Pending, None);
        let numbers: Vec<_> = mixed
            .recommendations
            .iter()
            .rev()
            .map(|one| one.paragraph.clone())
            .collect();
        for (one, number) in mixed.recommendations.iter_mut().zip(numbers) {
            one.paragraph = number;
        }
        let staged = stage(store, mixed).await;
        assert_eq!(staged.summary.uncertain, 5);
        let rows = all_rows(store, staged.id).await;
        let first = rows
            .iter()
            .find(|row| row.paragraph() == Some(paragraph("104.5")))
            .unwrap();
        assert_eq!(first.candidates[0].paragraph, paragraph("6.1"));
        let decided = store
            .decide_import_row(
                &actor(),
                staged.id,
                first.place,
                Some(Decision::Same(paragraph("6.1"))),
            )
            .await
            .unwrap();
        assert_eq!(decided.outcome, Outcome::Changed);
        store.apply_import(&actor(), staged.id).await.unwrap();
        let all = all(store).await;
        assert_eq!(all.len(), 5);
        assert!(all.iter().any(|one| one.paragraph == paragraph("104.5")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reply_changes_positions_and_nothing_else() {
    on_each_database(async |database| {
        let store = &database.store;
        let symbol = "A/HRC/43/15";
        import(store, report(104, &TEXTS, PositionClass::Pending, Some(symbol))).await;
        let before = all(store).await;
        let text = "A/HRC/43/15/Add.1\nDistr.: General\n2 March 2020\nAddendum\n1. Bhutan supports the following \
                    recommendations:\n104.1-104.2\n2. Bhutan notes the following recommendations:\n104.3, 104.9\n";
        let staged = stage(store, reply(text)).await;
        assert_eq!((staged.summary.updated, staged.summary.rejected), (3, 1));
        let run = store.apply_import(&actor(), staged.id).await.unwrap();
        let after = all(store).await;
        let classes: Vec<_> = after.iter().map(Recommendation::position).collect();
        let (supported, noted, pending) = (
            PositionClass::Supported,
            PositionClass::Noted,
            PositionClass::Pending,
        );
        assert_eq!(classes, [supported, supported, noted, pending, pending]);
        let claim = after[2].positions.last().unwrap();
        assert_eq!(claim.source.as_deref(), Some("A/HRC/43/15/Add.1"));
        assert_eq!(claim.source_paragraph.as_deref(), Some("2"));
        assert_eq!(claim.date.clone().map(String::from).as_deref(), Some("2020-03-02"));
        for (one, former) in after.into_iter().zip(&before) {
            let same = Recommendation {
                positions: former.positions.clone(),
                ..one
            };
            assert_eq!(same, *former);
        }
        store.undo_import(&actor(), run.id).await.unwrap();
        assert_eq!(all(store).await, before);
        // Without a symbol, the reply is named by what it is.
        import(store, reply("Paragraph,Position\n104.1,Noted\n")).await;
        let one = all(store).await.remove(0);
        let claim = one.positions.last().unwrap();
        assert_eq!((claim.class, claim.source_kind()), (noted, SourceKind::Reply));
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_does_not_overrule_the_report() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        let record = store.review_record(code("BLR-1")).await.unwrap();
        let rows = record.recommendations.iter().map(|one| Incoming {
            paragraph: Some(one.paragraph.clone()),
            recommending: one.recommending.clone(),
            position: Some(Position {
                class: PositionClass::Noted,
                raw: "Noted".to_owned(),
                source: Some("UPR Info".to_owned()),
                source_paragraph: None,
                date: None,
            }),
            ..Incoming::new(2, code("BLR-1"))
        });
        import(store, file(rows.collect())).await;
        let after = store.review_record(code("BLR-1")).await.unwrap();
        for (one, former) in after.recommendations.iter().zip(&record.recommendations) {
            assert_eq!(one.positions.len(), former.positions.len() + 1);
            assert_eq!(one.positions.last(), former.positions.last());
        }
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

fn two_claims(number: u32) -> [Incoming; 2] {
    let claim = |class: PositionClass, source: &str| Incoming {
        position: Some(Position {
            class,
            raw: class.code().to_owned(),
            source: Some(source.to_owned()),
            source_paragraph: None,
            date: None,
        }),
        ..incoming(number)
    };
    [
        claim(PositionClass::Supported, "A/HRC/43/15/Add.1"),
        claim(PositionClass::Noted, "UPR Info"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_chooses_a_claim() {
    on_each_database(async |database| {
        let store = &database.store;
        for one in two_claims(1) {
            import(store, file(vec![one])).await;
        }
        let choice = |class, reason: &str| {
            Some(ChosenPosition {
                class,
                source: Some("UPR Info".to_owned()),
                source_paragraph: None,
                reason: reason.to_owned(),
            })
        };
        let number = paragraph("120.1");
        let choose = async |chosen| {
            store
                .choose_position(&actor(), code(REVIEW), &number, chosen)
                .await
        };
        let noted = PositionClass::Noted;
        assert_eq!(
            refusal(choose(choice(noted, " ")).await),
            "claim-reason-missing"
        );
        let long = "x".repeat(ChosenPosition::REASON_MAX + 1);
        assert_eq!(
            refusal(choose(choice(noted, &long)).await),
            "claim-reason-too-long"
        );
        let gone = choose(choice(PositionClass::Supported, "Why")).await;
        assert_eq!(refusal(gone), "claim-gone");
        choose(choice(noted, "The Minister withdrew it"))
            .await
            .unwrap();
        let one = all(store).await.remove(0);
        assert_eq!(one.position(), noted);
        assert_eq!(
            one.chosen_position.unwrap().reason,
            "The Minister withdrew it"
        );
        // A later file does not undo it.
        import(store, file(two_claims(1)[..1].to_vec())).await;
        assert_eq!(all(store).await[0].position(), noted);
        assert_eq!(store.check().await.unwrap(), []);
        choose(None).await.unwrap();
        let one = all(store).await.remove(0);
        assert_eq!(
            (one.position(), one.chosen_position),
            (PositionClass::Supported, None)
        );
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

/// A database of the version before, in which the claim that was imported last counted.
#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_lists_the_positions_that_change() {
    let fresh = Fresh::sqlite();
    let store = Store::open(&fresh.url).await.unwrap();
    for number in [1, 2] {
        for one in two_claims(number) {
            import(&store, file(vec![one])).await;
        }
    }
    assert_eq!(store.changed_by_upgrade(), []);
    store.close().await.unwrap();
    let raw = sea_orm::Database::connect(&fresh.url).await.unwrap();
    for sql in [
        "UPDATE position SET place = 7 WHERE source = 'UPR Info' AND recommendation_id = 1",
        "ALTER TABLE position DROP COLUMN reason",
        "DELETE FROM seaql_migrations WHERE version = 'm0021_claim_order'",
    ] {
        use sea_orm::ConnectionTrait as _;
        raw.execute_unprepared(sql).await.unwrap();
    }
    raw.close().await.unwrap();
    let rehearsed = data::store::rehearse_migrations(&fresh.url).await.unwrap();
    assert_eq!(rehearsed.positions.len(), 1);
    let store = Store::open(&fresh.url).await.unwrap();
    let [change] = store.changed_by_upgrade() else {
        panic!("{:?}", store.changed_by_upgrade());
    };
    assert_eq!(change.paragraph, paragraph("120.1"));
    assert!(change.changes_class());
    assert_eq!(change.before.source.as_deref(), Some("UPR Info"));
    assert_eq!(
        change.message(|class| class.code().to_owned()).key,
        "upgrade-position"
    );
    assert_eq!(all(&store).await[0].position(), PositionClass::Supported);
    assert_eq!(store.check().await.unwrap(), []);
    store.close().await.unwrap();
    let store = Store::open(&fresh.url).await.unwrap();
    assert_eq!(store.changed_by_upgrade(), []);
    store.close().await.unwrap();
}
