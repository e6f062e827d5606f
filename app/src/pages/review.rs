//! `/reviews/{review}`: a review in one sentence, one chart, one cross-tabulation, and its rounds.
//!
//! `?round=` chooses the round whose figures are shown, `?unit=` what is counted.

use super::home::session_and_date;
use super::state::documents;
use crate::chart::{Chart, of_review};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::by_dimension::by_dimension;
use crate::components::by_position::by_position;
use crate::components::by_status::{by_status, source};
use crate::components::faults::said;
use crate::components::headline::{sentence, sentence_of, signed_among};
use crate::components::how_counted::how_counted;
use crate::components::positions::positions;
use crate::components::reconciled::reconciled;
use crate::components::round_card::round_card;
use crate::components::squares::squares;
use crate::components::take_along::take_along;
use crate::components::unconfirmed::unconfirmed;
use crate::components::unit_switch::unit_switch;
use crate::failure::Failure;
use crate::figures::{Figures, list_filter};
use crate::filter_words::{Subject, filter_in_words};
use crate::fragment::{Fragment, IntoFragment as _};
use crate::look::Look;
use crate::request::{Request, Visitor};
use crate::shell::{self, Head};
use crate::sources::documents_of;
use crate::summary::Shown;
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, CountingUnit, Dimension, Order, ReviewRecord};
use leptos::prelude::*;

pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let shown = Shown::read(&record, &request.query)?;
    let figures = shown.figures();
    let name = translations::review(&record.review);
    let state = record.review.code.state;
    let head = Head::titled(name.clone()).about(state);
    Ok(shell::page(&request, &head, || {
        let above = vec![(address::state(state), state.name().to_owned())];
        let summary = match &figures {
            Some(figures) if figures.is_of_answers() => answered(figures, shown.look),
            Some(figures) => assessed(figures, shown.look, &request.visitor),
            None => empty(&record),
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
            {said(shown.faults.clone())}
            {summary}
            {rounds(&record, figures.as_ref(), &request.visitor)}
            {figures.as_ref().map(how_counted)}
        }
    }))
}

/// What a round says about the review.
fn assessed(figures: &Figures<'_>, look: Look, visitor: &Visitor) -> Fragment {
    let round = figures.round;
    let open = !round.round.is_published();
    let query = look.after(figures.query());
    let code = figures.record.review.code;
    let take = |name| take_along(code, name, &query);
    view! {
        {filtered(figures, look)}
        <p class="headline">{sentence(&figures.breakdown(None))}</p>
        <p class="by">
            <span dir="auto">{signed_among(figures.record, round)}</span>
            {open.then(|| view! { " " <span class="tag">{t!("round-open-tag")}</span> })}
        </p>
        {unconfirmed(figures.record, round, visitor)}
        {reconciled(figures.record, round)}
        {missing(figures.record)}
        {all(figures.record, Some(figures))}
        {unit_switch(figures, look)}
        <section aria-labelledby="by-status">
            <h2 id="by-status">{t!("by-status-title")}</h2>
            <div class="side-by-side">
                <div>{by_status(figures)} {take(of_review::STATUS)}</div>
                <div>{squares(figures, look)} {take(of_review::SQUARES)}</div>
            </div>
        </section>
        <section aria-labelledby="by-position">
            <h2 id="by-position">{t!("by-position-title")}</h2>
            {by_position(figures, Some(&query))}
        </section>
        {breakdowns(figures, look, &query)}
    }
    .fragment()
}

/// What the State answered, where nobody has assessed what became of it.
fn answered(figures: &Figures<'_>, look: Look) -> Fragment {
    let query = look.after(figures.query());
    let code = figures.record.review.code;
    let take = |name| take_along(code, name, &query);
    let documents = documents_of(&figures.record.review).line();
    view! {
        {filtered(figures, look)}
        <p class="headline">
            {t!("review-not-assessed", what = figures.counted().in_words(figures.unit))}
        </p>
        <p class="sentence">{sentence_of(figures)}</p>
        <p class="by" dir="auto">{t!("picture-source", source = documents)}</p>
        {all(figures.record, Some(figures))}
        {unit_switch(figures, look)}
        <section aria-labelledby="positions">
            <h2 id="positions">{t!("positions-title")}</h2>
            <div class="side-by-side">
                <div>{positions(figures)} {source(figures)} {take(of_review::POSITION)}</div>
                <div>{squares(figures, look)} {take(of_review::SQUARES)}</div>
            </div>
        </section>
        {breakdowns(figures, look, &query)}
    }
    .fragment()
}

/// Which recommendations these are, where they are not all.
fn filtered(figures: &Figures<'_>, look: Look) -> Option<Fragment> {
    figures.left?;
    let round = &figures.round.round;
    let code = figures.record.review.code;
    let filter = figures.list_filter();
    let words = filter_in_words(
        &filter,
        figures.counted(),
        Subject::Review(code, figures.assessed_in()),
        Some(&round.scale),
    );
    let list = address::recommendations(code, &filter);
    let everything = Figures {
        left: None,
        ..*figures
    };
    let all = address::summary(code, &look.after(everything.query()));
    let view = view! {
        <div class="filtered">
            <p class="words" dir="auto">{words}</p>
            <ul class="actions">
                <li><a href=list>{t!("summary-list")}</a></li>
                <li><a href=all>{t!("summary-everything")}</a></li>
            </ul>
        </div>
    };
    Some(view.fragment())
}

/// Along everything that is known of the recommendations. Totals are known by position alone, and that
/// is above.
fn breakdowns(figures: &Figures<'_>, look: Look, query: &str) -> Option<Fragment> {
    let charts: Vec<Chart> = of_review::DIMENSIONS
        .into_iter()
        // Positions are cross-tabulated with statuses above.
        .filter(|dimension| *dimension != Dimension::Position)
        .filter(|dimension| figures.breakdown(Some(*dimension)).has_values())
        .filter_map(|dimension| of_review::chart(figures, dimension.param(), look, ""))
        .collect();
    if charts.is_empty() || !figures.is_itemised() {
        return None;
    }
    let code = figures.record.review.code;
    let orders = Order::ALL
        .map(|order| {
            let there = Look { order, ..look };
            let href = address::summary(code, &there.after(figures.query()));
            let href = format!("{href}#breakdowns");
            let current = (order == look.order).then_some("true");
            view! { " " <a href=href aria-current=current>{t!(order_key(figures, order))}</a> }
        })
        .into_iter()
        .collect_view();
    let unit = translations::counting_unit(figures.unit);
    let charts = charts
        .iter()
        .map(|chart| by_dimension(figures, chart, query))
        .collect_view();
    let view = view! {
        <section aria-labelledby="breakdowns">
            <h2 id="breakdowns">{t!("breakdowns-title")}</h2>
            <p>{t!("breakdowns-unit", unit = unit)}</p>
            <nav class="tabs" aria-label=t!("breakdowns-order")>
                <span class="tabs-label">{t!("breakdowns-order")}</span>
                {orders}
            </nav>
            <div class="dimensions">{charts}</div>
        </section>
    };
    Some(view.fragment())
}

fn order_key(figures: &Figures<'_>, order: Order) -> &'static str {
    match order {
        Order::Share if figures.is_of_answers() => "order-share-supported",
        Order::Own => "order-own",
        Order::Count => "order-count",
        Order::Share => "order-share",
    }
}

/// A review of which neither recommendations nor a round are here, and how they get in.
fn empty(record: &ReviewRecord) -> Fragment {
    view! {
        <p class="headline">{t!("review-empty")}</p>
        {missing(record)}
    }
    .fragment()
}

/// Says so where the recommendations themselves are not here, and how they get in.
fn missing(record: &ReviewRecord) -> Option<Fragment> {
    let some_totals = !record.rounds.is_empty();
    record.recommendations.is_empty().then(|| {
        let what = if some_totals {
            t!("review-totals-only")
        } else {
            t!("review-nothing-here")
        };
        view! { <p class="missing">{what} " " {t!("review-how-to-import")}</p> }.fragment()
    })
}

fn all(record: &ReviewRecord, figures: Option<&Figures<'_>>) -> Option<Fragment> {
    let count = record.recommendations.len();
    let unit = figures.map(|figures| figures.unit).unwrap_or_default();
    let round = figures.map(|figures| figures.round);
    let filter = figures.map_or_else(|| list_filter(record, round, unit), Figures::list_filter);
    let count = figures.map_or(count, |figures| match figures.left {
        Some(_) => figures.listed().count(),
        None => count,
    });
    let href = address::recommendations(record.review.code, &filter);
    (count > 0).then(|| {
        let link = view! { <a class="button" href=href>{t!("review-all", count = count)}</a> };
        view! { <p class="ways">{link}</p> }.fragment()
    })
}

fn rounds(record: &ReviewRecord, shown: Option<&Figures<'_>>, visitor: &Visitor) -> Fragment {
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
            {(record.rounds.len() > 1)
                .then(|| {
                    let href = address::compare(record.review.code, "");
                    view! { <p class="ways"><a class="button" href=href>{t!("compare-link")}</a></p> }
                })}
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
    .fragment()
}
