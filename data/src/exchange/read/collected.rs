//! A file's recommendations as they come, each once.
//!
//! Some exports repeat a recommendation, once for each State or theme. Rows that say the same are one
//! recommendation with all their States and terms; rows that contradict each other cannot both be
//! right, and a person has to choose.

use super::recommenders::push;
use super::values::rejected;
use crate::domain::{Message, ReviewCode};
use crate::exchange::{Format, Incoming, ReadFile, Rejected};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Recommendations and rejected rows so far.
pub(super) struct Collected {
    file: ReadFile,
    places: HashMap<(ReviewCode, String), usize>,
}

impl Collected {
    /// Nothing yet.
    pub(super) fn new(format: Format) -> Self {
        let file = ReadFile {
            format,
            recommendations: Vec::new(),
            rejected: Vec::new(),
            skipped: 0,
        };
        Self {
            file,
            places: HashMap::new(),
        }
    }

    /// Adds a recommendation, or to the one it repeats.
    pub(super) fn add(&mut self, incoming: Incoming) {
        let key = (
            incoming.review,
            incoming.paragraph.as_str().to_ascii_lowercase(),
        );
        match self.places.entry(key) {
            Entry::Vacant(place) => {
                place.insert(self.file.recommendations.len());
                self.file.recommendations.push(incoming);
            }
            Entry::Occupied(place) => {
                let Some(first) = self.file.recommendations.get_mut(*place.get()) else {
                    return;
                };
                if let Err(reason) = merge(first, &incoming) {
                    let value = incoming.paragraph.as_str();
                    self.file
                        .rejected
                        .push(rejected(incoming.row, "", value, reason));
                }
            }
        }
    }

    /// Adds a row that cannot be taken.
    pub(super) fn reject(&mut self, rejected: Rejected) {
        self.file.rejected.push(rejected);
    }

    /// Counts a row of another mechanism.
    pub(super) fn skip(&mut self) {
        self.file.skipped += 1;
    }

    /// The whole file. One without anything in it is an error: it is the wrong file, or empty.
    pub(super) fn finish(self) -> Result<ReadFile, Message> {
        let file = self.file;
        if file.recommendations.is_empty() && file.rejected.is_empty() && file.skipped == 0 {
            return Err(Message::new("exchange-no-rows"));
        }
        Ok(file)
    }
}

fn merge(first: &mut Incoming, second: &Incoming) -> Result<(), Message> {
    let contradiction = |key| {
        Err(Message::new(key)
            .with("paragraph", &second.paragraph)
            .with("review", second.review)
            .with("first", first.row))
    };
    if first.text != second.text || first.summary != second.summary {
        return contradiction("exchange-repeated-text");
    }
    if let (Some(one), Some(other)) = (&first.position, &second.position)
        && one.class != other.class
    {
        return contradiction("exchange-repeated-position");
    }
    for state in &second.recommending {
        push(&mut first.recommending, *state);
    }
    for term in &second.terms {
        if !first.terms.contains(term) {
            first.terms.push(term.clone());
        }
    }
    if first.position.is_none() {
        first.position.clone_from(&second.position);
    }
    first.action_category = first.action_category.or(second.action_category);
    if first.source_id.is_none() {
        first.source_id.clone_from(&second.source_id);
    }
    Ok(())
}
