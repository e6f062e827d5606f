//! `/reviews/{review}/evidence`: the evidence of a review's assessments.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::evidence_fields::evidence_fields;
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, EvidenceRecord, Object, ReviewRecord, normalised_address};
use leptos::prelude::*;
use std::collections::HashMap;

pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let code = record.review.code;
    let may_add = request.visitor.may(Action::Assess, Object::Review(code));
    let head = t!(
        "evidence-list-head",
        review = translations::review(&record.review)
    );
    let head = Head::titled(head).about(code.state);
    Ok(document::page(&request, &head, || {
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
        ];
        let count = record.evidence.len();
        let first = first_of_address(&record);
        let rows: Vec<_> = record
            .evidence
            .iter()
            .map(|known| row(&record, known, &first))
            .collect();
        let typed = |field: &str| {
            request
                .notice
                .as_ref()
                .map(|notice| notice.typed(field))
                .unwrap_or_default()
        };
        let open = !typed("title").is_empty() || !typed("source").is_empty();
        let add = may_add.then(|| {
            view! {
                <details open=open>
                    <summary>{t!("evidence-add-record")}</summary>
                    <form class="narrow" method="post" action=paths::localize("/api/save-evidence")>
                        <input type="hidden" name="review" value=code.to_string() />
                        {evidence_fields(typed)}
                        <label class="tick">
                            <input type="checkbox" name="known" value="yes" />
                            " "
                            {t!("evidence-although-known")}
                        </label>
                        <button type="submit">{t!("evidence-add-button")}</button>
                    </form>
                </details>
            }
        });
        view! {
            {breadcrumbs(above, t!("evidence-list-title"))}
            <h1>{t!("evidence-list-title")}</h1>
            {add}
            <div class="scroll" role="region" tabindex="0" aria-label=t!("list-scroll")>
                <table class="evidence-list">
                    <caption>{t!("evidence-list-count", count = count)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("evidence-list-number")}</th>
                            <th scope="col">{t!("evidence-title")}</th>
                            <th scope="col">{t!("evidence-kind")}</th>
                            <th scope="col">{t!("evidence-publisher")}</th>
                            <th scope="col">{t!("evidence-list-date")}</th>
                            <th scope="col">{t!("evidence-list-uses")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    }))
}

/// The lowest number of each web address.
fn first_of_address(record: &ReviewRecord) -> HashMap<String, i64> {
    let mut first = HashMap::new();
    for known in &record.evidence {
        if let Some(address) = normalised_address(&known.evidence.source) {
            first.entry(address).or_insert(known.number);
        }
    }
    first
}

fn row(record: &ReviewRecord, known: &EvidenceRecord, first: &HashMap<String, i64>) -> Fragment {
    let code = record.review.code;
    let evidence = &known.evidence;
    let uses: usize = record
        .cited_in(evidence)
        .iter()
        .filter(|(round, _)| !round.round.is_former())
        .map(|(_, cited)| cited.len())
        .sum();
    let same = normalised_address(&evidence.source)
        .and_then(|address| first.get(&address).copied())
        .filter(|first| *first != known.number)
        .map(|first| {
            view! {
                " "
                <a class="tag" href=paths::evidence(code, first)>
                    {t!("evidence-same-address", number = first)}
                </a>
            }
        });
    let optional = |text: &Option<String>| text.clone().unwrap_or_else(|| t!("list-no-value"));
    html! {
        <tr>
            <th scope="row">{t!("evidence-number", number = known.number)}</th>
            <td dir="auto">
                <a href=paths::evidence(code, known.number)>{evidence.title.clone()}</a>
                {same}
            </td>
            <td>{translations::evidence_kind(evidence.kind)}</td>
            <td dir="auto">{optional(&evidence.publisher)}</td>
            <td>{optional(&evidence.date.clone().map(String::from))}</td>
            <td class="number">{uses.to_string()}</td>
        </tr>
    }
}
