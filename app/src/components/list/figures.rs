//! The figures of what a list holds, in the round and unit that it is shown in.

use super::List;
use crate::components::correction::superseded;
use crate::figures::headline::sentence;
use crate::t;
use crate::text::round_names::signed;
use crate::text::translations;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{CountingUnit, Filter};
use leptos::prelude::*;

/// The sentence of the selection, and who says so.
pub(crate) fn figures(list: &List<'_>) -> Fragment {
    // Over all reviews a scale is known even where no review that is listed has a round.
    let breakdown = list.set.breakdown(None);
    let breakdown = breakdown.filter(|made| list.review().is_some() || made.total.received() > 0);
    let Some(breakdown) = breakdown else {
        // The words above a review's list say so already.
        let is_of_all_reviews = list.review().is_none();
        let none = is_of_all_reviews.then(|| view! { <p class="none">{t!("no-assessment")}</p> });
        return none.fragment();
    };
    html! {
        <p class="sentence">{sentence(&breakdown)}</p>
        {who(list)}
    }
}

/// What is counted, to choose; nothing where nothing is assessed, which has no figures.
pub(crate) fn units(list: &List<'_>) -> Option<Fragment> {
    list.set.breakdown(None)?;
    let unit = list.filter.unit;
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
    let view = view! {
        <nav class="tabs" aria-label=t!("unit-label")>
            <span class="tabs-label">{t!("unit-label")}</span>
            {units}
        </nav>
    };
    Some(view.fragment())
}

/// Who says so, and what was imported too late for it.
fn who(list: &List<'_>) -> Fragment {
    if list.review().is_none() {
        return html! { <p class="by">{t!("list-each-newest-round")}</p> };
    }
    let outside = list.set.len_outside_round();
    let round = list.set.round().map(|round| {
        let open = !round.round.is_published();
        let superseded = list
            .set
            .record()
            .and_then(|record| superseded(record, round, false));
        view! {
            {superseded}
            <p class="by">
                <span dir="auto">{signed(round)}</span>
                {open.then(|| view! { " " <span class="tag">{t!("round-open-tag")}</span> })}
            </p>
        }
    });
    html! {
        {round}
        {(outside > 0).then(|| view! { <p>{t!("how-outside", count = outside)}</p> })}
    }
}
