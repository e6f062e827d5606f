//! The values of one dimension to choose from, with the number of recommendations beside each.

use super::{FacetOptions, List};
use crate::t;
use crate::text::filter_sentence::value_name;
use crate::text::locale::Locale;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{Dimension, FacetValue, PositionClass, Scale, StateCode, states};
use leptos::prelude::*;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

/// So many values are shown before the rest has to be opened.
const FIRST: usize = 12;
/// So many of the values that were looked for.
const FOUND: usize = 60;

/// The values of a dimension; none where nothing in the review has one.
pub(super) fn facet(list: &List<'_>, dimension: Dimension) -> Option<Fragment> {
    let of_one_review = list.review().is_some();
    if of_one_review && is_of_review(dimension) && !list.filter.chosen.contains_key(&dimension) {
        return None;
    }
    let mut values = list.set.facet(dimension);
    if values.is_empty() {
        return None;
    }
    let chosen = values.iter().filter(|value| value.chosen).count();
    let find = list.shows.find.get(&dimension);
    let is_long = values.len() > FIRST + 2;
    if let Some(find) = find {
        let find = states::fold(find);
        let name = |value: &FacetValue| value_name(dimension, &value.value, list.scale);
        values.retain(|value| value.chosen || states::fold(&name(value)).contains(&find));
    }
    let is_opened = list.shows.opened == Some(dimension);
    let whole = values.len() <= FIRST + 2 || is_opened;
    let first = if whole {
        values.len()
    } else if find.is_some() {
        FOUND.max(chosen).min(values.len())
    } else {
        FIRST.max(chosen)
    };
    let none_found = find.filter(|_| values.len() == chosen).map(|find| {
        let none = t!("list-facet-none", text = find.clone());
        view! { <p class="hint" dir="auto">{none}</p> }
    });
    let search = (is_long || find.is_some()).then(|| {
        view! {
            <input
                type="search"
                class="find"
                name=paths::find_in(dimension)
                value=find.cloned()
                maxlength=FacetOptions::LONGEST
                placeholder=t!("list-facet-find")
                aria-label=t!("list-facet-find-in", dimension = translations::dimension(dimension))
            />
        }
    });
    // Of all reviews, the rest has a page of its own.
    let shown = if of_one_review { values.len() } else { first };
    arrange(&mut values, dimension, list.scale, shown);
    let (first, rest) = values.split_at(first.min(values.len()));
    let only = paths::recommendations_with_only(list.review(), list.filter, dimension);
    let value = |value: &FacetValue| value_choice(list, dimension, value, &only);
    let first = first.iter().map(value).collect_view();
    let more = (!rest.is_empty()).then(|| {
        let count = rest.len();
        if !of_one_review {
            // Hundreds of States and themes would outweigh the list itself: they have a page.
            let href = paths::with_all_values(list.filter, dimension);
            return html! {
                <p class="more">
                    <a href=href rel="nofollow">
                        {t!("list-facet-more", count = count)}
                    </a>
                </p>
            };
        }
        let rest = rest.iter().map(value).collect_view();
        html! {
            <details class="more">
                <summary>{t!("list-facet-more", count = count)}</summary>
                <ul class="values">{rest}</ul>
            </details>
        }
    });
    let name = translations::dimension(dimension);
    // The two that everybody asks for first stand open.
    let open = chosen > 0
        || is_opened
        || find.is_some()
        || matches!(dimension, Dimension::Status | Dimension::Position);
    let tag = (chosen > 0).then(|| {
        html! { <span class="tag">{t!("list-facet-chosen", count = chosen)}</span> }
    });
    let view = view! {
        <details class="facet" open=open>
            <summary>{name.clone()} " " {tag}</summary>
            <fieldset>
                <legend class="visually-hidden">{name}</legend>
                {search}
                {none_found}
                <ul class="values">{first}</ul>
                {more}
            </fieldset>
        </details>
    };
    Some(view.fragment())
}

/// Whether all recommendations of a review have the same value.
fn is_of_review(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::State | Dimension::Cycle)
}

/// Values with an order of their own keep it; of the others the chosen come first, then the frequent, and
/// of those that are as frequent, the first in the alphabet. Names are made only of those that are shown:
/// the first `shown`, and whatever is as frequent as the last of them.
fn arrange(values: &mut [FacetValue], dimension: Dimension, scale: Option<&Scale>, shown: usize) {
    let place = |value: &FacetValue| match dimension {
        Dimension::Status => Some(scale.map_or(0, |scale| scale.place(&value.value))),
        Dimension::Position => {
            Some(PositionClass::parse(&value.value).map_or(usize::MAX, |class| class as usize))
        }
        Dimension::ActionCategory | Dimension::Cycle => {
            Some(value.value.parse().unwrap_or(usize::MAX))
        }
        _ => None,
    };
    let rank = |value: &FacetValue| match place(value) {
        Some(place) => (place, false, Reverse(0)),
        None => (0, !value.chosen, Reverse(value.count)),
    };
    values.sort_by_cached_key(rank);
    let mut arranged = 0;
    for alike in values.chunk_by_mut(|a, b| rank(a) == rank(b)) {
        if arranged >= shown {
            return;
        }
        arranged += alike.len();
        if alike.len() > 1 {
            alike.sort_by_cached_key(|value| in_alphabet(dimension, value, scale));
        }
    }
}

/// Where a value stands in the alphabet. Of the two hundred States most have nothing in a short list:
/// their names are put in order once, not for each page.
fn in_alphabet(
    dimension: Dimension,
    value: &FacetValue,
    scale: Option<&Scale>,
) -> (usize, Vec<u8>) {
    static STATES: [OnceLock<HashMap<StateCode, usize>>; Locale::COUNT] =
        [const { OnceLock::new() }; Locale::COUNT];
    let places = STATES[Locale::current().index()].get_or_init(|| {
        let mut states: Vec<StateCode> = states::all().collect();
        states.sort_by_cached_key(|state| names::alphabetical(names::state(state)));
        states.into_iter().zip(0..).collect()
    });
    let state = match dimension {
        Dimension::State | Dimension::RecommendingState => StateCode::parse(&value.value),
        _ => None,
    };
    match state.and_then(|state| places.get(&state)) {
        Some(place) => (*place, Vec::new()),
        None => (
            usize::MAX,
            names::alphabetical(&value_name(dimension, &value.value, scale)),
        ),
    }
}

fn value_choice(
    list: &List<'_>,
    dimension: Dimension,
    value: &FacetValue,
    only: impl Fn(&str) -> String,
) -> Fragment {
    let name = value_name(dimension, &value.value, list.scale);
    let count = value.count;
    let class = if count > 0 { "value" } else { "value zero" };
    let number = if count > 0 {
        let href = only(&value.value);
        let label = t!("list-facet-only", count = count, value = name.clone());
        html! {
            <a class="count" href=href rel="nofollow" aria-label=label>
                {translations::number(count)}
            </a>
        }
    } else {
        html! { <span class="count">"0"</span> }
    };
    html! {
        <li class=class>
            <label>
                <input
                    type="checkbox"
                    name=dimension.param()
                    value=value.value.clone()
                    checked=value.chosen
                />
                " "
                <span dir="auto">{name}</span>
            </label>
            " "
            {number}
        </li>
    }
}
