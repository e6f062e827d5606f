//! Saving assessments.

use super::{ActionError, guard, settle};
use crate::components::evidence_fields::EvidenceFields;
use crate::components::workbench::{FIND, looks_for_evidence};
use crate::forms::fields::{Choice, Choices, numbers};
use crate::forms::line_ends::{with_line_ends_of, with_stored_line_ends};
use crate::text::names;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::request::Visitor;
use crate::web::site::Site;
use data::domain::{
    Action, Assessment, Confidence, Evidence, EvidenceKind, Message, Object, Paragraph, Queue,
    ReviewCode, ReviewRecord, Seen,
};
use data::store::{
    Account, AssessmentRefusal, DraftForm, DraftReason, Error, EvidenceRefusal, Refusal, Save,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The form that assesses a recommendation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AssessmentForm {
    review: String,
    round: String,
    paragraph: String,
    /// The version that was on the page.
    version: Seen,
    status: String,
    rationale: String,
    confidence: String,
    #[serde(deserialize_with = "numbers")]
    cites: Vec<i64>,
    evidence: Vec<EvidenceFields>,
    /// `next` to go on to the next form of the queue; `find` to look for evidence; `enter` if a key sent the form.
    then: String,
    /// The query of the queue that it was reached in.
    queue: String,
    /// The number of the form, by which its browser knows that this is its answer.
    form: String,
    /// The number of the form whose draft filled this one.
    over: String,
    /// `yes` to put it beside what the same person typed in another form.
    join: String,
    /// `yes` if evidence of a record's address is another part of that source.
    known: String,
    /// The words of a search for evidence.
    find: String,
}

impl AssessmentForm {
    fn place(&self) -> Option<(ReviewCode, Paragraph)> {
        place(&self.review, &self.paragraph)
    }

    /// The review that it is about, as far as rights go.
    fn object(&self) -> Object<'static> {
        Object::of_review(&self.review)
    }

    /// The page of the form, in its queue.
    fn address(&self) -> String {
        form_address(&self.review, &self.round, &self.paragraph, &self.queue)
    }

    /// True if it is sent to look for evidence: by its button, or by the Enter key in the field of the search.
    fn looks_for_evidence(&self) -> bool {
        looks_for_evidence(&self.then, &self.find)
    }

    /// The page of the form with the evidence that the search finds.
    fn address_of_found(&self) -> String {
        let address = self.address();
        format!(
            "{}#evidence",
            paths::with_parameter(&address, FIND, &self.find)
        )
    }

    fn draft_form(&self) -> DraftForm {
        DraftForm {
            number: self.form.clone(),
            over: self.over.clone(),
            join: false,
            of_known_address: self.known == "yes",
        }
    }

    /// The choice that the page does not offer, if there is one.
    fn fault(&self) -> Option<Refusal> {
        if !self.confidence.is_empty() && Confidence::parse(&self.confidence).is_none() {
            return Some(confidence_unknown());
        }
        let rows = self.evidence.iter().filter(|row| is_filled(row));
        let unknown = (1..)
            .zip(rows)
            .find(|(_, row)| !row.kind.is_empty() && EvidenceKind::parse(&row.kind).is_none());
        unknown.map(|(number, _)| kind_unknown(number))
    }

    /// The saved rationale, if the one of the form has line ends to be compared with it: a text of one line has none,
    /// and a review is long to read.
    async fn saved_rationale(
        &self,
        site: &Site,
        review: ReviewCode,
        paragraph: &Paragraph,
    ) -> Result<String, Failure> {
        if !self.rationale.contains(['\r', '\n']) {
            return Ok(String::new());
        }
        match found(site, review, &self.round, paragraph).await {
            Ok((record, _, recommendation)) => {
                let round = record.round(&self.round);
                let saved = round.and_then(|round| round.assessments.get(&recommendation));
                Ok(saved.map_or_else(String::new, |saved| saved.rationale.clone()))
            }
            // Saving says what is missing, in its own order of checks.
            Err(Failure::NotFound) => Ok(String::new()),
            Err(failure) => Err(failure),
        }
    }

    /// The assessment to save, with the line ends of the saved one.
    async fn into_save(self, site: &Site) -> Result<Save, Failure> {
        let (review, paragraph) = self.place().ok_or(Failure::NotFound)?;
        let version = self.version.version();
        let version = version.ok_or_else(|| Message::new("request-unreadable"))?;
        let saved = self.saved_rationale(site, review, &paragraph).await?;
        let rationale = with_line_ends_of(&saved, &self.rationale);
        Ok(Save {
            review,
            round: self.round,
            paragraph,
            version,
            status: self.status,
            rationale,
            confidence: Confidence::parse(&self.confidence),
            cites: self.cites,
            evidence: self.evidence.into_iter().filter_map(evidence_of).collect(),
        })
    }
}

/// Refuses a level of confidence, naming those that there are.
pub(super) fn confidence_unknown() -> Refusal {
    let known = Confidence::ALL.map(Confidence::code).join(", ");
    AssessmentRefusal::ConfidenceUnknown { known }.into()
}

/// Refuses the kind of a piece of evidence, naming those that there are.
pub(super) fn kind_unknown(number: i64) -> Refusal {
    let known = EvidenceKind::ALL.map(EvidenceKind::code).join(", ");
    EvidenceRefusal::KindUnknown { known, number }.into()
}

/// The form of a place, in the queue that it was reached in.
fn form_address(review: &str, round: &str, paragraph: &str, queue: &str) -> String {
    match place(review, paragraph) {
        Some((code, paragraph)) => {
            let (filter, _) = data::domain::Filter::parse(queue);
            let (queue, _) = Queue::new(filter, queue);
            paths::assess_in(code, round, &paragraph, &queue)
        }
        None => paths::localize("/assess"),
    }
}

/// Saves an assessment. What cannot be saved, because somebody else was quicker or because it does not
/// fit, is kept as a draft and shown again on the form.
#[server(endpoint = "save-assessment")]
pub async fn save_assessment(#[server(flatten)] form: AssessmentForm) -> Result<(), ActionError> {
    if form.looks_for_evidence() {
        return keep(form).await;
    }
    save(form, None).await
}

/// Resolves a conflict: saves, for each field, either the saved value or the one in the form. The form's version is
/// the one that its page compared with.
#[server(endpoint = "resolve-conflict")]
pub async fn resolve_conflict(#[server(flatten)] form: AssessmentForm) -> Result<(), ActionError> {
    if form.looks_for_evidence() {
        return keep(form).await;
    }
    save(form, Some(Choices::sent())).await
}

async fn save(form: AssessmentForm, choices: Option<Choices>) -> Result<(), ActionError> {
    let (back, object) = (form.address(), form.object());
    // By the Enter key as by the first button.
    let goes_on = form.then == "next" || (form.then == "enter" && choices.is_none());
    let queue = form.queue.clone();
    let draft = form.draft_form();
    let answer = vec![("form".to_owned(), draft.number.clone())];
    // Whether the server has it now, be it as a draft. If not, the browser is not answered, and hands it over later.
    let mut is_kept = false;
    let outcome = async {
        let (site, account) = guard(Action::Assess, object).await?;
        let fault = form.fault();
        let mine = form.into_save(&site).await?;
        let save = match &choices {
            Some(choices) => chosen(&site, &account, choices, mine, &draft, &mut is_kept).await?,
            None => mine,
        };
        save_or_keep(&site, &account, &save, &draft, fault, &mut is_kept).await?;
        let to = if goes_on {
            next_in_queue(&site, &account, &save, &queue).await?
        } else {
            back.clone()
        };
        let done = Message::new("assessment-saved")
            .with("paragraph", names::number(save.paragraph.as_str()));
        Ok((to, Some(Notice::done(&done).with_typed(answer.clone()))))
    };
    let outcome = outcome.await;
    let is_answered = is_kept || matches!(outcome, Ok(_) | Err(Failure::NotFound));
    let answer = if is_answered { answer } else { Vec::new() };
    settle(outcome, &back, answer)
}

/// What is to be saved after a conflict; a draft if a choice is missing.
async fn chosen(
    site: &Site,
    account: &Account,
    choices: &Choices,
    mine: Save,
    form: &DraftForm,
    is_kept: &mut bool,
) -> Result<Save, Failure> {
    let (record, _, recommendation) =
        found(site, mine.review, &mine.round, &mine.paragraph).await?;
    let Some(taken) = Taken::of(choices) else {
        let store = &site.store;
        store
            .keep_from(account.id, &mine, &DraftReason::Conflict, form)
            .await?;
        *is_kept = true;
        return Err(Message::new("conflict-unchosen").into());
    };
    let round = record.round(&mine.round);
    let theirs = round.and_then(|round| round.assessments.get(&recommendation));
    Ok(match theirs {
        Some(theirs) if theirs.version == mine.version => taken.between(theirs, mine),
        // Of a version that was on no page nothing is taken: saving says that it changed.
        _ => mine,
    })
}

/// Keeps what is typed, without saving it: sent by the browser while somebody types, or by the button
/// that says so.
#[server(endpoint = "keep-draft")]
pub async fn keep_draft(#[server(flatten)] form: AssessmentForm) -> Result<(), ActionError> {
    keep(form).await
}

async fn keep(form: AssessmentForm) -> Result<(), ActionError> {
    let found = form.looks_for_evidence().then(|| form.address_of_found());
    let (back, object) = (form.address(), form.object());
    let draft = DraftForm {
        // The button is pressed by somebody who cannot be asked.
        join: form.join == "yes" || super::wants_html(),
        of_known_address: true,
        ..form.draft_form()
    };
    let outcome = async {
        let (site, account) = guard(Action::Assess, object).await?;
        let save = form.into_save(&site).await?;
        let kept = site
            .store
            .keep_from(account.id, &save, &DraftReason::Typed, &draft)
            .await?;
        let said = if kept {
            "draft-kept-notice"
        } else {
            "draft-nothing-notice"
        };
        if let Some(found) = found {
            // The page itself says that there is a draft.
            return Ok((kept, (found, None)));
        }
        let done = Notice::done(&Message::new(said));
        let answer = vec![("form".to_owned(), draft.number.clone())];
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
        let object = Object::of_review(&review);
        let (site, account) = guard(Action::Assess, object).await?;
        let (code, paragraph) = place(&review, &paragraph).ok_or(Failure::NotFound)?;
        let (record, id, recommendation) = found(&site, code, &round, &paragraph).await?;
        site.store
            .discard_draft(account.id, id, recommendation)
            .await?;
        // A published round has no forms: its drafts are read and discarded on the recommendation's page.
        let is_published = record
            .any_round(&round)
            .is_some_and(|round| round.round.is_published());
        let to = if is_published {
            paths::recommendation(code, &paragraph)
        } else {
            back.clone()
        };
        Ok((to, None))
    };
    let outcome = outcome.await;
    settle(outcome, &paths::localize("/assess"), Vec::new())
}

/// Whose version of each field is saved.
struct Taken {
    status: Choice,
    rationale: Choice,
    confidence: Choice,
    evidence: Choice,
}

impl Taken {
    /// The choices, if one was made for every field.
    fn of(choices: &Choices) -> Option<Self> {
        // Of two statuses, or levels, only one can be saved.
        let either = |field| choices.of_field(field).filter(|one| *one != Choice::Both);
        Some(Self {
            status: either("status")?,
            rationale: choices.of_field("rationale")?,
            confidence: either("confidence")?,
            evidence: choices.of_field("evidence")?,
        })
    }

    /// What is to be saved.
    fn between(&self, theirs: &Assessment, mine: Save) -> Save {
        let mut save = mine;
        if self.status == Choice::Theirs {
            save.status.clone_from(&theirs.status);
        }
        match self.rationale {
            Choice::Theirs => save.rationale.clone_from(&theirs.rationale),
            Choice::Both => save.rationale = format!("{}\n\n{}", theirs.rationale, save.rationale),
            Choice::Mine => {}
        }
        if self.confidence == Choice::Theirs {
            save.confidence = theirs.confidence;
        }
        match self.evidence {
            Choice::Theirs => {
                save.cites.clear();
                save.evidence.clone_from(&theirs.evidence);
            }
            Choice::Both => save.evidence = [theirs.evidence.as_slice(), &save.evidence].concat(),
            Choice::Mine => {}
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
    #[server(default)] version: Seen,
    #[server(default)] entry: i64,
) -> Result<(), ActionError> {
    let place = place(&review, &paragraph);
    let back = place.as_ref().map_or_else(
        || paths::localize("/assess"),
        |(code, one)| paths::recommendation(*code, one),
    );
    let outcome = async {
        let object = Object::of_review(&review);
        let (site, account) = guard(Action::Assess, object).await?;
        let (code, paragraph) = place.ok_or(Failure::NotFound)?;
        let actor = Visitor::actor(&account);
        let version = version.version();
        let version = version.ok_or_else(|| Message::new("request-unreadable"))?;
        site.store
            .restore_assessment(&actor, code, &round, &paragraph, version, entry)
            .await?;
        let done = Message::new("assessment-restored")
            .with("paragraph", names::number(paragraph.as_str()));
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
    let of_round = record.any_round(round).ok_or(Failure::NotFound)?.round.id;
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
    fault: Option<Refusal>,
    is_kept: &mut bool,
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
        Error::Refused(refusal) => DraftReason::refused(refusal),
        _ => return Err(error.into()),
    };
    match store.keep_from(account.id, save, &reason, form).await {
        // There is no recommendation that it could be kept for.
        Ok(_) | Err(Error::NotFound) => {
            *is_kept = true;
            Err(error.into())
        }
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
    let (queue, _) = crate::urls::queue::read(queue, &record, &save.round);
    let here = record
        .recommendations
        .iter()
        .find(|one| one.paragraph == save.paragraph)
        .map(|one| one.id);
    let rows = queue.filtered(&record, round);
    Ok(match queue.next(&rows, &drafts, here) {
        Some(next) => paths::assess_in(
            save.review,
            &save.round,
            &next.recommendation.paragraph,
            &queue,
        ),
        None => paths::queue(save.review, &save.round, &queue),
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
        date: optional(fields.date).map(Into::into),
        kind: EvidenceKind::parse(&fields.kind).unwrap_or(EvidenceKind::Independent),
        note: optional(fields.note),
        language: optional(fields.language),
        archived: optional(fields.archived),
    })
}
