//! A set along one dimension: a bar for each value, which leads to the list that it counts.

use crate::chart::Chart;
use crate::chart::forms::Layout;
use crate::chart::html::rows;
use crate::components::downloads::take_along;
use crate::components::drawing::source;
use crate::figures::Figures;
use crate::t;
use crate::web::html::{Fragment, IntoFragment as _};
use leptos::prelude::*;

/// So many lines are shown at once; the others open.
const AT_ONCE: usize = 12;

/// The chart under its finding.
pub(crate) fn by_dimension(figures: &Figures<'_>, chart: &Chart, query: &str) -> Option<Fragment> {
    let Layout::Rows(layout) = chart.layout() else {
        return None;
    };
    // Both parts are on the scale of all rows.
    let (first, rest) = layout.rows.split_at(AT_ONCE.min(layout.rows.len()));
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{t!("chart-more-lines", count = rest.len())}</summary>
                {rows::list(chart, rest.iter())}
            </details>
        }
    });
    let heading = format!("chart-{}", chart.name);
    let notes = layout.notes.iter();
    let notes = notes
        .map(|note| view! { <p class="note">{note.clone()}</p> })
        .collect_view();
    let view = view! {
        <section aria-labelledby=heading.clone() class="dimension">
            <h3 id=heading.clone()>{chart.lines_are.clone()}</h3>
            <p class="finding" dir="auto">{chart.title.clone()}</p>
            <div class="chart">
                {rows::key(chart, &layout)}
                {rows::list(chart, first.iter())}
                {more}
            </div>
            {notes}
            {source(chart)}
            {take_along(figures.record.review.code, &chart.name, query)}
        </section>
    };
    Some(view.fragment())
}
