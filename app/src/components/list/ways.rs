//! The ways on from a list: its files, and out of a filter that leaves nothing.

use super::{List, chosen};
use crate::{address, t};
use leptos::prelude::*;

/// The same list as files.
pub(crate) fn exports(list: &List<'_>) -> AnyView {
    let code = list.record.review.code;
    let links = [("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON")]
        .map(|(ending, name)| {
            let href = address::export(code, list.filter, ending);
            view! { <li><a href=href rel="nofollow">{name}</a></li> }
        })
        .into_iter()
        .collect_view();
    view! {
        <div class="exports">
            <span id="exports">{t!("list-export")}</span>
            <ul class="actions" aria-labelledby="exports">{links}</ul>
        </div>
    }
    .into_any()
}

/// Says that nothing fits, and how to come back to something.
pub(crate) fn empty(list: &List<'_>) -> AnyView {
    let everything = list.href(&list.filter.cleared());
    let count = list.record.recommendations.len();
    view! {
        <div class="missing">
            <p>{t!("list-empty")}</p>
            <p>{t!("list-empty-why")}</p>
            {chosen(list)}
            <p>
                <a href=everything>{t!("list-empty-clear", count = count)}</a>
            </p>
        </div>
    }
    .into_any()
}
