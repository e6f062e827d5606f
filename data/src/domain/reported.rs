//! Totals that were only reported, beside recommendations that are known one by one.

use super::{Dimension, RecommendationSet, Review, Round, RoundKind, Scope, StateCode};
use std::collections::BTreeMap;

/// Totals of a published round of which nothing else is public.
#[derive(Clone, Copy, Debug)]
pub struct ReportedTotals<'a> {
    /// The review.
    pub review: &'a Review,
    /// The round, which heads the review.
    pub round: &'a Round,
    /// Recommendations in the best status, in another assessed status, and not assessed.
    pub counts: [u64; 3],
}

impl<'a> RecommendationSet<'a> {
    /// The totals of each State's newest review whose headline round has totals only, whatever unit the filter
    /// asks for: totals count recommendations. Empty over one review, and if the filter asks for what totals do not
    /// tell apart.
    pub fn reported_totals(&self) -> BTreeMap<StateCode, ReportedTotals<'a>> {
        let mut reported = BTreeMap::new();
        let Scope::AllReviews { corpus, .. } = self.scope() else {
            return reported;
        };
        let filter = self.filter();
        let told_apart = [Dimension::Cycle, Dimension::State];
        let mut chosen = filter.chosen.keys();
        if filter.search.is_some() || chosen.any(|dimension| !told_apart.contains(dimension)) {
            return reported;
        }
        let is_asked = |dimension, value: &str| {
            let chosen = filter.chosen.get(&dimension);
            chosen.is_none_or(|chosen| chosen.iter().any(|one| one == value))
        };
        for part in corpus.parts() {
            let code = part.review.code;
            let is_selected = is_asked(Dimension::Cycle, &code.cycle.to_string())
                && is_asked(Dimension::State, code.state.as_str());
            if let Some((round, breakdown)) = &part.standing.headline
                && is_selected
                && round.kind == RoundKind::ReportedTotals
            {
                let total = &breakdown.total;
                let best = total.of(0);
                let totals = ReportedTotals {
                    review: &part.review,
                    round,
                    counts: [best, total.assessed() - best, total.not_assessed()],
                };
                // Reviews come by cycle, so the newest stays.
                reported.insert(code.state, totals);
            }
        }
        reported
    }

    /// Returns true if nothing is known one by one of what totals were reported of.
    pub fn is_only_reported(&self) -> bool {
        self.is_empty() && !self.reported_totals().is_empty()
    }
}
