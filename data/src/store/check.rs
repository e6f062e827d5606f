//! Is everything in the database as it must be?

use super::{Error, Store};
use crate::domain::{Breakdown, CountingUnit, Message, RoundKind};

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
        for record in self.review_records().await? {
            let review = record.review.code;
            for one in &record.recommendations {
                if one.recommending.is_empty() {
                    found(
                        Message::new("check-without-states")
                            .with("review", review)
                            .with("paragraph", &one.paragraph),
                    );
                }
            }
            for round in &record.rounds {
                let about = |key| {
                    Message::new(key)
                        .with("review", review)
                        .with("round", &round.round.slug)
                };
                let scale = &round.round.scale;
                let known = |status: &str| scale.status(status).is_some();
                if !round
                    .assessments
                    .values()
                    .all(|assessment| known(&assessment.status))
                    || !round.totals.iter().all(|total| known(&total.status))
                {
                    found(about("check-unknown-status"));
                }
                if let Some(hash) = &round.round.content_hash
                    && *hash != round.content_hash(&record)
                {
                    found(about("check-round-altered"));
                }
                let counts = match round.round.kind {
                    RoundKind::Itemised => Breakdown::count(
                        scale,
                        record.list(Some(round)),
                        None,
                        CountingUnit::Recommendations,
                    ),
                    RoundKind::ReportedTotals => Breakdown::reported(scale, &round.totals, None),
                };
                if counts.total.received() != counts.total.assessed() + counts.total.not_assessed()
                {
                    found(about("check-counts"));
                }
            }
        }
        Ok(findings)
    }
}
