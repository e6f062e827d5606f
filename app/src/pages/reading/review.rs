//! `/reviews/{review}`: a review in one sentence, one chart, one cross-tabulation, and its rounds.
//!
//! `?round=` chooses the round whose figures are shown, `?unit=` what is counted.

use crate::chart::{Chart, of_review};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::by_dimension::by_dimension;
use crate::components::by_position::by_position;
use crate::components::by_status::{by_status, positions};
use crate::components::carried_over_banner::unconfirmed;
use crate::components::class_switch::class_switch;
use crate::components::correction::{chosen_headline, superseded};
use crate::components::document::{self, Head};
use crate::components::downloads::take_several;
use crate::components::fault_list::said;
use crate::components::headline::session_and_date;
use crate::components::methodology_note::how_counted;
use crate::components::round_card::round_card;
use crate::components::squares::squares;
use crate::components::totals_check::reconciled;
use crate::components::unit_switch::unit_switch;
use crate::figures::headline::{sentence, sentence_of};
use crate::figures::summary::Shown;
use crate::figures::{Figures, list_filter};
use crate::pages::reading::state::documents;
use crate::t;
use crate::text::coverage;
use crate::text::names;
use crate::text::provenance::Sources;
use crate::text::round_names;
use crate::text::round_names::signed_among;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::{Request, Visitor};
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use data::domain::{
    Action, Dimension, Object, Order, ReviewCoverage, ReviewRecord, RoundRecord, StateCode,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    // The address was public while the round was. Its page says what became of it.
    let asked = request.parameter("round");
    let withdrawn = asked.and_then(|slug| record.any_round(&slug));
    if let Some(withdrawn) = withdrawn.filter(|round| round.round.is_withdrawn()) {
        let there = paths::round(record.review.code, &withdrawn.round.slug);
        return Ok(Redirect::to(&there).into_response());
    }
    let shown = Shown::read(&record, &request.query)?;
    let figures = shown.figures();
    let name = translations::review(&record.review);
    let state = record.review.code.state;
    let picture = figures.as_ref().map(|figures| {
        let chart = match figures.round() {
            Some(_) => of_review::STATUS,
            None => of_review::POSITION,
        };
        let query = shown.look.after(figures.query());
        paths::chart(record.review.code, chart, ".png", &query)
    });
    let head = Head {
        description: figures.as_ref().map(sentence_of),
        picture,
        ..Head::titled(name.clone()).about(state)
    };
    Ok(document::page(&request, &head, || {
        let above = vec![(paths::state(state), names::state(state).to_owned())];
        let summary = match &figures {
            Some(figures) => match figures.round() {
                Some(round) => assessed(figures, round, shown.look, &request.visitor),
                None => answered(figures, shown.look, &request.visitor),
            },
            None => empty(&record, &request.visitor),
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
            {recommending(&record)}
            {rounds(&record, figures.as_ref(), &request.visitor)}
            {figures.as_ref().map(how_counted)}
        }
    }))
}

/// What a round says about the review.
fn assessed(figures: &Figures<'_>, round: &RoundRecord, look: Look, visitor: &Visitor) -> Fragment {
    let open = !round.round.is_published();
    let query = look.after(figures.query());
    let code = figures.record.review.code;
    html! {
        {filtered(figures, look)}
        <p class="headline">{sentence(&figures.breakdown(None))}</p>
        <p class="by">
            <span dir="auto">{signed_among(figures.record, round)}</span>
            {open.then(|| view! { " " <span class="tag">{t!("round-open-tag")}</span> })}
        </p>
        {superseded(figures.record, round, false)}
        {chosen_headline(round)}
        {unconfirmed(figures.record, round, visitor)}
        {reconciled(figures.record, round)}
        {missing(figures.record, visitor)}
        {all(figures.record, Some(figures))}
        {unit_switch(figures, look)}
        <section aria-labelledby="by-status">
            <h2 id="by-status">{t!("by-status-title")}</h2>
            {by_status(figures)}
            {squares(figures, look)}
            {take_several(code, &charts(of_review::STATUS, t!("by-status-title")), &query)}
        </section>
        <section aria-labelledby="by-position">
            <h2 id="by-position">{t!("by-position-title")}</h2>
            {by_position(figures, Some(&query))}
        </section>
        {breakdowns(figures, look, &query)}
    }
}

/// What the State answered, where nobody has assessed what became of it.
fn answered(figures: &Figures<'_>, look: Look, visitor: &Visitor) -> Fragment {
    let query = look.after(figures.query());
    let code = figures.record.review.code;
    let sources = Sources::of_answers(figures.set).line();
    html! {
        {filtered(figures, look)}
        <p class="headline">
            {t!("review-not-assessed", what = figures.counted().in_words(figures.unit))}
        </p>
        <p class="sentence">{sentence_of(figures)}</p>
        <p class="by" dir="auto">{t!("picture-source", source = sources)}</p>
        {missing(figures.record, visitor)}
        {all(figures.record, Some(figures))}
        {unit_switch(figures, look)}
        {class_switch(look, |look| paths::summary(code, &look.after(figures.query())))}
        <section aria-labelledby="positions">
            <h2 id="positions">{t!("positions-title")}</h2>
            {positions(figures)}
            {squares(figures, look)}
            {take_several(code, &charts(of_review::POSITION, t!("positions-title")), &query)}
        </section>
        {breakdowns(figures, look, &query)}
    }
}

/// The charts of a section that has squares besides, with their names.
fn charts(name: &'static str, title: String) -> [(&'static str, String); 2] {
    [(name, title), (of_review::SQUARES, t!("take-squares"))]
}

/// Which recommendations these are, where they are not all.
fn filtered(figures: &Figures<'_>, look: Look) -> Option<Fragment> {
    if !figures.is_filtered() {
        return None;
    }
    let code = figures.record.review.code;
    let words = figures.words();
    let list = paths::recommendations(code, &figures.list_filter());
    let all = paths::summary(code, &look.after(figures.query_of_all()));
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

/// Every State that made a recommendation, by the alphabet, with the number of them. Each leads to what it recommended
/// to the State under review in all cycles.
fn recommending(record: &ReviewRecord) -> Option<Fragment> {
    let mut made: BTreeMap<StateCode, usize> = BTreeMap::new();
    for state in record
        .recommendations
        .iter()
        .flat_map(|one| &one.recommending)
    {
        *made.entry(*state).or_default() += 1;
    }
    if made.is_empty() {
        return None;
    }
    let count = made.len();
    let mut made: Vec<(StateCode, usize)> = made.into_iter().collect();
    made.sort_by_cached_key(|(state, _)| names::alphabetical(names::state(state)));
    let under_review = record.review.code.state;
    let states = made.into_iter().map(|(state, count)| {
        let href = paths::briefing(state, under_review.as_str());
        view! {
            <li>
                <a href=href>{names::state(state)}</a>
                " "
                <span class="by">{count.to_string()}</span>
            </li>
        }
    });
    let view = view! {
        <section aria-labelledby="recommending">
            <h2 id="recommending">{t!("review-recommending", count = count)}</h2>
            <p>{t!("review-recommending-what", state = names::state(under_review))}</p>
            <details class="more">
                <summary>{t!("review-recommending-all")}</summary>
                <ul class="columns">{states.collect_view()}</ul>
            </details>
        </section>
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
            let href = paths::summary(code, &there.after(figures.query()));
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
        Order::Share if figures.positions().is_some() => "order-share-supported",
        Order::Own => "order-own",
        Order::Count => "order-count",
        Order::Share => "order-share",
    }
}

/// A review of which neither recommendations nor a round are here, and how they get in.
fn empty(record: &ReviewRecord, visitor: &Visitor) -> Fragment {
    html! {
        <p class="headline">{t!("review-empty")}</p>
        {missing(record, visitor)}
    }
}

/// What is missing of a review, or too much: its recommendations, some of those that a round reports to have been
/// received, or the numbers of some.
fn missing(record: &ReviewRecord, visitor: &Visitor) -> Option<Fragment> {
    if let Some(what) = coverage::on_review(&ReviewCoverage::of(record)) {
        return Some(html! { <p class="missing">{what}</p> });
    }
    let some_totals = !record.rounds.is_empty();
    record.recommendations.is_empty().then(|| {
        let what = if some_totals {
            t!("review-totals-only")
        } else {
            t!("review-nothing-here")
        };
        let may_import = visitor.may(Action::Import, Object::Review(record.review.code));
        let how = may_import.then(|| t!("review-how-to-import"));
        html! { <p class="missing">{what} " " {how}</p> }
    })
}

fn all(record: &ReviewRecord, figures: Option<&Figures<'_>>) -> Option<Fragment> {
    let count = record.recommendations.len();
    let unit = figures.map(|figures| figures.unit).unwrap_or_default();
    let filter = figures.map_or_else(|| list_filter(record, None, unit), Figures::list_filter);
    let filtered = figures.filter(|figures| figures.is_filtered());
    let count = filtered.map_or(count, |figures| figures.listed().count());
    let href = paths::recommendations(record.review.code, &filter);
    (count > 0).then(|| {
        let link = view! { <a class="button" href=href>{t!("review-all", count = count)}</a> };
        html! { <p class="ways">{link}</p> }
    })
}

/// Superseded and withdrawn rounds, folded.
fn former(record: &ReviewRecord) -> Option<Fragment> {
    let rows = record.former.iter().filter_map(|of| {
        let publication = &of.round.publication;
        let (tag, said) = if let Some(withdrawn) = &publication.withdrawn {
            let day = translations::day_written_out(withdrawn.at);
            let said = t!(
                "former-withdrawn",
                day = day,
                reason = withdrawn.reason.clone()
            );
            (t!("withdrawn-tag"), said)
        } else {
            let superseded = publication.superseded.as_ref()?;
            let said = t!(
                "former-superseded",
                day = translations::day_written_out(superseded.at),
                number = superseded.correction,
                reason = superseded.reason.clone()
            );
            (t!("superseded-tag"), said)
        };
        let href = paths::round(record.review.code, &of.round.slug);
        let title = round_names::title(&of.round);
        Some(view! {
            <li>
                <a href=href dir="auto">{title}</a>
                " "
                <span class="tag">{tag}</span>
                " "
                <span class="by" dir="auto">{said}</span>
            </li>
        })
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        html! {
            <details class="former">
                <summary>{t!("former-rounds", count = rows.len())}</summary>
                <ul>{rows}</ul>
            </details>
        }
    })
}

fn rounds(record: &ReviewRecord, shown: Option<&Figures<'_>>, visitor: &Visitor) -> Fragment {
    let shown = shown.and_then(Figures::round).map(|round| round.round.id);
    let cards = record
        .rounds
        .iter()
        .map(|round| round_card(record, round, shown == Some(round.round.id), visitor))
        .collect_view();
    let none = record.rounds.is_empty();
    let open = visitor.may(Action::OpenRound, Object::Review(record.review.code));
    let import = visitor.may(Action::Import, Object::Review(record.review.code));
    let edit = visitor.may(
        Action::EditRecommendations,
        Object::Review(record.review.code),
    );
    let new = paths::new_round(record.review.code);
    let corrections = paths::corrections(Some(record.review.code), 1);
    let add = paths::add_recommendation(record.review.code);
    html! {
        <section class="rounds" aria-labelledby="rounds">
            <h2 id="rounds">{t!("rounds-title")}</h2>
            {none.then(|| view! { <p class="none">{t!("rounds-none")}</p> })}
            {(record.rounds.len() > 1)
                .then(|| {
                    let href = paths::compare(record.review.code, "");
                    view! { <p class="ways"><a class="button" href=href>{t!("compare-link")}</a></p> }
                })}
            {cards}
            {former(record)}
            <p class="ways">
                <a href=corrections>{t!("corrections-link")}</a>
            </p>
            {(open || import || edit)
                .then(|| {
                    view! {
                        <ul class="actions">
                            {open
                                .then(|| {
                                    view! { <li><a href=new>{t!("new-round-title")}</a></li> }
                                })}
                            {import
                                .then(|| {
                                    view! { <li><a href=paths::localize("/import")>{t!("import-link")}</a></li> }
                                })}
                            {edit
                                .then(|| {
                                    view! { <li><a href=add>{t!("edit-add-title")}</a></li> }
                                })}
                        </ul>
                    }
                })}
        </section>
    }
}
