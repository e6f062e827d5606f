//! What a file holds is read back the same, whatever is in its cells.

use crate::files::good;
use crate::writing::files;
use data::domain::{
    ActionCategory, LanguageText, Paragraph, Position, PositionClass, Recommendation, Scheme,
    StateCode, Term, one_spelling,
};
use data::exchange::{Incoming, cells_of, mended};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// A value with whatever separates values, parts and cells, and with what begins a formula or a list.
fn value() -> impl Strategy<Value = String> {
    let plain = "[a-zA-Z\u{e9}\u{430} ;|,.:=+@*\u{2022}\u{2013}\u{a6}'\"_\n-]{1,16}";
    prop_oneof![
        4 => plain,
        1 => select(&["- a", "-5", "A/HRC/1/2", "a; b", "x | y", "_x000A_", "'=1", "-", "|"][..])
            .prop_map(str::to_owned),
    ]
    .prop_map(|text| text.trim().to_owned())
    .prop_filter("nothing is no value", |text| !text.is_empty())
}

fn states() -> impl Strategy<Value = Vec<StateCode>> {
    const KNOWN: [&str; 6] = ["NOR", "IRN", "BOL", "TTO", "CIV", "PSE"];
    subsequence(&KNOWN[..], 1..=KNOWN.len()).prop_map(|codes| {
        let codes = codes.into_iter();
        codes.filter_map(StateCode::parse).collect()
    })
}

fn terms() -> impl Strategy<Value = Vec<Term>> {
    vec((select(&Scheme::ALL[..]), value()), 0..6).prop_map(|mut terms| {
        terms.sort_by_key(|(scheme, _)| *scheme);
        let mut once: Vec<Term> = Vec::new();
        for (scheme, name) in terms {
            let term = Term::new(scheme, &one_spelling(scheme, on_one_line(&name).trim()));
            if !once.contains(&term) {
                once.push(term);
            }
        }
        once
    })
}

fn bodies() -> impl Strategy<Value = Vec<String>> {
    vec(value().prop_map(|name| on_one_line(&name)), 0..4).prop_map(|names| {
        let mut once: Vec<String> = Vec::new();
        for name in names {
            if !once.contains(&name) {
                once.push(name);
            }
        }
        once
    })
}

fn position() -> impl Strategy<Value = Position> {
    (
        select(&PositionClass::ALL[..]),
        value(),
        option::of(value()),
        option::of(value()),
        option::of(select(
            &["2020-03-01", "2020-03", "2020", "spring 2020"][..],
        )),
    )
        .prop_map(|(class, raw, source, source_paragraph, date)| Position {
            class,
            raw,
            source,
            source_paragraph,
            date: date.map(Into::into),
        })
}

prop_compose! {
    fn recommendation()(
        text in value(),
        summary in option::of(value()),
        language in option::of(select(&["fr", "pt-BR"][..])),
        recommending in states(),
        category in option::of(1_u8..=5),
        bodies in bodies(),
        terms in terms(),
        position in option::of(position()),
        russian in option::of(value()),
    ) -> Recommendation {
        Recommendation {
            text: Some(text),
            language: language.map(str::to_owned),
            summary,
            recommending,
            action_category: category.and_then(ActionCategory::new),
            responsible_bodies: bodies,
            texts: russian
                .into_iter()
                .map(|text| LanguageText {
                    language: "ru".to_owned(),
                    source: text.starts_with('-').then(|| "A/HRC/1/2".to_owned()),
                    text,
                })
                .collect(),
            terms,
            positions: position.into_iter().collect(),
            ..Recommendation::new(Paragraph::parse("138.2").unwrap())
        }
    }
}

fn on_one_line(text: &str) -> String {
    text.replace('\n', " ").trim().to_owned()
}

/// As a table holds it: bars separate the parts of a claim, so those in a part become broken bars.
fn in_a_table(mut one: Recommendation) -> Recommendation {
    for claim in &mut one.positions {
        let parts = [
            Some(&mut claim.raw),
            claim.source.as_mut(),
            claim.source_paragraph.as_mut(),
        ];
        for part in parts.into_iter().flatten() {
            *part = part.replace('|', "\u{a6}");
        }
    }
    one
}

/// As our own JSON is read: each part of a claim is a member of its own, but the source is read as the
/// cell of a table, so its bars become broken ones as well.
fn in_json(mut one: Recommendation) -> Recommendation {
    for source in one
        .positions
        .iter_mut()
        .filter_map(|claim| claim.source.as_mut())
    {
        *source = source.replace('|', "\u{a6}");
    }
    one
}

fn read(bytes: &[u8]) -> Incoming {
    let mut file = good(bytes);
    assert_eq!(file.rejected, []);
    assert_eq!(file.recommendations.len(), 1);
    file.recommendations.remove(0)
}

/// What a reader took from a file, as a recommendation.
fn taken(one: Incoming) -> Recommendation {
    Recommendation {
        text: one.text,
        language: one.language,
        texts: one.texts,
        summary: one.summary,
        recommending: one.recommending,
        action_category: one.action_category,
        responsible_bodies: one.responsible_bodies,
        terms: one.terms,
        positions: one.position.into_iter().collect(),
        source_id: one.source_id,
        ..Recommendation::new(one.paragraph.unwrap())
    }
}

proptest! {
    #[test]
    fn what_a_file_holds_is_read_back_the_same(one in recommendation()) {
        let (csv, xlsx, json) = files(std::slice::from_ref(&one));
        let in_a_table = in_a_table(one.clone());
        let in_json = in_json(one);
        for (file, expected) in [(csv, in_a_table.clone()), (xlsx, in_a_table), (json, in_json)] {
            let read = taken(read(&file));
            prop_assert_eq!(&read, &expected);
            // And written again it is the same file.
            let (csv, xlsx, json) = files(&[read]);
            let again = files(&[expected]);
            prop_assert!(again == (csv, xlsx, json));
        }
    }

    #[test]
    fn a_row_of_an_import_is_corrected_by_the_same_rule(one in recommendation()) {
        let (.., json) = files(std::slice::from_ref(&one));
        let mut row = read(&json);
        let cells = cells_of(&row);
        prop_assert_eq!(&mended(&row, &cells).unwrap(), &row);
        // The cells of a workbook hold the same lists and claims.
        let (csv, ..) = files(std::slice::from_ref(&one));
        let mut reader = csv::Reader::from_reader(&csv[3..]);
        let headings = reader.headers().unwrap().clone();
        let record = reader.records().next().unwrap().unwrap();
        for (heading, value) in headings.iter().zip(&record) {
            let id = match heading {
                "Source of position" => "position_source".to_owned(),
                "Sustainable Development Goals" => "sdgs".to_owned(),
                other => other.replace(' ', "_"),
            };
            // Positions and categories have words in a file, codes here.
            let has_words = ["position", "action_category"].contains(&id.as_str());
            let cell = cells.iter().find(|(known, _)| *known == id && !has_words);
            if let Some((_, cell)) = cell {
                // A file guards against formulas by apostrophes.
                prop_assert_eq!(cell.replace('\'', ""), value.replace('\'', ""), "{}", id);
            }
        }
        // Another value is read by the rule of the table, and nothing else changes with it.
        let text = cells.iter().position(|(id, _)| id == "summary").unwrap();
        let mut typed = cells.clone();
        typed[text].1 = "Do it".to_owned();
        row.summary = Some("Do it".to_owned());
        prop_assert_eq!(&mended(&row, &typed).unwrap(), &row);
    }
}
