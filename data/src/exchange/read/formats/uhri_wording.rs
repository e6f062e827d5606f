//! The parts of a recommendation as reports and their exports print it in one cell:
//! `121.1 Ratify the Convention (France) (Lithuania);` and perhaps
//! `Source of Position: A/HRC/43/15/Add.1 - Para.3`.

use crate::domain::{Message, Paragraph, StateCode};
use crate::exchange::read::values::cells::one_line;
use crate::exchange::read::values::names::Unresolved;
use crate::exchange::read::values::recommenders::{END, brackets, push, united};

/// What a row says of one recommendation whose text and columns both may name its number and its States.
#[derive(Debug)]
pub(crate) struct Beside {
    /// The text without its number and its States.
    pub(crate) wording: Wording,
    /// The number.
    pub(crate) paragraph: Option<Paragraph>,
    /// The States.
    pub(crate) states: Vec<StateCode>,
}

/// Why the text and the columns of a row cannot both be right.
#[derive(Debug)]
pub(crate) enum Contradiction {
    /// Each has another number.
    Paragraphs(Message),
    /// A name in the text is no State's.
    Name(Unresolved),
    /// Each has a State that the other does not have.
    States(Message),
}

impl Beside {
    /// The text without the number and the States that were taken out of it; as it is written, if there
    /// were none.
    pub(crate) fn text_of(&self, cell: &str) -> String {
        if self.wording.paragraph.is_some() || !self.wording.states.is_empty() {
            self.wording.text.clone()
        } else {
            cell.to_owned()
        }
    }

    /// Takes the States at the end of a text that has no number off it, and unites them with those of the
    /// column; none where the text ends without any.
    pub(crate) fn of_unnumbered(
        cell: &str,
        states: &[StateCode],
    ) -> Result<Option<(String, Vec<StateCode>)>, Contradiction> {
        if !cell.contains(['(', '（']) {
            return Ok(None);
        }
        if let Some(name) = brackets(cell).stranger {
            return Err(Contradiction::Name(name));
        }
        let wording = Wording::read_unnumbered(cell);
        let ends_in_states = !wording.states.is_empty() && wording.text != without_end(cell);
        if !ends_in_states {
            return Ok(None);
        }
        let states = united(&wording.states, states).map_err(Contradiction::States)?;
        Ok(Some((wording.text, states)))
    }

    /// Takes a text apart beside the columns of its row: the one rule for the number in front and for the
    /// States in brackets of every reader.
    pub(crate) fn read(
        cell: &str,
        paragraph: Option<&Paragraph>,
        states: &[StateCode],
    ) -> Result<Self, Contradiction> {
        let mut wording = Wording::read(cell);
        if let (Some(typed), Some(printed)) = (paragraph, &wording.paragraph)
            && typed != printed
        {
            let main = |one: &Paragraph| one.as_str().split(['.', '(']).next().map(str::to_owned);
            if main(typed) == main(printed) {
                let message = Message::new("exchange-paragraphs-differ")
                    .with("text", printed)
                    .with("column", typed);
                return Err(Contradiction::Paragraphs(message));
            }
            // "1.5 million people" is no number of a paragraph.
            wording = Wording::read_unnumbered(cell);
        }
        if let Some(name) = &wording.misspelt {
            return Err(Contradiction::Name(name.clone()));
        }
        if let Some(name) = wording.name_at_the_end() {
            return Err(Contradiction::Name(name.clone()));
        }
        let states = united(&wording.states, states).map_err(Contradiction::States)?;
        Ok(Self {
            paragraph: paragraph.cloned().or_else(|| wording.paragraph.clone()),
            wording,
            states,
        })
    }
}

/// One cell, taken apart.
#[derive(Debug)]
pub(crate) struct Wording {
    /// The number in front.
    pub(crate) paragraph: Option<Paragraph>,
    /// The text without the number and, where it makes one demand only, without its States.
    pub(crate) text: String,
    /// The States in brackets, each once, in order.
    pub(crate) states: Vec<StateCode>,
    /// A State's name with a slip in it, or a name among the States at the end that is none of theirs.
    pub(crate) misspelt: Option<Unresolved>,
    /// What stands in the last brackets that hold no State.
    pub(crate) candidate: Option<Unresolved>,
    /// The document that holds the response.
    pub(crate) source: Option<String>,
    /// The paragraph of that document.
    pub(crate) source_paragraph: Option<String>,
    /// A remark on the response that the collection has put behind the text.
    pub(crate) comment: Option<String>,
}

impl Wording {
    /// Takes a cell apart.
    pub(crate) fn read(cell: &str) -> Self {
        Self::taken_apart(cell, Paragraph::in_front_of)
    }

    /// Takes a cell apart that has no paragraph's number in front.
    fn read_unnumbered(cell: &str) -> Self {
        Self::taken_apart(cell, |cell| (None, cell))
    }

    /// A single name in brackets behind a text that names no State, as in "Do it (Atlantis)": where a column
    /// has the States, it would stay in the text unseen.
    fn name_at_the_end(&self) -> Option<&Unresolved> {
        let candidate = self.candidate.as_ref().filter(|_| self.states.is_empty())?;
        let is_one_word = !candidate.text.contains(char::is_whitespace);
        let is_at_the_end = self.text.ends_with(&format!("({})", candidate.text));
        (is_one_word && is_at_the_end && candidate.is_name()).then_some(candidate)
    }

    fn taken_apart(cell: &str, number: impl Fn(&str) -> (Option<Paragraph>, &str)) -> Self {
        let cell = one_line(cell);
        let (cell, source, source_paragraph) = split_source(&cell);
        let (cell, comment) = split_comment(cell);
        let (paragraph, body) = number(cell);
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
            misspelt: found.stranger.or(found.misspelt.into_iter().next()),
            candidate: found.last_other,
            source,
            source_paragraph,
            comment,
        }
    }
}

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
