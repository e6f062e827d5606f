//! `/reviews/{review}`: a review in one sentence, one chart, one cross-tabulation, and its rounds.
//!
//! `?round=` chooses the round whose figures are shown, `?unit=` what is counted.

use super::home::session_and_date;
use super::state::documents;
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::by_position::by_position;
use crate::components::by_status::by_status;
use crate::components::headline::{sentence, signed};
use crate::components::how_counted::how_counted;
use crate::components::positions::positions;
use crate::components::round_card::round_card;
use crate::components::squares::squares;
use crate::components::unit_switch::unit_switch;
use crate::failure::Failure;
use crate::figures::{Figures, list_filter, shown_by_default};
use crate::request::{Request, Visitor};
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, CountingUnit, ReviewRecord};
use leptos::prelude::*;

pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let round = match request.parameter("round").filter(|slug| !slug.is_empty()) {
        Some(slug) => Some(record.round(&slug).ok_or(Failure::NotFound)?),
        None => shown_by_default(&record),
    };
    let unit = request
        .parameter("unit")
        .and_then(|unit| CountingUnit::parse(&unit));
    let figures = round.map(|round| Figures::new(&record, round, unit.unwrap_or_default()));
    let name = translations::review(&record.review);
    let state = record.review.code.state;
    let head = Head::titled(name.clone()).about(state);
    Ok(shell::page(&request, &head, || {
        let above = vec![(address::state(state), state.name().to_owned())];
        let summary = match &figures {
            Some(figures) => assessed(figures),
            None => unassessed(&record),
        };
        view! {
            {breadcrumbs(above, translations::cycle(record.review.code.cycle))}
            <h1>{name}</h1>
            <dl class="facts inline">
                <dt>{t!("home-session")}</dt>
                <dd>{session_and_date(&record.review)}</dd>
                <dt>{t!("state-documents")}</dt>
                <dd>{documents(&record.review)}</dd>
            </dl>
            {summary}
            {rounds(&record, figures.as_ref(), &request.visitor)}
            {figures.as_ref().map(how_counted)}
        }
    }))
}

/// What a round says about the review.
fn assessed(figures: &Figures<'_>) -> AnyView {
    let round = figures.round;
    let open = !round.round.is_published();
    view! {
        <p class="headline">{sentence(&figures.breakdown(None))}</p>
        <p class="by">
            <span dir="auto">{signed(round)}</span>
            {open.then(|| view! { " " <span class="tag">{t!("round-open-tag")}</span> })}
        </p>
        {missing(figures.record)}
        {all(figures.record, Some(figures))}
        {unit_switch(figures)}
        <section aria-labelledby="by-status">
            <h2 id="by-status">{t!("by-status-title")}</h2>
            <div class="side-by-side">{by_status(figures)} {squares(figures)}</div>
        </section>
        <section aria-labelledby="by-position">
            <h2 id="by-position">{t!("by-position-title")}</h2>
            {by_position(figures)}
        </section>
    }
    .into_any()
}

/// A review that nobody has assessed: what was recommended, and how more gets in.
fn unassessed(record: &ReviewRecord) -> AnyView {
    let count = record.recommendations.len();
    view! {
        <p class="headline">
            {if count > 0 {
                t!("review-not-assessed", count = count)
            } else {
                t!("review-empty")
            }}
        </p>
        {missing(record)}
        {all(record, None)}
        {(count > 0)
            .then(|| {
                view! {
                    <section aria-labelledby="positions">
                        <h2 id="positions">{t!("positions-title")}</h2>
                        {positions(record)}
                    </section>
                }
            })}
    }
    .into_any()
}

/// Says so where the recommendations themselves are not here, and how they get in.
fn missing(record: &ReviewRecord) -> Option<AnyView> {
    let some_totals = !record.rounds.is_empty();
    record.recommendations.is_empty().then(|| {
        let what = if some_totals {
            t!("review-totals-only")
        } else {
            t!("review-nothing-here")
        };
        view! { <p class="missing">{what} " " {t!("review-how-to-import")}</p> }.into_any()
    })
}

fn all(record: &ReviewRecord, figures: Option<&Figures<'_>>) -> Option<AnyView> {
    let count = record.recommendations.len();
    let unit = figures.map(|figures| figures.unit).unwrap_or_default();
    let filter = list_filter(record, figures.map(|figures| figures.round), unit);
    let href = address::recommendations(record.review.code, &filter);
    (count > 0).then(|| {
        let link = view! { <a class="button" href=href>{t!("review-all", count = count)}</a> };
        view! { <p class="ways">{link}</p> }.into_any()
    })
}

fn rounds(record: &ReviewRecord, shown: Option<&Figures<'_>>, visitor: &Visitor) -> AnyView {
    let shown = shown.map(|figures| figures.round.round.id);
    let cards = record
        .rounds
        .iter()
        .map(|round| {
            let figures = Figures::new(record, round, CountingUnit::default());
            round_card(&figures, shown == Some(round.round.id), visitor)
        })
        .collect_view();
    let none = record.rounds.is_empty();
    let open = visitor.may(Action::OpenRound);
    let import = visitor.may(Action::Import);
    let new = address::new_round(record.review.code);
    view! {
        <section class="rounds" aria-labelledby="rounds">
            <h2 id="rounds">{t!("rounds-title")}</h2>
            {none.then(|| view! { <p class="none">{t!("rounds-none")}</p> })}
            {cards}
            {(open || import)
                .then(|| {
                    view! {
                        <ul class="actions">
                            {open
                                .then(|| {
                                    view! { <li><a href=new>{t!("new-round-title")}</a></li> }
                                })}
                            {import
                                .then(|| {
                                    view! { <li><a href="/import">{t!("import-link")}</a></li> }
                                })}
                        </ul>
                    }
                })}
        </section>
    }
    .into_any()
}
