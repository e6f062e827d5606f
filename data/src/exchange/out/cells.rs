//! Cells as text, for tables. Several values stand on one line, separated by semicolons, or, where a
//! value has a semicolon itself, on a line each with a bullet, as UHRI writes them.

use super::Words;
use crate::domain::{Cell, Evidence, Position};

/// A cell as a person reads it and `read` reads it back.
pub(super) fn text(cell: &Cell<'_>, words: &dyn Words) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => (*text).to_owned(),
        Cell::States(states) => list(states.iter().map(|state| words.state(*state))),
        Cell::Position(class) => words.position(*class),
        Cell::Claim(claim) => claim_text(claim),
        Cell::Terms(terms) => list(terms.iter().map(|term| (*term).to_owned())),
        Cell::ActionCategory(category) => words.action_category(*category),
        Cell::Status(status) => words.status(status),
        Cell::Confidence(confidence) => words.confidence(*confidence),
        Cell::Evidence(evidence) => {
            let lines: Vec<String> = evidence
                .iter()
                .map(|one| evidence_text(one, words))
                .collect();
            lines.join("\n")
        }
    }
}

fn list(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values
        .map(|value| value.replace(['\n', '\r'], " "))
        .collect();
    if values
        .iter()
        .any(|value| value.contains(';') || value.starts_with('-'))
    {
        let lines: Vec<String> = values.iter().map(|value| format!("- {value}")).collect();
        lines.join("\n")
    } else {
        values.join("; ")
    }
}

/// `Supported | A/HRC/43/15/Add.1 | 3 | 2020-03-01`, without what is missing at its end.
fn claim_text(claim: &Position) -> String {
    let parts = [
        Some(&claim.raw),
        claim.source.as_ref(),
        claim.source_paragraph.as_ref(),
        claim.date.as_ref(),
    ];
    let parts = parts.map(|part| part.map_or(String::new(), |part| part.replace('|', "¦")));
    let used = parts
        .iter()
        .rposition(|part| !part.is_empty())
        .map_or(0, |last| last + 1);
    let mut text = parts
        .iter()
        .take(used)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" | ");
    // A lone "A/HRC/…" would be read as the document instead of the words.
    if used == 1 && text.starts_with("A/") {
        text.push_str(" |");
    }
    text
}

fn evidence_text(one: &Evidence, words: &dyn Words) -> String {
    let mut text = one.title.clone();
    for part in [
        one.publisher.as_deref(),
        one.date.as_deref(),
        Some(one.source.as_str()),
    ] {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            text.push_str(", ");
            text.push_str(part);
        }
    }
    text.push_str(" (");
    text.push_str(&words.evidence_kind(one.kind));
    text.push(')');
    if let Some(note) = one.note.as_deref().filter(|note| !note.is_empty()) {
        text.push_str(": ");
        text.push_str(note);
    }
    text.replace(['\n', '\r'], " ")
}
