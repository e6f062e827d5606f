//! Databases of versions that let the claim that was imported last count: their claims are put into the order of
//! [`order_claims`](crate::domain::order_claims) once, when they are upgraded.
//!
//! Each recommendation whose claims move has an entry in the history. What published rounds count was written
//! down when they were published, and stays.

use super::Error;
use super::change::Change;
use super::read_model::review_records;
use super::recommendations;
use crate::domain::{Message, Paragraph, Position, PositionClass, Recommendation, ReviewCode};

/// The migration with which the order came.
const MIGRATION: &str = "m0021_claim_order";

/// A position that another claim decides after an upgrade.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PositionChange {
    /// The review.
    pub review: ReviewCode,
    /// The recommendation.
    pub paragraph: Paragraph,
    /// The claim that counted before.
    pub before: Position,
    /// The claim that counts now.
    pub after: Position,
}

impl PositionChange {
    fn of(review: ReviewCode, before: &Recommendation, after: &Recommendation) -> Option<Self> {
        let (before, now) = (before.positions.last()?, after.positions.last()?);
        (before != now).then(|| Self {
            review,
            paragraph: after.paragraph.clone(),
            before: before.clone(),
            after: now.clone(),
        })
    }

    /// Returns true if the position is counted in another class than before.
    pub fn changes_class(&self) -> bool {
        self.before.class != self.after.class
    }

    /// The change as a sentence. `label` names a class.
    pub fn message(&self, label: impl Fn(PositionClass) -> String) -> Message {
        let source = |claim: &Position| claim.source.clone().unwrap_or_else(|| "-".to_owned());
        Message::new("upgrade-position")
            .with("review", self.review)
            .with("paragraph", &self.paragraph)
            .with("before", label(self.before.class))
            .with("before-source", source(&self.before))
            .with("after", label(self.after.class))
            .with("after-source", source(&self.after))
    }
}

/// Brings the schema up to date. The positions that change, if the database is of a version that ordered claims
/// otherwise.
pub(super) async fn upgrade(change: &mut Change<'_>) -> Result<Vec<PositionChange>, Error> {
    match change.upgrade().await? {
        Some(applied) if !applied.iter().any(|name| name == MIGRATION) => apply(change).await,
        _ => Ok(Vec::new()),
    }
}

/// Orders the claims of all recommendations. Memory holds one review at a time.
async fn apply(change: &mut Change<'_>) -> Result<Vec<PositionChange>, Error> {
    let mut changes = Vec::new();
    for review in review_records::reviews(&change.tx).await? {
        let all = review_records::recommendations(&change.tx, review.id).await?;
        let moved: Vec<(Recommendation, Recommendation)> = all
            .into_iter()
            .filter(|one| !one.has_positions_in_order())
            .map(|before| {
                let mut after = before.clone();
                after.order_positions();
                (before, after)
            })
            .collect();
        if moved.is_empty() {
            continue;
        }
        recommendations::update(change, &review, &moved).await?;
        changes.extend(
            moved
                .iter()
                .filter_map(|(before, after)| PositionChange::of(review.code, before, after)),
        );
    }
    Ok(changes)
}
