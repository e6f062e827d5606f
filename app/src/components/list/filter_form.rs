//! The form that makes a filter. It is sent with `GET`, so that its result is an address.

use super::List;
use super::facet::facet;
use crate::t;
use crate::text::round_names;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{CountingUnit, Dimension, Filter, RoundKind, Sort};
use leptos::prelude::*;

/// Search, round, and the values of every dimension that the review has.
pub(crate) fn filter_form(list: &List<'_>) -> Fragment {
    let filter = list.filter;
    let action = paths::recommendations(list.review(), &Filter::default());
    let typed = filter
        .search
        .as_ref()
        .map(|search| search.typed().to_owned());
    let facets: Vec<_> = Dimension::ALL
        .into_iter()
        .filter_map(|dimension| facet(list, dimension))
        .collect();
    let clear = list.href(&filter.cleared());
    // They say how many rows a list would have, and a row is one recommendation in either unit.
    let unit = (filter.unit != CountingUnit::Recommendations)
        .then(|| html! { <p class="hint">{t!("list-facet-unit")}</p> });
    html! {
        <form class="filter" id="filter" method="get" action=action aria-label=t!("list-filter")>
            <a class="skip" href="#list">{t!("list-skip-filter")}</a>
            <div class="filter-search">
                <label for="q">{t!("list-search")}</label>
                <input type="search" id="q" name="q" value=typed maxlength="200" aria-describedby="q-how" />
                <p class="hint" id="q-how">{t!("list-search-how")}</p>
            </div>
            {rounds(list)}
            {unit}
            {facets}
            {kept(filter)}
            <div class="buttons">
                <button type="submit">{t!("list-apply")}</button>
                <a class="clear" href=clear>{t!("list-clear")}</a>
            </div>
        </form>
    }
}

/// The rounds whose statuses can be shown, where there is a choice.
fn rounds(list: &List<'_>) -> Option<Fragment> {
    let record = list.set.record()?;
    // A superseded round is no choice; if the address names it, it stays chosen.
    let superseded = list.set.round().filter(|round| round.round.is_former());
    let itemised: Vec<_> = record
        .rounds
        .iter()
        .filter(|round| round.round.kind == RoundKind::Itemised)
        .chain(superseded)
        .collect();
    if itemised.len() < 2 {
        return None;
    }
    let default = record.default_round().map(|round| round.round.id);
    let shown = list.set.round().map(|round| round.round.id);
    let options = itemised
        .into_iter()
        .map(|round| {
            let round = &round.round;
            // The round that is shown anyway needs no place in the address.
            let value = if Some(round.id) == default {
                String::new()
            } else {
                round.slug.clone()
            };
            let name = if round.is_published() {
                round_names::title(round)
            } else {
                t!("list-round-open", round = round_names::title(round))
            };
            view! {
                <option value=value selected=Some(round.id) == shown>
                    {name}
                </option>
            }
        })
        .collect_view();
    let view = view! {
        <div class="filter-round">
            <label for="round">{t!("list-round")}</label>
            <select id="round" name="round" dir="auto">
                {options}
            </select>
        </div>
    };
    Some(view.fragment())
}

/// What a new filter leaves as it is: order, rows on a page, counting unit, columns.
fn kept(filter: &Filter) -> Vec<Fragment> {
    // Which order is the natural one depends on whether something is looked for.
    let natural = [false, true].map(Sort::natural).contains(&filter.sort);
    let kept = Filter {
        sort: if natural {
            Sort::default()
        } else {
            filter.sort
        },
        per_page: filter.per_page,
        unit: filter.unit,
        columns: filter.columns.clone(),
        ..Filter::default()
    };
    data::domain::query_pairs(&kept.to_query())
        .into_iter()
        .map(|(name, value)| html! { <input type="hidden" name=name value=value /> })
        .collect()
}
