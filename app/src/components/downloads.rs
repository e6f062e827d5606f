//! The ways in which a chart is taken along.

use crate::t;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::ReviewCode;
use leptos::prelude::*;

/// The forms of a chart's file, with their names.
const FILES: [(&str, &str); 4] = [
    (".svg", "SVG"),
    (".png", "PNG"),
    (".csv", "CSV"),
    (".json", "JSON"),
];

/// A page of its own to link to, cite and embed, and its files.
pub(crate) fn take_along(
    review: impl Into<Option<ReviewCode>>,
    name: &str,
    query: &str,
) -> Fragment {
    take_along_as(t!("take-title"), review, name, query)
}

/// The files alone, in sight: for the chart's own page.
pub(crate) fn files_in_sight(
    review: impl Into<Option<ReviewCode>>,
    name: &str,
    query: &str,
) -> Fragment {
    let files = files(review.into(), name, query);
    html! { <ul class="actions" aria-label=t!("take-files")>{files}</ul> }
}

/// The same, said as what it is where a table has several.
pub(crate) fn take_along_as(
    title: String,
    review: impl Into<Option<ReviewCode>>,
    name: &str,
    query: &str,
) -> Fragment {
    let review = review.into();
    let page = paths::chart(review, name, "", query);
    let files = files(review, name, query);
    html! {
        <details class="menu take">
            <summary>{title.clone()}</summary>
            <ul class="actions" aria-label=title>
                <li><a href=page rel="nofollow">{t!("take-page")}</a></li>
                {files}
            </ul>
        </details>
    }
}

/// One menu for several charts of a section, each under its name.
pub(crate) fn take_several(
    review: impl Into<Option<ReviewCode>>,
    charts: &[(&'static str, String)],
    query: &str,
) -> Fragment {
    let review = review.into();
    let lists = charts.iter().map(|(name, title)| {
        let page = paths::chart(review, name, "", query);
        view! {
            <p class="by" dir="auto">{title.clone()}</p>
            <ul class="actions" aria-label=title.clone()>
                <li><a href=page rel="nofollow">{t!("take-page")}</a></li>
                {files(review, name, query)}
            </ul>
        }
    });
    html! {
        <details class="menu take">
            <summary>{t!("take-title")}</summary>
            {lists.collect_view()}
        </details>
    }
}

/// A link to each form of the file.
fn files(review: Option<ReviewCode>, name: &str, query: &str) -> Vec<Fragment> {
    FILES
        .map(|(ending, form)| {
            let href = paths::chart(review, name, ending, query);
            // Pictures would open in place of the page.
            let download = [".svg", ".png"].contains(&ending).then_some("");
            html! { <li><a href=href rel="nofollow" download=download>{form}</a></li> }
        })
        .into()
}
