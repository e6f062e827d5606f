//! Totals that were only reported, beside figures that count recommendations one by one.

use crate::components::number::linked;
use crate::t;
use crate::text::names;
use crate::text::numbers::of_base;
use crate::text::round_names::signature;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{CountingUnit, Dimension, RecommendationSet};
use leptos::prelude::*;

/// The newest totals of each State of what a filter leaves, whatever is counted elsewhere; none where
/// there are none. They are in no sum.
pub(crate) fn reported(set: &RecommendationSet<'_>) -> Option<Fragment> {
    let reported = set.reported_totals();
    let rows: Vec<_> = reported
        .iter()
        .map(|(state, one)| {
            let [best, other, not_assessed] = one.counts;
            let assessed = best + other;
            let href = paths::round(one.review.code, &one.round.slug);
            let number = |count: u64| linked(translations::number(count), None);
            view! {
                <tr>
                    <th scope="row">
                        <a href=href>{names::state(state)}</a>
                        " "
                        <span class="by" dir="auto">
                            {translations::cycle(one.review.code.cycle)} ", " {signature(one.round)}
                        </span>
                    </th>
                    {number(assessed + not_assessed)}
                    {number(not_assessed)}
                    {number(assessed)}
                    {linked(of_base(best, assessed), None)}
                </tr>
            }
        })
        .collect();
    let caption = "reported-totals";
    let unit = translations::counting_unit(CountingUnit::Recommendations);
    (!rows.is_empty()).then(|| {
        html! {
            <h2 id=caption>{t!("world-reported-title")}</h2>
            <p class="note">{t!("world-reported-note")}</p>
            <div class="scroll" role="region" tabindex="0" aria-labelledby=caption>
                <table class="tallies">
                    <caption>{t!("tallies-caption", caption = t!("world-reported-caption"), unit = unit)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{translations::dimension(Dimension::State)}</th>
                            <th scope="col" class="number">{t!("tallies-received")}</th>
                            <th scope="col" class="number">{t!("outcome-not-assessed")}</th>
                            <th scope="col" class="number">{t!("tallies-assessed")}</th>
                            <th scope="col" class="number">{t!("tallies-implemented")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}
