//! A set along one dimension: a bar for each value, which leads to the list that it counts.

use crate::chart::{Chart, Line};
use crate::components::by_status::number;
use crate::components::charts::bars;
use crate::components::drawing::source;
use crate::components::take_along::take_along;
use crate::figures::{Figures, of_base};
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{t, translations};
use leptos::prelude::*;

/// So many lines are shown at once; the others open.
const AT_ONCE: usize = 12;

/// The chart as a table with bars.
pub(crate) fn by_dimension(figures: &Figures<'_>, chart: &Chart, query: &str) -> Fragment {
    let (first, rest) = chart.lines.split_at(AT_ONCE.min(chart.lines.len()));
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{t!("chart-more-lines", count = rest.len())}</summary>
                {table(figures, chart, rest, "more")}
            </details>
        }
    });
    view! {
        <section aria-labelledby=format!("chart-{}", chart.name) class="dimension">
            <h3 id=format!("chart-{}", chart.name)>{chart.lines_are.clone()}</h3>
            <p class="finding" dir="auto">{chart.title.clone()}</p>
            {table(figures, chart, first, "first")}
            {more}
            {chart.overlaps.then(|| view! { <p class="note">{t!("chart-overlaps")}</p> })}
            {source(chart)}
            {take_along(figures.record.review.code, &chart.name, query)}
        </section>
    }
    .fragment()
}

fn table(figures: &Figures<'_>, chart: &Chart, lines: &[Line], which: &str) -> Fragment {
    let scale = &figures.round.round.scale;
    let whole = chart.lines.iter().map(Line::received).max().unwrap_or(0);
    let best = if chart.is_of_answers() {
        t!("chart-best-of-answered")
    } else {
        let best = chart.series.first().map(|series| series.label.clone());
        t!("chart-best-of-assessed", status = best.unwrap_or_default())
    };
    let outside = if chart.is_of_answers() {
        t!("chart-outside-answered")
    } else {
        t!("chart-outside")
    };
    let caption = format!("caption-{}-{which}", chart.name);
    let rows = lines
        .iter()
        .map(|line| {
            let base = chart.base(line);
            let bar = bars::stacked(&line.counts, whole, scale);
            let label = match line.href.clone() {
                Some(href) => view! {
                    <a href=href>
                        <span dir="auto">{line.label.clone()}</span>
                        {bar}
                    </a>
                }
                .fragment(),
                None => view! { <span dir="auto">{line.label.clone()}</span> {bar} }.fragment(),
            };
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="number">{of_base(chart.best_of(line), base)}</td>
                    <td class="number">{translations::number(line.received() - base)}</td>
                    {number(line.received(), None)}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby=caption.clone()>
            <table class="parts">
                <caption id=caption.clone()>{chart.caption()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{chart.lines_are.clone()}</th>
                        <th scope="col" class="number">
                            {best}
                        </th>
                        <th scope="col" class="number">{outside}</th>
                        <th scope="col" class="number">{chart.sum_heading()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .fragment()
}
