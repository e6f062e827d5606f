//! What an analyst wants to see beside the form: text, positions with their sources, the same demand in
//! earlier cycles, what other rounds and organisations say.

use super::earlier::{Forebear, earlier};
use super::form::AssessmentForm;
use crate::components::recommendation::evidence;
use crate::components::status_mark::status_mark;
use crate::components::wording;
use crate::t;
use crate::text::names;
use crate::text::numbers;
use crate::text::round_names::signed;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Assessment, RoundKind, RoundRecord, Scheme, Status};
use leptos::prelude::*;

/// The column beside the form.
pub(crate) fn context(form: &AssessmentForm<'_>, forebears: &[Forebear], back: &str) -> Fragment {
    let one = form.one;
    let code = form.record.review.code;
    let about: Vec<String> = Scheme::ALL
        .iter()
        .flat_map(|scheme| {
            one.terms_of(*scheme)
                .map(|term| names::term(*scheme, term).into_owned())
        })
        .collect();
    let states: Vec<&str> = one.recommending.iter().map(names::state).collect();
    // Only the report's own words are a quotation.
    let text = match &one.text {
        Some(text) => html! {
            <blockquote dir="auto" lang=one.language.clone()>
                <p>{text.clone()}</p>
            </blockquote>
        },
        None => html! { <p class="wording" dir="auto">{wording::whole(one)}</p> },
    };
    let summary = wording::summary_tag(one).filter(|_| one.text.is_some());
    let summary = summary.map(|tag| {
        view! { <p dir="auto">{tag} {one.summary.clone()}</p> }
    });
    let about = (!about.is_empty()).then(|| {
        view! {
            <dt>{t!("assessment-about")}</dt>
            <dd dir="auto">{about.join("; ")}</dd>
        }
    });
    html! {
        <section class="recommendation" aria-label=t!("assessment-recommendation")>
            {text}
            {summary}
            <dl>
                <dt>{t!("column-recommending_states")}</dt>
                <dd>{numbers::list(&states)}</dd>
                {positions(form)}
                {about}
            </dl>
            {others(form)}
            {(!forebears.is_empty())
                .then(|| {
                    let open = forebears.iter().any(|forebear| forebear.alike.is_none());
                    view! {
                        <details class="aside" open=open>
                            <summary>{t!("context-earlier", count = forebears.len())}</summary>
                            {earlier(code, one, forebears, true, back)}
                        </details>
                    }
                })}
            <p>
                <a href=paths::recommendation(code, &one.paragraph)>{t!("assessment-whole")}</a>
            </p>
        </section>
    }
}

/// Every claim about the State's answer, the one that counts first, each with its source.
fn positions(form: &AssessmentForm<'_>) -> Fragment {
    let claims: Vec<_> = form
        .one
        .positions
        .iter()
        .rev()
        .map(|claim| {
            let told = [
                claim.source.clone(),
                claim.source_paragraph.clone(),
                claim.date.clone().map(String::from),
            ];
            let told: Vec<String> = told.into_iter().flatten().collect();
            view! {
                <dd>
                    {translations::position(claim.class)} " "
                    <small dir="auto">
                        {t!("context-claim", raw = claim.raw.clone(), source = told.join(", "))}
                    </small>
                </dd>
            }
        })
        .collect();
    let none = claims
        .is_empty()
        .then(|| view! { <dd>{translations::position(form.one.position())}</dd> });
    html! {
        <dt>{t!("column-position")}</dt>
        {claims}
        {none}
    }
}

/// What other rounds say, the newest first.
fn others(form: &AssessmentForm<'_>) -> Option<Fragment> {
    let rounds: Vec<_> = form
        .record
        .rounds
        .iter()
        .filter(|round| {
            round.round.id != form.round.round.id && round.round.kind == RoundKind::Itemised
        })
        .filter_map(|round| {
            let listed = round.view(form.record.review.code, form.one);
            Some((round, listed.assessment?, listed.status?.1))
        })
        .map(|(round, assessment, status)| other(round, assessment, status))
        .collect();
    (!rounds.is_empty()).then(|| {
        html! {
            <h2>{t!("context-others")}</h2>
            {rounds}
        }
    })
}

fn other(round: &RoundRecord, assessment: &Assessment, status: &Status) -> Fragment {
    let rationale = (!assessment.rationale.is_empty()).then(|| {
        view! {
            <p class="rationale" dir="auto">
                {assessment.rationale.clone()}
            </p>
        }
    });
    let open = (!round.round.is_published())
        .then(|| view! { " " <span class="tag">{t!("recommendation-open")}</span> });
    html! {
        <article class="other">
            <h3>{status_mark(status)} {open}</h3>
            <p class="by" dir="auto">{signed(round)}</p>
            {rationale}
            {evidence(&assessment.evidence)}
        </article>
    }
}
