//! Every claim about what the State answered, with its source, and which one counts.

use super::Shown;
use crate::components::document_link::document_link;
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{Action, ChosenPosition, Object, Position};
use leptos::prelude::*;

/// The claims in the order in which they count, and for reviewers the choice of another one.
pub(crate) fn positions(shown: &Shown<'_>) -> Fragment {
    let positions = &shown.one.positions;
    if positions.is_empty() {
        return html! { <p class="none">{t!("recommendation-no-position")}</p> };
    }
    let rows = positions
        .iter()
        .enumerate()
        .map(|(place, position)| row(position, place + 1 == positions.len()))
        .collect_view();
    html! {
        <div
            class="scroll"
            role="region"
            tabindex="0"
            aria-label=t!("recommendation-positions-caption")
        >
            <table class="claims">
                <caption>{t!("recommendation-positions-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("recommendation-position-class")}</th>
                        <th scope="col">{t!("recommendation-position-raw")}</th>
                        <th scope="col">{t!("recommendation-position-source")}</th>
                        <th scope="col">{t!("recommendation-position-paragraph")}</th>
                        <th scope="col">{t!("recommendation-position-date")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {choice(shown)}
    }
}

/// What tells the claims of a recommendation apart in a form.
pub(crate) fn claim_key(claim: &Position) -> String {
    let (class, source) = (claim.class.code(), &claim.source);
    let said = format!("{class} {source:?} {:?}", claim.source_paragraph);
    let mut key = data::store::sha256(said.as_bytes());
    key.truncate(16);
    key
}

/// Why a claim counts against the usual order, and the form that says so.
fn choice(shown: &Shown<'_>) -> Fragment {
    let reason = shown.one.chosen_position.as_ref().map(|chosen| {
        view! { <p dir="auto">{t!("claim-chosen-because", reason = chosen.reason.clone())}</p> }
    });
    let code = shown.record.review.code;
    let may = shown.visitor.may(Action::Import, Object::Review(code));
    let form = may.then(|| form(shown)).flatten();
    html! {
        {reason}
        {form}
    }
}

fn form(shown: &Shown<'_>) -> Option<Fragment> {
    let one = shown.one;
    let hidden = || {
        view! {
            <input type="hidden" name="review" value=shown.record.review.code.to_string() />
            <input type="hidden" name="paragraph" value=one.paragraph.to_string() />
        }
    };
    let action = || paths::localize("/api/choose-position");
    if one.chosen_position.is_some() {
        let undo = view! {
            <form method="post" action=action()>
                {hidden()}
                <button type="submit">{t!("claim-choice-undo")}</button>
            </form>
        };
        return Some(undo.fragment());
    }
    let (_, others) = one.positions.split_last()?;
    if others.is_empty() {
        return None;
    }
    let options = others
        .iter()
        .map(|claim| {
            let source = claim.source.clone().unwrap_or_else(|| t!("list-no-value"));
            let name = t!(
                "claim-choice-option",
                position = translations::position(claim.class),
                source = source
            );
            view! { <option value=claim_key(claim)>{name}</option> }
        })
        .collect_view();
    let form = view! {
        <details>
            <summary>{t!("claim-choice-title")}</summary>
            <form method="post" action=action()>
                {hidden()}
                <p>{t!("claim-choice-lead")}</p>
                <p>
                    <label for="claim">{t!("claim-choice-claim")}</label>
                    <select id="claim" name="claim">
                        {options}
                    </select>
                </p>
                <p>
                    <label for="claim-reason">{t!("claim-choice-reason")}</label>
                    <input
                        id="claim-reason"
                        type="text"
                        name="reason"
                        maxlength=ChosenPosition::REASON_MAX.to_string()
                        required
                    />
                </p>
                <button type="submit">{t!("claim-choice-save")}</button>
            </form>
        </details>
    };
    Some(form.fragment())
}

fn row(position: &Position, counts: bool) -> Fragment {
    let counts = counts.then(|| {
        view! {
            " "
            <span class="tag">{t!("recommendation-position-counts")}</span>
        }
    });
    let optional = |label: String, value: &Option<String>| {
        let value = value.clone().unwrap_or_else(|| t!("list-no-value"));
        view! {
            <td data-label=label dir="auto">
                {value}
            </td>
        }
    };
    html! {
        <tr>
            <th scope="row" data-label=t!("recommendation-position-class")>
                {translations::position(position.class)}
                {counts}
            </th>
            <td data-label=t!("recommendation-position-raw") dir="auto">
                {position.raw.clone()}
            </td>
            <td data-label=t!("recommendation-position-source") dir="auto">
                {match &position.source {
                    Some(source) => document_link(source),
                    None => t!("sources-not-given").fragment(),
                }}
            </td>
            {optional(t!("recommendation-position-paragraph"), &position.source_paragraph)}
            {optional(t!("recommendation-position-date"), &position.date.clone().map(String::from))}
        </tr>
    }
}
