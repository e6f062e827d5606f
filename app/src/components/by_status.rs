//! A round by status: one bar for all, and a table with a bar for each.

use crate::components::charts::bars;
use crate::components::headline::{finding, in_words, signed};
use crate::components::status_mark::status_mark;
use crate::figures::{Figures, Statuses, percent};
use crate::fragment::{Fragment, IntoFragment as _};
use crate::sources::documents_of;
use crate::{address, t, translations};
use data::domain::{Breakdown, Shape};
use leptos::prelude::*;

/// The chart with its table and its source.
pub(crate) fn by_status(figures: &Figures<'_>) -> Fragment {
    let breakdown = figures.breakdown(None);
    let counts = drawn(&breakdown);
    let title = finding(&breakdown).unwrap_or_else(|| t!("finding-none"));
    let strip = bars::strip(
        &counts,
        &breakdown.scale,
        title.clone(),
        in_words(figures, &breakdown),
    );
    view! {
        <figure class="chart">
            <figcaption dir="auto">{title}</figcaption>
            {strip}
            {status_table(figures, &breakdown)}
            {source(figures)}
        </figure>
    }
    .fragment()
}

/// Who says so, leading to the round; the documents, where nobody has assessed it.
pub(crate) fn source(figures: &Figures<'_>) -> Fragment {
    let Some(round) = figures.assessed_in() else {
        let documents = documents_of(&figures.record.review).line();
        let source = t!("picture-source", source = documents);
        return view! { <p class="source" dir="auto">{source}</p> }.fragment();
    };
    let href = address::round(figures.record.review.code, &round.slug);
    view! {
        <p class="source">
            {t!("chart-source")} " " <a href=href dir="auto">{signed(figures.round)}</a>
        </p>
    }
    .fragment()
}

/// The counts in the scale's order.
fn drawn(breakdown: &Breakdown) -> Vec<u64> {
    (0..breakdown.scale.statuses.len())
        .map(|place| breakdown.total.of(place))
        .collect()
}

fn status_table(figures: &Figures<'_>, breakdown: &Breakdown) -> Fragment {
    let counts = &breakdown.total;
    let received = counts.received();
    let unassessed = breakdown.scale.unassessed();
    let row = |place: usize| {
        let status = breakdown.scale.statuses.get(place)?;
        let count = counts.of(place);
        let share = match counts.share(place) {
            Some(share) => percent(share),
            None => t!("percent-none"),
        };
        let bar = bars::bar(count, received, &status.colour, status.shape);
        let number = number(count, figures.list(Statuses::One(place), None));
        Some(view! {
            <tr>
                <th scope="row">{status_mark(status)}</th>
                <td class="bar">{bar}</td>
                {number}
                <td class="number">{share}</td>
            </tr>
        })
    };
    let assessed = (0..breakdown.scale.statuses.len())
        .filter(|place| *place != unassessed)
        .map(row)
        .collect_view();
    let share_of_base = if counts.assessed() > 0 {
        percent(1.0)
    } else {
        t!("percent-none")
    };
    view! {
        <table class="bars">
            <caption>
                {t!("by-status-caption", unit = translations::counting_unit(figures.unit))}
            </caption>
            <thead>
                <tr>
                    <th scope="col">{t!("column-status")}</th>
                    <th scope="col">{t!("by-status-bar", received = received)}</th>
                    <th scope="col" class="number">{t!("by-status-count")}</th>
                    <th scope="col" class="number">{t!("by-status-share")}</th>
                </tr>
            </thead>
            <tbody>{assessed}</tbody>
            <tbody class="sums">
                <tr class="base">
                    <th scope="row">{t!("assessed")}</th>
                    <td class="bar">
                        {bars::bar(counts.assessed(), received, "plain", Shape::Full)}
                    </td>
                    {number(counts.assessed(), figures.list(Statuses::Assessed, None))}
                    <td class="number">{share_of_base}</td>
                </tr>
                {row(unassessed)}
                <tr class="total">
                    <th scope="row">{t!("received")}</th>
                    <td class="bar">{bars::bar(received, received, "plain", Shape::Full)}</td>
                    {number(received, figures.list(Statuses::Any, None))}
                    <td class="number">{t!("percent-none")}</td>
                </tr>
            </tbody>
        </table>
    }
    .fragment()
}

/// A number in a cell, which leads to what it counts.
pub(crate) fn number(count: u64, href: Option<String>) -> Fragment {
    view! { <td class="number">{linked(count, href)}</td> }.fragment()
}

/// A number that leads to what it counts, if there is anything.
pub(crate) fn linked(count: u64, href: Option<String>) -> Fragment {
    match href.filter(|_| count > 0) {
        Some(href) => view! { <a href=href>{translations::number(count)}</a> }.fragment(),
        None => translations::number(count).fragment(),
    }
}
