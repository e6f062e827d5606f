//! A State's cycles beside each other.

use crate::chart::of_cycles::{ANSWERED, CYCLES, Cycle, chart};
use crate::components::drawing::drawing;
use crate::components::how_counted::how_chart;
use crate::components::take_along::take_along;
use crate::figures::of_base;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{address, t, translations};
use data::domain::{ReviewRecord, StateCode};
use leptos::prelude::*;
use std::sync::Arc;

/// The table with both charts. "No assessment" is not zero.
pub(crate) fn cycles(state: StateCode, records: &[Arc<ReviewRecord>]) -> Fragment {
    let query = format!("state={state}");
    let none = || t!("percent-none");
    let rows = records
        .iter()
        .map(|record| {
            let cycle = Cycle::of(record, records);
            let number = |count: Option<u64>| count.map_or_else(none, |count| count.to_string());
            let code = record.review.code;
            let implemented = match cycle.implemented() {
                Some((best, base)) => of_base(best, base),
                None => t!("no-assessment"),
            };
            let stood = match cycle.longest {
                Some(years) => t!("cycles-stood", count = cycle.repeated, years = years),
                None => cycle.repeated.to_string(),
            };
            view! {
                <tr>
                    <th scope="row">
                        <a href=address::review(code)>{translations::cycle(code.cycle)}</a>
                    </th>
                    <td class="number">{number(cycle.received())}</td>
                    <td class="number">{number(cycle.supported())}</td>
                    <td class="number">{implemented}</td>
                    <td class="number">{stood}</td>
                </tr>
            }
        })
        .collect_view();
    let how = chart(state, records, CYCLES, "").map(|chart| how_chart(&chart));
    let charts = [ANSWERED, CYCLES]
        .into_iter()
        .filter_map(|name| {
            let chart = chart(state, records, name, "")?;
            (!chart.lines.is_empty()).then(|| {
                view! {
                    <h3 dir="auto">{chart.title.clone()}</h3>
                    {drawing(&chart)}
                    {take_along(None, name, &query)}
                }
            })
        })
        .collect_view();
    view! {
        <section aria-labelledby="cycles">
            <h2 id="cycles">{t!("cycles-heading")}</h2>
            <div class="scroll" role="region" tabindex="0" aria-labelledby="cycles-caption">
                <table class="cycles">
                    <caption id="cycles-caption">{t!("cycles-about", state = state.name())}</caption>
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
