//! Saving assessments.

use super::{ActionError, guard, settle};
use crate::address;
use crate::failure::Failure;
use crate::islands::evidence_rows::EvidenceFields;
use crate::notice::Notice;
use crate::request::Visitor;
use crate::site::Site;
use data::domain::{
    Action, Confidence, Evidence, EvidenceKind, Message, Paragraph, Queue, ReviewCode, ReviewRecord,
};
use data::store::{Account, DraftReason, Error, Save};
use leptos::prelude::*;

/// The fields of the form that assesses, as they are sent.
struct Typed {
    review: String,
    round: String,
    paragraph: String,
    version: i64,
    status: String,
    rationale: String,
    confidence: String,
    cites: Vec<i64>,
    evidence: Vec<EvidenceFields>,
}

impl Typed {
    /// What is to be saved; none where the place makes no sense.
    fn into_save(self) -> Option<Save> {
        let (review, paragraph) = place(&self.review, &self.paragraph)?;
        Some(Save {
            review,
            round: self.round,
            paragraph,
            version: self.version,
            status: self.status,
            // Browsers send line ends as CR LF; what is stored has LF.
            rationale: self.rationale.replace("\r\n", "\n"),
            confidence: Confidence::parse(&self.confidence),
            cites: self.cites,
            evidence: self.evidence.into_iter().filter_map(evidence_of).collect(),
        })
    }
}

/// The form of a place, in the queue that it was reached in.
fn form_address(review: &str, round: &str, paragraph: &str, queue: &str) -> String {
    match place(review, paragraph) {
        Some((code, paragraph)) => {
            let (filter, _) = data::domain::Filter::parse(queue);
            let (queue, _) = Queue::new(filter, queue);
            address::assess_in(code, round, &paragraph, &queue)
        }
        None => "/assess".to_owned(),
    }
}

/// Saves an assessment. What cannot be saved, because somebody else was quicker or because it does not
/// fit, is kept as a draft and shown again on the form. `form` is the number of the form, by which its
/// browser knows that this is its answer.
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
    #[server(default)] cites: Vec<i64>,
    #[server(default)] evidence: Vec<EvidenceFields>,
    #[server(default)] then: String,
    #[server(default)] queue: String,
    #[server(default)] form: String,
) -> Result<(), ActionError> {
    let back = form_address(&review, &round, &paragraph, &queue);
    let answer = vec![("form".to_owned(), form)];
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let typed = Typed {
            review,
            round,
            paragraph,
            version,
            status,
            rationale,
            confidence,
            cites,
            evidence,
        };
        let save = typed.into_save().ok_or(Failure::NotFound)?;
        save_or_keep(&site, &account, &save).await?;
        let to = if then == "next" {
            next_in_queue(&site, &account, &save, &queue).await?
        } else {
            back.clone()
        };
        let done = Message::new("assessment-saved").with("paragraph", &save.paragraph);
        Ok((to, Some(Notice::done(&done).with_typed(answer.clone()))))
    };
    let outcome = outcome.await;
    // What was not looked at is not answered: the browser hands it over later.
    let answer = match &outcome {
        Err(Failure::SignInFirst | Failure::Internal) => Vec::new(),
        _ => answer,
    };
    settle(outcome, &back, answer)
}

/// Keeps what is typed, without saving it: sent by the browser while somebody types, or by the button
/// that says so.
#[server(endpoint = "keep-draft")]
#[allow(clippy::too_many_arguments)] // One per field of the form.
pub async fn keep_draft(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] paragraph: String,
    #[server(default)] version: i64,
    #[server(default)] status: String,
    #[server(default)] rationale: String,
    #[server(default)] confidence: String,
    #[server(default)] cites: Vec<i64>,
    #[server(default)] evidence: Vec<EvidenceFields>,
    #[server(default)] queue: String,
    #[server(default)] form: String,
) -> Result<(), ActionError> {
    let back = form_address(&review, &round, &paragraph, &queue);
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let typed = Typed {
            review,
            round,
            paragraph,
            version,
            status,
            rationale,
            confidence,
            cites,
            evidence,
        };
        let save = typed.into_save().ok_or(Failure::NotFound)?;
        site.store
            .keep_draft(account.id, &save, &DraftReason::Typed)
            .await?;
        let done = Notice::done(&Message::new("draft-kept-notice"));
        let answer = vec![("form".to_owned(), form)];
        Ok((back.clone(), Some(done.with_typed(answer))))
    };
    let outcome = outcome.await;
    if outcome.is_ok() && !super::wants_html() {
        return Ok(());
    }
    settle(outcome, &back, Vec::new())
}

/// Gives up what was typed.
#[server(endpoint = "discard-draft")]
pub async fn discard_draft(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] paragraph: String,
    #[server(default)] queue: String,
) -> Result<(), ActionError> {
    let back = form_address(&review, &round, &paragraph, &queue);
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let (code, paragraph) = place(&review, &paragraph).ok_or(Failure::NotFound)?;
        let (_, round, recommendation) = found(&site, code, &round, &paragraph).await?;
        site.store
            .discard_draft(account.id, round, recommendation)
            .await?;
        Ok((back.clone(), None))
    };
    let outcome = outcome.await;
    settle(outcome, "/assess", Vec::new())
}

/// Saves a choice between what somebody else saved and what one typed, field by field: `theirs`, `mine`,
/// or `both` for texts and evidence. `version` is the one that was shown.
#[server(endpoint = "resolve-conflict")]
#[allow(clippy::too_many_arguments)] // One per field of the form.
pub async fn resolve_conflict(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] paragraph: String,
    #[server(default)] version: i64,
    #[server(default)] take_status: String,
    #[server(default)] take_rationale: String,
    #[server(default)] take_confidence: String,
    #[server(default)] take_evidence: String,
    #[server(default)] queue: String,
) -> Result<(), ActionError> {
    let back = form_address(&review, &round, &paragraph, &queue);
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let (code, paragraph) = place(&review, &paragraph).ok_or(Failure::NotFound)?;
        let (record, round_id, recommendation) = found(&site, code, &round, &paragraph).await?;
        let mine = site
            .store
            .draft(account.id, round_id, recommendation)
            .await?
            .ok_or(Failure::NotFound)?
            .content;
        let theirs = record
            .round(&round)
            .and_then(|of| of.assessments.get(&recommendation));
        let theirs = theirs.unwrap_or(&mine);
        let (rationale, evidence) = (
            match take_rationale.as_str() {
                "theirs" => theirs.rationale.clone(),
                "both" => format!("{}\n\n{}", theirs.rationale, mine.rationale),
                _ => mine.rationale.clone(),
            },
            match take_evidence.as_str() {
                "theirs" => theirs.evidence.clone(),
                "both" => [theirs.evidence.as_slice(), mine.evidence.as_slice()].concat(),
                _ => mine.evidence.clone(),
            },
        );
        let save = Save {
            review: code,
            round,
            paragraph,
            version,
            status: if take_status == "theirs" {
                theirs.status.clone()
            } else {
                mine.status.clone()
            },
            rationale,
            confidence: if take_confidence == "theirs" {
                theirs.confidence
            } else {
                mine.confidence
            },
            cites: Vec::new(),
            evidence,
        };
        save_or_keep(&site, &account, &save).await?;
        let done = Message::new("assessment-saved").with("paragraph", &save.paragraph);
        Ok((back.clone(), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}

/// Puts an assessment back to what an entry of the history says. `version` is the one that was seen.
#[server(endpoint = "restore-assessment")]
pub async fn restore_assessment(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] paragraph: String,
    #[server(default)] version: i64,
    #[server(default)] entry: i64,
) -> Result<(), ActionError> {
    let place = place(&review, &paragraph);
    let back = place.as_ref().map_or_else(
        || "/assess".to_owned(),
        |(code, one)| address::recommendation(*code, one),
    );
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let (code, paragraph) = place.ok_or(Failure::NotFound)?;
        let actor = Visitor::actor(&account);
        site.store
            .restore_assessment(&actor, code, &round, &paragraph, version, entry)
            .await?;
        let done = Message::new("assessment-restored").with("paragraph", &paragraph);
        Ok((back.clone(), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}

/// The review, and the rows of a round and a recommendation in it.
async fn found(
    site: &Site,
    code: ReviewCode,
    round: &str,
    paragraph: &Paragraph,
) -> Result<(std::sync::Arc<ReviewRecord>, i64, i64), Failure> {
    let record = site.store.review_record(code).await?;
    let of_round = record.round(round).ok_or(Failure::NotFound)?.round.id;
    let recommendation = record
        .recommendations
        .iter()
        .find(|one| one.paragraph == *paragraph)
        .ok_or(Failure::NotFound)?
        .id;
    Ok((record, of_round, recommendation))
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

/// The form of what comes next in a queue; its list if nothing does.
async fn next_in_queue(
    site: &Site,
    account: &Account,
    save: &Save,
    queue: &str,
) -> Result<String, Failure> {
    let record = site.store.review_record(save.review).await?;
    let round = record.round(&save.round).ok_or(Failure::NotFound)?;
    let drafts = site.store.drafts_of(account.id, round.round.id).await?;
    let (queue, _) = crate::queue_query::read(queue, &record, &save.round);
    let here = record
        .recommendations
        .iter()
        .find(|one| one.paragraph == save.paragraph)
        .map(|one| one.id);
    let rows = queue.filtered(&record, round);
    Ok(match queue.next(&rows, &drafts, here) {
        Some(next) => address::assess_in(
            save.review,
            &save.round,
            &next.recommendation.paragraph,
            &queue,
        ),
        None => address::queue(save.review, &save.round, &queue),
    })
}

/// The fields of one piece of evidence; none if all that matters is empty.
pub(super) fn evidence_of(fields: EvidenceFields) -> Option<Evidence> {
    let filled = |text: &String| !text.trim().is_empty();
    let told = [
        &fields.title,
        &fields.source,
        &fields.publisher,
        &fields.date,
        &fields.note,
        &fields.language,
        &fields.archived,
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
        language: optional(fields.language),
        archived: optional(fields.archived),
    })
}
