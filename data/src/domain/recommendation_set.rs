//! The recommendations that a filter selects: of one review, or of all.
//!
//! Lists, their figures, sentences and files read one set, so that they cannot disagree. A [`Corpus`] counts both
//! scopes: the one of all reviews, or one made of a single review.

use super::{
    Answers, Breakdown, Corpus, CorpusPart, CountBy, CountingUnit, Coverage, Cycle, Dimension,
    FacetValue, Filter, Listed, Matches, Outcome, PositionSources, Review, ReviewRecord, Round,
    RoundKind, RoundRecord, Row, Scale, StateCode, Tallies, Tally,
};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Which recommendations a filter selects from.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// One review. The record is used as it is: open rounds have to be removed before for readers who may not see
    /// them.
    Review {
        /// The review.
        record: &'a ReviewRecord,
        /// The round whose statuses are shown; `None` if the review has no itemised round.
        round: Option<&'a RoundRecord>,
    },
    /// All reviews, each with the statuses of its default round.
    AllReviews {
        /// The recommendations of all reviews.
        corpus: &'a Corpus,
        /// Whether statuses of unpublished rounds are visible.
        open_rounds: bool,
    },
}

/// The recommendations that a filter selects, in the filter's order.
///
/// Of all reviews, those of the invented State are selected only if the filter chooses it, or if there are no others.
#[derive(Debug)]
pub struct RecommendationSet<'a> {
    scope: Scope<'a>,
    filter: Filter,
    /// The corpus of a single review. Made on first use: a whole review in the order of its report can be listed
    /// without one.
    of_review: OnceLock<Corpus>,
    matches: OnceLock<Arc<Matches>>,
}

/// A recommendation's position in a list.
#[derive(Clone, Copy, Debug)]
pub struct Neighbours<'a> {
    /// Its place, from 0.
    pub place: usize,
    /// The recommendation before it.
    pub previous: Option<Listed<'a>>,
    /// The recommendation after it.
    pub next: Option<Listed<'a>>,
}

impl<'a> RecommendationSet<'a> {
    /// Selects from one review. The statuses are those of the filter's round, or of the default round if the filter
    /// names none that exists.
    pub fn of_review(record: &'a ReviewRecord, filter: &Filter) -> Self {
        let (round, _) = filter.round_of(record);
        Self::of_round(record, round, filter)
    }

    /// Selects from one review with the statuses of that round, whichever the filter names.
    pub fn of_round(
        record: &'a ReviewRecord,
        round: Option<&'a RoundRecord>,
        filter: &Filter,
    ) -> Self {
        Self::new(Scope::Review { record, round }, filter)
    }

    /// Selects from all reviews.
    pub fn of_all_reviews(corpus: &'a Corpus, filter: &Filter, open_rounds: bool) -> Self {
        let scope = Scope::AllReviews {
            corpus,
            open_rounds,
        };
        Self::new(scope, filter)
    }

    fn new(scope: Scope<'a>, filter: &Filter) -> Self {
        Self {
            scope,
            filter: filter.clone(),
            of_review: OnceLock::new(),
            matches: OnceLock::new(),
        }
    }

    /// Selects from the same with another filter.
    #[must_use]
    pub fn with(&self, filter: &Filter) -> Self {
        Self::new(self.scope, filter)
    }

    /// What the filter selects from.
    pub fn scope(&self) -> Scope<'a> {
        self.scope
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The review, if the set is of one.
    pub fn record(&self) -> Option<&'a ReviewRecord> {
        match self.scope {
            Scope::Review { record, .. } => Some(record),
            Scope::AllReviews { .. } => None,
        }
    }

    /// The round whose statuses are shown, if the set is of one review that has such a round.
    pub fn round(&self) -> Option<&'a RoundRecord> {
        match self.scope {
            Scope::Review { round, .. } => round,
            Scope::AllReviews { .. } => None,
        }
    }

    /// The statuses that the recommendations can have; `None` if no round is shown.
    pub fn scale(&self) -> Option<&'a Scale> {
        match self.scope {
            Scope::Review { round, .. } => round.map(|round| &round.round.scale),
            Scope::AllReviews {
                corpus,
                open_rounds,
            } => Some(corpus.scale(open_rounds)).filter(|scale| !scale.statuses.is_empty()),
        }
    }

    /// Returns true if the status of each recommendation is known, and not only totals that were reported.
    pub fn is_itemised(&self) -> bool {
        let round = self.round();
        round.is_none_or(|round| round.round.kind == RoundKind::Itemised)
    }

    fn corpus(&self) -> &Corpus {
        match self.scope {
            Scope::Review { record, round } => self
                .of_review
                .get_or_init(|| Corpus::of_round(record, round)),
            Scope::AllReviews { corpus, .. } => corpus,
        }
    }

    /// The selected rows of the corpus.
    pub fn matches(&self) -> &Matches {
        self.matches.get_or_init(|| {
            let open_rounds = match self.scope {
                Scope::Review { .. } => true,
                Scope::AllReviews { open_rounds, .. } => open_rounds,
            };
            self.corpus().select(&self.filter, open_rounds)
        })
    }

    /// Returns true if the set is the review itself, in the order of its report.
    fn is_whole_review(&self) -> bool {
        self.record().is_some()
            && self.filter.is_everything()
            && self.filter.sort == super::Sort::default()
    }

    /// How many recommendations are selected.
    pub fn len(&self) -> usize {
        match self.record() {
            Some(record) if self.is_whole_review() => record.recommendations.len(),
            _ => self.matches().len(),
        }
    }

    /// Returns true if no recommendation is selected.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many recommendations the scope has without the filter.
    pub fn len_unfiltered(&self) -> usize {
        match self.scope {
            Scope::Review { record, .. } => record.recommendations.len(),
            Scope::AllReviews { corpus, .. } => corpus.len_unfiltered(),
        }
    }

    /// How many recommendations are selected, each counted once for each State that made it and that the filter asks
    /// for.
    pub fn len_by_state(&self) -> u64 {
        self.corpus().states_of(self.matches())
    }

    /// How many of the selected recommendations have no status in the round that is shown: they were imported after
    /// its publication. Zero over all reviews, where each review shows its default round.
    pub fn len_outside_round(&self) -> usize {
        let rows = self.in_review().into_iter().flatten();
        rows.filter(|row| row.status.is_none()).count()
    }

    /// Returns true if a selected recommendation is of a State that does not exist.
    pub fn is_fictitious(&self) -> bool {
        match self.scope {
            Scope::Review { record, .. } => record.review.code.state.is_fictitious(),
            Scope::AllReviews { corpus, .. } => corpus.is_fictitious(self.matches()),
        }
    }

    /// Returns true if the recommendations of the invented State are left out because the filter chooses no State.
    pub fn leaves_out_invented(&self) -> bool {
        match self.scope {
            Scope::Review { .. } => false,
            Scope::AllReviews { .. } => self.matches().leaves_out_invented(),
        }
    }

    /// Returns true if statuses of an unpublished round may be shown.
    pub fn shows_open_rounds(&self) -> bool {
        match self.scope {
            Scope::Review { round, .. } => round.is_some_and(|round| !round.round.is_published()),
            Scope::AllReviews { open_rounds, .. } => open_rounds,
        }
    }

    /// Returns true if a selected recommendation is shown with its status in an unpublished round.
    pub fn includes_open_rounds(&self) -> bool {
        match self.scope {
            Scope::Review { .. } => self.shows_open_rounds(),
            Scope::AllReviews { .. } => self.rounds().any(|(_, round)| !round.is_published()),
        }
    }

    /// The values of a dimension with their counts, the most frequent first, each counted as if it alone were chosen
    /// in its dimension. Includes chosen values that no recommendation has.
    pub fn facet(&self, dimension: Dimension) -> Vec<FacetValue> {
        self.corpus().facet(&self.filter, self.matches(), dimension)
    }

    /// Returns true if any recommendation of the scope has a value of a dimension, whether or not the filter selects it.
    pub fn any_has(&self, dimension: Dimension) -> bool {
        self.corpus().any_has(self.matches(), dimension)
    }

    /// Counts the selected recommendations that have a status, in total and along a dimension; `None` if no round is
    /// shown.
    pub fn breakdown(&self, along: Option<Dimension>) -> Option<Breakdown> {
        self.scale()?;
        Some(self.counts(CountBy::Status, along, self.filter.unit))
    }

    /// Counts the selected recommendations in a unit, in total and along a dimension. Along a dimension that is
    /// filtered by, the parts are the chosen values: others are selected only because they overlap with these.
    ///
    /// Totals that were reported count recommendations, whichever unit is asked for, and cannot be filtered.
    pub fn counts(
        &self,
        by: CountBy<'_>,
        along: Option<Dimension>,
        unit: CountingUnit,
    ) -> Breakdown {
        if let (Scope::Review { record, round }, CountBy::Status) = (self.scope, by)
            && let Some(round) = round
        {
            if !self.is_itemised() {
                return Breakdown::reported(&round.round.scale, &round.totals, along);
            }
            if along.is_none() && self.whole_review(unit).is_some() {
                return Breakdown::of_round(record, round);
            }
        }
        let corpus = self.corpus();
        let mut breakdown = corpus.counts_by(self.matches(), by, along, unit);
        breakdown
            .parts
            .retain(|part| self.is_part(along, part.value.as_ref()));
        breakdown
    }

    /// Counts the selected recommendations by position and outcome, in total and along a dimension, in the filter's
    /// unit. The parts are those of [`counts`](Self::counts).
    pub fn tallies(&self, along: Dimension) -> Tallies {
        let (along, unit) = (Some(along), self.filter.unit);
        let mut tallies = self.corpus().tallies(self.matches(), along, unit);
        tallies
            .parts
            .retain(|(value, _)| self.is_part(along, value.as_ref()));
        tallies
    }

    /// Counts the selected recommendations by position and outcome, in the filter's unit.
    pub fn total(&self) -> Tally {
        self.total_in(self.filter.unit)
    }

    /// Counts the selected recommendations by position and outcome.
    pub fn total_in(&self, unit: CountingUnit) -> Tally {
        self.corpus().tallies(self.matches(), None, unit).total
    }

    /// What the State answered to those of the selected recommendations that the round shown is about, or to all
    /// selected ones if no itemised round is shown; in the filter's unit.
    pub fn answers(&self) -> Answers {
        let in_round = self.round().is_some() && self.is_itemised();
        if let Some(rows) = self.whole_review(self.filter.unit) {
            let counted = rows.filter(|row| !in_round || row.status.is_some());
            return counted
                .map(|row| (row.recommendation.position(), 1))
                .collect();
        }
        if !in_round {
            return self.total().answers;
        }
        let along = Some(Dimension::Position);
        let breakdown = self.counts(CountBy::Status, along, self.filter.unit);
        breakdown.answers()
    }

    /// The sources of the positions in [`answers`](Self::answers).
    pub fn position_sources(&self) -> PositionSources {
        let Scope::Review { record, .. } = self.scope else {
            return self.corpus().position_sources(self.matches());
        };
        let in_round = self.round().is_some() && self.is_itemised();
        let rows = self.in_review().into_iter().flatten();
        let counted = rows.filter(|row| !in_round || row.status.is_some());
        let mut sources = PositionSources::default();
        for row in counted {
            if record.review.code.state.is_fictitious() {
                sources.fictitious += 1;
            } else {
                sources.add(row.recommendation.positions.last());
            }
        }
        sources
    }

    /// The rows of a whole review that are counted once each: pages that show several reviews or rounds need their
    /// sums alone, and no corpus for it.
    fn whole_review(
        &self,
        unit: CountingUnit,
    ) -> Option<impl Iterator<Item = Listed<'a>> + use<'a>> {
        let Scope::Review { record, round } = self.scope else {
            return None;
        };
        let is_whole = self.filter.is_everything() && unit == CountingUnit::Recommendations;
        is_whole.then(|| record.list(round))
    }

    fn is_part(&self, along: Option<Dimension>, value: Option<&String>) -> bool {
        let chosen = along.and_then(|along| self.filter.chosen.get(&along));
        chosen.is_none_or(|chosen| value.is_some_and(|value| chosen.contains(value)))
    }

    /// The codes of the statuses that are this outcome in their scales, sorted; `None` if there are none, or if one
    /// of them is another outcome in another scale, so that the code alone does not say it.
    pub fn statuses_of(&self, outcome: Outcome) -> Option<&[String]> {
        self.corpus().statuses_of(outcome, self.shows_open_rounds())
    }

    /// How many of the reviews of the chosen States and cycles are loaded, whatever else the filter chooses; `None` if
    /// the set is of one review.
    pub fn coverage(&self) -> Option<Coverage> {
        let Scope::AllReviews { corpus, .. } = self.scope else {
            return None;
        };
        let chosen =
            |dimension: Dimension| self.filter.chosen.get(&dimension).into_iter().flatten();
        let states: Vec<StateCode> = chosen(Dimension::State)
            .filter_map(|code| StateCode::parse(code))
            .collect();
        let cycles: Vec<Cycle> = chosen(Dimension::Cycle)
            .filter_map(|number| Cycle::new(number.parse().ok()?))
            .collect();
        let parts = corpus.parts().iter().filter(|part| !part.is_empty());
        Some(Coverage::of(
            parts.map(|part| part.review.code),
            &states,
            &cycles,
        ))
    }

    /// The reviews of the selected recommendations, by State and cycle.
    pub fn reviews(&self) -> impl Iterator<Item = &Review> {
        self.corpus().reviews(self.matches())
    }

    /// The rounds whose statuses the selected recommendations have, by State and cycle.
    pub fn rounds(&self) -> impl Iterator<Item = (&Review, &Round)> {
        self.corpus().rounds(self.matches())
    }

    /// The number of the last event that the figures take in, as a visitor may know it.
    pub fn revision(&self) -> i64 {
        match self.scope {
            Scope::Review { record, .. } => record.revision,
            Scope::AllReviews {
                corpus,
                open_rounds: true,
            } => corpus.revision,
            Scope::AllReviews { corpus, .. } => corpus.public.number,
        }
    }

    /// Spelling suggestions for searched words that occur nowhere in the scope: each word with its replacement.
    pub fn suggestions(&self) -> Vec<(String, String)> {
        match &self.filter.search {
            Some(search) => self.corpus().suggestions(search),
            None => Vec::new(),
        }
    }

    /// How many pages the list has; at least one.
    pub fn pages(&self) -> usize {
        self.len().div_ceil(self.filter.per_page.max(1)).max(1)
    }

    /// Moves the filter to the last page if it asks for a later one. Returns true if it did.
    pub fn clamp_page(&mut self) -> bool {
        let pages = self.pages();
        let is_past_end = self.filter.page > pages;
        self.filter.page = self.filter.page.min(pages);
        is_past_end
    }

    /// The places of the rows of the filter's page.
    pub fn page_range(&self) -> Range<usize> {
        let start = (self.filter.page - 1) * self.filter.per_page;
        start..(start + self.filter.per_page).min(self.len())
    }

    /// The rows of the filter's page.
    pub fn page(&self) -> Vec<Row<'_>> {
        self.rows(self.page_range())
    }

    /// Some of the rows, in order. Rows of one review have the assessment of the round that is shown.
    pub fn rows(&self, range: Range<usize>) -> Vec<Row<'_>> {
        let mut rows = self.corpus().rows(self.matches(), range.clone());
        if let Some(listed) = self.in_review() {
            for (row, listed) in rows.iter_mut().zip(listed.into_iter().skip(range.start)) {
                row.recommendation = listed.recommendation.clone();
                row.assessment = listed.assessment.cloned();
            }
        }
        rows
    }

    /// All rows of one review, in the filter's order; `None` over all reviews.
    pub fn in_review(&self) -> Option<Vec<Listed<'a>>> {
        self.listed(self.is_whole_review(), || {
            self.corpus().places(self.matches())
        })
    }

    /// All rows of one review, in the order of its report whatever the filter's is; `None` over all reviews.
    pub fn in_report_order(&self) -> Option<Vec<Listed<'a>>> {
        self.listed(self.filter.is_everything(), || {
            self.corpus().places_in_order(self.matches())
        })
    }

    /// The rows of one review at those places, or all.
    fn listed<'p, P: Iterator<Item = (&'p CorpusPart, usize)>>(
        &self,
        is_all: bool,
        places: impl FnOnce() -> P,
    ) -> Option<Vec<Listed<'a>>> {
        let Scope::Review { record, round } = self.scope else {
            return None;
        };
        let rows: Vec<Listed<'a>> = record.list(round).collect();
        if is_all {
            return Some(rows);
        }
        let selected = places().filter_map(|(_, place)| rows.get(place).copied());
        Some(selected.collect())
    }

    /// The numbers of all selected recommendations of one review; empty over all reviews.
    pub fn ids_in_review(&self) -> HashSet<i64> {
        let rows = self.in_review().into_iter().flatten();
        rows.map(|row| row.recommendation.id).collect()
    }

    /// Where a recommendation of the review stands in this list; `None` if the filter does not select it, or over all
    /// reviews.
    pub fn neighbours(&self, recommendation: i64) -> Option<Neighbours<'a>> {
        let rows = self.in_review()?;
        let place = rows
            .iter()
            .position(|row| row.recommendation.id == recommendation)?;
        let at = |place: usize| rows.get(place).copied();
        Some(Neighbours {
            place,
            previous: place.checked_sub(1).and_then(at),
            next: at(place + 1),
        })
    }
}
