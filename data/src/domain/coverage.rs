//! How many of the reviews that have taken place a figure is based on.

use super::{Cycle, ReviewCode, StateCode, states};
use std::collections::BTreeSet;

/// The last cycle in which every State has been reviewed.
const LAST_COMPLETED: u8 = 3;
/// Observer States: they make recommendations and are not reviewed.
const OBSERVERS: [&str; 2] = ["PSE", "VAT"];
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
        let is_completed = |cycle: Cycle| cycle.number() <= LAST_COMPLETED;
        let reviews = states::all().flat_map(|state| {
            let cycles = Cycle::ALL.into_iter().filter(|cycle| is_completed(*cycle));
            cycles.map(move |cycle| ReviewCode { state, cycle })
        });
        let took_place = |code: &ReviewCode| {
            let first = code.cycle.number() == 1;
            let state = code.state.as_str();
            !OBSERVERS.contains(&state) && (!first || state != WITHOUT_FIRST_CYCLE)
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
