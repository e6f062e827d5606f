//! The pseudo-locale: English texts in which every letter has an accent and every vowel stands twice. A text that
//! is not translated stays readable among them, and a place that fits English alone becomes too small.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::{parser, serializer};

/// Each letter with the accented letter that replaces it.
const LETTERS: (&str, &str) = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçðèƒĝĥìĵķļɱñòþɋřšţùṽŵẋýžÀƁÇÐÈƑĜĤÌĴĶĻṀÑÒÞɊŘŠŢÙṼŴẊÝŽ",
);

/// A text in the pseudo-locale.
pub(super) fn accented(text: &str) -> String {
    let mut accented = String::with_capacity(text.len() * 3);
    for letter in text.chars() {
        let mut pairs = LETTERS.0.chars().zip(LETTERS.1.chars());
        let Some((_, accent)) = pairs.find(|(plain, _)| *plain == letter) else {
            accented.push(letter);
            continue;
        };
        accented.push(accent);
        if "aeiou".contains(letter.to_ascii_lowercase()) {
            accented.extend(accent.to_lowercase());
        }
    }
    accented
}

/// A Fluent file in the pseudo-locale. Keys and values stay as they are. An entry with an error is left out.
pub(super) fn file(text: &str) -> String {
    let mut resource = match parser::parse(text.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    for entry in &mut resource.body {
        if let Entry::Message(message) = entry {
            let attributes = message.attributes.iter_mut().map(|one| &mut one.value);
            message.value.iter_mut().chain(attributes).for_each(pattern);
        }
    }
    serializer::serialize(&resource)
}

fn pattern(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => *value = accented(value),
            PatternElement::Placeable { expression } => expressions(expression),
        }
    }
}

fn expressions(expression: &mut Expression<String>) {
    match expression {
        Expression::Select { variants, .. } => {
            for variant in variants {
                pattern(&mut variant.value);
            }
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => expressions(expression),
        Expression::Inline(InlineExpression::StringLiteral { value }) => *value = accented(value),
        Expression::Inline(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_accented_and_values_are_not() {
        let made = file(
            "a-key =\n    { $count ->\n        [one] { $count } list\n       *[other] No name\n    }\n",
        );
        assert!(made.contains("a-key ="), "{made}");
        assert!(made.contains("[one] { $count } ļììšţ"), "{made}");
        assert!(made.contains("*[other] Ñòò ñààɱèè"), "{made}");
    }

    #[test]
    fn texts_are_longer_by_two_fifths() {
        let english = "Recommendations made to States in the Universal Periodic Review";
        let percent = accented(english).chars().count() * 100 / english.chars().count();
        assert!((130..150).contains(&percent), "{percent}");
        assert!(!accented(english).contains(|letter: char| letter.is_ascii_alphabetic()));
    }
}
