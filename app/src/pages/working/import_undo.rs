//! `/import/{run}/undo`: what undoing an import takes back, before it is undone.

use crate::t;
use crate::text::{import_undo, translations};
use crate::urls::paths;
use crate::web::document::{self, Head};
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Object};
use data::store::{Run, RunState};
use leptos::prelude::*;

pub(crate) async fn page(Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::Import, Object::of_import(&id))?;
    let store = &request.site.store;
    let run = store
        .import_run(id.parse().map_err(|_| Failure::NotFound)?)
        .await?;
    let head = Head::titled(t!("import-undo-title"));
    Ok(document::page(&request, &head, || {
        view! {
            <p class="over">
                <a href=paths::import_run(run.id)>{t!("import-run-title")}</a>
            </p>
            <h1>{t!("import-undo-title")}</h1>
            <p>
                <strong dir="auto">{run.file.file_name.clone()}</strong>
            </p>
            {if run.state == RunState::Applied {
                asking(&run)
            } else {
                view! { <p>{t!("import-undo-not-applied")}</p> }.fragment()
            }}
        }
    }))
}

/// What goes and what comes back, and the question.
fn asking(run: &Run) -> Fragment {
    let lines: Vec<_> = import_undo::sentences(&run.summary)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    let at = run
        .ended
        .as_ref()
        .map(|(at, _)| translations::minute(*at))
        .unwrap_or_default();
    view! {
        <p>{t!("import-applied", at = at)}</p>
        {(!lines.is_empty()).then(|| view! { <ul>{lines}</ul> })}
        <p>{t!("import-undo-how")}</p>
        <div class="buttons">
            <form method="post" action=paths::localize("/api/undo-import")>
                <input type="hidden" name="run" value=run.id />
                <button type="submit">{t!("import-undo")}</button>
            </form>
            <a class="button secondary" href=paths::import_run(run.id)>
                {t!("import-undo-keep")}
            </a>
        </div>
    }
    .fragment()
}
