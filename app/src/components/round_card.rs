//! A round among the rounds of its review.

use crate::components::methodology_note::scale_name;
use crate::components::status_strip::status_strip;
use crate::components::unit_switch::shown_as;
use crate::figures::headline::sentence;
use crate::t;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Visitor;
use data::domain::{
    Action, Breakdown, CountingUnit, Object, ReviewRecord, Round, RoundKind, RoundRecord,
};
use leptos::prelude::*;

/// Who says what, as of when, and what the visitor may do with it. `shown`: its figures are those of
/// the page.
pub(crate) fn round_card(
    record: &ReviewRecord,
    of: &RoundRecord,
    shown: bool,
    visitor: &Visitor,
) -> Fragment {
    let code = record.review.code;
    let round = &of.round;
    let breakdown = Breakdown::of_round(record, of);
    let sentence = sentence(&breakdown);
    // The figures of the one that is shown are drawn above.
    let strip = (round.is_published() && !shown).then(|| status_strip(&breakdown));
    let open = !round.is_published();
    let assess = open
        && round.kind == RoundKind::Itemised
        && visitor.may(Action::Assess, Object::Round(round));
    let publish = open && visitor.may(Action::PublishRound, Object::Round(round));
    let show = if shown {
        html! { <span class="current">{t!("round-shown-here")}</span> }
    } else {
        let href = shown_as(record, Some(&round.slug), CountingUnit::default());
        html! { <a href=href>{t!("round-show-here")}</a> }
    };
    html! {
        <article class="round">
            <h3>
                <a href=paths::round(code, &round.slug) dir="auto">{round_names::title(round)}</a>
            </h3>
            <p class="sentence">{sentence}</p>
            {strip}
            {facts(round)}
            {citations(record, of)}
            <ul class="actions">
                <li>{show}</li>
                {assess
                    .then(|| {
                        view! {
                            <li>
                                <a href=paths::worklist(code, &round.slug)>
                                    {t!("round-assess")}
                                </a>
                            </li>
                        }
                    })}
                {publish
                    .then(|| {
                        view! {
                            <li>
                                <a href=paths::round(code, &round.slug)>{t!("round-publish")}</a>
                            </li>
                        }
                    })}
            </ul>
        </article>
    }
}

/// Organisation, date, kind, state, scale and hash.
pub(crate) fn facts(round: &Round) -> Fragment {
    let kind = match round.kind {
        RoundKind::Itemised => t!("round-itemised"),
        RoundKind::ReportedTotals => t!("round-totals"),
    };
    // When totals were put in here says nothing about when they were published.
    let state = match round.published_at {
        Some(moment) if round.kind == RoundKind::Itemised => {
            t!("round-published-on", day = translations::day(moment))
        }
        Some(_) => t!("round-published"),
        None => t!("round-open"),
    };
    let as_of = as_of(round);
    html! {
        <dl class="facts">
            <dt>{t!("round-organisation")}</dt>
            <dd dir="auto">{round.organisation.clone()}</dd>
            <dt>{t!("round-as-of")}</dt>
            <dd>{as_of}</dd>
            <dt>{t!("round-kind")}</dt>
            <dd>{kind}</dd>
            <dt>{t!("round-state")}</dt>
            <dd>{state}</dd>
            <dt>{t!("how-scale-term")}</dt>
            <dd dir="auto">{scale_name(&round.scale)}</dd>
            {round
                .content_hash
                .clone()
                .map(|hash| {
                    view! {
                        <dt>{t!("how-hash-term")}</dt>
                        <dd><code class="hash">{hash}</code></dd>
                    }
                })}
        </dl>
    }
}

/// The as-of date of a round, or that it has none.
pub(crate) fn as_of(round: &Round) -> String {
    round
        .as_of
        .as_ref()
        .map_or_else(|| t!("round-undated"), ToString::to_string)
}

/// Where totals were published, or how an itemised round is cited.
pub(crate) fn citations(record: &ReviewRecord, of: &RoundRecord) -> Fragment {
    let cited = sources(of);
    if !cited.is_empty() {
        return cited
            .into_iter()
            .map(|citation| {
                view! {
                    <p class="citation">
                        {t!("citation-source")} " " <cite dir="auto">{citation}</cite>
                    </p>
                }
            })
            .collect_view()
            .fragment();
    }
    let round = &of.round;
    let Some(hash) = round.content_hash.clone().filter(|_| round.is_published()) else {
        return ().fragment();
    };
    let cite = t!(
        "citation-text",
        organisation = round.organisation.clone(),
        title = round_names::title(round),
        review = translations::review(&record.review),
        day = as_of(round),
        hash = hash
    );
    let superseded = round.publication.superseded.as_ref().map(|superseded| {
        let (day, number) = (translations::day(superseded.at), superseded.correction);
        t!("cite-superseded", day = day, number = number)
    });
    let cite = [Some(cite), superseded].into_iter().flatten();
    let cite = cite.collect::<Vec<_>>().join(". ");
    html! { <p class="citation">{t!("citation-cite")} " " <cite dir="auto">{cite}</cite></p> }
}

/// The citations of reported totals, each once, in their order.
fn sources(record: &RoundRecord) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    for total in &record.totals {
        if !sources.contains(&total.citation) {
            sources.push(total.citation.clone());
        }
    }
    sources
}
