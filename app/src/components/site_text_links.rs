//! The links to the texts about the installation, at the end of every page.

use crate::t;
use crate::text::site_texts::SiteText;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use leptos::prelude::*;

/// The links to these pages.
pub(crate) fn links() -> Fragment {
    let texts = SiteText::ALL.map(|text| (path(text), title(text)));
    let sources = (paths::localize("/about/sources"), t!("data-sources-title"));
    let corrections = (paths::corrections(None, 1), t!("corrections-title"));
    let links = texts
        .into_iter()
        .chain([sources, corrections])
        .map(|(href, title)| {
            view! { <li><a href=href>{title}</a></li> }
        });
    html! { <ul class="row">{links.collect_view()}</ul> }
}

fn path(text: SiteText) -> String {
    match text {
        SiteText::About => paths::localize("/about"),
        other => paths::localize(format_args!("/about/{}", other.code())),
    }
}

/// The title of a text.
pub(crate) fn title(text: SiteText) -> String {
    translations::text(&format!("site-text-{}", text.code()), &[])
}
