//! The words of all recommendations, which only searches need: they are indexed when somebody first searches.

use super::dictionary::Dictionaries;
use super::lexicon::Lexicon;
use super::part::Part;
use super::word_index::WordIndex;
use std::sync::Arc;

/// Every word with its places.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    lexicon: Arc<Lexicon>,
    /// Of each part, in the order of the parts.
    indexes: Vec<Arc<WordIndex>>,
}

impl Words {
    pub(super) fn of(parts: &[Arc<Part>], dictionaries: &Dictionaries) -> Self {
        let mut lexicon = Lexicon::default();
        let indexes = parts.iter().map(|part| {
            Arc::new(WordIndex::of(
                part.recommendations(dictionaries),
                &mut lexicon,
            ))
        });
        Self {
            indexes: indexes.collect(),
            lexicon: Arc::new(lexicon),
        }
    }

    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The index of each part, in the order of the parts.
    pub(super) fn indexes(&self) -> impl Iterator<Item = &WordIndex> {
        self.indexes.iter().map(AsRef::as_ref)
    }

    /// How many words there are, gaps included.
    pub(super) fn count(&self) -> u64 {
        let counts = self.indexes().map(|index| u64::from(index.all_lengths()));
        counts.sum()
    }

    /// Takes in a part that was put in place of another, or in front of that place.
    pub(super) fn put(
        &mut self,
        place: Result<usize, usize>,
        part: &Part,
        dictionaries: &Dictionaries,
    ) {
        let lexicon = Arc::make_mut(&mut self.lexicon);
        let index = Arc::new(WordIndex::of(part.recommendations(dictionaries), lexicon));
        match place {
            Ok(place) => {
                if let Some(slot) = self.indexes.get_mut(place) {
                    *slot = index;
                }
            }
            Err(place) => self.indexes.insert(place, index),
        }
    }

    /// Takes out the index of a part.
    pub(super) fn remove(&mut self, place: usize) {
        self.indexes.remove(place);
    }
}
