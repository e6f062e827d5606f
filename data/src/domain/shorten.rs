//! Texts that have to fit somewhere.

use std::borrow::Cow;

/// Returns the text if it has at most `longest` characters, or else its beginning, with an ellipsis as the last
/// of that many.
pub fn shorten(text: &str, longest: usize) -> Cow<'_, str> {
    // Most texts are short: whether there is one character too many is known without counting them all.
    if text.chars().nth(longest).is_none() {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().take(longest.saturating_sub(1));
    Cow::Owned(kept.chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_no_more_characters_than_fit() {
        for text in ["", "a", "abc", "ёёё", "😀é\"", "a\0b"] {
            assert!(matches!(shorten(text, 3), Cow::Borrowed(same) if same == text));
        }
        assert_eq!(shorten("abcd", 3), "ab…");
        assert_eq!(shorten("ёёёё", 3), "ёё…");
        assert_eq!(shorten("😀<&\0", 3), "😀<…");
        assert_eq!(shorten(&"é".repeat(300), 200).chars().count(), 200);
        assert_eq!(shorten("ab", 1), "…");
    }
}
