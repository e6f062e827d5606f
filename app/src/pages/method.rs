//! `/assess/{review}/{round}/method`: what an open round says of itself, and the results it begins with.

use crate::components::both_versions::{Differing, both_versions};
use crate::components::scale_table::scale_table;
use crate::components::text_field::TextField;
use crate::failure::Failure;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, markdown, t, translations};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use data::domain::{Action, ReviewRecord, RoundKind, RoundRecord};
use data::store::NewRound;
use leptos::prelude::*;

pub(crate) async fn page(
    Path((review, slug)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(shell::sign_in_first(&request));
    }
    request.visitor.require(Action::Assess)?;
    let record = request.review_record(&review).await?;
    let round = record.round(&slug).ok_or(Failure::NotFound)?;
    let code = record.review.code;
    if round.round.is_published() || round.round.kind != RoundKind::Itemised {
        return Ok(Redirect::to(&address::round(code, &slug)).into_response());
    }
    let may_change = request.visitor.may(Action::OpenRound);
    let title = t!("method-title");
    let head = Head::titled(title.clone()).about(code.state);
    Ok(shell::page(&request, &head, || {
        view! {
            <p class="over">
                <a href=address::worklist(code, &slug) dir="auto">{round.round.title.clone()}</a>
                " · "
                {translations::review(&record.review)}
            </p>
            <h1>{title}</h1>
            <h2>{t!("method-scale")}</h2>
            {scale_table(&round.round.scale)}
            {method_note(round)}
            {may_change.then(|| change(&request, &record, round))}
            {may_change.then(|| carry_over(&record, round))}
        }
    }))
}

/// Who assessed, and how, as readers see it too.
pub(crate) fn method_note(round: &RoundRecord) -> Fragment {
    let assessors = (!round.round.assessors.is_empty()).then(|| {
        let names = round
            .round
            .assessors
            .iter()
            .map(|name| view! { <li dir="auto">{name.clone()}</li> })
            .collect_view();
        view! {
            <h3>{t!("method-assessors")}</h3>
            <ul>{names}</ul>
        }
    });
    let note = round.round.method.as_deref().map(|method| {
        view! {
            <div class="method" dir="auto" inner_html=markdown::html(method)></div>
        }
    });
    view! {
        {assessors}
        {note}
    }
    .fragment()
}

fn change(request: &Request, record: &ReviewRecord, round: &RoundRecord) -> Fragment {
    let there = NewRound::of(&round.round);
    let refused = request
        .notice
        .as_ref()
        .filter(|notice| notice.has("assessors"));
    let value = |field: &str, stands: String| match refused {
        Some(notice) => notice.typed(field),
        None => stands,
    };
    let text = |name: &'static str, label: String, stands: String, rows: Option<u16>| {
        let text = TextField {
            name,
            value: &value(name, stands),
            rows,
            ..TextField::default()
        };
        view! {
            <label>
                <span>{label}</span>
                {text.fragment()}
            </label>
        }
        .fragment()
    };
    // Somebody else has changed it since it was seen.
    let overtaken = refused.filter(|notice| notice.typed("seen") != there.identity());
    let versions = overtaken.and_then(|notice| {
        let differing = |name: &str, label: String, theirs: &str| {
            Differing::new(name, label, theirs, &notice.typed(name))
        };
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let fields = [
            differing("title", t!("new-round-name"), &there.title),
            differing(
                "organisation",
                t!("new-round-organisation"),
                &there.organisation,
            ),
            differing("as_of", t!("method-as-of"), &optional(&there.as_of)),
            differing(
                "assessors",
                t!("method-assessors-field"),
                &there.assessors.join("\n"),
            ),
            differing("method", t!("method-note-field"), &optional(&there.method)),
        ];
        both_versions(fields.into_iter().flatten().collect())
    });
    view! {
        <h2>{t!("method-change")}</h2>
        <form class="narrow" method="post" action="/api/change-round">
            {versions}
            <input type="hidden" name="review" value=record.review.code.to_string() />
            <input type="hidden" name="round" value=there.slug.clone() />
            <input type="hidden" name="seen" value=there.identity() />
            {text("title", t!("new-round-name"), there.title.clone(), None)}
            {text("organisation", t!("new-round-organisation"), there.organisation.clone(), None)}
            {text("as_of", t!("method-as-of"), there.as_of.clone().unwrap_or_default(), None)}
            {text("assessors", t!("method-assessors-field"), there.assessors.join("\n"), Some(3))}
            {text("method", t!("method-note-field"), there.method.clone().unwrap_or_default(), Some(10))}
            <button type="submit">{t!("assessment-save")}</button>
        </form>
    }
    .fragment()
}

fn carry_over(record: &ReviewRecord, round: &RoundRecord) -> Option<Fragment> {
    let options: Vec<_> = record
        .rounds
        .iter()
        .filter(|other| {
            other.round.id != round.round.id
                && other.round.kind == RoundKind::Itemised
                && !other.assessments.is_empty()
        })
        .map(|other| {
            view! {
                <option value=other.round.slug.clone()>
                    {crate::components::headline::signed(other)}
                </option>
            }
        })
        .collect();
    (!options.is_empty()).then(|| {
        view! {
            <h2>{t!("carry-over-title")}</h2>
            <p class="hint">{t!("carry-over-how")}</p>
            <form class="narrow" method="post" action="/api/carry-over">
                <input type="hidden" name="review" value=record.review.code.to_string() />
                <input type="hidden" name="round" value=round.round.slug.clone() />
                <label>
                    <span>{t!("carry-over-from")}</span>
                    <select name="from" dir="auto">
                        {options}
                    </select>
                </label>
                <button type="submit">{t!("carry-over-button")}</button>
            </form>
        }
        .fragment()
    })
}
