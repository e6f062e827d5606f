//! Which recommendations of which reviews: the filter of a list, and the reviews that it is applied to.
//!
//! A set across reviews is written in an address like a list's filter, with `state` and `cycle` in
//! front. A round is not part of it: each review stands with its newest published itemised one.

use super::{Cycle, Filter, Listed, Message, ReviewRecord, RoundRecord, StateCode, query_pairs, states};

/// A set of recommendations across reviews.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// The States under review; empty: all that exist. The demonstration's is in only where it is named.
    pub states: Vec<StateCode>,
    /// The cycles; empty: all.
    pub cycles: Vec<Cycle>,
    /// What of each review. Round, order and page mean nothing here.
    pub filter: Filter,
}

impl Scope {
    /// Reads a query string; what cannot be read is left out, with a message each.
    pub fn parse(query: &str) -> (Self, Vec<Message>) {
        let (filter, mut faults) = Filter::parse(query);
        let mut scope = Self {
            filter: Filter {
                chosen: filter.chosen,
                search: filter.search,
                unit: filter.unit,
                ..Filter::default()
            },
            ..Self::default()
        };
        for (name, value) in query_pairs(query) {
            if value.trim().is_empty() {
                continue;
            }
            let known = match name.as_str() {
                "state" => states::named(&value).map(|state| scope.states.push(state)),
                "cycle" => value
                    .trim()
                    .parse()
                    .ok()
                    .and_then(Cycle::new)
                    .map(|cycle| scope.cycles.push(cycle)),
                _ => continue,
            };
            if known.is_none() {
                let start: String = value.chars().take(60).collect();
                faults.push(
                    Message::new("filter-unknown-value")
                        .with("parameter", name)
                        .with("value", start),
                );
            }
        }
        scope.states.sort_unstable();
        scope.states.dedup();
        scope.cycles.sort_unstable();
        scope.cycles.dedup();
        (scope, faults)
    }

    /// The query string of this scope, without `?`, always the same one.
    pub fn to_query(&self) -> String {
        let states = self.states.iter().map(|state| ("state", state.to_string()));
        let cycles = self.cycles.iter().map(|cycle| ("cycle", cycle.to_string()));
        let front: Vec<(&str, String)> = states.chain(cycles).collect();
        let front = serde_urlencoded::to_string(front).unwrap_or_default();
        let rest = self.filter.to_query();
        match (front.is_empty(), rest.is_empty()) {
            (true, _) => rest,
            (_, true) => front,
            _ => format!("{front}&{rest}"),
        }
    }

    /// Whether a review is in it.
    pub fn covers(&self, record: &ReviewRecord) -> bool {
        let code = record.review.code;
        let state = if self.states.is_empty() {
            !code.state.is_fictitious()
        } else {
            self.states.contains(&code.state)
        };
        state && (self.cycles.is_empty() || self.cycles.contains(&code.cycle))
    }

    /// The recommendations of a review that are in it, as its newest published itemised round sees
    /// them, or without a status where there is none.
    pub fn rows<'a>(&self, record: &'a ReviewRecord) -> (Option<&'a RoundRecord>, Vec<Listed<'a>>) {
        let round = record
            .default_round()
            .filter(|round| round.round.is_published());
        if !self.covers(record) {
            return (round, Vec::new());
        }
        let rows = record
            .list(round)
            .filter(|listed| self.filter.keeps(listed))
            .collect();
        (round, rows)
    }
}
