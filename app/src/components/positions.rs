//! The State's answers alone, for a review that nobody has assessed.

use crate::components::by_status::number;
use crate::components::charts::bars;
use crate::figures::list_filter;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{address, t, translations};
use data::domain::{CountingUnit, Dimension, PositionClass, ReviewRecord, Shape};
use leptos::prelude::*;

/// A bar for each position.
pub(crate) fn positions(record: &ReviewRecord) -> Fragment {
    let unit = CountingUnit::default();
    let whole = record.recommendations.len() as u64;
    let rows = PositionClass::ALL
        .into_iter()
        .filter_map(|class| {
            let of_class = |one: &&data::domain::Recommendation| one.position() == class;
            let count = record.recommendations.iter().filter(of_class).count() as u64;
            if count == 0 {
                return None;
            }
            let filter = list_filter(record, None, unit);
            let filter = filter.with_only(Dimension::Position, class.code());
            let href = address::recommendations(record.review.code, &filter);
            Some(view! {
                <tr>
                    <th scope="row">{translations::position(class)}</th>
                    <td class="bar">{bars::bar(count, whole, "plain", Shape::Full)}</td>
                    {number(count, Some(href))}
                </tr>
            })
        })
        .collect_view();
    let all = address::recommendations(record.review.code, &list_filter(record, None, unit));
    view! {
        <table class="bars">
            <caption>
                {t!("positions-caption", unit = translations::counting_unit(unit))}
            </caption>
            <thead>
                <tr>
                    <th scope="col">{t!("column-position")}</th>
                    <th scope="col">{t!("by-status-bar", received = whole)}</th>
                    <th scope="col" class="number">{t!("by-status-count")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tbody class="sums">
                <tr class="total">
                    <th scope="row">{t!("received")}</th>
                    <td class="bar">{bars::bar(whole, whole, "plain", Shape::Full)}</td>
                    {number(whole, Some(all))}
                </tr>
            </tbody>
        </table>
    }
    .fragment()
}
