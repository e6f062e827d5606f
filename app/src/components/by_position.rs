//! Position × status: what the State answered, and what became of it.

use crate::chart::of_review::{self, POSITION};
use crate::components::by_status::source_of_both;
use crate::components::downloads::take_along;
use crate::components::numbers_table::cross_table;
use crate::figures::Figures;
use crate::t;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::web::html::{Fragment, html};
use leptos::prelude::*;

/// The cross-tabulation, or why there is none; with the query string of its chart, its downloads.
pub(crate) fn by_position(figures: &Figures<'_>, query: Option<&str>) -> Fragment {
    let chart = of_review::chart(figures, POSITION, Look::default(), "");
    let has_values = |line: &crate::chart::Line| !line.code.is_empty();
    let Some(chart) = chart.filter(|chart| chart.lines.iter().any(has_values)) else {
        return html! { <p class="none">{t!("by-position-none")}</p> };
    };
    let unit = translations::counting_unit(figures.unit);
    let some_derived = chart.lines.iter().any(|line| !line.derived.is_empty());
    html! {
        {cross_table(&chart, t!("by-position-caption", unit = unit))}
        {some_derived.then(|| view! { <p class="note" id="derived">{t!("derived-note")}</p> })}
        {source_of_both(figures)}
        {query.map(|query| take_along(figures.record.review.code, POSITION, query))}
    }
}
