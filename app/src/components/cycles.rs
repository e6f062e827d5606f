//! A State's cycles beside each other.

use crate::chart::of_cycles::{ANSWERED, CYCLES, Cycle, Cycles, Repeated};
use crate::components::across::unit_tabs;
use crate::components::drawing::drawing;
use crate::components::how_counted::how_cycles;
use crate::components::number::linked;
use crate::components::take_along::take_along;
use crate::figures::of_base;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{address, t, translations};
use leptos::prelude::*;

/// The table with both charts, and what is counted. "No assessment" is not zero.
pub(crate) fn cycles(cycles: &Cycles<'_>) -> Fragment {
    let state = cycles.state;
    let query = cycles.query();
    let rows = cycles.all.iter().map(row).collect_view();
    let mut sources = cycles.sources(false);
    sources.reviews = cycles.sources(true).reviews;
    let how = how_cycles(cycles, &sources);
    let charts = [ANSWERED, CYCLES]
        .into_iter()
        .filter_map(|name| {
            let chart = cycles.chart(name, "")?;
            (!chart.lines.is_empty()).then(|| {
                view! {
                    <h3 dir="auto">{chart.title.clone()}</h3>
                    {drawing(&chart)}
                    {take_along(None, name, &query)}
                }
            })
        })
        .collect_view();
    let units = unit_tabs(&address::state(state), &cycles.own_filter());
    view! {
        <section aria-labelledby="cycles">
            <h2 id="cycles">{t!("cycles-heading")}</h2>
            {units}
            <div class="scroll" role="region" tabindex="0" aria-labelledby="cycles-caption">
                <table class="cycles">
                    <caption id="cycles-caption">{cycles.about()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("home-cycle")}</th>
                            <th scope="col" class="number">{t!("received")}</th>
                            <th scope="col" class="number">{t!("class-supported")}</th>
                            <th scope="col" class="number">{t!("cycles-implemented")}</th>
                            <th scope="col" class="number">{t!("cycles-repeated")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {charts}
            {how}
        </section>
    }
    .fragment()
}

fn row(cycle: &Cycle<'_>) -> Fragment {
    let none = || t!("percent-none");
    let counted = |count: Option<u64>, href: Option<String>| match count {
        Some(count) => linked(translations::number(count), href.filter(|_| count > 0)),
        None => linked(none(), None),
    };
    let code = cycle.record.review.code;
    let implemented = match cycle.implemented() {
        Some((best, base)) => {
            let href = cycle.list_of_implemented().filter(|_| best > 0);
            linked(of_base(best, base), href)
        }
        None => linked(t!("no-assessment"), None),
    };
    let supported = match cycle.answered() {
        Some(0) => linked(t!("across-unanswered"), None),
        _ => counted(cycle.supported(), cycle.list_of_supported()),
    };
    let repeated = match (cycle.repeated, cycle.longest) {
        (Repeated::First, _) => none(),
        (Repeated::NotExamined, _) => t!("cycles-not-examined"),
        (Repeated::Found(count), Some(years)) => {
            t!("cycles-stood", count = count, years = years)
        }
        (Repeated::Found(count), None) => translations::number(count as u64),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=address::review(code)>{translations::cycle(code.cycle)}</a>
            </th>
            {counted(cycle.received(), cycle.list())}
            {supported}
            {implemented}
            <td class="number">{repeated}</td>
        </tr>
    }
    .fragment()
}
