//! Totals that were reported and an itemised round of the same name: whether they are equal.

use crate::t;
use crate::text::names;
use crate::text::round_names::kind;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Breakdown, ReviewRecord, RoundKind, RoundRecord, ScaleMapping, differences};
use leptos::prelude::*;

/// Whether a round says the same as the others of its name and another kind: equal, or the difference.
/// Nothing where there is no such round.
pub(crate) fn reconciled(record: &ReviewRecord, round: &RoundRecord) -> Option<Fragment> {
    let twins: Vec<Fragment> = record
        .rounds
        .iter()
        .filter(|other| are_twins(round, other))
        .map(|other| said(record, round, other))
        .collect();
    (!twins.is_empty()).then(|| html! { <div class="reconciled">{twins}</div> })
}

/// Whether two rounds have one name, and one of them is known as totals only.
pub(crate) fn are_twins(one: &RoundRecord, other: &RoundRecord) -> bool {
    let (one, other) = (&one.round, &other.round);
    one.kind != other.kind && one.organisation == other.organisation && one.title == other.title
}

fn said(record: &ReviewRecord, round: &RoundRecord, other: &RoundRecord) -> Fragment {
    let (reported, itemised) = match round.round.kind {
        RoundKind::ReportedTotals => (round, other),
        RoundKind::Itemised => (other, round),
    };
    let words = in_words(record, reported, itemised);
    let encoded = paths::encoded;
    let pair = format!(
        "from={}&to={}",
        encoded(&reported.round.slug),
        encoded(&itemised.round.slug)
    );
    let there = paths::round(record.review.code, &other.round.slug);
    let compare = paths::compare(record.review.code, &pair);
    html! {
        <p class="note">
            {words} " "
            <a href=there>{t!("reconciled-other", kind = kind(other.round.kind))}</a> " "
            <a href=compare>{t!("reconciled-compare")}</a>
        </p>
    }
}

fn in_words(record: &ReviewRecord, reported: &RoundRecord, itemised: &RoundRecord) -> String {
    let counts = |round| Breakdown::of_round(record, round);
    let mapping = ScaleMapping::new(&reported.round.scale, &itemised.round.scale, &[]);
    let apart: Vec<String> = differences(&counts(reported), &counts(itemised), &mapping)
        .iter()
        .filter(|line| !line.is_none())
        .map(|line| {
            let status = match (line.second, line.first.first()) {
                (Some(place), _) => itemised.round.scale.statuses.get(place),
                (None, Some(place)) => reported.round.scale.statuses.get(*place),
                (None, None) => None,
            };
            t!(
                "reconciled-status",
                status = status.map(names::status).unwrap_or_default(),
                reported = line.before,
                itemised = line.after
            )
        })
        .collect();
    if apart.is_empty() {
        t!("reconciled-equal")
    } else {
        t!("reconciled-apart", statuses = apart.join("; "))
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use data::domain::{
        Assessment, Cycle, Paragraph, Recommendation, ReportedTotal, Review, ReviewCode, Round,
        Scale, StateCode,
    };

    /// A record of two recommendations, and a round in which neither is implemented.
    fn record() -> Option<(ReviewRecord, RoundRecord)> {
        let one = |number: i64| {
            Some(Recommendation {
                id: number,
                ..Recommendation::new(Paragraph::parse(&format!("97.{number}")).ok()?)
            })
        };
        let record = ReviewRecord {
            review: Review {
                id: 1,
                code: ReviewCode {
                    state: StateCode::parse("BLR")?,
                    cycle: Cycle::new(1)?,
                },
                session: None,
                date: None,
                report_symbol: None,
                addendum_symbol: None,
            },
            recommendations: vec![one(1)?, one(2)?],
            rounds: Vec::new(),
            former: Vec::new(),
            evidence: Vec::new(),
            links: Vec::new(),
            revision: 1,
            public: data::domain::PublicHistory::default(),
            changed_at: 0,
        };
        let assessment = |id: i64| {
            let assessment = Assessment {
                status: "not_implemented".to_owned(),
                rationale: String::new(),
                confidence: None,
                evidence: Vec::new(),
                carried_over: None,
                version: 1,
                changed_at: 0,
            };
            (id, assessment)
        };
        let itemised = RoundRecord {
            round: Round {
                id: 1,
                slug: "mid-term".to_owned(),
                organisation: "Committee".to_owned(),
                title: "Mid-term".to_owned(),
                as_of: None,
                scale: Scale::built_in().into_iter().next()?,
                kind: RoundKind::Itemised,
                method: None,
                supersedes: None,
                published_at: None,
                content_hash: None,
                assessors: Vec::new(),
                redactions: Vec::new(),
                publication: data::domain::Publication::default(),
            },
            assessments: [1, 2].map(assessment).into_iter().collect(),
            totals: Vec::new(),
            frozen: std::collections::HashMap::new(),
        };
        Some((record, itemised))
    }

    #[test]
    fn totals_are_equal_or_the_difference_is_shown() {
        let (record, itemised) = record().expect("a record");
        let reported = |count: u32| {
            let mut reported = itemised.clone();
            reported.round.kind = RoundKind::ReportedTotals;
            reported.totals = vec![ReportedTotal {
                position: None,
                status: "not_implemented".to_owned(),
                count,
                citation: String::new(),
                derived: false,
            }];
            reported
        };
        assert!(are_twins(&reported(2), &itemised) && !are_twins(&itemised, &itemised));
        let said = in_words(&record, &reported(2), &itemised);
        assert!(said.ends_with("are equal in every status."), "{said}");
        let said = in_words(&record, &reported(3), &itemised);
        assert!(
            said.ends_with("differ. Not implemented: 3 reported, 2 itemised."),
            "{said}"
        );
    }
}
