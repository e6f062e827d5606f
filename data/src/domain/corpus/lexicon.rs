//! Every word that occurs in a text, numbered, with its stem.

use crate::domain::search::{As, Language, Wanted, folded};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use unicode_normalization::UnicodeNormalization;

/// The words of all texts. Words are never taken out: a text that is gone leaves a few bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    count: u32,
    /// By language and lower case, accents kept, because stems need them.
    words: HashMap<Language, HashMap<Box<str>, u32>>,
    by_folded: BTreeMap<Box<str>, Vec<u32>>,
    by_stem: HashMap<Language, HashMap<Box<str>, Vec<u32>>>,
}

impl Lexicon {
    /// The number of a word, given to it now where it has none.
    pub(super) fn number(&mut self, word: &str, language: Language) -> u32 {
        let lower: Cow<'_, str> = if word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        {
            Cow::Borrowed(word)
        } else if word.is_ascii() {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Owned(word.nfc().flat_map(char::to_lowercase).collect())
        };
        let known = self
            .words
            .get(&language)
            .and_then(|words| words.get(&*lower));
        if let Some(number) = known {
            return *number;
        }
        let number = self.count;
        self.count = self.count.saturating_add(1);
        self.words
            .entry(language)
            .or_default()
            .insert(lower.into(), number);
        self.by_folded
            .entry(folded(word).into())
            .or_default()
            .push(number);
        self.by_stem
            .entry(language)
            .or_default()
            .entry(language.stem(word).into())
            .or_default()
            .push(number);
        number
    }

    /// The numbers of all words that a wanted one stands for, in order.
    pub(super) fn meant(&self, wanted: &Wanted) -> Vec<u32> {
        let mut numbers: Vec<u32> = match wanted.as_ {
            As::Beginning => self
                .beginning(&wanted.folded)
                .flat_map(|(_, numbers)| numbers.iter().copied())
                .collect(),
            As::Written => self.written(wanted).to_vec(),
            As::Stem => {
                let stems = self.by_stem.iter().filter_map(|(language, stems)| {
                    stems.get(language.stem(&wanted.typed).as_str())
                });
                stems
                    .flatten()
                    .chain(self.written(wanted))
                    .copied()
                    .collect()
            }
        };
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn written(&self, wanted: &Wanted) -> &[u32] {
        self.by_folded
            .get(wanted.folded.as_str())
            .map_or(&[], Vec::as_slice)
    }

    fn beginning<'a>(&'a self, with: &'a str) -> impl Iterator<Item = (&'a str, &'a Vec<u32>)> {
        self.by_folded
            .range::<str, _>((Bound::Included(with), Bound::Unbounded))
            .map(|(word, numbers)| (&**word, numbers))
            .take_while(move |(word, _)| word.starts_with(with))
    }

    /// Words that differ from a wanted one in a letter or two, the nearest first.
    pub(super) fn near(&self, wanted: &Wanted) -> Vec<(&str, &[u32])> {
        let length = wanted.folded.chars().count();
        let most = match length {
            0..=3 => return Vec::new(),
            4..=6 => 1,
            _ => 2,
        };
        let mut near: Vec<(usize, &str, &[u32])> = self
            .by_folded
            .iter()
            // Bytes are as many as letters or more; a cheap first look.
            .filter(|(word, _)| {
                word.len() + 2 * most >= length && word.len() <= wanted.folded.len() + 2 * most
            })
            .filter_map(|(word, numbers)| {
                let distance = strsim::osa_distance(word, &wanted.folded);
                (1..=most)
                    .contains(&distance)
                    .then_some((distance, &**word, numbers.as_slice()))
            })
            .collect();
        near.sort_by_key(|(distance, word, _)| (*distance, *word));
        near.into_iter()
            .map(|(_, word, numbers)| (word, numbers))
            .collect()
    }
}
