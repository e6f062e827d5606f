//! What is chosen, each with a link that takes it out of the filter.

use super::List;
use crate::t;
use crate::text::filter_sentence::value_name;
use crate::text::translations;
use crate::web::html::{Fragment, IntoFragment as _, html};
use leptos::prelude::*;

/// The chosen values; nothing where nothing is chosen.
pub(crate) fn chosen(list: &List<'_>) -> Option<Fragment> {
    let filter = list.filter;
    if filter.is_everything() {
        return None;
    }
    let mut chips = Vec::new();
    for (dimension, values) in &filter.chosen {
        for value in values {
            let text = t!(
                "list-chip",
                dimension = translations::dimension(*dimension),
                value = value_name(*dimension, value, list.scale)
            );
            chips.push(chip(text, list.href(&filter.without(*dimension, value))));
        }
    }
    if let Some(search) = &filter.search {
        let text = t!("list-chip-words", value = search.typed().to_owned());
        chips.push(chip(text, list.href(&filter.without_search())));
    }
    let clear = list.href(&filter.cleared());
    let view = view! {
        <nav class="chosen" aria-label=t!("list-chips")>
            <ul class="chips">
                {chips} <li>
                    <a class="clear" href=clear>{t!("list-clear")}</a>
                </li>
            </ul>
        </nav>
    };
    Some(view.fragment())
}

fn chip(text: String, href: String) -> Fragment {
    html! {
        <li>
            <a class="chip" href=href>
                <span class="visually-hidden">{t!("list-chip-remove")} " "</span>
                <span dir="auto">{text}</span>
                " "
                <span aria-hidden="true">"×"</span>
            </a>
        </li>
    }
}
