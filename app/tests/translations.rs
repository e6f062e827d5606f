//! Every text that the program asks for is there, once, and none is there for nothing.
#![cfg(feature = "ssr")]
// Helpers are not tests themselves, and a test that cannot be set up has failed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Keys that are put together from a prefix and a code. Each code's own type lists them all, and
/// `dynamic_keys_are_there` asks for each.
const DYNAMIC: [&str; 21] = [
    "import-state-",
    "position-",
    "group-",
    "action-",
    "confidence-",
    "evidence-",
    "unit-",
    "role-",
    "cycle-",
    "dimension-",
    "column-",
    "history-",
    "format-",
    "check-",
    "scheme-",
    "words-",
    "scale-colour-",
    "scale-shape-",
    "mapped-",
    "outcome-",
    "world-",
];

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
        .filter(|key| !app::translations::has(key))
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
    let unused: Vec<_> = keys()
        .into_keys()
        .filter(|key| !DYNAMIC.iter().any(|prefix| key.starts_with(prefix)))
        .filter(|key| {
            let literal = format!("\"{key}\"");
            !sources.iter().any(|(_, source)| source.contains(&literal))
        })
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn dynamic_keys_are_there() {
    use app::translations;
    use data::domain::{
        Action, ActionCategory, Column, Confidence, CountingUnit, Cycle, Dimension, EvidenceKind,
        PositionClass, RegionalGroup, Role,
    };
    use data::exchange::MappedField;
    let words: Vec<String> = [
        PositionClass::ALL.map(translations::position).to_vec(),
        RegionalGroup::ALL
            .map(translations::regional_group)
            .to_vec(),
        ActionCategory::ALL
            .map(translations::action_category)
            .to_vec(),
        Confidence::ALL.map(translations::confidence).to_vec(),
        EvidenceKind::ALL.map(translations::evidence_kind).to_vec(),
        CountingUnit::ALL.map(translations::counting_unit).to_vec(),
        Role::ALL.map(translations::role).to_vec(),
        Cycle::ALL.map(translations::cycle).to_vec(),
        Dimension::ALL.map(translations::dimension).to_vec(),
        Column::ALL.map(translations::column).to_vec(),
        MappedField::ALL.map(translations::mapped_field).to_vec(),
        Action::ALL
            .map(|action| translations::role(action.least_role()))
            .to_vec(),
    ]
    .concat();
    let missing: Vec<_> = words
        .iter()
        .filter(|word| DYNAMIC.iter().any(|prefix| word.starts_with(prefix)))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The history of a review names each kind of change, in its filter and as a sentence.
#[test]
fn every_kind_of_change_to_a_review_has_its_texts() {
    let elsewhere = ["account-", "scale-", "file-import", "demonstration-"];
    let mut kinds = BTreeSet::new();
    for (_, source) in sources() {
        let source = source.split("#[cfg(test)]").next().unwrap();
        if !source.contains("NewEvent") {
            continue;
        }
        let constants = source
            .lines()
            .filter(|line| line.contains("const ") && line.contains(": &str = "));
        let literals = asked_for(source, "kind: ");
        let constants = constants.filter_map(|line| line.split('"').nth(1).map(str::to_owned));
        kinds.extend(
            literals.into_iter().chain(constants).filter(|kind| {
                kind.contains('-') && looks_like_a_key(kind) && !kind.ends_with('-')
            }),
        );
    }
    // Rounds of the demonstration have names that look the same.
    kinds.retain(|kind| {
        !elsewhere.iter().any(|prefix| kind.starts_with(prefix))
            && !["mid-term", "follow-up"].contains(&kind.as_str())
    });
    assert!(kinds.contains("recommendations-matched") && kinds.contains("bulk-undone"));
    let missing: Vec<_> = kinds
        .iter()
        .flat_map(|kind| [format!("history-{kind}"), format!("history-kind-{kind}")])
        .filter(|key| !app::translations::has(key))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
