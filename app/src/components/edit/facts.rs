//! The form of what is known of a recommendation, in the columns of files.

use super::{Edited, why_fields};
use crate::components::conflict_table::{Differing, conflict_of};
use crate::components::text_field::TextField;
use crate::forms::edits::FactsForm;
use crate::forms::fields::fields;
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::Column;
use data::exchange::fact_columns;
use data::store::recommendation_seen;
use leptos::prelude::*;

/// The form that corrects a recommendation, or adds one: then it is empty.
pub(crate) fn facts_form(edited: &Edited<'_>, is_new: bool) -> Fragment {
    let stored = if is_new {
        FactsForm::default()
    } else {
        FactsForm::of(edited.review, edited.one)
    };
    let stored = fields(&stored);
    let stands = |field: &str| {
        let stored = stored.iter().find(|(name, _)| name == field);
        stored.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let is_refused = edited.is_refused("source_id");
    let value = |field: &str| {
        if is_refused {
            edited.typed(field)
        } else {
            stands(field)
        }
    };
    let seen = recommendation_seen(edited.one);
    let is_conflict = is_refused && !is_new && edited.typed("seen") != seen.to_string();
    let versions = is_conflict.then(|| {
        let columns = fact_columns().map(|column| (name(column), translations::column(column)));
        let columns = columns.chain([("source_id".to_owned(), t!("edit-source-id"))]);
        let differing = columns.filter_map(|(name, label)| {
            Differing::new(&name, label, &stands(&name), &edited.typed(&name))
        });
        conflict_of(differing.collect())
    });
    let field = |name: &str, label: String, rows: Option<u16>, is_required: bool| {
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
    let facts = fact_columns()
        .map(|column| {
            let rows = match column {
                Column::Text => Some(5),
                Column::Summary => Some(2),
                _ => None,
            };
            let is_required = match column {
                // What its source does not number can stay without a number.
                Column::Paragraph => is_new || edited.one.paragraph.is_number(),
                Column::RecommendingStates => true,
                _ => false,
            };
            field(
                &name(column),
                translations::column(column),
                rows,
                is_required,
            )
        })
        .collect_view();
    let (action, button) = if is_new {
        ("/api/add-recommendation", t!("edit-add-button"))
    } else {
        ("/api/correct-recommendation", t!("edit-correct-button"))
    };
    let named = if is_new {
        html! { <input type="hidden" name="review" value=edited.review.to_string() /> }
    } else {
        edited.hidden(&seen)
    };
    html! {
        <form class="narrow" method="post" action=paths::localize(action)>
            {named}
            {versions.flatten()}
            <p class="hint">{t!("edit-lists-how")}</p>
            {facts}
            {field("source_id", t!("edit-source-id"), None, false)}
            {why_fields(|field| if is_refused { edited.typed(field) } else { String::new() }, true)}
            <button type="submit">{button}</button>
        </form>
    }
}

/// The name of a column's field.
fn name(column: Column) -> String {
    format!("facts[{}]", column.id())
}
