//! Guards texts against spreadsheets that would run them as formulas, and takes the guards off again.
//!
//! A CSV has no types: a cell that begins with `=` is a formula to a spreadsheet, and formulas can fetch
//! addresses and start programs. Quotation marks are no protection: Excel separates cells by what the
//! computer's region says (`;` in Belarus, Russia and Germany), and a quotation mark counts only at the
//! beginning of a cell. So of the line `a,"ok;=1+1;tail"` Excel makes the cells `a,"ok`, `=1+1` and `tail"`,
//! and of a quoted line end it makes the end of a row.
//!
//! An apostrophe is therefore put before every sign that could begin a formula at the beginning of the
//! text or behind any separator or line end in it, also where blanks, control characters or quotation
//! marks stand between. Where apostrophes stand there already one more is added, so that reading gives
//! back exactly the text that was written.

use std::borrow::Cow;

const GUARD: char = '\'';

/// What begins a formula, also in the full-width forms that some spreadsheets read alike.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What separates cells or rows in any region.
const SEPARATORS: [char; 5] = [',', ';', '\t', '\r', '\n'];

/// Ends the heading of one column of a file of ours that is otherwise like somebody else's: guards are
/// taken off everywhere in such a file.
pub(super) const MARK: &str = " [upr-tracker]";

/// Whether a spreadsheet may pass over a character at the beginning of a cell.
fn is_passed_over(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '"' | '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
        )
}

/// The places of the signs that could begin a formula. Apostrophes right before them do not count, so that
/// the places are the same with and without guards.
fn risks(text: &str) -> impl Iterator<Item = usize> {
    let unguarded = text.trim_start_matches(GUARD);
    // A text that begins with one of these has always got a guard: older files have it there.
    let first = unguarded
        .starts_with(['\t', '\r', '\n'])
        .then(|| text.len() - unguarded.len());
    let signs = text.match_indices(SIGNS).map(|(at, _)| at);
    let begins_cell = |at: &usize| {
        let before = text.get(..*at).unwrap_or_default();
        let before = before
            .trim_end_matches(GUARD)
            .trim_end_matches(|c| is_passed_over(c) && !SEPARATORS.contains(&c));
        before.is_empty() || before.ends_with(SEPARATORS)
    };
    first.into_iter().chain(signs.filter(begins_cell))
}

/// The text as it may stand in a CSV.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    let mut guarded = String::new();
    let mut done = 0;
    for at in risks(text) {
        guarded.push_str(text.get(done..at).unwrap_or_default());
        guarded.push(GUARD);
        done = at;
    }
    if guarded.is_empty() {
        return Cow::Borrowed(text);
    }
    guarded.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(guarded)
}

/// The text as it was before [`guarded`].
pub(super) fn without_guard(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let (mut done, mut any) = (0, false);
    for at in risks(text) {
        let before = text.get(done..at).unwrap_or_default();
        if let Some(before) = before.strip_suffix(GUARD) {
            plain.push_str(before);
            (done, any) = (at, true);
        }
    }
    if !any {
        return Cow::Borrowed(text);
    }
    plain.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(plain)
}

/// The text without a guard at its beginning, for files that are not ours: behind a comma in somebody
/// else's text an apostrophe is theirs.
pub(super) fn without_first_guard(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(rest) => {
            let first = rest.trim_start_matches(GUARD);
            let is_guard = first.starts_with(SIGNS) || first.starts_with(['\t', '\r', '\n']);
            if is_guard { rest } else { text }
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table_as_csv;
    use proptest::prelude::*;

    /// Whether Excel may take a cell for a formula.
    fn is_formula(cell: &str) -> bool {
        cell.trim_start_matches(is_passed_over).starts_with(SIGNS)
    }

    /// The cells that Excel makes of a CSV in a region with that separator: a quotation mark quotes only
    /// at the beginning of a cell, and what stands behind the closing one belongs to the cell.
    fn cells(csv: &str, separator: char) -> Vec<String> {
        let mut cells = Vec::new();
        let mut rest = csv.chars().peekable();
        loop {
            let mut cell = String::new();
            if rest.next_if_eq(&'"').is_some() {
                while let Some(c) = rest.next() {
                    if c != '"' {
                        cell.push(c);
                    } else if rest.next_if_eq(&'"').is_some() {
                        cell.push('"');
                    } else {
                        break;
                    }
                }
            }
            let end = loop {
                match rest.next() {
                    Some(c) if c == separator || c == '\r' || c == '\n' => break Some(c),
                    Some(c) => cell.push(c),
                    None => break None,
                }
            };
            cells.push(cell);
            if end.is_none() {
                return cells;
            }
        }
    }

    /// The records of a CSV as our own reader splits them.
    fn records(csv: &[u8]) -> Vec<Vec<String>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(csv)
            .into_records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    /// Texts of little else than what matters here.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            6 => proptest::sample::select(vec![
                "=", "+", "-", "@", "＝", "－", "'", "\"", ",", ";", "\t", "\r", "\n", " ", "\u{a0}",
                "\u{feff}", "\u{202e}", "\u{0}", "1", "a", "=1+1", "\"\"", ";=", ",'=", "é",
            ]).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_text_survives_and_none_becomes_a_formula_in_any_region(
            rows in proptest::collection::vec(proptest::collection::vec(text(), 2..4), 1..4)
        ) {
            let mut rows = rows;
            rows.insert(0, vec!["Text".to_owned(), "Reason".to_owned()]);
            let file = table_as_csv(&rows);
            let csv = String::from_utf8(file).unwrap();
            let csv = csv.strip_prefix('\u{feff}').unwrap();
            for separator in [',', ';', '\t'] {
                for cell in cells(csv, separator) {
                    prop_assert!(!is_formula(&cell), "{cell:?} of {csv:?} at {separator:?}");
                }
            }
            let back: Vec<Vec<String>> = records(csv.as_bytes())
                .iter()
                .map(|row| row.iter().map(|cell| without_guard(cell).into_owned()).collect())
                .collect();
            prop_assert_eq!(back, rows);
        }
    }

    #[test]
    fn every_place_where_a_cell_may_begin_is_guarded() {
        for (text, expected) in [
            ("=1", "'=1"),
            ("'=1", "''=1"),
            ("ok;=1+1;tail", "ok;'=1+1;tail"),
            ("ok,=1", "ok,'=1"),
            ("ok\t=1", "ok\t'=1"),
            ("ok\r\n=1", "ok\r\n'=1"),
            ("ok; \u{a0}=1", "ok; \u{a0}'=1"),
            ("ok;\"=1", "ok;\"'=1"),
            ("ok;＝1", "ok;'＝1"),
            ("\t=1", "'\t'=1"),
            ("ok;-x;+y", "ok;'-x;'+y"),
            ("- a\n- b", "'- a\n'- b"),
            // Nothing here begins a cell.
            (
                "Ratify = good; a-b, c+d (e@f)",
                "Ratify = good; a-b, c+d (e@f)",
            ),
            ("'tis", "'tis"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), expected);
            assert_eq!(without_guard(expected), text);
        }
    }

    #[test]
    fn what_older_files_hold_is_read() {
        assert_eq!(without_guard("'\tx"), "\tx");
        assert_eq!(without_guard("'\t=1"), "\t=1");
        assert_eq!(without_guard("''-x"), "'-x");
    }

    #[test]
    fn in_other_files_only_the_first_guard_is_ours() {
        assert_eq!(without_first_guard("'=1, '-x"), "=1, '-x");
        assert_eq!(
            without_first_guard("the signs '+', '-'"),
            "the signs '+', '-'"
        );
        assert_eq!(without_first_guard("'tis"), "'tis");
    }

    #[test]
    fn the_model_splits_as_excel_does() {
        assert_eq!(
            cells("a,\"ok;=1+1;tail\"", ';'),
            ["a,\"ok", "=1+1", "tail\""]
        );
        assert_eq!(cells("a,\"x\n=1\"", ';'), ["a,\"x", "=1\""]);
        assert_eq!(cells("\"a;b\"c;d", ';'), ["a;bc", "d"]);
        assert_eq!(cells("\"\"\"\";\"\"=1", ';'), ["\"", "=1"]);
        assert_eq!(cells("a,\"b,\"\"c\"", ','), ["a", "b,\"c"]);
    }
}
