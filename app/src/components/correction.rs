//! What became of a published round: the notes that a page shows above its figures, and what a correction changed.

use crate::components::status_mark::status_mark;
use crate::t;
use crate::text::names;
use crate::text::numbers;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{Comparison, Filter, Moved, Recommendation, ReviewRecord, RoundRecord};
use leptos::prelude::*;

/// The anchor of what a correction changed, on its page.
const CHANGES: &str = "changes";

/// Says of a superseded round that it is superseded: stands on every page that shows figures of it. With its hashes on
/// the page of the round itself.
pub(crate) fn superseded(
    record: &ReviewRecord,
    round: &RoundRecord,
    with_hashes: bool,
) -> Option<Fragment> {
    let superseded = round.round.publication.superseded.as_ref()?;
    let code = record.review.code;
    let href = paths::round(code, &superseded.by);
    let day = translations::day_written_out(superseded.at);
    let correction = record.any_round(&superseded.by);
    let is_shown = correction.is_some_and(|one| !one.round.is_withdrawn());
    let changes = (is_shown && !round.round.is_withdrawn()).then(|| {
        let href = format!("{href}#{CHANGES}");
        view! { " " <a href=href>{t!("superseded-changes")}</a> }
    });
    let hashes = with_hashes.then(|| {
        let since = correction.and_then(|one| one.round.content_hash.clone());
        hashes([
            (t!("superseded-hash-here"), round.round.content_hash.clone()),
            (t!("superseded-hash-since"), since),
        ])
    });
    let view = view! {
        <div class="missing superseded" role="note">
            <p>
                <strong>
                    {t!("superseded-on", day = day, number = superseded.correction)}
                </strong>
                " "
                <span dir="auto">
                    {t!("superseded-reason", reason = superseded.reason.clone())}
                </span>
            </p>
            <p>
                {t!("superseded-what")} " " <a href=href>{t!("superseded-read")}</a> {changes}
            </p>
            {hashes}
        </div>
    };
    Some(view.fragment())
}

/// The same in one line, for a chart of the round: what is said, and the address of the correction.
pub(crate) fn superseded_line(
    record: &ReviewRecord,
    round: &RoundRecord,
) -> Option<(String, String)> {
    let superseded = round.round.publication.superseded.as_ref()?;
    let day = translations::day_written_out(superseded.at);
    let on = t!("superseded-on", day = day, number = superseded.correction);
    let reason = t!("superseded-reason", reason = superseded.reason.clone());
    let href = paths::round(record.review.code, &superseded.by);
    Some((format!("{on} {reason}"), href))
}

/// Says of a correction which round it corrects, and why.
pub(crate) fn corrects(record: &ReviewRecord, round: &RoundRecord) -> Option<Fragment> {
    let slug = round.round.supersedes.as_deref()?;
    let corrected = record.any_round(slug)?;
    let href = paths::round(record.review.code, slug);
    let publication = &round.round.publication;
    let Some(at) = round.round.published_at else {
        let title = round_names::title(&corrected.round);
        let view = view! {
            <p class="missing" role="note">
                <span dir="auto">{t!("correction-open", round = title)}</span> " "
                <a href=href>{t!("correction-read-published")}</a>
            </p>
        };
        return Some(view.fragment());
    };
    let day = translations::day_written_out(at);
    let reason = publication.correction_reason.clone().unwrap_or_default();
    let hashes = hashes([
        (
            t!("correction-hash-former"),
            corrected.round.content_hash.clone(),
        ),
        (t!("correction-hash-here"), round.round.content_hash.clone()),
    ]);
    let view = view! {
        <div class="missing" role="note">
            <p>
                {t!("correction-on", day = day, number = publication.correction)} " "
                <span dir="auto">{t!("superseded-reason", reason = reason)}</span> " "
                <a href=href>{t!("correction-read-former")}</a>
            </p>
            {hashes}
        </div>
    };
    Some(view.fragment())
}

/// Content hashes with what they are of.
fn hashes(of: [(String, Option<String>); 2]) -> Fragment {
    let rows = of.into_iter().filter_map(|(name, hash)| {
        let hash = hash?;
        Some(view! { <dt>{name}</dt><dd><code class="hash">{hash}</code></dd> })
    });
    html! { <dl class="facts">{rows.collect_view()}</dl> }
}

/// What a published correction changed, recommendation by recommendation.
pub(crate) fn changes(record: &ReviewRecord, correction: &RoundRecord) -> Option<Fragment> {
    let slug = correction.round.supersedes.as_deref()?;
    let corrected = record.any_round(slug)?;
    if !correction.round.is_published() {
        return None;
    }
    let body = if corrected.round.is_withdrawn() {
        html! { <p class="none">{t!("correction-former-withdrawn")}</p> }
    } else {
        differences(record, corrected, correction)
    };
    let view = view! {
        <section aria-labelledby=CHANGES>
            <h2 id=CHANGES>{t!("changes-title")}</h2>
            {body}
        </section>
    };
    Some(view.fragment())
}

fn differences(
    record: &ReviewRecord,
    corrected: &RoundRecord,
    correction: &RoundRecord,
) -> Fragment {
    let comparison = Comparison::new(record, corrected, correction, &Filter::default(), &[]);
    let differing: Vec<(&Moved<'_>, Vec<String>)> = comparison
        .both
        .iter()
        .map(|one| (one, others(one)))
        .filter(|(one, others)| one.from_place != one.to_place || !others.is_empty())
        .collect();
    let changed = differing
        .iter()
        .filter(|(one, _)| one.from_place != one.to_place)
        .count();
    let others = differing.len() - changed;
    let rows: Vec<_> = differing
        .iter()
        .map(|(one, others)| row(record, one, others))
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="scroll" role="region" tabindex="0" aria-labelledby="changes-caption">
                <table class="cards">
                    <caption id="changes-caption">{t!("changes-caption")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("column-paragraph")}</th>
                            <th scope="col">{t!("changes-before")}</th>
                            <th scope="col">{t!("changes-after")}</th>
                            <th scope="col">{t!("changes-else")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let all = comparison.both.len();
    html! {
        <p>
            {t!("changes-count", changed = changed, all = all)}
            {(others > 0).then(|| format!(" {}", t!("changes-others", count = others)))}
            {(comparison.only_to > 0)
                .then(|| format!(" {}", t!("changes-added", count = comparison.only_to)))}
        </p>
        {table}
    }
}

fn row(record: &ReviewRecord, one: &Moved<'_>, others: &[String]) -> Fragment {
    let href = paths::recommendation(record.review.code, &one.to.recommendation.paragraph);
    let [before, after] = [one.from, one.to].map(|listed| {
        let status = listed.status;
        status.map(|(_, status)| status_mark(status))
    });
    let others = if others.is_empty() {
        t!("changes-nothing-else")
    } else {
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        numbers::list(&others)
    };
    html! {
        <tr>
            <th scope="row">
                <a href=href>{names::paragraph(one.to.recommendation)}</a>
            </th>
            <td data-label=t!("changes-before")>{before}</td>
            <td data-label=t!("changes-after")>{after}</td>
            <td data-label=t!("changes-else")>{others}</td>
        </tr>
    }
}

/// What published corrections changed in the assessment of one recommendation, each with its reason; nothing of rounds
/// that were withdrawn.
pub(crate) fn changes_of(record: &ReviewRecord, one: &Recommendation) -> Vec<Fragment> {
    let code = record.review.code;
    let corrections = record.all_rounds().filter(|of| of.round.is_published());
    let changes = corrections.filter_map(|correction| {
        let corrected = record.any_round(correction.round.supersedes.as_deref()?)?;
        if corrected.round.is_withdrawn() || correction.round.is_withdrawn() {
            return None;
        }
        let status = |round: &RoundRecord| {
            let listed = round.view(code, one);
            listed.status.map(|(_, status)| names::status(status))
        };
        let (before, after) = (status(corrected), status(correction));
        if before == after {
            return None;
        }
        let or_none = |status: Option<String>| status.unwrap_or_else(|| t!("changes-no-status"));
        let publication = &correction.round.publication;
        let said = t!(
            "changes-of-one",
            round = round_names::title(&corrected.round),
            number = publication.correction,
            before = or_none(before),
            after = or_none(after)
        );
        let reason = publication.correction_reason.clone();
        let reason = reason.map(|reason| t!("superseded-reason", reason = reason));
        let href = format!("{}#{CHANGES}", paths::round(code, &correction.round.slug));
        let view = view! {
            <p class="by" dir="auto">
                {said} " " {reason} " " <a href=href>{t!("superseded-read")}</a>
            </p>
        };
        Some(view.fragment())
    });
    changes.collect()
}

/// What beside the status differs: rationale, confidence, evidence.
fn others(one: &Moved<'_>) -> Vec<String> {
    let (Some(from), Some(to)) = (one.from.assessment, one.to.assessment) else {
        return Vec::new();
    };
    [
        (from.rationale != to.rationale, t!("changes-rationale")),
        (from.confidence != to.confidence, t!("changes-confidence")),
        (from.evidence != to.evidence, t!("changes-evidence")),
    ]
    .into_iter()
    .filter_map(|(differs, name)| differs.then_some(name))
    .collect()
}

/// Says of the headline round that a reviewer chose it, and why.
pub(crate) fn chosen_headline(round: &RoundRecord) -> Option<Fragment> {
    let reason = round.round.publication.headline_reason.clone()?;
    let rule = paths::localize("/methodology#headline-round");
    let view = view! {
        <p class="by">
            <span dir="auto">{t!("headline-chosen-note", reason = reason)}</span> " "
            <a href=rule>{t!("headline-chosen-rule")}</a>
        </p>
    };
    Some(view.fragment())
}
