//! The form that splits a recommendation in two.

use super::{Edited, why_fields};
use crate::components::text_field::TextField;
use crate::t;
use crate::text::names;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::StateCode;
use data::store::{Attached, recommendation_seen};
use leptos::prelude::*;

/// Both texts, the number of the second part, and which State made which.
pub(crate) fn split_form(edited: &Edited<'_>, attached: &Attached) -> Fragment {
    if !attached.published.is_empty() {
        let rounds = attached.published.join(", ");
        let paragraph = names::paragraph(edited.one);
        let why = t!("edit-is-published", paragraph = paragraph, rounds = rounds);
        return html! { <p class="none">{why}</p> };
    }
    let is_refused = edited.is_refused("first_text");
    let whole = edited.one.text.clone().unwrap_or_default();
    let value = |field: &str| match field {
        _ if is_refused => edited.typed(field),
        "first_text" => whole.clone(),
        _ => String::new(),
    };
    let text = |name: &'static str, label: String, rows: Option<u16>| {
        let field = TextField {
            name,
            value: &value(name),
            rows,
            is_required: true,
            ..TextField::default()
        };
        html! {
            <label>
                <span>{label}</span>
                {field.fragment()}
            </label>
        }
    };
    let states = edited.one.recommending.iter();
    let states = states.map(|state| made_by(edited, *state)).collect_view();
    let number = names::paragraph(edited.one);
    let assessed = (!attached.assessed.is_empty()).then(|| {
        let count = attached.assessed.len();
        view! { <p>{t!("edit-split-assessed", count = count, paragraph = number.clone())}</p> }
    });
    let seen = recommendation_seen(edited.one);
    html! {
        <p>{t!("edit-split-how")}</p>
        {assessed}
        <form class="narrow" method="post" action=paths::localize("/api/split-recommendation")>
            {edited.hidden(&seen)}
            {text("first_text", t!("edit-split-first", paragraph = number.clone()), Some(4))}
            {text("second_paragraph", t!("edit-split-number"), None)}
            {text("second_text", t!("edit-split-second"), Some(4))}
            {states}
            {why_fields(|field| edited.typed(field), true)}
            <button type="submit">{t!("edit-split-button")}</button>
        </form>
    }
}

/// In which part a State is.
fn made_by(edited: &Edited<'_>, state: StateCode) -> Fragment {
    let name = format!("states[{state}]");
    let chosen = edited.typed(&name);
    let options = [
        ("first", t!("edit-split-in-first")),
        ("second", t!("edit-split-in-second")),
        ("both", t!("edit-split-in-both")),
    ];
    let options = options
        .into_iter()
        .map(|(value, label)| {
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=name.clone()
                        value=value
                        checked=chosen == value
                        required
                    />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    html! {
        <fieldset>
            <legend dir="auto">{names::state(state).to_owned()}</legend>
            {options}
        </fieldset>
    }
}
