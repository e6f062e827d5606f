//! A chart drawn in a page: the same drawing as its file, in the page's colours.

use crate::chart::Chart;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::t;
use leptos::prelude::*;

/// The drawing with its source.
pub(crate) fn drawing(chart: &Chart) -> Fragment {
    view! {
        <figure class="chart">
            <div
                class="scroll drawing"
                role="region"
                tabindex="0"
                aria-label=t!("chart-drawing", title = chart.title.clone())
                inner_html=chart.inlined(&format!("drawn-{}", chart.name))
            ></div>
            <figcaption class="source" dir="auto">
                {t!("picture-source", source = chart.source.clone())}
            </figcaption>
        </figure>
    }
    .fragment()
}
