//! `/reviews/{review}/history/{entry}/undo`: what undoing an edit takes back, before it is undone.

use crate::components::document::{self, Head};
use crate::components::history_table::{HistoryTable, history_table, sentence};
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Object, ReviewCode};
use data::store::EditToUndo;
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};

pub(crate) async fn page(
    Path((review, entry)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::EditRecommendations, Object::of_review(&review))?;
    let code = ReviewCode::parse(&review).ok_or(Failure::NotFound)?;
    let entry = entry.parse().map_err(|_| Failure::NotFound)?;
    let edit = request.site.store.edit_to_undo(code, entry).await?;
    let record = request.review_record(&review).await?;
    let head = Head::titled(t!("edit-undo-title")).about(code.state);
    Ok(document::page(&request, &head, || {
        let table = HistoryTable {
            record: &record,
            visitor: &request.visitor,
            about: None,
            reasons: &HashMap::new(),
            // The page says above whether this one is.
            undone: &HashSet::new(),
        };
        view! {
            <p class="over">
                <a href=paths::history(code, "")>{t!("history-title")}</a>
            </p>
            <h1>{t!("edit-undo-title")}</h1>
            <p dir="auto">
                {t!(
                    "edit-undo-of", what = sentence(&edit.heading, None), who = edit.heading.actor
                    .clone(), at = translations::minute(edit.heading.at)
                )}
            </p>
            {if edit.is_undone {
                html! { <p>{t!("edit-undo-is-undone")}</p> }
            } else {
                asking(code, &edit, &table)
            }}
        }
    }))
}

/// What goes and what comes back, and the question.
fn asking(code: ReviewCode, edit: &EditToUndo, table: &HistoryTable<'_>) -> Fragment {
    html! {
        <h2>{t!("edit-undo-what")}</h2>
        {history_table(table, &edit.entries)}
        <p>{t!("edit-undo-how")}</p>
        <div class="buttons">
            <form method="post" action=paths::localize("/api/undo-edit")>
                <input type="hidden" name="review" value=code.to_string() />
                <input type="hidden" name="entry" value=edit.heading.id.to_string() />
                <button type="submit">{t!("edit-undo-do")}</button>
            </form>
            <a class="button secondary" href=paths::history(code, "")>
                {t!("edit-undo-keep")}
            </a>
        </div>
    }
}
