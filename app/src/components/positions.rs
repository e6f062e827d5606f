//! The State's answers alone, for a review that nobody has assessed.

use crate::components::by_status::number;
use crate::components::charts::bars;
use crate::components::status_mark::status_mark;
use crate::figures::{Figures, Statuses, percent};
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{t, translations};
use data::domain::Shape;
use leptos::prelude::*;

/// A bar for each position. Shares are of what is answered, as far as is known.
pub(crate) fn positions(figures: &Figures<'_>) -> Fragment {
    let breakdown = figures.breakdown(None);
    let counts = &breakdown.total;
    let whole = counts.received();
    let places = || breakdown.scale.statuses.iter().enumerate();
    let row = |(place, status): (usize, &data::domain::Status)| {
        let count = counts.of(place);
        let share = match counts.share(place) {
            Some(share) if !counts.is_small() => percent(share),
            _ => t!("percent-none"),
        };
        view! {
            <tr>
                <th scope="row">{status_mark(status)}</th>
                <td class="bar">{bars::bar(count, whole, &status.colour, status.shape)}</td>
                {number(count, figures.list(Statuses::One(place), None))}
                <td class="number">{share}</td>
            </tr>
        }
    };
    let answered = places().filter(|(_, status)| status.counts_as_assessed);
    let answered = answered.map(row).collect_view();
    // What there is none of is not worth a line here.
    let not_answered = places().filter(|(_, status)| !status.counts_as_assessed);
    let not_answered = not_answered.filter(|(place, _)| counts.of(*place) > 0);
    let not_answered = not_answered.map(row).collect_view();
    let bar = |count| bars::bar(count, whole, "plain", Shape::Full);
    let unit = translations::counting_unit(figures.unit);
    view! {
        <table class="bars">
            <caption>{t!("positions-caption", unit = unit)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t!("column-position")}</th>
                    <th scope="col">{t!("by-status-bar", received = whole)}</th>
                    <th scope="col" class="number">{t!("by-status-count")}</th>
                    <th scope="col" class="number">{t!("positions-share")}</th>
                </tr>
            </thead>
            <tbody>{answered}</tbody>
            <tbody class="sums">
                <tr class="base">
                    <th scope="row">{t!("answered-base")}</th>
                    <td class="bar">{bar(counts.assessed())}</td>
                    {number(counts.assessed(), figures.list(Statuses::Assessed, None))}
                    <td class="number">{t!("percent-none")}</td>
                </tr>
                {not_answered}
                <tr class="total">
                    <th scope="row">{t!("received")}</th>
                    <td class="bar">{bar(whole)}</td>
                    {number(whole, figures.list(Statuses::Any, None))}
                    <td class="number">{t!("percent-none")}</td>
                </tr>
            </tbody>
        </table>
    }
    .fragment()
}
