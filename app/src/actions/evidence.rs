//! Records of evidence, and links between cycles.

use super::assessments::{evidence_of, kind_unknown};
use super::{ActionError, guard, settle};
use crate::components::evidence_fields::{EvidenceFields, fields_of};
use crate::forms::fields::{Choices, number};
use crate::forms::line_ends::with_line_ends_of;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::request::Visitor;
use data::domain::{
    Action, Earlier, Evidence, EvidenceKind, Message, Object, Paragraph, ReviewCode, Seen,
};
use data::store::{Refusal, evidence_seen};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The form that adds a record to a review, or changes one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidenceForm {
    review: String,
    /// The number of the record to change; 0 to add one.
    #[serde(deserialize_with = "number")]
    number: i64,
    /// The version that was on the page.
    seen: Seen,
    #[serde(flatten)]
    fields: EvidenceFields,
    /// `yes` if a record of the same address is another one.
    known: String,
}

impl EvidenceForm {
    /// The form filled with a record.
    fn of(evidence: &Evidence) -> Self {
        Self {
            fields: fields_of(evidence),
            ..Self::default()
        }
    }
}

impl TryFrom<EvidenceForm> for Evidence {
    type Error = Refusal;

    fn try_from(form: EvidenceForm) -> Result<Self, Refusal> {
        let kind = &form.fields.kind;
        if !kind.is_empty() && EvidenceKind::parse(kind).is_none() {
            return Err(kind_unknown(form.number.max(1)));
        }
        // What is missing is said by saving.
        Ok(evidence_of(form.fields).unwrap_or(Self {
            title: String::new(),
            source: String::new(),
            publisher: None,
            date: None,
            kind: EvidenceKind::Independent,
            note: None,
            language: None,
            archived: None,
        }))
    }
}

/// Adds a record to a review, or changes the one of that number.
#[server(endpoint = "save-evidence")]
pub async fn save_evidence(#[server(flatten)] form: EvidenceForm) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&form.review);
    let number = form.number;
    let back = match code {
        Some(code) if number > 0 => paths::evidence(code, number),
        Some(code) => paths::evidence_list(code),
        None => paths::localize("/assess"),
    };
    let choices = Choices::sent();
    let mut typed = choices.typed(&form);
    let outcome = async {
        let object = Object::of_review(&form.review);
        let (site, account) = guard(Action::Assess, object).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let actor = Visitor::actor(&account);
        let (to, done) = if number > 0 {
            let record = site.store.review_record(code).await?;
            let mut records = record.evidence.iter();
            let stored = records.find(|record| record.number == number);
            let stored = &stored.ok_or(Failure::NotFound)?.evidence;
            let seen = form.seen.clone();
            // Of a version that was on no page nothing is taken: saving says that it changed.
            let form = if seen == evidence_seen(stored) {
                choices.between(&EvidenceForm::of(stored), form)?
            } else {
                form
            };
            typed = choices.typed(&form);
            let content = with_texts_of(stored, form.try_into()?);
            site.store
                .change_evidence(&actor, code, number, &seen, &content)
                .await?;
            (back.clone(), "evidence-changed-done")
        } else {
            let is_another = form.known == "yes";
            let content = form.try_into()?;
            let number = site
                .store
                .add_evidence(&actor, code, &content, is_another)
                .await?;
            (paths::evidence(code, number), "evidence-added-done")
        };
        Ok((to, Some(Notice::done(&Message::new(done)))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// The typed content with the line ends of the stored one where nothing else differs.
fn with_texts_of(stored: &Evidence, typed: Evidence) -> Evidence {
    let text = |stored: &str, text: String| with_line_ends_of(stored, &text);
    let optional = |stored: &Option<String>, typed: Option<String>| {
        typed.map(|typed| text(stored.as_deref().unwrap_or_default(), typed))
    };
    Evidence {
        title: text(&stored.title, typed.title),
        source: text(&stored.source, typed.source),
        publisher: optional(&stored.publisher, typed.publisher),
        note: optional(&stored.note, typed.note),
        ..typed
    }
}

/// Takes a record away that nothing cites.
#[server(endpoint = "remove-evidence")]
pub async fn remove_evidence(
    #[server(default)] review: String,
    #[server(default)] number: i64,
    #[server(default)] seen: Seen,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(
        || paths::localize("/assess"),
        |code| paths::evidence(code, number),
    );
    let outcome = async {
        let (site, account) = guard(Action::Assess, Object::of_review(&review)).await?;
        let code = code.ok_or(Failure::NotFound)?;
        site.store
            .remove_evidence(&Visitor::actor(&account), code, number, &seen)
            .await?;
        let done = Message::new("evidence-removed-done").with("number", number);
        Ok((paths::evidence_list(code), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}

/// Writes down whether a recommendation repeats an earlier one: `yes`, `no`, or empty to take it back.
#[server(endpoint = "decide-link")]
pub async fn decide_link(
    #[server(default)] review: String,
    #[server(default)] paragraph: String,
    #[server(default)] earlier_review: String,
    #[server(default)] earlier_paragraph: String,
    #[server(default)] repeats: String,
    #[server(default)] back: String,
) -> Result<(), ActionError> {
    let back = paths::own_path(&back).map_or_else(|| paths::localize("/assess"), str::to_owned);
    let outcome = async {
        let (site, account) = guard(Action::Assess, Object::of_review(&review)).await?;
        let place = |review: &str, paragraph: &str| {
            Some((
                ReviewCode::parse(review)?,
                Paragraph::parse(paragraph).ok()?,
            ))
        };
        let (code, paragraph) = place(&review, &paragraph).ok_or(Failure::NotFound)?;
        let (review, earlier) =
            place(&earlier_review, &earlier_paragraph).ok_or(Failure::NotFound)?;
        let earlier = Earlier {
            review,
            paragraph: earlier,
        };
        let repeats = match repeats.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        site.store
            .decide_link(
                &Visitor::actor(&account),
                code,
                &paragraph,
                &earlier,
                repeats,
            )
            .await?;
        let done = Message::new("link-decided-done");
        Ok((back.clone(), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}
