//! `/assess/{review}/{round}/method`: what an open round says of itself, and the results it begins with.

use crate::actions::RoundForm;
use crate::components::conflict_table::{Differing, conflict_of};
use crate::components::document::{self, Head};
use crate::components::prose::prose;
use crate::components::scale_table::scale_table;
use crate::components::text_field::TextField;
use crate::forms::fields::fields;
use crate::t;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Date, Object, ReviewRecord, RoundKind, RoundRecord};
use data::store::NewRound;
use leptos::prelude::*;
use pulldown_cmark::HeadingLevel;

pub(crate) async fn page(
    Path((review, slug)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::Assess, Object::of_review(&review))?;
    let record = request.review_record(&review).await?;
    let round = record.round(&slug).ok_or(Failure::NotFound)?;
    let code = record.review.code;
    if round.round.is_published() || round.round.kind != RoundKind::Itemised {
        return Ok(document::published_instead(&request, code, &round.round));
    }
    let may_change = request
        .visitor
        .may(Action::OpenRound, Object::Round(&round.round));
    let title = t!("method-title");
    let head = Head::titled(title.clone()).about(code.state);
    Ok(document::page(&request, &head, || {
        view! {
            <p class="over">
                <a href=paths::worklist(code, &slug) dir="auto">{round_names::title(&round.round)}</a>
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
            .map(|name| view! { <li><span dir="auto">{name.clone()}</span></li> })
            .collect_view();
        view! {
            <h3>{t!("method-assessors")}</h3>
            <ul>{names}</ul>
        }
    });
    let note = round.round.method.as_deref().map(|method| {
        view! {
            <div class="method">{prose(method, HeadingLevel::H3)}</div>
        }
    });
    html! {
        {assessors}
        {note}
    }
}

fn change(request: &Request, record: &ReviewRecord, round: &RoundRecord) -> Fragment {
    let stored = fields(&RoundForm::of(&round.round));
    let stored = |name: &str| {
        let field = stored.iter().find(|(known, _)| known == name);
        field.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let seen = NewRound::of(&round.round).seen().to_string();
    let refused = request
        .notice
        .as_ref()
        .filter(|notice| notice.has("assessors"));
    let labels = [
        ("title", t!("new-round-name"), None),
        ("organisation", t!("new-round-organisation"), None),
        ("as_of", t!("method-as-of"), None),
        ("assessors", t!("method-assessors-field"), Some(3)),
        ("method", t!("method-note-field"), Some(10)),
    ];
    // Somebody else has changed it since it was seen.
    let overtaken = refused.filter(|notice| notice.typed("seen") != seen);
    let versions = overtaken.and_then(|notice| {
        let fields = labels.iter().filter_map(|(name, label, _)| {
            Differing::new(name, label.clone(), &stored(name), &notice.typed(name))
        });
        conflict_of(fields.collect())
    });
    let inputs = labels.map(|(name, label, rows)| {
        let value = match refused {
            Some(notice) => notice.typed(name),
            None => stored(name),
        };
        // A year or a month alone has no place in a date picker.
        if name == "as_of"
            && (value.is_empty() || Date::parse(&value).and_then(Date::day).is_some())
        {
            return html! {
                <label>
                    <span>{label}</span>
                    <input type="date" name=name value=value />
                </label>
            };
        }
        let text = TextField {
            name,
            value: &value,
            rows,
            ..TextField::default()
        };
        html! {
            <label>
                <span>{label}</span>
                {text.fragment()}
            </label>
        }
    });
    html! {
        <h2>{t!("method-change")}</h2>
        <form class="narrow" method="post" action=paths::localize("/api/change-round")>
            {versions}
            <input type="hidden" name="review" value=record.review.code.to_string() />
            <input type="hidden" name="round" value=round.round.slug.clone() />
            <input type="hidden" name="seen" value=seen />
            {inputs.into_iter().collect_view()}
            <button type="submit">{t!("assessment-save")}</button>
        </form>
    }
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
                    {crate::text::round_names::signed(other)}
                </option>
            }
        })
        .collect();
    (!options.is_empty()).then(|| {
        html! {
            <h2>{t!("carry-over-title")}</h2>
            <p class="hint">{t!("carry-over-how")}</p>
            <form class="narrow" method="post" action=paths::localize("/api/carry-over")>
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
    })
}
