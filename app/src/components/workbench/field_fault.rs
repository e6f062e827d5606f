//! Which field of the form a refusal is about.

use crate::fragment::{Fragment, IntoFragment as _};
use crate::translations;
use data::store::{Draft, DraftReason};
use leptos::prelude::*;

/// What was refused, and in which field.
#[derive(Clone, Debug)]
pub(crate) struct FieldFault {
    /// The sentence: what is wrong and what would pass.
    pub(crate) sentence: String,
    field: Option<&'static str>,
    of_known_address: Option<i64>,
}

impl FieldFault {
    /// The fault of a draft that was refused.
    pub(crate) fn of(draft: &Draft) -> Option<Self> {
        let DraftReason::Refused(key, values) = &draft.reason else {
            return None;
        };
        Some(Self {
            sentence: translations::text_with_owned(key, values),
            field: field_of(key),
            of_known_address: values
                .iter()
                .find(|(name, _)| key == "evidence-same-address-known" && name == "known")
                .and_then(|(_, number)| number.parse().ok()),
        })
    }

    /// The number of the record whose address a piece of evidence has, if it is about that.
    pub(crate) fn of_known_address(&self) -> Option<i64> {
        self.of_known_address
    }

    /// The id of the field, to lead there.
    pub(crate) fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// The id of the sentence, for `aria-describedby`, if it is about that field.
    pub(crate) fn described_by(fault: Option<&Self>, field: &str) -> Option<&'static str> {
        fault
            .is_some_and(|fault| fault.field == Some(field))
            .then_some("fault")
    }

    /// The sentence beside its field.
    pub(crate) fn beside(fault: Option<&Self>, field: &str) -> Option<Fragment> {
        let fault = fault.filter(|fault| fault.field == Some(field))?;
        let sentence = fault.sentence.clone();
        Some(view! { <p class="fault" id="fault">{sentence}</p> }.fragment())
    }
}

fn field_of(key: &str) -> Option<&'static str> {
    match key {
        "assessment-status-unknown" => Some("statuses"),
        "assessment-rationale-too-long" => Some("rationale"),
        "assessment-confidence-unknown" => Some("confidence"),
        _ if key.starts_with("evidence-") || key == "assessment-evidence-too-many" => {
            Some("evidence")
        }
        _ => None,
    }
}
