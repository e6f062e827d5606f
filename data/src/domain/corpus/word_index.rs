//! Where each word stands in the texts of one review.
//!
//! All words of all recommendations stand in one row, with a gap after each text, and each word knows
//! its places in it: so one list of numbers says which recommendations have a word, how often, and
//! next to which other. The places are written as distances, a byte or two each.

use super::bits::Bits;
use super::lexicon::Lexicon;
use crate::domain::Recommendation;
use crate::domain::search::{Query, Wanted, fields, words};

/// The places of every word.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct WordIndex {
    /// The words' numbers in the lexicon, in order.
    words: Vec<u32>,
    /// Where the places of each word end in `places`.
    ends: Vec<u32>,
    places: Vec<u8>,
    /// The place at which each recommendation ends.
    rows: Vec<u32>,
}

impl WordIndex {
    pub(super) fn of(
        recommendations: impl Iterator<Item = Recommendation>,
        lexicon: &mut Lexicon,
    ) -> Self {
        let mut index = Self::default();
        let mut there: Vec<(u32, u32)> = Vec::new();
        let mut place = 0_u32;
        for one in recommendations {
            for (text, language) in fields(&one) {
                for range in words(text) {
                    let word = text.get(range).unwrap_or_default();
                    there.push((lexicon.number(word, language), place));
                    place = place.saturating_add(1);
                }
                place = place.saturating_add(1);
            }
            index.rows.push(place);
        }
        there.sort_unstable();
        let mut last = None;
        let mut before = 0;
        for (word, place) in there {
            if last != Some(word) {
                if last.is_some() {
                    index.ends.push(end_of(&index.places));
                }
                index.words.push(word);
                last = Some(word);
                before = 0;
            }
            write_number(place - before, &mut index.places);
            before = place;
        }
        if last.is_some() {
            index.ends.push(end_of(&index.places));
        }
        index.words.shrink_to_fit();
        index.ends.shrink_to_fit();
        index.places.shrink_to_fit();
        index.rows.shrink_to_fit();
        index
    }

    /// The places of the word that stands at `slot` in `words`, in order.
    fn places(&self, slot: usize) -> impl Iterator<Item = u32> + '_ {
        let begin = match slot.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or_default(),
            None => 0,
        };
        let end = self.ends.get(slot).copied().unwrap_or_default();
        let bytes = self.places.get(begin as usize..end as usize);
        let mut bytes = bytes.unwrap_or_default().iter();
        let mut place = 0_u32;
        std::iter::from_fn(move || {
            place = place.wrapping_add(read_number(&mut bytes)?);
            Some(place)
        })
    }

    /// The slots of those of the words, numbered and in order, that occur here. Each of the fewer is
    /// looked for among the more: a beginning may stand for more words than a review has.
    fn slots<'a>(&'a self, numbers: &'a [u32]) -> impl Iterator<Item = usize> + 'a {
        let (few, many) = if numbers.len() <= self.words.len() {
            (numbers, self.words.as_slice())
        } else {
            (self.words.as_slice(), numbers)
        };
        let numbers_are_few = numbers.len() <= self.words.len();
        let mut passed = 0;
        few.iter().enumerate().filter_map(move |(place, number)| {
            let rest = many.get(passed..).unwrap_or_default();
            let found = rest.binary_search(number);
            let (Ok(at) | Err(at)) = found;
            passed += at;
            found.ok()?;
            Some(if numbers_are_few { passed } else { place })
        })
    }

    /// Whether one of the words occurs here.
    pub(super) fn has(&self, numbers: &[u32]) -> bool {
        self.slots(numbers).next().is_some()
    }

    /// The rows, and how often each has one of the words; rows may repeat.
    pub(super) fn occurrences(&self, numbers: &[u32], mut found: impl FnMut(usize)) {
        for slot in self.slots(numbers) {
            let mut row = 0;
            for place in self.places(slot) {
                while self.rows.get(row).is_some_and(|end| *end <= place) {
                    row += 1;
                }
                found(row);
            }
        }
    }

    /// How many words a row has.
    pub(super) fn length(&self, row: usize) -> u32 {
        let before = row
            .checked_sub(1)
            .and_then(|before| self.rows.get(before).copied());
        self.rows.get(row).copied().unwrap_or_default() - before.unwrap_or_default()
    }

    /// How many words there are, gaps included.
    pub(super) fn all_lengths(&self) -> u32 {
        self.rows.last().copied().unwrap_or_default()
    }

    fn any_of(&self, numbers: &[u32]) -> Bits {
        let mut bits = Bits::none(self.rows.len());
        self.occurrences(numbers, |row| bits.set(row));
        bits
    }

    fn all_places(&self, numbers: &[u32]) -> Vec<u32> {
        let mut places: Vec<u32> = self
            .slots(numbers)
            .flat_map(|slot| self.places(slot))
            .collect();
        places.sort_unstable();
        places
    }

    fn phrase(&self, meant: &[Vec<u32>]) -> Bits {
        let mut bits = Bits::none(self.rows.len());
        let Some((first, rest)) = meant.split_first() else {
            return bits;
        };
        if !meant.iter().all(|numbers| self.has(numbers)) {
            return bits;
        }
        let mut begins = self.all_places(first);
        for (distance, numbers) in (1..).zip(rest) {
            let places = self.all_places(numbers);
            begins.retain(|begin| places.binary_search(&(begin + distance)).is_ok());
        }
        let mut row = 0;
        for place in begins {
            while self.rows.get(row).is_some_and(|end| *end <= place) {
                row += 1;
            }
            bits.set(row);
        }
        bits
    }

    /// The rows that a search finds.
    pub(super) fn find(&self, query: &Meant) -> Bits {
        match query {
            Meant::Word(numbers) => self.any_of(numbers),
            Meant::Phrase(numbers) => self.phrase(numbers),
            Meant::All(parts) => {
                let mut all = Bits::all(self.rows.len());
                for part in parts {
                    all.keep(&self.find(part));
                    if all.is_empty() {
                        break;
                    }
                }
                all
            }
            Meant::Any(parts) => {
                let mut any = Bits::none(self.rows.len());
                for part in parts {
                    any.add(&self.find(part));
                }
                any
            }
            Meant::Not(part) => {
                let mut all = Bits::all(self.rows.len());
                all.remove(&self.find(part));
                all
            }
        }
    }
}

/// A search whose words are numbers of a lexicon.
#[derive(Debug)]
pub(super) enum Meant {
    Word(Vec<u32>),
    Phrase(Vec<Vec<u32>>),
    All(Vec<Meant>),
    Any(Vec<Meant>),
    Not(Box<Meant>),
}

impl Meant {
    pub(super) fn of(query: &Query, lexicon: &Lexicon) -> Self {
        let word = |wanted: &Wanted| lexicon.meant(wanted);
        let parts = |parts: &[Query]| parts.iter().map(|part| Self::of(part, lexicon)).collect();
        match query {
            Query::Word(wanted) => Self::Word(word(wanted)),
            Query::Phrase(wanted) => Self::Phrase(wanted.iter().map(word).collect()),
            Query::All(all) => Self::All(parts(all)),
            Query::Any(any) => Self::Any(parts(any)),
            Query::Not(part) => Self::Not(Box::new(Self::of(part, lexicon))),
        }
    }
}

fn end_of(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// Seven bits in each byte, the lowest first; the eighth says that more follow.
fn write_number(mut number: u32, bytes: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

fn read_number(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let mut number = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::WordIndex;

    #[test]
    fn slots_are_the_same_from_whichever_side_they_are_looked_for() {
        let index = WordIndex {
            words: vec![2, 5, 9, 40],
            ..WordIndex::default()
        };
        let everything: Vec<u32> = (0..50).collect();
        for (numbers, slots) in [
            (&[][..], &[][..]),
            (&[5], &[1]),
            (&[1, 2, 40], &[0, 3]),
            (&[3, 4, 6], &[]),
            // More than there are here.
            (&[0, 1, 2, 3, 9, 10, 41], &[0, 2]),
            (&everything, &[0, 1, 2, 3]),
        ] {
            assert_eq!(
                index.slots(numbers).collect::<Vec<_>>(),
                slots,
                "{numbers:?}"
            );
        }
    }
}
