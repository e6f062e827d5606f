//! When each assessment was changed last, and how often: the history says it by its order and times.

use crate::domain::{EventKind, ReviewRecord, Subject};
use crate::store::entities::event;
use crate::store::history::events;
use std::collections::HashMap;

/// What every assessment's version and time must be.
#[derive(Default)]
pub(crate) struct Versions {
    /// Those that are there, by review, round and paragraph.
    present: HashMap<(String, String, String), Present>,
    /// How many entries there were of each place, those that went included.
    entries: HashMap<(String, String, String), i64>,
}

/// One assessment.
#[derive(Clone, Copy)]
struct Present {
    /// Its version. Where an earlier one had been taken away, imports have not always gone on from
    /// its number: two are possible then.
    versions: [i64; 2],
    at: i64,
}

impl Versions {
    /// Takes in the next entry.
    pub(in crate::store) fn take(&mut self, event: &event::Model) {
        let Some(review) = &event.review else { return };
        let subject = event.subject();
        if subject == Some(Subject::Review) && event.after.is_none() {
            self.present.retain(|(of, ..), _| of != review);
            return;
        }
        if event.known_kind() == Some(EventKind::RoundRemoved) {
            let round = event.round.as_ref();
            self.present
                .retain(|(of, in_round, _), _| of != review || Some(in_round) != round);
            return;
        }
        let Some(paragraph) = &event.paragraph else {
            return;
        };
        let Some(round) = &event.round else {
            // What was decided about a link names another recommendation.
            if subject == Some(Subject::Recommendation) {
                self.renumber(review, event.before.as_deref(), paragraph);
            }
            return;
        };
        let key = (review.clone(), round.clone(), paragraph.clone());
        let entries = self.entries.entry(key.clone()).or_default();
        let former = *entries;
        *entries += 1;
        if event.after.is_none() {
            self.present.remove(&key);
        } else if event.known_kind() != Some(EventKind::AssessmentEvidenceChanged) {
            // That one makes no new version of the assessment.
            let versions = match self.present.get(&key) {
                Some(present) => present.versions.map(|version| version + 1),
                None => [1, former + 1],
            };
            let at = event.at;
            self.present.insert(key, Present { versions, at });
        }
    }

    /// A recommendation has another number: its assessments go with it.
    fn renumber(&mut self, review: &str, before: Option<&str>, now: &str) {
        let former = events::former_paragraph(before).filter(|former| former != now);
        let Some(former) = former else { return };
        let moved: Vec<_> = self
            .present
            .keys()
            .filter(|(of, _, paragraph)| of == review && *paragraph == former)
            .cloned()
            .collect();
        for key in moved {
            if let Some(present) = self.present.remove(&key) {
                self.present.insert((key.0, key.1, now.to_owned()), present);
            }
        }
    }

    /// The assessments of a review whose version or time is another one: rounds and paragraphs.
    pub(crate) fn altered(&self, record: &ReviewRecord) -> Vec<(String, String)> {
        let mut altered = Vec::new();
        for round in record.all_rounds() {
            for one in &record.recommendations {
                let Some(there) = round.assessments.get(&one.id) else {
                    continue;
                };
                let key = (
                    record.review.code.to_string(),
                    round.round.slug.clone(),
                    one.paragraph.to_string(),
                );
                let published = round.round.published_at;
                let fits = if let Some(told) = self.present.get(&key) {
                    told.versions.contains(&there.version) && told.at == there.changed_at
                } else {
                    // Publishing wrote down that nobody had assessed it. In an open round it is one that the
                    // history does not tell of, which is found otherwise.
                    let is_written_down = there.version == 1 && published == Some(there.changed_at);
                    published.is_none() || is_written_down
                };
                if !fits {
                    altered.push((key.1, key.2));
                }
            }
        }
        altered
    }
}
