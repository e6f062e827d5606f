//! A round's recommendations as an analyst's queue: a filter, and how far the work is on each.

use super::{
    Filter, Listed, Message, RecommendationSet, ReviewRecord, RoundRecord, query_pairs, shorten,
};
use std::collections::HashSet;

/// How far the work on a recommendation is. Every recommendation is in exactly one stage for each
/// person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// Nobody has assessed it.
    Open,
    /// This person typed something that is not saved.
    Draft,
    /// Its result was carried over from an earlier round and waits to be confirmed.
    CarriedOver,
    /// It is assessed.
    Done,
}

impl Stage {
    /// Every stage, in the order of the work.
    pub const ALL: [Self; 4] = [Self::Open, Self::Draft, Self::CarriedOver, Self::Done];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Draft => "drafts",
            Self::CarriedOver => "carried-over",
            Self::Done => "done",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// The stage of a recommendation for somebody with those drafts.
    pub fn of(listed: &Listed<'_>, drafts: &HashSet<i64>) -> Self {
        if drafts.contains(&listed.recommendation.id) {
            return Self::Draft;
        }
        match listed.assessment {
            None => Self::Open,
            Some(assessment) if assessment.carried_over.is_some() => Self::CarriedOver,
            Some(_) => Self::Done,
        }
    }
}

/// What of a round is worked through, and in which order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Queue {
    /// Which recommendations. Its round is the queue's own and not in its address.
    pub filter: Filter,
    /// Only those of one stage.
    pub stage: Option<Stage>,
}

impl Queue {
    /// The name of the stage in addresses.
    pub const SHOW: &'static str = "show";

    /// A filter with the stage that a query string names beside it.
    pub fn new(filter: Filter, query: &str) -> (Self, Option<Message>) {
        let shown = query_pairs(query)
            .into_iter()
            .find(|(name, value)| name == Self::SHOW && !value.trim().is_empty());
        let (stage, fault) = match shown {
            None => (None, None),
            Some((_, value)) => {
                let stage = Stage::parse(value.trim());
                let fault = stage.is_none().then(|| {
                    Message::new("filter-unknown-value")
                        .with("parameter", Self::SHOW)
                        .with("value", shorten(&value, Message::LONGEST_VALUE))
                });
                (stage, fault)
            }
        };
        let filter = Filter {
            round: None,
            ..filter
        };
        (Self { filter, stage }, fault)
    }

    /// The query string, without `?`; empty for everything.
    pub fn to_query(&self) -> String {
        let filter = Filter {
            round: None,
            ..self.filter.clone()
        };
        let query = filter.to_query();
        match self.stage {
            None => query,
            Some(stage) if query.is_empty() => format!("{}={}", Self::SHOW, stage.code()),
            Some(stage) => format!("{query}&{}={}", Self::SHOW, stage.code()),
        }
    }

    /// The same with another stage, from the first page.
    #[must_use]
    pub fn with_stage(&self, stage: Option<Stage>) -> Self {
        Self {
            filter: self.filter.with_page(1),
            stage,
        }
    }

    /// All that the filter leaves of the round, whatever its stage, in its order.
    pub fn filtered<'a>(
        &self,
        record: &'a ReviewRecord,
        round: &'a RoundRecord,
    ) -> Vec<Listed<'a>> {
        let filter = Filter {
            round: Some(round.round.slug.clone()),
            ..self.filter.clone()
        };
        RecommendationSet::of_review(record, &filter)
            .in_review()
            .unwrap_or_default()
    }

    /// Those of [`filtered`](Self::filtered) that are of the queue's stage.
    pub fn of_stage<'a>(&self, rows: &[Listed<'a>], drafts: &HashSet<i64>) -> Vec<Listed<'a>> {
        rows.iter()
            .filter(|row| {
                self.stage
                    .is_none_or(|stage| Stage::of(row, drafts) == stage)
            })
            .copied()
            .collect()
    }

    /// What comes after a recommendation, going round to the start at the end: in a queue of one stage
    /// the next of that stage, else the next that still has work in it.
    pub fn next<'a>(
        &self,
        rows: &[Listed<'a>],
        drafts: &HashSet<i64>,
        after: Option<i64>,
    ) -> Option<Listed<'a>> {
        let here = after.and_then(|id| rows.iter().position(|row| row.recommendation.id == id));
        let (before, behind) = rows.split_at(here.unwrap_or(0));
        let wanted = |row: &&Listed<'_>| {
            let stage = Stage::of(row, drafts);
            let fits = match self.stage {
                Some(wanted) => stage == wanted,
                None => stage != Stage::Done,
            };
            fits && Some(row.recommendation.id) != after
        };
        behind.iter().chain(before).find(wanted).copied()
    }
}
