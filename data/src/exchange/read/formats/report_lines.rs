//! Where the paragraphs of a report begin in its text.

/// What a paragraph begins with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Start {
    /// `97.`, `97.1.`, `97.1..1`, `79(a)`.
    Number(String),
    /// `(a)`.
    Letter(String),
    /// `-` or `•`.
    Bullet,
}

/// What stands between a number that a program made and the text behind it, which may then begin with
/// anything: XML cannot hold this character, so no document has it in a text.
pub(crate) const BEHIND_NUMBER: char = '\u{1f}';

/// Whether a paragraph begins with a typed number such as `104.1`.
pub(crate) fn has_number_of_its_own(text: &str) -> bool {
    matches!(start(text), Some((Start::Number(number), _)) if number.contains(['.', '(']))
}

/// The longest run of digits in a paragraph's number.
const MAX_DIGITS: usize = 3;

/// What a line begins with, and what follows it.
pub(crate) fn start(line: &str) -> Option<(Start, &str)> {
    if let Some((number, rest)) = line.split_once(BEHIND_NUMBER) {
        return made(number, rest.trim_start());
    }
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
    if let Some((number, rest)) = hyphenated(number, rest) {
        return Some((Start::Number(number), rest));
    }
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

/// What a number begins that a program made, whatever the text behind it begins with.
fn made<'a>(number: &str, rest: &'a str) -> Option<(Start, &'a str)> {
    let number = number.trim().trim_end_matches(['.', ':', ')']);
    if let Some(letter) = number.strip_prefix('(') {
        let is_letter = |c: char| c.is_ascii_lowercase();
        let fits = (1..=3).contains(&letter.len()) && letter.chars().all(is_letter);
        return fits.then(|| (Start::Letter(letter.to_owned()), rest));
    }
    // Words around a number, as in "Chapter 1", are a heading's.
    let (digits, letter) = number.split_once('(').unwrap_or((number, ""));
    let mut parts = digits.split('.');
    let is_part =
        |part: &str| part.len() <= MAX_DIGITS && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits.starts_with(|c: char| c.is_ascii_digit())
        && parts.all(is_part)
        && letter.chars().all(|c| c.is_ascii_lowercase());
    let closed = if letter.is_empty() { "" } else { ")" };
    fits.then(|| (Start::Number(format!("{number}{closed}")), rest))
}

/// Arabic reports write `104-` and `104-1` in front of a paragraph.
fn hyphenated<'a>(main: &str, rest: &'a str) -> Option<(String, &'a str)> {
    const HYPHENS: [char; 3] = ['-', '‑', '–'];
    let rest = rest.strip_prefix(HYPHENS)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (part, rest) = rest.split_at_checked(digits)?;
    let rest = rest.trim_start_matches(HYPHENS).trim_start_matches('.');
    let rest = rest.trim_start();
    let is_number =
        |part: &str| part.len() <= MAX_DIGITS && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_arabic = rest.starts_with(|c: char| ('\u{600}'..='\u{6ff}').contains(&c));
    if main.is_empty() || !is_number(main) || !is_number(part) || !is_arabic {
        return None;
    }
    let number = if part.is_empty() {
        main.to_owned()
    } else {
        format!("{main}.{part}")
    };
    Some((number, rest))
}

fn lettered(text: &str) -> Option<(&str, &str)> {
    let (letter, rest) = text.strip_prefix('(')?.split_once(')')?;
    let is_letter =
        (1..=3).contains(&letter.len()) && letter.chars().all(|c| c.is_ascii_lowercase());
    is_letter.then_some((letter, rest))
}

/// What stands between the pages: numbers, symbols, the printer's mark.
pub(crate) fn is_of_the_page(line: &str) -> bool {
    let is_number = line.len() <= 4 && line.chars().all(|c| c.is_ascii_digit());
    let is_symbol = line.starts_with("A/HRC/") && !line.contains(' ');
    is_number || is_symbol || line.starts_with("GE.") && line.len() < 40
}

/// A text whose paragraphs begin lines of their own: copying out of a browser may put several on one
/// line, and old Macintosh programs end lines with CR alone.
pub(crate) fn one_to_a_line(text: &str) -> String {
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
    fn numbers_that_a_program_made_stand_before_anything() {
        let expected = [
            ("104.3\u{1f}1951 Convention", "104.3", "1951 Convention"),
            ("104.\u{1f}1951 Convention", "104", "1951 Convention"),
            ("(b)\u{1f}4 shelters", "(b)", "4 shelters"),
            ("79(a)\u{1f}ratify", "79(a)", "ratify"),
        ];
        for (line, number, rest) in expected {
            assert_eq!(begins(line), Some((number.to_owned(), rest)), "{line}");
        }
        for line in [
            "II.\u{1f}Conclusions",
            "1234\u{1f}Do",
            "\u{1f}Do",
            "A.1\u{1f}Do",
        ] {
            assert_eq!(begins(line), None, "{line}");
        }
    }

    #[test]
    fn arabic_reports_have_hyphens_in_numbers() {
        let begun = begins("104-12- التصديق").map(|(number, _)| number);
        assert_eq!(begun.as_deref(), Some("104.12"));
        let sentence = begins("104- حظيت").map(|(number, _)| number);
        assert_eq!(sentence.as_deref(), Some("104"));
        assert_eq!(begins("104-12 Ratify"), None);
        assert_eq!(begins("2010-2011 التصديق"), None);
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
