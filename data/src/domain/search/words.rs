//! The words of a text: where they stand, what is left of them without accents and case, and their
//! stems.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, each with where it stands, in bytes. Ideographs stand alone, as no blank parts
/// them from their neighbours.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = rest.find(|(_, c)| is_in_word(*c))?;
            let mut end = start + first.len_utf8();
            let mut any = !is_combining_mark(first);
            let alone = is_ideograph(first);
            while let Some((at, c)) = rest.peek().copied() {
                let goes_on = is_combining_mark(c) || !alone && is_in_word(c) && !is_ideograph(c);
                if !goes_on {
                    break;
                }
                any = any || !is_combining_mark(c);
                end = at + c.len_utf8();
                rest.next();
            }
            // A vowel sign without its letter is no word.
            if any {
                return Some(start..end);
            }
        }
    })
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// A word in lower case and without accents, in plain letters where it has wide ones, ligatures and the
/// like. Letters of every script stay.
pub(crate) fn folded(word: &str) -> Cow<'_, str> {
    if word
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let letters = word.nfkd().filter(|c| !is_combining_mark(*c));
    let mut folded = String::with_capacity(word.len());
    for letter in letters.flat_map(char::to_lowercase) {
        // A ligature of French that Unicode takes for a letter.
        match letter {
            'œ' => folded.push_str("oe"),
            letter => folded.push(letter),
        }
    }
    Cow::Owned(folded)
}

/// The words of a text in lower case and without accents, parted by one blank. Letters of every script
/// stay, unlike in [`fold`](crate::domain::states::fold), which is for names in Latin letters only.
/// Imports compare texts by it.
pub(crate) fn fold_for_search(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for range in words(text) {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&folded(text.get(range).unwrap_or_default()));
    }
    all
}

/// An Arabic word without the "and" or "so" that is written as its first letter. Only before an article
/// it can be told from a letter of the word itself.
fn without_conjunction(word: &str) -> &str {
    word.strip_prefix(['و', 'ف'])
        .filter(|rest| rest.starts_with("ال") || rest.starts_with("لل"))
        .filter(|rest| rest.chars().count() > 3)
        .unwrap_or(word)
}

/// A language whose words have stems that are known here, or one whose words are taken as they are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct Language(u8);

/// By the first part of a language's code (BCP 47).
const STEMMED: [(&str, Algorithm); 19] = [
    ("en", Algorithm::English),
    ("fr", Algorithm::French),
    ("es", Algorithm::Spanish),
    ("ru", Algorithm::Russian),
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("fi", Algorithm::Finnish),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nb", Algorithm::Norwegian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

impl Language {
    /// Our own words: summaries, terms, names of States.
    pub(crate) const ENGLISH: Self = Self(0);
    /// One whose stems are not known.
    const OTHER: Self = Self(u8::MAX);

    /// The language of a code; texts that do not say theirs are taken for English.
    pub(crate) fn of(code: Option<&str>) -> Self {
        let Some(code) = code else {
            return Self::ENGLISH;
        };
        let first = code.split(['-', '_']).next().unwrap_or(code);
        let place = STEMMED
            .iter()
            .position(|(known, _)| first.eq_ignore_ascii_case(known));
        place
            .and_then(|place| u8::try_from(place).ok())
            .map_or(Self::OTHER, Self)
    }

    /// A cheap first look: stems end early, but for a few languages they begin like their words.
    pub(crate) fn may_share_a_stem(self, folded: &str, other: &str) -> bool {
        let strips_beginnings = matches!(
            STEMMED.get(usize::from(self.0)),
            Some((_, Algorithm::Arabic | Algorithm::Tamil))
        );
        strips_beginnings || folded.chars().next() == other.chars().next()
    }

    /// The stem of a word, folded. The same word always has the same stem.
    pub(crate) fn stem(self, word: &str) -> String {
        let Some((_, algorithm)) = STEMMED.get(usize::from(self.0)) else {
            return folded(word).into_owned();
        };
        // The algorithms know accents, and want them put together with their letters.
        let lower: Cow<'_, str> = if word.is_ascii() {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Owned(word.nfkc().flat_map(char::to_lowercase).collect())
        };
        let lower = match algorithm {
            Algorithm::Arabic => without_conjunction(&lower),
            _ => &lower,
        };
        folded(&Stemmer::create(*algorithm).stem(lower)).into_owned()
    }
}
