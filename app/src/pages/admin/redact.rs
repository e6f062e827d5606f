//! `/admin/redact`: removes a text from everything that is stored. `?entry=` names an entry of the history whose
//! texts can be chosen.

use crate::components::document::{self, Head};
use crate::t;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _};
use crate::web::request::Request;
use axum::response::Response;
use data::domain::{Action, Object};
use data::store::backups_before;
use leptos::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A backup is as old as its last byte. One that was begun before a redaction is finished within this time.
const WRITING_A_BACKUP: Duration = Duration::from_mins(1);

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::Redact, Object::Installation)?;
    let entry: Option<i64> = request
        .parameter("entry")
        .and_then(|entry| entry.parse().ok());
    let texts = match entry {
        Some(entry) => request.site.store.texts_of_entry(entry).await?,
        None => Vec::new(),
    };
    let backups = match request.site.store.last_redaction().await? {
        Some(at) => older_backups(&request.site.backup_folders, at + WRITING_A_BACKUP).await,
        None => Vec::new(),
    };
    let head = Head::titled(t!("redact-title"));
    Ok(document::page(&request, &head, || {
        let typed = |field: &str| {
            let notice = request.notice.as_ref();
            notice.map(|notice| notice.typed(field)).unwrap_or_default()
        };
        let entry_field = entry.map(|entry| {
            view! { <input type="hidden" name="entry" value=entry.to_string() /> }
        });
        view! {
            <h1>{t!("redact-title")}</h1>
            <p>{t!("redact-what")}</p>
            <ul>
                <li>{t!("redact-where")}</li>
                <li>{t!("redact-published")}</li>
                <li>{t!("redact-backups")}</li>
            </ul>
            {backup_list(&backups)}
            <form class="narrow" method="post" action=paths::localize("/api/redact-text")>
                {entry_field} {choices(&texts, &typed("field"))}
                <label>
                    <span>
                        {if texts.is_empty() { t!("redact-text") } else { t!("redact-part") }}
                    </span>
                    <input type="text" name="part" value=typed("part") autocomplete="off" dir="auto" />
                </label>
                <label>
                    <span>{t!("redact-reason")}</span>
                    <input type="text" name="reason" value=typed("reason") required dir="auto" />
                </label>
                <label class="tick">
                    <input type="checkbox" name="sure" value="yes" required />
                    " "
                    {t!("redact-sure")}
                </label>
                <button type="submit">{t!("redact-button")}</button>
            </form>
        }
    }))
}

/// The backups in each folder from before a moment; `None` for a folder that cannot be read.
async fn older_backups(
    folders: &Arc<[PathBuf]>,
    moment: SystemTime,
) -> Vec<(PathBuf, Option<Vec<PathBuf>>)> {
    let folders = Arc::clone(folders);
    let reading = tokio::task::spawn_blocking(move || {
        let read = |folder: &PathBuf| (folder.clone(), backups_before(folder, moment).ok());
        folders.iter().map(read).collect()
    });
    reading.await.unwrap_or_default()
}

/// The backups from before the last redaction, by folder.
fn backup_list(folders: &[(PathBuf, Option<Vec<PathBuf>>)]) -> Vec<Fragment> {
    let list = |(folder, backups): &(PathBuf, Option<Vec<PathBuf>>)| {
        let Some(backups) = backups else {
            let folder = folder.display().to_string();
            let unread = view! { <p>{t!("redact-backups-unread", folder = folder)}</p> };
            return Some(unread.fragment());
        };
        let items: Vec<_> = backups
            .iter()
            .map(|file| view! { <li><code>{file.display().to_string()}</code></li> })
            .collect();
        let named = view! {
            <p>{t!("redact-backups-older")}</p>
            <ul>{items}</ul>
        };
        (!backups.is_empty()).then(|| named.fragment())
    };
    folders.iter().filter_map(list).collect()
}

/// The texts of an entry, of which one is chosen.
fn choices(texts: &[(String, String)], chosen: &str) -> Option<Fragment> {
    if texts.is_empty() {
        return None;
    }
    let items: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(place, (name, text))| {
            let checked = name == chosen || chosen.is_empty() && place == 0;
            view! {
                <label class="tick">
                    <input type="radio" name="field" value=name.clone() checked=checked />
                    " "
                    <span dir="auto">{text.clone()}</span>
                </label>
            }
        })
        .collect();
    let fields = view! {
        <fieldset>
            <legend>{t!("redact-choose")}</legend>
            {items}
        </fieldset>
    };
    Some(fields.fragment())
}
