//! What was changed about a recommendation, and when.
//!
//! Readers see what concerns everybody or a published round, by day and signed by the organisation.
//! Whoever may read open rounds sees all of it, with pseudonym and minute.

use super::Shown;
use crate::{t, translations};
use data::domain::{Action, Assessment, PositionClass, Recommendation, RoundKind, RoundRecord};
use data::store::Event;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// One line of the history.
struct Line {
    at: i64,
    by: Option<String>,
    what: String,
}

/// The history, the newest entry first.
pub(crate) fn history(shown: &Shown<'_>, events: &[Event]) -> AnyView {
    let inside = shown.visitor.may(Action::ReadOpenRounds);
    // A reader's record holds published rounds only.
    let public = |event: &&Event| match event.round.as_deref() {
        Some(slug) => shown.record.round(slug).is_some(),
        None => true,
    };
    // Publishing concerns the round as a whole, so the history keeps it there. Of entries of one moment
    // it is the last.
    let mut lines: Vec<Line> = shown.record.rounds.iter().filter_map(published).collect();
    let events = events.iter().filter(|event| inside || public(event));
    lines.extend(events.map(|event| line(shown, event, inside)));
    if lines.is_empty() {
        return view! { <p class="none">{t!("history-none")}</p> }.into_any();
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    let rows = lines
        .into_iter()
        .map(|line| row(line, inside))
        .collect_view();
    let when = when(inside);
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=t!("history-title")>
            <table class="history">
                <caption class="visually-hidden">{t!("history-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{when}</th>
                        <th scope="col">{t!("history-what")}</th>
                        <th scope="col">{t!("history-by")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn when(inside: bool) -> String {
    if inside {
        t!("history-moment")
    } else {
        t!("history-day")
    }
}

fn row(line: Line, inside: bool) -> AnyView {
    let moment = if inside {
        translations::minute(line.at)
    } else {
        translations::day(line.at)
    };
    view! {
        <tr>
            <td class="when" data-label=when(inside)>
                <time datetime=translations::day(line.at)>{moment}</time>
            </td>
            <td data-label=t!("history-what") dir="auto">
                {line.what}
            </td>
            <td data-label=t!("history-by") dir="auto">
                {line.by.unwrap_or_else(|| t!("list-no-value"))}
            </td>
        </tr>
    }
    .into_any()
}

fn line(shown: &Shown<'_>, event: &Event, inside: bool) -> Line {
    let round = event
        .round
        .as_deref()
        .and_then(|slug| shown.record.round(slug));
    let by = if inside {
        Some(event.actor.clone())
    } else {
        round.map(|round| round.round.organisation.clone())
    };
    Line {
        at: event.at,
        by,
        what: sentence(event, round),
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
        })
}

fn sentence(event: &Event, round: Option<&RoundRecord>) -> String {
    let key = format!("history-{}", event.kind);
    let title = round.map_or_else(
        || event.round.clone().unwrap_or_default(),
        |round| round.round.title.clone(),
    );
    match event.kind.as_str() {
        "assessment-saved" => {
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
            t!(
                "history-assessment-saved",
                change = change,
                round = title,
                from = from,
                to = to
            )
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
        _ if translations::has(&key) => translations::text(&key, &[("round", title.into())]),
        _ => t!("history-other"),
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
