//! Characters that nobody sees: two names that differ by one look the same, and a text with a control of
//! direction shows in another order than it has.
//!
//! In names that people tell things apart by (rounds, organisations, scales, mappings, terms) they are
//! refused; in the names of files, which are for display only, a sign stands in their place. Texts
//! (rationales, notes, titles of evidence) may need them in Arabic, Hebrew or Persian: pages isolate those, so that
//! nothing beside them moves.

#[cfg(any(test, feature = "store"))]
use super::Message;

/// A character that nobody sees, in a name.
#[cfg(any(test, feature = "store"))]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvisibleCharacter {
    name: String,
    character: char,
}

#[cfg(any(test, feature = "store"))]
impl InvisibleCharacter {
    /// The sentence that names the character.
    pub fn message(&self) -> Message {
        Message::new("name-invisible")
            .with("name", visible(&self.name))
            .with("code", format!("U+{:04X}", u32::from(self.character)))
    }
}

/// Whether a character is invisible or changes the direction of others. Joiners, which Persian and the
/// scripts of India need within words, are not counted.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Refuses a name with a character that is invisible. Blanks around it and NUL, which databases do not hold,
/// are dropped anyway.
#[cfg(any(test, feature = "store"))]
pub(crate) fn refuse_invisible(name: &str) -> Result<(), InvisibleCharacter> {
    let is_joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    let mut before = ' ';
    let found = name.trim().chars().filter(|c| *c != '\0').find(|c| {
        // A joiner stands within a word, and not in one of Latin letters.
        let is_lonely =
            is_joiner(*c) && (before.is_ascii() || before.is_whitespace() || is_joiner(before));
        before = *c;
        is_invisible(*c) || is_lonely
    });
    match found {
        Some(character) => Err(InvisibleCharacter {
            name: name.to_owned(),
            character,
        }),
        None => Ok(()),
    }
}

/// A name with a sign in place of whatever is invisible in it.
pub fn visible(name: &str) -> String {
    let sign = |c| {
        if is_invisible(c) {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    name.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_refused_in_names_of_every_script() {
        for name in [
            "Mid-term\u{202e}",
            "a\u{200b}b",
            "\u{feff}x",
            "a\u{2066}b\u{2069}",
            "a\tb",
            "a\nb",
            "\u{3164}",
            "a\u{ad}b",
            "x\u{e0041}",
            "a \u{200d} b",
            "\u{200c}a",
        ] {
            let refused = refuse_invisible(name).unwrap_err();
            assert_eq!(refused.message().key, "name-invisible", "{name:?}");
        }
        for name in [
            "Белорусский Хельсинкский комитет",
            "نیم\u{200c}دوره",
            "מרכז זכויות",
            "क्\u{200d}ष",
            "Mid-term, 2023 – (draft)",
            "",
        ] {
            assert_eq!(refuse_invisible(name), Ok(()), "{name:?}");
        }
    }

    #[test]
    fn a_sign_stands_in_its_place() {
        assert_eq!(visible("list\u{202e}xslx.exe"), "list\u{fffd}xslx.exe");
        assert_eq!(visible("list.xlsx"), "list.xlsx");
    }
}
