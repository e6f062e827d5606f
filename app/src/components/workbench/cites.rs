//! What an assessment cites: records of the review, ticked, and those used nearby, to be ticked.

use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _};
use data::domain::{Evidence, EvidenceRecord, Recommendation, ReviewRecord, RoundRecord, Scheme};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// So many records used nearby are offered.
const NEARBY: usize = 8;

/// The records cited, then those of neighbouring recommendations. What is ticked is cited.
pub(super) fn cites(
    record: &ReviewRecord,
    round: &RoundRecord,
    one: &Recommendation,
    cited: &[Evidence],
) -> Fragment {
    let chosen: Vec<&EvidenceRecord> = cited
        .iter()
        .filter_map(|evidence| {
            record
                .evidence
                .iter()
                .find(|known| known.evidence == *evidence)
        })
        .collect();
    let nearby = nearby(record, round, one, &chosen);
    let boxes = |records: &[&EvidenceRecord], checked: bool| {
        records
            .iter()
            .map(|known| choice(record, known, checked))
            .collect_view()
    };
    let cited = (!chosen.is_empty()).then(|| {
        view! {
            <fieldset class="cites">
                <legend>{t!("cites-cited")}</legend>
                <ul class="plain">{boxes(&chosen, true)}</ul>
            </fieldset>
        }
    });
    let offered = (!nearby.is_empty()).then(|| {
        view! {
            <fieldset class="cites">
                <legend>{t!("cites-nearby")}</legend>
                <ul class="plain">{boxes(&nearby, false)}</ul>
            </fieldset>
        }
    });
    view! {
        {cited}
        {offered}
    }
    .fragment()
}

/// A record to be ticked.
pub(super) fn choice(record: &ReviewRecord, known: &EvidenceRecord, checked: bool) -> Fragment {
    let evidence = &known.evidence;
    let told = [
        evidence.publisher.clone(),
        evidence.date.clone().map(String::from),
        Some(translations::evidence_kind(evidence.kind)),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    let number = known.number;
    let title = evidence.title.clone();
    view! {
        <li>
            <label>
                <input type="checkbox" name="cites[]" value=number.to_string() checked=checked />
                " "
                <span dir="auto">{title.clone()}</span>
                " "
                <small dir="auto">{told.join(" · ")}</small>
            </label>
            " "
            <a
                href=paths::evidence(record.review.code, number)
                aria-label=t!("cites-open", number = number, title = title)
            >
                {t!("evidence-number", number = number)}
            </a>
        </li>
    }
    .fragment()
}

/// Evidence that the round cites for recommendations on the same issue or next to this one, the most
/// used first.
fn nearby<'a>(
    record: &'a ReviewRecord,
    round: &RoundRecord,
    one: &Recommendation,
    cited: &[&EvidenceRecord],
) -> Vec<&'a EvidenceRecord> {
    let place = |wanted: i64| {
        record
            .recommendations
            .iter()
            .position(|other| other.id == wanted)
            .unwrap_or_default()
    };
    let here = place(one.id);
    let issues: Vec<&str> = one.terms_of(Scheme::Issue).collect();
    let mut uses: BTreeMap<i64, usize> = BTreeMap::new();
    for (there, other) in record.recommendations.iter().enumerate() {
        let alike = other
            .terms_of(Scheme::Issue)
            .any(|issue| issues.contains(&issue));
        let close = there.abs_diff(here) <= 3;
        if other.id == one.id || !(alike || close) {
            continue;
        }
        let evidence = round.assessments.get(&other.id).map(|a| &a.evidence);
        for number in evidence
            .into_iter()
            .flatten()
            .filter_map(|e| record.number_of(e))
        {
            *uses.entry(number).or_default() += 1;
        }
    }
    let mut near: Vec<_> = record
        .evidence
        .iter()
        .filter_map(|known| Some((uses.get(&known.number)?, known)))
        .filter(|(_, known)| !cited.iter().any(|cited| cited.number == known.number))
        .collect();
    near.sort_by_key(|(uses, known)| (std::cmp::Reverse(**uses), known.number));
    near.into_iter()
        .take(NEARBY)
        .map(|(_, known)| known)
        .collect()
}
