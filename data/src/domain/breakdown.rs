//! The one count behind every figure: statuses, in total and along one dimension.
//!
//! A breakdown is made from itemised assessments or from reported totals, and its sentence, chart,
//! table and export all read the same value. It always satisfies
//! received = assessed + not assessed, and percentages are of the assessed.

use super::{
    Answers, Dimension, PositionClass, ReportedTotal, ReviewRecord, RoundKind, RoundRecord, Scale,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountingUnit {
    /// Each recommendation once, however many States made it.
    #[default]
    Recommendations,
    /// Each recommending State's recommendation once, as UPR Info counts. Where a filter asks for
    /// States or groups, only theirs.
    RecommendingStates,
}

impl CountingUnit {
    /// Both units.
    pub const ALL: [Self; 2] = [Self::Recommendations, Self::RecommendingStates];

    /// The code in addresses and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Recommendations => "recommendations",
            Self::RecommendingStates => "recommending-states",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }

    /// Whether what is counted once can be in several parts along a dimension.
    pub fn overlaps_along(self, dimension: Dimension) -> bool {
        // Counted by recommending State, each State's share is in exactly one part.
        let along_states = matches!(
            dimension,
            Dimension::RecommendingState | Dimension::RegionalGroup
        );
        dimension.overlaps() && !(along_states && self == Self::RecommendingStates)
    }

    /// What a recommendation of so many States counts, of which so many are asked for. One whose
    /// source names no State counts once.
    pub fn weight(self, states: usize, asked: usize) -> u64 {
        match self {
            Self::RecommendingStates if states > 0 => u64::try_from(asked).unwrap_or(u64::MAX),
            _ => 1,
        }
    }
}

/// The order of a breakdown's parts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Values that have an order of their own in it, others the most received first.
    #[default]
    Own,
    /// The most received first.
    Count,
    /// The largest share of the best status first. Parts whose base is [small](Counts::is_small) come
    /// after the others, because one recommendation more or less would turn them over.
    Share,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Own, Self::Count, Self::Share];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Count => "count",
            Self::Share => "share",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.code() == code)
    }
}

/// Counts by status, in the scale's order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    by_status: Vec<u64>,
    unassessed: usize,
}

impl Counts {
    /// Below that base a per cent says more than is known: the counts stand alone.
    pub const SMALL: u64 = 10;

    /// Nothing counted yet.
    pub fn new(scale: &Scale) -> Self {
        Self {
            by_status: vec![0; scale.statuses.len()],
            unassessed: scale.unassessed(),
        }
    }

    /// Adds to the count of the status at that place in the scale.
    pub fn add(&mut self, place: usize, weight: u64) {
        if let Some(count) = self.by_status.get_mut(place) {
            *count += weight;
        }
    }

    /// Whether the base is too small for a per cent.
    pub fn is_small(&self) -> bool {
        self.assessed() < Self::SMALL
    }

    /// The counts in the scale's order.
    pub fn in_order(&self) -> &[u64] {
        &self.by_status
    }

    /// The count of the status at that place in the scale.
    pub fn of(&self, place: usize) -> u64 {
        self.by_status.get(place).copied().unwrap_or(0)
    }

    /// Everything.
    pub fn received(&self) -> u64 {
        self.by_status.iter().sum()
    }

    /// What nobody has assessed. In a scale of several scales' statuses, the last ones all mean that.
    pub fn not_assessed(&self) -> u64 {
        self.by_status.iter().skip(self.unassessed).sum()
    }

    /// The base of percentages.
    pub fn assessed(&self) -> u64 {
        self.received() - self.not_assessed()
    }

    /// The share of a status among the assessed, 0 to 1; none for an unassessed status and where
    /// nothing is assessed.
    #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
    pub fn share(&self, place: usize) -> Option<f64> {
        let base = self.assessed();
        (place < self.unassessed && base > 0).then(|| self.of(place) as f64 / base as f64)
    }
}

/// One part of a breakdown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The value of the dimension, or none for what has no value.
    pub value: Option<String>,
    /// Its counts.
    pub counts: Counts,
}

/// Counts by status, in total and along one dimension.
#[derive(Clone, PartialEq, Debug)]
pub struct Breakdown {
    /// The statuses counted.
    pub scale: Scale,
    /// What one is.
    pub unit: CountingUnit,
    /// Along what.
    pub dimension: Option<Dimension>,
    /// The parts, in [their own order](Order::Own); empty without a dimension.
    pub parts: Vec<Part>,
    /// Everything, each counted once.
    pub total: Counts,
}

/// The figures of the sentence "2 of 252 assessed recommendations implemented; 14 of 266 not
/// assessed".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Headline {
    /// In the scale's best status.
    pub implemented: u64,
    /// The base.
    pub assessed: u64,
    /// Outside the base.
    pub not_assessed: u64,
    /// All.
    pub received: u64,
}

impl Breakdown {
    /// Counts a whole round by status: each recommendation that it is about once, or the totals that it reports.
    pub fn of_round(record: &ReviewRecord, round: &RoundRecord) -> Self {
        let scale = &round.round.scale;
        if round.round.kind == RoundKind::ReportedTotals {
            return Self::reported(scale, &round.totals, None);
        }
        let mut total = Counts::new(scale);
        for (place, _) in record.counted(round).filter_map(|listed| listed.status) {
            total.add(place, 1);
        }
        Self::with_parts(scale, CountingUnit::default(), None, BTreeMap::new(), total)
    }

    /// The counts of a round of reported totals. The only dimension such a round can have is the
    /// position; asked for another, or where the source gives none, it has no parts.
    pub fn reported(scale: &Scale, totals: &[ReportedTotal], dimension: Option<Dimension>) -> Self {
        let mut total = Counts::new(scale);
        let mut parts: BTreeMap<Option<String>, Counts> = BTreeMap::new();
        for cell in totals {
            let place = scale.place(&cell.status);
            total.add(place, u64::from(cell.count));
            if let (Some(Dimension::Position), Some(position)) = (dimension, cell.position) {
                parts
                    .entry(Some(position.code().to_owned()))
                    .or_insert_with(|| Counts::new(scale))
                    .add(place, u64::from(cell.count));
            }
        }
        Self::with_parts(
            scale,
            CountingUnit::Recommendations,
            dimension,
            parts,
            total,
        )
    }

    /// A breakdown of what was counted elsewhere: in total and for each value, by place in the scale.
    pub(super) fn of_counts<'a>(
        scale: &Scale,
        unit: CountingUnit,
        dimension: Option<Dimension>,
        total: Vec<u64>,
        parts: impl Iterator<Item = (Option<String>, &'a [u64])>,
    ) -> Self {
        let counts = |by_status: Vec<u64>| Counts {
            by_status,
            ..Counts::new(scale)
        };
        let parts = parts
            .filter(|(_, by_status)| by_status.iter().any(|count| *count > 0))
            .map(|(value, by_status)| (value, counts(by_status.to_vec())))
            .collect();
        Self::with_parts(scale, unit, dimension, parts, counts(total))
    }

    fn with_parts(
        scale: &Scale,
        unit: CountingUnit,
        dimension: Option<Dimension>,
        parts: BTreeMap<Option<String>, Counts>,
        total: Counts,
    ) -> Self {
        let mut parts: Vec<Part> = parts
            .into_iter()
            .map(|(value, counts)| Part { value, counts })
            .collect();
        parts.sort_by_cached_key(|part| {
            sort_key(dimension, part.value.as_deref(), part.counts.received())
        });
        Self {
            scale: scale.clone(),
            unit,
            dimension,
            parts,
            total,
        }
    }

    /// The same with its parts in that order; what has no value stays last.
    #[must_use]
    pub fn ordered(mut self, order: Order) -> Self {
        let assessed = self.scale.unassessed();
        self.parts.sort_by(|a, b| {
            let last = a.value.is_none().cmp(&b.value.is_none());
            let most = || b.counts.received().cmp(&a.counts.received());
            match order {
                Order::Own => std::cmp::Ordering::Equal,
                Order::Count => last.then_with(most),
                Order::Share => last
                    .then(a.counts.is_small().cmp(&b.counts.is_small()))
                    .then_with(|| by_shares(&b.counts, &a.counts, assessed))
                    .then_with(most),
            }
        });
        self
    }

    /// What was answered, of a breakdown along positions.
    pub fn answers(&self) -> Answers {
        let parts = self.parts.iter().map(|part| {
            let class = part.value.as_deref().and_then(PositionClass::parse);
            let received = part.counts.received();
            (class.unwrap_or(PositionClass::Unknown), received)
        });
        parts.collect()
    }

    /// Whether any part has a value: where none has, there is nothing to break down by.
    pub fn has_values(&self) -> bool {
        self.parts.iter().any(|part| part.value.is_some())
    }

    /// Whether the parts may add up to more than the total.
    pub fn overlaps(&self) -> bool {
        self.dimension
            .is_some_and(|dimension| self.unit.overlaps_along(dimension))
    }

    /// The figures of its sentence.
    pub fn headline(&self) -> Headline {
        Headline {
            implemented: self.total.of(0),
            assessed: self.total.assessed(),
            not_assessed: self.total.not_assessed(),
            received: self.total.received(),
        }
    }
}

/// What parts are ordered by: what has no value last, values in the dimension's own order before others, the most
/// received first. A table that changes its rows' order from review to review would be hard to compare.
pub(super) fn sort_key(
    dimension: Option<Dimension>,
    value: Option<&str>,
    received: u64,
) -> impl Ord + use<> {
    let place = dimension.and_then(|dimension| dimension.place_of(value?));
    (
        value.is_none(),
        place.is_none(),
        place,
        std::cmp::Reverse(received),
        value.map(str::to_owned),
    )
}

/// Compares shares status by status, the best first. Products of whole numbers: no share is rounded.
fn by_shares(a: &Counts, b: &Counts, assessed_places: usize) -> std::cmp::Ordering {
    let (base_a, base_b) = (u128::from(a.assessed()), u128::from(b.assessed()));
    if base_a == 0 || base_b == 0 {
        // Nothing has no share: it is less than any.
        return base_a.cmp(&base_b);
    }
    (0..assessed_places)
        .map(|place| (u128::from(a.of(place)) * base_b).cmp(&(u128::from(b.of(place)) * base_a)))
        .find(|order| order.is_ne())
        .unwrap_or(std::cmp::Ordering::Equal)
}

/// What one recommendation counts.
pub(super) struct Weights {
    /// In total.
    pub(super) whole: u64,
    /// In each of its values.
    pub(super) each: u64,
    /// Whether its values are those of its recommending States one by one.
    pub(super) by_state: bool,
}

impl Weights {
    /// Of a recommendation that so many States made, of which so many are asked for. Along the States
    /// each one's share is its own.
    pub(super) fn of(
        dimension: Option<Dimension>,
        unit: CountingUnit,
        states: usize,
        asked: usize,
    ) -> Self {
        let whole = unit.weight(states, asked);
        let along_states = matches!(
            dimension,
            Some(Dimension::RecommendingState | Dimension::RegionalGroup)
        );
        let by_state = along_states && unit == CountingUnit::RecommendingStates && states > 0;
        Self {
            whole,
            each: if by_state { 1 } else { whole },
            by_state,
        }
    }
}
