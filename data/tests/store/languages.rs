//! A text in a second language is kept beside the first one: the same report in Russian after the English one.

use crate::support::{
    Fresh, REVIEW, actor, code, file, import, incoming, on_each_database, paragraph, save, stage,
    states, with_round,
};
use data::domain::{Column, Filter, LanguageText, PositionClass, Recommendation, ReviewRecord};
use data::exchange::{Incoming, ReadFile, read_whole};
use data::store::{EditTarget, Part, Restored, Store, Why, recommendation_seen, restore};
use std::io::Cursor;
use std::sync::Arc;

const ENGLISH: &str = "A/HRC/WG.6/8/FJI/1\nA/HRC/14/8\nII. Conclusions and/or recommendations\n\
    97. The recommendations listed below enjoy the support of Fiji:\n\
    97.1 Ratify the treaty (Togo) (Mali);\n97.2 Fund shelters (Kenya);\n\
    98. The following recommendations were noted by Fiji:\n98.1 Admit physicians (Chad).";
const RUSSIAN: &str = "A/HRC/WG.6/8/FJI/1\nA/HRC/14/8\nII. Выводы и/или рекомендации\n\
    97. Рекомендации, перечисленные ниже, пользуются поддержкой Фиджи:\n\
    97.1 ратифицировать договор (Togo) (Mali);\n97.2 содержать приюты (Kenya);\n\
    98. Нижеследующие рекомендации были приняты Фиджи к сведению:\n98.1 допускать врачей (Chad).";

fn report(text: &str) -> ReadFile {
    let file = read_whole(text.as_bytes(), None).unwrap();
    assert_eq!((file.recommendations.len(), file.rejected.len()), (3, 0));
    file
}

async fn record(store: &Store, review: &str) -> Arc<ReviewRecord> {
    store.review_record(code(review)).await.unwrap()
}

async fn one(store: &Store, number: &str) -> Recommendation {
    let record = record(store, REVIEW).await;
    let mut all = record.recommendations.iter();
    all.find(|one| one.paragraph == paragraph(number))
        .unwrap()
        .clone()
}

/// Number 120.N in Russian.
fn in_russian(number: u32) -> Incoming {
    Incoming {
        text: Some(format!("Сделать номер {number}")),
        language: Some("ru".to_owned()),
        ..incoming(number)
    }
}

fn text(language: &str, text: &str) -> LanguageText {
    LanguageText {
        language: language.to_owned(),
        text: text.to_owned(),
        source: Some("A/HRC/43/15".to_owned()),
    }
}

fn why() -> Why {
    Why {
        reason: "A slip of the pen.".to_owned(),
        source: "A/HRC/43/15, para. 120".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_report_in_russian_adds_its_texts_and_changes_nothing_else() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, report(ENGLISH)).await;
        let before = record(store, "FJI-1").await;
        let entries = store.verify_history().await.unwrap().unwrap();
        let staged = stage(store, report(RUSSIAN)).await;
        let texts = |run: &data::store::Run| run.account.clone().unwrap().texts;
        assert_eq!(texts(&staged), [("ru".to_owned(), 3)].into());
        let rows = crate::support::all_rows(store, staged.id).await;
        assert!(rows.iter().all(|row| row.changes() == [Column::Text]));
        let run = store.apply_import(&actor(), staged.id).await.unwrap();
        assert_eq!((run.summary.updated, run.summary.created), (3, 0));
        assert_eq!(texts(&run), [("ru".to_owned(), 3)].into());

        let after = record(store, "FJI-1").await;
        for (before, after) in before.recommendations.iter().zip(&after.recommendations) {
            let [added] = &after.texts[..] else {
                panic!("{after:?}");
            };
            assert_eq!(added.language, "ru");
            assert_eq!(added.source.as_deref(), Some("A/HRC/14/8"));
            let mut as_before = after.clone();
            as_before.texts.clear();
            assert_eq!(as_before, *before);
        }
        assert_eq!(after.recommendations[1].texts[0].text, "содержать приюты");
        assert_eq!(after.recommendations[2].position(), PositionClass::Noted);
        assert_eq!(store.check().await.unwrap(), []);

        // The history tells it, and words of either language find it.
        let history = store.history_of("FJI-1", "97.2").await.unwrap();
        let told: Recommendation =
            serde_json::from_str(history[0].after.as_ref().unwrap()).unwrap();
        assert_eq!(told.texts, after.recommendations[1].texts);
        let corpus = store.corpus().await.unwrap();
        for words in ["shelters", "приюты", "приютов"] {
            let filter = Filter::parse(&format!("q={words}")).0;
            let found = corpus.select(&filter, true);
            let rows = corpus.rows(&found, 0..found.len());
            assert_eq!(rows.len(), 1, "{words}");
            assert_eq!(rows[0].recommendation.texts, after.recommendations[1].texts);
        }

        // The same file again changes nothing; undoing takes the texts back.
        let again = import(store, report(RUSSIAN)).await;
        assert_eq!((again.summary.updated, again.summary.unchanged), (0, 3));
        assert!(texts(&again).is_empty());
        store.undo_import(&actor(), run.id).await.unwrap();
        assert_eq!(
            record(store, "FJI-1").await.recommendations,
            before.recommendations
        );
        assert_eq!(store.check().await.unwrap(), []);
        assert!(store.verify_history().await.unwrap().unwrap() > entries);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_that_came_first_stays_the_first() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![in_russian(1)])).await;
        import(store, file(vec![incoming(1)])).await;
        let stored = one(store, "120.1").await;
        assert_eq!(stored.text.as_deref(), Some("Сделать номер 1"));
        assert_eq!(stored.texts, [text("en", "Do the thing of number 1")]);
        // Each language is corrected in its own place, under any tag of it.
        let mut corrected = incoming(1);
        corrected.text = Some("Do the right thing".to_owned());
        corrected.language = Some("en-GB".to_owned());
        let mut other = in_russian(1);
        other.text = Some("Сделать иначе".to_owned());
        import(store, file(vec![corrected])).await;
        import(store, file(vec![other])).await;
        let stored = one(store, "120.1").await;
        assert_eq!(stored.text.as_deref(), Some("Сделать иначе"));
        assert_eq!(stored.texts, [text("en-GB", "Do the right thing")]);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_may_have_a_row_for_each_language() {
    on_each_database(async |database| {
        let store = &database.store;
        let rows = || file(vec![incoming(1), in_russian(1), incoming(2)]);
        let run = import(store, rows()).await;
        assert_eq!((run.summary.created, run.summary.joined), (2, 1));
        let stored = one(store, "120.1").await;
        assert_eq!(stored.text.as_deref(), Some("Do the thing of number 1"));
        assert_eq!(stored.texts, [text("ru", "Сделать номер 1")]);
        let again = import(store, rows()).await;
        assert_eq!((again.summary.updated, again.summary.unchanged), (0, 2));
        // Two different texts of one language contradict each other.
        let mut other = in_russian(1);
        other.text = Some("Сделать иначе".to_owned());
        let staged = stage(store, file(vec![incoming(1), in_russian(1), other])).await;
        assert_eq!(staged.summary.rejected, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_go_along_when_a_recommendation_is_renumbered_merged_split_and_restored() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        store
            .save_assessment(&actor(), None, &save(1, 0, "implemented", "Seen."))
            .await
            .unwrap();
        import(store, file(vec![in_russian(1), in_russian(2)])).await;
        let seen = async |number: &str| EditTarget {
            review: code(REVIEW),
            paragraph: paragraph(number),
            seen: recommendation_seen(&one(store, number).await),
        };
        // Renumbered and corrected by a form, which does not know of the texts.
        let target = seen("120.2").await;
        let wanted = Recommendation {
            paragraph: paragraph("120.7"),
            texts: Vec::new(),
            summary: Some("In short".to_owned()),
            ..one(store, "120.2").await
        };
        store
            .correct_recommendation(&actor(), &target, &wanted, &why())
            .await
            .unwrap();
        assert_eq!(
            one(store, "120.7").await.texts,
            [text("ru", "Сделать номер 2")]
        );
        let part = |text: &str, by: &str| Part {
            text: text.to_owned(),
            recommending: states(&[by]),
        };
        let target = seen("120.7").await;
        store
            .split_recommendation(
                &actor(),
                &target,
                &part("Do this", "NOR"),
                &part("Do that", "BRA"),
                &paragraph("120.8"),
                &why(),
            )
            .await
            .unwrap();
        let split = [one(store, "120.7").await, one(store, "120.8").await];
        assert!(split.iter().all(|one| one.texts.len() == 1));
        // What is merged brings the languages that are missing.
        let mut french = incoming(9);
        french.text = Some("Faire la chose".to_owned());
        french.language = Some("fr".to_owned());
        import(store, file(vec![french])).await;
        let (own, other) = (one(store, "120.1").await, one(store, "120.9").await);
        let merged = Store::merged(&own, &other);
        let languages: Vec<&str> = merged.texts.iter().map(|one| &*one.language).collect();
        assert_eq!(languages, ["ru", "fr"]);
        assert_eq!(merged.texts[1].text, "Faire la chose");
        let empty = Recommendation {
            text: None,
            language: None,
            ..own
        };
        let merged = Store::merged(&empty, &other);
        assert_eq!(merged.text, other.text);
        assert_eq!(merged.texts, empty.texts);
        assert_eq!(store.check().await.unwrap(), []);

        let bytes = store.backup(Vec::new()).await.unwrap().1;
        let fresh = Fresh::sqlite();
        let done = restore(&fresh.url, Cursor::new(bytes), false).await;
        assert!(matches!(done, Ok(Restored::Done(_))), "{done:?}");
        let second = Store::open_existing(&fresh.url).await.unwrap();
        let (there, here) = (record(&second, REVIEW).await, record(store, REVIEW).await);
        assert_eq!(there.recommendations, here.recommendations);
        second.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_without_a_language_never_replaces_one_in_another_language() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![incoming(1), incoming(2)])).await;
        let untagged = |number: u32, text: &str| Incoming {
            text: Some(text.to_owned()),
            language: None,
            report_symbol: None,
            ..incoming(number)
        };
        let french = "Ouvrir des écoles pour les filles de la côte";
        for (created, updated) in [(0, 1), (0, 0)] {
            let run = import(store, file(vec![untagged(1, french)])).await;
            assert_eq!(
                (run.summary.created, run.summary.updated),
                (created, updated)
            );
            let now = one(store, "120.1").await;
            assert_eq!(now.text.as_deref(), Some("Do the thing of number 1"));
            assert_eq!(now.language.as_deref(), Some("en"));
            let texts: Vec<_> = now
                .texts
                .iter()
                .map(|one| (&*one.language, &*one.text))
                .collect();
            assert_eq!(texts, [("fr", french)]);
        }
        // A correction in the same language replaces the text, as before.
        for english in [
            "Do the things of number 1",
            "Open schools for the girls of the coast",
        ] {
            import(store, file(vec![untagged(1, english)])).await;
            assert_eq!(one(store, "120.1").await.text.as_deref(), Some(english));
        }
        // Where the words do not tell the language, a person decides.
        let run = stage(store, file(vec![untagged(2, "Planta manglares")])).await;
        assert_eq!((run.summary.uncertain, run.summary.updated), (1, 0));
        let now = one(store, "120.2").await;
        assert_eq!(now.text.as_deref(), Some("Do the thing of number 2"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_of_other_states_in_another_language_is_asked_about() {
    on_each_database(async |database| {
        let store = &database.store;
        import(store, file(vec![incoming(1), incoming(2)])).await;
        let told = |number: u32, language: Option<&str>, text: &str, by: &str| Incoming {
            text: Some(text.to_owned()),
            language: language.map(str::to_owned),
            report_symbol: None,
            recommending: states(&[by]),
            ..incoming(number)
        };
        let own = incoming(1).recommending[0].to_string();
        let french = "Ouvrir des écoles pour les filles de la côte";
        for row in [
            told(1, Some("fr"), french, "PER"),
            told(1, None, french, "PER"),
            // Two short words that Portuguese has as well.
            told(1, None, "Do A well", &own),
        ] {
            let run = stage(store, file(vec![row.clone()])).await;
            assert_eq!(
                (run.summary.uncertain, run.summary.updated),
                (1, 0),
                "{row:?}"
            );
            assert!(run.account.clone().unwrap().texts.is_empty(), "{row:?}");
        }
        let run = import(store, file(vec![told(1, Some("fr"), french, &own)])).await;
        assert_eq!((run.summary.uncertain, run.summary.updated), (0, 1));
        assert_eq!(one(store, "120.1").await.texts[0].text, french);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}
