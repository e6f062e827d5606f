//! The form that assesses a recommendation.

use super::evidence_picker::{Choice, EvidencePicker, record_choice, records_of, used_nearby};
use super::field_fault::FieldFault;
use super::key::key;
use crate::components::evidence_fields::{EvidenceFields, evidence_row, fields_of};
use crate::components::status_mark::status_mark;
use crate::components::text_field::TextField;
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Assessment, Confidence, Queue, Recommendation, ReviewRecord, RoundRecord};
use data::store::{Draft, DraftReason};
use leptos::prelude::*;

/// What the form is about.
pub(crate) struct AssessmentForm<'a> {
    pub(crate) record: &'a ReviewRecord,
    pub(crate) round: &'a RoundRecord,
    pub(crate) one: &'a Recommendation,
    /// What comes next is this queue's.
    pub(crate) queue: &'a Queue,
    /// What this person typed and has not saved.
    pub(crate) draft: Option<&'a Draft>,
    /// A number of this very form, by which its answer is known.
    pub(crate) number: String,
    /// The address of the page.
    pub(crate) address: String,
    /// The terms of a search for evidence; `None` without a search.
    pub(crate) search: Option<String>,
}

impl<'a> AssessmentForm<'a> {
    /// The assessment as it stands.
    pub(crate) fn saved(&self) -> Option<&'a Assessment> {
        self.round.assessments.get(&self.one.id)
    }

    /// The version that saving replaces: after a conflict the one that stands, which is shown beside
    /// what was typed; else the one that it was typed over.
    pub(crate) fn version(&self) -> i64 {
        match self.draft {
            Some(draft) if !self.is_conflict() => draft.content.version,
            _ => self.saved_version(),
        }
    }

    /// The version that stands; 0 where there is none.
    pub(crate) fn saved_version(&self) -> i64 {
        self.saved().map_or(0, |saved| saved.version)
    }

    /// Whether somebody has to choose between what was saved meanwhile and the draft.
    pub(crate) fn is_conflict(&self) -> bool {
        self.draft
            .is_some_and(|draft| draft.reason == DraftReason::Conflict)
    }
}

/// What names the place of every action on an assessment.
pub(super) fn place(form: &AssessmentForm<'_>) -> Fragment {
    html! {
        <input type="hidden" name="review" value=form.record.review.code.to_string() />
        <input type="hidden" name="round" value=form.round.round.slug.clone() />
        <input type="hidden" name="paragraph" value=form.one.paragraph.to_string() />
        <input type="hidden" name="queue" value=form.queue.to_query() />
    }
}

/// The form, filled with the draft if there is one, else with what is saved.
pub(crate) fn assessment_form(form: &AssessmentForm<'_>) -> Fragment {
    let shown = form.draft.map(|draft| &draft.content).or(form.saved());
    let confidence = shown.and_then(|shown| shown.confidence);
    let cited = shown
        .map(|shown| shown.evidence.as_slice())
        .unwrap_or_default();
    let fault = form.draft.and_then(FieldFault::of);
    let fault = fault.as_ref();
    let faulty_row = fault.and_then(FieldFault::evidence_row);
    let fault_of = |number| {
        let fault = fault.filter(|_| faulty_row == Some(number));
        fault.map(FieldFault::evidence_field)
    };
    // What is no record yet stays in fields, before one empty row: all that is needed without script.
    let rows: Vec<Fragment> = cited
        .iter()
        .filter(|evidence| form.record.number_of(evidence).is_none())
        .map(fields_of)
        .chain([EvidenceFields::default()])
        .enumerate()
        .map(|(number, row)| evidence_row(Some(number), &row, fault_of(number)))
        .collect();
    let levels = Confidence::ALL
        .into_iter()
        .map(|level| {
            view! {
                <option value=level.code() selected=confidence == Some(level)>
                    {translations::confidence(level)}
                </option>
            }
        })
        .collect_view();
    // What is saved then is the choice between both versions, which belongs to this form.
    let action = paths::localize(if form.is_conflict() {
        "/api/resolve-conflict"
    } else {
        "/api/save-assessment"
    });
    // In a tab of its own, so that what is typed stays where it is.
    let method = paths::method(form.record.review.code, &form.round.round.slug);
    let over = form.draft.map(|draft| draft.form.clone());
    // It is that record, or another part of the same source.
    let known = fault.and_then(FieldFault::of_known_address);
    let known = known.and_then(|number| {
        let mut records = form.record.evidence.iter();
        records.find(|known| known.number == number)
    });
    let another = known.map(|known| {
        let cites = !cited.contains(&known.evidence);
        view! {
            {cites
                .then(|| view! { <ul class="plain">{record_choice(form.record, known)}</ul> })}
            <p>
                <label>
                    <input type="checkbox" name="known" value="yes" />
                    " "
                    <span>{t!("evidence-although-known")}</span>
                </label>
            </p>
        }
    });
    let described = |field| FieldFault::described_by(fault, field);
    let invalid = |field| described(field).map(|_| "true");
    let rationale = TextField {
        name: "rationale",
        value: shown.map_or("", |shown| &shown.rationale),
        rows: Some(6),
        id: Some("rationale"),
        max_length: Some(Assessment::RATIONALE_MAX),
        described_by: described("rationale"),
        is_invalid: described("rationale").is_some(),
        ..TextField::default()
    }
    .fragment();
    let picker = EvidencePicker {
        record: form.record,
        round: form.round,
        choice: Choice::Any,
        chosen: records_of(form.record, cited),
        likely: used_nearby(form.record, form.round, form.one),
        search: form.search.clone(),
    };
    // Saves a draft, not the assessment: a search must not save.
    let picker = picker.fragment(|label| {
        html! {
            <button
                type="submit"
                class="secondary"
                name="then"
                value="find"
                formaction=paths::localize("/api/keep-draft")
                formnovalidate
            >
                {label}
            </button>
        }
    });
    let carried = form.saved().and_then(|saved| saved.carried_over.clone());
    let carried = carried.map(|slug| {
        let title = form
            .record
            .round(&slug)
            .map(|round| round.round.title.clone());
        let said = t!("assessment-carried-over", round = title.unwrap_or(slug));
        view! { <p class="notice" role="note">{said}</p> }
    });
    html! {
        {carried}
        <form id="assessment" method="post" action=action>
            {place(form)}
            <input type="hidden" name="version" value=form.version().to_string() />
            <input type="hidden" name="form" value=form.number.clone() />
            <input type="hidden" name="over" value=over.unwrap_or_default() />
            // The first button of a form is pressed by Enter in a field of one line, and must not be the one
            // that searches.
            <button type="submit" name="then" value="enter" hidden></button>
            <fieldset
                class="statuses"
                id="statuses"
                role="radiogroup"
                tabindex="-1"
                aria-invalid=invalid("statuses")
                aria-describedby=described("statuses")
            >
                <legend>{t!("column-status")}</legend>
                <p class="method-link">
                    <a href=method target="_blank" rel="noopener" data-key="m" aria-keyshortcuts="m">
                        {t!("status-method")} " " {key("m")}
                    </a>
                </p>
                {FieldFault::beside(fault, "statuses")}
                {statuses(form, shown)}
            </fieldset>
            <label for="rationale">{t!("column-rationale")}</label>
            {FieldFault::beside(fault, "rationale")}
            {rationale}
            {FieldFault::beside(fault, "confidence")}
            <label class="confidence">
                <span>{t!("column-confidence")}</span>
                <select
                    id="confidence"
                    name="confidence"
                    aria-invalid=invalid("confidence")
                    aria-describedby=described("confidence")
                >
                    <option value="">{t!("confidence-unsaid")}</option>
                    {levels}
                </select>
            </label>
            <section id="evidence" tabindex="-1" aria-labelledby="evidence-heading">
                <h2 id="evidence-heading">{t!("column-evidence")}</h2>
                {FieldFault::beside(fault, "evidence")}
                {another}
                {picker}
                <p class="hint">{t!("evidence-how")}</p>
                <div class="evidence-rows">
                    {rows}
                    <template>{evidence_row(None, &EvidenceFields::default(), None)}</template>
                    <button type="button" class="secondary" data-add-row="" hidden>
                        {t!("evidence-add")}
                    </button>
                </div>
            </section>
            {saving(form)}
        </form>
    }
}

/// The buttons that save. In a conflict what they save is the choice between both versions.
///
/// An alert beside them says why the draft cannot be saved; the browser fills it.
fn saving(form: &AssessmentForm<'_>) -> Fragment {
    let stay = if form.is_conflict() {
        html! {
            <button type="submit" name="then" value="stay">{t!("conflict-save-choice")}</button>
        }
    } else {
        html! {
            <button type="submit" name="then" value="next" data-key="s" aria-keyshortcuts="s">
                {t!("assessment-save-next")} " " {key("s")}
            </button>
            <button type="submit" name="then" value="stay" class="secondary">
                {t!("assessment-save")}
            </button>
        }
    };
    html! {
        <div class="saving">
            <p class="alert" hidden data-unsaved="">
                <span role="alert"></span>
                " "
                <a href=paths::sign_in(&form.address) hidden>
                    {t!("draft-sign-in")}
                </a>
            </p>
            <p class="buttons">
                {stay}
                <button
                    type="submit"
                    class="secondary"
                    formaction=paths::localize("/api/keep-draft")
                    formnovalidate
                >
                    {t!("draft-keep")}
                </button>
            </p>
        </div>
    }
}

fn statuses(form: &AssessmentForm<'_>, shown: Option<&Assessment>) -> Vec<Fragment> {
    let choice = |(place, status): (usize, &data::domain::Status)| {
        let id = format!("status-{}", status.code);
        let checked = shown.is_some_and(|shown| shown.status == status.code);
        let number = (place < 9).then(|| (place + 1).to_string());
        let examples = status.examples.clone().map(|examples| {
            view! {
                <details class="examples">
                    <summary>{t!("status-examples")}</summary>
                    <p class="hint" dir="auto">{examples}</p>
                </details>
            }
        });
        html! {
            <div class="choice">
                <input
                    type="radio"
                    name="status"
                    id=id.clone()
                    value=status.code.clone()
                    checked=checked
                    aria-describedby=format!("{id}-definition")
                    data-key=number.clone()
                    aria-keyshortcuts=number.clone()
                    required
                />
                <label for=id.clone()>
                    {status_mark(status)} {number.as_deref().map(key)}
                </label>
                <p id=format!("{id}-definition") class="hint" dir="auto">
                    {status.definition.clone()}
                </p>
                {examples}
            </div>
        }
    };
    form.round
        .round
        .scale
        .statuses
        .iter()
        .enumerate()
        .map(choice)
        .collect()
}
