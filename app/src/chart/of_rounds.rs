//! Two rounds of one review beside each other: two points in time, or two organisations' views.

use super::citation::Citation;
use super::file_heading::{FileHeading, day_of};
use super::finding::Context;
use super::{Base, Chart, Form, Line, Measure};
use crate::figures::series::{Role, Series};
use crate::figures::{Figures, Statuses, shown_by_default};
use crate::t;
use crate::text::filter_sentence::{Subject, filter_in_words};
use crate::text::notices::notice;
use crate::text::round_names::signed_among;
use crate::text::translations;
use crate::urls::filter::{self, LISTED, OF_TWO_ROUNDS, SelectsFrom};
use crate::urls::paths;
use crate::web::failure::Failure;
use data::domain::{
    Breakdown, Comparison, CountBy, CountingUnit, Difference, Dimension, Filter, Message,
    RecommendationSet, ReviewRecord, RoundKind, RoundRecord, ScaleMapping, differences,
    query_pairs,
};

/// The bands from status to status.
pub(crate) const FLOW: &str = "flow";

/// One bar for each of the two rounds.
pub(crate) const ROUNDS: &str = "rounds";

/// Two rounds, what of them is compared, and how the first one's statuses are read.
pub(crate) struct Pair<'a> {
    pub(crate) record: &'a ReviewRecord,
    pub(crate) from: &'a RoundRecord,
    pub(crate) to: &'a RoundRecord,
    /// What is compared; it chooses no statuses, because they are what is compared.
    pub(crate) filter: Filter,
    /// What a person said is which: the codes of both scales.
    pub(crate) chosen: Vec<(String, String)>,
    /// Of which moves the recommendations are listed, as the codes of both statuses: none of one means
    /// any. Without it all that moved are.
    pub(crate) listed: Option<(Option<String>, Option<String>)>,
    /// What could not be used of the address.
    pub(crate) faults: Vec<Message>,
}

impl<'a> Pair<'a> {
    /// Reads an address; none where the review has no two rounds. Without names these are the round
    /// that the review's page shows and the one before it.
    pub(crate) fn read(record: &'a ReviewRecord, query: &str) -> Result<Option<Self>, Failure> {
        let named = |name: &str| {
            query_pairs(query)
                .into_iter()
                .find(|(key, value)| key == name && !value.is_empty())
                .map(|(_, slug)| record.round(&slug).ok_or(Failure::NotFound))
                .transpose()
        };
        let Some(to) = named("to")?.or_else(|| shown_by_default(record)) else {
            return Ok(None);
        };
        let other = |round: &&RoundRecord| round.round.id != to.round.id;
        let before = || {
            let published = |round: &&RoundRecord| round.round.is_published();
            let mut others = record.rounds.iter().filter(other);
            let earlier = others.clone().find(published);
            earlier.or_else(|| others.next())
        };
        let Some(from) = named("from")?.or_else(before) else {
            return Ok(None);
        };
        let review = SelectsFrom::Review(record);
        let (mut filter, mut faults) = filter::read_beside(query, review, OF_TWO_ROUNDS);
        filter.round = None;
        // Each recommendation has one status in each round, so it moves once, whoever made it.
        if filter.unit != CountingUnit::Recommendations {
            faults.push(Message::new("compare-unit"));
            filter.unit = CountingUnit::Recommendations;
        }
        if filter.chosen.remove(&Dimension::Status).is_some() {
            faults.push(Message::new("compare-no-status"));
        }
        let totals = [from, to]
            .iter()
            .any(|round| round.round.kind == RoundKind::ReportedTotals);
        if totals && !filter.is_everything() {
            faults.push(Message::new("summary-totals-whole"));
            filter = filter.cleared();
        }
        let chosen = query_pairs(query)
            .into_iter()
            .filter(|(name, _)| name == "map")
            .filter_map(|(_, value)| {
                let (from, to) = value.split_once(':')?;
                Some((from.to_owned(), to.to_owned()))
            })
            .take(20)
            .collect();
        let listed = query_pairs(query)
            .into_iter()
            .find(|(name, _)| name == LISTED)
            .and_then(|(_, value)| {
                let (from, to) = value.split_once(':')?;
                let code = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
                Some((code(from), code(to)))
            });
        Ok(Some(Self {
            record,
            from,
            to,
            filter,
            chosen,
            listed,
            faults,
        }))
    }

    /// Its address' query string.
    pub(crate) fn query(&self) -> String {
        let of_filter = Filter {
            chosen: self.filter.chosen.clone(),
            search: self.filter.search.clone(),
            ..Filter::default()
        };
        let encoded = paths::encoded;
        let mut pairs = vec![
            format!("from={}", encoded(&self.from.round.slug)),
            format!("to={}", encoded(&self.to.round.slug)),
        ];
        let chosen = self.chosen.iter();
        pairs.extend(chosen.map(|(from, to)| format!("map={}:{}", encoded(from), encoded(to))));
        pairs.push(of_filter.to_query());
        pairs.retain(|pair| !pair.is_empty());
        pairs.join("&")
    }

    /// The list of what went from one status to another, or of all that have one of the two.
    pub(crate) fn listing(&self, from: Option<&str>, to: Option<&str>) -> String {
        let encoded = |code: Option<&str>| paths::encoded(code.unwrap_or_default());
        let page = paths::compare(self.record.review.code, &self.query());
        format!("{page}&{LISTED}={}:{}#{LISTED}", encoded(from), encoded(to))
    }

    /// Whether the list holds a recommendation of these statuses, which moved or did not.
    pub(crate) fn lists(&self, from: &str, to: &str, moved: bool) -> bool {
        let is = |asked: &Option<String>, code: &str| asked.as_ref().is_none_or(|one| one == code);
        match &self.listed {
            Some((of, into)) => is(of, from) && is(into, to),
            None => moved,
        }
    }

    /// How the first one's statuses are read in the second's.
    pub(crate) fn mapping(&self) -> ScaleMapping {
        ScaleMapping::new(&self.from.round.scale, &self.to.round.scale, &self.chosen)
    }

    /// The list of those statuses, by their places, of what is compared; none of totals.
    pub(crate) fn list(&self, round: &RoundRecord, places: &[usize]) -> Option<String> {
        Figures::of_statuses(&self.set(round))?.list(Statuses::Among(places), None)
    }

    /// What a round counts of what is compared.
    fn breakdown(&self, round: &'a RoundRecord) -> Breakdown {
        let unit = CountingUnit::Recommendations;
        self.set(round).counts(CountBy::Status, None, unit)
    }

    /// What of a round is compared.
    fn set<'b>(&'b self, round: &'b RoundRecord) -> RecommendationSet<'b> {
        RecommendationSet::of_round(self.record, Some(round), &self.filter)
    }

    /// Both totals, status by status.
    pub(crate) fn differences(&self) -> Vec<Difference> {
        let (from, to) = (self.breakdown(self.from), self.breakdown(self.to));
        differences(&from, &to, &self.mapping())
    }

    /// Recommendation by recommendation; none where one of the two is totals only.
    pub(crate) fn comparison(&self) -> Option<Comparison<'a>> {
        let itemised = [self.from, self.to]
            .iter()
            .all(|round| round.round.kind == RoundKind::Itemised);
        itemised
            .then(|| Comparison::new(self.record, self.from, self.to, &self.filter, &self.chosen))
    }

    /// The status that a line of the differences is of.
    pub(crate) fn series_of(&self, line: &Difference) -> Series {
        let status = match (line.second, line.first.first()) {
            (Some(place), _) => self.to.round.scale.statuses.get(place),
            (None, Some(place)) => self.from.round.scale.statuses.get(*place),
            (None, None) => None,
        };
        // The second round's scale says what is implemented and what is outside the base.
        let role = match line.second {
            Some(0) => Role::Measured,
            Some(place) if place == self.to.round.scale.unassessed() => Role::Outside,
            _ => Role::InBase,
        };
        status.map_or_else(
            || Series {
                code: String::new(),
                label: t!("chart-no-value"),
                colour: "unassessed".to_owned(),
                shape: data::domain::Shape::Dotted,
                role,
            },
            |status| Series {
                code: match line.second {
                    Some(_) => status.code.clone(),
                    None => format!("{} ({})", status.code, self.from.round.slug),
                },
                label: status.label.clone(),
                colour: status.colour.clone(),
                shape: status.shape,
                role,
            },
        )
    }

    /// A chart of the two by its name.
    pub(crate) fn chart(&self, name: &str, base: &str) -> Option<Chart> {
        match name {
            FLOW => Some(self.flow(&self.comparison()?, base)),
            ROUNDS => Some(self.rounds(base)),
            _ => None,
        }
    }

    fn rounds(&self, base: &str) -> Chart {
        let differences = self.differences();
        let line = |round: &RoundRecord, counts: Vec<u64>| Line {
            label: signed_among(self.record, round),
            code: round.round.slug.clone(),
            counts,
            href: Some(paths::round(self.record.review.code, &round.round.slug)),
            ..Line::default()
        };
        let before: Vec<u64> = differences.iter().map(|line| line.before).collect();
        let after: Vec<u64> = differences.iter().map(|line| line.after).collect();
        let apart = differences.iter().filter(|line| !line.is_none()).count();
        let title = if apart == 0 {
            t!("rounds-same")
        } else {
            t!("rounds-differ", count = apart)
        };
        let total: Vec<u64> = before.iter().zip(&after).map(|(a, b)| a + b).collect();
        let mut chart = self.frame(ROUNDS, title, base);
        chart.base = Base::Assessed;
        chart.series = differences
            .iter()
            .map(|line| self.series_of(line))
            .collect();
        chart.lines = vec![line(self.from, before), line(self.to, after)];
        chart.total.counts = total;
        chart.one_whole = false;
        chart
    }

    fn flow(&self, comparison: &Comparison<'_>, base: &str) -> Chart {
        let scale = &self.from.round.scale;
        let title = changes_in_words(comparison);
        let matrix = comparison.matrix();
        let columns = self.to.round.scale.statuses.len();
        let total: Vec<u64> = (0..columns)
            .map(|place| matrix.iter().filter_map(|row| row.get(place)).sum())
            .collect();
        let lines = scale
            .statuses
            .iter()
            .zip(matrix)
            .map(|(status, counts)| Line {
                label: status.label.clone(),
                code: status.code.clone(),
                counts,
                ..Line::default()
            })
            .collect();
        let mut chart = self.frame(FLOW, title, base);
        chart.base = Base::Assessed;
        chart.lines = lines;
        chart.total.counts = total;
        chart.lines_are = t!("column-status");
        chart.form = Form::Flow([
            signed_among(self.record, self.from),
            signed_among(self.record, self.to),
        ]);
        chart
    }

    /// What is compared, in words.
    pub(crate) fn words(&self) -> String {
        let set = self.set(self.to);
        let counted = Figures::of_statuses(&set).map(|figures| figures.counted());
        let said = [self.from, self.to].map(|round| said_of(self.record, round));
        filter_in_words(
            &self.filter,
            counted.unwrap_or_default(),
            Subject::Rounds(
                self.record.review.code,
                [said[0].as_str(), said[1].as_str()],
            ),
            Some(&self.to.round.scale),
        )
    }

    fn frame(&self, name: &str, title: String, base: &str) -> Chart {
        let code = self.record.review.code;
        let of = self.words();
        let source = t!(
            "compare-source",
            from = said_of(self.record, self.from),
            to = said_of(self.record, self.to)
        );
        let hashes: Vec<String> = [self.from, self.to]
            .iter()
            .filter_map(|round| round.round.content_hash.clone())
            .collect();
        let redactions = [self.from, self.to];
        let redactions = redactions
            .iter()
            .flat_map(|round| round.round.redactions.clone())
            .collect();
        let mut organisations = vec![self.from.round.organisation.clone()];
        if self.to.round.organisation != self.from.round.organisation {
            organisations.push(self.to.round.organisation.clone());
        }
        let open = [self.from, self.to]
            .iter()
            .any(|round| !round.round.is_published());
        Chart {
            name: name.to_owned(),
            citation: Citation {
                organisation: organisations.join("; "),
                round: source.clone(),
                title: title.clone(),
                of: of.clone(),
                as_of: self.to.round.as_of.clone(),
                hash: (!hashes.is_empty()).then(|| hashes.join(", ")),
                redactions,
                superseded: None,
                revision: self.record.revision.to_string(),
                url: format!("{base}{}", paths::chart(code, name, "", &self.query())),
            },
            title,
            file_heading: FileHeading {
                of: t!("picture-two-rounds", review = self.name()),
                day: day_of(&self.to.round),
            },
            about: of,
            source,
            position_sources: None,
            notice: notice(code.state.is_fictitious(), open),
            lines_are: t!("compare-from"),
            context: Context::default(),
            series: Series::of_scale(&self.to.round.scale),
            measure: Measure::Implemented,
            base: Base::Received,
            classes: None,
            lists: None,
            lines: Vec::new(),
            one_whole: true,
            total: Line {
                label: t!("chart-all"),
                ..Line::default()
            },
            overlaps: false,
            form: Form::Stacked,
        }
    }

    /// What the comparison is of.
    pub(crate) fn name(&self) -> String {
        translations::review(&self.record.review)
    }
}

/// A round as it is signed, and that it may still change.
fn said_of(record: &ReviewRecord, round: &RoundRecord) -> String {
    let signed = signed_among(record, round);
    if round.round.is_published() {
        signed
    } else {
        t!("signed-open", signed = signed)
    }
}

/// How many recommendations changed their status, how many are newly assessed and how many no longer are.
pub(crate) fn changes_in_words(comparison: &Comparison<'_>) -> String {
    let changes = comparison.changes();
    t!(
        "flow-finding",
        changed = changes.changed,
        both = changes.assessed_in_both,
        added = changes.newly_assessed,
        removed = changes.no_longer_assessed
    )
}
