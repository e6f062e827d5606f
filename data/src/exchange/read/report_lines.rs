//! Where the paragraphs of a report begin in its text.

/// What a paragraph begins with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Start {
    /// `97.`, `97.1.`, `97.1..1`, `79(a)`.
    Number(String),
    /// `(a)`.
    Letter(String),
    /// `-` or `•`.
    Bullet,
}

/// The longest run of digits in a paragraph's number.
const MAX_DIGITS: usize = 3;

/// What a line begins with, and what follows it.
pub(super) fn start(line: &str) -> Option<(Start, &str)> {
    if let Some(rest) = line.strip_prefix(['-', '•', '–', '·']) {
        return rest
            .starts_with(char::is_whitespace)
            .then(|| (Start::Bullet, rest.trim_start()));
    }
    if line.starts_with('(') {
        let (letter, rest) = lettered(line)?;
        return Some((Start::Letter(letter.to_owned()), rest.trim_start()));
    }
    let digits = line
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(line.len());
    let (number, rest) = line.split_at(digits);
    let (number, rest, lettered) = match lettered(rest.trim_start()) {
        Some((letter, rest)) if number.ends_with(|c: char| c.is_ascii_digit()) => {
            (format!("{number}({letter})"), rest, true)
        }
        _ => (number.to_owned(), rest, false),
    };
    let has_stop = number.contains('.') || lettered;
    let number = number.trim_end_matches('.').to_owned();
    let fits = has_stop
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .split(|c: char| !c.is_ascii_digit())
            .all(|part| part.len() <= MAX_DIGITS);
    let behind = rest.trim_start_matches(['.', ':']);
    // "97.1.Ratify" has lost a blank; "97.1,DZA" and "1.5 per cent" are of other texts.
    let begins = behind.trim_start().chars().next();
    let letters =
        begins.is_some_and(|c| c.is_uppercase() || !c.is_ascii() || "\"“(‘'[".contains(c));
    let lower = begins.is_some_and(char::is_lowercase) && number.matches('.').count() == 1;
    (fits && (letters || lower && behind.starts_with(char::is_whitespace)))
        .then(|| (Start::Number(number), behind.trim_start()))
}

fn lettered(text: &str) -> Option<(&str, &str)> {
    let (letter, rest) = text.strip_prefix('(')?.split_once(')')?;
    let is_letter =
        (1..=3).contains(&letter.len()) && letter.chars().all(|c| c.is_ascii_lowercase());
    is_letter.then_some((letter, rest))
}

/// What stands between the pages: numbers, symbols, the printer's mark.
pub(super) fn is_of_the_page(line: &str) -> bool {
    let is_number = line.len() <= 4 && line.chars().all(|c| c.is_ascii_digit());
    let is_symbol = line.starts_with("A/HRC/") && !line.contains(' ');
    is_number || is_symbol || line.starts_with("GE.") && line.len() < 40
}

/// A text whose paragraphs begin lines of their own: copying out of a browser may put several on one
/// line, and old Macintosh programs end lines with CR alone.
pub(super) fn one_to_a_line(text: &str) -> String {
    let mut broken = String::with_capacity(text.len() + text.len() / 16);
    let mut behind_stop = false;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c == '\r' {
            if text.as_bytes().get(at + 1) != Some(&b'\n') {
                broken.push('\n');
            }
        } else {
            if behind_stop && c.is_ascii_digit() && is_part(text.get(at..).unwrap_or_default()) {
                broken.truncate(broken.trim_end_matches([' ', '\t']).len());
                broken.push('\n');
            }
            broken.push(c);
        }
        behind_stop = match c {
            ';' | '.' | ':' => true,
            ' ' | '\t' | '\u{a0}' => behind_stop,
            _ => false,
        } && !(c == '.' && ends_in_digit(&broken));
        at += c.len_utf8();
    }
    broken
}

fn ends_in_digit(text: &str) -> bool {
    text.strip_suffix('.')
        .is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text begins like a part of a paragraph: `97.2. Examine`.
fn is_part(text: &str) -> bool {
    let end = text
        .bytes()
        .take(12)
        .position(|byte| !byte.is_ascii_digit() && byte != b'.');
    let Some((number, rest)) = end.and_then(|end| text.split_at_checked(end)) else {
        return false;
    };
    let inner = number.trim_end_matches('.');
    let mut parts = inner.split('.');
    let is_short = |part: Option<&str>| part.is_some_and(|part| (1..=3).contains(&part.len()));
    is_short(parts.next())
        && is_short(parts.next())
        && rest.starts_with(char::is_whitespace)
        && rest.trim_start().starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(line: &str) -> Option<(String, &str)> {
        match start(line)? {
            (Start::Number(number), rest) => Some((number, rest)),
            (Start::Letter(letter), rest) => Some((format!("({letter})"), rest)),
            (Start::Bullet, rest) => Some(("-".to_owned(), rest)),
        }
    }

    #[test]
    fn numbers_begin_paragraphs() {
        let expected = [
            ("97. The rest", "97"),
            ("97.1. Examine", "97.1"),
            ("97.1\tExamine", "97.1"),
            ("97.1..1 Examine", "97.1..1"),
            ("79(a) Examine", "79(a)"),
            ("79 (a) Examine", "79(a)"),
            ("1. Examine", "1"),
            ("97.1Examine", "97.1"),
            ("97.1. examine", "97.1"),
            ("(b) Examine", "(b)"),
            ("- Examine", "-"),
        ];
        for (line, number) in expected {
            assert_eq!(
                begins(line).map(|(number, _)| number),
                Some(number.to_owned()),
                "{line}"
            );
        }
        for line in [
            "2011 presidential",
            "97.1,DZA;EGY",
            "169 (ILO)",
            "1.5% of it",
            "(CEDAW) it",
            "",
            ".",
        ] {
            assert_eq!(begins(line), None, "{line}");
        }
    }

    #[test]
    fn paragraphs_get_lines_of_their_own() {
        let text = "97. Enjoy support: 97.1. Do it (Togo); 97.2 Do more (Fiji);\r97.3. See 5.1. Ok";
        let lines: Vec<String> = one_to_a_line(text).lines().map(str::to_owned).collect();
        assert_eq!(
            lines,
            [
                "97. Enjoy support:",
                "97.1. Do it (Togo);",
                "97.2 Do more (Fiji);",
                "97.3. See 5.1. Ok"
            ]
        );
        assert_eq!(one_to_a_line("a\r\nb"), "a\nb");
    }
}
