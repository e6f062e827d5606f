//! What a summary shows, of a review or of all: the round, what the filter leaves, the unit, the order.
//! All of it is the address.

use crate::answers::answers_of;
use crate::chart::of_everything::Everything;
use crate::failure::Failure;
use crate::figures::{Figures, Left, shown_by_default};
use crate::filter_query::{self, Beside, OF_SUMMARIES};
use crate::look::Look;
use crate::request::Request;
use data::domain::{
    Action, Corpus, CountingUnit, Message, ReviewRecord, RoundKind, RoundRecord, query_pairs,
};

/// A summary's address, read.
pub(crate) struct Shown<'a> {
    record: &'a ReviewRecord,
    round: Option<&'a RoundRecord>,
    /// What the State answered, where there is no round.
    answers: Option<RoundRecord>,
    left: Option<Left>,
    unit: CountingUnit,
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
        let (mut filter, mut faults) = filter_query::read_beside(query, record, OF_SUMMARIES);
        let totals = |round: &RoundRecord| round.round.kind == RoundKind::ReportedTotals;
        if round.is_some_and(totals) {
            faults.retain(|fault| fault.key != "filter-round-has-totals-only");
            if !filter.is_everything() {
                faults.push(Message::new("summary-totals-whole"));
                filter = filter.cleared();
            }
        }
        let answers = match round {
            Some(_) => None,
            None => answers_of(record),
        };
        let left = round.or(answers.as_ref());
        let left = left.and_then(|round| Left::of(&filter, record, round));
        Ok(Self {
            record,
            round,
            answers,
            left,
            unit: filter.unit,
            look: Look::parse(query),
            faults,
        })
    }

    /// Its figures: of the round, or of what the State answered where the review has none. None where
    /// nothing has been imported either.
    pub(crate) fn figures(&self) -> Option<Figures<'_>> {
        let round = self.round.or(self.answers.as_ref())?;
        Some(Figures::new(self.record, round, self.unit).filtered(self.left.as_ref()))
    }
}

/// What a query string leaves of all reviews for whoever asks, and what of it could not be used. The
/// page reads `beside` of it itself.
pub(crate) fn of_everything<'a>(
    query: &str,
    corpus: &'a Corpus,
    request: &Request,
    beside: Beside,
) -> (Everything<'a>, Vec<Message>) {
    let open_rounds = request.visitor.may(Action::ReadOpenRounds);
    let scale = corpus.scale(open_rounds);
    let (filter, faults) = filter_query::read_of_everything_beside(query, scale, beside);
    (Everything::new(corpus, &filter, open_rounds), faults)
}
