//! The values of each dimension, numbered in the order in which they were met.

use crate::domain::{Dimension, Filter, StateCode};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// The numbers of the values of one dimension.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    values: Vec<Arc<str>>,
    codes: HashMap<Arc<str>, u32>,
    /// The numbers in the order of their values, once somebody has asked.
    in_order: OnceLock<Arc<[u32]>>,
}

impl Dictionary {
    /// The number of a value, given to it now where it has none.
    fn number(&mut self, value: &str) -> u32 {
        if let Some(code) = self.codes.get(value) {
            return *code;
        }
        let value: Arc<str> = Arc::from(value);
        // Four thousand million different terms do not fit into a database.
        let code = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.in_order = OnceLock::new();
        self.values.push(Arc::clone(&value));
        self.codes.insert(value, code);
        code
    }

    pub(super) fn values(&self) -> &[Arc<str>] {
        &self.values
    }

    pub(super) fn value(&self, code: u32) -> &str {
        self.values.get(code as usize).map_or("", |value| value)
    }

    /// Every value with its number, in the order of the values.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (usize, &Arc<str>)> {
        let in_order = self.in_order.get_or_init(|| {
            let mut order: Vec<u32> = (0..).take(self.values.len()).collect();
            order.sort_by(|a, b| self.value(*a).cmp(self.value(*b)));
            order.into()
        });
        let numbers = in_order.iter().map(|code| *code as usize);
        numbers.filter_map(|code| Some((code, self.values.get(code)?)))
    }
}

/// The dictionary of every dimension.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionaries([Dictionary; Dimension::ALL.len()]);

impl Dictionaries {
    pub(super) fn of(&self, dimension: Dimension) -> &Dictionary {
        &self.0[dimension.place()]
    }

    pub(super) fn number(&mut self, dimension: Dimension, value: &str) -> u32 {
        self.0[dimension.place()].number(value)
    }

    /// The number of a value that has one.
    pub(super) fn known(&self, dimension: Dimension, value: &str) -> Option<u32> {
        self.of(dimension).codes.get(value).copied()
    }

    /// For each of the dimensions the ranks of its values, by their numbers, in the order in which lists
    /// have the values of all these dimensions together. Equal names have the same rank.
    pub(super) fn ranks(&self, dimensions: &[Dimension]) -> Vec<Vec<u32>> {
        let mut ranks: Vec<Vec<u32>> = Vec::with_capacity(dimensions.len());
        let mut keyed = Vec::new();
        for (place, dimension) in dimensions.iter().enumerate() {
            let values = self.of(*dimension).values();
            ranks.push(vec![0; values.len()]);
            let keys = values.iter().map(|value| dimension.sort_key(value));
            keyed.extend(keys.enumerate().map(|(code, key)| (key, place, code)));
        }
        keyed.sort_unstable();
        for (rank, alike) in (0..).zip(keyed.chunk_by(|(one, ..), (other, ..)| one == other)) {
            for (_, place, code) in alike {
                if let Some(slot) = ranks.get_mut(*place).and_then(|all| all.get_mut(*code)) {
                    *slot = rank;
                }
            }
        }
        ranks
    }

    /// Whether a filter asks for recommendations of each State, by its number; empty where it asks for
    /// those of all.
    pub(super) fn states_asked(&self, filter: &Filter) -> Vec<bool> {
        let of_states = [Dimension::RecommendingState, Dimension::RegionalGroup];
        if !of_states.iter().any(|one| filter.chosen.contains_key(one)) {
            return Vec::new();
        }
        let states = self.of(Dimension::RecommendingState).values().iter();
        states
            .map(|code| StateCode::parse(code).is_some_and(|state| filter.asks_for(state)))
            .collect()
    }

    /// For each dimension in which a filter chooses the numbers of the values that are chosen and occur.
    pub(super) fn chosen(&self, filter: &Filter) -> Vec<(Dimension, Vec<u32>)> {
        let known = |(dimension, values): (&Dimension, &Vec<String>)| {
            let codes = values
                .iter()
                .filter_map(|value| self.known(*dimension, value));
            (*dimension, codes.collect())
        };
        filter.chosen.iter().map(known).collect()
    }
}
