//! The texts of each locale, by key.

use super::locale::Locale;
use super::numbers;
use super::pseudo;
use data::domain::{Dimension, Scheme, StateCode};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// A value that a text mentions: a number, which decides on the plural, or a text.
pub type Value = FluentValue<'static>;

/// The text of a key, in the locale of the scope.
pub fn text(key: &str, values: &[(&'static str, Value)]) -> String {
    said(key, |catalogue| catalogue.text(key, values))
}

/// What the catalogue of the scope's locale says, else the English one, else the key.
fn said(key: &str, text: impl Fn(&Catalogue) -> Option<String>) -> String {
    let locale = Locale::current();
    text(Catalogue::of(locale))
        .or_else(|| text(Catalogue::of(Locale::ENGLISH)))
        .unwrap_or_else(|| key.to_owned())
}

/// The text of a key, with values by names that were read from somewhere.
pub(crate) fn text_with_owned<N: AsRef<str>>(key: &str, values: &[(N, String)]) -> String {
    said(key, |catalogue| {
        let values = values.iter();
        catalogue.resolved(
            key,
            values.map(|(name, value)| (name.as_ref().to_owned(), of_text(value))),
        )
    })
}

/// A value that was kept as text. Whole numbers are numbers again, or no text could tell one from many;
/// they are written as they were, because somebody may have typed them.
fn of_text(value: &str) -> Value {
    let is_written_alike = |number: &u32| number.to_string() == value;
    match value.parse::<u32>().ok().filter(is_written_alike) {
        // Small numbers have no groups, and Fluent compares the options as well when a text has a case for 0.
        Some(number) if number < 1_000 => Value::from(number),
        Some(number) => {
            let as_typed = FluentNumberOptions {
                use_grouping: false,
                ..FluentNumberOptions::default()
            };
            FluentValue::Number(FluentNumber::new(f64::from(number), as_typed))
        }
        None => Value::from(value.to_owned()),
    }
}

/// The texts of one locale.
pub(crate) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// The texts that choose nothing by a value: nearly all of them, hundreds on a page. Fluent would resolve each
    /// anew, which took longer than the rest of a list's page.
    prepared: HashMap<Box<str>, Vec<Part>>,
    /// Names of States and terms, by the ends of their keys. English has none: they are in the data.
    names: HashMap<Box<str>, String>,
}

/// A part of a text that chooses nothing.
enum Part {
    Text(Box<str>),
    /// The value of that name.
    Value(Box<str>),
}

impl Part {
    /// `None` if Fluent has to resolve it: plurals, other texts, functions.
    fn of(element: &PatternElement<&str>) -> Option<Self> {
        match element {
            PatternElement::TextElement { value } => Some(Self::Text((*value).into())),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => Some(Self::Value(id.name.into())),
            PatternElement::Placeable { .. } => None,
        }
    }

    /// Adds it to a text. Returns false if Fluent has a way of its own to show the value or its absence.
    fn add(&self, text: &mut String, values: &[(&'static str, Value)]) -> bool {
        let name = match self {
            Self::Text(part) => {
                text.push_str(part);
                return true;
            }
            Self::Value(name) => name,
        };
        match values.iter().find(|(given, _)| **given == **name) {
            Some((_, FluentValue::String(value))) => text.push_str(value),
            Some((_, FluentValue::Number(number))) => {
                text.push_str(&numbers::written(number));
            }
            _ => return false,
        }
        true
    }
}

impl Catalogue {
    /// The catalogue of a locale, made when it is first used.
    pub(crate) fn of(locale: Locale) -> &'static Self {
        static CATALOGUES: [OnceLock<Catalogue>; Locale::COUNT] =
            [const { OnceLock::new() }; Locale::COUNT];
        CATALOGUES[locale.index()].get_or_init(|| Self::read(locale))
    }

    fn read(locale: Locale) -> Self {
        Self::of_files(locale.tag(), locale.files(), locale.is_pseudo())
    }

    pub(super) fn of_files(tag: &str, files: &[&str], is_pseudo: bool) -> Self {
        let tag: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks would be copied along with every figure that somebody quotes.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(numbers::written(number)),
            _ => None,
        }));
        let mut keys = Vec::new();
        for file in files {
            let begins = |line: &&str| line.starts_with(|first: char| first.is_ascii_alphabetic());
            let lines = file.lines().filter(begins);
            keys.extend(lines.filter_map(|line| Some(line.split_once('=')?.0.trim())));
            let file = if is_pseudo {
                pseudo::file(file)
            } else {
                (*file).to_owned()
            };
            // A faulty entry is left out and shows as its key; the tests refuse such a file.
            let resource = match FluentResource::try_new(file) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        let text = |pattern| {
            bundle
                .format_pattern(pattern, None, &mut Vec::new())
                .into_owned()
        };
        let named = keys.iter().filter_map(|key| {
            let name = key
                .strip_prefix("state-")
                .or_else(|| key.strip_prefix("term-"))?;
            Some((name.into(), text(bundle.get_message(key)?.value()?)))
        });
        let names = named.collect();
        let prepared = keys.into_iter().filter_map(|key| {
            let pattern = bundle.get_message(key)?.value()?;
            let parts: Option<Vec<Part>> = pattern.elements.iter().map(Part::of).collect();
            Some((key.into(), parts?))
        });
        Self {
            prepared: prepared.collect(),
            names,
            bundle,
        }
    }

    /// The name of a State in this language; `None` if only English has one.
    pub(super) fn state(&self, state: StateCode) -> Option<&str> {
        if self.names.is_empty() {
            return None;
        }
        self.names.get(state.as_str()).map(String::as_str)
    }

    /// The name of a term in this language; `None` if only its source has one.
    pub(super) fn term(&self, scheme: Scheme, term: &str) -> Option<&str> {
        if self.names.is_empty() {
            return None;
        }
        let words = term.split(|letter: char| !letter.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
        let words = words.collect::<Vec<_>>().join("-");
        let key = format!("{}-{words}", Dimension::Term(scheme).param());
        self.names.get(key.as_str()).map(String::as_str)
    }

    /// Returns true if there is a text of that key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The text of a key; `None` if there is none.
    pub(crate) fn text(&self, key: &str, values: &[(&'static str, Value)]) -> Option<String> {
        if let Some(parts) = self.prepared.get(key) {
            let mut text = String::new();
            if parts.iter().all(|part| part.add(&mut text, values)) {
                return Some(text);
            }
        }
        let values = values.iter().map(|(name, value)| (*name, value.clone()));
        self.resolved(key, values)
    }

    /// The same, resolved by Fluent.
    pub(crate) fn resolved<'a, N: Into<Cow<'a, str>>>(
        &self,
        key: &str,
        values: impl Iterator<Item = (N, Value)>,
    ) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(name, value);
        }
        let text = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut Vec::new());
        Some(text.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is put together here reads as Fluent would have put it together.
    #[test]
    fn prepared_texts_read_as_fluent_resolves_them() {
        for locale in Locale::all() {
            let catalogue = Catalogue::of(locale);
            let mut with_values = 0;
            for (key, parts) in &catalogue.prepared {
                // A text can say the same value twice.
                let names: std::collections::BTreeSet<&str> = parts
                    .iter()
                    .filter_map(|part| match part {
                        Part::Value(name) => Some(&**name),
                        Part::Text(_) => None,
                    })
                    .collect();
                for (number, word) in [(0, ""), (1, "Côte d’Ivoire"), (12_345, "{ $count } <b>")]
                {
                    let values: Vec<(&'static str, Value)> = names
                        .iter()
                        .enumerate()
                        .map(|(place, name)| {
                            let name: &'static str = Box::leak((*name).into());
                            match place % 2 {
                                0 => (name, Value::from(number)),
                                _ => (name, Value::from(word)),
                            }
                        })
                        .collect();
                    with_values += values.len();
                    let resolved = catalogue.resolved(key, values.iter().cloned());
                    assert_eq!(catalogue.text(key, &values), resolved, "{key}");
                }
                let none: [(&'static str, Value); 0] = [];
                assert_eq!(
                    catalogue.text(key, &none),
                    catalogue.resolved(key, none.into_iter()),
                    "{key}"
                );
            }
            assert!(with_values > 300, "{with_values}");
        }
    }

    #[test]
    fn a_language_has_names_of_its_own() {
        let names = "state-BLR = Bélarus\nterm-issue-death-penalty = Peine de mort\n";
        let catalogue = Catalogue::of_files("fr", &[names], false);
        let belarus = StateCode::parse("BLR").unwrap();
        let togo = StateCode::parse("TGO").unwrap();
        assert_eq!(catalogue.state(belarus), Some("Bélarus"));
        assert_eq!(catalogue.state(togo), None);
        let term = |scheme, term| catalogue.term(scheme, term);
        assert_eq!(term(Scheme::Issue, "Death penalty"), Some("Peine de mort"));
        assert_eq!(term(Scheme::Theme, "Death penalty"), None);
        assert_eq!(term(Scheme::Issue, "Labour"), None);
        // English names are those of the data.
        assert_eq!(crate::text::names::state(belarus), belarus.name());
        let same = crate::text::names::term(Scheme::Issue, "Death penalty");
        assert_eq!(same, "Death penalty");
    }
}
