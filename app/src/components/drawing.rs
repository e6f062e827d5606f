//! A chart in a page, with its source.

use crate::chart::{Chart, Form};
use crate::components::document_link::with_document_links;
use crate::t;
use crate::web::html::{Fragment, html};
use leptos::prelude::*;

/// The chart with its source.
pub(crate) fn drawing(chart: &Chart) -> Fragment {
    let title = t!("chart-drawing", title = chart.title.clone());
    // Tiles have headings of their own.
    let heading = matches!(chart.form, Form::Tiles(_)).then(|| {
        view! { <h2 class="visually-hidden">{title.clone()}</h2> }
    });
    html! {
        {heading}
        <figure class="chart" aria-label=title>
            {chart.html()}
            <figcaption class="source" dir="auto">{with_document_links(&source_of(chart))}</figcaption>
        </figure>
    }
}

/// A note that only the first lines are drawn, if there are more.
pub(crate) fn drawn_of(chart: &Chart, most: usize) -> Option<Fragment> {
    let count = chart.lines.len();
    let said = t!("chart-drawn", shown = most, count = count);
    (count > most).then(|| html! { <p class="note">{said}</p> })
}

fn source_of(chart: &Chart) -> String {
    t!("picture-source", source = chart.source.clone())
}

/// The source below a chart that has a heading of its own.
pub(crate) fn source(chart: &Chart) -> Fragment {
    html! { <p class="source" dir="auto">{with_document_links(&source_of(chart))}</p> }
}
