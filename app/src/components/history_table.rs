//! Entries of the history as a table: when, what, by whom.
//!
//! Readers see what concerns everybody or a published round, by day and signed by the organisation.
//! Whoever may read open rounds sees all of it, with pseudonym and minute, and from what to what.

use crate::fragment::{Fragment, IntoFragment as _};
use crate::{address, t, translations};
use data::domain::{
    Action, Assessment, Paragraph, PositionClass, Recommendation, ReviewRecord, RoundKind,
    RoundRecord,
};
use data::store::{BulkChange, Event};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;

/// What a table of entries is shown for.
#[derive(Clone, Copy)]
pub(crate) struct HistoryTable<'a> {
    /// The review, as the visitor may see it.
    pub(crate) record: &'a ReviewRecord,
    /// Who looks.
    pub(crate) visitor: &'a crate::request::Visitor,
    /// The recommendation that all of it is about; none where each row names its own.
    pub(crate) about: Option<&'a Recommendation>,
    /// Why, by the number of the entry, where it was one of many changed at once.
    pub(crate) reasons: &'a HashMap<i64, String>,
}

/// One line of the history.
struct Line {
    at: i64,
    by: Option<String>,
    what: String,
    paragraph: Option<String>,
    changes: Vec<(String, String, String)>,
    restore: Option<Fragment>,
    redact: Option<Fragment>,
}

/// The entries, the newest first.
pub(crate) fn history_table(table: &HistoryTable<'_>, events: &[Event]) -> Fragment {
    let inside = table.visitor.may(Action::ReadOpenRounds);
    // Publishing concerns the round as a whole, so the history keeps it there. Of entries of one moment
    // it is the last.
    let mut lines: Vec<Line> = match table.about {
        Some(_) => table.record.rounds.iter().filter_map(published).collect(),
        None => Vec::new(),
    };
    let events = events
        .iter()
        .filter(|event| inside || event.is_public(&table.record.public));
    lines.extend(events.map(|event| line(table, event, inside)));
    if lines.is_empty() {
        return view! { <p class="none">{t!("history-none")}</p> }.fragment();
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    let rows: Vec<_> = lines
        .into_iter()
        .map(|line| row(table, line, inside))
        .collect();
    let about = table
        .about
        .is_none()
        .then(|| view! { <th scope="col">{t!("column-paragraph")}</th> });
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=t!("history-table")>
            <table class="history">
                <caption class="visually-hidden">{t!("history-table")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{when(inside)}</th>
                        {about}
                        <th scope="col">{t!("history-what")}</th>
                        <th scope="col">{t!("history-by")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .fragment()
}

fn when(inside: bool) -> String {
    if inside {
        t!("history-moment")
    } else {
        t!("history-day")
    }
}

fn row(table: &HistoryTable<'_>, line: Line, inside: bool) -> Fragment {
    let moment = if inside {
        translations::minute(line.at)
    } else {
        translations::day(line.at)
    };
    let about = table.about.is_none().then(|| {
        let code = table.record.review.code;
        let paragraph = line.paragraph.as_deref();
        let link = paragraph
            .and_then(|paragraph| Paragraph::parse(paragraph).ok())
            .map(|paragraph| {
                let href = address::recommendation(code, &paragraph);
                view! { <a href=href>{paragraph.to_string()}</a> }
            });
        view! { <td data-label=t!("column-paragraph")>{link}</td> }
    });
    let changes = (!line.changes.is_empty()).then(|| {
        let rows = line
            .changes
            .into_iter()
            .map(|(field, from, to)| {
                view! {
                    <tr>
                        <th scope="row">{field}</th>
                        <td dir="auto">{from}</td>
                        <td dir="auto">{to}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <details>
                <summary>{t!("history-changes")}</summary>
                <table class="changes">
                    <caption class="visually-hidden">{t!("history-changes")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("conflict-field")}</th>
                            <th scope="col">{t!("many-before")}</th>
                            <th scope="col">{t!("many-after")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }
    });
    view! {
        <tr>
            <td class="when" data-label=when(inside)>
                <time datetime=translations::day(line.at)>{moment}</time>
            </td>
            {about}
            <td data-label=t!("history-what") dir="auto">
                {line.what} {changes} {line.restore} {line.redact}
            </td>
            <td data-label=t!("history-by") dir="auto">
                {line.by.unwrap_or_else(|| t!("list-no-value"))}
            </td>
        </tr>
    }
    .fragment()
}

fn line(table: &HistoryTable<'_>, event: &Event, inside: bool) -> Line {
    let round = event
        .round
        .as_deref()
        .and_then(|slug| table.record.round(slug));
    let by = if inside {
        Some(event.actor.clone())
    } else {
        round.map(|round| round.round.organisation.clone())
    };
    Line {
        at: event.at,
        by,
        // Bulk changes are made while a round is open, so their reasons are for people who work in it.
        what: match table.reasons.get(&event.id).filter(|_| inside) {
            Some(reason) => {
                let what = sentence(event, round);
                t!("history-of-many", what = what, reason = reason.clone())
            }
            None => sentence(event, round),
        },
        paragraph: event.paragraph.clone(),
        // What is published is public from what to what.
        changes: if inside || round.is_some_and(|round| round.round.is_published()) {
            changes(event, round)
        } else {
            Vec::new()
        },
        restore: restore(table, event, round).or_else(|| undo(table, event, round)),
        redact: redact(table, event),
    }
}

fn published(record: &RoundRecord) -> Option<Line> {
    let round = &record.round;
    (round.kind == RoundKind::Itemised)
        .then_some(round.published_at)
        .flatten()
        .map(|at| Line {
            at,
            by: Some(round.organisation.clone()),
            what: t!("history-round-published", round = round.title.clone()),
            paragraph: None,
            changes: Vec::new(),
            restore: None,
            redact: None,
        })
}

/// Whether a text was removed from this entry, and the way to remove one.
fn redact(table: &HistoryTable<'_>, event: &Event) -> Option<Fragment> {
    let said = event.redacted.map(|recomputable| {
        let said = if recomputable {
            t!("history-entry-redacted")
        } else {
            t!("history-entry-not-recomputable")
        };
        view! { " " <span class="tag">{said}</span> }
    });
    let has_texts = event.before.is_some() || event.after.is_some();
    let link = (has_texts && table.visitor.may(Action::Redact)).then(|| {
        let href = address::redact(event.id);
        view! { " " <a href=href>{t!("redact-entry")}</a> }
    });
    (said.is_some() || link.is_some()).then(|| view! { {said} {link} }.fragment())
}

/// The button that puts an assessment back to what this entry says, where that is something else than now.
fn restore(
    table: &HistoryTable<'_>,
    event: &Event,
    round: Option<&RoundRecord>,
) -> Option<Fragment> {
    let one = table.about?;
    let round = round.filter(|round| !round.round.is_published())?;
    if !table.visitor.may(Action::Assess) {
        return None;
    }
    let then: Assessment = read(event.after.as_ref())?;
    round.round.scale.status(&then.status)?;
    let present = round.assessments.get(&one.id);
    let same = present.is_some_and(|present| {
        (&present.status, &present.rationale, present.confidence)
            == (&then.status, &then.rationale, then.confidence)
            && present.evidence == then.evidence
            && present.carried_over == then.carried_over
    });
    if same {
        return None;
    }
    let version = present.map_or(0, |present| present.version);
    Some(
        view! {
            <form method="post" action="/api/restore-assessment">
                <input type="hidden" name="review" value=table.record.review.code.to_string() />
                <input type="hidden" name="round" value=round.round.slug.clone() />
                <input type="hidden" name="paragraph" value=one.paragraph.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <input type="hidden" name="entry" value=event.id.to_string() />
                <button type="submit" class="plain">{t!("history-restore")}</button>
            </form>
        }
        .fragment(),
    )
}

/// The button that undoes a change of many.
fn undo(table: &HistoryTable<'_>, event: &Event, round: Option<&RoundRecord>) -> Option<Fragment> {
    let round = round.filter(|round| !round.round.is_published())?;
    if event.kind != "bulk-changed" || !table.visitor.may(Action::Assess) {
        return None;
    }
    let view = view! {
        <form method="post" action="/api/undo-many">
            <input type="hidden" name="review" value=table.record.review.code.to_string() />
            <input type="hidden" name="round" value=round.round.slug.clone() />
            <input type="hidden" name="entry" value=event.id.to_string() />
            <button type="submit" class="plain">{t!("many-undo")}</button>
        </form>
    };
    Some(view.fragment())
}

/// What kind of change an entry tells of.
pub(crate) fn kind_name(kind: &str) -> String {
    let key = format!("history-kind-{kind}");
    if translations::has(&key) {
        translations::text(&key, &[])
    } else {
        kind.to_owned()
    }
}

fn sentence(event: &Event, round: Option<&RoundRecord>) -> String {
    let key = format!("history-{}", event.kind);
    let title = round.map_or_else(
        || event.round.clone().unwrap_or_default(),
        |round| round.round.title.clone(),
    );
    match event.kind.as_str() {
        "assessment-saved" | "assessment-restored" | "assessment-carried-over" => {
            let label = |assessment: &Assessment| status_label(round, &assessment.status);
            let before = read::<Assessment>(event.before.as_ref());
            let after = read::<Assessment>(event.after.as_ref());
            let change = match (&before, &after) {
                (None, _) => "first",
                (Some(before), Some(after)) if before.status != after.status => "status",
                _ => "other",
            };
            let from = before.as_ref().map(label).unwrap_or_default();
            let to = after.as_ref().map(label).unwrap_or_default();
            let values = [
                ("change", change.into()),
                ("round", title.into()),
                ("from", from.into()),
                ("to", to.into()),
            ];
            translations::text(&key, &values)
        }
        "recommendation-changed" => {
            let class =
                |text: Option<&String>| read::<Recommendation>(text).map(|one| one.position());
            let before = class(event.before.as_ref()).unwrap_or(PositionClass::Unknown);
            let after = class(event.after.as_ref()).unwrap_or(PositionClass::Unknown);
            let change = if before == after { "other" } else { "position" };
            let (from, to) = (
                translations::position(before),
                translations::position(after),
            );
            t!(
                "history-recommendation-changed",
                change = change,
                from = from,
                to = to
            )
        }
        "text-redacted" | "round-redacted" => {
            let told: Value = read(event.after.as_ref()).unwrap_or_default();
            let of = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
            let values = [
                ("round", title.into()),
                ("reason", of("reason").into()),
                ("before", of("hash_before").into()),
                ("after", of("hash_after").into()),
            ];
            translations::text(&key, &values)
        }
        "bulk-changed" => {
            let reason = event.after.as_deref().and_then(BulkChange::told);
            let reason = reason.map(|what| what.reason).unwrap_or_default();
            t!("history-bulk-changed", round = title, reason = reason)
        }
        _ if translations::has(&key) => translations::text(&key, &[("round", title.into())]),
        _ => t!("history-other"),
    }
}

/// Field by field, from what to what.
fn changes(event: &Event, round: Option<&RoundRecord>) -> Vec<(String, String, String)> {
    // Their sentence says all that people read of them.
    if event.kind.ends_with("redacted") {
        return Vec::new();
    }
    let fields = |json: &Option<String>| {
        json.as_deref()
            .and_then(|json| serde_json::from_str::<Value>(json).ok())
            .and_then(|value| value.as_object().cloned())
            .unwrap_or_default()
    };
    let (before, after) = (fields(&event.before), fields(&event.after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| {
            let label = format!("history-field-{name}");
            let label = if translations::has(&label) {
                translations::text(&label, &[])
            } else {
                name.clone()
            };
            let shown = |value: Option<&Value>| match (name.as_str(), value) {
                ("status", Some(Value::String(code))) => status_label(round, code),
                (_, value) => in_words(value),
            };
            (label, shown(before.get(name)), shown(after.get(name)))
        })
        .collect()
}

/// A value as far as people can read it.
fn in_words(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => t!("list-no-value"),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) if items.is_empty() => t!("list-no-value"),
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| match item {
                Value::String(text) => text.clone(),
                other => ["title", "name", "raw", "label"]
                    .iter()
                    .find_map(|name| other.get(name)?.as_str())
                    .map_or_else(|| other.to_string(), str::to_owned),
            })
            .collect::<Vec<_>>()
            .join("; "),
        Some(other) => other.to_string(),
    }
}

fn status_label(round: Option<&RoundRecord>, code: &str) -> String {
    round
        .and_then(|round| round.round.scale.status(code))
        .map_or_else(|| code.to_owned(), |status| status.label.clone())
}

/// What an entry keeps, if it is still in the shape of today.
fn read<T: DeserializeOwned>(json: Option<&String>) -> Option<T> {
    serde_json::from_str(json?).ok()
}
