//! What the sources say of a review's positions, row by row, each text kept once: a review has few
//! different ones.

use crate::domain::{Position, PositionClass, Recommendation};
use std::collections::HashMap;

/// What stands for a text that is missing.
const NONE: u32 = u32::MAX;

/// The positions of every row, in the order of their sources.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Positions {
    all: Vec<Claim>,
    /// Where each row's end.
    ends: Vec<u32>,
    texts: Vec<Box<str>>,
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
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        for one in recommendations {
            for position in &one.positions {
                let mut number = |text: &'a str| {
                    *numbers.entry(text).or_insert_with(|| {
                        positions.texts.push(text.into());
                        u32::try_from(positions.texts.len() - 1).unwrap_or(NONE)
                    })
                };
                let mut some = |text: &'a Option<String>| text.as_deref().map_or(NONE, &mut number);
                let claim = Claim {
                    class: position.class,
                    source: some(&position.source),
                    source_paragraph: some(&position.source_paragraph),
                    date: some(&position.date),
                    raw: number(&position.raw),
                };
                positions.all.push(claim);
            }
            let end = u32::try_from(positions.all.len()).unwrap_or(NONE);
            positions.ends.push(end);
        }
        positions.all.shrink_to_fit();
        positions.ends.shrink_to_fit();
        positions.texts.shrink_to_fit();
        positions
    }

    /// The positions of a row.
    pub(super) fn row(&self, row: usize) -> Vec<Position> {
        let before = row.checked_sub(1).and_then(|before| self.ends.get(before));
        let begin = before.copied().unwrap_or_default() as usize;
        let end = self.ends.get(row).copied().unwrap_or_default() as usize;
        let claims = self.all.get(begin..end).unwrap_or_default();
        let text = |number: u32| {
            self.texts
                .get(number as usize)
                .map(|text| str::to_owned(text))
        };
        claims
            .iter()
            .map(|claim| Position {
                class: claim.class,
                raw: text(claim.raw).unwrap_or_default(),
                source: text(claim.source),
                source_paragraph: text(claim.source_paragraph),
                date: text(claim.date),
            })
            .collect()
    }
}
