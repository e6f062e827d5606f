//! A round's figures, and the list that each of them leads to.

use crate::{address, t};
use data::domain::{
    Breakdown, CountingUnit, Dimension, Filter, Listed, ReviewRecord, RoundKind, RoundRecord,
};

/// A round of a review, counted in one unit.
#[derive(Clone, Copy)]
pub(crate) struct Figures<'a> {
    /// The review.
    pub(crate) record: &'a ReviewRecord,
    /// The round.
    pub(crate) round: &'a RoundRecord,
    /// What is counted.
    pub(crate) unit: CountingUnit,
}

/// Which statuses a figure counts.
#[derive(Clone, Copy)]
pub(crate) enum Statuses {
    /// All: what was received.
    Any,
    /// Those that count as assessed: the base.
    Assessed,
    /// The one at that place in the scale.
    One(usize),
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
        }
    }

    /// Whether each recommendation's status is known.
    pub(crate) fn is_itemised(&self) -> bool {
        self.round.round.kind == RoundKind::Itemised
    }

    /// The recommendations that the round is about, in paragraph order. What is imported after a round
    /// was published is outside it, or a frozen figure would change.
    pub(crate) fn listed(&self) -> impl Iterator<Item = Listed<'a>> + use<'a> {
        let frozen = self.round.round.is_published();
        self.record
            .list(Some(self.round))
            .filter(move |listed| !frozen || listed.assessment.is_some())
    }

    /// How many recommendations of the review the round is not about.
    pub(crate) fn outside(&self) -> usize {
        if self.is_itemised() {
            self.record.recommendations.len() - self.listed().count()
        } else {
            0
        }
    }

    /// The counts, in total and along a dimension.
    pub(crate) fn breakdown(&self, dimension: Option<Dimension>) -> Breakdown {
        let scale = &self.round.round.scale;
        if self.is_itemised() {
            Breakdown::count(scale, self.listed(), dimension, self.unit)
        } else {
            Breakdown::reported(scale, &self.round.totals, dimension)
        }
    }

    /// The address of the list that a figure counts; none where only totals are known.
    pub(crate) fn list(&self, statuses: Statuses, position: Option<&str>) -> Option<String> {
        if !self.is_itemised() {
            return None;
        }
        let round = &self.round.round;
        let codes = |statuses: Statuses| -> Vec<String> {
            let of_base = |(place, _): &(usize, _)| match statuses {
                Statuses::Any => false,
                Statuses::Assessed => *place != round.scale.unassessed(),
                Statuses::One(one) => *place == one,
            };
            let mut codes: Vec<_> = round
                .scale
                .statuses
                .iter()
                .enumerate()
                .filter(of_base)
                .map(|(_, status)| status.code.clone())
                .collect();
            codes.sort_unstable();
            codes
        };
        let mut filter = list_filter(self.record, Some(self.round), self.unit);
        let codes = codes(statuses);
        if !codes.is_empty() {
            filter.chosen.insert(Dimension::Status, codes);
        }
        if let Some(position) = position {
            filter
                .chosen
                .insert(Dimension::Position, vec![position.to_owned()]);
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

#[cfg(test)]
mod tests {
    use super::percent;

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
}
