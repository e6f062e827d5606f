//! Edits of recommendations: positions, facts, additions, removals, mergers, splits, and undoing them.

use super::{ActionError, guard, settle};
use crate::forms::edits::{EditFields, FactsForm, PositionForm};
use crate::forms::fields::{Choices, fields, number};
use crate::forms::line_ends::with_line_ends_of;
use crate::text::names;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::request::Visitor;
use data::domain::{Action, Message, Object, Paragraph, Recommendation, ReviewCode, StateCode};
use data::store::{Account, KeptAssessment, Part};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The site and who may edit recommendations of a review.
async fn editor(object: Object<'_>) -> Result<(crate::Site, Account), Failure> {
    guard(Action::EditRecommendations, object).await
}

/// The recommendation of that number as it is stored.
async fn stored(
    site: &crate::Site,
    code: ReviewCode,
    paragraph: &Paragraph,
) -> Result<Recommendation, Failure> {
    let record = site.store.review_record(code).await?;
    let mut all = record.recommendations.iter();
    let one = all.find(|one| one.paragraph == *paragraph);
    Ok(one.ok_or(Failure::NotFound)?.clone())
}

fn done(to: String, key: &'static str, paragraph: &Paragraph) -> (String, Option<Notice>) {
    let message = Message::new(key).with("paragraph", names::number(paragraph.as_str()));
    (to, Some(Notice::done(&message)))
}

/// Adds a claim about the position of the State, or corrects one.
#[server(endpoint = "save-position")]
pub async fn save_position(#[server(flatten)] form: PositionForm) -> Result<(), ActionError> {
    let place = form.claim.parse::<usize>().ok();
    let query = place.map_or_else(String::new, |place| format!("claim={place}"));
    let back = form.edit.back(&query);
    let choices = Choices::sent();
    let mut typed = choices.typed(&form);
    let outcome = async {
        let (site, account) = editor(form.edit.object()).await?;
        let target = form.edit.target()?;
        let one = stored(&site, target.review, &target.paragraph).await?;
        let place = place.map(|place| place.wrapping_sub(1));
        let claim = place.and_then(|place| one.positions.get(place));
        let is_seen = target.seen == data::store::recommendation_seen(&one);
        let form = match claim.filter(|_| is_seen) {
            Some(claim) => choices.between(&PositionForm::of(claim), form)?,
            None => form,
        };
        typed = choices.typed(&form);
        let reason = form.edit.why().reason;
        let claim = form.try_into()?;
        site.store
            .save_position(&Visitor::actor(&account), &target, place, &claim, &reason)
            .await?;
        let to = paths::recommendation(target.review, &target.paragraph);
        Ok(done(to, "edit-position-done", &target.paragraph))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Corrects what is known of a recommendation.
#[server(endpoint = "correct-recommendation")]
pub async fn correct_recommendation(#[server(flatten)] form: FactsForm) -> Result<(), ActionError> {
    let back = form.edit.back("");
    let choices = Choices::sent();
    let mut typed = choices.typed(&form);
    let outcome = async {
        let (site, account) = editor(form.edit.object()).await?;
        let target = form.edit.target()?;
        let before = stored(&site, target.review, &target.paragraph).await?;
        // Of a version that was on no page nothing is taken: saving says that it changed.
        let form = if target.seen == data::store::recommendation_seen(&before) {
            choices.between(&FactsForm::of(target.review, &before), form)?
        } else {
            form
        };
        typed = choices.typed(&form);
        let why = form.edit.why();
        let wanted = form.applied(target.review, &before)?;
        site.store
            .correct_recommendation(&Visitor::actor(&account), &target, &wanted, &why)
            .await?;
        let to = paths::recommendation(target.review, &wanted.paragraph);
        Ok(done(to, "edit-corrected-done", &wanted.paragraph))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Adds a recommendation to a review.
#[server(endpoint = "add-recommendation")]
pub async fn add_recommendation(#[server(flatten)] form: FactsForm) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&form.edit.review);
    let back = code.map_or_else(paths::home, paths::add_recommendation);
    let typed = fields(&form);
    let outcome = async {
        let (site, account) = editor(form.edit.object()).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let why = form.edit.why();
        let number = form
            .facts
            .get("paragraph")
            .map(String::as_str)
            .unwrap_or_default();
        let number = Paragraph::parse(number).map_err(|_| {
            let value = data::domain::shorten(number, Message::LONGEST_VALUE);
            Message::new("exchange-paragraph").with("value", value)
        })?;
        let new = form.applied(code, &Recommendation::new(number))?;
        site.store
            .add_recommendation(&Visitor::actor(&account), code, &new, &why)
            .await?;
        let to = paths::recommendation(code, &new.paragraph);
        Ok(done(to, "edit-added-done", &new.paragraph))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Removes a recommendation.
#[server(endpoint = "remove-recommendation")]
pub async fn remove_recommendation(#[server(flatten)] form: EditFields) -> Result<(), ActionError> {
    let back = form.back("view=remove");
    let typed = fields(&form);
    let outcome = async {
        let (site, account) = editor(form.object()).await?;
        let target = form.target()?;
        site.store
            .remove_recommendation(&Visitor::actor(&account), &target, &form.why())
            .await?;
        let to = paths::history(target.review, "");
        Ok(done(to, "edit-removed-done", &target.paragraph))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// The form that merges another recommendation into one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MergeForm {
    #[serde(flatten)]
    edit: EditFields,
    /// The recommendation that goes.
    with: String,
    /// The assessment that is kept, `own` or `other`, by the name of the round.
    keep: BTreeMap<String, String>,
}

/// Merges another recommendation into one.
#[server(endpoint = "merge-recommendations")]
pub async fn merge_recommendations(#[server(flatten)] form: MergeForm) -> Result<(), ActionError> {
    let with = paths::encoded(&form.with);
    let back = form.edit.back(&format!("view=merge&with={with}"));
    let typed = fields(&form);
    let outcome = async {
        let (site, account) = editor(form.edit.object()).await?;
        let target = form.edit.target()?;
        let other = Paragraph::parse(&form.with).map_err(|_| Failure::NotFound)?;
        let choices = form.keep.iter().filter_map(|(round, kept)| {
            let kept = match kept.as_str() {
                "own" => KeptAssessment::Own,
                "other" => KeptAssessment::Other,
                _ => return None,
            };
            Some((round.clone(), kept))
        });
        let choices: Vec<_> = choices.collect();
        let actor = Visitor::actor(&account);
        site.store
            .merge_recommendations(&actor, &target, &other, &choices, &form.edit.why())
            .await?;
        let to = paths::recommendation(target.review, &target.paragraph);
        let message = Message::new("edit-merged-done")
            .with("paragraph", names::number(target.paragraph.as_str()))
            .with("other", names::number(other.as_str()));
        Ok((to, Some(Notice::done(&message))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// The form that splits a recommendation in two.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SplitForm {
    #[serde(flatten)]
    edit: EditFields,
    first_text: String,
    second_text: String,
    /// The number of the second part.
    second_paragraph: String,
    /// `first`, `second` or `both`, by the codes of the recommending States.
    states: BTreeMap<String, String>,
}

impl SplitForm {
    /// One of the two parts: its text, and the States that are in it or in both.
    fn part(&self, name: &str, text: &str) -> Part {
        let states = self.states.iter();
        let states = states.filter(|(_, part)| *part == name || *part == "both");
        Part {
            text: with_line_ends_of("", text),
            recommending: states
                .filter_map(|(code, _)| StateCode::parse(code))
                .collect(),
        }
    }
}

/// Splits a recommendation in two.
#[server(endpoint = "split-recommendation")]
pub async fn split_recommendation(#[server(flatten)] form: SplitForm) -> Result<(), ActionError> {
    let back = form.edit.back("view=split");
    let typed = fields(&form);
    let outcome = async {
        let (site, account) = editor(form.edit.object()).await?;
        let target = form.edit.target()?;
        let number = Paragraph::parse(&form.second_paragraph).map_err(|_| {
            let value = data::domain::shorten(&form.second_paragraph, Message::LONGEST_VALUE);
            Message::new("exchange-paragraph").with("value", value)
        })?;
        let whole = stored(&site, target.review, &target.paragraph).await?;
        // The States of each part in the order of the report.
        let order = |state: &StateCode| whole.recommending.iter().position(|one| one == state);
        let [first, second] = [
            form.part("first", &form.first_text),
            form.part("second", &form.second_text),
        ]
        .map(|mut part| {
            part.recommending.sort_by_key(order);
            part
        });
        let actor = Visitor::actor(&account);
        site.store
            .split_recommendation(&actor, &target, &first, &second, &number, &form.edit.why())
            .await?;
        let to = paths::recommendation(target.review, &target.paragraph);
        let message = Message::new("edit-split-done")
            .with("paragraph", names::number(target.paragraph.as_str()))
            .with("other", number);
        Ok((to, Some(Notice::done(&message))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Names an edit in the history.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UndoForm {
    review: String,
    #[serde(deserialize_with = "number")]
    entry: i64,
}

/// Undoes an edit, by the number of its entry in the history.
#[server(endpoint = "undo-edit")]
pub async fn undo_edit(#[server(flatten)] form: UndoForm) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&form.review);
    let back = code.map_or_else(paths::home, |code| paths::history(code, ""));
    let outcome = async {
        let (site, account) = editor(Object::of_review(&form.review)).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let actor = Visitor::actor(&account);
        let paragraph = site.store.undo_edit(&actor, code, form.entry).await?;
        let to = match stored(&site, code, &paragraph).await {
            Ok(one) => paths::recommendation(code, &one.paragraph),
            Err(_) => back.clone(),
        };
        Ok((to, Some(Notice::done(&Message::new("edit-undone-done")))))
    };
    let outcome = Box::pin(outcome).await;
    settle(outcome, &back, Vec::new())
}
