//! What of a file was read and what was not.

use crate::t;
use crate::text::file_account;
use crate::web::html::{Fragment, IntoFragment as _};
use data::store::{Run, RunState};
use leptos::prelude::*;

/// The account of a run; nothing for runs of earlier versions, which have none.
pub(crate) fn account(run: &Run) -> Option<Fragment> {
    let account = run.account.as_ref()?;
    let sentences = file_account::sentences(account);
    let is_open_to_mapping = run.state == RunState::Read
        && run.file.mapping.is_none()
        && !account.columns_unread.is_empty();
    let lines: Vec<_> = sentences
        .into_iter()
        .map(|sentence| view! { <li dir="auto">{sentence}</li> })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h2>{t!("intake-title")}</h2>
            <ul class="account">{lines}</ul>
            {is_open_to_mapping.then(|| view! { <p class="hint">{t!("intake-unread-how")}</p> })}
        }
        .fragment()
    })
}
