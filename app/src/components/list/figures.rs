//! The figures of what a list holds, in the round and unit that it is shown in.

use super::List;
use crate::components::headline::{sentence, signed};
use crate::{t, translations};
use data::domain::{Breakdown, CountingUnit, Filter};
use leptos::prelude::*;

/// The sentence of the selection, who says so, and what is counted.
pub(crate) fn figures(list: &List<'_>) -> AnyView {
    let Some(round) = list.selection.round else {
        return view! { <p class="none">{t!("no-assessment")}</p> }.into_any();
    };
    let rows = &list.selection.rows;
    let published = round.round.is_published();
    // What came in after the round was published has no status in it, and does not count.
    let inside = rows
        .iter()
        .filter(|listed| listed.status.is_some())
        .copied();
    let unit = list.filter.unit;
    let outside = rows.len() - inside.clone().count();
    let breakdown = Breakdown::count(&round.round.scale, inside, None, unit);
    let units = CountingUnit::ALL
        .map(|one| {
            let href = list.href(&Filter {
                unit: one,
                ..list.filter.clone()
            });
            let current = (one == unit).then_some("true");
            view! { <a href=href aria-current=current>{translations::counting_unit(one)}</a> }
        })
        .into_iter()
        .collect_view();
    view! {
        <p class="sentence">{sentence(&breakdown)}</p>
        <p class="by">
            <span dir="auto">{signed(round)}</span>
            {(!published).then(|| view! { " " <span class="tag">{t!("round-open-tag")}</span> })}
        </p>
        {(outside > 0).then(|| view! { <p>{t!("how-outside", count = outside)}</p> })}
        <nav class="tabs" aria-label=t!("unit-label")>
            <span class="tabs-label">{t!("unit-label")}</span>
            {units}
        </nav>
    }
    .into_any()
}
