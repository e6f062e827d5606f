//! Whatever is typed is looked for, and what is there is found.

use super::generators::{recommendation, text};
use data::domain::Search;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use unicode_normalization::char::is_combining_mark;

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        // What combines words is no word.
        .filter(|word| !word.contains(['"', '“', '”', '„', '«', '»', '(', ')', '*']))
        .filter(|word| !word.starts_with('-') && !["AND", "OR", "NOT"].contains(word))
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
        let bodies = recommendation.responsible_bodies.iter().map(String::as_str);
        let names = terms.chain(states).chain(bodies);
        for text in own.into_iter().flatten().map(String::as_str).chain(names) {
            for word in words(text) {
                let Some(search) = Search::parse(word) else {
                    prop_assert!(false, "{word:?} is nothing to look for");
                    continue;
                };
                prop_assert!(search.finds(&recommendation), "{word:?} in {text:?}");
                let begun: String = word.chars().take(5).chain(['*']).collect();
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
        ("Die Straße", "STRA*"),
        ("non-governmental bodies", "non-gov*"),
        ("two words", "\"two words\""),
        ("two\nwords", "two\nwords"),
        ("two words", "wor* tw*"),
        ("국가인권위원회", "국가*"),
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

#[test]
fn words_are_found_in_any_form() {
    let found = [
        ("Those who were tortured", "torture"),
        ("Continue ratifying conventions", "ratify convention"),
        ("保障人权", "人权"),
    ];
    for (text, typed) in found {
        assert!(finds(text, typed), "{typed} in {text}");
    }
    // In quotation marks a word is looked for as it is written.
    assert!(!finds("Those who were tortured", "\"torture\""));
    assert!(finds("Those who were tortured", "\"were tortured\""));
}

#[test]
fn words_combine() {
    let text = "Abolish the death penalty and protect journalists";
    let found = [
        "death AND journalists",
        "torture OR penalty",
        "penalty NOT torture",
        "penalty -torture",
        "(torture OR death) journalist",
        "NOT torture",
        "journal*",
        "“death penalty”",
        "((death",
        "death))) penalty",
        "OR death AND",
        "» death",
        "death NOT",
    ];
    for typed in found {
        assert!(finds(text, typed), "{typed}");
    }
    let missed = [
        "death AND torture",
        "torture OR migrants",
        "penalty NOT journalists",
        "penalty -journalists",
        "(torture OR migrants) death",
        "\"penalty death\"",
        "NOT (death OR torture)",
        "ournal*",
    ];
    for typed in missed {
        assert!(!finds(text, typed), "{typed}");
    }
}

#[test]
fn what_was_looked_for_is_marked() {
    let marked = |text: &str, typed: &str| -> Vec<String> {
        let search = Search::parse(typed).unwrap();
        let marks = search.marks(text, Some("en"));
        marks
            .into_iter()
            .map(|mark| text[mark].to_owned())
            .collect()
    };
    let text = "Investigate torture: those who tortured, in Côte d’Ivoire.";
    assert_eq!(marked(text, "torture"), ["torture", "tortured"]);
    assert_eq!(marked(text, "cote"), ["Côte"]);
    assert_eq!(marked(text, "\"those who\" OR who"), ["those who"]);
    assert_eq!(marked(text, "investig* NOT torture"), ["Investigate"]);
    assert_eq!(marked(text, "absent"), Vec::<String>::new());
}

/// The language is that of a text, and forms of a word are found by each other in it.
fn finds_in(language: &str, text: &str, typed: &str) -> bool {
    let mut generated = proptest::test_runner::TestRunner::deterministic();
    let mut recommendation = recommendation().new_tree(&mut generated).unwrap().current();
    recommendation.summary = None;
    recommendation.text = Some(text.to_owned());
    recommendation.language = Some(language.to_owned());
    Search::parse(typed).unwrap().finds(&recommendation)
}

#[test]
fn forms_of_a_word_are_found_in_its_language() {
    for (language, text, typed) in [
        (
            "fr",
            "Ratifier les conventions internationales",
            "convention",
        ),
        ("fr", "Œuvrer pour les libertés", "oeuvrer"),
        ("fr", "Oeuvrer pour les libertés", "œuvrer"),
        ("fr", "L'abolition des discriminations", "discrimination"),
        ("es", "Ratificar los tratados internacionales", "tratado"),
        ("es", "Los derechos humanos", "derecho"),
        ("ru", "Расследовать пытки и казни", "пытка"),
        ("ru", "Права женщин", "женщина"),
        ("ar", "حقوق الأطفال والنساء", "النساء"),
        ("ar", "حقوق الأطفال والنساء", "نساء"),
        ("ar", "حقوق النساء", "والنساء"),
        ("ar", "العمل فالمدرسة وللنساء", "النساء"),
        ("ar", "وزارة العدل", "وزارة"),
        ("ar", "الوالد", "والد"),
        ("en", "Ｒｉｇｈｔｓ of women", "rights"),
        ("en", "rights of women", "ｒｉｇｈｔ"),
        ("en", "the ﬁnal act", "final"),
    ] {
        assert!(finds_in(language, text, typed), "{typed} in {text}");
    }
}

#[test]
fn a_hyphen_before_a_quotation_or_a_bracket_is_not() {
    let text = "the rights of women and the abolition of the death penalty";
    for (typed, found) in [
        ("rights -(women OR children)", false),
        ("rights -(children OR migrants)", true),
        ("rights -\"death penalty\"", false),
        ("rights -\"penalty death\"", true),
        ("rights -“death penalty”", false),
        ("-(children)", true),
        // What is no sign of anything is passed over, as everywhere.
        ("rights - women", true),
        ("rights -", true),
    ] {
        assert_eq!(finds(text, typed), found, "{typed}");
        assert_eq!(
            finds(
                text,
                &typed.replace(" -(", " NOT (").replace(" -\"", " NOT \"")
            ),
            found,
            "{typed}"
        );
    }
}

#[test]
fn a_long_search_ends_with_a_whole_word() {
    let typed = format!("{} torture", "death ".repeat(33));
    let search = Search::parse(&typed).unwrap();
    assert!(Search::is_too_long(&typed));
    assert!(search.typed().ends_with("death"), "{}", search.typed());
    let fits = "x".repeat(Search::MAX);
    assert!(!Search::is_too_long(&fits));
    assert_eq!(Search::parse(&fits).unwrap().typed(), fits);
}
