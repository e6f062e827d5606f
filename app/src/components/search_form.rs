//! The search for a State, a paragraph or words.

use crate::t;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::states;
use leptos::prelude::*;

/// The form in the header of a page.
pub(crate) fn in_header() -> Fragment {
    html! {
        <form class="search" role="search" action=paths::search() method="get">
            <label class="visually-hidden" for="search">{t!("search-title")}</label>
            <input
                id="search"
                type="text"
                name="q"
                maxlength="200"
                enterkeyhint="search"
                placeholder=t!("search-placeholder")
            />
            <button type="submit">{t!("search-send")}</button>
        </form>
    }
}

/// The form that is a page's first task, with the names of the States offered while somebody types.
pub(crate) fn large(typed: &str) -> Fragment {
    let names = states::all().map(|state| {
        view! { <option value=crate::text::names::state(state)></option> }
    });
    html! {
        <form class="search large" role="search" action=paths::search() method="get">
            <label for="find">{t!("search-label")}</label>
            <span class="hint" id="find-hint">{t!("search-hint")}</span>
            <span class="joined">
                <input
                    id="find"
                    type="search"
                    name="q"
                    maxlength="200"
                    list="state-names"
                    aria-describedby="find-hint"
                    value=typed.to_owned()
                />
                <button type="submit">{t!("search-send")}</button>
            </span>
            <datalist id="state-names">{names.collect_view()}</datalist>
        </form>
    }
}
