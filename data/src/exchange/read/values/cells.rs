//! What the readers do alike to headings, lists and texts.

use crate::domain::{Message, Recommendation, Scheme, Term, one_spelling, shorten};
use crate::exchange::Rejected;
use crate::exchange::read::values::plain::plain;
pub(crate) use crate::settings::MAX_CELL;
pub(crate) use crate::settings::MAX_COLUMNS;
pub(crate) use crate::settings::MAX_ROWS;
pub(crate) use crate::settings::MAX_VALUES;
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// The terms of a cell, each once, or that they are too many.
pub(crate) fn terms(
    scheme: Scheme,
    values: impl IntoIterator<Item = impl AsRef<str>>,
) -> Result<Vec<Term>, Message> {
    let mut seen = HashSet::new();
    let mut terms = Vec::new();
    for value in values {
        let term = Term::new(scheme, &one_spelling(scheme, value.as_ref()));
        if !term.name.is_empty() && seen.insert(term.clone()) {
            if terms.len() == MAX_VALUES {
                return Err(Message::new("exchange-values").with("max", MAX_VALUES));
            }
            terms.push(term);
        }
    }
    Ok(terms)
}

/// The responsible bodies of a cell, each once, or that they are too many or one is too long.
pub(crate) fn bodies(values: Vec<String>) -> Result<Vec<String>, Message> {
    let mut bodies = Vec::new();
    for value in values {
        if value.chars().count() > Recommendation::LONGEST_BODY {
            return Err(Message::new("exchange-body-too-long")
                .with("value", shortened(&value))
                .with("max", Recommendation::LONGEST_BODY));
        }
        if !value.is_empty() && !bodies.contains(&value) {
            if bodies.len() == Recommendation::MOST_BODIES {
                let max = Recommendation::MOST_BODIES;
                return Err(Message::new("exchange-values").with("max", max));
            }
            bodies.push(value);
        }
    }
    Ok(bodies)
}

/// A heading as headings are compared: lower case, words only. UHRI spells "Recommending" with a
/// double c and a single m.
pub(crate) fn heading(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace("reccomending", "recommending"))
        .collect();
    words.join(" ")
}

/// A heading without its accents, so that those typed without them are the same.
pub(crate) fn folded(text: &str) -> String {
    #[cfg(test)]
    foldings::count();
    let is_mark = |c: &char| !unicode_normalization::char::is_combining_mark(*c);
    heading(&text.nfd().filter(is_mark).collect::<String>())
}

/// How many texts were folded, for tests.
#[cfg(test)]
pub(crate) mod foldings {
    use std::cell::Cell;

    thread_local! {
        static COUNT: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn count() {
        COUNT.set(COUNT.get() + 1);
    }

    /// The number of texts that this thread has folded since the last call.
    pub(crate) fn take() -> usize {
        COUNT.take()
    }
}

/// The headings of a table; a column without one goes by its letters, as in a spreadsheet, and one that repeats
/// another's heading by both.
pub(crate) fn named_headings(cells: &[String]) -> Vec<String> {
    let mut cells = cells.to_vec();
    while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    for at in 0..cells.len() {
        let heading = cells.get(at).map_or("", |cell| cell.trim()).to_owned();
        let mut before = cells.iter().take(at);
        if heading.is_empty() || before.any(|cell| cell.trim() == heading) {
            let mut name = match heading.as_str() {
                "" => letters(at),
                heading => format!("{heading} ({})", letters(at)),
            };
            // Another column may be called that.
            while cells.iter().any(|cell| cell.trim() == name) {
                name.push('*');
            }
            if let Some(cell) = cells.get_mut(at) {
                *cell = name;
            }
        }
    }
    cells
}

/// The name of a column in a spreadsheet: `A` for the first one.
pub(crate) fn letters(column: usize) -> String {
    let letter = |at: usize| {
        let place = u32::try_from(at % 26).unwrap_or_default();
        char::from_digit(place + 10, 36).map_or('A', |c| c.to_ascii_uppercase())
    };
    match column.checked_sub(26) {
        None => letter(column).to_string(),
        Some(rest) => format!("{}{}", letters(rest / 26), letter(rest)),
    }
}

/// A text on one line: markup and entities resolved, every run of blanks and line ends one space.
pub(crate) fn one_line(text: &str) -> String {
    let text = plain(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// The values of a cell that holds one on each line, each perhaps with a bullet in front.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let text = plain(text);
    text.lines()
        .map(|line| one_line(without_bullet(line)))
        .filter(|one| !one.is_empty())
        .collect()
}

/// A line without the bullet in front of it.
pub(crate) fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    match line.strip_prefix(['-', '•', '–', '·', '*']) {
        // "-5 °C" is a value, "- general" is a bullet.
        Some(rest) if rest.is_empty() || rest.starts_with(char::is_whitespace) => rest.trim_start(),
        _ => line,
    }
}

/// The value of a cell that should hold one only, without its bullet.
pub(crate) fn single(text: &str) -> String {
    lines(text).join("; ")
}

/// The first run of digits of a text, if it is a number that fits.
pub(crate) fn first_number(text: &str) -> Option<u8> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = text.get(start..)?;
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

/// The report that a document belongs to: `A/HRC/43/15` of `A/HRC/43/15/Add.1`.
pub(crate) fn report_of(symbol: &str) -> Option<String> {
    let end = symbol
        .find("/Add.")
        .into_iter()
        .chain(symbol.find("/Corr."))
        .min();
    let report = symbol.get(..end.unwrap_or(symbol.len()))?;
    let fits = report.starts_with("A/") && report.len() <= 40 && !report.contains(' ');
    fits.then(|| report.to_owned())
}

/// The State's words and the collection's remark on them.
pub(crate) fn with_comment(raw: String, comment: Option<&str>) -> String {
    match comment {
        Some(comment) if raw.is_empty() => comment.to_owned(),
        Some(comment) => format!("{raw}; {comment}"),
        None => raw,
    }
}

/// A value of a file as it is shown to a person.
pub(crate) fn shortened(text: &str) -> String {
    shorten(text, Message::LONGEST_CELL).into_owned()
}

/// Cells beside the headings of their columns.
pub(crate) fn headed<'a>(
    headings: &'a [String],
    cells: &'a [String],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let widest = headings.len().max(cells.len());
    let at = |texts: &'a [String], place: usize| texts.get(place).map_or("", String::as_str);
    (0..widest).map(move |place| (at(headings, place), at(cells, place)))
}

/// A row that cannot be taken.
pub(crate) fn rejected(row: u32, column: &str, value: &str, reason: Message) -> Rejected {
    let column = (!column.is_empty()).then(|| shortened(column.trim()));
    let value = (!value.is_empty()).then(|| shortened(value.trim()));
    Rejected {
        row,
        review: None,
        column,
        value,
        reason,
        cells: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_by_their_words() {
        assert_eq!(
            heading(" UPR Reccomending\u{a0}States "),
            "upr recommending states"
        );
        assert_eq!(heading("OHCHR_Annotation-Id"), "ohchr annotation id");
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let named = |cells: &[&str]| {
            let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
            named_headings(&cells)
        };
        assert_eq!(
            named(&["Theme", "", "B", "Theme ", "Theme", ""]),
            ["Theme", "B*", "B", "Theme (D)", "Theme (E)"]
        );
    }

    #[test]
    fn lists_lose_their_bullets() {
        assert_eq!(
            lines("- Women\n•  Children\n\n-5\n R&amp;D "),
            ["Women", "Children", "-5", "R&D"]
        );
        assert_eq!(one_line("the State&rsquo;s\u{a0}\n law"), "the State’s law");
    }

    #[test]
    fn numbers_are_found() {
        assert_eq!(first_number("- 36th Session (2020)"), Some(36));
        assert_eq!(first_number("session 9999"), None);
        assert_eq!(first_number("none"), None);
    }
}
