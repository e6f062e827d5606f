//! Position × status: what the State answered, and what became of it.

use crate::components::by_status::{linked, number, source};
use crate::components::charts::bars;
use crate::components::status_mark::status_mark;
use crate::components::take_along::take_along;
use crate::figures::{Figures, Statuses};
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{t, translations};
use data::domain::{Breakdown, Counts, Dimension};
use leptos::prelude::*;

/// One row before it is drawn: a position with its counts in the scale's order.
struct Row {
    /// The position's code; none for what the source does not break down.
    position: Option<String>,
    counts: Vec<u64>,
}

/// The cross-tabulation, or why there is none; with the query string of its chart, the ways to take it
/// along.
pub(crate) fn by_position(figures: &Figures<'_>, query: Option<&str>) -> Fragment {
    let breakdown = figures.breakdown(Some(Dimension::Position));
    if breakdown.parts.is_empty() {
        return view! { <p class="none">{t!("by-position-none")}</p> }.fragment();
    }
    let scale = &breakdown.scale;
    let unassessed = scale.unassessed();
    let rows = rows(&breakdown);
    let widest = rows.iter().map(|row| row.counts.iter().sum()).max();
    let some_derived = figures.round.totals.iter().any(|total| total.derived);
    let body = rows
        .iter()
        .map(|row| {
            let name = match &row.position {
                Some(code) => translations::dimension_value(Dimension::Position, code, |_| None),
                None => t!("by-position-unsaid"),
            };
            let sums = Sums::of(&row.counts, unassessed);
            let position = row.position.as_deref();
            let list = |statuses| {
                position
                    .and_then(|value| figures.list(statuses, Some((Dimension::Position, value))))
            };
            let derived = figures.derived(Dimension::Position, position);
            let cell = |place: usize| {
                let count = row.counts.get(place).copied().unwrap_or(0);
                let note = derived.contains(&place).then(derived_mark);
                view! {
                    <td class="number">{linked(count, list(Statuses::One(place)))} {note}</td>
                }
            };
            view! {
                <tr>
                    <th scope="row">
                        {name}
                        {bars::stacked(&row.counts, widest.unwrap_or(0), scale)}
                    </th>
                    {places(&breakdown).map(cell).collect_view()}
                    {number(sums.assessed, list(Statuses::Assessed))}
                    {cell(unassessed)}
                    {number(sums.received, list(Statuses::Any))}
                </tr>
            }
        })
        .collect_view();
    let headings = places(&breakdown)
        .filter_map(|place| scale.statuses.get(place))
        .map(|status| view! { <th scope="col" class="number">{status_mark(status)}</th> })
        .collect_view();
    let not_assessed = scale.statuses.get(unassessed).map(status_mark);
    let unit = translations::counting_unit(figures.unit);
    view! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby="by-position-caption">
            <table class="cross">
                <caption id="by-position-caption">
                    {t!("by-position-caption", unit = unit)}
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("column-position")}</th>
                        {headings}
                        <th scope="col" class="number">{t!("assessed-base")}</th>
                        <th scope="col" class="number">{not_assessed}</th>
                        <th scope="col" class="number">{t!("received")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
                <tfoot>{total_row(figures, &breakdown.total, &breakdown)}</tfoot>
            </table>
        </div>
        {some_derived.then(|| view! { <p class="note" id="derived">{t!("derived-note")}</p> })}
        {source(figures)}
        {query.map(|query| take_along(figures.record.review.code, Dimension::Position.param(), query))}
    }
    .fragment()
}

fn total_row(figures: &Figures<'_>, total: &Counts, breakdown: &Breakdown) -> Fragment {
    let of_status =
        |place: usize| number(total.of(place), figures.list(Statuses::One(place), None));
    view! {
        <tr class="total">
            <th scope="row">{t!("by-position-all")}</th>
            {places(breakdown).map(of_status).collect_view()}
            {number(total.assessed(), figures.list(Statuses::Assessed, None))}
            {of_status(breakdown.scale.unassessed())}
            {number(total.received(), figures.list(Statuses::Any, None))}
        </tr>
    }
    .fragment()
}

/// The places of the statuses that count as assessed.
fn places(breakdown: &Breakdown) -> impl Iterator<Item = usize> + use<> {
    let unassessed = breakdown.scale.unassessed();
    (0..breakdown.scale.statuses.len()).filter(move |place| *place != unassessed)
}

/// A row for each position, and one for what the source gives without a position: the columns add up
/// to the totals whatever was published.
fn rows(breakdown: &Breakdown) -> Vec<Row> {
    let statuses = breakdown.scale.statuses.len();
    let mut rest: Vec<u64> = (0..statuses)
        .map(|place| breakdown.total.of(place))
        .collect();
    let mut rows = Vec::new();
    for part in &breakdown.parts {
        let counts: Vec<u64> = (0..statuses).map(|place| part.counts.of(place)).collect();
        for (rest, count) in rest.iter_mut().zip(&counts) {
            *rest = rest.saturating_sub(*count);
        }
        rows.push(Row {
            position: part.value.clone(),
            counts,
        });
    }
    if rest.iter().any(|count| *count > 0) {
        rows.push(Row {
            position: None,
            counts: rest,
        });
    }
    rows
}

struct Sums {
    assessed: u64,
    received: u64,
}

impl Sums {
    fn of(counts: &[u64], unassessed: usize) -> Self {
        let received = counts.iter().sum();
        let not_assessed = counts.get(unassessed).copied().unwrap_or(0);
        Self {
            assessed: received - not_assessed,
            received,
        }
    }
}

/// What marks a number that was not published as such; the note is on the same page.
pub(crate) fn derived_mark() -> Fragment {
    view! { <a class="note-mark" href="#derived" aria-label=t!("derived-mark")>"*"</a> }.fragment()
}
