//! What is counted, said and changed.

use crate::figures::{Figures, shown_by_default};
use crate::fragment::{Fragment, IntoFragment as _};
use crate::look::Look;
use crate::{address, t, translations};
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
        query if query.is_empty() => address::review(record.review.code),
        query => format!("{}?{query}", address::review(record.review.code)),
    }
}

/// The units to choose from; where only totals are known there is nothing to choose.
pub(crate) fn unit_switch(figures: &Figures<'_>, look: Look) -> Fragment {
    if !figures.is_itemised() {
        return view! { <p class="unit">{t!("unit-totals-only")}</p> }.fragment();
    }
    let slug = figures.assessed_in().map(|round| round.slug.as_str());
    let plain = figures.left.is_none() && look == Look::default();
    switch(figures.unit, |unit| {
        if plain {
            return shown_as(figures.record, slug, unit);
        }
        let there = Figures { unit, ..*figures };
        address::summary(figures.record.review.code, &look.after(there.query()))
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
    view! {
        <nav class="tabs" aria-label=t!("unit-label")>
            <span class="tabs-label">{t!("unit-label")}</span>
            {links}
        </nav>
    }
    .fragment()
}
