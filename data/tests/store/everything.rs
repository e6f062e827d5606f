//! A small database with rows in every table, made through the store as people would make it.

use crate::support::{
    REVIEW, ROUND, actor, code, evidence, file, import, incoming, new_round, new_run, paragraph,
    save, states,
};
use data::domain::{
    ActionCategory, Earlier, LanguageText, Position, PositionClass, Role, Scheme, Term,
};
use data::exchange::{Incoming, Mapping};
use data::store::{DraftForm, DraftReason, NewPassword, NewRun, SavedView, Store};

/// A password that tests sign in with.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Fills an empty database. Every table has rows afterwards, but for reported totals, which only the
/// bundled set has.
pub(crate) async fn fill(store: &Store) {
    people(store).await;
    recommendations(store).await;
    work(store).await;
    imports(store).await;
}

async fn people(store: &Store) {
    let given = || NewPassword::Given(PASSWORD.to_owned());
    for (name, role) in [
        ("ada", Role::Analyst),
        ("rev", Role::Reviewer),
        ("gone", Role::Administrator),
    ] {
        store
            .add_account(&actor(), name, role, given())
            .await
            .unwrap();
    }
    store.disable_account(&actor(), "gone").await.unwrap();
    // Sessions, wrong passwords, presence and uploads are in no backup.
    store.sign_in("ada", PASSWORD).await.unwrap().unwrap();
    store
        .sign_in("rev", "a wrong password")
        .await
        .unwrap()
        .unwrap_err();
}

fn recommendation(number: u32) -> Incoming {
    Incoming {
        action_category: ActionCategory::ALL.get(number as usize % 5).copied(),
        summary: (number == 2).then(|| "A summary".to_owned()),
        source_id: (number == 3).then(|| "source-3".to_owned()),
        terms: vec![
            Term::new(Scheme::Issue, "Death penalty"),
            Term::new(
                Scheme::Theme,
                &format!("Theme “{number}”, été, \u{5d0}\\\"'{{}}"),
            ),
        ],
        responsible_bodies: vec![format!("Ministry {}", number % 2), "Parliament".to_owned()],
        texts: vec![LanguageText {
            language: "ru".to_owned(),
            text: format!("Сделать номер {number}"),
            source: (number == 2).then(|| "A/HRC/43/15".to_owned()),
        }],
        position: Some(Position {
            class: [PositionClass::Supported, PositionClass::Noted][number as usize % 2],
            raw: "as\twritten\nthere".to_owned(),
            source: Some("A/HRC/43/15/Add.1".to_owned()),
            source_paragraph: None,
            date: (number == 4).then(|| "2020-03-12".into()),
        }),
        recommending: states(&["NOR", "BRA", "FJI"]),
        ..incoming(number)
    }
}

async fn recommendations(store: &Store) {
    let mut earlier = recommendation(1);
    earlier.review = code("SVN-2");
    earlier.session = Some(20);
    earlier.report_symbol = Some("A/HRC/28/15".to_owned());
    import(store, file(vec![earlier])).await;
    import(store, file((1..=6).map(recommendation).collect())).await;
    let earlier = Earlier {
        review: code("SVN-2"),
        paragraph: paragraph("120.1"),
    };
    store
        .decide_link(
            &actor(),
            code(REVIEW),
            &paragraph("120.1"),
            &earlier,
            Some(true),
        )
        .await
        .unwrap();
    // A text of another source becomes one with a paragraph, and its number another name of that.
    let texts = [
        (12, "Sign the Protocol on torture", "TGO"),
        (13, "Ratify the Protocol on torture without delay", "FJI"),
    ];
    let unnumbered = texts.map(|(row, text, state)| Incoming {
        paragraph: None,
        text: Some(text.to_owned()),
        recommending: states(&[state]),
        ..recommendation(row)
    });
    import(store, file(unnumbered.into())).await;
    let both =
        "Sign the Protocol on torture (Togo); Ratify the Protocol on torture without delay (Fiji)";
    let report = Incoming {
        paragraph: Some(paragraph("120.7")),
        text: Some(both.to_owned()),
        recommending: states(&["TGO", "FJI"]),
        ..incoming(7)
    };
    import(store, file(vec![report])).await;
}

async fn work(store: &Store) {
    let (actor, review) = (actor(), code(REVIEW));
    store
        .open_round(&actor, review, &new_round("published"))
        .await
        .unwrap();
    for number in 1..=4 {
        let mut save = save(
            number,
            0,
            "partially_implemented",
            "A law was passed;\r\nan \"office\" is missing.",
        );
        "published".clone_into(&mut save.round);
        save.evidence = vec![evidence(&format!("Law no {number}"))];
        store.save_assessment(&actor, None, &save).await.unwrap();
    }
    store
        .publish_round(&actor, review, "published")
        .await
        .unwrap();
    store
        .open_round(&actor, review, &new_round(ROUND))
        .await
        .unwrap();
    store
        .carry_over(&actor, review, ROUND, "published")
        .await
        .unwrap();
    let mut changed = save(2, 1, "implemented", "The office opened.");
    changed.evidence = vec![evidence("Annual report"), evidence("Law no 2")];
    store.save_assessment(&actor, None, &changed).await.unwrap();
    store
        .add_evidence(&actor, review, &evidence("Cited by nothing"), true)
        .await
        .unwrap();
    let accounts = store.accounts().await.unwrap();
    let ada = accounts
        .iter()
        .find(|one| one.pseudonym == "ada")
        .unwrap()
        .id;
    let typed = save(5, 0, "not_implemented", "Typed, not saved");
    let form = DraftForm {
        number: "one".to_owned(),
        ..DraftForm::default()
    };
    store
        .keep_from(ada, &typed, &DraftReason::Typed, &form)
        .await
        .unwrap();
    let record = store.review_record(review).await.unwrap();
    let round = record.round(ROUND).unwrap().round.id;
    store
        .note_presence(ada, round, record.recommendations[0].id)
        .await
        .unwrap();
    let mapping = Mapping {
        fields: [("Text of it".to_owned(), "text".to_owned())].into(),
        constants: [("review".to_owned(), REVIEW.to_owned())].into(),
        separator: Some("+".to_owned()),
        ..Mapping::default()
    };
    store.save_mapping(&actor, "Ours", &mapping).await.unwrap();
    let ada_account = accounts.iter().find(|one| one.id == ada).unwrap();
    let view = SavedView {
        name: "Noted".to_owned(),
        review: Some(review),
        query: "position=noted".to_owned(),
    };
    store.save_view(ada_account, &view).await.unwrap();
    let new = NewRun {
        review: Some(review),
        ..new_run()
    };
    store
        .keep_upload(ada, &new, vec![0, 1, 2, 255])
        .await
        .unwrap();
}

/// One import that was undone, and one that waits for a decision.
async fn imports(store: &Store) {
    let undone = import(store, file(vec![recommendation(8)])).await;
    store.undo_import(&actor(), undone.id).await.unwrap();
    let alike = Incoming {
        paragraph: None,
        text: Some("Do a thing of number 3".to_owned()),
        recommending: states(&["TGO"]),
        ..incoming(9)
    };
    crate::support::stage(store, file(vec![recommendation(9), alike])).await;
}
