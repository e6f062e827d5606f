//! A number in a table, and where it leads.

use crate::web::html::{Fragment, IntoFragment as _, html};
use leptos::prelude::*;

/// A cell with a number that leads to what it counts, where that can be listed.
pub(crate) fn linked(text: String, href: Option<String>) -> Fragment {
    html! { <td class="number">{link(text, href)}</td> }
}

/// The same without the cell.
pub(crate) fn link(text: String, href: Option<String>) -> Fragment {
    match href {
        Some(href) => html! { <a href=href rel="nofollow">{text}</a> },
        None => text.fragment(),
    }
}
