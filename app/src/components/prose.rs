//! A text in Markdown, formatted and harmless.

use crate::components::outside_link;
use crate::text::markdown;
use crate::web::html::{Fragment, html};
use leptos::prelude::*;
use pulldown_cmark::HeadingLevel;

/// The text as HTML, which ammonia has cleaned. Its headings begin at the level `top`.
pub(crate) fn prose(text: &str, top: HeadingLevel) -> Fragment {
    let html = if outside_link::are_text() {
        markdown::html_without_links(text, top)
    } else {
        markdown::html(text, top)
    };
    html! { <div class="prose" dir="auto" inner_html=html></div> }
}
