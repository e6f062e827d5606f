//! Revised drafts: the same texts under other numbers, and other texts under known numbers.

use crate::support::{
    REVIEW, ROUND, actor, all_rows, code, file, import, incoming, new_round, on_each_database,
    paragraph, save, stage, states,
};
use data::domain::{Recommendation, StateCode};
use data::exchange::{Incoming, ReadFile};
use data::store::{Decision, Outcome, Save, Store};

const TEXTS: [&str; 6] = [
    "Ratify the treaty on persons at sea",
    "Fund shelters in every district, with staff by day and by night",
    "Let every prisoner see a doctor of her own choice within a day",
    "Teach all judges the rights of children every year",
    "Publish the budgets of all hospitals of the country",
    "Repeal the law on the licensing of newspapers",
];
const NEW: &str = "Invite all mandate holders to visit the southern islands";

/// A draft with these texts, numbered from 6.1 on.
fn draft(texts: &[&str]) -> ReadFile {
    let rows = (1..).zip(texts).map(|(number, text)| Incoming {
        report_symbol: None,
        paragraph: Some(paragraph(&format!("6.{number}"))),
        text: Some((*text).to_owned()),
        recommending: states(&[["NOR", "BRA", "TGO", "FJI"][text.len() % 4]]),
        ..incoming(number)
    });
    file(rows.collect())
}

async fn all(store: &Store) -> Vec<Recommendation> {
    let record = store.review_record(code(REVIEW)).await.unwrap();
    record.recommendations.clone()
}

/// Which text stands under which number, with the rationale of its assessment.
async fn assessed(store: &Store) -> Vec<(String, String, String)> {
    let record = store.review_record(code(REVIEW)).await.unwrap();
    let round = record.round(ROUND).unwrap();
    let of = |one: &Recommendation| {
        let assessment = round.assessments.get(&one.id);
        (
            one.paragraph.to_string(),
            one.text.clone().unwrap(),
            assessment.map_or_else(String::new, |one| one.rationale.clone()),
        )
    };
    record.recommendations.iter().map(of).collect()
}

/// The draft, each of its recommendations assessed with its own text as the rationale.
async fn with_assessed_draft(store: &Store) {
    import(store, draft(&TEXTS)).await;
    store
        .open_round(&actor(), code(REVIEW), &new_round(ROUND))
        .await
        .unwrap();
    for (number, text) in (1..).zip(TEXTS) {
        let saved = Save {
            paragraph: paragraph(&format!("6.{number}")),
            ..save(number, 0, "implemented", text)
        };
        store.save_assessment(&actor(), None, &saved).await.unwrap();
    }
}

async fn notices(store: &Store, run: i64) -> Vec<String> {
    let rows = all_rows(store, run).await;
    let notices = rows.iter().flat_map(|row| &row.notices);
    notices.map(|notice| notice.key.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recommendation_added_to_a_draft_moves_the_others_with_their_assessments() {
    on_each_database(async |database| {
        let store = &database.store;
        with_assessed_draft(store).await;
        let before = (all(store).await, assessed(store).await);
        let mut texts = TEXTS.to_vec();
        texts.insert(2, NEW);
        let revised = draft(&texts);
        let staged = stage(store, revised.clone()).await;
        let summary = staged.summary;
        assert_eq!(
            (summary.created, summary.updated, summary.unchanged),
            (1, 4, 2),
            "{summary:?}"
        );
        let said = notices(store, staged.id).await;
        let moved = said.iter().filter(|key| *key == "import-moved");
        assert_eq!(moved.count(), 4, "{said:?}");
        let run = store.apply_import(&actor(), staged.id).await.unwrap();
        for (number, (paragraph, text, rationale)) in (1..).zip(assessed(store).await) {
            assert_eq!(paragraph, format!("6.{number}"));
            assert_eq!(rationale, if text == NEW { "" } else { text.as_str() });
        }
        // The entries of each follow its text, not its number.
        let history = store.history_of(REVIEW, "6.4").await.unwrap();
        let saved = history.iter().filter(|one| one.round.is_some());
        let saved: Vec<_> = saved.filter_map(|one| one.paragraph.as_deref()).collect();
        assert_eq!(saved, ["6.3"]);
        let history = store.history_of(REVIEW, "6.3").await.unwrap();
        assert!(history.iter().all(|one| one.round.is_none()));
        assert_eq!(store.check().await.unwrap(), []);
        let again = stage(store, revised).await;
        assert_eq!(again.summary.unchanged, 7, "{:?}", again.summary);
        store.cancel_import(&actor(), again.id).await.unwrap();
        store.undo_import(&actor(), run.id).await.unwrap();
        assert_eq!((all(store).await, assessed(store).await), before);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recommendations_that_change_places_take_their_assessments_along() {
    on_each_database(async |database| {
        let store = &database.store;
        with_assessed_draft(store).await;
        let before = assessed(store).await;
        let mut texts = TEXTS.to_vec();
        texts.swap(0, 1);
        texts.swap(3, 5);
        let staged = stage(store, draft(&texts)).await;
        assert_eq!((staged.summary.created, staged.summary.updated), (0, 4));
        let run = store.apply_import(&actor(), staged.id).await.unwrap();
        for (_, text, rationale) in assessed(store).await {
            assert_eq!(text, rationale);
        }
        assert_eq!(assessed(store).await[0].1, TEXTS[1]);
        let history = store.history_of(REVIEW, "6.1").await.unwrap();
        let saved = history.iter().filter(|one| one.round.is_some());
        let saved: Vec<_> = saved.filter_map(|one| one.paragraph.as_deref()).collect();
        assert_eq!(saved, ["6.2"]);
        assert_eq!(store.check().await.unwrap(), []);
        store.undo_import(&actor(), run.id).await.unwrap();
        assert_eq!(assessed(store).await, before);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recommendation_left_out_of_a_draft_keeps_its_assessment() {
    on_each_database(async |database| {
        let store = &database.store;
        with_assessed_draft(store).await;
        let mut texts = TEXTS.to_vec();
        let gone = texts.remove(2);
        let staged = stage(store, draft(&texts)).await;
        let said = notices(store, staged.id).await;
        assert!(said.contains(&"import-number-taken".to_owned()), "{said:?}");
        let run = store.apply_import(&actor(), staged.id).await.unwrap();
        let now = assessed(store).await;
        assert_eq!(now.len(), 6);
        for (paragraph, text, rationale) in &now {
            assert_eq!(text, rationale);
            let is_number = paragraph.starts_with("6.");
            assert_eq!(is_number, text != gone, "{paragraph}");
        }
        // Nobody else has 6.6 now.
        let leads = store.paragraph_now(code(REVIEW), &paragraph("6.6")).await;
        assert_eq!(leads.unwrap(), Some(paragraph("6.5")));
        assert_eq!(store.check().await.unwrap(), []);
        // It comes back under another number.
        texts.push(gone);
        import(store, draft(&texts)).await;
        for (paragraph, text, rationale) in assessed(store).await {
            assert!(paragraph.starts_with("6."));
            assert_eq!(text, rationale);
        }
        assert_eq!(store.check().await.unwrap(), []);
        let _ = run;
    })
    .await;
}

/// Nobody assessed it, and still another text of other States under its number is not taken unasked.
#[tokio::test(flavor = "multi_thread")]
async fn another_text_of_other_states_is_asked_about() {
    on_each_database(async |database| {
        let store = &database.store;
        let known = stage(store, draft(&TEXTS[..2])).await;
        store.apply_import(&actor(), known.id).await.unwrap();
        let own = store
            .review_record(code(REVIEW))
            .await
            .unwrap()
            .recommendations[0]
            .clone();
        let change = |states: Vec<StateCode>| {
            let mut one = draft(&TEXTS[..1]);
            let text = format!("{} without delay", TEXTS[0]);
            one.recommendations[0].text = Some(text);
            one.recommendations[0].paragraph = Some(own.paragraph.clone());
            one.recommendations[0].recommending = states;
            one
        };
        let same = stage(store, change(own.recommending.clone())).await;
        assert_eq!((same.summary.updated, same.summary.uncertain), (1, 0));
        let other = StateCode::parse("TUV").unwrap();
        assert!(!own.recommending.contains(&other));
        let asked = stage(store, change(vec![other])).await;
        assert_eq!((asked.summary.updated, asked.summary.uncertain), (0, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_text_under_an_assessed_number_is_asked_about() {
    on_each_database(async |database| {
        let store = &database.store;
        with_assessed_draft(store).await;
        let before = assessed(store).await;
        let other = || {
            let mut one = draft(&[NEW]);
            one.recommendations[0].paragraph = Some(paragraph("6.4"));
            one
        };
        let staged = stage(store, other()).await;
        assert_eq!(staged.summary.uncertain, 1, "{:?}", staged.summary);
        let rows = all_rows(store, staged.id).await;
        assert_eq!(rows[0].candidates[0].paragraph, paragraph("6.4"));
        assert_eq!(rows[0].notices[0].key, "import-other-text");
        store.apply_import(&actor(), staged.id).await.unwrap();
        assert_eq!(assessed(store).await, before);

        let staged = stage(store, other()).await;
        let place = all_rows(store, staged.id).await[0].place;
        let decide = async |decision| {
            let decided = store
                .decide_import_row(&actor(), staged.id, place, Some(decision))
                .await
                .unwrap();
            decided.outcome
        };
        assert_eq!(
            decide(Decision::Same(paragraph("6.4"))).await,
            Outcome::Changed
        );
        assert_eq!(decide(Decision::New).await, Outcome::New);
        store.apply_import(&actor(), staged.id).await.unwrap();
        let now = assessed(store).await;
        assert_eq!(now.len(), 7);
        for (paragraph, text, rationale) in now {
            assert_eq!(rationale, if text == NEW { "" } else { text.as_str() });
            assert_eq!(paragraph == "6.4", text == NEW);
        }
        assert_eq!(store.check().await.unwrap(), []);

        // A known text under another's number, alone in its file, may be either.
        let mut one = draft(&TEXTS[..1]);
        one.recommendations[0].paragraph = Some(paragraph("6.5"));
        let staged = stage(store, one).await;
        let rows = all_rows(store, staged.id).await;
        assert_eq!(rows[0].outcome, Outcome::Uncertain);
        assert_eq!(rows[0].candidates[0].paragraph, paragraph("6.1"));
        assert_eq!(rows[0].candidates[1].paragraph, paragraph("6.5"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_round_keeps_its_texts_under_their_numbers() {
    on_each_database(async |database| {
        let store = &database.store;
        with_assessed_draft(store).await;
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let before = assessed(store).await;
        let mut texts = TEXTS.to_vec();
        texts.insert(2, NEW);
        let staged = stage(store, draft(&texts)).await;
        assert_eq!(
            (staged.summary.rejected, staged.summary.unchanged),
            (5, 2),
            "{:?}",
            staged.summary
        );
        let rows = all_rows(store, staged.id).await;
        let (reason, _, _) = rows[2].reason.clone().unwrap();
        assert_eq!(reason.key, "import-moved-published");
        store.apply_import(&actor(), staged.id).await.unwrap();
        assert_eq!(assessed(store).await, before);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}
