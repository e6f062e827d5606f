//! Cells as text, for tables: the one rule by which our own table is written, in files and in the form
//! that corrects a row of an import. Several values stand on one line, separated by semicolons, or, where
//! a value has a semicolon itself, on a line each with a bullet, as UHRI writes them.

use super::Words;
use crate::domain::{Cell, Evidence, Position, RecordedDate};
use crate::exchange::tagged_texts;
use std::borrow::Cow;

/// Writes a cell as a person reads it and `read` reads it back.
pub(in crate::exchange) fn write(cell: &Cell<'_>, words: &dyn Words, out: &mut String) {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => out.push_str(text),
        Cell::States(states) => list(states.iter().map(|state| words.state(*state)), out),
        Cell::Position(class) => out.push_str(&words.position(*class)),
        Cell::Claim(claim) => claim_text(claim, out),
        Cell::Names(names) => list(names.iter().map(|name| Cow::Borrowed(*name)), out),
        Cell::ActionCategory(category) => out.push_str(&words.action_category(*category)),
        Cell::Status(status) => out.push_str(&words.status(status)),
        Cell::Confidence(confidence) => out.push_str(&words.confidence(*confidence)),
        Cell::Evidence(evidence) => {
            for (number, one) in evidence.iter().enumerate() {
                if number > 0 {
                    out.push('\n');
                }
                evidence_text(one, words, out);
            }
        }
        Cell::Texts(texts) => out.push_str(&tagged_texts::write(texts)),
    }
}

/// A text on one line.
fn push_line(text: &str, out: &mut String) {
    if text.contains(['\n', '\r']) {
        out.extend(text.chars().map(|c| match c {
            '\n' | '\r' => ' ',
            c => c,
        }));
    } else {
        out.push_str(text);
    }
}

fn list<'a>(values: impl Iterator<Item = Cow<'a, str>> + Clone, out: &mut String) {
    let odd = |value: Cow<'_, str>| value.contains(';') || value.starts_with('-');
    let on_lines = values.clone().any(odd);
    for (number, value) in values.enumerate() {
        if number > 0 {
            out.push_str(if on_lines { "\n" } else { "; " });
        }
        if on_lines {
            out.push_str("- ");
        }
        push_line(&value, out);
    }
}

/// `Supported | A/HRC/43/15/Add.1 | 3 | 2020-03-01`, without what is missing at its end.
fn claim_text(claim: &Position, out: &mut String) {
    let parts = [
        Some(Cow::from(&claim.raw)),
        claim.source.as_deref().map(Cow::from),
        claim.source_paragraph.as_deref().map(Cow::from),
        claim.date.as_ref().map(RecordedDate::text),
    ];
    let used = parts
        .iter()
        .rposition(|part| part.as_ref().is_some_and(|part| !part.is_empty()))
        .map_or(0, |last| last + 1);
    for (number, part) in parts.into_iter().take(used).enumerate() {
        if number > 0 {
            out.push_str(" | ");
        }
        let part = part.unwrap_or_default();
        if part.contains('|') {
            out.push_str(&part.replace('|', "¦"));
        } else {
            out.push_str(&part);
        }
    }
    // A lone "A/HRC/…" would be read as the document instead of the words.
    if used == 1 && claim.raw.starts_with("A/") {
        out.push_str(" |");
    }
}

fn evidence_text(one: &Evidence, words: &dyn Words, out: &mut String) {
    let mut text = one.title.clone();
    for part in [
        one.publisher.as_deref().map(Cow::from),
        one.date.as_ref().map(RecordedDate::text),
        Some(Cow::from(&one.source)),
    ] {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            text.push_str(", ");
            text.push_str(&part);
        }
    }
    text.push_str(" (");
    text.push_str(&words.evidence_kind(one.kind));
    text.push(')');
    if let Some(note) = one.note.as_deref().filter(|note| !note.is_empty()) {
        text.push_str(": ");
        text.push_str(note);
    }
    push_line(&text, out);
}
