//! The fields of an assessment, and both versions where two people saved.

use crate::components::status_mark::status_mark;
use crate::islands::evidence_rows::{EvidenceFields, EvidenceRows, EvidenceWords};
use crate::{t, translations};
use data::domain::{Assessment, Confidence, Evidence, EvidenceKind, Paragraph, ReviewCode, Scale};
use data::store::{Draft, DraftReason};
use leptos::prelude::*;

/// What the form is about.
pub(crate) struct AssessmentForm<'a> {
    pub(crate) review: ReviewCode,
    pub(crate) round: String,
    pub(crate) paragraph: Paragraph,
    pub(crate) scale: &'a Scale,
    /// The assessment as it stands.
    pub(crate) saved: Option<&'a Assessment>,
    /// What this person typed and could not save.
    pub(crate) draft: Option<&'a Draft>,
}

/// The form, filled with the draft if there is one, else with what is saved. After a conflict it saves
/// over the version that stands, which is shown beside it; else over the one that it was typed over.
pub(crate) fn assessment_form(form: &AssessmentForm<'_>) -> impl IntoView + use<> {
    let shown = form.draft.map(|draft| &draft.content).or(form.saved);
    let chosen = shown.map(|shown| shown.status.clone());
    let confidence = shown.and_then(|shown| shown.confidence);
    let rationale = shown
        .map(|shown| shown.rationale.clone())
        .unwrap_or_default();
    let mut rows: Vec<EvidenceFields> = shown
        .map(|shown| shown.evidence.iter().map(fields_of).collect())
        .unwrap_or_default();
    rows.push(EvidenceFields::default());
    let stands = form.saved.map_or(0, |saved| saved.version);
    let version = match form.draft {
        Some(draft) if draft.reason != DraftReason::Conflict => draft.content.version,
        _ => stands,
    };
    let statuses = form
        .scale
        .statuses
        .iter()
        .map(|status| {
            let id = format!("status-{}", status.code);
            let checked = chosen.as_deref() == Some(status.code.as_str());
            view! {
                <div class="choice">
                    <input
                        type="radio"
                        name="status"
                        id=id.clone()
                        value=status.code.clone()
                        checked=checked
                        aria-describedby=format!("{id}-definition")
                        required
                    />
                    <label for=id.clone()>{status_mark(status)}</label>
                    <p id=format!("{id}-definition") class="hint" dir="auto">
                        {status.definition.clone()}
                    </p>
                </div>
            }
        })
        .collect_view();
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
    view! {
        <form id="assessment" method="post" action="/api/save-assessment">
            <input type="hidden" name="review" value=form.review.to_string() />
            <input type="hidden" name="round" value=form.round.clone() />
            <input type="hidden" name="paragraph" value=form.paragraph.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <fieldset class="statuses">
                <legend>{t!("column-status")}</legend>
                {statuses}
            </fieldset>
            <label>
                <span>{t!("column-rationale")}</span>
                <textarea name="rationale" rows="8" dir="auto" maxlength=Assessment::RATIONALE_MAX>
                    {rationale}
                </textarea>
            </label>
            <label>
                <span>{t!("column-confidence")}</span>
                <select name="confidence">
                    <option value="">{t!("confidence-unsaid")}</option>
                    {levels}
                </select>
            </label>
            <h2>{t!("column-evidence")}</h2>
            <p class="hint">{t!("evidence-how")}</p>
            <EvidenceRows rows=rows words=evidence_words() />
            <p class="buttons">
                <button type="submit" name="then" value="next">{t!("assessment-save-next")}</button>
                " "
                <button type="submit" name="then" value="stay" class="secondary">
                    {t!("assessment-save")}
                </button>
            </p>
        </form>
    }
}

/// Above the form, where something could not be saved: why, and what stands now.
pub(crate) fn saved_version(form: &AssessmentForm<'_>, draft: &Draft) -> impl IntoView + use<> {
    let (heading, why) = match &draft.reason {
        DraftReason::Conflict => (t!("conflict-heading"), t!("conflict-why")),
        DraftReason::Refused(key, values) => (
            t!("refused-heading"),
            translations::text_with_owned(key, values),
        ),
    };
    let saved = form
        .saved
        .filter(|_| draft.reason == DraftReason::Conflict)
        .map(|saved| version_view(form.scale, saved, t!("conflict-theirs")));
    let mine = (draft.reason == DraftReason::Conflict)
        .then(|| version_view(form.scale, &draft.content, t!("conflict-yours")));
    let (review, round) = (form.review.to_string(), form.round.clone());
    let paragraph = form.paragraph.to_string();
    let keep_theirs = match draft.reason {
        DraftReason::Conflict => t!("conflict-keep-theirs"),
        DraftReason::Refused(..) => t!("refused-discard"),
    };
    view! {
        <div class="conflict" role="alert">
            <h2>{heading}</h2>
            <p>{why}</p>
            <div class="versions">{saved} {mine}</div>
            <form method="post" action="/api/discard-draft">
                <input type="hidden" name="review" value=review />
                <input type="hidden" name="round" value=round />
                <input type="hidden" name="paragraph" value=paragraph />
                <button type="submit" class="secondary">{keep_theirs}</button>
            </form>
        </div>
    }
}

fn version_view(scale: &Scale, version: &Assessment, heading: String) -> impl IntoView + use<> {
    let evidence = version
        .evidence
        .iter()
        .map(|evidence| {
            view! { <li dir="auto">{format!("{} – {}", evidence.title, evidence.source)}</li> }
        })
        .collect_view();
    view! {
        <section class="version">
            <h3>{heading}</h3>
            <p>{scale.status(&version.status).map(status_mark)}</p>
            <p class="rationale" dir="auto">{version.rationale.clone()}</p>
            <p>{version.confidence.map(translations::confidence)}</p>
            <ul>{evidence}</ul>
        </section>
    }
}

fn fields_of(evidence: &Evidence) -> EvidenceFields {
    EvidenceFields {
        title: evidence.title.clone(),
        source: evidence.source.clone(),
        publisher: evidence.publisher.clone().unwrap_or_default(),
        date: evidence.date.clone().unwrap_or_default(),
        kind: evidence.kind.code().to_owned(),
        note: evidence.note.clone().unwrap_or_default(),
    }
}

fn evidence_words() -> EvidenceWords {
    EvidenceWords {
        evidence: t!("evidence-one"),
        title: t!("evidence-title"),
        source: t!("evidence-source"),
        publisher: t!("evidence-publisher"),
        date: t!("evidence-date"),
        kind: t!("evidence-kind"),
        kinds: EvidenceKind::ALL
            .into_iter()
            .map(|kind| (kind.code().to_owned(), translations::evidence_kind(kind)))
            .collect(),
        note: t!("evidence-note"),
        add: t!("evidence-add"),
        remove: t!("evidence-remove"),
    }
}
