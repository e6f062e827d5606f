//! `/methodology`: how everything here is counted, in plain words.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::scale_table::scale_table;
use crate::failure::Failure;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{t, translations};
use axum::response::Response;
use data::domain::{Action, PositionClass};
use leptos::prelude::*;

/// A section: its anchor, its heading and its paragraphs.
type Section = (&'static str, &'static str, &'static [&'static str]);

const SECTIONS: [Section; 9] = [
    (
        "sentence",
        "methodology-sentence",
        &["methodology-sentence-1", "methodology-sentence-2"],
    ),
    (
        "assessed",
        "methodology-assessed",
        &["methodology-assessed-1", "methodology-assessed-2"],
    ),
    (
        "percentages",
        "methodology-percentages",
        &["methodology-percentages-1", "methodology-percentages-2"],
    ),
    (
        "positions",
        "methodology-positions",
        &["methodology-positions-1", "methodology-positions-2"],
    ),
    (
        "units",
        "methodology-units",
        &["methodology-units-1", "methodology-units-2"],
    ),
    (
        "rounds",
        "methodology-rounds",
        &[
            "methodology-rounds-1",
            "methodology-rounds-2",
            "methodology-rounds-3",
        ],
    ),
    (
        "history",
        "methodology-history",
        &["methodology-history-1", "methodology-history-2"],
    ),
    (
        "not-recorded",
        "methodology-not-recorded",
        &["methodology-not-recorded-1", "methodology-not-recorded-2"],
    ),
    (
        "scales",
        "methodology-scales",
        &["methodology-scales-1", "methodology-scales-2"],
    ),
];

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    // A scale that no published round uses is not public yet.
    let store = &request.site.store;
    let scales = if request.visitor.may(Action::ReadOpenRounds) {
        store.scales().await?
    } else {
        store.public_scales().await?
    };
    let head = Head::titled(t!("methodology-title"));
    Ok(shell::page(&request, &head, || {
        let contents = SECTIONS
            .map(|(anchor, heading, _)| {
                view! { <li><a href=format!("#{anchor}")>{t!(heading)}</a></li> }
            })
            .into_iter()
            .collect_view();
        let sections = SECTIONS
            .map(|(anchor, heading, paragraphs)| {
                let more = match anchor {
                    "positions" => positions().fragment(),
                    "scales" => scales.iter().map(scale_table).collect_view().fragment(),
                    _ => ().fragment(),
                };
                view! {
                    <section aria-labelledby=anchor>
                        <h2 id=anchor>{t!(heading)}</h2>
                        {paragraphs
                            .iter()
                            .map(|paragraph| view! { <p>{t!(paragraph)}</p> })
                            .collect_view()}
                        {more}
                    </section>
                }
            })
            .into_iter()
            .collect_view();
        view! {
            {breadcrumbs(Vec::new(), t!("methodology-title"))}
            <h1>{t!("methodology-title")}</h1>
            <p class="lead">{t!("methodology-lead")}</p>
            <nav class="contents" aria-label=t!("methodology-contents")>
                <ol>{contents}</ol>
            </nav>
            <div class="prose">{sections}</div>
        }
    }))
}

/// Each position with the class of resolution 5/1 that it belongs to.
fn positions() -> Fragment {
    let rows = PositionClass::ALL
        .map(|class| {
            let official = match class.enjoys_support() {
                Some(true) => t!("class-supported"),
                Some(false) => t!("class-noted"),
                None => t!("class-unanswered"),
            };
            view! {
                <tr>
                    <th scope="row">{translations::position(class)}</th>
                    <td>{official}</td>
                </tr>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <table class="classes">
            <caption>{t!("class-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t!("column-position")}</th>
                    <th scope="col">{t!("class-heading")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .fragment()
}
