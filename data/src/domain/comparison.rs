//! Two rounds of one review beside each other: what moved from which status to which, and how far two
//! assessors agree.
//!
//! A recommendation is compared once, whatever is counted elsewhere: it has one status in each round.

use super::{
    Breakdown, Filter, Listed, RecommendationSet, ReviewRecord, RoundRecord, ScaleMapping,
};

/// A recommendation as two rounds see it.
#[derive(Clone, Copy, Debug)]
pub struct Moved<'a> {
    /// As the first round sees it.
    pub from: Listed<'a>,
    /// As the second round sees it.
    pub to: Listed<'a>,
    /// Its status' place in the first round's scale.
    pub from_place: usize,
    /// Its status' place in the second round's scale.
    pub to_place: usize,
}

/// Two itemised rounds, recommendation by recommendation.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The first round.
    pub from: &'a RoundRecord,
    /// The second round.
    pub to: &'a RoundRecord,
    /// The first round's statuses in the second's words.
    pub mapping: ScaleMapping,
    /// What both rounds are about, in paragraph order.
    pub both: Vec<Moved<'a>>,
    /// How many only the first round is about.
    pub only_from: u64,
    /// How many only the second round is about.
    pub only_to: u64,
}

/// The recommendations that both rounds are about, by what happened between them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Changes {
    /// Assessed in both rounds.
    pub assessed_in_both: u64,
    /// Of those, with another status. A status without a counterpart in the second scale counts as another one.
    pub changed: u64,
    /// Assessed only in the second round.
    pub newly_assessed: u64,
    /// Assessed only in the first round.
    pub no_longer_assessed: u64,
}

/// How far two rounds agree on what both assessed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Agreement {
    /// Assessed in both, with a counterpart in the other scale.
    pub compared: u64,
    /// Of those, with the same status.
    pub same: u64,
    /// Assessed in both, but without a counterpart.
    pub unmapped: u64,
    /// Cohen's kappa, from -1 to 1: agreement beyond what chance would give. None where nothing is
    /// compared, or where both gave everything one and the same status.
    pub kappa: Option<f64>,
}

impl<'a> Comparison<'a> {
    /// Compares what the filter leaves. A status that is filtered by is that of the second round, or
    /// of the first where the second is not about the recommendation.
    pub fn new(
        record: &'a ReviewRecord,
        from: &'a RoundRecord,
        to: &'a RoundRecord,
        filter: &Filter,
        chosen: &[(String, String)],
    ) -> Self {
        let mut comparison = Self {
            from,
            to,
            mapping: ScaleMapping::new(&from.round.scale, &to.round.scale, chosen),
            both: Vec::new(),
            only_from: 0,
            only_to: 0,
        };
        let [left_before, left_after] = [from, to]
            .map(|round| RecommendationSet::of_round(record, Some(round), filter).ids_in_review());
        for (before, after) in record.list(Some(from)).zip(record.list(Some(to))) {
            match (before.status, after.status) {
                (Some((from_place, _)), Some((to_place, _)))
                    if left_after.contains(&after.recommendation.id) =>
                {
                    comparison.both.push(Moved {
                        from: before,
                        to: after,
                        from_place,
                        to_place,
                    });
                }
                (Some(_), None) if left_before.contains(&before.recommendation.id) => {
                    comparison.only_from += 1;
                }
                (None, Some(_)) if left_after.contains(&after.recommendation.id) => {
                    comparison.only_to += 1;
                }
                _ => {}
            }
        }
        comparison
    }

    /// How many went from each status (row) to each (column), in the scales' orders.
    pub fn matrix(&self) -> Vec<Vec<u64>> {
        let columns = self.to.round.scale.statuses.len();
        let mut matrix = vec![vec![0; columns]; self.from.round.scale.statuses.len()];
        for one in &self.both {
            if let Some(cell) = matrix
                .get_mut(one.from_place)
                .and_then(|row| row.get_mut(one.to_place))
            {
                *cell += 1;
            }
        }
        matrix
    }

    /// Whether a recommendation has another status in the second round than the counterpart of its
    /// first. Without a counterpart it cannot be said to have stayed.
    pub fn has_moved(&self, one: &Moved<'_>) -> bool {
        self.mapping
            .counterpart(one.from_place)
            .is_none_or(|(place, _)| place != one.to_place)
    }

    /// The recommendations with another status, in paragraph order.
    pub fn moved(&self) -> impl Iterator<Item = &Moved<'a>> {
        self.both.iter().filter(|one| self.has_moved(one))
    }

    /// The recommendations with another status by what happened: only those that are assessed in both rounds changed
    /// their status, since "not assessed" says nothing of implementation.
    pub fn changes(&self) -> Changes {
        let (before, after) = (&self.from.round.scale, &self.to.round.scale);
        let mut changes = Changes::default();
        for one in &self.both {
            let assessed = (
                one.from_place != before.unassessed(),
                one.to_place != after.unassessed(),
            );
            match assessed {
                (true, true) => {
                    changes.assessed_in_both += 1;
                    changes.changed += u64::from(self.has_moved(one));
                }
                (false, true) => changes.newly_assessed += 1,
                (true, false) => changes.no_longer_assessed += 1,
                (false, false) => {}
            }
        }
        changes
    }

    /// How far the two agree.
    #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
    pub fn agreement(&self) -> Agreement {
        let scale = &self.to.round.scale;
        let places = scale.statuses.len();
        let (mut first, mut second) = (vec![0_u64; places], vec![0_u64; places]);
        let (mut compared, mut same, mut unmapped) = (0_u64, 0_u64, 0_u64);
        for one in &self.both {
            if one.from_place == self.from.round.scale.unassessed()
                || one.to_place == scale.unassessed()
            {
                continue;
            }
            let Some((place, _)) = self.mapping.counterpart(one.from_place) else {
                unmapped += 1;
                continue;
            };
            compared += 1;
            same += u64::from(place == one.to_place);
            for (counts, place) in [(&mut first, place), (&mut second, one.to_place)] {
                if let Some(count) = counts.get_mut(place) {
                    *count += 1;
                }
            }
        }
        let n = compared as f64;
        let observed = same as f64 / n;
        let expected: f64 = first
            .iter()
            .zip(&second)
            .map(|(a, b)| (*a as f64 / n) * (*b as f64 / n))
            .sum();
        let kappa = (observed - expected) / (1.0 - expected);
        Agreement {
            compared,
            same,
            unmapped,
            kappa: (compared > 0 && expected < 1.0 - 1e-12).then_some(kappa),
        }
    }
}

/// A status in two breakdowns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The places in the first scale that are read as it.
    pub first: Vec<usize>,
    /// Its place in the second scale; none for a status of the first without a counterpart.
    pub second: Option<usize>,
    /// Its count in the first.
    pub before: u64,
    /// Its count in the second.
    pub after: u64,
}

impl Difference {
    /// Whether the two say the same.
    pub fn is_none(&self) -> bool {
        self.before == self.after
    }
}

/// Two breakdowns status by status, from best to worst: in the second's order, and what only the first
/// has where its score or its place in the first puts it. Each column adds up to what its breakdown
/// received.
pub fn differences(
    first: &Breakdown,
    second: &Breakdown,
    mapping: &ScaleMapping,
) -> Vec<Difference> {
    let mut lines: Vec<Difference> = (0..second.scale.statuses.len())
        .map(|place| Difference {
            first: Vec::new(),
            second: Some(place),
            before: 0,
            after: second.total.of(place),
        })
        .collect();
    // Behind the line of the status before it.
    let mut behind = 0;
    for (place, status) in first.scale.statuses.iter().enumerate() {
        let count = first.total.of(place);
        let counterpart = mapping.counterpart(place).map(|(other, _)| other);
        let at =
            counterpart.and_then(|other| lines.iter().position(|line| line.second == Some(other)));
        if let Some((at, line)) = at.and_then(|at| Some((at, lines.get_mut(at)?))) {
            line.first.push(place);
            line.before += count;
            behind = at + 1;
            continue;
        }
        let better = |line: &Difference| {
            let other = line.second.and_then(|at| second.scale.statuses.get(at));
            let scores = other.and_then(|other| Some((other.score?, status.score?)));
            scores.is_some_and(|(other, own)| other > own)
        };
        // What nobody has assessed stays last.
        let last = lines.len().saturating_sub(1);
        while behind < last && lines.get(behind).is_some_and(better) {
            behind += 1;
        }
        let line = Difference {
            first: vec![place],
            second: None,
            before: count,
            after: 0,
        };
        lines.insert(behind.min(last), line);
        behind = behind.min(last) + 1;
    }
    lines
}
