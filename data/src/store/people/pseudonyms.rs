//! Pseudonyms: which are allowed, and which look like another one.
//!
//! A pseudonym stands beside every change in the history, so nobody may go by one that readers take for somebody
//! else's. Unicode's Technical Standard 39 says how: characters that belong in identifiers (no invisible ones, no
//! controls of the direction of writing), one script in a name, and a *skeleton* that is equal for names that look alike.

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::{GeneralSecurityProfile as _, MixedScript as _, skeleton};

/// Characters of a pseudonym at most.
pub(crate) const LONGEST: usize = 60;

/// Characters that may stand between letters and digits.
const SEPARATORS: &str = "._-";

/// The form in which pseudonyms are compared: composed, and whatever the case and the blanks around and between.
pub(crate) fn folded(pseudonym: &str) -> String {
    folded_as_written(&pseudonym.nfc().collect::<String>())
}

/// The same without composing accents: earlier versions kept pseudonyms as they were typed.
pub(crate) fn folded_as_written(pseudonym: &str) -> String {
    crate::store::without_nul(pseudonym)
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns true if a page, a list or a command line cannot take the pseudonym for something else.
pub(crate) fn is_fit(pseudonym: &str) -> bool {
    let is_letter = |c: char| {
        (c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c))
            && c.identifier_allowed()
    };
    pseudonym.chars().any(char::is_alphanumeric)
        && pseudonym.chars().count() <= LONGEST
        && pseudonym.chars().all(|c| is_letter(c) || SEPARATORS.contains(c))
        // An accent on a separator hides it.
        && !unicode_normalization::char::is_combining_mark(pseudonym.chars().next().unwrap_or_default())
        && pseudonym.chars().zip(pseudonym.chars().skip(1)).all(|(before, after)| {
            !(SEPARATORS.contains(before) && unicode_normalization::char::is_combining_mark(after))
        })
}

/// Returns true if all letters are of one script, and all digits of one set. Scripts that are written together, such as
/// the Japanese ones, count as one.
pub(crate) fn is_of_one_script(pseudonym: &str) -> bool {
    let digits = || pseudonym.chars().filter(|c| c.is_numeric());
    pseudonym.is_single_script()
        && (digits().all(|c| c.is_ascii_digit()) || !digits().any(|c| c.is_ascii_digit()))
}

/// Returns true if two pseudonyms look alike, or are the same.
pub(crate) fn look_alike(one: &str, other: &str) -> bool {
    let other = looks(other);
    looks(one).iter().any(|look| other.contains(look))
}

/// What a pseudonym looks like as written and in small letters: lists show the one, and people type the other.
/// Separators are ignored: `white.fox` looks like `white_fox`, and `anna` like `anna.`.
fn looks(pseudonym: &str) -> [String; 2] {
    let look = |text: &str| {
        let letters = text.replace(|c| SEPARATORS.contains(c), "");
        // In small letters, because the skeleton of a zero is a capital O.
        skeleton(&letters).collect::<String>().to_lowercase()
    };
    [look(pseudonym), look(&pseudonym.to_lowercase())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_and_controls_are_unfit() {
        for unfit in [
            "",
            "...",
            "two words",
            "a@example.org",
            "anna\u{200b}",         // zero-width space
            "an\u{200d}na",         // zero-width joiner
            "anna\u{202e}",         // right-to-left override
            "\u{2066}anna\u{2069}", // isolates
            "anna\u{200f}",         // right-to-left mark
            "anna\u{61c}",          // Arabic letter mark
            "an\u{ad}na",           // soft hyphen
            "anna\u{3164}",         // Hangul filler, a letter by its category
            "anna\u{115f}",
            "anna\u{ffa0}",
            "anna\u{34f}",   // combining grapheme joiner
            "anna\u{fe0f}",  // variation selector
            "anna\u{17b4}",  // Khmer inherent vowel
            "anna\u{feff}",  // byte order mark
            "anna\u{e0061}", // tag
            "\u{301}anna",
            "a.\u{301}b",
            "ａｎｎａ", // full width
            "𝒶𝓃𝓃𝒶",     // mathematical
        ] {
            assert!(!is_fit(unfit), "{unfit:?}");
        }
        for fit in [
            "anna",
            "Лиса-2",
            "élan",
            "ё",
            "white.fox_2",
            "ガリレオ",
            "سارة",
        ] {
            assert!(is_fit(fit), "{fit:?}");
        }
    }

    #[test]
    fn a_name_keeps_to_one_script() {
        for mixed in ["аnna", "лисa", "αnna", "anna٣1", "foxлиса", "lisaлиса"] {
            assert!(!is_of_one_script(mixed), "{mixed}");
        }
        for single in [
            "anna1",
            "лиса2",
            "δάφνη",
            "日本ひらカナ",
            "سارة٣",
            "white.fox_2",
        ] {
            assert!(is_of_one_script(single), "{single}");
        }
    }

    #[test]
    fn names_that_look_alike() {
        for (one, other) in [
            ("anna", "anna"),
            ("Ivan", "lvan"),
            ("user1", "userl"),
            ("bob", "b0b"),
            ("сора", "copa"), // Cyrillic, Latin
            ("modern", "modem"),
            ("ВОВ", "BOB"),
            ("white.fox", "white_fox"),
            ("anna", "anna."),
        ] {
            assert!(look_alike(one, other), "{one} {other}");
            assert!(look_alike(other, one), "{other} {one}");
        }
        for (one, other) in [
            ("anna", "hanna"),
            ("anna1", "anna2"),
            ("вов", "bob"),
            ("fox", "лиса"),
            ("anna", "anno"),
        ] {
            assert!(!look_alike(one, other), "{one} {other}");
        }
    }
}
