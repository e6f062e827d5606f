//! How many of the reviews that have taken place a figure is based on.

use super::unnumbered::source_of;
use super::{Cycle, ReviewCode, ReviewRecord, StateCode, states};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The last cycle in which every State has been reviewed.
pub const LAST_COMPLETED_CYCLE: u8 = 3;
/// South Sudan joined the United Nations in July 2011, after the first cycle's last reviews were scheduled.
const WITHOUT_FIRST_CYCLE: &str = "SSD";

/// How many of the reviews that have taken place are loaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// Reviews of completed cycles whose recommendations are loaded.
    pub loaded: usize,
    /// Reviews that took place in those cycles.
    pub held: usize,
    /// Loaded reviews of the cycle that is under way, in which not every State has been reviewed.
    pub under_way: usize,
}

impl Coverage {
    /// Compares the loaded reviews with those that took place: of these States and cycles, or of all if a list is
    /// empty. The fictitious State counts nowhere.
    pub fn of(
        loaded: impl Iterator<Item = ReviewCode>,
        of_states: &[StateCode],
        of_cycles: &[Cycle],
    ) -> Self {
        let includes = |code: &ReviewCode| {
            let state = of_states.is_empty() || of_states.contains(&code.state);
            let cycle = of_cycles.is_empty() || of_cycles.contains(&code.cycle);
            state && cycle && !code.state.is_fictitious()
        };
        let loaded: BTreeSet<ReviewCode> = loaded.filter(includes).collect();
        let is_completed = |cycle: Cycle| cycle.number() <= LAST_COMPLETED_CYCLE;
        let reviews = states::all().flat_map(|state| {
            let cycles = Cycle::ALL.into_iter().filter(|cycle| is_completed(*cycle));
            cycles.map(move |cycle| ReviewCode { state, cycle })
        });
        let took_place = |code: &ReviewCode| {
            let first = code.cycle.number() == 1;
            !code.state.is_observer() && (!first || code.state.as_str() != WITHOUT_FIRST_CYCLE)
        };
        Self {
            held: reviews
                .filter(|code| includes(code) && took_place(code))
                .count(),
            loaded: loaded
                .iter()
                .filter(|code| is_completed(code.cycle))
                .count(),
            under_way: loaded
                .iter()
                .filter(|code| !is_completed(code.cycle))
                .count(),
        }
    }
}

/// How many recommendations of one review are loaded, beside what else tells how many there are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReviewCoverage {
    /// Recommendations that are loaded.
    pub loaded: u64,
    /// Those of them that have a number of the report.
    pub numbered: u64,
    /// Recommendations that were received by the totals of its rounds; 0 if none reports totals.
    pub reported: u64,
    /// The report that numbers them, if its symbol is known.
    pub report: Option<Arc<str>>,
    /// The sources of those without a number, each once; an unknown source is left out.
    pub unnumbered_sources: Vec<Arc<str>>,
}

impl ReviewCoverage {
    /// Counts the recommendations of a record.
    pub fn of(record: &ReviewRecord) -> Self {
        let all = &record.recommendations;
        let unnumbered = || all.iter().filter(|one| !one.paragraph.is_number());
        let sources: BTreeSet<Arc<str>> = unnumbered()
            .filter_map(|one| source_of(&one.positions))
            .collect();
        Self {
            loaded: all.len() as u64,
            numbered: (all.len() - unnumbered().count()) as u64,
            reported: record.reported_received(),
            report: record.review.report_symbol.as_deref().map(Arc::from),
            unnumbered_sources: sources.into_iter().collect(),
        }
    }

    /// Returns true if some but not all of the recommendations that totals report are loaded.
    pub fn is_part(&self) -> bool {
        0 < self.loaded && self.loaded < self.reported
    }

    /// Returns true if more recommendations are loaded than totals report.
    pub fn is_surplus(&self) -> bool {
        0 < self.reported && self.reported < self.loaded
    }

    /// The number of recommendations that have no number although others of the review have one. They may be the same
    /// as numbered ones, told by another source in other words. 0 if none of the review is numbered.
    pub fn unmatched(&self) -> u64 {
        if self.numbered == 0 {
            return 0;
        }
        self.loaded - self.numbered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage(loaded: &[&str], of_states: &[&str], of_cycles: &[u8]) -> [usize; 3] {
        let loaded = loaded.iter().map(|code| ReviewCode::parse(code).unwrap());
        let of_states: Vec<_> = of_states
            .iter()
            .map(|code| StateCode::parse(code).unwrap())
            .collect();
        let of_cycles: Vec<_> = of_cycles
            .iter()
            .map(|number| Cycle::new(*number).unwrap())
            .collect();
        let coverage = Coverage::of(loaded, &of_states, &of_cycles);
        [coverage.loaded, coverage.held, coverage.under_way]
    }

    #[test]
    fn recommendations_of_a_review_are_compared_with_totals_and_numbers() {
        let of = |loaded, numbered, reported| ReviewCoverage {
            loaded,
            numbered,
            reported,
            ..ReviewCoverage::default()
        };
        // Some of what totals count, all of it, more of it; and without totals.
        for (loaded, is_part, is_surplus) in [
            (0, false, false),
            (3, true, false),
            (5, false, false),
            (6, false, true),
        ] {
            let coverage = of(loaded, loaded, 5);
            assert_eq!(coverage.is_part(), is_part, "{loaded}");
            assert_eq!(coverage.is_surplus(), is_surplus, "{loaded}");
            assert!(!of(loaded, loaded, 0).is_part() && !of(loaded, loaded, 0).is_surplus());
        }
        assert_eq!(of(96, 93, 0).unmatched(), 3);
        assert_eq!(of(93, 93, 0).unmatched(), 0);
        // A source that numbers nothing leaves nothing unmatched.
        assert_eq!(of(96, 0, 0).unmatched(), 0);
    }

    #[test]
    fn loaded_reviews_are_compared_with_those_that_took_place() {
        let loaded = ["BLR-1", "NOR-3", "NOR-4", "XXA-3"];
        // 192 States in the first cycle, 193 in each of the next two.
        assert_eq!(coverage(&loaded, &[], &[]), [2, 578, 1]);
        assert_eq!(coverage(&loaded, &["BLR"], &[]), [1, 3, 0]);
        assert_eq!(coverage(&loaded, &["BLR", "NOR"], &[3, 4]), [1, 2, 1]);
        assert_eq!(coverage(&loaded, &["SSD"], &[]), [0, 2, 0]);
        assert_eq!(coverage(&loaded, &["PSE"], &[]), [0, 0, 0]);
        assert_eq!(coverage(&loaded, &[], &[4]), [0, 0, 1]);
        assert_eq!(coverage(&loaded, &["XXA"], &[]), [0, 0, 0]);
    }
}
