//! What is recommended, by whom, and about what. Every value leads to the list of all that share it.

use super::Shown;
use crate::components::document_link::with_document_links;
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Column, Dimension, Filter, LanguageText, Scheme};
use leptos::prelude::*;

/// Summary and text, the texts in further languages beneath it.
pub(crate) fn wording(shown: &Shown<'_>) -> Fragment {
    let one = shown.one;
    let summary = one.summary.clone().map(|summary| {
        html! {
            <h2>{t!("recommendation-summary")}</h2>
            <p class="summary" dir="auto">
                {summary}
            </p>
        }
    });
    let text = match one.text.clone() {
        Some(text) => {
            let language = one.language.clone();
            html! {
                <blockquote class="text" lang=language dir="auto">
                    {text}
                </blockquote>
            }
        }
        None => html! { <p class="none">{t!("recommendation-no-text")}</p> },
    };
    html! {
        {summary}
        <h2>{t!("recommendation-text")}</h2>
        {text}
        {one.texts.iter().map(further).collect_view()}
    }
}

/// The text in a further language, with the document that has it.
fn further(text: &LanguageText) -> Fragment {
    let title = t!(
        "recommendation-text-in",
        language = names::language(&text.language)
    );
    let source = text.source.clone().map(|source| {
        let source = t!("recommendation-text-source", source = source);
        view! {
            <p class="aside" dir="auto">
                {source}
            </p>
        }
    });
    html! {
        <h3>{title}</h3>
        <blockquote class="text" lang=text.language.clone() dir="auto">
            {text.text.clone()}
        </blockquote>
        {source}
    }
}

/// Recommending States, terms, action category, responsible bodies, document.
pub(crate) fn about(shown: &Shown<'_>) -> Fragment {
    let one = shown.one;
    let states: Vec<_> = one
        .recommending
        .iter()
        .map(|state| {
            let name = match state.group() {
                Some(group) => t!(
                    "recommendation-by-state",
                    state = names::state(state),
                    group = translations::regional_group(group)
                ),
                None => names::state(state).to_owned(),
            };
            value(shown, Dimension::RecommendingState, state.as_str(), name)
        })
        .collect();
    let under_review = shown.record.review.code.state;
    let briefings = one.recommending.iter().map(|state| {
        let href = paths::briefing(*state, under_review.as_str());
        let name = t!(
            "recommendation-briefing",
            state = names::state(state),
            under_review = names::state(under_review)
        );
        html! { <li><a href=href>{name}</a></li> }
    });
    let mut facts = vec![
        fact(t!("recommendation-by"), states),
        fact(t!("recommendation-more"), briefings.collect()),
    ];
    for scheme in Scheme::ALL {
        let dimension = Dimension::Term(scheme);
        let terms: Vec<_> = one
            .terms_of(scheme)
            .map(|term| {
                value(
                    shown,
                    dimension,
                    term,
                    names::term(scheme, term).into_owned(),
                )
            })
            .collect();
        if !terms.is_empty() {
            facts.push(fact(translations::dimension(dimension), terms));
        }
    }
    if let Some(category) = one.action_category {
        let dimension = Dimension::ActionCategory;
        let number = category.number().to_string();
        let name = translations::action_category(category);
        let values = vec![value(shown, dimension, &number, name)];
        facts.push(fact(translations::dimension(dimension), values));
    }
    if !one.responsible_bodies.is_empty() {
        let dimension = Dimension::ResponsibleBody;
        let bodies = one.responsible_bodies.iter();
        let bodies = bodies.map(|body| value(shown, dimension, body, body.clone()));
        facts.push(fact(
            translations::column(Column::ResponsibleBodies),
            bodies.collect(),
        ));
    }
    if let Some(symbol) = shown.record.review.report_symbol.clone() {
        let values = vec![html! { <li>{with_document_links(&symbol)}</li> }];
        facts.push(fact(t!("recommendation-report"), values));
    }
    html! { <dl class="facts">{facts}</dl> }
}

fn fact(name: String, values: Vec<Fragment>) -> Fragment {
    html! {
        <dt>{name}</dt>
        <dd>
            <ul class="plain">{values}</ul>
        </dd>
    }
}

fn value(shown: &Shown<'_>, dimension: Dimension, value: &str, name: String) -> Fragment {
    let same_round = Filter {
        round: shown.filter.round.clone(),
        unit: shown.filter.unit,
        ..Filter::default()
    };
    let filter = same_round.with_only(dimension, value);
    let href = paths::recommendations(shown.record.review.code, &filter);
    html! {
        <li>
            <a href=href dir="auto">
                {name}
            </a>
        </li>
    }
}
