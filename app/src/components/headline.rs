//! How a review stands: what it received, and the sentence of its headline round.

use crate::figures::headline::sentence;
use crate::t;
use crate::text::coverage;
use crate::text::round_names::signature;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{Filter, Review, ReviewCode, Round, Standing};
use leptos::prelude::*;

/// How a review stands: the sentence of its headline round. "No assessment" is not zero.
fn standing(code: ReviewCode, standing: &Standing) -> Fragment {
    match &standing.headline {
        Some((round, breakdown)) => html! {
            <a class="headline-short" href=of_round(code, round)>{sentence(breakdown)}</a>
            " "
            <span class="by" dir="auto">{signature(round)}</span>
        },
        None => html! { <span class="none">{t!("no-assessment")}</span> },
    }
}

/// The summary of a review in that round, where each figure leads to its list.
pub(crate) fn of_round(code: ReviewCode, round: &Round) -> String {
    paths::summary(code, &format!("round={}", paths::encoded(&round.slug)))
}

/// How many recommendations the review received, as far as is known here.
fn received(code: ReviewCode, standing: &Standing) -> Fragment {
    if standing.recommendations > 0 {
        let href = paths::recommendations(code, &Filter::default());
        let count = translations::number(standing.recommendations as u64);
        let part = coverage::beside_number(&standing.coverage);
        let part = part.map(|part| view! { " " <span class="by">{part}</span> });
        return html! { <a href=href>{count}</a> {part} };
    }
    match &standing.headline {
        Some((round, breakdown)) => {
            let received = translations::number(breakdown.total.received());
            let href = of_round(code, round);
            html! { <a href=href>{received}</a> " " <span class="by">{t!("totals-only")}</span> }
        }
        None => html! { <span class="none">{t!("not-imported")}</span> },
    }
}

/// How many recommendations and rounds, and the sentence, each leading to what it counts.
pub(crate) fn figures_of(code: ReviewCode, of_review: &Standing, rounds: usize) -> Fragment {
    let rounds = if rounds == 0 {
        rounds.to_string().fragment()
    } else {
        let href = format!("{}#rounds", paths::review(code));
        html! { <a href=href>{rounds.to_string()}</a> }
    };
    html! {
        <td class="number" data-label=t!("home-recommendations")>{received(code, of_review)}</td>
        <td class="number" data-label=t!("home-rounds")>{rounds}</td>
        <td data-label=t!("home-implementation")>{standing(code, of_review)}</td>
    }
}

/// "Session 36, 2020-11-02", as far as known.
pub(crate) fn session_and_date(review: &Review) -> String {
    match (review.session, review.date.clone().map(String::from)) {
        (Some(session), Some(date)) => t!("session-and-date", session = session, date = date),
        (Some(session), None) => t!("session", session = session),
        (None, date) => date.unwrap_or_else(|| t!("session-unknown")),
    }
}
