//! Which bytes stand for which letters, where a file does not say.

use crate::domain::Message;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, Encoding, GBK, IBM866, ISO_8859_2, ISO_8859_5, ISO_8859_6, ISO_8859_7, KOI8_U, MACINTOSH,
    UTF_8, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1256,
};
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
/// some of them end lines with CR, too: there the letters decide. Other scripts have encodings of their own, which
/// the frequency of letters tells. None if the whole is UTF-8: a text in another encoding is so only by a chance that
/// no real one has.
pub(crate) fn old(bytes: &[u8]) -> Option<&'static Encoding> {
    if std::str::from_utf8(bytes).is_ok() {
        None
    } else if bytes.contains(&b'\r')
        && !bytes.contains(&b'\n')
        && oddities(bytes, MACINTOSH) <= oddities(bytes, WINDOWS_1252)
    {
        Some(MACINTOSH)
    } else {
        Some(of_letters(bytes))
    }
}

/// Encodings of other letters than those of Western Europe.
const OTHERS: [&Encoding; 12] = [
    WINDOWS_1251,
    KOI8_U,
    ISO_8859_5,
    IBM866,
    WINDOWS_1250,
    ISO_8859_2,
    WINDOWS_1253,
    ISO_8859_7,
    WINDOWS_1256,
    ISO_8859_6,
    GBK,
    BIG5,
];
/// Fewer letters beyond ASCII tell nothing.
const FEWEST: usize = 4;
/// How much of a text is looked at, in bytes, from its first letter beyond ASCII on.
const SAMPLE: usize = 1 << 20;

/// The encoding that the letters of a text beyond ASCII speak for.
fn of_letters(bytes: &[u8]) -> &'static Encoding {
    let is_foreign = |byte: &u8| !byte.is_ascii();
    let first = bytes.iter().position(is_foreign).unwrap_or_default();
    let rest = bytes.get(first.saturating_sub(64)..).unwrap_or_default();
    let sample = rest.get(..rest.len().min(SAMPLE)).unwrap_or_default();
    if sample.iter().filter(|byte| is_foreign(byte)).count() < FEWEST {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let mut others = OTHERS.into_iter();
    others.find(|other| *other == guess).unwrap_or(WINDOWS_1252)
}

/// How much of a file tells what it is, in bytes.
const BEGINNING: usize = 4 << 10;

/// Refuses what is a text, but no table that can be read: UTF-16 that does not say so, and web pages.
pub(crate) fn refuse_other_texts(bytes: &[u8]) -> Result<(), Message> {
    let beginning = bytes.get(..bytes.len().min(BEGINNING)).unwrap_or_default();
    let pairs = beginning.chunks_exact(2);
    let count = pairs.len();
    let (mut first, mut second) = (0, 0);
    for pair in pairs {
        first += usize::from(pair.first() == Some(&0));
        second += usize::from(pair.get(1) == Some(&0));
    }
    // Every digit, separator and letter of ASCII has a byte of zero there, and always the same one of the two.
    let is_marked = Encoding::for_bom(bytes).is_some();
    if !is_marked && first.min(second) == 0 && first.max(second) * 20 > count {
        return Err(Message::new("exchange-utf16-unmarked"));
    }
    let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    let text = String::from_utf8_lossy(text).to_ascii_lowercase();
    let text = text.trim_start();
    let begins = ["<!doctype html", "<html", "<head", "<body", "<table"];
    let is_page = begins.iter().any(|tag| text.starts_with(tag))
        || text.starts_with('<') && text.contains("<html");
    if is_page {
        return Err(Message::new("exchange-web-page"));
    }
    Ok(())
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
    fn letters_tell_the_encoding() {
        let texts = [
            ("Отменить смертную казнь и сообщить об этом", WINDOWS_1251),
            ("Отменить смертную казнь и сообщить об этом", KOI8_U),
            (
                "Vérifier l’état des prisons où l’on a été arrêté",
                WINDOWS_1252,
            ),
            (
                "Abolir la pena de muerte según la recomendación añadida en español",
                WINDOWS_1252,
            ),
        ];
        for (text, encoding) in texts {
            let (bytes, ..) = encoding.encode(text);
            let table = [b"Text,State\r\n".as_slice(), &bytes, b",Togo\r\n"].concat();
            assert_eq!(old(&table), Some(encoding), "{text}");
        }
    }

    #[test]
    fn other_texts_are_named() {
        let utf16: Vec<u8> = "Para,Text\n6.1,Отменить"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let key = |bytes: &[u8]| refuse_other_texts(bytes).unwrap_err().key;
        assert_eq!(key(&utf16), "exchange-utf16-unmarked");
        assert_eq!(key(b"\n<!DOCTYPE html><table>"), "exchange-web-page");
        assert_eq!(key(b"<?xml version=\"1.0\"?><html>"), "exchange-web-page");
        assert_eq!(refuse_other_texts(b"a,b\n<b>1</b>,2"), Ok(()));
        assert_eq!(refuse_other_texts(b""), Ok(()));
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
