//! The ways on from a list: its files, and out of a filter that leaves nothing.

use super::{List, chosen};
use crate::components::document_link::with_document_links;
use crate::export::list_sources;
use crate::t;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::Filter;
use leptos::prelude::*;

/// The file formats of a list.
const FILES: [(&str, &str); 3] = [("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON")];

/// The source of the list, the way to its summary, and the menu with its files and its citation.
pub(crate) fn exports(list: &List<'_>) -> Fragment {
    let code = list.review();
    let links = |forms: [(&'static str, String); 3]| {
        let links = forms.map(|(ending, name)| {
            let href = paths::export(code, list.filter, ending);
            view! { <li><a href=href rel="nofollow">{name}</a></li> }
        });
        links.into_iter().collect_view()
    };
    let files = links(FILES.map(|(ending, name)| (ending, name.to_owned())));
    let citations = links([
        ("txt", t!("list-cite-text")),
        ("bib", "BibTeX".to_owned()),
        ("csl.json", "CSL-JSON".to_owned()),
    ]);
    let shown = Filter {
        round: list.filter.round.clone(),
        ..list.filter.selection()
    };
    let summary = match code {
        Some(code) => paths::summary(code, &shown.to_query()),
        None => paths::with_query(paths::localize("/summary"), &shown.to_query()),
    };
    html! {
        <p class="ways">
            <a href=summary rel="nofollow">{t!("list-summary")}</a>
        </p>
        {source(list)}
        <details class="menu take">
            <summary>{t!("take-title")}</summary>
            <p class="by" id="exports">{t!("list-export")}</p>
            <ul class="actions" aria-labelledby="exports">{files}</ul>
            <p class="by" id="citations">{t!("list-cite")}</p>
            <ul class="actions" aria-labelledby="citations">{citations}</ul>
        </details>
    }
}

/// The sources of what the list shows, and how much is loaded.
fn source(list: &List<'_>) -> Fragment {
    let source = t!("picture-source", source = list_sources::line(list.set));
    html! { <p class="source" dir="auto">{with_document_links(&source)}</p> }
}

/// The search with other words for those that occur nowhere.
fn suggestion(list: &List<'_>) -> Option<Fragment> {
    let search = list.filter.search.as_ref()?;
    let instead = list.set.suggestions();
    if instead.is_empty() {
        return None;
    }
    let search = search.with_words(&instead)?;
    let typed = search.typed().to_owned();
    let href = list.href(&list.filter.with_search(search));
    let view = view! {
        <p>
            {t!("list-did-you-mean")} " " <a href=href rel="nofollow" dir="auto">
                {typed}
            </a>
        </p>
    };
    Some(view.fragment())
}

/// Says that nothing fits, and how to come back to something.
pub(crate) fn empty(list: &List<'_>) -> Fragment {
    let everything = list.href(&list.filter.cleared());
    let count = list.set.len_unfiltered();
    html! {
        <div class="missing">
            <p>{t!("list-empty")}</p>
            {suggestion(list)} <p>{t!("list-empty-why")}</p>
            {chosen(list)}
            <p>
                <a href=everything>{t!("list-empty-clear", count = count)}</a>
            </p>
        </div>
    }
}
