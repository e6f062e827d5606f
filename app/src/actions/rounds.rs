//! Opening and publishing rounds.

use super::{ActionError, guard, settle};
use crate::components::publish_form::is_few;
use crate::forms::fields::{Choices, fields, number};
use crate::forms::line_ends::{with_line_ends_of, with_stored_line_ends};
use crate::text::round_names;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::request::Visitor;
use data::domain::{Action, Message, Object, ReviewCode, Round, Seen};
use data::store::{NewRound, RoundContents};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The form that opens a round, or changes what an open one says of itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RoundForm {
    review: String,
    /// The round to change.
    round: String,
    /// The version that was on the page.
    seen: Seen,
    /// The name in addresses of a round to open.
    slug: String,
    organisation: String,
    title: String,
    as_of: String,
    /// The code of the scale of a round to open.
    scale: String,
    /// The organisations that assess, one on a line.
    assessors: String,
    method: String,
}

impl RoundForm {
    /// The form filled with what a round says of itself.
    pub(crate) fn of(round: &Round) -> Self {
        Self {
            organisation: round.organisation.clone(),
            title: round.title.clone(),
            as_of: round.as_of.clone().map(String::from).unwrap_or_default(),
            assessors: round.assessors.join("\n"),
            method: round.method.clone().unwrap_or_default(),
            ..Self::default()
        }
    }

    fn object(&self) -> Object<'static> {
        Object::of_review(&self.review)
    }
}

impl From<RoundForm> for NewRound {
    fn from(form: RoundForm) -> Self {
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            slug: form.slug.trim().to_owned(),
            organisation: form.organisation,
            title: form.title,
            as_of: filled(&form.as_of).map(Into::into),
            scale: form.scale,
            method: filled(&with_stored_line_ends(&form.method)),
            assessors: form.assessors.lines().map(str::to_owned).collect(),
        }
    }
}

/// Opens a round of a review.
#[server(endpoint = "open-round")]
pub async fn open_round(#[server(flatten)] form: RoundForm) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&form.review);
    let back = code.map_or_else(paths::home, paths::new_round);
    let typed = fields(&form);
    let outcome = async {
        let (site, account) = guard(Action::OpenRound, form.object()).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let new = NewRound::from(form);
        site.store
            .open_round(&Visitor::actor(&account), code, &new)
            .await?;
        let done = Message::new("round-opened").with("round", &new.title);
        Ok((paths::worklist(code, &new.slug), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Publishes a round, which freezes it. `confirmed` is the box that says so, `few` the one that says that less than half
/// being assessed is meant, `reason` why a correction is made.
#[server(endpoint = "publish-round")]
pub async fn publish_round(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] confirmed: String,
    #[server(default)] few: String,
    #[server(default)] reason: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(paths::home, |code| paths::round(code, &round));
    let typed = vec![("reason".to_owned(), reason.clone())];
    let outcome = async {
        let (site, account) = guard(Action::PublishRound, Object::of_review(&review)).await?;
        let code = code.ok_or(Failure::NotFound)?;
        if confirmed != "yes" {
            return Err(Message::new("round-publish-unconfirmed").into());
        }
        let record = site.store.review_record(code).await?;
        let is_few = record
            .round(&round)
            .is_some_and(|round| is_few(&record, round));
        if is_few && few != "yes" {
            return Err(Message::new("round-publish-few").into());
        }
        let actor = Visitor::actor(&account);
        let corrects = record
            .round(&round)
            .is_some_and(|round| round.round.supersedes.is_some());
        let done = if corrects {
            let reason = with_stored_line_ends(&reason);
            site.store
                .publish_correction(&actor, code, &round, &reason)
                .await?;
            "round-superseded-done"
        } else {
            site.store.publish_round(&actor, code, &round).await?;
            "round-published-notice"
        };
        let to = paths::round(code, &round);
        Ok((to, Some(Notice::done(&Message::new(done)))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Opens a correction of a published round.
#[server(endpoint = "open-correction")]
pub async fn open_correction(
    #[server(default)] review: String,
    #[server(default)] round: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(paths::home, |code| paths::change_round(code, &round));
    let outcome = async {
        let (site, account) = guard(Action::OpenRound, Object::of_review(&review)).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let actor = Visitor::actor(&account);
        let slug = site.store.open_correction(&actor, code, &round).await?;
        let record = site.store.review_record(code).await?;
        let opened = record.round(&slug).ok_or(Failure::NotFound)?;
        let number = opened.round.publication.correction;
        let done = Message::new("correction-opened-done").with("number", number);
        let to = format!("{}?show=done", paths::worklist(code, &slug));
        Ok((to, Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}

/// Withdraws a published round. `confirmed` is the box that says that this is meant.
#[server(endpoint = "withdraw-round")]
pub async fn withdraw_round(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] reason: String,
    #[server(default)] confirmed: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(paths::home, |code| paths::change_round(code, &round));
    let typed = vec![("withdraw_reason".to_owned(), reason.clone())];
    let outcome = async {
        let (site, account) = guard(Action::PublishRound, Object::of_review(&review)).await?;
        let code = code.ok_or(Failure::NotFound)?;
        if confirmed != "yes" {
            return Err(Message::new("round-withdraw-unconfirmed").into());
        }
        let actor = Visitor::actor(&account);
        let reason = with_stored_line_ends(&reason);
        site.store
            .withdraw_round(&actor, code, &round, &reason)
            .await?;
        let done = Message::new("round-withdrawn-done");
        Ok((paths::round(code, &round), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// What is sent to delete an open round: what it held when that was decided.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RemovalForm {
    review: String,
    round: String,
    #[serde(deserialize_with = "number")]
    assessments: i64,
    #[serde(deserialize_with = "number")]
    drafts: i64,
    #[serde(deserialize_with = "number")]
    citations: i64,
    /// The box that says that this is meant.
    confirmed: String,
}

/// Deletes an open round.
#[server(endpoint = "remove-round")]
pub async fn remove_round(#[server(flatten)] form: RemovalForm) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&form.review);
    let back = code.map_or_else(paths::home, |code| paths::change_round(code, &form.round));
    let outcome = async {
        let (site, account) = guard(Action::OpenRound, Object::of_review(&form.review)).await?;
        let code = code.ok_or(Failure::NotFound)?;
        if form.confirmed != "yes" {
            return Err(Message::new("round-remove-unconfirmed").into());
        }
        let record = site.store.review_record(code).await?;
        let round = record.any_round(&form.round).ok_or(Failure::NotFound)?;
        let done =
            Message::new("round-removed-done").with("round", round_names::title(&round.round));
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        let seen = RoundContents {
            assessments: count(form.assessments),
            drafts: count(form.drafts),
            citations: count(form.citations),
        };
        let actor = Visitor::actor(&account);
        site.store
            .remove_round(&actor, code, &form.round, seen)
            .await?;
        Ok((paths::review(code), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}

/// Chooses the round that heads a review. Without `chosen` it is left to the rule again; `round` is the one whose page
/// the form is on.
#[server(endpoint = "choose-headline")]
pub async fn choose_headline(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] chosen: String,
    #[server(default)] reason: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(paths::home, |code| paths::change_round(code, &round));
    let typed = vec![("headline_reason".to_owned(), reason.clone())];
    let outcome = async {
        let (site, account) = guard(Action::PublishRound, Object::of_review(&review)).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let chosen = Some(chosen.as_str()).filter(|chosen| !chosen.is_empty());
        let actor = Visitor::actor(&account);
        let reason = with_stored_line_ends(&reason);
        site.store
            .choose_headline(&actor, code, chosen, &reason)
            .await?;
        let done = Message::new("headline-chosen-done");
        Ok((paths::review(code), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Changes what an open round says of itself.
#[server(endpoint = "change-round")]
pub async fn change_round(#[server(flatten)] form: RoundForm) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&form.review);
    let slug = form.round.clone();
    let back = code.map_or_else(paths::home, |code| paths::method(code, &slug));
    let choices = Choices::sent();
    let mut typed = choices.typed(&form);
    let outcome = async {
        let (site, account) = guard(Action::OpenRound, form.object()).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let record = site.store.review_record(code).await?;
        let stored = &record.round(&slug).ok_or(Failure::NotFound)?.round;
        let seen = form.seen.clone();
        // Of a version that was on no page nothing is taken: saving says that it changed.
        let form = if seen == NewRound::of(stored).seen() {
            choices.between(&RoundForm::of(stored), form)?
        } else {
            form
        };
        typed = choices.typed(&form);
        let method = with_line_ends_of(
            stored.method.as_deref().unwrap_or_default(),
            form.method.trim(),
        );
        let wanted = NewRound {
            method: Some(method).filter(|method| !method.is_empty()),
            ..NewRound::from(form)
        };
        site.store
            .change_round(&Visitor::actor(&account), code, &slug, &seen, &wanted)
            .await?;
        let done = Message::new("round-changed-done");
        Ok((back.clone(), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Begins an open round with the results of another one.
#[server(endpoint = "carry-over")]
pub async fn carry_over(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] from: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(paths::home, |code| paths::method(code, &round));
    let outcome = async {
        let (site, account) = guard(Action::OpenRound, Object::of_review(&review)).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let done = site
            .store
            .carry_over(&Visitor::actor(&account), code, &round, &from)
            .await?;
        let said = Message::new("carry-over-done")
            .with("carried", done.carried)
            .with("kept", done.kept)
            .with("unknown", done.unknown);
        let to = format!("{}?show=carried-over", paths::worklist(code, &round));
        Ok((to, Some(Notice::done(&said))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}
