//! A reviewer chooses which of the claims about a State's response counts, against the usual order, and says why.

use crate::domain::{ChosenPosition, Paragraph, ReviewCode, refusals};
use crate::store::read_model::review_records;
use crate::store::recommendations;
use crate::store::{Actor, Error, Store, without_nul};

refusals! {
    /// Why a choice between claims is not saved.
    pub enum ClaimRefusal {
        /// The reason is missing.
        ReasonMissing => "claim-reason-missing",
        /// The reason is too long.
        ReasonTooLong { max: usize } => "claim-reason-too-long",
        /// The recommendation has no such claim, or no longer.
        Gone => "claim-gone",
        /// The claim counts anyway.
        CountsAnyway => "claim-counts-anyway",
    }
}

impl Store {
    /// Makes one claim of a recommendation count, or takes such a choice back: then the usual order decides.
    pub async fn choose_position(
        &self,
        actor: &Actor,
        review: ReviewCode,
        paragraph: &Paragraph,
        chosen: Option<ChosenPosition>,
    ) -> Result<(), Error> {
        let chosen = chosen.map(checked).transpose()?;
        let mut change = self.begin(actor).await?;
        let review = review_records::find_review(&change.tx, review)
            .await?
            .ok_or(Error::NotFound)?;
        let before = review_records::recommendations(&change.tx, review.id)
            .await?
            .into_iter()
            .find(|one| one.paragraph == *paragraph)
            .ok_or(Error::NotFound)?;
        let mut after = before.clone();
        after.chosen_position = None;
        after.order_positions();
        if let Some(chosen) = chosen {
            if !after.positions.iter().any(|claim| chosen.is(claim)) {
                return Err(ClaimRefusal::Gone.into());
            }
            if after.positions.last().is_some_and(|claim| chosen.is(claim)) {
                return Err(ClaimRefusal::CountsAnyway.into());
            }
            after.chosen_position = Some(chosen);
            after.order_positions();
        }
        if after == before {
            return Ok(());
        }
        recommendations::update(&mut change, &review, &[(before, after)]).await?;
        change.commit().await
    }
}

fn checked(chosen: ChosenPosition) -> Result<ChosenPosition, ClaimRefusal> {
    let reason = without_nul(&chosen.reason).trim().to_owned();
    if reason.is_empty() {
        return Err(ClaimRefusal::ReasonMissing);
    }
    if reason.chars().count() > ChosenPosition::REASON_MAX {
        return Err(ClaimRefusal::ReasonTooLong {
            max: ChosenPosition::REASON_MAX,
        });
    }
    Ok(ChosenPosition { reason, ..chosen })
}
