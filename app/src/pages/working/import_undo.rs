//! `/import/{run}/undo`: what undoing an import takes back, before it is undone.

use crate::components::document::{self, Head};
use crate::t;
use crate::text::{import_undo, names, translations};
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::{Request, Visitor};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Object, Scale, shorten};
use data::store::{Run, RunState, UndoPreview, UndoneItems};
use leptos::prelude::*;

/// The longest text of an item, in characters.
const LONGEST_ITEM: usize = 80;

pub(crate) async fn page(Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let Some(account) = &request.visitor.account else {
        return Ok(document::sign_in_first(&request));
    };
    request
        .visitor
        .require(Action::Import, Object::of_import(&id))?;
    let store = &request.site.store;
    let run = store
        .import_run(id.parse().map_err(|_| Failure::NotFound)?)
        .await?;
    let actor = Visitor::actor(account);
    let mut preview = store.preview_undo(&actor, run.id).await?;
    if let (Some(preview), Some(scale)) =
        (&mut preview, super::import_run::scale(store, &run).await?)
    {
        name_statuses(preview, &scale);
    }
    let head = Head::titled(t!("import-undo-title"));
    Ok(document::page(&request, &head, || {
        view! {
            <p class="over">
                <a href=paths::import_run(run.id)>{super::import_run::title(&run)}</a>
            </p>
            <h1>{t!("import-undo-title")}</h1>
            <p>
                <strong dir="auto">{run.file.file_name.clone()}</strong>
            </p>
            {if run.state == RunState::Applied {
                asking(&run, preview.as_ref())
            } else {
                html! { <p>{t!("import-undo-not-applied")}</p> }
            }}
        }
    }))
}

/// What goes and what comes back, and the question; without the question where it cannot be undone.
fn asking(run: &Run, preview: Option<&UndoPreview>) -> Fragment {
    let lines = match preview {
        Some(preview) => items(preview),
        // Of a large import only the counts are known.
        None => import_undo::sentences(&run.summary)
            .into_iter()
            .map(|line| html! { <li>{line}</li> })
            .collect(),
    };
    let at = run
        .ended
        .as_ref()
        .map(|(at, _)| translations::minute(*at))
        .unwrap_or_default();
    let refusal = preview.and_then(|preview| preview.refusal.as_ref());
    let keep = view! {
        <a class="button secondary" href=paths::import_run(run.id)>
            {t!("import-undo-keep")}
        </a>
    };
    let question = match refusal {
        Some(refusal) => html! {
            <p class="notice refusal">{translations::message(&refusal.message())}</p>
            <div class="buttons">{keep}</div>
        },
        None => html! {
            <p>{t!("import-undo-how")}</p>
            <div class="buttons">
                <form method="post" action=paths::localize("/api/undo-import")>
                    <input type="hidden" name="run" value=run.id />
                    <button type="submit" class="danger">
                        {t!("import-undo")}
                    </button>
                </form>
                {keep}
            </div>
        },
    };
    html! {
        <p>{t!("import-applied", at = at)}</p>
        {(!lines.is_empty()).then(|| view! { <ul>{lines}</ul> })}
        {question}
    }
}

/// Puts the labels of statuses in place of their codes.
fn name_statuses(preview: &mut UndoPreview, scale: &Scale) {
    let assessments = [&mut preview.assessed, &mut preview.reassessed];
    let items = assessments.into_iter().flat_map(|items| &mut items.first);
    for (_, _, text) in items {
        if let Some(status) = scale.status(text) {
            text.clone_from(&status.label);
        }
    }
}

/// A line for each kind of thing that is taken back, with the first of them.
fn items(preview: &UndoPreview) -> Vec<Fragment> {
    let kinds = [
        ("import-undo-recommendations-added", &preview.added),
        ("import-undo-recommendations-changed", &preview.changed),
        ("import-undo-merged", &preview.merged),
        ("import-undo-assessments-added", &preview.assessed),
        ("import-undo-assessments-changed", &preview.reassessed),
    ];
    let kinds = kinds.into_iter().filter(|(_, items)| items.count > 0);
    kinds.map(|(key, items)| kind(key, items)).collect()
}

fn kind(key: &'static str, items: &UndoneItems) -> Fragment {
    let first = items
        .first
        .iter()
        .map(|(review, paragraph, text)| {
            let text = shorten(text, LONGEST_ITEM).into_owned();
            view! {
                <li dir="auto">
                    {review.to_string()}
                    " "
                    {names::number(paragraph)}
                    ": "
                    {text}
                </li>
            }
        })
        .collect_view();
    let more = items.count.saturating_sub(items.first.len());
    html! {
        <li>
            {t!(key, count = items.count)}
            <ul>
                {first}
                {(more > 0).then(|| view! { <li>{t!("import-undo-more", count = more)}</li> })}
            </ul>
        </li>
    }
}
