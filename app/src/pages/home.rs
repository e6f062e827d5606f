//! `/`: the States and cycles that hold data, each with its headline sentence.

use crate::components::headline::{received, standing};
use crate::failure::Failure;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::response::Response;
use data::domain::{Action, CorpusPart, Review, ReviewCode, Standing};
use leptos::prelude::*;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let mut parts: Vec<&CorpusPart> = corpus.parts().iter().map(AsRef::as_ref).collect();
    // The sort is stable: States by name, what does not exist last.
    parts.sort_by_key(|part| part.review.code.state.is_fictitious());
    let head = Head::titled(t!("home-title"));
    let open_rounds = request.visitor.may(Action::ReadOpenRounds);
    let import = request.visitor.may(Action::Import);
    Ok(shell::page(&request, &head, || {
        let count = parts.len();
        let rows = parts
            .iter()
            .map(|part| row(part, open_rounds))
            .collect_view();
        let table = if count == 0 {
            view! { <p class="none">{t!("home-empty")}</p> }.fragment()
        } else {
            view! {
                <div class="scroll" role="region" tabindex="0" aria-labelledby="reviews-caption">
                    <table class="reviews cards">
                        <caption id="reviews-caption">{t!("home-caption", count = count)}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{t!("home-state")}</th>
                                <th scope="col">{t!("home-cycle")}</th>
                                <th scope="col">{t!("home-session")}</th>
                                <th scope="col" class="number">{t!("home-recommendations")}</th>
                                <th scope="col" class="number">{t!("home-rounds")}</th>
                                <th scope="col">{t!("home-implementation")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .fragment()
        };
        view! {
            <h1>{t!("home-title")}</h1>
            <p class="lead">{t!("home-what")}</p>
            <p>
                <a href="/recommendations">{t!("list-everything")}</a>
            </p>
            {table}
            <p>
                <a href="/methodology">{t!("footer-methodology")}</a>
                {import.then(|| view! { " · " <a href="/import">{t!("import-link")}</a> })}
            </p>
        }
    }))
}

fn row(part: &CorpusPart, open_rounds: bool) -> Fragment {
    let code = part.review.code;
    let fictitious = code.state.is_fictitious();
    let rounds = if open_rounds {
        part.standing.rounds
    } else {
        part.standing.published
    };
    view! {
        <tr class=fictitious.then_some("fictitious-row")>
            <th scope="row">
                <a href=address::state(code.state)>{code.state.name()}</a>
                {fictitious
                    .then(|| view! { " " <span class="tag">{t!("fictitious-tag")}</span> })}
            </th>
            <td data-label=t!("home-cycle")>
                <a href=address::review(code)>{translations::cycle(code.cycle)}</a>
            </td>
            <td data-label=t!("home-session")>{session_and_date(&part.review)}</td>
            {figures_of(code, &part.standing, rounds)}
        </tr>
    }
    .fragment()
}

/// How many recommendations and rounds, and the sentence, each leading to what it counts.
pub(crate) fn figures_of(code: ReviewCode, of_review: &Standing, rounds: usize) -> Fragment {
    let rounds = if rounds == 0 {
        rounds.to_string().fragment()
    } else {
        let href = format!("{}#rounds", address::review(code));
        view! { <a href=href>{rounds.to_string()}</a> }.fragment()
    };
    view! {
        <td class="number" data-label=t!("home-recommendations")>{received(code, of_review)}</td>
        <td class="number" data-label=t!("home-rounds")>{rounds}</td>
        <td data-label=t!("home-implementation")>{standing(code, of_review)}</td>
    }
    .fragment()
}

/// "Session 36, 2020-11-02", as far as known.
pub(crate) fn session_and_date(review: &Review) -> String {
    match (review.session, review.date.clone()) {
        (Some(session), Some(date)) => t!("session-and-date", session = session, date = date),
        (Some(session), None) => t!("session", session = session),
        (None, date) => date.unwrap_or_else(|| t!("session-unknown")),
    }
}
