//! Which field of the form a refusal is about.

use crate::text::translations;
use crate::web::html::{Fragment, html};
use data::store::{Draft, DraftReason, FaultyField};
use leptos::prelude::*;

/// What was refused, and in which field.
#[derive(Clone, Debug)]
pub(crate) struct FieldFault {
    /// The sentence: what is wrong and what would pass.
    pub(crate) sentence: String,
    field: Option<FaultyField>,
    /// The number of the piece of evidence that the sentence names, from 1.
    evidence: Option<usize>,
    /// The field of that piece; empty if it is not one alone.
    evidence_field: &'static str,
}

impl FieldFault {
    /// The fault of a draft that was refused.
    pub(crate) fn of(draft: &Draft) -> Option<Self> {
        let DraftReason::Refused(key, values, field) = &draft.reason else {
            return None;
        };
        let number = values.iter().find(|(name, _)| name == "number");
        Some(Self {
            sentence: translations::text_with_owned(key, values),
            field: *field,
            evidence: number.and_then(|(_, number)| number.parse().ok()),
            evidence_field: evidence_field_of(key),
        })
    }

    /// The row of new evidence that it is about, from 0.
    pub(crate) fn evidence_row(&self) -> Option<usize> {
        let is_about_evidence = matches!(self.field, Some(FaultyField::Evidence { .. }));
        self.evidence?.checked_sub(1).filter(|_| is_about_evidence)
    }

    /// The field of that row; empty if it is not one alone.
    pub(crate) fn evidence_field(&self) -> &'static str {
        self.evidence_field
    }

    /// The number of the record whose address a piece of evidence has, if it is about that.
    pub(crate) fn of_known_address(&self) -> Option<i64> {
        match self.field {
            Some(FaultyField::Evidence { known }) => known,
            _ => None,
        }
    }

    /// The id of the field, to lead there.
    pub(crate) fn field(&self) -> Option<&'static str> {
        Some(match self.field? {
            FaultyField::Status => "statuses",
            FaultyField::Rationale => "rationale",
            FaultyField::Confidence => "confidence",
            FaultyField::Evidence { .. } => "evidence",
        })
    }

    /// The id of the sentence, for `aria-describedby`, if it is about that field.
    pub(crate) fn described_by(fault: Option<&Self>, field: &str) -> Option<&'static str> {
        fault
            .is_some_and(|fault| fault.field() == Some(field))
            .then_some("fault")
    }

    /// The sentence beside its field.
    pub(crate) fn beside(fault: Option<&Self>, field: &str) -> Option<Fragment> {
        let fault = fault.filter(|fault| fault.field() == Some(field))?;
        let sentence = fault.sentence.clone();
        Some(html! { <p class="fault" id="fault">{sentence}</p> })
    }
}

/// The field of a piece of evidence that a refusal of this key is about.
fn evidence_field_of(key: &str) -> &'static str {
    match key {
        "evidence-without-title" => "title",
        "evidence-without-source" | "evidence-same-address-known" | "evidence-known" => "source",
        "evidence-date-unfit" => "date",
        "evidence-kind-unknown" => "kind",
        "evidence-language-unfit" => "language",
        "evidence-archived-unfit" => "archived",
        _ => "",
    }
}
