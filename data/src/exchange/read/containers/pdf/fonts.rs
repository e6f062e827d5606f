//! What the codes of a font mean, and how wide its glyphs are.

use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Codes that one font may name.
const MAX_CODES: usize = 70_000;
/// Letters of one glyph; a ligature has three.
const MAX_LETTERS: usize = 16;
/// What stands for a glyph that its font does not name.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// A code of a string.
#[derive(Clone, Copy)]
pub(super) struct Code {
    pub(super) number: u32,
    bytes: usize,
}

impl Code {
    /// Whether the spacing of words applies: to the single byte 32 only.
    pub(super) fn is_blank(self) -> bool {
        self.bytes == 1 && self.number == 32
    }
}

/// How codes become letters if `ToUnicode` does not say it.
enum Letters {
    /// The table of a font of single bytes.
    Table(HashMap<u32, String>),
    /// The codes are UTF-16 themselves.
    Utf16,
    Unknown,
}

/// A font.
pub(super) struct Font {
    named: HashMap<u32, String>,
    letters: Letters,
    widths: HashMap<u32, f64>,
    other_width: Option<f64>,
    bytes: usize,
    pub(super) is_vertical: bool,
}

impl Font {
    pub(super) fn of(font: &Dict<'_>) -> Self {
        let named = font
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| Some(to_unicode(&stream.decoded().ok()?)))
            .unwrap_or_default();
        match name(font, "Subtype").as_deref() {
            Some("Type0") => Self::composite(font, named),
            _ => Self::simple(font, named),
        }
    }

    fn simple(font: &Dict<'_>, named: HashMap<u32, String>) -> Self {
        // A font of drawings measures in a space of its own.
        let scale = font
            .get::<Array<'_>>("FontMatrix")
            .and_then(|matrix| matrix.iter::<Number>().next())
            .map_or(0.001, |number| number.as_f64());
        let first = font
            .get::<Number>("FirstChar")
            .map_or(0, |first| first.as_i64());
        let mut widths = HashMap::new();
        if let Some(listed) = font.get::<Array<'_>>("Widths") {
            for (code, width) in (first..).zip(listed.iter::<Number>().take(256)) {
                if let Ok(code) = u32::try_from(code) {
                    widths.insert(code, width.as_f64() * scale);
                }
            }
        }
        let missing = font
            .get::<Dict<'_>>("FontDescriptor")
            .and_then(|about| about.get::<Number>("MissingWidth"))
            .map(|width| width.as_f64() * scale);
        Self {
            letters: table(font),
            other_width: missing.or(widths.is_empty().then_some(0.5)),
            named,
            widths,
            bytes: 1,
            is_vertical: false,
        }
    }

    fn composite(font: &Dict<'_>, named: HashMap<u32, String>) -> Self {
        let encoding = name(font, "Encoding").unwrap_or_default();
        let descendant = font
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let mut widths = HashMap::new();
        let mut other = 1.0;
        if let Some(descendant) = &descendant {
            other = descendant
                .get::<Number>("DW")
                .map_or(1.0, |width| width.as_f64() / 1000.0);
            if let Some(listed) = descendant.get::<Array<'_>>("W") {
                widths = listed_widths(&listed);
            }
        }
        let is_utf16 = encoding.contains("UCS2") || encoding.contains("UTF16");
        let is_identity = encoding.starts_with("Identity");
        Self {
            letters: if is_utf16 {
                Letters::Utf16
            } else {
                Letters::Unknown
            },
            // How long the codes of other encodings are, only their own tables tell.
            named: if is_identity || is_utf16 {
                named
            } else {
                HashMap::new()
            },
            widths,
            other_width: Some(other),
            bytes: 2,
            is_vertical: encoding.ends_with("-V"),
        }
    }

    /// The codes of a string.
    pub(super) fn codes<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Code> + 'a {
        bytes.chunks(self.bytes).map(|code| Code {
            number: code
                .iter()
                .fold(0, |number, byte| number << 8 | u32::from(*byte)),
            bytes: code.len(),
        })
    }

    /// How wide a glyph is, as part of the font's size.
    pub(super) fn width(&self, code: u32) -> f64 {
        let own = self.widths.get(&code).copied();
        own.or(self.other_width).unwrap_or(0.0)
    }

    /// Adds the letters of a glyph.
    pub(super) fn push_letters(&self, code: u32, text: &mut String) {
        if let Some(letters) = self.named.get(&code) {
            text.push_str(letters);
            return;
        }
        match &self.letters {
            Letters::Table(table) => match table.get(&code) {
                Some(letters) => text.push_str(letters),
                None => text.push(UNKNOWN),
            },
            Letters::Utf16 => text.push(char::from_u32(code).unwrap_or(UNKNOWN)),
            Letters::Unknown => text.push(UNKNOWN),
        }
    }
}

fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    let name = dict.get::<Name<'_>>(key)?;
    Some(String::from_utf8_lossy(name.as_ref()).into_owned())
}

/// `[ first [w w w] first last w ]`.
fn listed_widths(listed: &Array<'_>) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let mut numbers: Vec<f64> = Vec::new();
    for object in listed.iter::<Object<'_>>() {
        if widths.len() > MAX_CODES {
            break;
        }
        match object {
            Object::Number(number) => numbers.push(number.as_f64()),
            Object::Array(own) => {
                if let Some(first) = numbers.pop().and_then(code) {
                    for (at, width) in (first..).zip(own.iter::<Number>().take(MAX_CODES)) {
                        widths.insert(at, width.as_f64() / 1000.0);
                    }
                }
                numbers.clear();
            }
            _ => {}
        }
        if let [first, last, width] = numbers[..] {
            if let (Some(first), Some(last)) = (code(first), code(last)) {
                for at in (first..=last).take(MAX_CODES) {
                    widths.insert(at, width / 1000.0);
                }
            }
            numbers.clear();
        }
    }
    widths
}

/// A number of a list as a code.
fn code(number: f64) -> Option<u32> {
    let is_code = (0.0..=65_535.0).contains(&number);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    is_code.then_some(number as u32)
}

/// The table of a font of single bytes: its encoding, and what it changes in it.
fn table(font: &Dict<'_>) -> Letters {
    let encoding = font.get::<Dict<'_>>("Encoding");
    let base = match &encoding {
        Some(own) => name(own, "BaseEncoding"),
        None => name(font, "Encoding"),
    };
    let flags = font
        .get::<Dict<'_>>("FontDescriptor")
        .and_then(|about| about.get::<Number>("Flags"))
        .map_or(0, |flags| flags.as_i64());
    // Bit 3: a font of signs, whose own table only the font has.
    let is_symbolic = flags & 4 != 0;
    let standard = matches!(
        name(font, "BaseFont").as_deref(),
        Some("Symbol" | "ZapfDingbats")
    );
    let is_type3 = name(font, "Subtype").as_deref() == Some("Type3");
    let mut table = HashMap::new();
    let encoded = match base.as_deref() {
        Some("WinAnsiEncoding") => Some(encoding_rs::WINDOWS_1252),
        Some("MacRomanEncoding") => Some(encoding_rs::MACINTOSH),
        _ => None,
    };
    if let Some(encoded) = encoded {
        for byte in 32..=255_u8 {
            let bytes = [byte];
            let (letter, _) = encoded.decode_without_bom_handling(&bytes);
            if !letter.chars().any(|c| c.is_control() || c == UNKNOWN) {
                table.insert(u32::from(byte), letter.into_owned());
            }
        }
    } else if !is_symbolic && !standard && !is_type3 {
        for byte in 32..=126_u8 {
            let letter = match byte {
                b'\'' => '’',
                b'`' => '‘',
                byte => char::from(byte),
            };
            table.insert(u32::from(byte), letter.to_string());
        }
        for (code, letter) in [
            (0xaa, "“"),
            (0xae, "fi"),
            (0xaf, "fl"),
            (0xb1, "–"),
            (0xb7, "•"),
            (0xba, "”"),
            (0xd0, "—"),
        ] {
            table.insert(code, letter.to_owned());
        }
    }
    if standard {
        // The bullets that Word makes of Symbol.
        table.insert(0xb7, "•".to_owned());
    }
    let differences = encoding.and_then(|own| own.get::<Array<'_>>("Differences"));
    let mut at = None;
    for object in differences.iter().flat_map(Array::iter::<Object<'_>>) {
        match object {
            Object::Number(first) => at = u32::try_from(first.as_i64()).ok(),
            Object::Name(name) => {
                if let Some(place) = at.filter(|at| *at < 256) {
                    match of_glyph(&String::from_utf8_lossy(name.as_ref())) {
                        Some(letters) => table.insert(place, letters),
                        None => table.remove(&place),
                    };
                    at = Some(place + 1);
                }
            }
            _ => {}
        }
    }
    Letters::Table(table)
}

/// The letters that the name of a glyph stands for, as Adobe's list has them.
fn of_glyph(name: &str) -> Option<String> {
    let name = name.split('.').next().unwrap_or_default();
    let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(hex) = hex.filter(|hex| (4..=6).contains(&hex.len()))
        && let Ok(number) = u32::from_str_radix(hex, 16)
    {
        return char::from_u32(number).map(String::from);
    }
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_ascii_alphabetic()
    {
        return Some(letter.to_string());
    }
    if let Ok(at) = GLYPHS.binary_search_by(|(known, _)| known.cmp(&name)) {
        return GLYPHS.get(at).map(|(_, letters)| (*letters).to_owned());
    }
    // "eacute" is an e with an acute.
    let (letter, mark) = name.split_at_checked(1)?;
    let mark = match mark {
        "acute" => '\u{301}',
        "breve" => '\u{306}',
        "caron" => '\u{30c}',
        "cedilla" => '\u{327}',
        "circumflex" => '\u{302}',
        "dieresis" => '\u{308}',
        "dotaccent" => '\u{307}',
        "grave" => '\u{300}',
        "hungarumlaut" => '\u{30b}',
        "macron" => '\u{304}',
        "ogonek" => '\u{328}',
        "ring" => '\u{30a}',
        "tilde" => '\u{303}',
        _ => return None,
    };
    Some(format!("{letter}{mark}").nfc().collect())
}

/// Names of glyphs that are no letter with a mark, in order.
const GLYPHS: [(&str, &str); 87] = [
    ("AE", "Æ"),
    ("Eth", "Ð"),
    ("Euro", "€"),
    ("Lslash", "Ł"),
    ("OE", "Œ"),
    ("Oslash", "Ø"),
    ("Thorn", "Þ"),
    ("ae", "æ"),
    ("ampersand", "&"),
    ("asciicircum", "^"),
    ("asciitilde", "~"),
    ("asterisk", "*"),
    ("at", "@"),
    ("backslash", "\\"),
    ("bar", "|"),
    ("braceleft", "{"),
    ("braceright", "}"),
    ("bracketleft", "["),
    ("bracketright", "]"),
    ("bullet", "•"),
    ("colon", ":"),
    ("comma", ","),
    ("copyright", "©"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("degree", "°"),
    ("dollar", "$"),
    ("dotlessi", "ı"),
    ("eight", "8"),
    ("ellipsis", "…"),
    ("emdash", "—"),
    ("endash", "–"),
    ("equal", "="),
    ("eth", "ð"),
    ("exclam", "!"),
    ("exclamdown", "¡"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("fi", "fi"),
    ("five", "5"),
    ("fl", "fl"),
    ("four", "4"),
    ("germandbls", "ß"),
    ("grave", "`"),
    ("greater", ">"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("hyphen", "-"),
    ("less", "<"),
    ("lslash", "ł"),
    ("minus", "−"),
    ("nbspace", " "),
    ("nine", "9"),
    ("nonbreakingspace", " "),
    ("numbersign", "#"),
    ("oe", "œ"),
    ("one", "1"),
    ("ordfeminine", "ª"),
    ("ordmasculine", "º"),
    ("oslash", "ø"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("percent", "%"),
    ("period", "."),
    ("periodcentered", "·"),
    ("plus", "+"),
    ("question", "?"),
    ("questiondown", "¿"),
    ("quotedbl", "\""),
    ("quotedblbase", "„"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotesinglbase", "‚"),
    ("quotesingle", "'"),
    ("section", "§"),
    ("semicolon", ";"),
    ("seven", "7"),
    ("sfthyphen", "\u{ad}"),
    ("six", "6"),
    ("slash", "/"),
    ("space", " "),
    ("thorn", "þ"),
];

/// A word of a table of codes.
enum Word<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Other(&'a [u8]),
}

/// What a `ToUnicode` table says: its `bfchar` and `bfrange`.
fn to_unicode(table: &[u8]) -> HashMap<u32, String> {
    let mut named = HashMap::new();
    let mut words = Words { rest: table };
    let mut last: Vec<Vec<u8>> = Vec::new();
    let mut in_range = None;
    while let Some(word) = words.next() {
        if named.len() > MAX_CODES {
            break;
        }
        match word {
            Word::Other(b"beginbfchar") => (in_range, last) = (Some(false), Vec::new()),
            Word::Other(b"beginbfrange") => (in_range, last) = (Some(true), Vec::new()),
            Word::Other(b"endbfchar" | b"endbfrange") => in_range = None,
            Word::Hex(hex) if in_range.is_some() => last.push(hex),
            Word::Open => {
                if let (Some(true), [first, end]) = (in_range, &last[..]) {
                    let (first, end) = (number(first), number(end));
                    for at in first..=end.max(first) {
                        match words.next() {
                            Some(Word::Hex(hex)) => insert(&mut named, at, &hex, 0),
                            Some(Word::Close) | None => break,
                            Some(_) => {}
                        }
                    }
                    last.clear();
                }
            }
            Word::Hex(_) | Word::Close | Word::Other(_) => {}
        }
        match (in_range, &last[..]) {
            (Some(false), [code, letters]) => {
                insert(&mut named, number(code), letters, 0);
                last.clear();
            }
            (Some(true), [first, end, letters]) => {
                let (first, end) = (number(first), number(end));
                for (more, at) in (first..=end).take(MAX_CODES).enumerate() {
                    insert(&mut named, at, letters, more);
                }
                last.clear();
            }
            _ => {}
        }
    }
    named
}

fn number(hex: &[u8]) -> u32 {
    let bytes = hex.iter().take(4);
    bytes.fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// Notes the letters of a code; in a range the last unit counts on.
fn insert(named: &mut HashMap<u32, String>, code: u32, utf16: &[u8], more: usize) {
    let mut units: Vec<u16> = utf16
        .chunks(2)
        .take(MAX_LETTERS)
        .map(|unit| {
            unit.iter()
                .fold(0, |number, byte| number << 8 | u16::from(*byte))
        })
        .collect();
    if let Some(last) = units.last_mut() {
        *last = last.wrapping_add(u16::try_from(more).unwrap_or(0));
    }
    let letters: String = char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(UNKNOWN))
        .map(|letter| match letter {
            // Word's bullets are in an area that everybody uses as they like.
            '\u{f0b7}' | '\u{f0a7}' => '•',
            '\0' | '\u{e000}'..='\u{f8ff}' => UNKNOWN,
            '\u{a0}' => ' ',
            letter => letter,
        })
        .collect();
    let is_ligature = |c: char| ('\u{fb00}'..='\u{fb06}').contains(&c);
    let letters = if letters.contains(is_ligature) {
        letters.nfkc().collect()
    } else {
        letters
    };
    if named.len() <= MAX_CODES && !letters.is_empty() {
        named.insert(code, letters);
    }
}

struct Words<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        self.rest = self.rest.trim_ascii_start();
        let (first, behind) = self.rest.split_first()?;
        match first {
            b'<' if behind.first() != Some(&b'<') => {
                let end = behind.iter().position(|byte| *byte == b'>')?;
                let (hex, rest) = behind.split_at_checked(end)?;
                self.rest = rest.get(1..).unwrap_or_default();
                let digits: Vec<u8> = hex
                    .iter()
                    .filter_map(|byte| char::from(*byte).to_digit(16))
                    .filter_map(|digit| u8::try_from(digit).ok())
                    .take(4 * MAX_LETTERS)
                    .collect();
                let bytes = digits.chunks(2).map(|two| match two {
                    [high, low] => high << 4 | low,
                    [high] => high << 4,
                    _ => 0,
                });
                Some(Word::Hex(bytes.collect()))
            }
            b'[' => {
                self.rest = behind;
                Some(Word::Open)
            }
            b']' => {
                self.rest = behind;
                Some(Word::Close)
            }
            _ => {
                let is_end =
                    |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'[' | b']');
                let end = behind
                    .iter()
                    .position(is_end)
                    .map_or(self.rest.len(), |at| at + 1);
                let (word, rest) = self.rest.split_at_checked(end)?;
                self.rest = rest;
                Some(Word::Other(word))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_have_names() {
        assert!(GLYPHS.is_sorted_by(|(one, _), (other, _)| one < other));
        let expected = [
            ("a", "a"),
            ("eacute", "é"),
            ("Scaron", "Š"),
            ("uni20AC", "€"),
            ("u1F600", "😀"),
            ("parenleft", "("),
            ("f.alt", "f"),
        ];
        for (name, letters) in expected {
            assert_eq!(of_glyph(name).as_deref(), Some(letters), "{name}");
        }
        for name in ["g123", "", "éacute", "union", "uniD800"] {
            assert_eq!(of_glyph(name), None, "{name}");
        }
    }

    #[test]
    fn tables_of_codes_are_read() {
        let named = to_unicode(
            b"/CIDInit begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0003> <0020> <0005><00660069> endbfchar\n\
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <F0B7>] endbfrange",
        );
        let expected = [
            (3, " "),
            (5, "fi"),
            (16, "A"),
            (18, "C"),
            (32, "a"),
            (33, "•"),
        ];
        for (code, letters) in expected {
            assert_eq!(named.get(&code).map(String::as_str), Some(letters));
        }
        assert_eq!(named.len(), 7);
        for hostile in [
            &b"beginbfrange <00000000> <FFFFFFFF> <0041>"[..],
            b"beginbfrange <0000> <FFFFFFFF> [",
            b"beginbfchar <",
            b"<<<<>>>>[[[]]]",
        ] {
            assert!(to_unicode(hostile).len() <= MAX_CODES + 1);
        }
    }
}
