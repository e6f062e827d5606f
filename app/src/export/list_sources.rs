//! The source line and the citation of a list.

use crate::chart::citation::Citation;
use crate::chart::outline;
use crate::t;
use crate::text::coverage;
use crate::text::filter_sentence::sentence;
use crate::text::provenance::Sources;
use crate::text::round_names::signed_among;
use crate::text::translations;
use crate::urls::paths;
use data::domain::{RecommendationSet, Scope};

/// The sources of the positions and statuses of a list, and how much is loaded of what it is about.
pub(crate) fn line(set: &RecommendationSet<'_>) -> String {
    let claims = of_claims(set);
    match set.scope() {
        Scope::AllReviews { .. } => coverage::with_coverage(claims, set),
        Scope::Review { record, .. } => coverage::with_review_coverage(claims, record),
    }
}

/// The sources of the positions and statuses of a list.
pub(crate) fn of_claims(set: &RecommendationSet<'_>) -> String {
    let Scope::Review { record, round } = set.scope() else {
        return Sources::of(set).line();
    };
    let positions = Sources::of_answers(set)
        .positions_line()
        .unwrap_or_default();
    match round {
        Some(round) => t!(
            "sources-both",
            positions = positions,
            rounds = signed_among(record, round)
        ),
        None => positions,
    }
}

/// How a list is cited: with its title, filter and sources. `base` is put in front of its address.
pub(crate) fn citation(set: &RecommendationSet<'_>, base: &str) -> Citation {
    let review = set.record().map(|record| &record.review);
    let title = match review {
        Some(review) => t!("list-of", review = translations::review(review)),
        None => t!("list-everything"),
    };
    let url = paths::recommendations(review.map(|review| review.code), set.filter());
    let superseded = set
        .round()
        .and_then(|round| round.round.publication.superseded.clone());
    Citation {
        of: sentence(set),
        superseded,
        ..outline::citation(set, title, format!("{base}{url}"), &Sources::of(set))
    }
}
