//! Changes of many recommendations at once.

use super::{ActionError, guard, settle};
use crate::address;
use crate::components::text_field::with_stored_line_ends;
use crate::failure::Failure;
use crate::notice::Notice;
use crate::request::Visitor;
use data::domain::{Action, Confidence, Message, Paragraph, Queue, ReviewCode, Scheme, Term};
use data::store::BulkChange;
use leptos::prelude::*;

/// What a form says of a bulk change. A theme is written as the code of its scheme, a colon, and the term.
pub(crate) fn bulk_change(
    status: &str,
    confidence: &str,
    cite: &str,
    (scheme, add, remove): (&str, &str, &str),
    confirm: bool,
    reason: &str,
) -> Result<BulkChange, Message> {
    let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let level = filled(confidence)
        .map(|code| {
            Confidence::parse(&code).ok_or_else(|| {
                let levels = Confidence::ALL.map(Confidence::code).join(", ");
                Message::new("assessment-confidence-unknown").with("known", levels)
            })
        })
        .transpose()?;
    let number = filled(cite)
        .map(|number| {
            let parsed = number.parse::<i64>();
            parsed.map_err(|_| Message::new("bulk-cite-unfit").with("value", shortened(&number)))
        })
        .transpose()?;
    let scheme = Scheme::parse(scheme).unwrap_or(Scheme::Issue);
    let term = |text: &str| filled(text).map(|name| Term::new(scheme, &name));
    Ok(BulkChange {
        status: filled(status),
        confidence: level,
        cite: number,
        add_term: term(add),
        remove_term: term(remove),
        confirm,
        reason: with_stored_line_ends(reason),
    })
}

/// A value as far as a message repeats it.
fn shortened(value: &str) -> String {
    value.chars().take(60).collect()
}

/// The queue that somebody came from.
fn queue_of(query: &str) -> Queue {
    let (filter, _) = data::domain::Filter::parse(query);
    Queue::new(filter, query).0
}

/// Does to many what the preview showed. `seen` holds each recommendation with the version of its
/// assessment that the preview showed: `138.1=3`.
#[server(endpoint = "change-many")]
#[allow(clippy::too_many_arguments)] // One per field of the form.
pub async fn change_many(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] seen: String,
    #[server(default)] status: String,
    #[server(default)] confidence: String,
    #[server(default)] cite: String,
    #[server(default)] scheme: String,
    #[server(default)] add: String,
    #[server(default)] remove: String,
    #[server(default)] confirm: String,
    #[server(default)] reason: String,
    #[server(default)] queue: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    // Back to the preview, made anew.
    let fields = [
        ("by", "hand"),
        ("queue", &queue),
        ("set_status", &status),
        ("set_confidence", &confidence),
        ("cite", &cite),
        ("scheme", &scheme),
        ("add", &add),
        ("remove", &remove),
        ("confirm", &confirm),
        ("reason", &reason),
    ];
    let chosen = seen
        .split_whitespace()
        .filter_map(|pair| Some(("p", pair.rsplit_once('=')?.0)));
    let query: Vec<String> = fields
        .into_iter()
        .chain(chosen)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", address::encoded(value)))
        .collect();
    let back = code.map_or_else(
        || "/assess".to_owned(),
        |code| {
            let many = address::bulk(code, &round, &Queue::default());
            format!("{many}?{}", query.join("&"))
        },
    );
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let seen: Option<Vec<(Paragraph, i64)>> = seen
            .split_whitespace()
            .map(|pair| {
                let (paragraph, version) = pair.rsplit_once('=')?;
                Some((Paragraph::parse(paragraph).ok()?, version.parse().ok()?))
            })
            .collect();
        let seen = seen.ok_or_else(|| Message::new("request-unreadable"))?;
        let what = bulk_change(
            &status,
            &confidence,
            &cite,
            (&scheme, &add, &remove),
            confirm == "yes",
            &reason,
        )?;
        let (entry, count) = site
            .store
            .change_many(&Visitor::actor(&account), code, &round, &seen, &what)
            .await?;
        let done = Message::new("bulk-done").with("count", count);
        let to = format!(
            "{}?done={entry}&queue={}",
            address::bulk(code, &round, &Queue::default()),
            address::encoded(&queue_of(&queue).to_query())
        );
        Ok((to, Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}

/// Undoes a bulk change, by the number of its entry in the history.
#[server(endpoint = "undo-many")]
pub async fn undo_many(
    #[server(default)] review: String,
    #[server(default)] round: String,
    #[server(default)] entry: i64,
    #[server(default)] queue: String,
) -> Result<(), ActionError> {
    let code = ReviewCode::parse(&review);
    let back = code.map_or_else(
        || "/assess".to_owned(),
        |code| address::queue(code, &round, &queue_of(&queue)),
    );
    let outcome = async {
        let (site, account) = guard(Action::Assess).await?;
        let code = code.ok_or(Failure::NotFound)?;
        let undone = site
            .store
            .undo_many(&Visitor::actor(&account), code, &round, entry)
            .await?;
        let done = if undone.left.is_empty() {
            Message::new("bulk-undone-done").with("count", undone.undone)
        } else {
            Message::new("bulk-undone-partly")
                .with("count", undone.undone)
                .with("left", undone.left.join(", "))
        };
        Ok((back.clone(), Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, Vec::new())
}
