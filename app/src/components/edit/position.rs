//! The form of a claim about the position of the State.

use super::{Edited, why_fields};
use crate::components::conflict_table::{Differing, conflict_of};
use crate::components::text_field::TextField;
use crate::forms::edits::PositionForm;
use crate::forms::fields::fields;
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::PositionClass;
use data::store::recommendation_seen;
use leptos::prelude::*;

/// The claims with the way to correct each, and the form that adds one or corrects the one of that number, counted
/// from 1.
pub(crate) fn position_form(edited: &Edited<'_>, number: Option<usize>) -> Fragment {
    let claims = &edited.one.positions;
    let claim = number.and_then(|number| claims.get(number.checked_sub(1)?));
    let number = number.filter(|_| claim.is_some());
    let stored = fields(&claim.map(PositionForm::of).unwrap_or_default());
    let stands = |field: &str| {
        let stored = stored.iter().find(|(name, _)| name == field);
        stored.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let is_refused = edited.is_refused("symbol");
    let value = |field: &str| {
        if is_refused {
            edited.typed(field)
        } else {
            stands(field)
        }
    };
    let seen = recommendation_seen(edited.one);
    let is_conflict = is_refused && claim.is_some() && edited.typed("seen") != seen.to_string();
    let versions = is_conflict.then(|| {
        let class = |code: &str| {
            let class = PositionClass::parse(code).map(translations::position);
            class.unwrap_or_else(|| code.to_owned())
        };
        let labels = [
            ("class", t!("recommendation-position-class")),
            ("raw", t!("recommendation-position-raw")),
            ("symbol", t!("recommendation-position-source")),
            ("source_paragraph", t!("recommendation-position-paragraph")),
            ("date", t!("recommendation-position-date")),
        ];
        let differing = labels.into_iter().filter_map(|(name, label)| {
            let differing = Differing::new(name, label, &stands(name), &edited.typed(name))?;
            Some(if name == "class" {
                differing.in_words(class)
            } else {
                differing
            })
        });
        conflict_of(differing.collect())
    });
    let chosen = value("class");
    let classes = PositionClass::ALL
        .into_iter()
        .map(|class| {
            let selected = class.code() == chosen;
            view! {
                <option value=class.code() selected=selected>
                    {translations::position(class)}
                </option>
            }
        })
        .collect_view();
    let text = |name: &'static str, label: String, rows: Option<u16>, is_required: bool| {
        let field = TextField {
            name,
            value: &value(name),
            rows,
            is_required,
            ..TextField::default()
        };
        html! {
            <label>
                <span>{label}</span>
                {field.fragment()}
            </label>
        }
    };
    let (heading, button) = match number {
        Some(number) => (
            t!("edit-position-correct", number = number),
            t!("edit-position-correct-button"),
        ),
        None => (t!("edit-position-add"), t!("edit-position-add-button")),
    };
    html! {
        {list(edited)}
        <h3>{heading}</h3>
        <form class="narrow" method="post" action=paths::localize("/api/save-position")>
            {edited.hidden(&seen)}
            <input type="hidden" name="claim" value=number.map(|number| number.to_string()) />
            {versions.flatten()}
            <label>
                <span>{t!("recommendation-position-class")}</span>
                <select name="class">{classes}</select>
            </label>
            {text("raw", t!("edit-position-words"), Some(2), false)}
            {text("symbol", t!("edit-position-symbol"), None, true)}
            {text("source_paragraph", t!("edit-position-paragraph"), None, false)}
            {text("date", t!("edit-position-date"), None, false)}
            {why_fields(|field| if is_refused { edited.typed(field) } else { String::new() }, false)}
            <button type="submit">{button}</button>
        </form>
    }
}

/// The claims that there are, each with the way to correct it.
fn list(edited: &Edited<'_>) -> Fragment {
    let claims = &edited.one.positions;
    if claims.is_empty() {
        return html! { <p class="none">{t!("recommendation-no-position")}</p> };
    }
    let items = (1..)
        .zip(claims)
        .map(|(number, claim): (usize, _)| {
            let query = format!("claim={number}");
            let href = paths::correct(edited.review, &edited.one.paragraph, &query);
            let source = claim.source.clone().unwrap_or_else(|| t!("list-no-value"));
            view! {
                <li>
                    {translations::position(claim.class)}
                    ", "
                    <span dir="auto">{source}</span>
                    " "
                    <a href=format!("{href}#position")>
                        {t!("edit-position-correct", number = number)}
                    </a>
                </li>
            }
        })
        .collect_view();
    html! { <ol>{items}</ol> }
}
