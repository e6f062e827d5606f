//! The dimensions of a list of recommendations as columns of numbers.

use super::dictionary::Dictionaries;
use crate::domain::{Dimension, Listed};

/// What has no value.
const NONE: u32 = u32::MAX;

/// The values of one dimension, row by row.
#[derive(Clone, PartialEq, Debug)]
enum Values {
    /// One at most.
    One(Vec<u32>),
    /// Any number: those of a row end where `ends` says.
    Several { ends: Vec<u32>, codes: Vec<u32> },
}

/// The values of every dimension, row by row.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Columns {
    values: Vec<Values>,
}

impl Columns {
    pub(super) fn of<'a>(
        listed: impl Iterator<Item = Listed<'a>>,
        dictionaries: &mut Dictionaries,
    ) -> Self {
        let empty = |dimension: Dimension| {
            if dimension.overlaps() {
                Values::Several {
                    ends: Vec::new(),
                    codes: Vec::new(),
                }
            } else {
                Values::One(Vec::new())
            }
        };
        let mut values: Vec<Values> = Dimension::ALL.into_iter().map(empty).collect();
        for one in listed {
            for (dimension, values) in Dimension::ALL.into_iter().zip(&mut values) {
                match values {
                    Values::One(codes) => {
                        let mut code = NONE;
                        dimension.each(&one, |value| code = dictionaries.number(dimension, value));
                        codes.push(code);
                    }
                    Values::Several { ends, codes } => {
                        dimension.each(&one, |value| {
                            codes.push(dictionaries.number(dimension, value));
                        });
                        ends.push(u32::try_from(codes.len()).unwrap_or(u32::MAX));
                    }
                }
            }
        }
        for values in &mut values {
            match values {
                Values::One(codes) => codes.shrink_to_fit(),
                Values::Several { ends, codes } => {
                    ends.shrink_to_fit();
                    codes.shrink_to_fit();
                }
            }
        }
        Self { values }
    }

    /// The values of a row.
    pub(super) fn row(&self, dimension: Dimension, row: usize) -> &[u32] {
        match self.values.get(dimension.place()) {
            Some(Values::One(codes)) => codes
                .get(row)
                .filter(|code| **code != NONE)
                .map_or(&[], std::slice::from_ref),
            Some(Values::Several { ends, codes }) => {
                let begin = match row.checked_sub(1) {
                    Some(before) => ends.get(before).copied().unwrap_or_default(),
                    None => 0,
                };
                let end = ends.get(row).copied().unwrap_or_default();
                codes.get(begin as usize..end as usize).unwrap_or_default()
            }
            None => &[],
        }
    }

    /// Sets the one value of a row.
    pub(super) fn set(&mut self, dimension: Dimension, row: usize, code: u32) {
        if let Some(Values::One(codes)) = self.values.get_mut(dimension.place())
            && let Some(slot) = codes.get_mut(row)
        {
            *slot = code;
        }
    }
}
