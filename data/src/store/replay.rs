//! The history replayed from its start: what everything must be now, if nothing was changed without it.
//!
//! Only digests are kept, so that replaying costs the same small memory for each thing, however long
//! its texts are.

use super::entities::event;
use super::{Error, NewRound, demonstration, history, import, recommendations, rounds};
use crate::domain::{Assessment, Recommendation, Review, ReviewRecord, RoundKind, RoundRecord};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// SHA-256 of a thing as the history keeps it.
type Sum = [u8; 32];

/// What a review must be.
#[derive(Default)]
pub(super) struct Replayed {
    review: Option<Sum>,
    recommendations: BTreeMap<String, Sum>,
    rounds: HashMap<String, ReplayedRound>,
}

/// What a round must be.
#[derive(Default)]
struct ReplayedRound {
    opened: Option<Sum>,
    published: Option<String>,
    totals: Option<Sum>,
    assessments: HashMap<String, Sum>,
}

/// Something that is not what the history says, as a key of the translations with the names of what it
/// is about.
pub(super) struct Altered {
    pub(super) key: &'static str,
    pub(super) round: Option<String>,
    pub(super) paragraph: Option<String>,
}

/// Replays the whole history; what every review of it must be, by its code.
pub(super) async fn replay(db: &impl ConnectionTrait) -> Result<HashMap<String, Replayed>, Error> {
    const BATCH: u64 = 2_000;
    let mut reviews: HashMap<String, Replayed> = HashMap::new();
    let mut last = i64::MIN;
    loop {
        let events = event::Entity::find()
            .filter(event::Column::Id.gt(last))
            .order_by_asc(event::Column::Id)
            .limit(BATCH)
            .all(db)
            .await?;
        let Some(newest) = events.last() else {
            return Ok(reviews);
        };
        last = newest.id;
        for event in events {
            take(&mut reviews, event);
        }
    }
}

fn take(reviews: &mut HashMap<String, Replayed>, event: event::Model) {
    // Accounts and scales belong to no review.
    let Some(code) = event.review else { return };
    let is_review = recommendations::REVIEW_EVENTS.contains(&event.kind.as_str());
    if event.kind == demonstration::REMOVED || is_review && event.after.is_none() {
        reviews.remove(&code);
        return;
    }
    let review = reviews.entry(code).or_default();
    let after = event.after.as_deref();
    match (event.paragraph, event.round) {
        (None, None) if is_review => review.review = after.map(sum),
        // What an import matched, or what was imported.
        (None, None) => {}
        (Some(paragraph), None) if event.kind == import::ABSORBED => {
            review.recommendations.remove(&paragraph);
        }
        (Some(paragraph), None) => review.take_recommendation(paragraph, event.before, after),
        (Some(paragraph), Some(round)) => {
            let round = review.rounds.entry(round).or_default();
            match after {
                Some(after) => round.assessments.insert(paragraph, sum(after)),
                None => round.assessments.remove(&paragraph),
            };
        }
        (None, Some(round)) => {
            let round = review.rounds.entry(round).or_default();
            match event.kind.as_str() {
                rounds::OPENED => round.opened = after.map(sum),
                rounds::PUBLISHED => round.published = after.and_then(rounds::published_hash),
                rounds::TOTALS_REPORTED => round.totals = after.map(sum),
                _ => {}
            }
        }
    }
}

/// The number that a recommendation had before.
#[derive(Deserialize)]
struct Numbered {
    paragraph: String,
}

impl Replayed {
    fn take_recommendation(
        &mut self,
        paragraph: String,
        before: Option<String>,
        after: Option<&str>,
    ) {
        let former = before
            .and_then(|before| serde_json::from_str::<Numbered>(&before).ok())
            .map(|before| before.paragraph)
            .filter(|former| *former != paragraph);
        if let Some(former) = former {
            self.recommendations.remove(&former);
            for round in self.rounds.values_mut() {
                if let Some(assessment) = round.assessments.remove(&former) {
                    round.assessments.insert(paragraph.clone(), assessment);
                }
            }
        }
        match after {
            Some(after) => self.recommendations.insert(paragraph, sum(after)),
            None => self.recommendations.remove(&paragraph),
        };
    }

    /// The content hash that a round was published with.
    pub(super) fn published(&self, round: &str) -> Option<&String> {
        self.rounds.get(round)?.published.as_ref()
    }

    /// What in a review is not what the history says, but for published rounds: those are held against
    /// their content hash.
    pub(super) fn compare(mut self, record: &ReviewRecord) -> Vec<Altered> {
        let mut altered = Vec::new();
        let mut found = |key, round: Option<&str>, paragraph: Option<&str>| {
            altered.push(Altered {
                key,
                round: round.map(str::to_owned),
                paragraph: paragraph.map(str::to_owned),
            });
        };
        if self.review != Some(sum_of_review(&record.review)) {
            found("check-review-altered", None, None);
        }
        for one in &record.recommendations {
            let paragraph = one.paragraph.as_str();
            if self.recommendations.remove(paragraph) != Some(sum_of_recommendation(one)) {
                found("check-recommendation-altered", None, Some(paragraph));
            }
        }
        for paragraph in self.recommendations.keys() {
            found("check-recommendation-missing", None, Some(paragraph));
        }
        for round in &record.rounds {
            let slug = round.round.slug.as_str();
            let mut told = self.rounds.remove(slug).unwrap_or_default();
            if round.round.is_published() || told.published.is_some() {
                // Its content hash covers all of it, what publishing wrote down included.
                continue;
            }
            if told.opened != Some(sum_of_round(round)) || told.totals != sum_of_totals(round) {
                found("check-round-altered", Some(slug), None);
            }
            for one in &record.recommendations {
                let paragraph = one.paragraph.as_str();
                let here = round.assessments.get(&one.id);
                let told = told.assessments.remove(paragraph);
                if here.map(sum_of_assessment) != told {
                    found("check-assessment-altered", Some(slug), Some(paragraph));
                }
            }
            for paragraph in told.assessments.keys() {
                found("check-assessment-altered", Some(slug), Some(paragraph));
            }
        }
        for slug in self.rounds.keys() {
            found("check-round-missing", Some(slug), None);
        }
        altered
    }
}

fn sum(text: &str) -> Sum {
    Sha256::digest(text.as_bytes()).into()
}

fn sum_of_review(review: &Review) -> Sum {
    sum(&history::json(review))
}

fn sum_of_recommendation(one: &Recommendation) -> Sum {
    sum(&history::json(one))
}

fn sum_of_assessment(assessment: &Assessment) -> Sum {
    sum(&history::json(assessment))
}

fn sum_of_round(record: &RoundRecord) -> Sum {
    let round = &record.round;
    sum(&history::json(&NewRound {
        slug: round.slug.clone(),
        organisation: round.organisation.clone(),
        title: round.title.clone(),
        as_of: round.as_of.clone(),
        scale: round.scale.code.clone(),
        method: round.method.clone(),
    }))
}

fn sum_of_totals(record: &RoundRecord) -> Option<Sum> {
    (record.round.kind == RoundKind::ReportedTotals).then(|| sum(&history::json(&record.totals)))
}
