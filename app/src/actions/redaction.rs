//! Removing a text from everything that is stored.

use super::{ActionError, guard, settle};
use crate::urls::paths;
use crate::web::flash::Notice;
use crate::web::request::Visitor;
use data::domain::{Action, Message, Object};
use data::store::Removal;
use leptos::prelude::*;

/// Removes `part`, or the whole text of that `field` of an entry of the history. `sure` is the box that says that
/// it cannot be undone.
#[server(endpoint = "redact-text")]
pub async fn redact_text(
    #[server(default)] entry: i64,
    #[server(default)] field: String,
    #[server(default)] part: String,
    #[server(default)] reason: String,
    #[server(default)] sure: String,
) -> Result<(), ActionError> {
    let back = match entry {
        0 => paths::localize("/admin/redact"),
        entry => paths::localize(format_args!("/admin/redact?entry={entry}")),
    };
    // The text itself is not sent back: what is to be removed should not stay in a cookie.
    let typed = vec![("field".to_owned(), field.clone())];
    let outcome = async {
        let (site, account) = guard(Action::Redact, Object::Installation).await?;
        if sure != "yes" {
            return Err(Message::new("redaction-not-sure").into());
        }
        let text = if part.trim().is_empty() && entry > 0 {
            let texts = site.store.texts_of_entry(entry).await?;
            let chosen = texts.into_iter().find(|(name, _)| *name == field);
            chosen.map(|(_, text)| text).unwrap_or_default()
        } else {
            part.trim().to_owned()
        };
        let removal = Removal {
            // A text of a few letters is in too many others.
            whole: part.trim().is_empty() && text.chars().count() < Removal::SHORTEST,
            text,
            reason,
        };
        let actor = Visitor::actor(&account);
        let removed = site.store.redact(&actor, &removal).await?;
        let key = match removed.in_scales {
            0 => "redaction-done",
            _ => "redaction-done-but-scales",
        };
        let done = Message::new(key)
            .with("scales", removed.in_scales)
            .with("entries", removed.entries)
            .with("rows", removed.rows.values().sum::<u64>())
            .with("rounds", removed.rounds.len());
        Ok((paths::localize("/admin/redact"), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, typed)
}
