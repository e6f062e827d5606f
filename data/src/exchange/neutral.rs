//! Text that a spreadsheet would run as a formula, made harmless and made whole again.
//!
//! A CSV has no types: whatever begins with `=` is a formula to a spreadsheet, and formulas can fetch
//! addresses and start programs. An apostrophe in front makes it text. Texts that begin with an
//! apostrophe and would look guarded get one more, so that reading gives back exactly what was
//! written.

use std::borrow::Cow;

const GUARD: char = '\'';

/// Whether a text begins with what starts a formula, also in the full-width forms that some
/// spreadsheets read alike.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The text as it may stand in a CSV.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches(GUARD)) {
        Cow::Owned(format!("{GUARD}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text as it was before [`guarded`].
pub(super) fn without_guard(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(rest) if is_formula(rest.trim_start_matches(GUARD)) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guarding_is_undone_exactly() {
        for text in [
            "=cmd|'/c calc'!A1",
            "+1",
            "-x",
            "@a",
            "\t=1",
            "\r",
            "'=x",
            "''-x",
            "'tis",
            "",
            "a=1",
        ] {
            let guarded = guarded(text);
            assert!(!is_formula(&guarded), "{text:?}");
            assert_eq!(without_guard(&guarded), text);
        }
        assert_eq!(guarded("=1"), "'=1");
        assert_eq!(guarded("Ratify = good"), "Ratify = good");
    }
}
