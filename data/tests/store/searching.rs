//! A search finds the same whichever database the texts are in, and in the language of each.

use crate::support::{file, import, incoming, on_each_database};
use data::domain::{Filter, Search};

const TEXTS: [(&str, &str); 6] = [
    ("fr", "Œuvrer à l'abolition des discriminations raciales"),
    ("es", "Ratificar los tratados internacionales"),
    ("ru", "Расследовать пытки и казни"),
    ("ar", "حماية حقوق الأطفال والنساء"),
    ("en", "Prosecute torturers and protect Ｗｏｍｅｎ"),
    ("be", "Забяспечыць правы жанчын"),
];

#[tokio::test]
async fn forms_and_suggestions_are_those_of_the_text_s_language() {
    on_each_database(async |database| {
        let store = &database.store;
        let rows = (1..).zip(TEXTS).map(|(number, (language, text))| {
            let mut row = incoming(number);
            row.language = Some(language.to_owned());
            row.text = Some(text.to_owned());
            row
        });
        import(store, file(rows.collect())).await;
        let corpus = store.corpus().await.unwrap();
        let found = |typed: &str| -> Vec<String> {
            let filter = Filter {
                search: Search::parse(typed),
                ..Filter::default()
            };
            let matches = corpus.select(&filter, true);
            let rows = corpus.rows(&matches, 0..matches.len());
            rows.iter()
                .map(|row| row.recommendation.language.clone().unwrap())
                .collect()
        };
        for (typed, language) in [
            ("oeuvrer", "fr"),
            ("discrimination", "fr"),
            ("raciale", "fr"),
            ("tratado", "es"),
            ("internacional", "es"),
            ("пытка", "ru"),
            ("казнь", "ru"),
            ("النساء", "ar"),
            ("نساء", "ar"),
            ("طفال*", ""),
            ("women", "en"),
            ("torturer", "en"),
            // A language whose stems are not known: as written, or as begun.
            ("правы", "be"),
            ("права", ""),
            ("прав*", "be"),
            ("-(women) -\"пытки и казни\" tratados", "es"),
        ] {
            let expected: Vec<&str> = Some(language)
                .filter(|code| !code.is_empty())
                .into_iter()
                .collect();
            assert_eq!(found(typed), expected, "{typed}");
        }
        for (typed, instead) in [
            ("discriminatoins", "discriminations"),
            ("ratifcar", "ratificar"),
            ("расследвать", "расследовать"),
            ("والنسا", "والنساء"),
            ("torturors", "torturers"),
        ] {
            assert_eq!(found(typed), [""; 0], "{typed}");
            let search = Search::parse(typed).unwrap();
            let expected = vec![(typed.to_owned(), instead.to_owned())];
            assert_eq!(corpus.suggestions(&search), expected);
        }
    })
    .await;
}
