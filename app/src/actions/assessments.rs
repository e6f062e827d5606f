//! Saving assessments.

use super::{ActionError, guard, settle};
use crate::address;
use crate::failure::Failure;
use crate::islands::evidence_rows::EvidenceFields;
use crate::notice::Notice;
use crate::request::Visitor;
use crate::site::Site;
use data::domain::{
    Action, Confidence, Evidence, EvidenceKind, Message, Paragraph, ReviewCode, RoundRecord,
};
use data::store::{Account, DraftReason, Error, Save};
use leptos::prelude::*;

/// Saves an assessment. What cannot be saved, because somebody else was quicker or because it does not
/// fit, is kept as a draft and shown again on the form.
#[server(endpoint = "save-assessment")]
#[allow(clippy::too_many_arguments)] // One per field of the form.
pub async fn save_assessment(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] paragraph: String,
    #[server(default)] version: i64,
    #[server(default)] status: String,
    #[server(default)] rationale: String,
    #[server(default)] confidence: String,
    #[server(default)] evidence: Vec<EvidenceFields>,
    #[server(default)] then: String,
) -> Result<(), ActionError> {
    let place = place(&review, &paragraph);
    let back = place.as_ref().map_or_else(
        || "/assess".to_owned(),
        |(code, one)| address::assess(*code, &round, one),
    );
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let (review, paragraph) = place.ok_or(Failure::NotFound)?;
        let save = Save {
            review,
            round,
            paragraph,
            version,
            status,
            // Browsers send line ends as CR LF; what is stored has LF.
            rationale: rationale.replace("\r\n", "\n"),
            confidence: Confidence::parse(&confidence),
            evidence: evidence.into_iter().filter_map(evidence_of).collect(),
        };
        save_or_keep(&site, &account, &save).await?;
        let to = if then == "next" {
            next_unassessed(&site, &save).await?
        } else {
            address::assess(save.review, &save.round, &save.paragraph)
        };
        let done = Message::new("assessment-saved").with("paragraph", &save.paragraph);
        Ok((to, Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}

/// Gives up what could not be saved.
#[server(endpoint = "discard-draft")]
pub async fn discard_draft(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] paragraph: String,
) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let (code, paragraph) = place(&review, &paragraph).ok_or(Failure::NotFound)?;
        let record = site.store.review_record(code).await?;
        let of_round = record.round(&round).ok_or(Failure::NotFound)?;
        let recommendation = record
            .recommendations
            .iter()
            .find(|one| one.paragraph == paragraph)
            .ok_or(Failure::NotFound)?;
        site.store
            .discard_draft(account.id, of_round.round.id, recommendation.id)
            .await?;
        Ok((address::assess(code, &round, &paragraph), None))
    };
    let outcome = outcome.await;
    settle(outcome, "/assess", Vec::new())
}

fn place(review: &str, paragraph: &str) -> Option<(ReviewCode, Paragraph)> {
    Some((
        ReviewCode::parse(review)?,
        Paragraph::parse(paragraph).ok()?,
    ))
}

async fn save_or_keep(site: &Site, account: &Account, save: &Save) -> Result<(), Failure> {
    let actor = Visitor::actor(account);
    let Err(error) = site
        .store
        .save_assessment(&actor, Some(account.id), save)
        .await
    else {
        return Ok(());
    };
    let reason = match &error {
        Error::Conflict(_) => DraftReason::Conflict,
        Error::Refused(message) => DraftReason::refused(message),
        _ => return Err(error.into()),
    };
    match site.store.keep_draft(account.id, save, &reason).await {
        // There is no recommendation that it could be kept for.
        Ok(()) | Err(Error::NotFound) => Err(error.into()),
        Err(failed) => Err(failed.into()),
    }
}

/// The form of the next recommendation that nobody has assessed, going round from the present one; the
/// worklist if there is none.
async fn next_unassessed(site: &Site, save: &Save) -> Result<String, Failure> {
    let record = site.store.review_record(save.review).await?;
    let round: &RoundRecord = record.round(&save.round).ok_or(Failure::NotFound)?;
    let (before, after): (Vec<_>, Vec<_>) = record
        .recommendations
        .iter()
        .filter(|one| !round.assessments.contains_key(&one.id))
        .partition(|one| one.paragraph < save.paragraph);
    Ok(
        match after
            .iter()
            .chain(&before)
            .find(|one| one.paragraph != save.paragraph)
        {
            Some(next) => address::assess(save.review, &save.round, &next.paragraph),
            None => address::worklist(save.review, &save.round),
        },
    )
}

/// The fields of one piece of evidence; none if all that matters is empty.
fn evidence_of(fields: EvidenceFields) -> Option<Evidence> {
    let filled = |text: &String| !text.trim().is_empty();
    let told = [
        &fields.title,
        &fields.source,
        &fields.publisher,
        &fields.date,
        &fields.note,
    ];
    if !told.into_iter().any(filled) {
        return None;
    }
    let optional = |text: String| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    Some(Evidence {
        title: fields.title.trim().to_owned(),
        source: fields.source.trim().to_owned(),
        publisher: optional(fields.publisher),
        date: optional(fields.date),
        kind: EvidenceKind::parse(&fields.kind).unwrap_or(EvidenceKind::Independent),
        note: optional(fields.note),
    })
}
