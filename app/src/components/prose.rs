//! A text in Markdown, formatted and harmless.

use crate::components::outside_link;
use crate::text::markdown;
use crate::web::html::{Fragment, IntoFragment as _};
use leptos::prelude::*;

/// The text as HTML, which ammonia has cleaned.
pub(crate) fn prose(text: &str) -> Fragment {
    let html = if outside_link::are_text() {
        markdown::html_without_links(text)
    } else {
        markdown::html(text)
    };
    view! { <div class="prose" dir="auto" inner_html=html></div> }.fragment()
}
