//! A round's figures, and the list that each of them leads to.

use crate::chart::lists::narrow;
use crate::filter_words::Counted;
use crate::{address, t};
use data::domain::{
    Breakdown, CountingUnit, Counts, Dimension, Filter, Listed, PositionClass, ReviewRecord, Round,
    RoundKind, RoundRecord,
};
use std::collections::HashSet;

/// A round of a review, or what a filter leaves of it, counted in one unit.
#[derive(Clone, Copy)]
pub(crate) struct Figures<'a> {
    /// The review.
    pub(crate) record: &'a ReviewRecord,
    /// The round.
    pub(crate) round: &'a RoundRecord,
    /// What is counted.
    pub(crate) unit: CountingUnit,
    /// What of it; none: everything.
    pub(crate) left: Option<&'a Left>,
}

/// What a filter leaves of a round.
pub(crate) struct Left {
    /// The filter.
    pub(crate) filter: Filter,
    kept: HashSet<i64>,
}

impl Left {
    /// What the filter leaves, as the round sees it. Reported totals cannot be filtered, and what leaves
    /// everything is no filter.
    pub(crate) fn of(filter: &Filter, record: &ReviewRecord, round: &RoundRecord) -> Option<Self> {
        let filters = round.round.kind == RoundKind::Itemised && !filter.is_everything();
        filters.then(|| Self {
            kept: filter.kept(record, Some(round)),
            filter: filter.clone(),
        })
    }
}

/// Which statuses a figure counts.
#[derive(Clone, Copy)]
pub(crate) enum Statuses<'a> {
    /// All: what was received.
    Any,
    /// Those that count as assessed: the base.
    Assessed,
    /// The one at that place in the scale.
    One(usize),
    /// Those at these places.
    Among(&'a [usize]),
}

impl<'a> Figures<'a> {
    /// Reported totals count recommendations, whatever was asked for.
    pub(crate) fn new(
        record: &'a ReviewRecord,
        round: &'a RoundRecord,
        unit: CountingUnit,
    ) -> Self {
        let unit = match round.round.kind {
            RoundKind::Itemised => unit,
            RoundKind::ReportedTotals => CountingUnit::Recommendations,
        };
        Self {
            record,
            round,
            unit,
            left: None,
        }
    }

    /// What a filter leaves of it.
    pub(crate) fn filtered(self, left: Option<&'a Left>) -> Self {
        Self { left, ..self }
    }

    /// Whether each recommendation's status is known.
    pub(crate) fn is_itemised(&self) -> bool {
        self.round.round.kind == RoundKind::Itemised
    }

    /// Whether it is of what the State answered, and of no round.
    pub(crate) fn is_of_answers(&self) -> bool {
        self.round.round.slug.is_empty()
    }

    /// The round; none where it is of what the State answered.
    pub(crate) fn assessed_in(&self) -> Option<&'a Round> {
        (!self.is_of_answers()).then_some(&self.round.round)
    }

    /// What its statuses are in lists.
    pub(crate) fn told_apart_by(&self) -> Dimension {
        if self.is_of_answers() {
            Dimension::Position
        } else {
            Dimension::Status
        }
    }

    fn keeps(&self, listed: &Listed<'_>) -> bool {
        self.left
            .is_none_or(|left| left.kept.contains(&listed.recommendation.id))
    }

    /// The recommendations that the round is about and the filter leaves, in paragraph order. What is
    /// imported after a round was published is outside it, or a frozen figure would change.
    pub(crate) fn listed(&self) -> impl Iterator<Item = Listed<'a>> + use<'a> {
        let this = *self;
        self.record
            .counted(self.round)
            .filter(move |listed| this.keeps(listed))
    }

    /// How many recommendations that are, and how many in the unit that is counted.
    pub(crate) fn counted(&self) -> Counted {
        let in_unit = self.breakdown(None).total.received();
        Counted {
            recommendations: if self.is_itemised() {
                self.listed().count() as u64
            } else {
                in_unit
            },
            in_unit,
        }
    }

    /// How many recommendations of the review, of those that the filter leaves, the round is not about.
    pub(crate) fn outside(&self) -> usize {
        if !self.is_itemised() {
            return 0;
        }
        self.record
            .list(Some(self.round))
            .filter(|listed| listed.status.is_none() && self.keeps(listed))
            .count()
    }

    /// The counts, in total and along a dimension. Where values of that dimension are filtered by,
    /// these are its parts: others are in the set only because they overlap with them.
    pub(crate) fn breakdown(&self, dimension: Option<Dimension>) -> Breakdown {
        let scale = &self.round.round.scale;
        if !self.is_itemised() {
            return Breakdown::reported(scale, &self.round.totals, dimension);
        }
        let everything = Filter::default();
        let filter = self.left.map_or(&everything, |left| &left.filter);
        let listed = self.listed();
        let mut breakdown = Breakdown::count_left(filter, scale, listed, dimension, self.unit);
        let chosen = dimension.and_then(|dimension| self.left?.filter.chosen.get(&dimension));
        if let Some(chosen) = chosen {
            let among = |value: &Option<String>| value.as_ref().is_some_and(|v| chosen.contains(v));
            breakdown.parts.retain(|part| among(&part.value));
        }
        breakdown
    }

    /// The places of the statuses whose number, of one value of a dimension, was not published as such
    /// but follows from numbers that were.
    pub(crate) fn derived(&self, dimension: Dimension, value: Option<&str>) -> Vec<usize> {
        let position = value.and_then(PositionClass::parse);
        if dimension != Dimension::Position || position.is_none() {
            return Vec::new();
        }
        let totals = self.round.totals.iter();
        let derived = totals.filter(|total| total.derived && total.position == position);
        derived
            .map(|total| self.round.round.scale.place(&total.status))
            .collect()
    }

    /// The filter of the list of everything that is counted.
    pub(crate) fn list_filter(&self) -> Filter {
        let round = (!self.is_of_answers()).then_some(self.round);
        let whole = list_filter(self.record, round, self.unit);
        match self.left {
            Some(Left { filter, .. }) => Filter {
                chosen: filter.chosen.clone(),
                search: filter.search.clone(),
                sort: filter.sort,
                ..whole
            },
            None => whole,
        }
    }

    /// The query string of everything that is counted, with the round named: what it leads to stays the
    /// same when a newer round is published.
    pub(crate) fn query(&self) -> String {
        let of_left = self
            .left
            .map(|left| left.filter.clone())
            .unwrap_or_default();
        let filter = Filter {
            chosen: of_left.chosen,
            search: of_left.search,
            round: self.assessed_in().map(|round| round.slug.clone()),
            unit: self.unit,
            ..Filter::default()
        };
        filter.to_query()
    }

    /// The address of the list that a figure counts: of those statuses, and of one value of a
    /// dimension. None where only totals are known, or where the filter leaves nothing of it.
    pub(crate) fn list(
        &self,
        statuses: Statuses<'_>,
        part: Option<(Dimension, &str)>,
    ) -> Option<String> {
        if !self.is_itemised() {
            return None;
        }
        let scale = &self.round.round.scale;
        let mut filter = self.list_filter();
        let wanted = |place: usize| match statuses {
            Statuses::Any => true,
            Statuses::Assessed => place < scale.unassessed(),
            Statuses::One(one) => place == one,
            Statuses::Among(places) => places.contains(&place),
        };
        if !matches!(statuses, Statuses::Any) {
            let statuses = scale.statuses.iter().enumerate();
            let codes = statuses
                .filter(|(place, _)| wanted(*place))
                .map(|(_, status)| status.code.clone())
                .collect();
            filter = narrow(filter, &(self.told_apart_by(), codes))?;
        }
        if let Some((dimension, value)) = part {
            filter.chosen.insert(dimension, vec![value.to_owned()]);
        }
        Some(address::recommendations(self.record.review.code, &filter))
    }
}

/// The filter of a whole list: the round is named only where it is not the one that a list shows
/// anyway.
pub(crate) fn list_filter(
    record: &ReviewRecord,
    round: Option<&RoundRecord>,
    unit: CountingUnit,
) -> Filter {
    let default = record.default_round().map(|round| &round.round.slug);
    Filter {
        round: round
            .filter(|round| round.round.kind == RoundKind::Itemised)
            .map(|round| &round.round.slug)
            .filter(|slug| Some(*slug) != default)
            .cloned(),
        unit,
        ..Filter::default()
    }
}

/// The round that a review's page shows when none is named: the one that its list shows, else the
/// newest with totals only.
pub(crate) fn shown_by_default(record: &ReviewRecord) -> Option<&RoundRecord> {
    record.default_round().or_else(|| record.rounds.first())
}

/// A share, 0 to 1, as a per cent with one decimal at most. What is not nothing is never written as
/// 0, and what is not all never as 100.
pub(crate) fn percent(share: f64) -> String {
    let number = if share > 0.0 && share < 0.0005 {
        return t!("percent-less", value = "0.1");
    } else if (0.9995..1.0).contains(&share) {
        return t!("percent-more", value = "99.9");
    } else {
        format!("{:.1}", share * 100.0)
    };
    let number = number.strip_suffix(".0").unwrap_or(&number).to_owned();
    t!("percent", value = number)
}

/// "26 of 252 (10.3%)"; without the per cent where the base is small, and nothing of nothing.
#[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
pub(crate) fn of_base(count: u64, base: u64) -> String {
    if base == 0 {
        t!("count-of-nothing")
    } else if base < Counts::SMALL {
        t!("count-of", count = count, base = base)
    } else {
        let percent = percent(count as f64 / base as f64);
        t!(
            "count-of-percent",
            count = count,
            base = base,
            percent = percent
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{of_base, percent};

    #[test]
    fn per_cents_are_short_and_do_not_lie() {
        let known = [
            (0.0, "0%"),
            (0.000_1, "less than 0.1%"),
            (0.000_6, "0.1%"),
            (2.0 / 252.0, "0.8%"),
            (223.0 / 252.0, "88.5%"),
            (0.25, "25%"),
            (0.999_9, "more than 99.9%"),
            (1.0, "100%"),
        ];
        for (share, written) in known {
            assert_eq!(percent(share), written);
        }
    }

    #[test]
    fn small_bases_have_no_per_cent() {
        assert_eq!(of_base(26, 252), "26 of 252 (10.3%)");
        assert_eq!(of_base(10, 10), "10 of 10 (100%)");
        assert_eq!(of_base(2, 9), "2 of 9");
        assert_eq!(of_base(0, 0), "–");
    }
}
