//! Every claim about what the State answered, with its source, and which one counts.

use super::Shown;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{t, translations};
use data::domain::Position;
use leptos::prelude::*;

/// The claims, the oldest first.
pub(crate) fn positions(shown: &Shown<'_>) -> Fragment {
    let positions = &shown.one.positions;
    if positions.is_empty() {
        return view! { <p class="none">{t!("recommendation-no-position")}</p> }.fragment();
    }
    let rows = positions
        .iter()
        .enumerate()
        .map(|(place, position)| row(position, place + 1 == positions.len()))
        .collect_view();
    view! {
        <div
            class="scroll"
            role="region"
            tabindex="0"
            aria-label=t!("recommendation-positions-caption")
        >
            <table class="claims">
                <caption>{t!("recommendation-positions-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("recommendation-position-class")}</th>
                        <th scope="col">{t!("recommendation-position-raw")}</th>
                        <th scope="col">{t!("recommendation-position-source")}</th>
                        <th scope="col">{t!("recommendation-position-paragraph")}</th>
                        <th scope="col">{t!("recommendation-position-date")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .fragment()
}

fn row(position: &Position, counts: bool) -> Fragment {
    let counts = counts.then(|| {
        view! {
            " "
            <span class="tag">{t!("recommendation-position-counts")}</span>
        }
    });
    let optional = |label: String, value: &Option<String>| {
        let value = value.clone().unwrap_or_else(|| t!("list-no-value"));
        view! {
            <td data-label=label dir="auto">
                {value}
            </td>
        }
    };
    view! {
        <tr>
            <th scope="row" data-label=t!("recommendation-position-class")>
                {translations::position(position.class)}
                {counts}
            </th>
            <td data-label=t!("recommendation-position-raw") dir="auto">
                {position.raw.clone()}
            </td>
            {optional(t!("recommendation-position-source"), &position.source)}
            {optional(t!("recommendation-position-paragraph"), &position.source_paragraph)}
            {optional(t!("recommendation-position-date"), &position.date)}
        </tr>
    }
    .fragment()
}
