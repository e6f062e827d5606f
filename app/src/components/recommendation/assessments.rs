//! What every round says about a recommendation.

use super::Shown;
use super::evidence::evidence;
use crate::components::correction::changes_of;
use crate::components::status_mark::status_mark;
use crate::t;
use crate::text::round_names;
use crate::text::round_names::signed;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Action, Assessment, Object, RoundKind, RoundRecord};
use leptos::prelude::*;

/// The assessments, the newest round first. Reported totals say nothing about a single
/// recommendation, and are not listed.
pub(crate) fn assessments(shown: &Shown<'_>) -> Fragment {
    let rounds = &shown.record.rounds;
    let itemised: Vec<_> = rounds
        .iter()
        .filter(|round| round.round.kind == RoundKind::Itemised)
        .map(|round| in_round(shown, round))
        .collect();
    let with_totals = itemised.len() < rounds.len();
    html! {
        {rounds.is_empty().then(|| view! { <p class="none">{t!("recommendation-no-rounds")}</p> })}
        {itemised}
        {changes_of(shown.record, shown.one)}
        {with_totals.then(|| view! { <p class="none">{t!("recommendation-totals-only")}</p> })}
    }
}

fn in_round(shown: &Shown<'_>, record: &RoundRecord) -> Fragment {
    let round = &record.round;
    let code = shown.record.review.code;
    let open = !round.is_published();
    let listed = record.view(shown.record.review.code, shown.one);
    let body = match (listed.assessment, listed.status) {
        // An analyst's own "not assessed" is a finding, with a day and perhaps a reason; this is none.
        (Some(assessment), Some((_, status))) if round.left_unassessed(assessment) => html! {
            <p>{status_mark(status)}</p>
            <p class="none">{t!("recommendation-nobody-assessed")}</p>
            {counted_differently(shown, record)}
        },
        (Some(assessment), Some((_, status))) => html! {
            <p>{status_mark(status)}</p>
            {reasons(assessment)}
            {counted_differently(shown, record)}
        },
        _ if open => {
            html! { <p class="none">{t!("recommendation-not-assessed-yet")}</p> }
        }
        _ => html! { <p class="none">{t!("recommendation-outside-round")}</p> },
    };
    let assess = (open && shown.visitor.may(Action::Assess, Object::Round(round))).then(|| {
        let href = paths::assess(code, &round.slug, &shown.one.paragraph);
        html! {
            <p class="ways">
                <a class="button" href=href>
                    {t!("recommendation-assess")}
                </a>
            </p>
        }
    });
    html! {
        <article class="assessment">
            <h3>
                <a href=paths::round(code, &round.slug) dir="auto">
                    {round_names::title(round)}
                </a>
                {open.then(|| view! { " " <span class="tag">{t!("recommendation-open")}</span> })}
            </h3>
            <p class="by" dir="auto">
                {signed(record)}
            </p>
            {body}
            {assess}
        </article>
    }
}

/// Where a published round counts the recommendation under another position than it has now.
fn counted_differently(shown: &Shown<'_>, record: &RoundRecord) -> Option<Fragment> {
    let then = record
        .view(shown.record.review.code, shown.one)
        .recommendation
        .position();
    (then != shown.one.position()).then(|| {
        let position = translations::position(then);
        html! { <p class="none">{t!("recommendation-counted-as", position = position)}</p> }
    })
}

fn reasons(assessment: &Assessment) -> Fragment {
    let rationale = if assessment.rationale.is_empty() {
        html! { <p class="none">{t!("recommendation-no-rationale")}</p> }
    } else {
        let paragraphs = assessment
            .rationale
            .split("\n\n")
            .map(|paragraph| view! { <p dir="auto">{paragraph.to_owned()}</p> })
            .collect_view();
        html! { <div class="rationale">{paragraphs}</div> }
    };
    let confidence = assessment.confidence.map(|level| {
        html! {
            <dt>{t!("column-confidence")}</dt>
            <dd>{translations::confidence(level)}</dd>
        }
    });
    let day = translations::day(assessment.changed_at);
    html! {
        {rationale}
        <dl class="facts inline">
            {confidence} <dt>{t!("recommendation-assessed-on")}</dt>
            <dd>
                <time datetime=day.clone()>{day.clone()}</time>
            </dd>
        </dl>
        {evidence(&assessment.evidence)}
    }
}
