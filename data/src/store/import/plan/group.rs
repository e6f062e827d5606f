//! Rows of a file that are one recommendation.

use crate::domain::{Paragraph, Position};
use crate::exchange::Incoming;
use crate::store::import::merging::add_missing;
use crate::store::import::rows::{Decision, Staged};
use std::collections::HashMap;

/// Rows that are one recommendation.
pub(super) struct Group {
    pub(super) places: Vec<i64>,
    pub(super) one: Incoming,
    /// The positions that the rows tell, each with its row.
    pub(super) claims: Vec<(i64, Position)>,
    pub(super) decision: Option<Decision>,
}

impl Group {
    pub(super) fn of(row: &Staged, one: &Incoming) -> Self {
        let mut one = one.clone();
        let position = one.position.take();
        let claims = position.into_iter().map(|told| (row.place, told)).collect();
        Self {
            places: vec![row.place],
            one,
            claims,
            decision: row.decision.clone(),
        }
    }

    /// Adds a row of a source that does not number: one for each State that made the recommendation.
    pub(super) fn add(&mut self, one: &Incoming, place: i64) {
        let one = one.clone();
        self.places.push(place);
        add_missing(&mut self.one.recommending, one.recommending);
        add_missing(&mut self.one.terms, one.terms);
        let position = one.position.into_iter();
        self.claims.extend(position.map(|told| (place, told)));
        self.one.action_category = self.one.action_category.or(one.action_category);
        self.one.summary = self.one.summary.take().or(one.summary);
        self.one.source_id = self.one.source_id.take().or(one.source_id);
    }
}

/// Rows that were found to be a recommendation that is there.
pub(super) struct Found {
    pub(super) group: Group,
    /// How like its text each row's is.
    pub(super) scores: HashMap<i64, f64>,
    /// The names of the rows' texts, by which it is known from now on.
    pub(super) names: HashMap<String, f64>,
}

impl Found {
    pub(super) fn of(group: Group) -> Self {
        Self {
            group,
            scores: HashMap::new(),
            names: HashMap::new(),
        }
    }

    pub(super) fn note(&mut self, place: i64, name: &Paragraph, score: Option<f64>) {
        if let Some(score) = score {
            self.scores.insert(place, score);
            self.names.entry(name.to_string()).or_insert(score);
        }
    }

    pub(super) fn add(
        &mut self,
        row: &Staged,
        one: &Incoming,
        name: &Paragraph,
        score: Option<f64>,
    ) {
        self.group.add(one, row.place);
        if !self.names.contains_key(name.as_str()) {
            // Of several texts in one paragraph none is the whole.
            self.group.one.text = None;
        }
        self.note(row.place, name, score);
    }
}
