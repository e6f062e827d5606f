//! Why an edit is made: a reason, and the document that shows it.

use crate::components::text_field::TextField;
use crate::t;
use crate::web::html::{Fragment, html};
use data::store::Why;
use leptos::prelude::*;

/// The fields for the reason and, unless the form has a document of its own, the source.
pub(crate) fn why_fields(typed: impl Fn(&str) -> String, with_source: bool) -> Fragment {
    let source = with_source.then(|| {
        let field = TextField {
            name: "source",
            value: &typed("source"),
            max_length: Some(Why::SOURCE_MAX),
            is_required: true,
            ..TextField::default()
        };
        view! {
            <label>
                <span>{t!("edit-source")}</span>
                {field.fragment()}
            </label>
        }
    });
    let reason = TextField {
        name: "reason",
        value: &typed("reason"),
        rows: Some(2),
        max_length: Some(Why::REASON_MAX),
        is_required: true,
        ..TextField::default()
    };
    html! {
        {source}
        <label>
            <span>{t!("edit-reason")}</span>
            {reason.fragment()}
        </label>
        <p class="hint">{t!("edit-why-public")}</p>
    }
}
