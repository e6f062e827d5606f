//! What the State answered, in the form of a round: a review that nobody has assessed is summarised by
//! its positions as others are by their statuses, with the same counts, lists and charts.

use crate::chart::of_everything::answers;
use data::domain::{Assessment, Breakdown, ReviewRecord, Round, RoundKind, RoundRecord};

/// The answers to a review's recommendations; none where none has been imported.
pub(crate) fn answers_of(record: &ReviewRecord) -> Option<RoundRecord> {
    if record.recommendations.is_empty() {
        return None;
    }
    let answer = |one: &data::domain::Recommendation| {
        let answer = Assessment {
            status: one.position().code().to_owned(),
            rationale: String::new(),
            confidence: None,
            evidence: Vec::new(),
            carried_over: None,
            version: 1,
            changed_at: 0,
        };
        (one.id, answer)
    };
    Some(RoundRecord {
        round: Round {
            id: 0,
            // No round that is kept has this name.
            slug: String::new(),
            organisation: String::new(),
            title: String::new(),
            as_of: None,
            scale: answers(),
            kind: RoundKind::Itemised,
            method: None,
            supersedes: None,
            published_at: Some(0),
            content_hash: None,
            assessors: Vec::new(),
            redactions: Vec::new(),
        },
        assessments: record.recommendations.iter().map(answer).collect(),
        totals: Vec::new(),
        frozen: std::collections::HashMap::new(),
    })
}

/// How many of what is counted enjoy the State's support.
pub(crate) fn supported(breakdown: &Breakdown) -> u64 {
    (0..crate::chart::SUPPORTED)
        .map(|place| breakdown.total.of(place))
        .sum()
}
