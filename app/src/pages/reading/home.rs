//! `/`: the States and cycles that hold data, each with its headline sentence.

use crate::components::headline::{received, standing};
use crate::t;
use crate::text::coverage;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::document::{self, Head};
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _};
use crate::web::request::Request;
use axum::response::Response;
use data::domain::{Action, CorpusPart, Coverage, Filter, Object, Review, ReviewCode, Standing};
use leptos::prelude::*;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let mut parts: Vec<&CorpusPart> = corpus.parts().iter().map(AsRef::as_ref).collect();
    // The sort is stable: States by name, what does not exist last.
    parts.sort_by_key(|part| part.review.code.state.is_fictitious());
    let loaded = parts.iter().filter(|part| !part.is_empty());
    let loaded = Coverage::of(loaded.map(|part| part.review.code), &[], &[]);
    let coverage = coverage::in_words(loaded, &Filter::default());
    let head = Head::titled(t!("home-title"));
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let import = request.visitor.may(Action::Import, Object::Installation);
    Ok(document::page(&request, &head, || {
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
            {coverage.map(|coverage| view! { <p class="by">{coverage}</p> })}
            <p>
                <a href=paths::localize("/recommendations")>{t!("list-everything")}</a>
            </p>
            {table}
            <p>
                <a href=paths::localize("/methodology")>{t!("footer-methodology")}</a>
                {import.then(|| view! { " · " <a href=paths::localize("/import")>{t!("import-link")}</a> })}
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
                <a href=paths::state(code.state)>{names::state(code.state)}</a>
                {fictitious
                    .then(|| view! { " " <span class="tag">{t!("fictitious-tag")}</span> })}
            </th>
            <td data-label=t!("home-cycle")>
                <a href=paths::review(code)>{translations::cycle(code.cycle)}</a>
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
        let href = format!("{}#rounds", paths::review(code));
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
    match (review.session, review.date.clone().map(String::from)) {
        (Some(session), Some(date)) => t!("session-and-date", session = session, date = date),
        (Some(session), None) => t!("session", session = session),
        (None, date) => date.unwrap_or_else(|| t!("session-unknown")),
    }
}
