//! What an assessment rests on.

use crate::components::outside_link::outside_link;
use crate::t;
use crate::text::translations;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{Evidence, is_web_address};
use leptos::prelude::*;

/// The pieces of evidence; nothing where there is none.
pub(crate) fn evidence(evidence: &[Evidence]) -> Option<Fragment> {
    let items: Vec<_> = evidence.iter().map(item).collect();
    (!items.is_empty()).then(|| {
        html! {
            <h4>{t!("recommendation-evidence")}</h4>
            <ul class="evidence">{items}</ul>
        }
    })
}

fn item(one: &Evidence) -> Fragment {
    let published = match (one.publisher.clone(), one.date.clone().map(String::from)) {
        (Some(publisher), Some(date)) => Some(t!(
            "recommendation-evidence-dated",
            publisher = publisher,
            date = date
        )),
        (publisher, date) => publisher.or(date),
    };
    html! {
        <li>
            <span class="evidence-title" dir="auto">{one.title.clone()}</span>
            " "
            <span class="tag">{translations::evidence_kind(one.kind)}</span>
            {published.map(|published| view! { <p class="by" dir="auto">{published}</p> })}
            <p class="source" dir="auto">
                {source(&one.source)}
            </p>
            {one.note.clone().map(|note| view! { <p class="note" dir="auto">{note}</p> })}
        </li>
    }
}

fn source(source: &str) -> Fragment {
    let source = source.trim().to_owned();
    if is_web_address(&source) {
        return outside_link(source.clone(), source);
    }
    source.fragment()
}
