//! Every text that the program asks for is there, once, and none is there for nothing.
#![cfg(feature = "ssr")]
// Helpers are not tests themselves, and a test that cannot be set up has failed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Names of what changed in an entry of the history: those of its content, whatever they are. One
/// without a text of its own is shown as it is.
const FIELDS_OF_HISTORY: &str = "history-field-";

/// Keys that are put together of a prefix and a code, all of them.
fn dynamic() -> BTreeSet<String> {
    use app::SiteText;
    use data::domain::{
        ActionCategory, AnswerClasses, Column, Confidence, CountingUnit, Cycle, Dimension,
        EventKind, EvidenceKind, Outcome, PositionClass, RegionalGroup, Role, Shape, SourceKind,
        Status,
    };
    use data::exchange::{DocumentRowKind, Extra, Format, MappedField};
    use data::store::{Outcome as OfRow, RunState, SecurityKind};
    fn all<T: Copy>(prefix: &str, of: &[T], code: impl Fn(T) -> String) -> Vec<String> {
        let keys = of.iter().map(|one| format!("{prefix}{}", code(*one)));
        keys.collect()
    }
    // Every kind of change to a review: its history names each, in its filter and as a sentence.
    let kinds = EventKind::ALL.iter().filter_map(|kind| kind.text_keys());
    let kinds = kinds.flat_map(|keys| [keys.name, keys.sentence]);
    let measures = ["supported", "implemented"];
    [
        all("site-text-", &SiteText::ALL, |one| one.code().to_owned()),
        all("import-", &OfRow::ALL, |one| one.code().to_owned()),
        all("intake-rows-", &OfRow::ALL, |one| one.code().to_owned()),
        vec!["intake-rows-skipped".to_owned()],
        ["coverage", "review"]
            .iter()
            .flat_map(|place| {
                ["part", "surplus", "unmatched"].map(|what| format!("{place}-{what}"))
            })
            .collect(),
        measures
            .iter()
            .flat_map(|measure| {
                ["every", "everywhere", "highest", "nowhere", "one", "same"]
                    .map(|claim| format!("finding-{measure}-{claim}"))
            })
            .collect(),
        all("import-document-", &DocumentRowKind::ALL, |one| {
            one.code().to_owned()
        }),
        all("import-becomes-", &OfRow::ALL, |one| one.code().to_owned()),
        all("import-state-", &RunState::ALL, |one| one.code().to_owned()),
        all("format-", &Format::ALL, |one| one.code().to_owned()),
        all("position-", &PositionClass::ALL, |one| {
            one.code().to_owned()
        }),
        all("methodology-source-", &SourceKind::ALL, |one| {
            one.code().to_owned()
        }),
        all("words-position-", &PositionClass::ALL, |one| {
            one.code().to_owned()
        }),
        all("classes-", &AnswerClasses::ALL, |one| one.code().to_owned()),
        all("group-", &RegionalGroup::ALL, |one| one.code().to_owned()),
        all("action-", &ActionCategory::ALL, |one| {
            one.number().to_string()
        }),
        all("confidence-", &Confidence::ALL, |one| one.code().to_owned()),
        all("evidence-", &EvidenceKind::ALL, |one| one.code().to_owned()),
        all("unit-", &CountingUnit::ALL, |one| one.code().to_owned()),
        all("role-", &Role::ALL, |one| one.code().to_owned()),
        all("security-", &SecurityKind::ALL, |one| one.code().to_owned()),
        vec!["security-sign-in-failed-unknown".to_owned()],
        all("cycle-", &Cycle::ALL, |one| one.number().to_string()),
        all("dimension-", &Dimension::ALL, |one| one.param().to_owned()),
        all("words-", &Dimension::ALL, |one| one.param().to_owned()),
        all("column-", &Column::ALL, |one| one.id().to_owned()),
        all("column-", &Extra::ALL, |one| one.id().to_owned()),
        all("mapped-", &MappedField::ALL, |one| {
            one.id().replace('_', "-")
        }),
        all("scale-colour-", &Status::COLOURS, str::to_owned),
        all("scale-shape-", &Shape::ALL, |one| one.code().to_owned()),
        all("outcome-", &Outcome::ALL, |one| one.code().to_owned()),
        all("world-measure-", &measures, str::to_owned),
        all("world-caption-", &measures, str::to_owned),
        all("world-none-", &measures, str::to_owned),
        kinds.collect(),
        (1..=12).map(|month| format!("month-{month}")).collect(),
    ]
    .concat()
    .into_iter()
    .collect()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The keys of the English files, each with the files that it stands in.
fn keys() -> BTreeMap<String, Vec<String>> {
    let app = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in files(&app.join("locales/en"), "ftl") {
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let begins = line.starts_with(|first: char| first.is_ascii_alphabetic());
            if let Some((key, _)) = line.split_once('=').filter(|_| begins) {
                keys.entry(key.trim().to_owned())
                    .or_default()
                    .push(name(&path));
            }
        }
    }
    assert!(!keys.is_empty());
    keys
}

/// The sources of all three crates, each with its name.
fn sources() -> Vec<(String, String)> {
    let app = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["src", "../data/src", "../server/src"]
        .iter()
        .flat_map(|folder| files(&app.join(folder), "rs"))
        .map(|path| (name(&path), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

/// The string literals right after each occurrence of `call`.
fn asked_for(source: &str, call: &str) -> Vec<String> {
    source
        .match_indices(call)
        // `text(` is not the end of another word.
        .filter(|(at, _)| {
            let before = source[..*at].chars().next_back();
            !before.is_some_and(|before| before.is_alphanumeric() || before == '_')
        })
        .filter_map(|(at, _)| {
            let rest = source[at + call.len()..].trim_start();
            let literal = rest.strip_prefix('"')?;
            Some(literal.split('"').next()?.to_owned())
        })
        .collect()
}

fn looks_like_a_key(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

#[test]
fn files_have_no_errors() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in files(&app.join("locales"), "ftl") {
        let text = std::fs::read_to_string(&path).unwrap();
        if let Err((_, errors)) = FluentResource::try_new(text) {
            panic!("{}: {errors:?}", path.display());
        }
    }
}

#[test]
fn no_key_stands_twice() {
    let doubled: Vec<_> = keys()
        .into_iter()
        .filter(|(_, files)| files.len() > 1)
        .collect();
    assert!(doubled.is_empty(), "{doubled:#?}");
}

#[test]
fn every_file_is_built_in() {
    let missing: Vec<_> = keys()
        .into_keys()
        .filter(|key| !app::text::translations::has(app::Locale::ENGLISH, key))
        .collect();
    assert!(missing.is_empty(), "not known to the program: {missing:#?}");
}

#[test]
fn every_key_asked_for_is_there() {
    let keys = keys();
    let mut missing = BTreeSet::new();
    for (file, source) in sources() {
        // Tests may make up messages.
        let source = source.split("#[cfg(test)]").next().unwrap();
        let code = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n");
        for call in ["t!(", "translations::text(", "Message::new("] {
            for key in asked_for(&code, call) {
                if looks_like_a_key(&key) && !keys.contains_key(&key) {
                    missing.insert(format!("{key} ({file})"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_key_is_there_for_nothing() {
    let sources = sources();
    let dynamic = dynamic();
    let unused: Vec<_> = keys()
        .into_keys()
        .filter(|key| !dynamic.contains(key) && !key.starts_with(FIELDS_OF_HISTORY))
        .filter(|key| {
            let literal = format!("\"{key}\"");
            !sources.iter().any(|(_, source)| source.contains(&literal))
        })
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn dynamic_keys_are_there() {
    let keys = keys();
    let missing: Vec<_> = dynamic()
        .into_iter()
        .filter(|key| !keys.contains_key(key))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// What a locale lacks is English, so it is reported here and fails nothing.
#[test]
fn missing_keys_of_each_locale_are_listed() {
    let english = keys();
    for locale in app::Locale::all() {
        let missing: Vec<_> = english
            .keys()
            .filter(|key| !app::text::translations::has(locale, key))
            .collect();
        println!("{}: {} missing {missing:?}", locale.tag(), missing.len());
        assert!(!locale.is_pseudo() || missing.is_empty(), "{missing:?}");
    }
    // No locale has a text that nothing asks for; names may be in one language alone.
    let app = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in files(&app.join("locales"), "ftl") {
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let begins = line.starts_with(|first: char| first.is_ascii_alphabetic());
            let key = line
                .split_once('=')
                .filter(|_| begins)
                .map(|(key, _)| key.trim());
            let is_name = |key: &str| key.starts_with("state-") || key.starts_with("term-");
            let is_known = |key: &str| english.contains_key(key) || is_name(key);
            assert!(key.is_none_or(is_known), "{}: {line}", path.display());
        }
    }
}

#[test]
#[cfg(debug_assertions)]
fn a_text_outside_the_scope_of_a_locale_is_a_fault() {
    let text = || app::text::translations::text("program-name", &[]);
    assert!(std::panic::catch_unwind(text).is_err());
    let english = app::Locale::ENGLISH.enter(text);
    for locale in app::Locale::all().filter(|locale| locale.is_pseudo()) {
        assert_ne!(locale.enter(text), english);
        let explicit = app::t!(locale: app::Locale::ENGLISH, "program-name");
        assert_eq!(explicit, english);
    }
}

/// Values of messages are texts; a text with a case for 0 must find the 0 among them all the same.
#[test]
fn messages_of_the_data_have_their_case_for_0() {
    use data::domain::Message;
    let said = |more: usize| {
        let message = Message::new("import-undo-touched")
            .with("which", "FJI-4 7.1")
            .with("more", more);
        app::Locale::ENGLISH.enter(|| app::text::translations::message(&message))
    };
    assert!(
        said(0).ends_with("published since: FJI-4 7.1."),
        "{}",
        said(0)
    );
    assert!(said(2).ends_with("FJI-4 7.1 and 2 more."), "{}", said(2));
    assert!(said(1_500).ends_with("and 1500 more."), "{}", said(1_500));
}
