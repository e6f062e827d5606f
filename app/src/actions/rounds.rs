//! Opening and publishing rounds.

use super::{ActionError, guard, settle};
use crate::address;
use crate::components::text_field::{with_line_ends_of, with_stored_line_ends};
use crate::failure::Failure;
use crate::notice::Notice;
use crate::request::Visitor;
use data::domain::{Action, Message, ReviewCode};
use data::store::NewRound;
use leptos::prelude::*;

/// Opens a round of a review.
#[server(endpoint = "open-round")]
#[allow(clippy::too_many_arguments)] // One per field of the form.
pub async fn open_round(
    #[server(default)] review: String,
    #[server(default)] slug: String,
    #[server(default)] organisation: String,
    #[server(default)] title: String,
    #[server(default)] as_of: String,
    #[server(default)] scale: String,
    #[server(default)] method: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(|| "/".to_owned(), address::new_round);
    let typed = [
        ("slug", &slug),
        ("organisation", &organisation),
        ("title", &title),
        ("as_of", &as_of),
        ("scale", &scale),
        ("method", &method),
    ];
    let typed = typed
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .to_vec();
    let filled = |text: String| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    let outcome = async {
        let (site, account) = guard(Action::OpenRound).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let new = NewRound {
            slug: slug.trim().to_owned(),
            organisation,
            title,
            as_of: filled(as_of),
            scale,
            method: filled(with_stored_line_ends(&method)),
            assessors: Vec::new(),
        };
        site.store
            .open_round(&Visitor::actor(&account), code, &new)
            .await?;
        let done = Message::new("round-opened").with("round", &new.title);
        Ok((
            address::worklist(code, &new.slug),
            Some(Notice::done(&done)),
        ))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}

/// Publishes a round, which freezes it. `confirmed` is the box that says so.
#[server(endpoint = "publish-round")]
pub async fn publish_round(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] confirmed: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(|| "/".to_owned(), |code| address::round(code, &round));
    let outcome = async {
        let (site, account) = guard(Action::PublishRound).await?;
        let code = code.ok_or(Failure::NotFound)?;
        if confirmed != "yes" {
            return Err(Message::new("round-publish-unconfirmed").into());
        }
        site.store
            .publish_round(&Visitor::actor(&account), code, &round)
            .await?;
        let to = address::round(code, &round);
        Ok((
            to,
            Some(Notice::done(&Message::new("round-published-notice"))),
        ))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}

/// Changes what an open round says of itself. `seen` is what was to be changed.
#[server(endpoint = "change-round")]
#[allow(clippy::too_many_arguments)] // One per field of the form.
pub async fn change_round(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] seen: String,
    #[server(default)] organisation: String,
    #[server(default)] title: String,
    #[server(default)] as_of: String,
    #[server(default)] assessors: String,
    #[server(default)] method: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(|| "/".to_owned(), |code| address::method(code, &round));
    let typed = [
        ("seen", &seen),
        ("organisation", &organisation),
        ("title", &title),
        ("as_of", &as_of),
        ("assessors", &assessors),
        ("method", &method),
    ];
    let typed = typed
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .to_vec();
    let outcome = async {
        let (site, account) = guard(Action::OpenRound).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let filled = |text: &str| {
            let text = with_stored_line_ends(text.trim());
            (!text.is_empty()).then_some(text)
        };
        let record = site.store.review_record(code).await?;
        let stored = record.round(&round);
        let stored = stored.and_then(|stored| stored.round.method.as_deref());
        let method = with_line_ends_of(stored.unwrap_or_default(), method.trim());
        let wanted = NewRound {
            slug: round.clone(),
            organisation,
            title,
            as_of: filled(&as_of),
            scale: String::new(),
            method: Some(method).filter(|method| !method.is_empty()),
            assessors: assessors.lines().map(str::to_owned).collect(),
        };
        site.store
            .change_round(&Visitor::actor(&account), code, &round, &seen, &wanted)
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
    let back = code.map_or_else(|| "/".to_owned(), |code| address::method(code, &round));
    let outcome = async {
        let (site, account) = guard(Action::OpenRound).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let done = site
            .store
            .carry_over(&Visitor::actor(&account), code, &round, &from)
            .await?;
        let said = Message::new("carry-over-done")
            .with("carried", done.carried)
            .with("kept", done.kept)
            .with("unknown", done.unknown);
        let to = format!("{}?show=carried-over", address::worklist(code, &round));
        Ok((to, Some(Notice::done(&said))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}
