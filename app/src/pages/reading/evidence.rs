//! `/reviews/{review}/evidence/{number}`: a piece of evidence, and where it is used.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::conflict_table::{Differing, conflict_of};
use crate::components::document::{self, Head};
use crate::components::evidence_fields::{evidence_fields, fields_of};
use crate::components::recommendation::evidence as shown;
use crate::components::status_mark::status_mark;
use crate::components::wording;
use crate::forms::fields::fields;
use crate::t;
use crate::text::names;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, EvidenceKind, EvidenceRecord, Object, ReviewRecord};
use data::store::evidence_seen;
use leptos::prelude::*;

pub(crate) async fn page(
    Path((review, number)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let number: i64 = number.parse().map_err(|_| Failure::NotFound)?;
    let known = record
        .evidence
        .iter()
        .find(|known| known.number == number)
        .ok_or(Failure::NotFound)?;
    let code = record.review.code;
    let may_change = request.visitor.may(Action::Assess, Object::Review(code));
    let title = t!("evidence-page-title", number = number);
    let head = Head::titled(title.clone()).about(code.state);
    Ok(document::page(&request, &head, || {
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
            (paths::evidence_list(code), t!("evidence-list-title")),
        ];
        let cited = record.cited_in(&known.evidence);
        let frozen = cited.iter().any(|(round, _)| round.round.is_published());
        let uses = uses(&record, known);
        view! {
            {breadcrumbs(above, title.clone())}
            <h1>{title}</h1>
            {shown(std::slice::from_ref(&known.evidence))}
            <h2>{t!("evidence-uses")}</h2>
            {uses}
            {(may_change && frozen)
                .then(|| view! { <p class="none">{t!("evidence-frozen")}</p> })}
            {(may_change && !frozen).then(|| change(&request, &record, known, cited.is_empty()))}
        }
    }))
}

/// The rounds that cite it, each with its recommendations.
fn uses(record: &ReviewRecord, known: &EvidenceRecord) -> Fragment {
    let code = record.review.code;
    let cited = record.cited_in(&known.evidence);
    if cited.is_empty() {
        return html! { <p class="none">{t!("evidence-unused")}</p> };
    }
    cited
        .into_iter()
        .filter(|(round, _)| !round.round.is_withdrawn())
        .map(|(round, cited)| {
            let superseded = round.round.is_former();
            let items = cited
                .into_iter()
                .map(|one| {
                    let status = round
                        .view(code, one)
                        .status
                        .map(|(_, status)| status_mark(status));
                    view! {
                        <li>
                            <a href=paths::recommendation(code, &one.paragraph)>
                                {names::paragraph(one)}
                            </a>
                            " "
                            <span dir="auto">{wording::short(one)}</span>
                            " "
                            {status}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <h3>
                    <a href=paths::round(code, &round.round.slug) dir="auto">
                        {round_names::title(&round.round)}
                    </a>
                    {superseded
                        .then(|| view! { " " <span class="tag">{t!("superseded-tag")}</span> })}
                </h3>
                <ul>{items}</ul>
            }
        })
        .collect_view()
        .fragment()
}

fn change(
    request: &Request,
    record: &ReviewRecord,
    known: &EvidenceRecord,
    unused: bool,
) -> Fragment {
    let code = record.review.code.to_string();
    let seen = evidence_seen(&known.evidence).to_string();
    let refused = request
        .notice
        .as_ref()
        .is_some_and(|notice| notice.has("source"));
    let typed = |field: &str| {
        let notice = request.notice.as_ref();
        notice.map(|notice| notice.typed(field)).unwrap_or_default()
    };
    let stored = fields(&fields_of(&known.evidence));
    let stands = |field: &str| {
        let stored = stored.iter().find(|(name, _)| name == field);
        stored.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let value = |field: &str| if refused { typed(field) } else { stands(field) };
    // Somebody else has changed it since it was seen.
    let versions = (refused && typed("seen") != seen).then(|| {
        let fields = [
            ("title", t!("evidence-title")),
            ("source", t!("evidence-source")),
            ("publisher", t!("evidence-publisher")),
            ("date", t!("evidence-date")),
            ("kind", t!("evidence-kind")),
            ("language", t!("evidence-language")),
            ("note", t!("evidence-note")),
            ("archived", t!("evidence-archived")),
        ];
        let kind = |code: &str| EvidenceKind::parse(code).map(translations::evidence_kind);
        let fields = fields.into_iter().filter_map(|(name, label)| {
            let differing = Differing::new(name, label, &stands(name), &typed(name))?;
            Some(if name == "kind" {
                differing.in_words(|code| kind(code).unwrap_or_else(|| code.to_owned()))
            } else {
                differing
            })
        });
        conflict_of(fields.collect())
    });
    let remove = unused.then(|| {
        view! {
            <form method="post" action=paths::localize("/api/remove-evidence")>
                <input type="hidden" name="review" value=code.clone() />
                <input type="hidden" name="number" value=known.number.to_string() />
                <input type="hidden" name="seen" value=seen.clone() />
                <button type="submit" class="secondary">{t!("evidence-remove-record")}</button>
            </form>
        }
    });
    html! {
        <h2>{t!("evidence-change")}</h2>
        <p class="hint">{t!("evidence-change-how")}</p>
        <form class="narrow" method="post" action=paths::localize("/api/save-evidence")>
            <input type="hidden" name="review" value=code.clone() />
            <input type="hidden" name="number" value=known.number.to_string() />
            <input type="hidden" name="seen" value=seen.clone() />
            {versions.flatten()}
            {evidence_fields(value)}
            <button type="submit">{t!("evidence-change-button")}</button>
        </form>
        {remove}
    }
}
