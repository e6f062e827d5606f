//! Which bytes stand for which letters, where a file does not say.

use crate::domain::Message;
use encoding_rs::{Encoding, MACINTOSH, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// The bytes without their byte order mark and, if that says UTF-16 (Excel's "Unicode text"), as UTF-8.
pub(crate) fn without_mark(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Message> {
    let Some((encoding, mark)) = Encoding::for_bom(bytes) else {
        return Ok(Cow::Borrowed(bytes));
    };
    let rest = bytes.get(mark..).unwrap_or_default();
    if encoding == UTF_8 {
        return Ok(Cow::Borrowed(rest));
    }
    match encoding.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) => Ok(Cow::Owned(text.into_owned().into_bytes())),
        None => Err(Message::new("exchange-not-utf16")),
    }
}

/// What a table that is not UTF-8 was written in. Programs of the old Macintosh end lines with CR alone
/// and have letters of their own; others wrote Latin-1, of which Windows-1252 is the usual superset, and
/// some of them end lines with CR, too: there the letters decide. None if the whole is UTF-8: a text in
/// one of the two is so only by a chance that no real one has.
pub(crate) fn old(bytes: &[u8]) -> Option<&'static Encoding> {
    if std::str::from_utf8(bytes).is_ok() {
        None
    } else if bytes.contains(&b'\r')
        && !bytes.contains(&b'\n')
        && oddities(bytes, MACINTOSH) <= oddities(bytes, WINDOWS_1252)
    {
        Some(MACINTOSH)
    } else {
        Some(WINDOWS_1252)
    }
}

/// Signs that texts have beside letters.
const SIGNS: &str = "’‘“”„‚–—…«»‹›°€£§•\u{a0}´®©½¼¾²³¡¿";
/// Letters beyond ASCII that are looked at.
const LOOKED_AT: usize = 10_000;

/// How many letters and signs would stand where none of them stands: "vÈrifier", "examin‡".
fn oddities(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let letter = |byte: u8| {
        let text = encoding.decode_without_bom_handling(&[byte]).0.into_owned();
        text.chars().next()
    };
    let at = |place: Option<usize>| place.and_then(|at| bytes.get(at)).copied().and_then(letter);
    let beyond = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| !byte.is_ascii());
    let is_odd = |place: usize, c: char| {
        let within = at(place.checked_sub(1)).is_some_and(char::is_lowercase);
        let before_word = at(Some(place + 1)).is_some_and(char::is_alphabetic) && !within;
        match c {
            '…' => before_word,
            c if c.is_alphabetic() => c.is_uppercase() && within,
            c => !SIGNS.contains(c),
        }
    };
    beyond
        .take(LOOKED_AT)
        .filter(|(place, byte)| letter(**byte).is_none_or(|c| is_odd(*place, c)))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_heard() {
        let utf16 = |swap: bool| -> Vec<u8> {
            "\u{feff}é,b"
                .encode_utf16()
                .flat_map(|unit| {
                    if swap {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        for bytes in [
            utf16(true),
            utf16(false),
            "\u{feff}é,b".into(),
            "é,b".into(),
        ] {
            assert_eq!(without_mark(&bytes).as_deref(), Ok("é,b".as_bytes()));
        }
        assert!(without_mark(b"\xFF\xFEa").is_err());
        assert!(without_mark(b"\xFF\xFE\x00\xD8").is_err());
    }

    #[test]
    fn old_letters_are_told_apart_by_the_line_ends() {
        assert_eq!(old("é\r".as_bytes()), None);
        assert_eq!(old(b"a\rvis-\x88-vis\r"), Some(MACINTOSH));
        assert_eq!(old(b"a\r\ncaf\xE9\r\n"), Some(WINDOWS_1252));
        assert_eq!(old(b"caf\xE9"), Some(WINDOWS_1252));
        assert_eq!(
            old(b"\xC9tat examin\xE9\rv\xE9rifier\r"),
            Some(WINDOWS_1252)
        );
        assert_eq!(
            old(b"\x83tat examin\x8E\rthe State\xD5s\r"),
            Some(MACINTOSH)
        );
    }
}
