//! Is everything in the database as it must be?

use super::entities::event;
use super::{Error, Store, demonstration, review_records, rounds};
use crate::domain::{Breakdown, CountingUnit, Message, ReviewRecord, RoundKind, RoundRecord};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// Something that is not as it must be, or could not be checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding(pub Message);

impl Store {
    /// Checks history, scales, rounds and counts; what is wrong, nothing if all is well.
    pub async fn check(&self) -> Result<Vec<Finding>, Error> {
        let mut findings = Vec::new();
        let mut found = |message: Message| findings.push(Finding(message));
        if let Err(broken) = self.verify_history().await? {
            found(Message::new("check-history-broken").with("entry", broken.id));
        }
        for scale in self.scales().await? {
            if scale.check().is_err() {
                found(Message::new("check-scale-unsound").with("scale", &scale.code));
            }
        }
        // Read anew, not from memory: what was changed behind the history's back is looked for.
        let snapshot = self.snapshot().await?;
        let published = published(&snapshot).await?;
        for review in self.reviews().await? {
            let record = review_records::load(&snapshot, review.code).await?;
            let code = review.code;
            for one in &record.recommendations {
                if one.recommending.is_empty() {
                    found(
                        Message::new("check-without-states")
                            .with("review", code)
                            .with("paragraph", &one.paragraph),
                    );
                }
            }
            for round in &record.rounds {
                let name = (code.to_string(), round.round.slug.clone());
                for key in wrong_with(&record, round, published.get(&name)) {
                    found(
                        Message::new(key)
                            .with("review", code)
                            .with("round", &round.round.slug),
                    );
                }
            }
        }
        snapshot.rollback().await?;
        Ok(findings)
    }
}

/// What is wrong with a round, whose hash at its publication the history knows if it was published.
fn wrong_with(
    record: &ReviewRecord,
    round: &RoundRecord,
    published: Option<&String>,
) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    let scale = &round.round.scale;
    let known = |status: &str| scale.status(status).is_some();
    let mut assessments = round.assessments.values();
    if !assessments.all(|assessment| known(&assessment.status))
        || !round.totals.iter().all(|total| known(&total.status))
    {
        wrong.push("check-unknown-status");
    }
    let as_published = round.round.is_published() == published.is_some()
        && round.round.content_hash.as_ref() == published
        && published.is_none_or(|hash| *hash == round.content_hash(record));
    if !as_published {
        wrong.push("check-round-altered");
    }
    let (counts, all) = match round.round.kind {
        RoundKind::Itemised => (
            Breakdown::count(
                scale,
                record.counted(round),
                None,
                CountingUnit::Recommendations,
            ),
            if round.round.is_published() {
                round.assessments.len() as u64
            } else {
                record.recommendations.len() as u64
            },
        ),
        RoundKind::ReportedTotals => (
            Breakdown::reported(scale, &round.totals, None),
            round.totals.iter().map(|cell| u64::from(cell.count)).sum(),
        ),
    };
    if counts.total.received() != all {
        wrong.push("check-counts");
    }
    wrong
}

/// The content hashes that the history holds, by review and round.
async fn published(db: &impl ConnectionTrait) -> Result<HashMap<(String, String), String>, Error> {
    let events = event::Entity::find()
        .filter(event::Column::Kind.is_in([rounds::PUBLISHED, demonstration::REMOVED]))
        .order_by_asc(event::Column::Id)
        .all(db)
        .await?;
    let mut hashes = HashMap::new();
    for event in events {
        let Some(review) = event.review else { continue };
        match (
            event.round,
            event.after.as_deref().and_then(rounds::published_hash),
        ) {
            (Some(round), Some(hash)) => {
                hashes.insert((review, round), hash);
            }
            // With the demonstration went its rounds; put in again, they begin anew.
            _ => hashes.retain(|(of, _), _| *of != review),
        }
    }
    Ok(hashes)
}
