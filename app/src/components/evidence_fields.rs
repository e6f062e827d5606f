//! The fields of evidence, in forms.

use crate::components::text_field::TextField;
use crate::t;
use crate::text::translations;
use crate::web::html::{Fragment, html};
use data::domain::{Assessment, Evidence, EvidenceKind};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The fields of one piece of evidence, as submitted.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct EvidenceFields {
    /// Its title.
    pub(crate) title: String,
    /// An address, or a citation.
    pub(crate) source: String,
    /// Its publisher.
    pub(crate) publisher: String,
    /// Its date: a year, a month or a day.
    pub(crate) date: String,
    /// The code of its kind.
    pub(crate) kind: String,
    /// The passage to look at.
    pub(crate) note: String,
    /// The code of its language.
    pub(crate) language: String,
    /// The address of an archived copy.
    pub(crate) archived: String,
}

/// The fields of a piece of evidence as it is stored.
pub(crate) fn fields_of(evidence: &Evidence) -> EvidenceFields {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    EvidenceFields {
        title: evidence.title.clone(),
        source: evidence.source.clone(),
        publisher: optional(&evidence.publisher),
        date: optional(&evidence.date.clone().map(String::from)),
        kind: evidence.kind.code().to_owned(),
        note: optional(&evidence.note),
        language: optional(&evidence.language),
        archived: optional(&evidence.archived),
    }
}

/// The fields of a record, each filled with what `value` says for its name.
pub(crate) fn evidence_fields(value: impl Fn(&str) -> String) -> Fragment {
    fields(str::to_owned, value, true, None)
}

/// The fields of a row of evidence in the form that assesses a recommendation, filled with `row`. The number
/// counts from 0; without one it is the row that the browser copies. If it was refused, `fault` names the field at
/// fault, or is empty where that is not one alone.
pub(crate) fn evidence_row(
    number: Option<usize>,
    row: &EvidenceFields,
    fault: Option<&str>,
) -> Fragment {
    let (index, heading) = number.map_or_else(Default::default, |number| {
        (number.to_string(), (number + 1).to_string())
    });
    let value = |name: &str| {
        let value = match name {
            "title" => &row.title,
            "source" => &row.source,
            "publisher" => &row.publisher,
            "date" => &row.date,
            "kind" => &row.kind,
            "note" => &row.note,
            "language" => &row.language,
            _ => &row.archived,
        };
        value.clone()
    };
    html! {
        <div class="evidence-row">
            <fieldset>
                <legend>{t!("evidence-one")} " " <span data-row-number="">{heading}</span></legend>
                {fields(|name| format!("evidence[{index}][{name}]"), value, false, fault)}
            </fieldset>
            <button type="button" class="plain" data-remove-row="" hidden>
                {t!("evidence-remove")}
            </button>
        </div>
    }
}

fn fields(
    name_of: impl Fn(&str) -> String,
    value: impl Fn(&str) -> String,
    is_record: bool,
    fault: Option<&str>,
) -> Fragment {
    // What is filled, or may be at fault, is in sight. A kind is always chosen: the first is that of an empty row.
    let first = EvidenceKind::ALL.first().map_or("", |kind| kind.code());
    let is_filled = ["publisher", "language", "note", "archived"]
        .iter()
        .any(|name| !value(name).trim().is_empty());
    let open = fault.is_some() || is_filled || !["", first].contains(&value("kind").as_str());
    let text = |name: &str, label: String, is_identifying: bool| {
        let text = TextField {
            name: &name_of(name),
            value: &value(name),
            max_length: Some(Assessment::EVIDENCE_TEXT_MAX),
            is_required: is_record && is_identifying,
            is_completion_off: !is_record,
            described_by: (fault == Some(name)).then_some("fault"),
            is_invalid: fault == Some(name),
            ..TextField::default()
        };
        html! {
            <label>
                <span>{label}</span>
                {text.fragment()}
            </label>
        }
    };
    let chosen = value("kind");
    let kinds = EvidenceKind::ALL
        .into_iter()
        .map(|kind| {
            view! {
                <option value=kind.code() selected=kind.code() == chosen>
                    {translations::evidence_kind(kind)}
                </option>
            }
        })
        .collect_view();
    html! {
        {text("title", t!("evidence-title"), true)}
        {text("source", t!("evidence-source"), true)}
        {text("date", t!("evidence-date"), false)}
        <details class="more" open=open>
            <summary>{t!("evidence-more")}</summary>
            <div class="fields">
                {text("publisher", t!("evidence-publisher"), false)}
                <label>
                    <span>{t!("evidence-kind")}</span>
                    <select
                        name=name_of("kind")
                        aria-invalid=(fault == Some("kind")).then_some("true")
                        aria-describedby=(fault == Some("kind")).then_some("fault")
                    >
                        {kinds}
                    </select>
                </label>
                {text("language", t!("evidence-language"), false)}
                {text("note", t!("evidence-note"), false)}
                {text("archived", t!("evidence-archived"), false)}
            </div>
        </details>
    }
}
