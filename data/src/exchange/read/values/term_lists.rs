//! Several terms in one value of a cell: "Women, Children".
//!
//! Names of terms hold commas themselves, so a value is only taken apart if every part of it is a known term. Any other
//! stays as it is written, and a warning names it.

use crate::domain::{Message, Scheme, Term, known_issue};
use crate::exchange::ReadOptions;
use crate::exchange::read::values::cells::{folded, shortened};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};

/// Values that are named; more are counted.
const NAMED: usize = 10;
/// The most parts of a value that are compared.
const MAX_PARTS: usize = 40;
/// The most commas in the name of a term.
const MAX_COMMAS: usize = 4;

/// The known terms, and the values that were not taken apart.
#[derive(Debug, Default)]
pub(crate) struct TermLists {
    known: HashSet<(Scheme, String)>,
    whole: RefCell<BTreeSet<String>>,
}

impl TermLists {
    /// Knows the terms that recommendations have, beside the issues that are built in.
    pub(crate) fn of(options: &ReadOptions) -> Self {
        let issues = options.issues.iter();
        let issues = issues.map(|issue| (Scheme::Issue, folded(issue)));
        let others = options.terms.iter();
        let others = others.map(|Term { scheme, name }| (*scheme, folded(name)));
        Self {
            known: issues.chain(others).collect(),
            whole: RefCell::default(),
        }
    }

    fn is_known(&self, scheme: Scheme, name: &str) -> bool {
        scheme == Scheme::Issue && known_issue(name).is_some()
            || self.known.contains(&(scheme, folded(name)))
    }

    /// Takes values apart that are lists of known terms.
    pub(crate) fn apart(&self, scheme: Scheme, values: Vec<String>) -> Vec<String> {
        let mut terms = Vec::with_capacity(values.len());
        for value in values {
            match self.parts(scheme, &value) {
                Some(parts) => terms.extend(parts),
                None => terms.push(value),
            }
        }
        terms
    }

    /// The terms of a value that is a list of known ones.
    fn parts(&self, scheme: Scheme, value: &str) -> Option<Vec<String>> {
        const SEPARATORS: [char; 4] = ['|', ',', '、', '，'];
        if !value.contains(SEPARATORS) || self.is_known(scheme, value) {
            return None;
        }
        let found = [&SEPARATORS[..1], &SEPARATORS[..]]
            .into_iter()
            .find_map(|separators| self.parts_at(scheme, value, separators));
        if found.is_none() {
            self.whole.borrow_mut().insert(shortened(value));
        }
        found
    }

    fn parts_at(&self, scheme: Scheme, value: &str, separators: &[char]) -> Option<Vec<String>> {
        // Where each part begins and ends, so that a name with a comma can be put together again.
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut start = 0;
        for (at, c) in value.char_indices() {
            if separators.contains(&c) {
                parts.push((start, at));
                start = at + c.len_utf8();
            }
        }
        parts.push((start, value.len()));
        parts.retain(|(start, end)| {
            !value
                .get(*start..*end)
                .unwrap_or_default()
                .trim()
                .is_empty()
        });
        if parts.len() < 2 || parts.len() > MAX_PARTS {
            return None;
        }
        let mut terms = Vec::new();
        let mut rest = parts.as_slice();
        while let Some((start, _)) = rest.first() {
            // The longest name first.
            let longest = rest.len().min(MAX_COMMAS + 1);
            let (length, name) = (1..=longest).rev().find_map(|length| {
                let (_, end) = rest.get(length - 1)?;
                let name = value.get(*start..*end)?.trim();
                self.is_known(scheme, name).then_some((length, name))
            })?;
            terms.push(name.to_owned());
            rest = rest.get(length..).unwrap_or_default();
        }
        Some(terms)
    }

    /// Names the values that were not taken apart, if there are any.
    pub(crate) fn warning(&self) -> Option<Message> {
        let whole = self.whole.borrow();
        if whole.is_empty() {
            return None;
        }
        let named: Vec<String> = whole
            .iter()
            .take(NAMED)
            .map(|value| format!("“{value}”"))
            .collect();
        Some(
            Message::new("exchange-terms-whole")
                .with("values", named.join(", "))
                .with("more", whole.len().saturating_sub(NAMED)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_taken_apart_only_if_every_part_is_known() {
        let options = ReadOptions {
            terms: [
                (Scheme::Theme, "Water, sanitation & hygiene"),
                (Scheme::Theme, "Fishing"),
                (Scheme::AffectedPersons, "Sailors"),
            ]
            .map(|(scheme, name)| Term::new(scheme, name))
            .to_vec(),
            ..ReadOptions::default()
        };
        let lists = TermLists::of(&options);
        let apart = |scheme, value: &str| lists.apart(scheme, vec![value.to_owned()]);
        let water = "Water, sanitation & hygiene";
        assert_eq!(apart(Scheme::Theme, water), [water]);
        assert_eq!(
            apart(Scheme::Theme, &format!("fishing, {water}")),
            ["fishing", water]
        );
        assert_eq!(
            apart(Scheme::Issue, "Labour|Detention"),
            ["Labour", "Detention"]
        );
        assert!(lists.warning().is_none());
        let unknown = "Sailors, Divers";
        assert_eq!(apart(Scheme::AffectedPersons, unknown), [unknown]);
        assert_eq!(
            apart(Scheme::Theme, "Sailors, Fishing"),
            ["Sailors, Fishing"]
        );
        let warning = format!("{:?}", lists.warning().unwrap());
        assert!(warning.contains(unknown), "{warning}");
    }
}
