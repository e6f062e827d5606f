//! A review with everything that is counted, listed or exported of it, in memory.
//!
//! Pages, exports and the command line all read from this one shape: it is loaded with a handful of
//! queries, and whatever is filtered or counted afterwards is plain code that runs the same on every
//! database.

use super::{
    Assessment, Breakdown, CountedAs, Evidence, EvidenceRecord, Link, PublicHistory,
    Recommendation, ReportedTotal, Review, ReviewCode, Round, Status,
};
use std::collections::HashMap;

/// A round with its content.
#[derive(Clone, PartialEq, Debug)]
pub struct RoundRecord {
    /// The round.
    pub round: Round,
    /// The assessments by the recommendation's row; empty for reported totals.
    pub assessments: HashMap<i64, Assessment>,
    /// The published counts; empty for an itemised round.
    pub totals: Vec<ReportedTotal>,
    /// For a published round: the recommendations that are known differently since, by their row.
    pub frozen: HashMap<i64, Frozen>,
}

/// A recommendation of a published round that has changed since.
#[derive(Clone, PartialEq, Debug)]
pub struct Frozen {
    /// As the round counted it.
    pub counted: CountedAs,
    /// The same as a list shows it in that round.
    pub recommendation: Recommendation,
}

impl RoundRecord {
    /// How many results were carried over from an earlier round and wait to be confirmed.
    pub fn unconfirmed(&self) -> usize {
        let assessments = self.assessments.values();
        assessments.filter(|one| one.carried_over.is_some()).count()
    }

    /// How many recommendations somebody has assessed in this round, or confirmed: the work that is
    /// done.
    pub fn done(&self) -> usize {
        self.assessments.len() - self.unconfirmed()
    }

    /// How many recommendations have a status that counts as assessed: those that are done, but for the ones saved
    /// as not assessed.
    pub fn assessed(&self) -> usize {
        let unassessed = self.round.scale.unassessed();
        let assessments = self.assessments.values();
        let counts = |one: &&Assessment| {
            one.carried_over.is_none() && self.round.scale.place(&one.status) != unassessed
        };
        assessments.filter(counts).count()
    }

    /// The recommendation as this round sees it. Publishing writes down what nobody assessed, so what
    /// a published round says nothing of came in afterwards: it has no status there, or a frozen
    /// figure would change; and what it counts of a recommendation is what was known then.
    pub fn view<'a>(
        &'a self,
        review: ReviewCode,
        recommendation: &'a Recommendation,
    ) -> Listed<'a> {
        let assessment = self.assessments.get(&recommendation.id);
        let scale = &self.round.scale;
        let place = match assessment {
            Some(assessment) => Some(scale.place(&assessment.status)),
            None if self.round.is_published() => None,
            None => Some(scale.unassessed()),
        };
        let frozen = self.frozen.get(&recommendation.id);
        Listed {
            review,
            recommendation: frozen.map_or(recommendation, |frozen| &frozen.recommendation),
            assessment,
            status: place.and_then(|place| Some((place, scale.statuses.get(place)?))),
        }
    }
}

/// A recommendation beside what one round says about it.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// The review that it is of.
    pub review: ReviewCode,
    /// The recommendation.
    pub recommendation: &'a Recommendation,
    /// Its assessment in the chosen round, if any.
    pub assessment: Option<&'a Assessment>,
    /// Its status and the status' place in the scale; none where no round is chosen, and where the
    /// round was published before the recommendation came in.
    pub status: Option<(usize, &'a Status)>,
}

/// A review with its recommendations in paragraph order and its rounds.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewRecord {
    /// The review.
    pub review: Review,
    /// Its recommendations, in paragraph order.
    pub recommendations: Vec<Recommendation>,
    /// Its rounds that are open or count, the newest as-of date first.
    pub rounds: Vec<RoundRecord>,
    /// Its rounds that were published and count no more, because they were superseded or withdrawn, in the same order.
    /// They are apart so that no list, chart or total takes them in by oversight.
    pub former: Vec<RoundRecord>,
    /// The evidence of its assessments, by number.
    pub evidence: Vec<EvidenceRecord>,
    /// What its recommendations repeat of earlier cycles, or do not.
    pub links: Vec<Link>,
    /// The number of the last event that concerns this review.
    pub revision: i64,
    /// When that event happened. Milliseconds since 1970, UTC.
    pub changed_at: i64,
    /// What of its history is public.
    pub public: PublicHistory,
}

impl ReviewRecord {
    /// The round of that slug, unless it was withdrawn: that one has no content to show.
    pub fn round(&self, slug: &str) -> Option<&RoundRecord> {
        self.any_round(slug)
            .filter(|record| !record.round.is_withdrawn())
    }

    /// The round of that slug, even if it was withdrawn.
    pub fn any_round(&self, slug: &str) -> Option<&RoundRecord> {
        self.all_rounds().find(|record| record.round.slug == slug)
    }

    /// Every round: those that are open or count, then those that count no more.
    pub fn all_rounds(&self) -> impl Iterator<Item = &RoundRecord> {
        self.rounds.iter().chain(&self.former)
    }

    /// The same, to be changed.
    pub fn all_rounds_mut(&mut self) -> impl Iterator<Item = &mut RoundRecord> {
        self.rounds.iter_mut().chain(&mut self.former)
    }

    /// The open correction of a published round.
    pub fn open_correction_of(&self, slug: &str) -> Option<&RoundRecord> {
        self.rounds.iter().find(|record| {
            !record.round.is_published() && record.round.supersedes.as_deref() == Some(slug)
        })
    }

    /// The largest number of recommendations received that the totals of a round report; 0 without such totals.
    pub fn reported_received(&self) -> u64 {
        let received = |round: &RoundRecord| {
            Breakdown::reported(&round.round.scale, &round.totals, None)
                .total
                .received()
        };
        let reported = self.rounds.iter().filter(|round| !round.totals.is_empty());
        reported.map(received).max().unwrap_or_default()
    }

    /// Every recommendation as one round, or none, sees it; in paragraph order.
    pub fn list<'a>(
        &'a self,
        round: Option<&'a RoundRecord>,
    ) -> impl Iterator<Item = Listed<'a>> + 'a {
        let review = self.review.code;
        self.recommendations
            .iter()
            .map(move |recommendation| match round {
                Some(record) => record.view(review, recommendation),
                None => Listed {
                    review,
                    recommendation,
                    assessment: None,
                    status: None,
                },
            })
    }

    /// The recommendations that an itemised round is about, as it sees them: what its figures count.
    /// A list may show the others too, without a status.
    pub fn counted<'a>(&'a self, round: &'a RoundRecord) -> impl Iterator<Item = Listed<'a>> + 'a {
        self.list(Some(round))
            .filter(|listed| listed.status.is_some())
    }

    /// The number of a piece of evidence that an assessment cites.
    pub fn number_of(&self, evidence: &Evidence) -> Option<i64> {
        self.evidence
            .iter()
            .find(|record| record.evidence == *evidence)
            .map(|record| record.number)
    }

    /// Where a piece of evidence is cited: the rounds, newest first and those that count no more at the end, each with
    /// the recommendations in paragraph order.
    pub fn cited_in<'a>(
        &'a self,
        evidence: &Evidence,
    ) -> Vec<(&'a RoundRecord, Vec<&'a Recommendation>)> {
        let cites = |round: &RoundRecord, one: &Recommendation| {
            let assessment = round.assessments.get(&one.id);
            assessment.is_some_and(|assessment| assessment.evidence.contains(evidence))
        };
        let mut cited = Vec::new();
        for round in self.all_rounds() {
            let here: Vec<_> = self
                .recommendations
                .iter()
                .filter(|one| cites(round, one))
                .collect();
            if !here.is_empty() {
                cited.push((round, here));
            }
        }
        cited
    }
}
