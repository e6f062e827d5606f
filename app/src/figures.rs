//! The figures of a round, or of a State's positions, and the list that each of them leads to.

pub(crate) mod headline;
pub(crate) mod lists;
pub(crate) mod positions;
pub(crate) mod series;
pub(crate) mod summary;

use crate::text::filter_sentence::{Counted, Subject, filter_in_words};
use crate::urls::paths;
use data::domain::{
    AnswerClasses, Answers, Breakdown, CountBy, CountingUnit, Dimension, Filter, Listed,
    PositionClass, RecommendationSet, ReviewRecord, RoundKind, RoundRecord, Scale, Status,
};
use lists::{OfSeries, narrow};
use positions::PositionGroups;

/// A set of one review by the statuses of its round or by its positions, counted in one unit.
#[derive(Clone, Copy)]
pub(crate) struct Figures<'a> {
    /// What is counted.
    pub(crate) set: &'a RecommendationSet<'a>,
    /// The review.
    pub(crate) record: &'a ReviewRecord,
    /// By what its recommendations are told apart.
    pub(crate) by: By<'a>,
    /// What is counted once.
    pub(crate) unit: CountingUnit,
}

/// By what recommendations are told apart.
#[derive(Clone, Copy)]
pub(crate) enum By<'a> {
    /// By their statuses in a round.
    Status(&'a RoundRecord),
    /// By their positions: a review that nobody has assessed is summarised by what the State answered.
    Position(&'a ByPosition),
}

/// The positions of a review, in the classes that they are counted in.
pub(crate) struct ByPosition {
    /// The classes.
    pub(crate) groups: PositionGroups,
    /// The same as statuses, so that lists and charts show them as they show statuses.
    scale: Scale,
}

impl ByPosition {
    /// The positions of a review; `None` if no recommendation has been imported.
    pub(crate) fn of(record: &ReviewRecord, classes: AnswerClasses) -> Option<Self> {
        if record.recommendations.is_empty() {
            return None;
        }
        let positions = record.recommendations.iter();
        // Of the whole review, whatever is filtered: its charts keep their key.
        let answers: Answers = positions.map(|one| (one.position(), 1)).collect();
        let groups = PositionGroups::of(classes, [&answers]);
        let scale = groups.scale();
        Some(Self { groups, scale })
    }

    /// The class of a position as a status, with its place.
    fn status_of(&self, class: PositionClass) -> Option<(usize, &Status)> {
        let place = self.groups.place(class)?;
        Some((place, self.scale.statuses.get(place)?))
    }
}

/// Which statuses a figure counts.
#[derive(Clone, Copy)]
pub(crate) enum Statuses<'a> {
    /// All: what was received.
    Any,
    /// The one at that place in the scale.
    One(usize),
    /// Those at these places.
    Among(&'a [usize]),
}

impl<'a> Figures<'a> {
    /// The figures of a set of one review by the statuses of its round, in the filter's unit; `None` if the set has
    /// no round. Reported totals count recommendations, whatever was asked for.
    pub(crate) fn of_statuses(set: &'a RecommendationSet<'a>) -> Option<Self> {
        let unit = if set.is_itemised() {
            set.filter().unit
        } else {
            CountingUnit::Recommendations
        };
        Some(Self {
            set,
            record: set.record()?,
            by: By::Status(set.round()?),
            unit,
        })
    }

    /// The figures of a set of one review by the State's positions; `None` if the set is of all reviews.
    pub(crate) fn of_positions(
        set: &'a RecommendationSet<'a>,
        positions: &'a ByPosition,
    ) -> Option<Self> {
        Some(Self {
            set,
            record: set.record()?,
            by: By::Position(positions),
            unit: set.filter().unit,
        })
    }

    /// Returns true if a filter selects which recommendations are counted.
    pub(crate) fn is_filtered(&self) -> bool {
        !self.set.filter().is_everything()
    }

    /// Whether each recommendation's status, or its position, is known.
    pub(crate) fn is_itemised(&self) -> bool {
        self.set.is_itemised()
    }

    /// The round; `None` if positions are counted.
    pub(crate) fn round(&self) -> Option<&'a RoundRecord> {
        match self.by {
            By::Status(round) => Some(round),
            By::Position(_) => None,
        }
    }

    /// The positions; `None` if the statuses of a round are counted.
    pub(crate) fn positions(&self) -> Option<&'a ByPosition> {
        match self.by {
            By::Status(_) => None,
            By::Position(positions) => Some(positions),
        }
    }

    /// What its recommendations are counted by.
    pub(crate) fn scale(&self) -> &'a Scale {
        match self.by {
            By::Status(round) => &round.round.scale,
            By::Position(positions) => &positions.scale,
        }
    }

    /// What the State answered, counted.
    pub(crate) fn answers(&self) -> Answers {
        self.set.total_in(self.unit).answers
    }

    /// The recommendations that are counted, in the order of the report. What is imported after a round was
    /// published is outside it, or a frozen figure would change.
    pub(crate) fn listed(&self) -> impl Iterator<Item = Listed<'a>> + use<'a> {
        let by = self.by;
        let rows = self.set.in_report_order().into_iter().flatten();
        rows.filter_map(move |row| match by {
            By::Status(_) => row.status.map(|_| row),
            By::Position(positions) => Some(Listed {
                status: positions.status_of(row.recommendation.position()),
                ..row
            }),
        })
    }

    /// How many recommendations that are, and how many in the unit that is counted.
    pub(crate) fn counted(&self) -> Counted {
        let received = |unit| self.counts(None, unit).total.received();
        Counted {
            recommendations: received(CountingUnit::Recommendations),
            in_unit: received(self.unit),
        }
    }

    /// What is counted, in words.
    pub(crate) fn words(&self) -> String {
        let subject = Subject::of(self.set);
        filter_in_words(
            &self.list_filter(),
            self.counted(),
            subject,
            Some(self.scale()),
        )
    }

    /// How many recommendations of the review, of those that the filter leaves, the round is not about.
    pub(crate) fn outside(&self) -> usize {
        match self.by {
            By::Status(_) if self.is_itemised() => self.set.len_outside_round(),
            _ => 0,
        }
    }

    /// The counts, in total and along a dimension.
    pub(crate) fn breakdown(&self, along: Option<Dimension>) -> Breakdown {
        self.counts(along, self.unit)
    }

    fn counts(&self, along: Option<Dimension>, unit: CountingUnit) -> Breakdown {
        let by = match self.by {
            By::Status(_) => CountBy::Status,
            By::Position(positions) => {
                CountBy::Position(&positions.scale, positions.groups.classes)
            }
        };
        self.set.counts(by, along, unit)
    }

    /// The places of the statuses whose number, of one value of a dimension, was not published as such
    /// but follows from numbers that were.
    pub(crate) fn derived(&self, dimension: Dimension, value: Option<&str>) -> Vec<usize> {
        let position = value.and_then(PositionClass::parse);
        if dimension != Dimension::Position || position.is_none() {
            return Vec::new();
        }
        let totals = self.round().into_iter().flat_map(|round| &round.totals);
        let derived = totals.filter(|total| total.derived && total.position == position);
        derived
            .map(|total| self.scale().place(&total.status))
            .collect()
    }

    /// The filter of the list of everything that is counted.
    pub(crate) fn list_filter(&self) -> Filter {
        let all = list_filter(self.record, self.round(), self.unit);
        let filter = self.set.filter();
        if !self.is_filtered() {
            return all;
        }
        Filter {
            chosen: filter.chosen.clone(),
            search: filter.search.clone(),
            sort: filter.sort,
            ..all
        }
    }

    /// The query string of everything that is counted, with the round named: what it leads to stays the
    /// same when a newer round is published.
    pub(crate) fn query(&self) -> String {
        self.query_of(self.set.filter())
    }

    /// The same without the filter.
    pub(crate) fn query_of_all(&self) -> String {
        self.query_of(&Filter::default())
    }

    fn query_of(&self, filter: &Filter) -> String {
        let filter = Filter {
            chosen: filter.chosen.clone(),
            search: filter.search.clone(),
            round: self.round().map(|round| round.round.slug.clone()),
            unit: self.unit,
            ..Filter::default()
        };
        filter.to_query()
    }

    /// What its statuses are in lists.
    fn told_apart_by(&self) -> Dimension {
        match self.by {
            By::Status(_) => Dimension::Status,
            By::Position(_) => Dimension::Position,
        }
    }

    /// What a list is narrowed to for one status: its code, or the positions that are counted in the class.
    fn codes_of(&self, status: &Status) -> Vec<String> {
        let class = PositionClass::parse(&status.code);
        match (self.by, class) {
            (By::Position(positions), Some(class)) => {
                let members = positions.groups.classes.members(class).into_iter();
                members.map(|member| member.code().to_owned()).collect()
            }
            _ => vec![status.code.clone()],
        }
    }

    /// What narrows a list to each of its statuses.
    pub(crate) fn lists(&self) -> Vec<OfSeries> {
        let statuses = self.scale().statuses.iter();
        statuses
            .map(|status| Some((self.told_apart_by(), self.codes_of(status))))
            .collect()
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
        let mut filter = self.list_filter();
        let wanted = |(place, _): &(usize, &Status)| match statuses {
            Statuses::Any => true,
            Statuses::One(one) => *place == one,
            Statuses::Among(places) => places.contains(place),
        };
        if !matches!(statuses, Statuses::Any) {
            let statuses = self.scale().statuses.iter().enumerate().filter(wanted);
            let codes = statuses.flat_map(|(_, status)| self.codes_of(status));
            filter = narrow(filter, &(self.told_apart_by(), codes.collect()))?;
        }
        if let Some((dimension, value)) = part {
            filter.chosen.insert(dimension, vec![value.to_owned()]);
        }
        Some(paths::recommendations(self.record.review.code, &filter))
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

/// The round that a review's page shows when none is named: the headline round, else one that is open.
pub(crate) fn shown_by_default(record: &ReviewRecord) -> Option<&RoundRecord> {
    record
        .headline_round()
        .or_else(|| record.default_round())
        .or_else(|| record.rounds.first())
}
