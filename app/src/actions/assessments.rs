//! Saving assessments.

use super::{ActionError, guard, settle};
use crate::address;
use crate::components::text_field::{with_line_ends_of, with_stored_line_ends};
use crate::failure::Failure;
use crate::islands::evidence_rows::EvidenceFields;
use crate::notice::Notice;
use crate::request::Visitor;
use crate::site::Site;
use data::domain::{
    Action, Assessment, Confidence, Evidence, EvidenceKind, Message, Paragraph, Queue, ReviewCode,
    ReviewRecord,
};
use data::store::{Account, DraftForm, DraftReason, Error, Save};
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
    async fn into_save(self, site: &Site) -> Result<Option<Save>, Failure> {
        let Some((review, paragraph)) = place(&self.review, &self.paragraph) else {
            return Ok(None);
        };
        let rationale = match found(site, review, &self.round, &paragraph).await {
            Ok((record, _, recommendation)) => {
                let round = record.round(&self.round);
                let saved = round.and_then(|round| round.assessments.get(&recommendation));
                let saved = saved.map_or("", |saved| saved.rationale.as_str());
                with_line_ends_of(saved, &self.rationale)
            }
            // Saving says what is missing, in its own order of checks.
            Err(Failure::NotFound) => with_line_ends_of("", &self.rationale),
            Err(failure) => return Err(failure),
        };
        Ok(Some(Save {
            review,
            round: self.round,
            paragraph,
            version: self.version,
            status: self.status,
            rationale,
            confidence: Confidence::parse(&self.confidence),
            cites: self.cites,
            evidence: self.evidence.into_iter().filter_map(evidence_of).collect(),
        }))
    }
}

/// What of the form's choices is none that it offers, if anything: what would pass.
fn unreadable(typed: &Typed) -> Option<Message> {
    if !typed.confidence.is_empty() && Confidence::parse(&typed.confidence).is_none() {
        let levels = Confidence::ALL.map(Confidence::code).join(", ");
        return Some(Message::new("assessment-confidence-unknown").with("known", levels));
    }
    let rows = typed.evidence.iter().filter(|row| is_filled(row));
    let unknown = (1..)
        .zip(rows)
        .find(|(_, row)| !row.kind.is_empty() && EvidenceKind::parse(&row.kind).is_none());
    unknown.map(|(number, _)| kind_unknown().with("number", number))
}

/// Evidence of a kind that there is not.
pub(super) fn kind_unknown() -> Message {
    let kinds = EvidenceKind::ALL.map(EvidenceKind::code).join(", ");
    Message::new("evidence-kind-unknown").with("known", kinds)
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
/// browser knows that this is its answer; `known` is the box that says that evidence of a record's address
/// is another part of that source.
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
    #[server(default)] over: String,
    #[server(default)] known: String,
) -> Result<(), ActionError> {
    let back = form_address(&review, &round, &paragraph, &queue);
    let form = DraftForm {
        number: form,
        over,
        join: false,
        of_known_address: known == "yes",
    };
    let answer = vec![("form".to_owned(), form.number.clone())];
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
        let fault = unreadable(&typed);
        let save = typed.into_save(&site).await?.ok_or(Failure::NotFound)?;
        save_or_keep(&site, &account, &save, &form, fault).await?;
        let to = if then == "next" {
            next_in_queue(&site, &account, &save, &queue).await?
        } else {
            back.clone()
        };
        let done = Message::new("assessment-saved").with("paragraph", &save.paragraph);
        Ok((to, Some(Notice::done(&done).with_typed(answer.clone()))))
    };
    let outcome = outcome.await;
    let answer = answered(&outcome, answer);
    settle(outcome, &back, answer)
}

/// What the browser is told of the form it sent. What was neither saved nor kept here is not answered: the
/// browser holds it, and hands it over later.
fn answered<T>(
    outcome: &Result<T, Failure>,
    answer: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let closed = |message: &Message| message.key.starts_with("round-");
    match outcome {
        Err(
            Failure::SignInFirst
            | Failure::Forbidden(_)
            | Failure::Internal
            | Failure::Busy
            | Failure::Overloaded
            | Failure::Full
            | Failure::Unavailable,
        ) => Vec::new(),
        Err(Failure::Refused(message)) if closed(message) => Vec::new(),
        _ => answer,
    }
}

/// Keeps what is typed, without saving it: sent by the browser while somebody types, or by the button
/// that says so. `join` puts it beside what the same person typed in another form, `over` is the form of
/// the draft that this one was filled with.
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
    #[server(default)] over: String,
    #[server(default)] join: String,
) -> Result<(), ActionError> {
    let back = form_address(&review, &round, &paragraph, &queue);
    let form = DraftForm {
        number: form,
        over,
        // The button is pressed by somebody who cannot be asked.
        join: join == "yes" || super::wants_html(),
        of_known_address: true,
    };
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
        let save = typed.into_save(&site).await?.ok_or(Failure::NotFound)?;
        let kept = site
            .store
            .keep_from(account.id, &save, &DraftReason::Typed, &form)
            .await?;
        let said = if kept {
            "draft-kept-notice"
        } else {
            "draft-nothing-notice"
        };
        let done = Notice::done(&Message::new(said));
        let answer = vec![("form".to_owned(), form.number.clone())];
        Ok((kept, (back.clone(), Some(done.with_typed(answer)))))
    };
    let outcome: Result<(bool, _), Failure> = outcome.await;
    if let (Ok((kept, _)), false) = (&outcome, super::wants_html()) {
        if let (false, Some(options)) = (kept, use_context::<leptos_axum::ResponseOptions>()) {
            options.set_status(axum::http::StatusCode::NO_CONTENT);
        }
        return Ok(());
    }
    settle(outcome.map(|(_, done)| done), &back, Vec::new())
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
/// or `both` for texts and evidence. The fields are what the form shows; `version` is the one that was
/// shown beside them.
#[server(endpoint = "resolve-conflict")]
#[allow(clippy::too_many_arguments)] // One per field of the form.
pub async fn resolve_conflict(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] paragraph: String,
    #[server(default)] version: i64,
    #[server(default)] status: String,
    #[server(default)] rationale: String,
    #[server(default)] confidence: String,
    #[server(default)] cites: Vec<i64>,
    #[server(default)] evidence: Vec<EvidenceFields>,
    #[server(default)] take_status: String,
    #[server(default)] take_rationale: String,
    #[server(default)] take_confidence: String,
    #[server(default)] take_evidence: String,
    #[server(default)] then: String,
    #[server(default)] queue: String,
    #[server(default)] form: String,
    #[server(default)] over: String,
    #[server(default)] known: String,
) -> Result<(), ActionError> {
    let back = form_address(&review, &round, &paragraph, &queue);
    let form = DraftForm {
        number: form,
        over,
        join: false,
        of_known_address: known == "yes",
    };
    let answer = vec![("form".to_owned(), form.number.clone())];
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
        let fault = unreadable(&typed);
        let mine = typed.into_save(&site).await?.ok_or(Failure::NotFound)?;
        let (record, _, recommendation) =
            found(&site, mine.review, &mine.round, &mine.paragraph).await?;
        let theirs = record
            .round(&mine.round)
            .and_then(|of| of.assessments.get(&recommendation));
        let taken = Taken {
            status: take_status,
            rationale: take_rationale,
            confidence: take_confidence,
            evidence: take_evidence,
        };
        if !taken.is_complete() {
            let store = &site.store;
            store
                .keep_from(account.id, &mine, &DraftReason::Conflict, &form)
                .await?;
            return Err(Message::new("conflict-unchosen").into());
        }
        let save = match theirs {
            Some(theirs) => taken.between(theirs, mine),
            None => mine,
        };
        save_or_keep(&site, &account, &save, &form, fault).await?;
        let to = if then == "next" {
            next_in_queue(&site, &account, &save, &queue).await?
        } else {
            back.clone()
        };
        let done = Message::new("assessment-saved").with("paragraph", &save.paragraph);
        Ok((to, Some(Notice::done(&done).with_typed(answer.clone()))))
    };
    let outcome = outcome.await;
    let answer = answered(&outcome, answer);
    settle(outcome, &back, answer)
}

/// Whose of each field is taken.
struct Taken {
    status: String,
    rationale: String,
    confidence: String,
    evidence: String,
}

impl Taken {
    /// Whether a choice was made in every field.
    fn is_complete(&self) -> bool {
        let either = |choice: &String| ["theirs", "mine"].contains(&choice.as_str());
        let any = |choice: &String| either(choice) || choice == "both";
        either(&self.status)
            && any(&self.rationale)
            && either(&self.confidence)
            && any(&self.evidence)
    }

    /// What is to be saved.
    fn between(&self, theirs: &Assessment, mine: Save) -> Save {
        let mut save = mine;
        if self.status == "theirs" {
            save.status.clone_from(&theirs.status);
        }
        match self.rationale.as_str() {
            "theirs" => save.rationale.clone_from(&theirs.rationale),
            "both" => save.rationale = format!("{}\n\n{}", theirs.rationale, save.rationale),
            _ => {}
        }
        if self.confidence == "theirs" {
            save.confidence = theirs.confidence;
        }
        match self.evidence.as_str() {
            "theirs" => {
                save.cites.clear();
                save.evidence.clone_from(&theirs.evidence);
            }
            "both" => save.evidence = [theirs.evidence.as_slice(), &save.evidence].concat(),
            _ => {}
        }
        save
    }
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

/// Saves what a form says, or keeps it as a draft with the reason; `fault` is one that was found already.
async fn save_or_keep(
    site: &Site,
    account: &Account,
    save: &Save,
    form: &DraftForm,
    fault: Option<Message>,
) -> Result<(), Failure> {
    let store = &site.store;
    let saved = if let Some(fault) = fault {
        Err(fault.into())
    } else {
        let actor = Visitor::actor(account);
        store.save_from(&actor, account.id, save, form).await
    };
    let Err(error) = saved else {
        return Ok(());
    };
    let reason = match &error {
        Error::Conflict(_) => DraftReason::Conflict,
        Error::Refused(message) => DraftReason::refused(message),
        _ => return Err(error.into()),
    };
    match store.keep_from(account.id, save, &reason, form).await {
        // There is no recommendation that it could be kept for.
        Ok(_) | Err(Error::NotFound) => Err(error.into()),
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

/// Whether anything that matters of a row is filled in.
fn is_filled(fields: &EvidenceFields) -> bool {
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
    told.into_iter().any(filled)
}

/// The fields of one piece of evidence; none if all that matters is empty.
pub(super) fn evidence_of(fields: EvidenceFields) -> Option<Evidence> {
    if !is_filled(&fields) {
        return None;
    }
    let text = |text: &str| with_stored_line_ends(text.trim());
    let optional = |given: String| Some(text(&given)).filter(|text| !text.is_empty());
    Some(Evidence {
        title: text(&fields.title),
        source: text(&fields.source),
        publisher: optional(fields.publisher),
        date: optional(fields.date),
        kind: EvidenceKind::parse(&fields.kind).unwrap_or(EvidenceKind::Independent),
        note: optional(fields.note),
        language: optional(fields.language),
        archived: optional(fields.archived),
    })
}
