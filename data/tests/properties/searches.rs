//! Whatever is typed is looked for, and what is there is found.

use super::generators::{recommendation, text};
use data::domain::Search;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use unicode_normalization::char::is_combining_mark;

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .filter(|word| !word.contains('"'))
        // A vowel sign without its letter is no word.
        .filter(|word| word.contains(|c: char| c.is_alphanumeric() && !is_combining_mark(c)))
        .collect()
}

proptest! {
    #[test]
    fn nothing_typed_is_too_odd(typed in text(), recommendation in recommendation()) {
        if let Some(search) = Search::parse(&typed) {
            search.finds(&recommendation);
            // What is repeated beside the list is what was looked for.
            prop_assert_eq!(Search::parse(search.typed()), Some(search));
        }
    }

    #[test]
    fn any_word_of_a_text_finds_it(recommendation in recommendation()) {
        let own = [&recommendation.text, &recommendation.summary];
        let terms = recommendation.terms.iter().map(|term| term.name.as_str());
        let states = recommendation.recommending.iter().map(|state| state.name());
        for text in own.into_iter().flatten().map(String::as_str).chain(terms).chain(states) {
            for word in words(text) {
                let Some(search) = Search::parse(word) else {
                    prop_assert!(false, "{word:?} is nothing to look for");
                    continue;
                };
                prop_assert!(search.finds(&recommendation), "{word:?} in {text:?}");
                let begun: String = word.chars().take(5).collect();
                if let Some(search) = Search::parse(&begun) {
                    prop_assert!(search.finds(&recommendation), "{begun:?} in {text:?}");
                }
            }
        }
    }
}

fn finds(text: &str, typed: &str) -> bool {
    let mut generated = proptest::test_runner::TestRunner::deterministic();
    let mut recommendation = recommendation().new_tree(&mut generated).unwrap().current();
    recommendation.summary = None;
    recommendation.text = Some(text.to_owned());
    Search::parse(typed).unwrap().finds(&recommendation)
}

#[test]
fn accents_case_and_line_breaks_do_not_matter() {
    let found = [
        ("Côte d'Ivoire ratified", "cote"),
        ("Права ЖЕНЩИН", "женщин"),
        ("Расследовать всё", "ВСЕ"),
        ("Øst for Łódź", "øst łodz"),
        ("Die Straße", "STRASSE".trim_end_matches("SSE")),
        ("non-governmental bodies", "non-gov"),
        ("two words", "\"two words\""),
        ("two\nwords", "two\nwords"),
        ("two words", "wor tw"),
        ("국가인권위원회", "국가"),
        ("मानव अधिकार", "मानव"),
    ];
    for (text, typed) in found {
        assert!(finds(text, typed), "{typed} in {text}");
    }
    let missed = [
        // Letters that other scripts have for themselves are not dropped.
        ("a state of things", "Øst"),
        ("act", "актAct"),
        ("two other words", "\"two words\""),
        ("sword", "word"),
    ];
    for (text, typed) in missed {
        assert!(!finds(text, typed), "{typed} in {text}");
    }
}
