//! Entries of the history as a table: when, what, by whom.
//!
//! Readers see what concerns everybody or a published round, by day and signed by the organisation.
//! Whoever may read open rounds sees all of it, with pseudonym and minute, and from what to what.

use crate::t;
use crate::text::names;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{
    Action, Assessment, EventKind, Object, Paragraph, Recommendation, ReviewRecord, RoundKind,
    RoundRecord,
};
use data::store::{Event, HistoryEntry};
use leptos::prelude::*;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What a table of entries is shown for.
#[derive(Clone, Copy)]
pub(crate) struct HistoryTable<'a> {
    /// The review, as the visitor may see it.
    pub(crate) record: &'a ReviewRecord,
    /// Who looks.
    pub(crate) visitor: &'a crate::web::request::Visitor,
    /// The recommendation that all of it is about; none where each row names its own.
    pub(crate) about: Option<&'a Recommendation>,
    /// Why, by the number of the entry, where it was one of many changed at once.
    pub(crate) reasons: &'a HashMap<i64, String>,
    /// The changes that were undone, by the numbers of their entries.
    pub(crate) undone: &'a HashSet<i64>,
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
pub(crate) fn history_table(table: &HistoryTable<'_>, events: &[HistoryEntry]) -> Fragment {
    let inside = table.visitor.may(
        Action::ReadOpenRounds,
        Object::Review(table.record.review.code),
    );
    // Publishing concerns the round as a whole, so the history keeps it there. Of entries of one moment
    // it is the last.
    let mut lines: Vec<Line> = match table.about {
        Some(_) => table.record.all_rounds().filter_map(published).collect(),
        None => Vec::new(),
    };
    let events = events
        .iter()
        .filter(|event| inside || event.is_public(&table.record.public));
    lines.extend(events.map(|event| line(table, event, inside)));
    if lines.is_empty() {
        return html! { <p class="none">{t!("history-none")}</p> };
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
    html! {
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
                let href = paths::recommendation(code, &paragraph);
                let name = names::paragraph_in(table.record, paragraph.as_str());
                view! { <a href=href>{name}</a> }
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
    html! {
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
}

fn line(table: &HistoryTable<'_>, event: &HistoryEntry, inside: bool) -> Line {
    let round = event
        .round
        .as_deref()
        .and_then(|slug| table.record.any_round(slug));
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
        restore: restore(table, event, round)
            .or_else(|| undo(table, event, round))
            .or_else(|| undo_edit(table, event)),
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
            what: t!("history-round-published", round = round_names::title(round)),
            paragraph: None,
            changes: Vec::new(),
            restore: None,
            redact: None,
        })
}

/// Whether a text was removed from this entry, and the way to remove one.
fn redact(table: &HistoryTable<'_>, event: &HistoryEntry) -> Option<Fragment> {
    let said = event.redacted.map(|recomputable| {
        let said = if recomputable {
            t!("history-entry-redacted")
        } else {
            t!("history-entry-not-recomputable")
        };
        view! { " " <span class="tag">{said}</span> }
    });
    let has_texts = event.before.is_some() || event.after.is_some();
    let link = (has_texts && table.visitor.may(Action::Redact, Object::Installation)).then(|| {
        let href = paths::redact(event.id);
        view! { " " <a href=href>{t!("redact-entry")}</a> }
    });
    (said.is_some() || link.is_some()).then(|| html! { {said} {link} })
}

/// The button that puts an assessment back to what this entry says, where that is something else than now.
fn restore(
    table: &HistoryTable<'_>,
    event: &HistoryEntry,
    round: Option<&RoundRecord>,
) -> Option<Fragment> {
    let one = table.about?;
    let round = round.filter(|round| !round.round.is_published())?;
    if !table
        .visitor
        .may(Action::Assess, Object::Round(&round.round))
    {
        return None;
    }
    let content = event.event()?;
    let (_, then) = content.assessments();
    let then = then?;
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
    Some(html! {
        <form method="post" action=paths::localize("/api/restore-assessment")>
            <input type="hidden" name="review" value=table.record.review.code.to_string() />
            <input type="hidden" name="round" value=round.round.slug.clone() />
            <input type="hidden" name="paragraph" value=one.paragraph.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <input type="hidden" name="entry" value=event.id.to_string() />
            <button type="submit" class="plain">{t!("history-restore")}</button>
        </form>
    })
}

/// The button that undoes a change of many.
fn undo(
    table: &HistoryTable<'_>,
    event: &HistoryEntry,
    round: Option<&RoundRecord>,
) -> Option<Fragment> {
    let round = round.filter(|round| !round.round.is_published())?;
    if event.kind != Some(EventKind::BulkChanged)
        || table.undone.contains(&event.id)
        || !table
            .visitor
            .may(Action::Assess, Object::Round(&round.round))
    {
        return None;
    }
    let view = view! {
        <form method="post" action=paths::localize("/api/undo-many")>
            <input type="hidden" name="review" value=table.record.review.code.to_string() />
            <input type="hidden" name="round" value=round.round.slug.clone() />
            <input type="hidden" name="entry" value=event.id.to_string() />
            <button type="submit" class="plain">{t!("many-undo")}</button>
        </form>
    };
    Some(view.fragment())
}

/// The link to where an edit of recommendations is undone.
fn undo_edit(table: &HistoryTable<'_>, event: &HistoryEntry) -> Option<Fragment> {
    let code = table.record.review.code;
    let may_undo = event.kind == Some(EventKind::RecommendationsEdited)
        && !table.undone.contains(&event.id)
        && table
            .visitor
            .may(Action::EditRecommendations, Object::Review(code));
    may_undo.then(|| {
        html! {
            " "
            <a href=paths::edit_undo(code, event.id)>{t!("edit-undo")}</a>
        }
    })
}

/// The name of a kind of change, given its code. One that has none, such as that of a later version of the
/// program, is shown by its code.
pub(crate) fn kind_name(code: &str) -> String {
    let keys = EventKind::parse(code).and_then(EventKind::text_keys);
    keys.map_or_else(
        || code.to_owned(),
        |keys| translations::text(&keys.name, &[]),
    )
}

/// What an entry says.
pub(crate) fn sentence(entry: &HistoryEntry, round: Option<&RoundRecord>) -> String {
    let key = entry.kind.and_then(EventKind::text_keys);
    let (Some(event), Some(key)) = (entry.event(), key.map(|keys| keys.sentence)) else {
        return t!("history-other");
    };
    let title = round.map_or_else(
        || entry.round.clone().unwrap_or_default(),
        |round| round_names::title(&round.round),
    );
    let label = |assessment: &Assessment| status_label(round, &assessment.status);
    let values: Vec<(&'static str, translations::Value)> = match event {
        Event::AssessmentSaved { before, after }
        | Event::AssessmentRestored { before, after }
        | Event::AssessmentCarriedOver { before, after } => {
            let change = match &before {
                None => "first",
                Some(before) if before.status != after.status => "status",
                Some(_) => "other",
            };
            let from = before.as_deref().map(label).unwrap_or_default();
            vec![
                ("change", change.into()),
                ("round", title.into()),
                ("from", from.into()),
                ("to", label(&after).into()),
            ]
        }
        Event::RecommendationChanged { before, after } => {
            let (before, after) = (before.position(), after.position());
            let change = if before == after { "other" } else { "position" };
            vec![
                ("change", change.into()),
                ("from", translations::position(before).into()),
                ("to", translations::position(after).into()),
            ]
        }
        Event::RecommendationsEdited(edit) => {
            let with_source = if edit.source.is_some() { "yes" } else { "no" };
            vec![
                ("what", edit.what.code().into()),
                ("reason", edit.reason.into()),
                ("with_source", with_source.into()),
                ("source", edit.source.unwrap_or_default().into()),
                (
                    "other",
                    names::number(&edit.other.unwrap_or_default()).into(),
                ),
                (
                    "paragraph",
                    names::number(entry.paragraph.as_deref().unwrap_or_default()).into(),
                ),
            ]
        }
        Event::TextRedacted(redaction) => vec![("reason", redaction.reason.into())],
        Event::RoundRedacted(redaction) => vec![
            ("round", title.into()),
            ("reason", redaction.reason.into()),
            ("before", redaction.hash_before.into()),
            ("after", redaction.hash_after.into()),
        ],
        Event::RoundCorrectionOpened(opening) => vec![("corrects", opening.round.title.into())],
        Event::RoundSuperseded(supersession) => vec![
            ("round", title.into()),
            ("number", supersession.correction.into()),
            ("reason", supersession.reason.into()),
            ("before", supersession.hash_before.into()),
            ("after", supersession.hash_after.into()),
        ],
        Event::RoundWithdrawn(withdrawal) => vec![
            ("round", title.into()),
            ("reason", withdrawal.reason.into()),
            ("hash", withdrawal.content_hash.into()),
        ],
        Event::RoundRemoved { before } => vec![
            ("round", before.round.title.into()),
            ("assessments", before.contents.assessments.into()),
            ("drafts", before.contents.drafts.into()),
            ("citations", before.contents.citations.into()),
        ],
        Event::HeadlineChosen(choice) => vec![
            ("round", title.into()),
            ("reason", choice.reason.into()),
            (
                "chosen",
                if choice.chosen.is_some() { "yes" } else { "no" }.into(),
            ),
        ],
        Event::BulkChanged { what, .. } => {
            vec![("round", title.into()), ("reason", what.reason.into())]
        }
        Event::AssessmentEvidenceChanged { .. }
        | Event::AssessmentRemoved { .. }
        | Event::BulkUndone { .. }
        | Event::RoundOpened { .. }
        | Event::RoundChanged { .. }
        | Event::RoundPublished { .. }
        | Event::TotalsReported { .. } => vec![("round", title.into())],
        // Their sentences name nothing.
        Event::DemonstrationRemoved
        | Event::EvidenceAdded { .. }
        | Event::EvidenceChanged { .. }
        | Event::EvidenceRemoved { .. }
        | Event::LinkDecided { .. }
        | Event::RecommendationAdded { .. }
        | Event::RecommendationRemoved { .. }
        | Event::RecommendationAbsorbed { .. }
        | Event::RecommendationRedacted { .. }
        | Event::RecommendationsMatched { .. }
        | Event::RecommendationsEditUndone { .. }
        | Event::ReviewAdded { .. }
        | Event::ReviewUpdated { .. }
        | Event::ReviewRemoved { .. } => Vec::new(),
        // They are in the history of no review.
        Event::AccountAdded { .. }
        | Event::AccountDisabled { .. }
        | Event::AccountReset { .. }
        | Event::AccountPasswordChanged { .. }
        | Event::AccountRoleChanged { .. }
        | Event::AccountRemoved { .. }
        | Event::FileImported { .. }
        | Event::FileImportUndone { .. }
        | Event::RecordSealed(_)
        | Event::ScaleAdded { .. } => return t!("history-other"),
    };
    translations::text(&key, &values)
}

/// Field by field, from what to what.
fn changes(event: &HistoryEntry, round: Option<&RoundRecord>) -> Vec<(String, String, String)> {
    // Their sentence says all that people read of them.
    let is_heading = matches!(
        event.kind,
        Some(
            EventKind::RecommendationsEdited
                | EventKind::RecommendationsEditUndone
                | EventKind::RoundCorrectionOpened
                | EventKind::RoundSuperseded
                | EventKind::RoundWithdrawn
                | EventKind::RoundRemoved
                | EventKind::HeadlineChosen
        )
    );
    if is_heading || event.kind.is_some_and(EventKind::is_redaction) {
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
            let label = if translations::is_known(&label) {
                translations::text(&label, &[])
            } else {
                name.clone()
            };
            let shown = |value: Option<&Value>| match (name.as_str(), value) {
                ("status", Some(Value::String(code))) => status_label(round, code),
                ("paragraph", Some(Value::String(stored))) => names::number(stored),
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
                other => ["title", "name", "raw", "label", "text"]
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
        .map_or_else(|| code.to_owned(), names::status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_a_later_version_is_shown_by_its_code() {
        assert_eq!(kind_name("comment-added"), "comment-added");
        assert_eq!(kind_name("account-added"), "account-added");
        assert_eq!(kind_name("assessment-saved"), "Assessment saved");
    }

    #[test]
    fn an_entry_that_cannot_be_read_has_a_sentence_all_the_same() {
        let mut entry = HistoryEntry {
            id: 1,
            at: 0,
            actor: "fox".to_owned(),
            kind: None,
            round: None,
            paragraph: None,
            before: None,
            after: Some("{}".to_owned()),
            redacted: None,
        };
        for kind in [None, Some(EventKind::AssessmentSaved)] {
            entry.kind = kind;
            assert_eq!(sentence(&entry, None), "Something else was changed.");
        }
        entry.kind = Some(EventKind::DemonstrationRemoved);
        assert_eq!(sentence(&entry, None), "The demonstration was removed.");
    }
}
