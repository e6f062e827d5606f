//! Is everything in the database as it must be?

mod corrections;
mod figures;
mod rows;

use super::{BrokenAt, Error, Store};
use crate::domain::{Breakdown, Message, ReviewRecord, RoundKind, RoundRecord, Scale};
use crate::store::history::{replay, triggers};
use crate::store::people::accounts;
use crate::store::read_model::review_records;
use crate::store::read_model::scales;
use sea_orm::ConnectionTrait;

/// Something that is not as it must be, or could not be checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding(pub Message);

impl Store {
    /// Checks the history, and by it everything that it tells of; scales, rounds and counts, and that
    /// the read model counts what the tables hold. What is wrong, nothing if all is well.
    ///
    /// Lists are compared with the tables under some filters, which ones depends on the history's last
    /// number.
    pub async fn check(&self) -> Result<Vec<Finding>, Error> {
        let (revision, _) = self.revision().await?;
        self.check_by(revision.unsigned_abs()).await
    }

    /// The same with the filters of a seed.
    pub async fn check_by(&self, seed: u64) -> Result<Vec<Finding>, Error> {
        // Read now and compared at the end: what others write meanwhile is taken in as the program that
        // serves takes it in.
        self.corpus().await?;
        let mut findings = Vec::new();
        let mut found = |message: Message| findings.push(Finding(message));
        if let Err(broken) = self.verify_history().await? {
            found(Message::new("check-history-broken").with("entry", broken.id));
        }
        let scales = self.scales().await?;
        for scale in &scales {
            if scale.check().is_err() {
                found(Message::new("check-scale-unsound").with("scale", &scale.code));
            }
        }
        // Read anew, not from memory: what was changed behind the history's back is looked for.
        let snapshot = self.snapshot().await?;
        findings.extend(Self::check_recorded(&snapshot, &scales).await?);
        snapshot.rollback().await?;
        let listing = self.listing().await?;
        for part in listing.corpus.parts() {
            let headline = part.standing.headline.as_ref().map(|(round, _)| round);
            let mut counted = part.round.iter().chain(headline);
            if let Some(round) = counted.find(|round| round.is_former()) {
                let counted = Message::new("check-round-counted")
                    .with("review", part.review.code)
                    .with("round", &round.slug);
                findings.push(Finding(counted));
            }
        }
        let differences = figures::differences(&listing, seed).await?;
        findings.extend(differences.into_iter().map(Finding));
        listing.close().await?;
        Ok(findings)
    }

    /// Whether a transaction sees an unbroken history, and what it tells of: what a restored backup has
    /// to pass. What the read model makes of it is not looked at.
    pub(super) async fn check_history(db: &impl ConnectionTrait) -> Result<Vec<Finding>, Error> {
        let mut findings = Self::check_chain(db).await?;
        findings.extend(Self::check_rows(db).await?);
        Ok(findings)
    }

    /// Whether the entries of the history fit together.
    pub(super) async fn check_chain(db: &impl ConnectionTrait) -> Result<Vec<Finding>, Error> {
        let broken = |broken: BrokenAt| {
            Finding(Message::new("check-history-broken").with("entry", broken.id))
        };
        let verified = Self::verify_history_in(db).await?;
        Ok(verified.err().map(broken).into_iter().collect())
    }

    /// Whether all rows are what the history tells.
    pub(super) async fn check_rows(db: &impl ConnectionTrait) -> Result<Vec<Finding>, Error> {
        let scales = scales::all(db).await?;
        Self::check_recorded(db, &scales).await
    }

    /// Replays the history and compares every row with it.
    async fn check_recorded(
        snapshot: &impl ConnectionTrait,
        scales: &[Scale],
    ) -> Result<Vec<Finding>, Error> {
        let mut findings = Vec::new();
        let mut found = |message: Message| findings.push(Finding(message));
        let mut told = replay::replay(snapshot).await?;
        for scale in told.altered_scales(scales) {
            found(Message::new("check-scale-altered").with("scale", scale));
        }
        for name in told.altered_accounts(&accounts::all(snapshot).await?) {
            found(Message::new("check-account-altered").with("name", name));
        }
        let counted = figures::rounds(snapshot).await?;
        let written_down = figures::written_down(snapshot).await?;
        let (versions, replayed) = (&told.versions, &mut told.reviews);
        for review in review_records::reviews(snapshot).await? {
            let record = review_records::load(snapshot, review.code).await?;
            let code = review.code;
            let told = replayed.remove(&code.to_string()).unwrap_or_default();
            for one in &record.recommendations {
                if !one.has_positions_in_order() {
                    found(
                        Message::new("check-claim-order")
                            .with("review", code)
                            .with("paragraph", &one.paragraph),
                    );
                }
                if one.recommending.is_empty() {
                    found(
                        Message::new("check-without-states")
                            .with("review", code)
                            .with("paragraph", &one.paragraph),
                    );
                }
            }
            for round in record.all_rounds() {
                let published = told.published(&round.round.slug);
                let stored = counted.get(&round.round.id);
                let mut wrong = wrong_with(&record, round, published);
                // Where it is missing, what is known now would be counted as if it had been known then.
                let missing = round.round.is_published()
                    && round.round.kind == RoundKind::Itemised
                    && written_down.get(&round.round.id).copied().unwrap_or(0)
                        != round.assessments.len() as u64;
                if missing && !wrong.contains(&"check-round-altered") {
                    wrong.push("check-round-altered");
                }
                if round.round.kind == RoundKind::Itemised
                    && figures::of_round(&record, round) != stored.cloned().unwrap_or_default()
                {
                    wrong.push("check-round-figures");
                }
                for key in wrong {
                    found(
                        Message::new(key)
                            .with("review", code)
                            .with("round", &round.round.slug),
                    );
                }
            }
            for (key, round) in corrections::unsound(&record) {
                found(Message::new(key).with("review", code).with("round", round));
            }
            for (round, paragraph) in versions.altered(&record) {
                found(
                    Message::new("check-assessment-altered")
                        .with("review", code)
                        .with("round", round)
                        .with("paragraph", paragraph),
                );
            }
            for altered in told.compare(&record) {
                let message = Message::new(altered.key).with("review", code);
                let message = match altered.round {
                    Some(round) => message.with("round", round),
                    None => message,
                };
                found(match altered.paragraph {
                    Some(paragraph) => message.with("paragraph", paragraph),
                    None => message,
                });
            }
        }
        for review in replayed.keys() {
            found(Message::new("check-review-missing").with("review", review));
        }
        for table in told.seals.altered(snapshot).await? {
            found(Message::new("check-table-altered").with("table", table));
        }
        for (entry, table) in &told.seals.broken {
            found(
                Message::new("check-table-altered-before")
                    .with("table", table)
                    .with("entry", entry),
            );
        }
        for trigger in triggers::all(snapshot).await? {
            found(Message::new("check-trigger").with("name", trigger));
        }
        for unsound in rows::unsound(snapshot).await? {
            found(unsound);
        }
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
    let all = match round.round.kind {
        RoundKind::Itemised if round.round.is_published() => round.assessments.len() as u64,
        RoundKind::Itemised => record.recommendations.len() as u64,
        RoundKind::ReportedTotals => round.totals.iter().map(|cell| u64::from(cell.count)).sum(),
    };
    if Breakdown::of_round(record, round).total.received() != all {
        wrong.push("check-counts");
    }
    wrong
}
