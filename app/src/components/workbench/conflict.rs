//! Above the form, where something is not saved yet: why, and where two people saved both versions, field
//! by field, to choose from.

use super::field_fault::FieldFault;
use super::form::{AssessmentForm, place};
use crate::components::conflict_table::{Versions, conflict, text};
use crate::components::status_mark::status_mark;
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{Assessment, Evidence, Scale};
use data::store::{Draft, DraftReason};
use leptos::prelude::*;

/// The form that assesses: what is chosen here is saved with it.
const FORM: &str = "assessment";

/// What stands above the form while there is a draft.
pub(crate) fn not_saved(form: &AssessmentForm<'_>) -> Option<Fragment> {
    let draft = form.draft?;
    let body = match &draft.reason {
        DraftReason::Typed => typed(form, draft),
        DraftReason::Refused(..) => refused(form, draft),
        DraftReason::Conflict => both_versions(form, draft),
    };
    Some(body)
}

fn typed(form: &AssessmentForm<'_>, draft: &Draft) -> Fragment {
    let when = translations::minute(draft.content.changed_at);
    let older = (draft.content.version != form.saved_version()).then(|| t!("draft-over-older"));
    html! {
        <div class="draft">
            <p>{t!("draft-typed", when = when)}</p>
            {older.map(|older| view! { <p role="note">{older}</p> })}
            {discard(form, t!("refused-discard"))}
        </div>
    }
}

fn refused(form: &AssessmentForm<'_>, draft: &Draft) -> Fragment {
    let fault = FieldFault::of(draft);
    // The sentence stands beside its field. This links to the field.
    let sentence = match fault.as_ref().and_then(FieldFault::field) {
        Some(field) => {
            html! { <a href=format!("#{field}")>{t!("refused-to-field")}</a> }
        }
        None => fault
            .as_ref()
            .map(|fault| fault.sentence.clone())
            .fragment(),
    };
    html! {
        <div class="conflict" role="alert">
            <h2>{t!("refused-heading")}</h2>
            <p>{sentence}</p>
            {discard(form, t!("refused-discard"))}
        </div>
    }
}

fn discard(form: &AssessmentForm<'_>, label: String) -> Fragment {
    html! {
        <form method="post" action=paths::localize("/api/discard-draft") data-ends-draft="">
            {place(form)}
            <button type="submit" class="secondary">{label}</button>
        </form>
    }
}

fn both_versions(form: &AssessmentForm<'_>, draft: &Draft) -> Fragment {
    let scale = &form.round.round.scale;
    let none = Assessment {
        status: String::new(),
        rationale: String::new(),
        confidence: None,
        evidence: Vec::new(),
        carried_over: None,
        version: 0,
        changed_at: 0,
    };
    let theirs = form.saved().unwrap_or(&none);
    let mine = &draft.content;
    let versions = |name: &str, label, (theirs, mine), is_same, may_be_joined| Versions {
        name: name.to_owned(),
        label,
        theirs,
        mine,
        is_same,
        may_be_joined,
    };
    let rows = vec![
        versions(
            "take_status",
            t!("column-status"),
            (status(scale, theirs), status(scale, mine)),
            theirs.status == mine.status,
            false,
        ),
        versions(
            "take_rationale",
            t!("column-rationale"),
            (text(&theirs.rationale), text(&mine.rationale)),
            theirs.rationale == mine.rationale.trim(),
            true,
        ),
        versions(
            "take_confidence",
            t!("column-confidence"),
            (confidence(theirs), confidence(mine)),
            theirs.confidence == mine.confidence,
            false,
        ),
        versions(
            "take_evidence",
            t!("column-evidence"),
            (evidence(&theirs.evidence), evidence(&mine.evidence)),
            theirs.evidence == mine.evidence,
            true,
        ),
    ];
    let around = |table| {
        html! {
            <div class="choice-of-two">{table}</div>
            {discard(form, t!("conflict-keep-theirs"))}
        }
    };
    conflict(rows, Some(FORM), around)
}

fn status(scale: &Scale, version: &Assessment) -> Fragment {
    let status = scale.status(&version.status).map(status_mark);
    html! { <p>{status.unwrap_or_else(|| t!("conflict-nothing").fragment())}</p> }
}

fn confidence(version: &Assessment) -> Fragment {
    let level = version
        .confidence
        .map_or_else(|| t!("confidence-unsaid"), translations::confidence);
    html! { <p>{level}</p> }
}

fn evidence(cited: &[Evidence]) -> Fragment {
    if cited.is_empty() {
        return text("");
    }
    let items = cited
        .iter()
        .map(|one| view! { <li><span dir="auto">{format!("{} – {}", one.title, one.source)}</span></li> })
        .collect_view();
    html! { <ul>{items}</ul> }
}
