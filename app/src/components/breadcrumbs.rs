//! The way from the front page to where one is.

use crate::t;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use leptos::prelude::*;

/// The pages above this one, each with its address, and this one's name.
pub(crate) fn breadcrumbs(above: Vec<(String, String)>, here: String) -> Fragment {
    let link = |(href, name): (String, String)| {
        view! { <li><a href=href dir="auto">{name}</a></li> }
    };
    html! {
        <nav class="breadcrumbs" aria-label=t!("breadcrumbs-label")>
            <ol>
                {link((paths::home(), t!("nav-states")))}
                {above.into_iter().map(link).collect_view()}
                <li aria-current="page" dir="auto">{here}</li>
            </ol>
        </nav>
    }
}
