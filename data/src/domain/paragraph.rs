//! The paragraph of a Working Group report that holds a recommendation.
//!
//! Usually `138.27`; the first cycle also has `97.1..1` (an unnumbered part of 97.1), `79(a)` and a
//! bare `1` under a lead-in. It is kept as printed and ordered by its numbers, so that 138.2 comes
//! before 138.10.
//!
//! Some sources do not number (UPR Info). What they alone tell goes by a *name* in the number's place
//! until another source brings the number: the first words of the text and ten hexadecimal digits,
//! `abolish-the-death-penalty-1f3a9b2c4d`. The digits are the beginning of the SHA-256 of the text's
//! words in lower case and without accents, so that the same text gives the same name in every file.
//! Names come after all numbers.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A paragraph number as the report prints it, without the full stop after it; or the name of a
/// recommendation whose number no source has told yet.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Paragraph(String);

/// Why a text is not a paragraph number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotAParagraph;

impl fmt::Display for NotAParagraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a paragraph looks like 138.27, 97.1..1 or 79(a)")
    }
}

impl std::error::Error for NotAParagraph {}

impl Paragraph {
    /// The longest that is accepted, in characters.
    pub const MAX: usize = 24;

    /// The digits at the end of a name.
    pub const NAME_DIGITS: usize = 10;
    /// The longest beginning of a text in a name, in characters.
    pub const NAME_WORDS_MAX: usize = 40;

    /// Reads a paragraph number. It begins with a digit and holds digits, ASCII letters, full stops,
    /// brackets and hyphens only; a full stop at its end belongs to the sentence and is dropped. Reads
    /// a name as well.
    pub fn parse(text: &str) -> Result<Self, NotAParagraph> {
        let text = text.trim().trim_end_matches('.');
        if is_name(text) {
            return Ok(Self(text.to_owned()));
        }
        let fits = text.len() <= Self::MAX
            && text.starts_with(|c: char| c.is_ascii_digit())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || ".()-".contains(c));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAParagraph)
        }
    }

    /// The name of what has no words at all.
    #[cfg(feature = "store")]
    pub(crate) fn unnamed() -> Self {
        Self("text-0000000000".to_owned())
    }

    /// Whether it is a number of the report, not a name in its place.
    pub fn is_number(&self) -> bool {
        self.0.starts_with(|c: char| c.is_ascii_digit())
    }

    /// As printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A text whose byte order is the paragraphs' order: numbers padded to the longest that there can
    /// be, letters in lower case, everything else as printed.
    pub fn order(&self) -> String {
        if !self.is_number() {
            // Letters come after digits.
            return self.0.clone();
        }
        let mut order = String::new();
        let mut rest = self.0.as_str();
        while let Some(first) = rest.chars().next() {
            let same = |c: char| c.is_ascii_digit() == first.is_ascii_digit();
            let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
            let (part, tail) = rest.split_at(end);
            if first.is_ascii_digit() {
                order.extend(std::iter::repeat_n(
                    '0',
                    Self::MAX.saturating_sub(part.len()),
                ));
                order.push_str(part);
            } else {
                order.push_str(&part.to_ascii_lowercase());
            }
            rest = tail;
        }
        order
    }
}

fn is_name(text: &str) -> bool {
    let Some((words, digits)) = text.rsplit_once('-') else {
        return false;
    };
    let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    words.starts_with(|c: char| c.is_ascii_lowercase())
        && words.len() <= Paragraph::NAME_WORDS_MAX
        && words
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && digits.len() == Paragraph::NAME_DIGITS
        && digits.chars().all(hexadecimal)
}

impl PartialOrd for Paragraph {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Paragraph {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order()
            .cmp(&other.order())
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl fmt::Display for Paragraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Paragraph {
    type Error = NotAParagraph;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Paragraph> for String {
    fn from(paragraph: Paragraph) -> Self {
        paragraph.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_as_integers() {
        let printed = [
            "138.10", "97.1..1", "138.2", "97.1", "97.2", "9.1", "79(b)", "79(a)", "1",
        ];
        let mut paragraphs: Vec<_> = printed
            .iter()
            .filter_map(|text| Paragraph::parse(text).ok())
            .collect();
        paragraphs.sort();
        let sorted: Vec<_> = paragraphs.iter().map(Paragraph::as_str).collect();
        assert_eq!(
            sorted,
            [
                "1", "9.1", "79(a)", "79(b)", "97.1", "97.1..1", "97.2", "138.2", "138.10"
            ]
        );
    }

    #[test]
    fn names_come_after_numbers() {
        let name = "abolish-the-death-penalty-1f3a9b2c4d";
        let mut paragraphs: Vec<_> = [name, "999.99", "a-0000000000", "1"]
            .iter()
            .filter_map(|text| Paragraph::parse(text).ok())
            .collect();
        paragraphs.sort();
        let sorted: Vec<_> = paragraphs.iter().map(Paragraph::as_str).collect();
        assert_eq!(sorted, ["1", "999.99", "a-0000000000", name]);
        assert_eq!(paragraphs.iter().filter(|one| one.is_number()).count(), 2);
        let long = format!("{}-1f3a9b2c4d", "a".repeat(41));
        for text in [
            "abolish-1f3a",
            "Abolish-1f3a9b2c4d",
            "-1f3a9b2c4d",
            "é-1f3a9b2c4d",
            &long,
        ] {
            assert!(Paragraph::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_none() {
        for text in [
            "",
            "abc",
            "12 34",
            "../etc",
            "1/2",
            "<b>",
            "1234567890123456789012345",
        ] {
            assert!(Paragraph::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            Paragraph::parse(" 186.28. ").map(String::from),
            Ok("186.28".to_owned())
        );
    }
}
