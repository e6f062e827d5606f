//! The form that publishes a round, and so freezes it.

use crate::components::text_field::TextField;
use crate::figures::headline::sentence;
use crate::t;
use crate::text::round_names::{self, signature};
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Assessment, Breakdown, ReviewRecord, RoundRecord};
use data::store::CORRECTION_REASON_MAX;
use leptos::prelude::*;

/// What publishing means, a box to say that it is meant, and the button. `drafts`: how many people have
/// them, and of how many recommendations; they can be read afterwards, and saved no more. `reason`: why a correction is
/// made, as far as it was typed.
pub(crate) fn publish_form(
    record: &ReviewRecord,
    round: &RoundRecord,
    drafts: (usize, usize),
    reason: &str,
) -> impl IntoView + use<> {
    let (people, count) = drafts;
    let drafts = (people > 0).then(|| {
        view! { <p role="note">{t!("publish-drafts", people = people, count = count)}</p> }
    });
    let breakdown = Breakdown::of_round(record, round);
    let (assessed, received) = (breakdown.total.assessed(), breakdown.total.received());
    let all = record.recommendations.len();
    let open = record
        .recommendations
        .iter()
        .filter(|one| !round.assessments.contains_key(&one.id))
        .count();
    let lacks = lacking(record, round);
    let few = is_few(record, round).then(|| {
        view! {
            <div class="choice">
                <input type="checkbox" name="few" value="yes" id="few" required />
                <label for="few">{t!("publish-few", assessed = assessed, received = received)}</label>
            </div>
        }
    });
    let (review, slug) = (record.review.code.to_string(), round.round.slug.clone());
    let corrected = round.round.supersedes.as_deref();
    let corrected = corrected.and_then(|slug| record.any_round(slug));
    let supersedes = corrected.map(|corrected| {
        let title = round_names::title(&corrected.round);
        view! { <li><span dir="auto">{t!("publish-supersedes", round = title)}</span></li> }
    });
    let is_correction = round.round.supersedes.is_some();
    let reason = is_correction.then(|| public_reason(t!("publish-reason"), reason));
    let unconfirmed = round.unconfirmed();
    // It would be refused.
    let form = (unconfirmed == 0).then(|| {
        view! {
            <form class="narrow" method="post" action=paths::localize("/api/publish-round")>
                <input type="hidden" name="review" value=review />
                <input type="hidden" name="round" value=slug />
                {reason}
                <div class="choice">
                    <input type="checkbox" name="confirmed" value="yes" id="confirmed" required />
                    <label for="confirmed">{t!("publish-confirm")}</label>
                </div>
                {few}
                <button type="submit">{t!("publish-button")}</button>
            </form>
        }
    });
    let refused = (unconfirmed > 0)
        .then(|| view! { <p>{t!("round-has-unconfirmed", count = unconfirmed)}</p> });
    view! {
        <section aria-labelledby="publish">
            <h2 id="publish">{t!("publish-title")}</h2>
            <p>{t!("publish-how", open = open, all = all)}</p>
            <ul>
                {supersedes}
                <li><span dir="auto">{headline(record, round)}</span></li>
                {lacks.into_iter().map(|lack| view! { <li>{lack}</li> }).collect_view()}
            </ul>
            {drafts}
            {refused}
            {form}
        </section>
    }
}

/// Whether a round has less than half of what was received assessed: publishing it is asked twice.
pub(crate) fn is_few(record: &ReviewRecord, round: &RoundRecord) -> bool {
    let total = Breakdown::of_round(record, round).total;
    2 * total.assessed() < total.received()
}

/// What becomes of the sentence that everybody reads on the page of the review.
fn headline(record: &ReviewRecord, round: &RoundRecord) -> String {
    let sentence = |round: &RoundRecord| sentence(&Breakdown::of_round(record, round));
    let public = record.headline_round();
    let after = record.headline_after_publishing(round);
    match (public, after) {
        (None, _) | (_, None) => t!("publish-headline-first", after = sentence(round)),
        (Some(now), Some(after)) if after.round.id != now.round.id => t!(
            "publish-headline-replaced",
            before = sentence(now),
            signed = signature(&now.round),
            after = sentence(after)
        ),
        (Some(now), _) if now.round.publication.headline_reason.is_some() => t!(
            "publish-headline-stays-chosen",
            before = sentence(now),
            signed = signature(&now.round)
        ),
        (Some(now), _) => t!(
            "publish-headline-stays",
            before = sentence(now),
            signed = signature(&now.round)
        ),
    }
}

/// What is missing of the assessments that would be published.
fn lacking(record: &ReviewRecord, round: &RoundRecord) -> Vec<String> {
    let scale = &round.round.scale;
    let assessed: Vec<&Assessment> = record
        .recommendations
        .iter()
        .filter_map(|one| round.assessments.get(&one.id))
        .filter(|assessment| scale.place(&assessment.status) != scale.unassessed())
        .collect();
    let without_rationale = assessed
        .iter()
        .filter(|one| one.rationale.trim().is_empty());
    let without_evidence = assessed.iter().filter(|one| one.evidence.is_empty());
    [
        ("publish-without-rationale", without_rationale.count()),
        ("publish-without-evidence", without_evidence.count()),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(key, count)| t!(key, count = count, assessed = assessed.len()))
    .collect()
}

/// The field for the reason of a change of what is published; everybody can read it.
pub(crate) fn public_reason(label: String, typed: &str) -> Fragment {
    let field = TextField {
        name: "reason",
        value: typed,
        rows: Some(3),
        max_length: Some(CORRECTION_REASON_MAX),
        is_required: true,
        ..TextField::default()
    };
    html! {
        <label>
            <span>{label}</span>
            {field.fragment()}
        </label>
        <p class="hint">{t!("change-reason-public")}</p>
    }
}
