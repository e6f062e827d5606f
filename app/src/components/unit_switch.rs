//! What is counted, said and changed.

use crate::figures::{Figures, shown_by_default};
use crate::t;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{CountingUnit, ReviewRecord};
use leptos::prelude::*;

/// The address of a review's page that shows a round in a unit.
pub(crate) fn shown_as(record: &ReviewRecord, round: Option<&str>, unit: CountingUnit) -> String {
    let default = shown_by_default(record).map(|round| round.round.slug.as_str());
    let round = round
        .filter(|slug| Some(*slug) != default)
        .map(str::to_owned);
    let shown = data::domain::Filter {
        round,
        unit,
        ..Default::default()
    };
    match shown.to_query() {
        query if query.is_empty() => paths::review(record.review.code),
        query => format!("{}?{query}", paths::review(record.review.code)),
    }
}

/// The units to choose from; where only totals are known there is nothing to choose.
pub(crate) fn unit_switch(figures: &Figures<'_>, look: Look) -> Fragment {
    if !figures.is_itemised() {
        return html! { <p class="unit">{t!("unit-totals-only")}</p> };
    }
    let slug = figures.round().map(|round| round.round.slug.as_str());
    let plain = !figures.is_filtered() && look == Look::default();
    switch(figures.unit, |unit| {
        if plain {
            return shown_as(figures.record, slug, unit);
        }
        let there = Figures { unit, ..*figures };
        paths::summary(figures.record.review.code, &look.after(there.query()))
    })
}

/// What is counted, said, and a link to each other unit.
pub(crate) fn switch(counted: CountingUnit, href: impl Fn(CountingUnit) -> String) -> Fragment {
    let links = CountingUnit::ALL
        .map(|unit| {
            let current = (unit == counted).then_some("true");
            view! {
                " "
                <a href=href(unit) aria-current=current>
                    {translations::counting_unit(unit)}
                </a>
            }
        })
        .into_iter()
        .collect_view();
    html! {
        <nav class="tabs" aria-label=t!("unit-label")>
            <span class="tabs-label">{t!("unit-label")}</span>
            {links}
        </nav>
    }
}
