//! The world as tiles, under a choice of measures.

use crate::chart::world::{WORLD, WORLD_SUPPORTED};
use crate::chart::{Chart, Measure};
use crate::components::drawing::source;
use crate::t;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use leptos::prelude::*;

/// The name of the chart that counts a measure.
pub(crate) fn chart_of(measure: Measure) -> &'static str {
    match measure {
        Measure::Supported => WORLD_SUPPORTED,
        Measure::Implemented => WORLD,
    }
}

/// The page that shows a measure of what a query leaves.
pub(crate) fn with_measure(query: &str, measure: Measure) -> String {
    let and = if query.is_empty() { "" } else { "&" };
    paths::localize(format_args!(
        "/world?{query}{and}measure={}",
        measure.code()
    ))
}

/// The tiles of a chart, group by group; `query` is that of the page without its measure.
pub(crate) fn tiles(query: &str, chart: &Chart, measure: Measure) -> Fragment {
    let tabs = [Measure::Supported, Measure::Implemented]
        .map(|one| {
            let href = with_measure(query, one);
            let current = (one == measure).then_some("true");
            view! {
                " "
                <a href=href aria-current=current rel="nofollow">
                    {t!(&format!("world-measure-{}", one.code()))}
                </a>
            }
        })
        .into_iter()
        .collect_view();
    html! {
        <nav class="tabs" aria-label=t!("world-measure")>{tabs}</nav>
        <figure class="chart world">
            <figcaption>
                <h2 dir="auto">{chart.title.clone()}</h2>
                <p>{t!(&format!("world-caption-{}", measure.code()))}</p>
            </figcaption>
            {chart.html()}
            {source(chart)}
        </figure>
    }
}
