//! The address of another host: a link, or text where the operator wants none.

use crate::web::html::{Fragment, html};
use crate::web::site::OutsideLinks;
use leptos::prelude::*;

/// Returns true if this page shows addresses of other hosts as text.
pub(crate) fn are_text() -> bool {
    use_context::<OutsideLinks>() == Some(OutsideLinks::Text)
}

/// A name that leads to another host, which is told nothing of this page and cannot reach back. As text, the address
/// stands behind the name, unless it is the name.
pub(crate) fn outside_link(href: String, name: String) -> Fragment {
    if are_text() {
        let address = (href != name).then(|| {
            view! { " (" <span dir="ltr">{href.clone()}</span> ")" }
        });
        return html! { <span dir="ltr">{name}</span> {address} };
    }
    html! {
        <a href=href rel="noreferrer noopener nofollow" dir="ltr">
            {name}
        </a>
    }
}
