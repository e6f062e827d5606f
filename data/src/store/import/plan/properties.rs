//! What holds of every plan, whatever a file says.

use super::{Known, Planned, plan};
use crate::domain::{
    ActionCategory, Paragraph, Position, PositionClass, Recommendation, Review, ReviewCode,
    StateCode,
};
use crate::exchange::Incoming;
use crate::store::import::merging::cleaned;
use crate::store::import::rows::{Content, Staged};
use crate::store::import_codes::Outcome;
use crate::store::likeness::comparisons;
use proptest::prelude::*;
use std::collections::{BTreeSet, HashSet};

const STATES: [&str; 6] = ["TGO", "FJI", "NOR", "BRA", "JPN", "CIV"];

fn state(number: usize) -> StateCode {
    StateCode::parse(STATES[number % STATES.len()]).unwrap()
}

fn code() -> ReviewCode {
    ReviewCode::parse("SVN-3").unwrap()
}

/// A row as files tell it.
#[derive(Clone, Debug)]
struct Row {
    number: Option<u8>,
    text: String,
    states: Vec<usize>,
    class: usize,
    category: Option<u8>,
}

fn staged(rows: &[Row], source: &str) -> Vec<Staged> {
    (1..)
        .zip(rows)
        .map(|(place, row)| {
            let one = Incoming {
                paragraph: row
                    .number
                    .and_then(|number| Paragraph::parse(&format!("97.{number}")).ok()),
                text: Some(row.text.clone()),
                recommending: row.states.iter().map(|number| state(*number)).collect(),
                action_category: row.category.and_then(ActionCategory::new),
                position: Some(Position {
                    class: PositionClass::ALL[row.class % PositionClass::ALL.len()],
                    raw: String::new(),
                    source: Some(source.to_owned()),
                    source_paragraph: None,
                    date: None,
                }),
                ..Incoming::new(u32::try_from(place).unwrap(), code())
            };
            Staged {
                place,
                content: Content::Recommendation(Box::new(cleaned(one))),
                decision: None,
                cells: None,
            }
        })
        .collect()
}

fn nothing() -> Known {
    Known {
        review: Review {
            id: 1,
            code: code(),
            session: None,
            date: None,
            report_symbol: None,
            addendum_symbol: None,
        },
        recommendations: Vec::new(),
        aliases: Vec::new(),
        assessed: HashSet::new(),
        linked: HashSet::new(),
        other_reports: std::collections::HashMap::new(),
        frozen: HashSet::new(),
    }
}

/// What is known after a plan has been done.
fn done(known: &Known, planned: Planned) -> Known {
    let mut after = known.clone();
    after.review = planned.review;
    let mut next = known
        .recommendations
        .iter()
        .map(|one| one.id)
        .max()
        .unwrap_or(0)
        + 1;
    for effect in planned.effects {
        let gone: HashSet<i64> = effect
            .absorbed
            .iter()
            .chain(&effect.before)
            .map(|one| one.id)
            .collect();
        after.recommendations.retain(|one| !gone.contains(&one.id));
        let mut one = effect.after;
        if one.id == 0 {
            one.id = next;
            next += 1;
        }
        for (name, _) in effect.names {
            after.aliases.push((name, one.id));
        }
        after.recommendations.push(one);
    }
    let there: HashSet<i64> = after.recommendations.iter().map(|one| one.id).collect();
    after.aliases.retain(|(_, id)| there.contains(id));
    after
        .recommendations
        .sort_by(|a, b| a.paragraph.cmp(&b.paragraph));
    after
}

fn row() -> impl Strategy<Value = Row> {
    let words = prop::sample::select(vec![
        "Ratify the Convention",
        "ratify the convention (Togo);",
        "Ratify the Convention against torture",
        "Ratify the Covenant",
        "Sign (Fiji) / Ratify (Norway) the Protocol",
        "Ratify the Protocol",
        "Build schools in every village of the country",
        "Build hospitals in every village of the country",
        "Отменить смертную казнь",
        "",
    ]);
    (
        prop::option::of(1..6u8),
        words,
        prop::collection::vec(0..STATES.len(), 1..3),
        0..PositionClass::ALL.len(),
    )
        .prop_map(|(number, text, states, class)| Row {
            number,
            text: text.to_owned(),
            states,
            class,
            category: None,
        })
}

/// A file as there are: one that numbers every row, or one that numbers none.
fn file() -> impl Strategy<Value = Vec<Row>> {
    let numbered = row().prop_map(|row| Row {
        number: row.number.or(Some(6)),
        ..row
    });
    let unnumbered = row().prop_map(|row| Row {
        number: None,
        ..row
    });
    prop_oneof![
        prop::collection::vec(numbered, 0..10),
        prop::collection::vec(unnumbered, 0..10),
    ]
}

/// What two recommendations have in common if they are the same: claims and States in any order.
type Said = (
    String,
    Option<String>,
    BTreeSet<StateCode>,
    BTreeSet<String>,
);

fn said(known: &Known) -> BTreeSet<Said> {
    let of = |one: &Recommendation| {
        (
            one.paragraph.to_string(),
            one.text.clone().filter(|_| one.paragraph.is_number()),
            one.recommending.iter().copied().collect(),
            one.positions
                .iter()
                .map(|claim| format!("{claim:?}"))
                .collect(),
        )
    };
    known.recommendations.iter().map(of).collect()
}

/// Recommendations as they are: a text, and the States that made it.
fn truth() -> impl Strategy<Value = Vec<(String, Vec<usize>, bool, bool)>> {
    let word = "[a-z]{3,12}";
    let text = prop::collection::vec(word, 4..9).prop_map(|words| words.join(" "));
    let states = prop::collection::btree_set(0..STATES.len(), 1..4)
        .prop_map(|states| states.into_iter().collect::<Vec<_>>());
    prop::collection::vec((text, states, any::<bool>(), any::<bool>()), 1..12)
}

/// Of rows that say different things of one paragraph the first counts, whether the paragraph was known
/// when they were heard or not.
#[test]
fn rows_that_a_paragraph_unites_are_heard_the_same_again() {
    let row = |number, text: &str, states: &[usize], category| Row {
        number,
        text: text.to_owned(),
        states: states.to_vec(),
        class: 1,
        category,
    };
    let collection = [
        row(None, "Zealously ratify the Protocol", &[2], Some(5)),
        row(None, "Sign the Protocol", &[1], Some(4)),
    ];
    let joint = "Sign (Fiji) / Zealously ratify (Norway) the Protocol";
    let report = [row(Some(6), joint, &[1, 2], None)];
    let mut known = nothing();
    for (rows, source) in [(&collection[..], "A"), (&report[..], "B")] {
        known = done(&known, plan(known.clone(), &staged(rows, source)));
    }
    assert_eq!(known.recommendations.len(), 1);
    let again = plan(known, &staged(&collection, "A"));
    for effect in &again.effects {
        assert!(effect.is_unchanged(), "{effect:#?}");
    }
}

/// Texts of some hundred words that come again and again, as in real reviews.
fn many_texts(count: u32, reworded: bool) -> Vec<String> {
    let word = |number: u32| -> String {
        let syllable = |number: u32| {
            let consonants = b"bcdfghjklmnprstvwz";
            let at = usize::try_from(number).unwrap_or_default();
            let consonant = char::from(consonants[at % consonants.len()]);
            let vowel = char::from(b"aeiou"[at / 3 % 5]);
            [consonant, vowel]
        };
        let parts = [number, number / 7, number / 29];
        parts.into_iter().flat_map(syllable).collect()
    };
    let of = |number: u32| {
        let mut seed = number.wrapping_mul(2_654_435_761).wrapping_add(12_345);
        let mut words: Vec<String> = (0..14)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                word((seed >> 16) % 500)
            })
            .collect();
        if reworded {
            words[4] = "promptly".to_owned();
        }
        words.join(" ")
    };
    (0..count).map(of).collect()
}

/// Comparing every text with every other would take a million comparisons here.
#[test]
fn texts_of_one_review_are_compared_with_few_others() {
    const COUNT: u32 = 1_000;
    let rows = |texts: &[String], is_numbered: bool, source: &str| -> Vec<Staged> {
        let numbers = 1_u32..;
        let rows: Vec<Row> = texts
            .iter()
            .map(|text| Row {
                number: None,
                text: text.clone(),
                states: vec![2],
                class: 1,
                category: None,
            })
            .collect();
        let mut staged = staged(&rows, source);
        for (number, row) in numbers.zip(&mut staged) {
            if let Content::Recommendation(one) = &mut row.content {
                one.paragraph = is_numbered
                    .then(|| Paragraph::parse(&format!("97.{number}")).ok())
                    .flatten();
            }
        }
        staged
    };
    let texts = many_texts(COUNT, false);
    let known = done(&nothing(), plan(nothing(), &rows(&texts, true, "A")));
    assert_eq!(known.recommendations.len(), 1_000);
    let reworded = many_texts(COUNT, true);
    for is_numbered in [true, false] {
        comparisons::take();
        let planned = plan(known.clone(), &rows(&reworded, is_numbered, "B"));
        let count = comparisons::take();
        assert!(count <= 40 * reworded.len(), "{is_numbered}: {count}");
        assert_eq!(planned.outcomes.len(), reworded.len());
        let is_known = |outcome: &Outcome| matches!(outcome, Outcome::Changed | Outcome::Unchanged);
        let mut outcomes = planned.outcomes.values();
        assert!(
            outcomes.all(|one| is_known(&one.outcome) || one.outcome == Outcome::Uncertain),
            "{is_numbered}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_row_has_one_outcome_and_nothing_is_dropped(
        first in prop::collection::vec(row(), 0..10),
        second in prop::collection::vec(row(), 0..10),
    ) {
        let mut known = nothing();
        for (rows, source) in [(first, "A"), (second, "B")] {
            let rows = staged(&rows, source);
            let planned = plan(known.clone(), &rows);
            let places: Vec<i64> = planned.outcomes.keys().copied().collect();
            let expected: Vec<i64> = rows.iter().map(|row| row.place).collect();
            prop_assert_eq!(places, expected);
            for outcome in planned.outcomes.values() {
                if outcome.outcome == Outcome::Joined {
                    let leader = &planned.outcomes[&outcome.leader.unwrap()];
                    prop_assert!(!matches!(leader.outcome, Outcome::Joined | Outcome::Rejected));
                }
            }
            for row in &rows {
                let Content::Recommendation(one) = &row.content else { continue };
                let outcome = &planned.outcomes[&row.place];
                let lead = outcome.leader.unwrap_or(row.place);
                let Some(effect) = planned.effects.iter().find(|e| e.places.first() == Some(&lead)) else {
                    // Left out, and said so.
                    let kind = planned.outcomes[&lead].outcome;
                    prop_assert!(matches!(kind, Outcome::Uncertain | Outcome::Rejected));
                    continue;
                };
                prop_assert!(effect.places.contains(&row.place));
                for state in &one.recommending {
                    prop_assert!(effect.after.recommending.contains(state));
                }
                let class = one.position.as_ref().unwrap().class;
                // One source that both supports and notes supports in part.
                let united = PositionClass::PartiallySupported;
                let says = |claim: &Position| claim.class == class || claim.class == united;
                prop_assert!(effect.after.positions.iter().any(says));
            }
            // Claims are never taken away, and numbers are each one's own.
            for effect in &planned.effects {
                for one in effect.absorbed.iter().chain(&effect.before) {
                    // Of one source that gives several States the same answer, one wording stays.
                    let stays = |told: &Position| {
                        effect.after.positions.iter().any(|kept| {
                            kept.class == told.class
                                && kept.source == told.source
                                && kept.source_paragraph == told.source_paragraph
                        })
                    };
                    prop_assert!(one.positions.iter().all(stays));
                }
            }
            let after = done(&known, planned);
            let numbers: HashSet<_> = after.recommendations.iter().map(|one| &one.paragraph).collect();
            prop_assert_eq!(numbers.len(), after.recommendations.len());
            known = after;
        }
    }

    #[test]
    fn the_same_file_twice_changes_nothing(
        before in file(),
        rows in file(),
    ) {
        let known = done(&nothing(), plan(nothing(), &staged(&before, "A")));
        let rows = staged(&rows, "B");
        let first = plan(known.clone(), &rows);
        // What a person is asked about is left out, and may look different once the rest is in.
        let asked = |planned: &Planned| {
            let mut outcomes = planned.outcomes.values();
            outcomes.any(|one| one.outcome == Outcome::Uncertain)
        };
        if asked(&first) {
            return Ok(());
        }
        let known = done(&known, first);
        let again = plan(known.clone(), &rows);
        for effect in &again.effects {
            prop_assert!(effect.is_unchanged(), "{effect:#?}");
            prop_assert!(effect.names.is_empty(), "{effect:#?}");
        }
        prop_assert_eq!(said(&done(&known, again)), said(&known));
    }

    /// A draft report and the final one, in any order of rows and of files, are the same recommendations.
    #[test]
    fn a_draft_becomes_the_final_report(
        texts in prop::collection::btree_set("[a-z]{4,9}( [a-z]{4,9}){5,9}", 2..14),
        answered in any::<bool>(),
        seed in any::<u64>(),
        is_final_first in any::<bool>(),
    ) {
        let texts: Vec<String> = texts.into_iter().collect();
        let report = |top: u32, class: usize| {
            let rows = (1_u32..).zip(&texts).map(|(number, text)| (format!("{top}.{number}"), Row {
                number: None,
                text: text.clone(),
                states: vec![text.len()],
                class,
                category: None,
            }));
            let mut rows: Vec<(String, Row)> = rows.collect();
            // Knuth's linear congruence shuffles well enough.
            let mut state = seed.wrapping_add(u64::from(top));
            for at in (1..rows.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let other = usize::try_from(state >> 33).unwrap() % (at + 1);
                rows.swap(at, other);
            }
            let (numbers, rows): (Vec<String>, Vec<Row>) = rows.into_iter().unzip();
            let mut rows = staged(&rows, &format!("A/HRC/{top}/1"));
            for (row, number) in rows.iter_mut().zip(numbers) {
                if let Content::Recommendation(one) = &mut row.content {
                    one.paragraph = Paragraph::parse(&number).ok();
                }
            }
            rows
        };
        // PositionClass::ALL: supported, and pending.
        let (draft, last) = (report(6, 4), report(104, if answered { 0 } else { 4 }));
        let mut files = [&draft, &last];
        if is_final_first {
            files.reverse();
        }
        let mut known = done(&nothing(), plan(nothing(), files[0]));
        for one in &known.recommendations {
            known.assessed.insert(one.id);
        }
        let ids: Vec<i64> = known.recommendations.iter().map(|one| one.id).collect();
        let planned = plan(known.clone(), files[1]);
        for outcome in planned.outcomes.values() {
            prop_assert!(matches!(outcome.outcome, Outcome::Changed | Outcome::Unchanged), "{outcome:?}");
        }
        let known = done(&known, planned);
        let now: Vec<i64> = known.recommendations.iter().map(|one| one.id).collect();
        prop_assert_eq!(&now, &ids);
        for (number, one) in (1..).zip(&known.recommendations) {
            prop_assert_eq!(one.paragraph.to_string(), format!("104.{number}"));
            let former = (format!("6.{number}"), one.id);
            prop_assert!(known.aliases.contains(&former));
            if answered {
                prop_assert_eq!(one.position(), PositionClass::Supported);
            }
        }
        for file in files {
            for effect in plan(known.clone(), file).effects {
                prop_assert!(effect.is_unchanged() && effect.names.is_empty(), "{effect:#?}");
            }
        }
    }

    /// Which claim counts does not depend on which file was imported last.
    #[test]
    fn the_order_of_imports_decides_no_position(
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
        classes in prop::collection::vec(0..PositionClass::ALL.len(), 4),
    ) {
        let sources = ["UPR Info", "A/HRC/43/15", "A/HRC/43/15/Add.1", "UHRI"];
        let heard = |order: &[usize]| {
            let mut known = nothing();
            for source in order {
                let row = Row {
                    number: Some(1),
                    text: "Ratify the Convention".to_owned(),
                    states: vec![0],
                    class: classes[*source],
                    category: None,
                };
                known = done(&known, plan(known.clone(), &staged(&[row], sources[*source])));
            }
            known.recommendations[0].positions.clone()
        };
        prop_assert_eq!(heard(&order), heard(&[0, 1, 2, 3]));
    }

    #[test]
    fn the_order_of_two_sources_does_not_matter(truth in truth()) {
        let mut report = Vec::new();
        let mut collection = Vec::new();
        for (number, (text, states, in_report, in_collection)) in (1..).zip(&truth) {
            if *in_report {
                report.push(Row {
                    number: Some(number),
                    text: text.clone(),
                    states: states.clone(),
                    class: 1,
                    category: None,
                });
            }
            if *in_collection {
                collection.extend(states.iter().map(|state| Row {
                    number: None,
                    text: format!("{}. ({});", text.to_uppercase(), self::state(*state).name()),
                    states: vec![*state],
                    class: 3,
                    category: None,
                }));
            }
        }
        let (report, collection) = (staged(&report, "A"), staged(&collection, "B"));
        let mut results = Vec::new();
        for order in [[&report, &collection], [&collection, &report]] {
            let mut known = nothing();
            for rows in order {
                let planned = plan(known.clone(), rows);
                let asked = |kind: Outcome| planned.outcomes.values().any(|one| one.outcome == kind);
                prop_assume!(!asked(Outcome::Uncertain));
                prop_assert!(!asked(Outcome::Rejected));
                known = done(&known, planned);
            }
            // As many as there are, whoever told of them.
            let told = truth.iter().filter(|(_, _, a, b)| *a || *b).count();
            prop_assert_eq!(known.recommendations.len(), told);
            results.push(said(&known));
        }
        prop_assert_eq!(&results[0], &results[1]);
    }
}
