//! Records of evidence, and links between cycles.

use super::assessments::{evidence_of, kind_unknown};
use super::{ActionError, guard, settle};
use crate::address;
use crate::components::text_field::with_line_ends_of;
use crate::failure::Failure;
use crate::islands::evidence_rows::EvidenceFields;
use crate::notice::Notice;
use crate::request::Visitor;
use data::domain::{Action, Earlier, Evidence, EvidenceKind, Message, Paragraph, ReviewCode};
use leptos::prelude::*;

/// Adds a record to a review, or changes the one of that number. `seen` is what was to be changed;
/// `known` is the box that says that a record of the same address is another one.
#[server(endpoint = "save-evidence")]
#[allow(clippy::too_many_arguments)] // One per field of the form.
pub async fn save_evidence(
    #[server(default)] review: String,
    #[server(default)] number: i64,
    #[server(default)] seen: String,
    #[server(default)] title: String,
    #[server(default)] source: String,
    #[server(default)] publisher: String,
    #[server(default)] date: String,
    #[server(default)] kind: String,
    #[server(default)] note: String,
    #[server(default)] language: String,
    #[server(default)] archived: String,
    #[server(default)] known: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = match code {
        Some(code) if number > 0 => address::evidence(code, number),
        Some(code) => address::evidence_list(code),
        None => "/assess".to_owned(),
    };
    let fields = EvidenceFields {
        title,
        source,
        publisher,
        date,
        kind,
        note,
        language,
        archived,
    };
    let mut typed = typed(&fields);
    typed.push(("seen".to_owned(), seen.clone()));
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let code = code.ok_or(Failure::NotFound)?;
        if !fields.kind.is_empty() && EvidenceKind::parse(&fields.kind).is_none() {
            return Err(kind_unknown().with("number", number.max(1)).into());
        }
        let mut content = evidence_of(fields).unwrap_or(Evidence {
            title: String::new(),
            source: String::new(),
            publisher: None,
            date: None,
            kind: EvidenceKind::Independent,
            note: None,
            language: None,
            archived: None,
        });
        let actor = Visitor::actor(&account);
        let (to, done) = if number > 0 {
            let record = site.store.review_record(code).await?;
            let mut records = record.evidence.iter();
            if let Some(stored) = records.find(|record| record.number == number) {
                content = with_texts_of(&stored.evidence, content);
            }
            site.store
                .change_evidence(&actor, code, number, &seen, &content)
                .await?;
            (back.clone(), "evidence-changed-done")
        } else {
            let number = site
                .store
                .add_evidence(&actor, code, &content, known == "yes")
                .await?;
            (address::evidence(code, number), "evidence-added-done")
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

fn typed(fields: &EvidenceFields) -> Vec<(String, String)> {
    [
        ("title", &fields.title),
        ("source", &fields.source),
        ("publisher", &fields.publisher),
        ("date", &fields.date),
        ("kind", &fields.kind),
        ("note", &fields.note),
        ("language", &fields.language),
        ("archived", &fields.archived),
    ]
    .map(|(name, value)| (name.to_owned(), value.clone()))
    .to_vec()
}

/// Takes a record away that nothing cites.
#[server(endpoint = "remove-evidence")]
pub async fn remove_evidence(
    #[server(default)] review: String,
    #[server(default)] number: i64,
    #[server(default)] seen: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(
        || "/assess".to_owned(),
        |code| address::evidence(code, number),
    );
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let code = code.ok_or(Failure::NotFound)?;
        site.store
            .remove_evidence(&Visitor::actor(&account), code, number, &seen)
            .await?;
        let done = Message::new("evidence-removed-done").with("number", number);
        Ok((address::evidence_list(code), Some(Notice::done(&done))))
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
    let back = address::own_path(&back).unwrap_or("/assess").to_owned();
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
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
