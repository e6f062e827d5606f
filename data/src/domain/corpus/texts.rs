//! The texts of a review's recommendations, one after the other in one piece of memory.

use crate::domain::Recommendation;

/// Paragraph, text and summary of every row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Texts {
    all: String,
    ends: Vec<[u32; 3]>,
    /// The languages of texts, few as they are, and which of them is each row's.
    languages: Vec<Option<String>>,
    language: Vec<u8>,
}

impl Texts {
    pub(super) fn of<'a>(recommendations: impl Iterator<Item = &'a Recommendation>) -> Self {
        let mut texts = Self::default();
        for one in recommendations {
            let fields = [
                one.paragraph.as_str(),
                one.text.as_deref().unwrap_or_default(),
                one.summary.as_deref().unwrap_or_default(),
            ];
            texts.ends.push(fields.map(|field| {
                texts.all.push_str(field);
                u32::try_from(texts.all.len()).unwrap_or(u32::MAX)
            }));
            let known = texts.languages.iter().position(|l| *l == one.language);
            let place = known.unwrap_or_else(|| {
                texts.languages.push(one.language.clone());
                texts.languages.len() - 1
            });
            texts.language.push(u8::try_from(place).unwrap_or(u8::MAX));
        }
        texts.all.shrink_to_fit();
        texts.ends.shrink_to_fit();
        texts.language.shrink_to_fit();
        texts
    }

    /// Paragraph, text and summary of a row; empty where there is none.
    pub(super) fn row(&self, row: usize) -> [&str; 3] {
        let before = row.checked_sub(1).and_then(|before| self.ends.get(before));
        let mut begin = before.map_or(0, |[_, _, end]| *end);
        let ends = self.ends.get(row).copied().unwrap_or_default();
        ends.map(|end| {
            let text = self.all.get(begin as usize..end as usize);
            begin = end;
            text.unwrap_or_default()
        })
    }

    /// The language of a row's text.
    pub(super) fn language(&self, row: usize) -> Option<&str> {
        let place = self.language.get(row).copied()?;
        self.languages.get(usize::from(place))?.as_deref()
    }
}
