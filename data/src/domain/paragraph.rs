//! The paragraph of a Working Group report that holds a recommendation.
//!
//! Usually `138.27`; the first cycle also has `97.1..1` (an unnumbered part of 97.1), `79(a)` and a
//! bare `1` under a lead-in. It is kept as printed and ordered by its numbers, so that 138.2 comes
//! before 138.10.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A paragraph number as the report prints it, without the full stop after it.
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

    /// Reads a paragraph number. It begins with a digit and holds digits, ASCII letters, full stops,
    /// brackets and hyphens only; a full stop at its end belongs to the sentence and is dropped.
    pub fn parse(text: &str) -> Result<Self, NotAParagraph> {
        let text = text.trim().trim_end_matches('.');
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

    /// As printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A text whose byte order is the paragraphs' order: numbers padded to the longest that there can
    /// be, letters in lower case, everything else as printed.
    pub fn order(&self) -> String {
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
