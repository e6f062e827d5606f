//! The evidence of an assessment: as many rows of fields as one wants.
//!
//! The server sends the rows there are and one empty one, which is all that is needed without
//! JavaScript. With it, rows are added and taken away without loading the page again.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The fields of one piece of evidence, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidenceFields {
    /// What it is.
    pub title: String,
    /// An address, or a citation.
    pub source: String,
    /// Who published it.
    pub publisher: String,
    /// When: a year, a month or a day.
    pub date: String,
    /// The code of its kind.
    pub kind: String,
    /// What to look at in it.
    pub note: String,
    /// The code of its language.
    pub language: String,
    /// The address of an archived copy.
    pub archived: String,
}

/// The words of the rows: translations stay on the server.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct EvidenceWords {
    /// Heading of a row, before its number.
    pub evidence: String,
    /// Label of the title.
    pub title: String,
    /// Label of the address or citation.
    pub source: String,
    /// Label of the publisher.
    pub publisher: String,
    /// Label of the date.
    pub date: String,
    /// Label of the kind.
    pub kind: String,
    /// The kinds: code and name.
    pub kinds: Vec<(String, String)>,
    /// Label of the note.
    pub note: String,
    /// Label of the language.
    pub language: String,
    /// Label of the archived copy's address.
    pub archived: String,
    /// The button that adds a row.
    pub add: String,
    /// The button that takes a row away.
    pub remove: String,
}

/// The rows of evidence in the form that assesses a recommendation.
#[island]
pub fn EvidenceRows(
    /// The rows to begin with.
    rows: Vec<EvidenceFields>,
    /// What stands beside the fields.
    words: EvidenceWords,
) -> impl IntoView {
    let first: Vec<(usize, EvidenceFields)> = rows.into_iter().enumerate().collect();
    let next = RwSignal::new(first.len());
    let rows = RwSignal::new(first);
    // Buttons that need script are there only once the script is.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let add = words.add.clone();
    let shared = StoredValue::new(words);
    view! {
        <div class="evidence-rows">
            <For
                each=move || rows.get()
                key=|(number, _)| *number
                children=move |(number, fields)| {
                    let words = shared.get_value();
                    let remove = words.remove.clone();
                    view! {
                        <div class="evidence-row">
                            {evidence_row(number, fields, words)}
                            <button
                                type="button"
                                class="plain"
                                hidden=move || !alive.get()
                                on:click=move |_| {
                                    rows.update(|rows| rows.retain(|(other, _)| *other != number));
                                }
                            >
                                {remove}
                            </button>
                        </div>
                    }
                }
            />
            <button
                type="button"
                class="secondary"
                hidden=move || !alive.get()
                on:click=move |_| {
                    let number = next.get();
                    next.set(number + 1);
                    rows.update(|rows| rows.push((number, EvidenceFields::default())));
                }
            >
                {add}
            </button>
        </div>
    }
}

fn evidence_row(number: usize, fields: EvidenceFields, words: EvidenceWords) -> impl IntoView {
    let name = |field: &str| format!("evidence[{number}][{field}]");
    let text = |field: &str, label: String, value: String| {
        let name = name(field);
        view! {
            <label>
                <span>{label}</span>
                <input type="text" name=name value=value dir="auto" autocomplete="off" />
            </label>
        }
    };
    let chosen = fields.kind.clone();
    let kinds = words
        .kinds
        .into_iter()
        .map(|(code, label)| {
            let selected = code == chosen;
            view! {
                <option value=code selected=selected>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{format!("{} {}", words.evidence, number + 1)}</legend>
            {text("title", words.title, fields.title)}
            {text("source", words.source, fields.source)}
            {text("publisher", words.publisher, fields.publisher)}
            {text("date", words.date, fields.date)}
            <label>
                <span>{words.kind}</span>
                <select name=name("kind")>{kinds}</select>
            </label>
            {text("language", words.language, fields.language)}
            {text("note", words.note, fields.note)}
            {text("archived", words.archived, fields.archived)}
        </fieldset>
    }
}
