//! A chart drawn in a page: the same drawing as its file, in the page's colours.

use crate::chart::Chart;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::t;
use leptos::prelude::*;

/// The drawing with its source.
pub(crate) fn drawing(chart: &Chart) -> Fragment {
    view! {
        <figure class=if chart.is_long() { "chart long" } else { "chart" }>
            <div
                class="scroll drawing"
                role="region"
                tabindex="0"
                aria-label=t!("chart-drawing", title = chart.title.clone())
                inner_html=chart.inlined(&format!("drawn-{}", chart.name))
            ></div>
            <figcaption class="source" dir="auto">{source_of(chart)}</figcaption>
        </figure>
    }
    .fragment()
}

/// That only the first lines are drawn, where there are more.
pub(crate) fn drawn_of(chart: &Chart, most: usize) -> Option<Fragment> {
    let count = chart.lines.len();
    let said = t!("chart-drawn", shown = most, count = count);
    (count > most).then(|| view! { <p class="note">{said}</p> }.fragment())
}

fn source_of(chart: &Chart) -> String {
    t!("picture-source", source = chart.source.clone())
}

/// The source below a chart that is drawn otherwise.
pub(crate) fn source(chart: &Chart) -> Fragment {
    view! { <p class="source" dir="auto">{source_of(chart)}</p> }.fragment()
}
