//! What a summary shows, of a review or of all: the round, what the filter leaves, the unit, the order.
//! All of it is the address.

use crate::figures::{ByPosition, Figures, shown_by_default};
use crate::urls::display_options::Look;
use crate::urls::filter::{self, Beside, OF_SUMMARIES, SelectsFrom};
use crate::web::failure::Failure;
use crate::web::request::Request;
use data::domain::{
    Action, Corpus, Message, Object, RecommendationSet, ReviewRecord, RoundKind, RoundRecord,
    query_pairs,
};

/// A summary's address, read.
pub(crate) struct Shown<'a> {
    set: RecommendationSet<'a>,
    /// What the State answered, where there is no round.
    positions: Option<ByPosition>,
    /// The orders.
    pub(crate) look: Look,
    /// What could not be used of the address.
    pub(crate) faults: Vec<Message>,
}

impl<'a> Shown<'a> {
    /// Reads a query string. A round that is not there is a page that is not there.
    pub(crate) fn read(record: &'a ReviewRecord, query: &str) -> Result<Self, Failure> {
        let named = query_pairs(query)
            .into_iter()
            .find(|(name, value)| name == "round" && !value.is_empty());
        let round = match named {
            Some((_, slug)) => Some(record.round(&slug).ok_or(Failure::NotFound)?),
            None => shown_by_default(record),
        };
        let (mut filter, mut faults) = filter::read_of_summary(query, record, OF_SUMMARIES);
        let totals = |round: &RoundRecord| round.round.kind == RoundKind::ReportedTotals;
        if round.is_some_and(totals) && !filter.is_everything() {
            faults.push(Message::new("summary-totals-whole"));
            filter = filter.cleared();
        }
        let look = Look::parse(query);
        let positions = match round {
            Some(_) => None,
            None => ByPosition::of(record, look.classes),
        };
        Ok(Self {
            set: RecommendationSet::of_round(record, round, &filter),
            positions,
            look,
            faults,
        })
    }

    /// Its figures: of the round, or of what the State answered where the review has none. None where
    /// nothing has been imported either.
    pub(crate) fn figures(&self) -> Option<Figures<'_>> {
        match &self.positions {
            Some(positions) => Figures::of_positions(&self.set, positions),
            None => Figures::of_statuses(&self.set),
        }
    }
}

/// What a query string leaves of all reviews for whoever asks, and what of it could not be used. The
/// page reads `beside` of it itself.
pub(crate) fn read_set<'a>(
    query: &str,
    corpus: &'a Corpus,
    request: &Request,
    beside: Beside,
) -> (RecommendationSet<'a>, Vec<Message>) {
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let from = SelectsFrom::AllReviews(corpus.scale(open_rounds));
    let (filter, faults) = filter::read_beside(query, from, beside);
    let selection = filter.selection();
    let set = RecommendationSet::of_all_reviews(corpus, &selection, open_rounds);
    (set, faults)
}
