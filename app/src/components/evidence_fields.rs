//! The fields of a record of evidence, in a form without script.

use crate::components::text_field::TextField;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{t, translations};
use data::domain::{Assessment, EvidenceKind};
use leptos::prelude::*;

/// The fields, each filled with what `value` says for its name.
pub(crate) fn evidence_fields(value: impl Fn(&str) -> String) -> Fragment {
    let text = |name: &'static str, label: String, required: bool| {
        let text = TextField {
            name,
            value: &value(name),
            max_length: Some(Assessment::EVIDENCE_TEXT_MAX),
            is_required: required,
            ..TextField::default()
        };
        view! {
            <label>
                <span>{label}</span>
                {text.fragment()}
            </label>
        }
        .fragment()
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
    view! {
        {text("title", t!("evidence-title"), true)}
        {text("source", t!("evidence-source"), true)}
        {text("publisher", t!("evidence-publisher"), false)}
        {text("date", t!("evidence-date"), false)}
        <label>
            <span>{t!("evidence-kind")}</span>
            <select name="kind">{kinds}</select>
        </label>
        {text("language", t!("evidence-language"), false)}
        {text("note", t!("evidence-note"), false)}
        {text("archived", t!("evidence-archived"), false)}
    }
    .fragment()
}
