//! A text in Markdown, formatted and harmless.

use crate::text::markdown;
use crate::web::html::{Fragment, IntoFragment as _};
use leptos::prelude::*;

/// The text as HTML, which ammonia has cleaned.
pub(crate) fn prose(text: &str) -> Fragment {
    view! { <div class="prose" dir="auto" inner_html=markdown::html(text)></div> }.fragment()
}
