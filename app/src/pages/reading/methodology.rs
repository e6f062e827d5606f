//! `/methodology`: how everything here is counted, in plain words.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::scale_table::scale_table;
use crate::t;
use crate::text::translations;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use axum::response::Response;
use data::domain::{Action, AnswerClasses, Object, PositionClass, SourceKind};
use leptos::prelude::*;

/// A section: its anchor, its heading and its paragraphs.
type Section = (&'static str, &'static str, &'static [&'static str]);

const SECTIONS: [Section; 11] = [
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
        &[
            "methodology-positions-1",
            "methodology-positions-2",
            "methodology-positions-3",
            "methodology-positions-4",
            "methodology-positions-5",
            "methodology-positions-6",
            "methodology-positions-7",
        ],
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
        "headline-round",
        "methodology-headline",
        &["methodology-headline-1", "methodology-headline-2"],
    ),
    (
        "corrections",
        "methodology-corrections",
        &[
            "methodology-corrections-1",
            "methodology-corrections-2",
            "methodology-corrections-3",
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

/// The order of sources by which one of several claims counts, the first one before all others.
fn claim_order() -> Fragment {
    let kinds = SourceKind::ALL
        .iter()
        .rev()
        .map(|kind| view! { <li>{t!(&format!("methodology-source-{}", kind.code()))}</li> })
        .collect_view();
    html! {
        <p>{t!("methodology-claim-order")}</p>
        <ol>{kinds}</ol>
        <p>{t!("methodology-claim-ties")}</p>
    }
}

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    // A scale that no published round uses is not public yet.
    let store = &request.site.store;
    let scales = if request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation)
    {
        store.scales().await?
    } else {
        store.public_scales().await?
    };
    let head = Head::titled(t!("methodology-title"));
    Ok(document::page(&request, &head, || {
        let contents = SECTIONS
            .map(|(anchor, heading, _)| {
                view! { <li><a href=format!("#{anchor}")>{t!(heading)}</a></li> }
            })
            .into_iter()
            .collect_view();
        let sections = SECTIONS
            .map(|(anchor, heading, paragraphs)| {
                let more = match anchor {
                    "positions" => html! {
                        {claim_order()}
                        {positions()}
                    },
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

/// Each position with the class that it is counted in, in every way of counting.
fn positions() -> Fragment {
    let rows = PositionClass::ALL
        .map(|class| {
            let cells = AnswerClasses::ALL
                .map(|classes| {
                    let counted = translations::position(class.counted_as(classes));
                    view! { <td>{counted}</td> }
                })
                .into_iter()
                .collect_view();
            let share = if class.is_answered() {
                t!("class-in-base")
            } else {
                t!("class-outside-base")
            };
            view! {
                <tr>
                    <th scope="row">{translations::position(class)}</th>
                    {cells}
                    <td>{share}</td>
                </tr>
            }
        })
        .into_iter()
        .collect_view();
    let headings = AnswerClasses::ALL
        .map(|classes| {
            let name = t!(&format!("classes-{}", classes.code()));
            view! { <th scope="col">{name}</th> }
        })
        .into_iter()
        .collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby="classes-caption">
            <table class="classes">
                <caption id="classes-caption">{t!("class-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("column-position")}</th>
                        {headings}
                        <th scope="col">{t!("class-base")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
