//! `/reviews/{review}/rounds/{round}`: everything about a round. With `.txt` at its end: the text that
//! its content hash is taken of.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::by_position::by_position;
use crate::components::by_status::by_status;
use crate::components::headline::sentence;
use crate::components::how_counted::how_counted;
use crate::components::publish_form::publish_form;
use crate::components::round_card::{citations, facts};
use crate::components::scale_table::scale_table;
use crate::components::unit_switch::shown_as;
use crate::failure::Failure;
use crate::figures::Figures;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use data::domain::{Action, CountingUnit, ReviewRecord, Round};
use leptos::prelude::*;

pub(crate) async fn page(
    Path((review, round)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    // A round's name has no full stop, so what ends in `.txt` is no round's name.
    if let Some(slug) = round.strip_suffix(".txt") {
        return text(&record, slug);
    }
    let round = record.round(&round).ok_or(Failure::NotFound)?;
    let figures = Figures::new(&record, round, CountingUnit::default());
    let code = record.review.code;
    let round = &round.round;
    let head = Head::titled(round.title.clone()).about(code.state);
    Ok(shell::page(&request, &head, || {
        let above = vec![
            (address::state(code.state), code.state.name().to_owned()),
            (address::review(code), translations::cycle(code.cycle)),
        ];
        let open = !round.is_published();
        let replaces = round.supersedes.clone().map(|slug| {
            let href = address::round(code, &slug);
            view! { <p>{t!("round-replaces")} " " <a href=href>{slug}</a></p> }
        });
        let assess =
            (open && figures.is_itemised() && request.visitor.may(Action::Assess)).then(|| {
                let href = address::worklist(code, &round.slug);
                view! { <p><a class="button" href=href>{t!("round-assess")}</a></p> }
            });
        let publish = (open && figures.is_itemised() && request.visitor.may(Action::PublishRound))
            .then(|| publish_form(&record, figures.round));
        let summary = shown_as(&record, Some(&round.slug), CountingUnit::default());
        view! {
            {breadcrumbs(above, round.title.clone())}
            <h1 dir="auto">{round.title.clone()}</h1>
            <p class="over">
                <a href=summary>{translations::review(&record.review)}</a>
            </p>
            <p class="headline">{sentence(&figures.breakdown(None))}</p>
            {facts(&figures)}
            {replaces}
            {citations(&figures)}
            {assess}
            {publish}
            <section aria-labelledby="by-status">
                <h2 id="by-status">{t!("by-status-title")}</h2>
                {by_status(&figures)}
            </section>
            <section aria-labelledby="by-position">
                <h2 id="by-position">{t!("by-position-title")}</h2>
                {by_position(&figures)}
            </section>
            <section aria-labelledby="method">
                <h2 id="method">{t!("round-method-title")}</h2>
                {method(round)}
            </section>
            <section aria-labelledby="scale">
                <h2 id="scale">{t!("round-scale-title")}</h2>
                {scale_table(&round.scale)}
            </section>
            <section aria-labelledby="hash">
                <h2 id="hash">{t!("round-hash-title")}</h2>
                {hash(&record, round)}
            </section>
            {how_counted(&figures)}
        }
    }))
}

/// How it was done, in the organisation's words.
fn method(round: &Round) -> AnyView {
    match round.method.clone() {
        Some(method) => method
            .split("\n\n")
            .map(|paragraph| view! { <p dir="auto">{paragraph.to_owned()}</p> })
            .collect_view()
            .into_any(),
        None => view! { <p class="none">{t!("round-method-none")}</p> }.into_any(),
    }
}

/// The content hash and how anybody comes to the same one.
fn hash(record: &ReviewRecord, round: &Round) -> AnyView {
    let Some(hash) = round.content_hash.clone().filter(|_| round.is_published()) else {
        return view! { <p class="none">{t!("round-hash-open")}</p> }.into_any();
    };
    let href = address::round_text(record.review.code, &round.slug);
    let file = format!("{}.txt", round.slug);
    view! {
        <p>
            <code class="hash">{hash}</code>
        </p>
        <p>
            {t!("round-hash-how")} " " <a href=href>{t!("round-hash-text", file = file.clone())}</a>
        </p>
        <pre>
            <code>{format!("sha256sum {file}")}</code>
        </pre>
    }
    .into_any()
}

fn text(record: &ReviewRecord, slug: &str) -> Result<Response, Failure> {
    let round = record
        .round(slug)
        .filter(|round| round.round.is_published())
        .ok_or(Failure::NotFound)?;
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((headers, round.canonical_text(record)).into_response())
}
