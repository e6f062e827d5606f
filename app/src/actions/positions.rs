//! Choosing which claim about a State's response counts.

use super::{ActionError, guard, settle};
use crate::components::recommendation::claim_key;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::request::Visitor;
use data::domain::{Action, ChosenPosition, Message, Object, Paragraph, ReviewCode};
use data::store::ClaimRefusal;
use leptos::prelude::*;

/// Makes a claim count, by its key; an empty one takes the choice back.
#[server(endpoint = "choose-position")]
pub async fn choose_position(
    #[server(default)] review: String,
    #[server(default)] paragraph: String,
    #[server(default)] claim: String,
    #[server(default)] reason: String,
) -> Result<(), ActionError> {
    let place = ReviewCode::parse(&review).zip(Paragraph::parse(&paragraph).ok());
    let back = place.as_ref().map_or_else(
        || paths::localize("/reviews"),
        |(code, paragraph)| paths::recommendation(*code, paragraph),
    );
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::of_review(&review)).await?;
        let (code, paragraph) = place.ok_or(Failure::NotFound)?;
        let chosen = if claim.is_empty() {
            None
        } else {
            let record = site.store.review_record(code).await?;
            let mut all = record.recommendations.iter();
            let one = all.find(|one| one.paragraph == paragraph);
            let claims = one.map(|one| one.positions.as_slice()).unwrap_or_default();
            let found = claims.iter().find(|known| claim_key(known) == claim);
            let found = found.ok_or_else(|| ClaimRefusal::Gone.message())?;
            Some(ChosenPosition {
                class: found.class,
                source: found.source.clone(),
                source_paragraph: found.source_paragraph.clone(),
                reason,
            })
        };
        let done = Message::new(if chosen.is_some() {
            "claim-chosen-done"
        } else {
            "claim-choice-undone"
        });
        site.store
            .choose_position(&Visitor::actor(&account), code, &paragraph, chosen)
            .await?;
        Ok((back.clone(), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}
