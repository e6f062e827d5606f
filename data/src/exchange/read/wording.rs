//! The parts of a recommendation as reports and their exports print it in one cell:
//! `121.1 Ratify the Convention (France) (Lithuania);` and perhaps
//! `Source of Position: A/HRC/43/15/Add.1 - Para.3`.

use super::names::Unresolved;
use super::recommenders::{brackets, push};
use super::values::one_line;
use crate::domain::{Paragraph, StateCode};

/// One cell, taken apart.
#[derive(Debug)]
pub(super) struct Wording {
    /// The number in front.
    pub(super) paragraph: Option<Paragraph>,
    /// The text without the number and, where it makes one demand only, without its States.
    pub(super) text: String,
    /// The States in brackets, each once, in order.
    pub(super) states: Vec<StateCode>,
    /// A State's name with a slip in it.
    pub(super) misspelt: Option<Unresolved>,
    /// What stands in the last brackets that hold no State.
    pub(super) candidate: Option<Unresolved>,
    /// The document that holds the response.
    pub(super) source: Option<String>,
    /// The paragraph of that document.
    pub(super) source_paragraph: Option<String>,
    /// A remark on the response that the collection has put behind the text.
    pub(super) comment: Option<String>,
}

impl Wording {
    /// Takes a cell apart.
    pub(super) fn read(cell: &str) -> Self {
        let cell = one_line(cell);
        let (cell, source, source_paragraph) = split_source(&cell);
        let (cell, comment) = split_comment(cell);
        let (paragraph, body) = split_paragraph(cell);
        let found = brackets(body);
        let mut states = Vec::new();
        for bracket in &found.of_states {
            bracket
                .states
                .iter()
                .for_each(|state| push(&mut states, *state));
        }
        // From the end backwards over "(Togo); (Tunisia);".
        let mut head = without_end(body);
        let mut inner = found.of_states.as_slice();
        while let Some((last, before)) = inner.split_last() {
            if last.end < head.len() {
                break;
            }
            head = without_end(body.get(..last.start).unwrap_or(head));
            inner = before;
        }
        // States left over further in: several demands in one paragraph, which would be unreadable
        // without the names of those who made each.
        let text = if inner.is_empty() {
            head
        } else {
            without_end(body)
        };
        Self {
            paragraph,
            text: text.to_owned(),
            states,
            misspelt: found.misspelt.into_iter().next(),
            candidate: found.last_other,
            source,
            source_paragraph,
            comment,
        }
    }
}

/// What may stand behind the last word of a recommendation and does not belong to it.
const END: [char; 5] = [' ', ';', '.', ',', '*'];

fn without_end(text: &str) -> &str {
    text.trim_end_matches(END)
}

/// Splits `Source of Position: A/HRC/43/15/Add.1 - Para.3` off.
fn split_source(cell: &str) -> (&str, Option<String>, Option<String>) {
    let Some((text, source)) = split_at_words(cell, "source of position") else {
        return (cell, None, None);
    };
    let source = source.trim_start_matches([':', ' ', '–', '-']);
    let (symbol, paragraph) = match split_at_words(source, "para") {
        Some((symbol, rest)) => (symbol, number(rest)),
        None => (source, None),
    };
    let symbol = symbol
        .trim_end_matches(['-', '–', ' ', ',', ';', '.'])
        .trim();
    let symbol = (!symbol.is_empty()).then(|| symbol.to_owned());
    (text, symbol, paragraph)
}

/// The paragraph number in `.3`, ` 186.28. ` or `graph 97`.
fn number(text: &str) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(start..)?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    let number = rest.get(..end)?.trim_end_matches('.');
    (!number.is_empty() && number.len() <= Paragraph::MAX).then(|| number.to_owned())
}

/// Splits `Comments: Information sent in a post Add.1 letter` off, which UHRI appends.
fn split_comment(cell: &str) -> (&str, Option<String>) {
    match split_at_words(cell, "; comments:") {
        Some((text, comment)) if !comment.trim().is_empty() => {
            (text, Some(comment.trim().to_owned()))
        }
        _ => (cell, None),
    }
}

/// The text before and behind the last occurrence of ASCII words, whatever their case.
fn split_at_words<'a>(text: &'a str, words: &str) -> Option<(&'a str, &'a str)> {
    // Only ASCII letters change, so places in the one are places in the other.
    let at = text.to_ascii_lowercase().rfind(words)?;
    Some((text.get(..at)?, text.get(at + words.len()..)?))
}

/// Splits the number in front off: `138.27`, `186.28.`, `97.1..1`, `79(a)`, `1.`, even where the blank
/// behind it is missing. A year in front of a text is no paragraph: a number alone needs its full stop.
fn split_paragraph(cell: &str) -> (Option<Paragraph>, &str) {
    let digits = cell
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(cell.len());
    let (mut number, mut rest) = cell.split_at(digits);
    let letter_end = rest
        .strip_prefix('(')
        .and_then(|inner| inner.split_once(')'))
        .filter(|(letter, _)| {
            (1..=4).contains(&letter.len()) && letter.chars().all(|c| c.is_ascii_lowercase())
        })
        .map(|(letter, _)| digits + letter.len() + 2);
    if let Some(end) = letter_end {
        (number, rest) = cell.split_at(end);
    }
    if !number.contains(['.', '(']) {
        return (None, cell);
    }
    match Paragraph::parse(number) {
        Ok(paragraph) => (
            Some(paragraph),
            rest.trim_start_matches([' ', '.', ':', '-', '–']),
        ),
        Err(_) => (None, cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> (Option<String>, String, Vec<String>) {
        let wording = Wording::read(cell);
        let states = wording
            .states
            .iter()
            .map(|state| state.as_str().to_owned())
            .collect();
        (wording.paragraph.map(String::from), wording.text, states)
    }

    fn check(cell: &str, paragraph: Option<&str>, text: &str, states: &[&str]) {
        let states: Vec<String> = states.iter().map(|&state| state.to_owned()).collect();
        assert_eq!(
            read(cell),
            (paragraph.map(str::to_owned), text.to_owned(), states),
            "{cell}"
        );
    }

    #[test]
    fn one_demand_loses_its_states() {
        check(
            "50.1 Ratify it (CEDAW) (Togo) (Fiji);",
            Some("50.1"),
            "Ratify it (CEDAW)",
            &["TGO", "FJI"],
        );
        check(
            "50.1. Ratify it (ICPPED) (Togo); (Fiji);",
            Some("50.1"),
            "Ratify it (ICPPED)",
            &["TGO", "FJI"],
        );
        check(
            "50.1Ratify it. (Algeria),",
            Some("50.1"),
            "Ratify it",
            &["DZA"],
        );
        check(
            "79(a) Ratify it (Iran (Islamic Republic of)) ;",
            Some("79(a)"),
            "Ratify it",
            &["IRN"],
        );
        check("1. Ratify it(Togo)*.", Some("1"), "Ratify it", &["TGO"]);
        check("1951 Convention (Togo)", None, "1951 Convention", &["TGO"]);
        check(
            "50.2 Ratify it (France;",
            Some("50.2"),
            "Ratify it",
            &["FRA"],
        );
        check("", None, "", &[]);
    }

    #[test]
    fn several_demands_keep_their_states() {
        let text = "Sign it (Togo); Ratify it (Fiji)";
        check(
            &format!("50.1 {text};"),
            Some("50.1"),
            text,
            &["TGO", "FJI"],
        );
        let text = "Consider ratifying (Togo) / Ratify (Japan) the Protocols to the CRC";
        check(
            &format!("74.5 {text};"),
            Some("74.5"),
            text,
            &["TGO", "JPN"],
        );
    }

    #[test]
    fn the_source_of_the_position_is_split_off() {
        let cell = "186.28. Do it (Togo);\nSource of position: A/HRC/25/5/Add.1 - Para. 186.28. ";
        let wording = Wording::read(cell);
        assert_eq!(wording.text, "Do it");
        assert_eq!(wording.source.as_deref(), Some("A/HRC/25/5/Add.1"));
        assert_eq!(wording.source_paragraph.as_deref(), Some("186.28"));
        let wording = Wording::read("1.2 Do it (Togo); Source of Position: A/HRC/43/15 - Para 121");
        assert_eq!(wording.source_paragraph.as_deref(), Some("121"));
        let wording = Wording::read("1.2 Do it (Togo);\nSource of Position: A/HRC/59/15/Add.1");
        assert_eq!(wording.source.as_deref(), Some("A/HRC/59/15/Add.1"));
        assert_eq!(wording.source_paragraph, None);
        let wording = Wording::read("166.16. Do it (Latvia); Comments: Sent in a letter");
        assert_eq!(
            (wording.text.as_str(), wording.comment.as_deref()),
            ("Do it", Some("Sent in a letter"))
        );
    }
}
