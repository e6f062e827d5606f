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

    /// Reads a paragraph number as people write it in the column of a table: `Para. 104.5`, `R104.5`,
    /// `§ 104.5`, `A/HRC/56/9, para. 104.5`, `104,5` with a decimal comma, `104. 5`, `104-5`, `104.5 (a)`,
    /// `١٠٤٫٥`. What could be another number, or several, is refused and never bent into one: three parts,
    /// dates, ranges, lists, years, numbers with zeros in front, and text beside the number.
    pub fn from_source(text: &str) -> Result<Self, NotAParagraph> {
        let text = with_ascii_digits(text.trim());
        if is_name(&text) {
            return Ok(Self(text));
        }
        let text = without_symbol(&text);
        let (number, lettered) = without_label(text).ok_or(NotAParagraph)?;
        Self::parse(&format!("{}{lettered}", printed(number)?))
    }

    /// Returns the footnote mark behind the number of a paragraph, which is no part of it: `*` of `104.14*`.
    #[cfg(feature = "exchange")]
    pub(crate) fn footnote_mark(cell: &str) -> Option<&str> {
        let cell = cell.trim().trim_end_matches(['.', ' ', ':', ';', ',']);
        let number = cell.trim_end_matches(FOOTNOTE_MARKS);
        let mark = cell.get(number.len()..).filter(|mark| !mark.is_empty())?;
        Self::from_source(number).is_ok().then_some(mark)
    }

    /// Splits the number of a paragraph off the text that follows it: `138.27 Ratify`, `186.28.`,
    /// `97.1..1`, `79(a)`, `104.13 (a)`, `1.`, `Para. 104.5: Ratify`, `١٠٤٫٥`, even where the blank behind
    /// it is missing. A year or a decimal in front of a text is no paragraph: a number alone needs its full
    /// stop, and one with a decimal comma or a label a sentence behind it.
    pub fn in_front_of(text: &str) -> (Option<Self>, &str) {
        let plain = split_number(text);
        if plain.0.is_some() {
            return plain;
        }
        match split_labelled(text) {
            Some((paragraph, rest)) => (Some(paragraph), rest),
            None => (None, text),
        }
    }

    /// The name of what has no words at all.
    #[cfg(feature = "exchange")]
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

/// A text with the digits, points and brackets of other scripts as ASCII has them.
fn with_ascii_digits(text: &str) -> String {
    text.chars().map(ascii_digit).collect()
}

fn ascii_digit(c: char) -> char {
    let from = |zero: u32| char::from_digit(u32::from(c) - zero, 10).unwrap_or(c);
    match c {
        '٠'..='٩' => from(0x660),
        '۰'..='۹' => from(0x6F0),
        '０'..='９' => from(0xFF10),
        '٫' | '．' | '。' => '.',
        '，' | '،' => ',',
        '（' => '(',
        '）' => ')',
        '–' | '‑' | '‐' | '−' | '－' => '-',
        '\u{a0}' | '\u{202f}' | '\u{3000}' => ' ',
        _ => c,
    }
}

/// What may stand between a document's symbol and the paragraph, and behind a label.
const SEPARATORS: [char; 8] = [' ', '-', ',', ':', ';', '—', '/', '.'];

/// A text without the symbol of the report in front of it.
fn without_symbol(text: &str) -> &str {
    let is_symbol = |word: &str| {
        let word = word.trim_end_matches([',', ';', ':']);
        let mut parts = word.split('/');
        parts.next() == Some("A")
            && parts.next() == Some("HRC")
            && parts
                .next()
                .is_some_and(|part| part == "WG.6" || is_digits(part))
            && parts.next().is_some_and(is_digits)
            && parts.all(|part| {
                let ends = ["Add.", "Rev.", "Corr.", "L."];
                is_digits(part) || ends.iter().any(|end| part.starts_with(end))
            })
    };
    match text.split_once(' ') {
        Some((word, rest)) if is_symbol(word) => {
            rest.trim_start_matches([' ', '-', ',', ':', ';', '—'])
        }
        _ => text,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Marks of footnotes behind a number.
const FOOTNOTE_MARKS: [char; 13] = [
    '*', '†', '‡', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹',
];

/// What a column of paragraphs may write in front of a number, in lower case.
const LABELS: [&str; 62] = [
    "para",
    "paras",
    "par",
    "paragraph",
    "paragraphs",
    "rec",
    "recs",
    "reco",
    "recom",
    "recomm",
    "recommendation",
    "recommendations",
    "r",
    "no",
    "nr",
    "n",
    "num",
    "number",
    "item",
    "point",
    "upr",
    "epu",
    "paragraphe",
    "recommandation",
    "numéro",
    "numero",
    "nº",
    "párrafo",
    "parrafo",
    "párr",
    "recomendación",
    "recomendacion",
    "número",
    "num",
    "п",
    "пп",
    "пункт",
    "пункта",
    "номер",
    "рек",
    "реком",
    "рекомендация",
    "рэкамендацыя",
    "нумар",
    "параграф",
    "فقرة",
    "الفقرة",
    "توصية",
    "التوصية",
    "رقم",
    "الرقم",
    "第",
    "段",
    "段落",
    "段次",
    "第段",
    "建议",
    "编号",
    "建议编号",
    "号",
    "§",
    "#",
];

fn is_label(word: &str) -> bool {
    let word = word.trim_matches(['.', ':', '°', '#', '§', '№', 'º']);
    word.is_empty() || LABELS.contains(&word.to_lowercase().as_str())
}

/// A number without the labels before and the marks behind it, and the letter of its part in brackets, if
/// it has one.
fn without_label(text: &str) -> Option<(&str, String)> {
    let ends = ['.', ' ', ':', ';', ',', '段', '号'];
    let text = text.trim_end_matches(|c| ends.contains(&c) || FOOTNOTE_MARKS.contains(&c));
    let text = match text.strip_prefix(['(', '[']) {
        Some(inner) => inner.strip_suffix([')', ']']).unwrap_or(inner),
        None if !text.contains('(') => text.trim_end_matches(')'),
        None => text,
    };
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (label, number) = text.split_at_checked(start)?;
    // ".5" is what is left of "104.5", and no paragraph 5.
    if !label.trim().is_empty() && label.trim().chars().all(|c| SEPARATORS.contains(&c)) {
        return None;
    }
    let mut words = label
        .split(|c: char| c.is_whitespace() || SEPARATORS.contains(&c))
        .filter(|word| !word.is_empty());
    if label.len() > 60 || !words.all(is_label) {
        return None;
    }
    let Some((number, inner)) = number.split_once('(') else {
        return Some((number.trim(), String::new()));
    };
    let letter = inner.strip_suffix(')')?;
    let is_letter =
        (1..=4).contains(&letter.len()) && letter.chars().all(|c| c.is_ascii_alphabetic());
    is_letter.then(|| (number.trim(), format!("({letter})")))
}

/// The number as reports print it, or that it is not clear which it is.
fn printed(number: &str) -> Result<String, NotAParagraph> {
    let fits = |part: &str| {
        is_digits(part) && part.len() <= MAX_DIGITS && (part.len() == 1 || !part.starts_with('0'))
    };
    let main = |part: &str| fits(part) && part != "0" && part.len() <= MAX_MAIN_DIGITS;
    // An unnumbered part of a paragraph, `97.1..1`.
    if let Some((paragraph, part)) = number.split_once("..") {
        let mut parts = paragraph.split('.');
        let is_one = parts.next().is_some_and(main)
            && parts.next().is_none_or(fits)
            && parts.next().is_none()
            && fits(part);
        return if is_one {
            Ok(number.to_owned())
        } else {
            Err(NotAParagraph)
        };
    }
    let Some(at) = number.find(['.', ',', '-']) else {
        let end = number
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(number.len());
        let (digits, letter) = number.split_at(end);
        return if main(digits) && is_small_letter(letter) {
            Ok(number.to_owned())
        } else {
            Err(NotAParagraph)
        };
    };
    let (first, rest) = number.split_at(at);
    let (separator, second) = rest.split_at(1);
    let first = first.trim_end();
    // "104, 12" may be two paragraphs.
    let second = if separator == "," {
        second
    } else {
        second.trim_start()
    };
    let end = second
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(second.len());
    let (second, letter) = second.split_at(end);
    if !main(first) || !fits(second) || !is_small_letter(letter) {
        return Err(NotAParagraph);
    }
    let value = |part: &str| part.parse::<u32>().unwrap_or(u32::MAX);
    let (one, other) = (value(first), value(second));
    let is_several = match separator {
        // From one paragraph to another.
        "-" => other > one || second == "0",
        // One paragraph and the next.
        "," => other == one + 1 || second == "0",
        _ => false,
    };
    if is_several {
        return Err(NotAParagraph);
    }
    Ok(format!("{first}.{second}{letter}"))
}

fn is_small_letter(text: &str) -> bool {
    text.is_empty() || text.len() == 1 && text.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The most digits of a part of a number, and of its first part.
const MAX_DIGITS: usize = 5;
const MAX_MAIN_DIGITS: usize = 3;

/// Splits a number off that has no label.
fn split_number(text: &str) -> (Option<Paragraph>, &str) {
    let digits = text
        .find(|c: char| !(ascii_digit(c).is_ascii_digit() || matches!(ascii_digit(c), '.')))
        .unwrap_or(text.len());
    let (mut number, mut rest) = text.split_at(digits);
    let behind = rest.trim_start_matches(' ');
    let letter_end = behind
        .strip_prefix('(')
        .and_then(|inner| inner.split_once(')'))
        .filter(|(letter, _)| {
            let apart = behind.len() < rest.len();
            // "104.13 (a) Ratify" is lettered, "104.13 (a) Sign; (b) Ratify" a list in a text.
            let fits = if apart {
                letter.len() == 1 && !goes_on(behind, letter)
            } else {
                letter.len() <= 4
            };
            fits && !letter.is_empty() && letter.chars().all(|c| c.is_ascii_lowercase())
        })
        .filter(|_| number.ends_with(|c: char| ascii_digit(c).is_ascii_digit()))
        .map(|(letter, _)| text.len() - behind.len() + letter.len() + 2);
    if let Some(end) = letter_end {
        (number, rest) = text.split_at(end);
    }
    let number = with_ascii_digits(number).replace(' ', "");
    if !number.contains(['.', '(']) || number.split('.').any(|part| part.len() > MAX_DIGITS) {
        return (None, text);
    }
    // A date is no paragraph.
    let is_date = {
        let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
        parts.len() == 3 && parts.iter().any(|part| part.len() > 3)
    };
    match Paragraph::parse(&number) {
        Ok(paragraph) if !is_date => (
            Some(paragraph),
            rest.trim_start_matches([' ', '.', ':', '-', '–']),
        ),
        _ => (None, text),
    }
}

/// Whether a list that begins with a letter has the next letter as well.
fn goes_on(text: &str, letter: &str) -> bool {
    let next = letter
        .bytes()
        .next()
        .map(|byte| char::from(byte.saturating_add(1)));
    next.is_some_and(|next| text.contains(&format!("({next})")))
}

/// Splits a number with a label or a decimal comma off, if a sentence follows it.
fn split_labelled(text: &str) -> Option<(Paragraph, &str)> {
    let start = text.find(|c: char| ascii_digit(c).is_ascii_digit())?;
    if start > 60 {
        return None;
    }
    let from = text.get(start..)?;
    let end = from
        .find(|c: char| !(ascii_digit(c).is_ascii_digit() || matches!(ascii_digit(c), '.' | ',')))
        .unwrap_or(from.len());
    let number = from.get(..end)?.trim_end_matches(['.', ',', '،', '。']);
    let rest = from.get(number.len()..)?;
    let behind = rest.trim_start_matches([' ', '.', ':', '-', '–', '—', '\t', ')']);
    let is_sentence = behind
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let is_apart = rest.starts_with([' ', '.', ':', '-', '–', '—', '\t', ')']);
    if !is_sentence || !is_apart || !number.contains(['.', ',', '٫', '،', '．', '，']) {
        return None;
    }
    let head = text.get(..start + number.len())?;
    Some((Paragraph::from_source(head).ok()?, behind))
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
    fn columns_write_numbers_in_many_ways() {
        let read = |text| Paragraph::from_source(text).map(String::from);
        for (text, number) in [
            ("104.5", "104.5"),
            ("104,1", "104.1"),
            ("104,12", "104.12"),
            ("104. 3", "104.3"),
            ("104-4", "104.4"),
            ("104–4", "104.4"),
            ("A/HRC/56/9 - Para 104.5", "104.5"),
            ("A/HRC/56/9/Add.1, para. 104.5", "104.5"),
            ("R 104.6", "104.6"),
            ("R104.6", "104.6"),
            ("Rec. No. 104.6", "104.6"),
            ("Para. 104.5.", "104.5"),
            ("§104.5", "104.5"),
            ("№ 104.5", "104.5"),
            ("n° 104,5", "104.5"),
            ("п. 104.5", "104.5"),
            ("(104.5)", "104.5"),
            ("104.5)", "104.5"),
            ("104.5*", "104.5"),
            ("104.13 (a)", "104.13(a)"),
            ("104.13(a)", "104.13(a)"),
            ("104.13a", "104.13a"),
            ("79(iv)", "79(iv)"),
            ("97.1..1", "97.1..1"),
            ("١٠٤٫٩", "104.9"),
            ("۱۰۴٫۹", "104.9"),
            ("１０４．９", "104.9"),
            ("الفقرة ١٠٤٫٩", "104.9"),
            ("第104.5段", "104.5"),
            ("1", "1"),
            (
                "abolish-the-death-penalty-1f3a9b2c4d",
                "abolish-the-death-penalty-1f3a9b2c4d",
            ),
        ] {
            assert_eq!(read(text), Ok(number.to_owned()), "{text}");
        }
        for text in [
            "",
            "abc",
            "104.5.6",
            "10.04.2020",
            "2020-04-10",
            "10-Apr",
            "104.5, 104.6",
            "104.5-104.7",
            "104.5 and 104.6",
            "104, 12",
            "104,105",
            "104-105",
            "6-12",
            "R104.7 P2",
            "P2R104.8",
            "104.7 (part 2)",
            "104.05",
            "0.5",
            "104.5 Ratify it",
            "Article 104.5",
            "session 36",
            "-104.5",
            "10 4.5",
            "41, para. 81",
            "104/5",
            "12345",
            "104.5 %",
            "R11P4",
            "2020-4",
        ] {
            assert_eq!(read(text), Err(NotAParagraph), "{text}");
        }
        for hostile in [
            "9".repeat(1 << 16),
            "(".repeat(1 << 16),
            "٠".repeat(1 << 16),
        ] {
            assert!(Paragraph::from_source(&hostile).is_err());
        }
    }

    #[test]
    fn numbers_are_split_off_their_texts() {
        let split = |text| {
            let (paragraph, rest) = Paragraph::in_front_of(text);
            (paragraph.map(String::from), rest)
        };
        for (text, number, rest) in [
            ("104.5 Ratify it", "104.5", "Ratify it"),
            ("104.5Ratify it", "104.5", "Ratify it"),
            ("104.13 (a) Ratify it", "104.13(a)", "Ratify it"),
            (
                "104.13 (a) Sign; (b) Ratify",
                "104.13",
                "(a) Sign; (b) Ratify",
            ),
            ("79(a) Ratify it", "79(a)", "Ratify it"),
            ("1. Ratify it", "1", "Ratify it"),
            ("104,5 Ratify it", "104.5", "Ratify it"),
            ("Para. 104.5: Ratify it", "104.5", "Ratify it"),
            ("R104.5 Ratify it", "104.5", "Ratify it"),
            ("١٠٤٫٩ التصديق", "104.9", "التصديق"),
            ("１０４．９ 批准", "104.9", "批准"),
        ] {
            assert_eq!(split(text), (Some(number.to_owned()), rest), "{text}");
        }
        for text in [
            "1951 Convention",
            "12,5 per cent of it",
            "10.04.2020 Ratify it",
            "Ratify article 5.1 Now",
            "",
        ] {
            assert_eq!(split(text), (None, text));
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
