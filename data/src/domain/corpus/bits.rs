//! A set of rows, a bit for each.

/// Rows of one review.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    pub(super) fn none(rows: usize) -> Self {
        Self {
            words: vec![0; rows.div_ceil(64)],
        }
    }

    /// Bits past the last row are set too; nobody asks for them.
    pub(super) fn all(rows: usize) -> Self {
        Self {
            words: vec![u64::MAX; rows.div_ceil(64)],
        }
    }

    pub(super) fn set(&mut self, row: usize) {
        if let Some(word) = self.words.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }

    /// The rows, in order, of which there are as many as said.
    pub(super) fn into_rows(self, rows: usize) -> impl Iterator<Item = usize> {
        let of_word = |(place, word): (usize, u64)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.checked_sub(1)?;
                Some(place * 64 + bit as usize)
            })
        };
        let set = self.words.into_iter().enumerate().flat_map(of_word);
        set.take_while(move |row| *row < rows)
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(super) fn keep(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    pub(super) fn remove(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }
}
