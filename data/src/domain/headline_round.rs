//! Which published round heads a review.
//!
//! The headline round is the one whose sentence stands on the page of the review, on the home page and in figures over
//! several reviews. A reviewer can choose it. Without a choice it is the newest round that covers at least as much as
//! every other: the round that assesses most recommendations; of rounds that assess equally many, one that gives each
//! recommendation a status before one of which only totals are known; of these the newest. A new round that assesses 16
//! of 266 recommendations so leaves the sentence of an earlier one alone that assesses 252.
//!
//! Superseded and withdrawn rounds are never the headline round, nor are open ones.

use super::{Breakdown, ReviewRecord, RoundCounts, RoundKind, RoundRecord};

impl RoundCounts {
    /// What a round says.
    pub fn of(record: &ReviewRecord, round: &RoundRecord) -> Self {
        let total = Breakdown::of_round(record, round).total;
        Self {
            implemented: total.of(0),
            assessed: total.assessed(),
            received: total.received(),
        }
    }
}

impl RoundRecord {
    /// How many recommendations it gives a status that counts as assessed.
    pub fn covers(&self) -> u64 {
        match self.round.kind {
            RoundKind::ReportedTotals => {
                let breakdown = Breakdown::reported(&self.round.scale, &self.totals, None);
                breakdown.total.assessed()
            }
            // Its assessments may not have been read.
            RoundKind::Itemised if self.round.is_published() => self.round.publication.covers,
            RoundKind::Itemised => self.assessed() as u64,
        }
    }

    fn is_itemised(&self) -> bool {
        self.round.kind == RoundKind::Itemised
    }
}

impl ReviewRecord {
    /// The round that heads the review; `None` if it has no published round that counts.
    pub fn headline_round(&self) -> Option<&RoundRecord> {
        headline(self.rounds.iter().filter(|one| one.round.is_current()))
    }

    /// The round that a list shows when none is named: the headline round, or by the same rule one that gives each
    /// recommendation a status, else the newest open one.
    pub fn default_round(&self) -> Option<&RoundRecord> {
        let itemised = || self.rounds.iter().filter(|one| one.is_itemised());
        headline(itemised().filter(|one| one.round.is_current()))
            .or_else(|| itemised().find(|one| !one.round.is_published()))
    }

    /// The round that heads the review as soon as one is withdrawn.
    pub fn headline_without(&self, slug: &str) -> Option<&RoundRecord> {
        let others = self.rounds.iter().filter(|one| one.round.slug != slug);
        headline(others.filter(|one| one.round.is_current()))
    }

    /// The round that heads the review as soon as an open one is published. A correction takes the place of the round
    /// that it corrects, and a reviewer's choice of that round with it.
    pub fn headline_after_publishing<'a>(
        &'a self,
        open: &'a RoundRecord,
    ) -> Option<&'a RoundRecord> {
        let corrects = open.round.supersedes.as_deref();
        let is_corrected = |one: &RoundRecord| Some(one.round.slug.as_str()) == corrects;
        let is_chosen = |one: &RoundRecord| one.round.publication.headline_reason.is_some();
        if self
            .rounds
            .iter()
            .any(|one| is_corrected(one) && is_chosen(one))
        {
            return Some(open);
        }
        headline(self.rounds.iter().filter(|one| {
            one.round.id == open.round.id || one.round.is_current() && !is_corrected(one)
        }))
    }
}

/// The headline round of these, the newest first.
fn headline<'a>(rounds: impl Iterator<Item = &'a RoundRecord>) -> Option<&'a RoundRecord> {
    let mut best: Option<(&RoundRecord, (u64, bool))> = None;
    for round in rounds {
        if round.round.publication.headline_reason.is_some() {
            return Some(round);
        }
        let rank = (round.covers(), round.is_itemised());
        if best.is_none_or(|(_, most)| rank > most) {
            best = Some((round, rank));
        }
    }
    best.map(|(round, _)| round)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Cycle, PublicHistory, Publication, Review, ReviewCode, Round, Scale, StateCode, Superseded,
    };
    use std::collections::HashMap;

    fn round(id: i64, kind: RoundKind, covers: u64) -> RoundRecord {
        let scale = Scale::built_in().remove(0);
        let best = scale.statuses.first().map(|status| status.code.clone());
        let totals = match (kind, best) {
            (RoundKind::ReportedTotals, Some(status)) => vec![crate::domain::ReportedTotal {
                position: None,
                status,
                count: u32::try_from(covers).unwrap_or_default(),
                citation: String::new(),
                derived: false,
            }],
            _ => Vec::new(),
        };
        RoundRecord {
            round: Round {
                id,
                slug: format!("r{id}"),
                organisation: "We".to_owned(),
                title: "Ours".to_owned(),
                as_of: None,
                scale,
                kind,
                method: None,
                supersedes: None,
                published_at: Some(id),
                content_hash: None,
                assessors: Vec::new(),
                redactions: Vec::new(),
                publication: Publication {
                    covers,
                    ..Publication::default()
                },
            },
            assessments: HashMap::new(),
            totals,
            frozen: HashMap::new(),
        }
    }

    /// A review with these rounds, the newest first.
    fn record(rounds: Vec<RoundRecord>) -> Option<ReviewRecord> {
        Some(ReviewRecord {
            review: Review {
                id: 1,
                code: ReviewCode {
                    state: StateCode::parse("BLR")?,
                    cycle: Cycle::new(3)?,
                },
                session: None,
                date: None,
                report_symbol: None,
                addendum_symbol: None,
            },
            recommendations: Vec::new(),
            rounds,
            former: Vec::new(),
            evidence: Vec::new(),
            links: Vec::new(),
            revision: 1,
            changed_at: 0,
            public: PublicHistory::default(),
        })
    }

    fn heads(rounds: Vec<RoundRecord>) -> Option<String> {
        let record = record(rounds)?;
        record.headline_round().map(|one| one.round.slug.clone())
    }

    #[test]
    fn the_newest_round_that_covers_at_least_as_much_heads_a_review() {
        use RoundKind::{Itemised, ReportedTotals};
        let slug = |slug: &str| Some(slug.to_owned());
        assert_eq!(heads(Vec::new()), None);
        // Newer and smaller; newer and equal; newer and larger.
        let two = |newer, older| vec![round(2, Itemised, newer), round(1, Itemised, older)];
        assert_eq!(heads(two(16, 252)), slug("r1"));
        assert_eq!(heads(two(252, 252)), slug("r2"));
        assert_eq!(heads(two(253, 252)), slug("r2"));
        // Totals count as well; of equals the one with statuses.
        let totals = |itemised| vec![round(2, Itemised, itemised), round(1, ReportedTotals, 252)];
        assert_eq!(heads(totals(16)), slug("r1"));
        assert_eq!(heads(totals(252)), slug("r2"));
        let mut newer_totals = totals(252);
        newer_totals.reverse();
        assert_eq!(heads(newer_totals), slug("r2"));
        // Lists need statuses.
        let record = record(totals(16)).expect("a review");
        assert_eq!(record.default_round().map(|one| one.round.id), Some(2));
    }

    #[test]
    fn a_choice_comes_first_and_what_counts_no_more_never() {
        let mut chosen = vec![
            round(3, RoundKind::Itemised, 252),
            round(2, RoundKind::Itemised, 1),
        ];
        chosen[1].round.publication.headline_reason = Some("The State's own".to_owned());
        assert_eq!(heads(chosen.clone()), Some("r2".to_owned()));
        chosen[1].round.publication.superseded = Some(Superseded {
            by: "r4".to_owned(),
            correction: 1,
            at: 4,
            reason: "A slip".to_owned(),
        });
        assert_eq!(heads(chosen), Some("r3".to_owned()));
        let mut open = vec![
            round(3, RoundKind::Itemised, 252),
            round(2, RoundKind::Itemised, 1),
        ];
        open[0].round.published_at = None;
        assert_eq!(heads(open.clone()), Some("r2".to_owned()));
        let record = record(open).expect("a review");
        assert_eq!(record.default_round().map(|one| one.round.id), Some(2));
        // Nothing is assessed in the open one: publishing it leaves the headline alone.
        let after = record.headline_after_publishing(&record.rounds[0]);
        assert_eq!(after.map(|one| one.round.id), Some(2));
    }

    #[test]
    fn a_correction_takes_the_place_and_the_choice_of_what_it_corrects() {
        let mut rounds = vec![
            round(3, RoundKind::Itemised, 0),
            round(2, RoundKind::Itemised, 252),
            round(1, RoundKind::Itemised, 7),
        ];
        rounds[0].round.published_at = None;
        rounds[0].round.supersedes = Some("r2".to_owned());
        let after = |rounds: &[RoundRecord]| {
            let record = record(rounds.to_vec())?;
            let after = record.headline_after_publishing(&record.rounds[0]);
            after.map(|one| one.round.id)
        };
        assert_eq!(after(&rounds), Some(1));
        rounds[1].round.publication.headline_reason = Some("Ours".to_owned());
        assert_eq!(after(&rounds), Some(3));
    }
}
