//! `/reviews/{review}/rounds/{round}/change`: where a reviewer corrects a published round, chooses it to head its review,
//! withdraws it, or deletes an open one.

use crate::components::document::{self, Head};
use crate::components::publish_form::public_reason;
use crate::figures::headline::sentence;
use crate::t;
use crate::text::round_names::{self, signature};
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use data::domain::{Action, Breakdown, Object, ReviewRecord, RoundKind, RoundRecord};
use data::store::RoundContents;
use leptos::prelude::*;

pub(crate) async fn page(
    Path((review, slug)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::OpenRound, Object::of_review(&review))?;
    let record = request.review_record(&review).await?;
    let round = record.any_round(&slug).ok_or(Failure::NotFound)?;
    let code = record.review.code;
    if round.round.is_published() {
        request
            .visitor
            .require(Action::PublishRound, Object::Round(&round.round))?;
    }
    if round.round.is_withdrawn() {
        return Ok(Redirect::to(&paths::round(code, &slug)).into_response());
    }
    let contents = if round.round.is_published() {
        None
    } else {
        let store = &request.site.store;
        Some(store.round_contents(round.round.id).await?)
    };
    let title = match contents {
        Some(_) => t!("change-round-title-open"),
        None => t!("change-round-title"),
    };
    let head = Head::titled(title.clone()).about(code.state);
    Ok(document::page(&request, &head, || {
        let typed = |field: &str| {
            let notice = request.notice.as_ref();
            notice.map(|notice| notice.typed(field)).unwrap_or_default()
        };
        let body = match contents {
            Some(contents) => remove(&record, round, contents),
            None => html! {
                {round.round.is_current().then(|| correct(&record, round))}
                {round
                    .round
                    .is_current()
                    .then(|| headline(&record, round, &typed("headline_reason")))}
                {withdraw(&record, round, &typed("withdraw_reason"))}
            },
        };
        view! {
            <p class="over">
                <a href=paths::round(code, &slug) dir="auto">{round_names::title(&round.round)}</a>
                " · "
                {translations::review(&record.review)}
            </p>
            <h1>{title}</h1>
            {body}
        }
    }))
}

/// The hidden fields that say which round is meant.
fn target(record: &ReviewRecord, round: &RoundRecord) -> Fragment {
    html! {
        <input type="hidden" name="review" value=record.review.code.to_string() />
        <input type="hidden" name="round" value=round.round.slug.clone() />
    }
}

/// The field for a reason that everybody can read.
fn reason(typed: &str) -> Fragment {
    public_reason(t!("change-reason"), typed)
}

/// The box that says that something is meant.
fn confirm(id: &'static str, label: String) -> Fragment {
    html! {
        <div class="choice">
            <input type="checkbox" name="confirmed" value="yes" id=id required />
            <label for=id>{label}</label>
        </div>
    }
}

fn correct(record: &ReviewRecord, round: &RoundRecord) -> Fragment {
    let code = record.review.code;
    let body = if round.round.kind != RoundKind::Itemised {
        html! { <p>{t!("correct-totals")}</p> }
    } else if let Some(open) = record.open_correction_of(&round.round.slug) {
        let href = paths::round(code, &open.round.slug);
        html! {
            <p>
                {t!("correct-is-open")} " "
                <a href=href dir="auto">{round_names::title(&open.round)}</a>
            </p>
        }
    } else {
        html! {
            <p>{t!("correct-how")}</p>
            <form class="narrow" method="post" action=paths::localize("/api/open-correction")>
                {target(record, round)}
                <button type="submit">{t!("correct-button")}</button>
            </form>
        }
    };
    html! {
        <section aria-labelledby="correct">
            <h2 id="correct">{t!("correct-title")}</h2>
            {body}
        </section>
    }
}

fn headline(record: &ReviewRecord, round: &RoundRecord, typed: &str) -> Fragment {
    let now = record.headline_round().map(|now| {
        let title = round_names::title(&now.round);
        match now.round.publication.headline_reason.clone() {
            Some(reason) => t!("headline-is-chosen", round = title, reason = reason),
            None => t!("headline-is", round = title),
        }
    });
    let is_chosen = round.round.publication.headline_reason.is_some();
    let (chosen, button) = if is_chosen {
        (String::new(), t!("headline-leave"))
    } else {
        (round.round.slug.clone(), t!("headline-choose"))
    };
    html! {
        <section aria-labelledby="headline">
            <h2 id="headline">{t!("headline-title")}</h2>
            <p>{t!("headline-how")} " " {t!("headline-rule")}</p>
            <p dir="auto">{now}</p>
            <form class="narrow" method="post" action=paths::localize("/api/choose-headline")>
                {target(record, round)}
                <input type="hidden" name="chosen" value=chosen />
                {reason(typed)}
                <button type="submit" class="secondary">{button}</button>
            </form>
        </section>
    }
}

fn withdraw(record: &ReviewRecord, round: &RoundRecord, typed: &str) -> Fragment {
    let is_headline = record
        .headline_round()
        .is_some_and(|now| now.round.id == round.round.id);
    let then = is_headline.then(|| match record.headline_without(&round.round.slug) {
        Some(next) => t!(
            "withdraw-headline",
            after = sentence(&Breakdown::of_round(record, next)),
            signed = signature(&next.round)
        ),
        None => t!("withdraw-headline-none"),
    });
    html! {
        <section aria-labelledby="withdraw">
            <h2 id="withdraw">{t!("withdraw-title")}</h2>
            <p>{t!("withdraw-how")} " " {t!("withdraw-final")}</p>
            {then.map(|then| view! { <p dir="auto">{then}</p> })}
            <form class="narrow" method="post" action=paths::localize("/api/withdraw-round")>
                {target(record, round)}
                {reason(typed)}
                {confirm("withdraw-confirmed", t!("withdraw-confirm"))}
                <button type="submit" class="secondary">{t!("withdraw-button")}</button>
            </form>
        </section>
    }
}

fn remove(record: &ReviewRecord, round: &RoundRecord, contents: RoundContents) -> Fragment {
    let RoundContents {
        assessments,
        drafts,
        citations,
    } = contents;
    html! {
        <p>
            {t!(
                "remove-how",
                assessments = assessments,
                drafts = drafts,
                citations = citations
            )}
        </p>
        <p>{t!("remove-history")}</p>
        <form class="narrow" method="post" action=paths::localize("/api/remove-round")>
            {target(record, round)}
            <input type="hidden" name="assessments" value=assessments.to_string() />
            <input type="hidden" name="drafts" value=drafts.to_string() />
            <input type="hidden" name="citations" value=citations.to_string() />
            {confirm("remove-confirmed", t!("remove-confirm"))}
            <button type="submit">{t!("remove-button")}</button>
        </form>
    }
}
