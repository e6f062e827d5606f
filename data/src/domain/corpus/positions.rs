//! What the sources say of a review's positions, row by row, each text kept once: a review has few
//! different ones.

use crate::domain::{Position, PositionClass, PositionSources, Recommendation, RecordedDate};
use std::borrow::Cow;
use std::collections::HashMap;

/// What stands for a text that is missing.
const NONE: u32 = u32::MAX;

/// The positions of every row, in the order of their sources.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Positions {
    all: Vec<Claim>,
    /// Where each row's end.
    ends: Vec<u32>,
    /// Every text once, one after the other, and where each ends.
    texts: String,
    text_ends: Vec<u32>,
}

/// A position with its texts by their numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Claim {
    class: PositionClass,
    raw: u32,
    source: u32,
    source_paragraph: u32,
    date: u32,
}

impl Positions {
    pub(super) fn of<'a>(recommendations: impl Iterator<Item = &'a Recommendation>) -> Self {
        let mut positions = Self::default();
        let mut numbers: HashMap<Cow<'a, str>, u32> = HashMap::new();
        for one in recommendations {
            for position in &one.positions {
                let mut number = |text: Cow<'a, str>| {
                    *numbers.entry(text).or_insert_with_key(|text| {
                        positions.texts.push_str(text);
                        positions.text_ends.push(number_of(positions.texts.len()));
                        number_of(positions.text_ends.len() - 1)
                    })
                };
                let mut some = |text: Option<Cow<'a, str>>| text.map_or(NONE, &mut number);
                let claim = Claim {
                    class: position.class,
                    source: some(position.source.as_deref().map(Cow::from)),
                    source_paragraph: some(position.source_paragraph.as_deref().map(Cow::from)),
                    date: some(position.date.as_ref().map(RecordedDate::text)),
                    raw: number(Cow::from(&position.raw)),
                };
                positions.all.push(claim);
            }
            positions.ends.push(number_of(positions.all.len()));
        }
        positions.all.shrink_to_fit();
        positions.ends.shrink_to_fit();
        positions.texts.shrink_to_fit();
        positions.text_ends.shrink_to_fit();
        positions
    }

    /// The positions of a row.
    pub(super) fn row(&self, row: usize) -> Vec<Position> {
        let before = row.checked_sub(1).and_then(|before| self.ends.get(before));
        let begin = before.copied().unwrap_or_default() as usize;
        let end = self.ends.get(row).copied().unwrap_or_default() as usize;
        let claims = self.all.get(begin..end).unwrap_or_default();
        let text = |number: u32| self.text(number).map(str::to_owned);
        claims
            .iter()
            .map(|claim| Position {
                class: claim.class,
                raw: text(claim.raw).unwrap_or_default(),
                source: text(claim.source),
                source_paragraph: text(claim.source_paragraph),
                date: self.text(claim.date).map(RecordedDate::from),
            })
            .collect()
    }

    /// The source of the claim that counts of a row, by its number; `None` if the row has no claim.
    fn counted(&self, row: usize) -> Option<u32> {
        let before = row.checked_sub(1).and_then(|before| self.ends.get(before));
        let begin = before.copied().unwrap_or_default() as usize;
        let end = self.ends.get(row).copied().unwrap_or_default() as usize;
        Some(self.all.get(begin..end)?.last()?.source)
    }

    /// Adds the sources of the claims that count of some rows.
    pub(super) fn count_sources(
        &self,
        rows: impl Iterator<Item = usize>,
        sources: &mut PositionSources,
    ) {
        let mut counts: HashMap<u32, u64> = HashMap::new();
        for row in rows {
            match self.counted(row) {
                Some(source) => *counts.entry(source).or_default() += 1,
                None => sources.without += 1,
            }
        }
        for (source, count) in counts {
            sources.add_source(self.text(source), count);
        }
    }

    fn text(&self, number: u32) -> Option<&str> {
        let number = number as usize;
        let end = *self.text_ends.get(number)? as usize;
        let before = number
            .checked_sub(1)
            .and_then(|before| self.text_ends.get(before));
        self.texts
            .get(before.copied().unwrap_or_default() as usize..end)
    }
}

fn number_of(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(NONE)
}
