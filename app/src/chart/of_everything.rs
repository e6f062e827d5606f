//! The charts of what a filter leaves of all reviews. Scales differ from round to round, so statuses
//! are read as outcomes here: the best of its scale, the worst, or between.

use super::citation::Citation;
use super::lists::{Lines, Lists, OfSeries, narrow};
use super::{Chart, Form, Line, Series, Standing, positions};
use crate::exports::notice;
use crate::figures::of_base;
use crate::filter_words::{Counted, Subject, choice_in_words, filter_in_words, value_name};
use crate::look::Look;
use crate::sources::Sources;
use crate::{address, t, translations};
use data::domain::{
    Breakdown, Corpus, CountingUnit, Dimension, Filter, Matches, Outcome, PositionClass, Review,
    Round, RoundKind, Scale, Scheme, Shape, StateCode, Status, Tallies, states,
};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// What everything is broken down by, in the order of its page.
pub(crate) const DIMENSIONS: [Dimension; 10] = [
    Dimension::Cycle,
    Dimension::State,
    Dimension::Position,
    Dimension::RegionalGroup,
    Dimension::RecommendingState,
    Dimension::ActionCategory,
    Dimension::Term(Scheme::Issue),
    Dimension::Term(Scheme::Theme),
    Dimension::Term(Scheme::Sdg),
    Dimension::Term(Scheme::AffectedPersons),
];

/// What begins the name of a chart by position.
pub(crate) const ANSWERS: &str = "answers-";
/// The tiles of all States: what was implemented, and what enjoys support.
pub(crate) const WORLD: &str = "world";
pub(crate) const WORLD_SUPPORTED: &str = "world-supported";
/// Two filters beside each other: what became of them, and what was answered.
pub(crate) const TWO: &str = "two";
pub(crate) const TWO_ANSWERS: &str = "answers-two";

/// What is known of a State, and where it is read.
struct Known {
    counts: Vec<u64>,
    href: Option<String>,
    standing: Standing,
}

/// Totals of a round of which nothing else is public.
pub(crate) struct Reported<'a> {
    pub(crate) review: &'a Review,
    pub(crate) round: &'a Round,
    /// In the best status, in another, and not assessed.
    pub(crate) counts: [u64; 3],
}

/// What a filter leaves of all reviews.
pub(crate) struct Everything<'a> {
    pub(crate) corpus: &'a Corpus,
    /// Without an order and a page, which choose nothing.
    pub(crate) filter: Filter,
    pub(crate) matches: Arc<Matches>,
    /// Whether rounds that are not published are seen.
    open_rounds: bool,
    /// The statuses that are each outcome.
    statuses: OnceLock<Vec<OfSeries>>,
}

impl<'a> Everything<'a> {
    pub(crate) fn new(corpus: &'a Corpus, filter: &Filter, open_rounds: bool) -> Self {
        let filter = whole(filter);
        Self {
            corpus,
            matches: corpus.select(&filter, open_rounds),
            filter,
            open_rounds,
            statuses: OnceLock::new(),
        }
    }

    /// What another filter leaves, for the same eyes.
    pub(crate) fn with(&self, filter: &Filter) -> Self {
        Self::new(self.corpus, filter, self.open_rounds)
    }

    /// The version of the data, as this visitor may know it.
    pub(crate) fn revision(&self) -> i64 {
        if self.open_rounds {
            self.corpus.revision
        } else {
            self.corpus.public.number
        }
    }

    /// Whether nothing is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.matches.is_empty()
    }

    /// Its query string.
    pub(crate) fn query(&self) -> String {
        self.filter.to_query()
    }

    /// Whether anything of it is made up.
    pub(crate) fn is_fictitious(&self) -> bool {
        self.corpus.is_fictitious(&self.matches)
    }

    /// The statuses of all rounds that are seen.
    pub(crate) fn scale(&self) -> &Scale {
        self.corpus.scale(self.open_rounds)
    }

    /// Whether nothing is known one by one of what totals were reported of.
    pub(crate) fn is_only_reported(&self) -> bool {
        self.is_empty() && !self.reported_whole().is_empty()
    }

    /// The filter in words.
    pub(crate) fn words(&self) -> String {
        // What is known as totals only is not nothing.
        if self.is_only_reported() {
            let unit = translations::counting_unit(self.filter.unit);
            return t!("everything-only-reported", of = self.name(), unit = unit);
        }
        let count = Counted::of(self.matches.len(), self.filter.unit, || {
            self.corpus.states_of(&self.matches)
        });
        filter_in_words(&self.filter, count, Subject::Everything, Some(self.scale()))
    }

    /// What the filter chooses, in a few words.
    pub(crate) fn name(&self) -> String {
        choice_in_words(&self.filter, Some(self.scale()))
    }

    /// What its figures come from: the documents, and the rounds that the statuses are of.
    pub(crate) fn sources(&self) -> Sources<'_> {
        Sources {
            statuses: true,
            rounds: self.corpus.rounds(&self.matches).collect(),
            ..self.documents()
        }
    }

    /// What its answers come from.
    fn documents(&self) -> Sources<'_> {
        Sources {
            reviews: self.corpus.reviews(&self.matches).collect(),
            ..Sources::default()
        }
    }

    /// What its statuses come from, where also what was only reported is shown.
    fn assessments(&self) -> Sources<'_> {
        let reported = self.reported();
        let reported = reported.values().map(|one| (one.review, one.round));
        let mut rounds: Vec<_> = self.corpus.rounds(&self.matches).chain(reported).collect();
        rounds.sort_by_key(|(review, _)| (review.code.state.name(), review.code.cycle));
        Sources {
            statuses: true,
            rounds,
            ..Sources::default()
        }
    }

    /// The tallies along a dimension. Of a dimension that is filtered by only the chosen values: others
    /// are there because a recommendation can have several.
    pub(crate) fn tallies(&self, dimension: Dimension) -> Tallies {
        let unit = self.filter.unit;
        let mut tallies = self.corpus.tallies(&self.matches, dimension, unit);
        if let Some(chosen) = self.filter.chosen.get(&dimension) {
            tallies
                .parts
                .retain(|(value, _)| value.as_ref().is_some_and(|value| chosen.contains(value)));
        }
        tallies
    }

    /// What narrows a list to an outcome; none where a status is that outcome in one scale and another
    /// in the next.
    pub(crate) fn statuses_of(&self, outcome: Outcome) -> OfSeries {
        self.statuses_by_outcome().get(outcome as usize)?.clone()
    }

    fn statuses_by_outcome(&self) -> &Vec<OfSeries> {
        self.statuses.get_or_init(|| {
            let of = |outcome| {
                let codes = self.corpus.statuses_of(outcome, self.open_rounds)?;
                Some((Dimension::Status, codes))
            };
            Outcome::ALL.map(of).to_vec()
        })
    }

    /// Counted by outcome, in total and along a dimension.
    pub(crate) fn by_outcome(&self, dimension: Option<Dimension>) -> Breakdown {
        let (scale, unit) = (outcomes(), self.filter.unit);
        let counts = self
            .corpus
            .by_outcome(&self.matches, &scale, dimension, unit);
        self.of_what_is_chosen(counts, dimension)
    }

    /// Counted by position, in total and along a dimension.
    pub(crate) fn by_position(&self, dimension: Option<Dimension>) -> Breakdown {
        let (scale, unit) = (answers(), self.filter.unit);
        let counts = self
            .corpus
            .by_position(&self.matches, &scale, dimension, unit);
        self.of_what_is_chosen(counts, dimension)
    }

    fn of_what_is_chosen(&self, mut counts: Breakdown, along: Option<Dimension>) -> Breakdown {
        // Others are in the set only because they overlap with what is chosen.
        if let Some(chosen) = along.and_then(|dimension| self.filter.chosen.get(&dimension)) {
            let among = |value: &Option<String>| value.as_ref().is_some_and(|v| chosen.contains(v));
            counts.parts.retain(|part| among(&part.value));
        }
        counts
    }

    /// A chart by its name; none where there is no such chart.
    pub(crate) fn chart(&self, name: &str, look: Look, base: &str) -> Option<Chart> {
        match name {
            WORLD => return Some(self.world(base)),
            WORLD_SUPPORTED => return Some(self.world_supported(base)),
            _ => {}
        }
        let by_position = name.strip_prefix(ANSWERS);
        let param = by_position.unwrap_or(name);
        let dimension = DIMENSIONS.into_iter().find(|one| one.param() == param)?;
        let breakdown = match by_position {
            Some(_) => self.by_position(Some(dimension)),
            None => self.by_outcome(Some(dimension)),
        };
        let breakdown = breakdown.ordered(look.order);
        let lines: Vec<Line> = breakdown
            .parts
            .iter()
            .map(|part| self.line(dimension, part.value.as_deref(), part.counts.in_order()))
            .collect();
        let overlaps = breakdown.overlaps();
        let sources = match by_position {
            Some(_) => self.documents(),
            None => self.sources(),
        };
        let query = look.after(self.query());
        let mut chart = self.frame(name, String::new(), &query, base, &sources);
        if by_position.is_some() {
            chart.answered();
        }
        chart.lists = Some(Lists {
            review: None,
            lines: Lines::Along(self.filter.clone(), dimension),
            series: match by_position {
                Some(_) => each_position(),
                None => self.statuses_by_outcome().clone(),
            },
        });
        chart.total.counts = breakdown.total.in_order().to_vec();
        chart.lines_are = translations::dimension(dimension);
        chart.lines = lines;
        chart.overlaps = overlaps;
        let title = chart.finding(&best_in_words(by_position.is_some()));
        Some(chart.titled(title))
    }

    fn line(&self, dimension: Dimension, value: Option<&str>, counts: &[u64]) -> Line {
        let href = value.map(|value| {
            let only = self.filter.with_only(dimension, value);
            address::recommendations(None, &only)
        });
        Line {
            label: value.map_or_else(
                || t!("chart-no-value"),
                |value| value_name(dimension, value, None),
            ),
            code: value.unwrap_or_default().to_owned(),
            counts: counts.to_vec(),
            href,
            ..Line::default()
        }
    }

    /// A tile for each State: what was implemented of what is assessed one by one. Where only totals
    /// were reported, the tile has those, and the total does not.
    fn world(&self, base: &str) -> Chart {
        let labels = [
            ("best", t!("outcome-best")),
            ("other", t!("world-other")),
            ("not-assessed", t!("outcome-not-assessed")),
        ];
        let (by_state, reported) = (self.tallies(Dimension::State), self.reported());
        // What is in a round has a status.
        let all = self
            .scale()
            .statuses
            .iter()
            .map(|status| status.code.clone());
        let in_rounds = narrow(self.filter.clone(), &(Dimension::Status, all.collect()));
        let list = |state: Option<StateCode>| {
            let filter = in_rounds.as_ref()?;
            let of_state = state.map(|state| filter.with_only(Dimension::State, state.as_str()));
            Some(address::recommendations(
                None,
                of_state.as_ref().unwrap_or(filter),
            ))
        };
        let known = |state: StateCode| {
            let tally = by_state.of(state.as_str());
            if tally.in_rounds == 0 {
                return reported.get(&state).map(|one| Known {
                    counts: one.counts.to_vec(),
                    href: Some(address::round(one.review.code, &one.round.slug)),
                    standing: Standing::Reported,
                });
            }
            Some(Known {
                counts: vec![
                    tally.implemented,
                    tally.assessed - tally.implemented,
                    tally.in_rounds - tally.assessed,
                ],
                href: list(Some(state)),
                standing: Standing::Counted,
            })
        };
        let sources = self.assessments();
        let finding = "world-finding";
        let mut chart = self.tiles(WORLD, &labels, vec![2], known, finding, base, &sources);
        chart.total.href = list(None);
        let assessed = self.scale().statuses.iter();
        let assessed = assessed.filter(|status| status.counts_as_assessed);
        let best = self.statuses_of(Outcome::Best);
        let other = best.as_ref().map(|(dimension, best)| {
            let codes = assessed.map(|status| status.code.clone());
            (
                *dimension,
                codes.filter(|code| !best.contains(code)).collect(),
            )
        });
        chart.lists = Some(Lists {
            review: None,
            lines: Lines::Along(self.filter.clone(), Dimension::State),
            series: vec![best, other, self.statuses_of(Outcome::NotAssessed)],
        });
        chart
    }

    /// The totals of each State's newest round that is public as totals only, in the unit that is asked
    /// for: totals count recommendations.
    pub(crate) fn reported(&self) -> BTreeMap<StateCode, Reported<'_>> {
        match self.filter.unit {
            CountingUnit::Recommendations => self.reported_whole(),
            CountingUnit::RecommendingStates => BTreeMap::new(),
        }
    }

    /// The same whatever is counted elsewhere. None where the filter asks for what totals do not tell
    /// apart.
    pub(crate) fn reported_whole(&self) -> BTreeMap<StateCode, Reported<'_>> {
        let told = |dimension: &Dimension| [Dimension::Cycle, Dimension::State].contains(dimension);
        if self.filter.search.is_some() || !self.filter.chosen.keys().all(told) {
            return BTreeMap::new();
        }
        let asked = |dimension, value: &str| match self.filter.chosen.get(&dimension) {
            Some(chosen) => chosen.iter().any(|one| one == value),
            None => true,
        };
        let mut reported = BTreeMap::new();
        for part in self.corpus.parts() {
            let code = part.review.code;
            if !asked(Dimension::Cycle, &code.cycle.to_string())
                || !asked(Dimension::State, code.state.as_str())
            {
                continue;
            }
            if let Some((round, breakdown)) = &part.standing.newest_published
                && round.kind == RoundKind::ReportedTotals
            {
                let total = &breakdown.total;
                let best = total.of(0);
                let one = Reported {
                    review: &part.review,
                    round,
                    counts: [best, total.assessed() - best, total.not_assessed()],
                };
                // Parts come by cycle, so the newest stays.
                reported.insert(code.state, one);
            }
        }
        reported
    }

    fn list_of(&self, state: StateCode) -> String {
        let only = self.filter.with_only(Dimension::State, state.as_str());
        address::recommendations(None, &only)
    }

    /// A tile for each State: what it supported, of what the filter leaves.
    fn world_supported(&self, base: &str) -> Chart {
        let labels = [
            ("supported", t!("class-supported")),
            ("other", t!("world-not-supported")),
            ("pending", translations::position(PositionClass::Pending)),
            ("unknown", t!("world-unknown")),
        ];
        let by_state = self.tallies(Dimension::State);
        let known = |state: StateCode| {
            let tally = by_state.of(state.as_str());
            (tally.received > 0).then(|| Known {
                counts: vec![
                    tally.supported,
                    tally.answered() - tally.supported,
                    tally.pending,
                    tally.unknown,
                ],
                href: Some(self.list_of(state)),
                standing: Standing::Counted,
            })
        };
        let finding = "world-supported-finding";
        let (sources, outside) = (self.documents(), vec![2, 3]);
        let name = WORLD_SUPPORTED;
        let mut chart = self.tiles(name, &labels, outside, known, finding, base, &sources);
        let answers = |wanted: bool| {
            let classes = PositionClass::ALL.into_iter();
            let classes = classes.filter(|class| class.enjoys_support() == Some(wanted));
            Some(of_positions(&classes.collect::<Vec<_>>()))
        };
        let alone = |class| Some(of_positions(&[class]));
        chart.lists = Some(Lists {
            review: None,
            lines: Lines::Along(self.filter.clone(), Dimension::State),
            series: vec![
                answers(true),
                answers(false),
                alone(PositionClass::Pending),
                alone(PositionClass::Unknown),
            ],
        });
        chart
    }

    #[allow(clippy::too_many_arguments)] // What the two charts of tiles differ in.
    fn tiles(
        &self,
        name: &str,
        labels: &[(&str, String)],
        outside: Vec<usize>,
        known: impl Fn(StateCode) -> Option<Known>,
        finding: &str,
        base: &str,
        sources: &Sources<'_>,
    ) -> Chart {
        let mut lines = Vec::new();
        let mut groups = Vec::new();
        let mut all: Vec<StateCode> = states::all().collect();
        all.extend(known(StateCode::FICTITIOUS).map(|_| StateCode::FICTITIOUS));
        // What is in no group comes last.
        all.sort_by_key(|state| (state.group().is_none(), state.group(), state.name()));
        for state in all {
            let known = known(state);
            let standing = known
                .as_ref()
                .map_or(Standing::Unknown, |known| known.standing);
            let label = match standing {
                Standing::Reported => t!("world-reported", state = state.name()),
                Standing::Counted | Standing::Unknown => state.name().to_owned(),
            };
            let href = known.as_ref().and_then(|known| known.href.clone());
            lines.push(Line {
                label,
                code: state.as_str().to_owned(),
                counts: known.map_or_else(|| vec![0; labels.len()], |known| known.counts),
                href,
                standing,
                derived: Vec::new(),
            });
            groups.push(match state.group() {
                Some(group) => translations::regional_group(group),
                None => t!("world-no-group"),
            });
        }
        let counted = || {
            lines
                .iter()
                .filter(|line| line.standing == Standing::Counted)
        };
        let total: Vec<u64> = (0..labels.len())
            .map(|place| counted().map(|line| line.of(place)).sum())
            .collect();
        let best = of_base(
            total.first().copied().unwrap_or(0),
            total.iter().take(2).sum(),
        );
        let title = translations::text(
            finding,
            &[("best", best.into()), ("states", counted().count().into())],
        );
        let mut chart = self.frame(name, title, &self.query(), base, sources);
        chart.series = labels
            .iter()
            .zip([
                ("full", Shape::Full),
                ("none", Shape::Ring),
                ("unassessed", Shape::Dotted),
                ("no-round", Shape::Full),
            ])
            .map(|((code, label), (colour, shape))| Series {
                code: (*code).to_owned(),
                label: label.clone(),
                colour: colour.to_owned(),
                shape,
            })
            .collect();
        chart.outside = outside;
        chart.lines_are = translations::dimension(Dimension::State);
        chart.lines = lines;
        chart.total.counts = total;
        chart.form = Form::Tiles(groups);
        chart
    }

    /// How figures of it are cited.
    pub(crate) fn citation(&self, title: String, url: String, sources: &Sources<'_>) -> Citation {
        Citation {
            title,
            of: self.words(),
            revision: self.revision().to_string(),
            url,
            ..Citation::of_sources(sources)
        }
    }

    fn frame(
        &self,
        name: &str,
        title: String,
        query: &str,
        base: &str,
        sources: &Sources<'_>,
    ) -> Chart {
        let url = format!("{base}{}", address::chart(None, name, "", query));
        Chart {
            name: name.to_owned(),
            citation: self.citation(title.clone(), url, sources),
            title,
            about: self.words(),
            source: sources.line(),
            notice: notice(self.is_fictitious(), self.open_rounds),
            lines_are: t!("chart-set"),
            series: Series::of_scale(&outcomes()),
            outside: unassessed(),
            lists: None,
            lines: Vec::new(),
            best: 1,
            one_whole: true,
            total: Line {
                label: t!("chart-all"),
                href: Some(address::recommendations(None, &self.filter)),
                ..Line::default()
            },
            overlaps: false,
            form: Form::Stacked,
        }
    }
}

/// What the share of a line is of: the answers that support, or the best outcome.
pub(crate) fn best_in_words(answers: bool) -> String {
    if answers {
        t!("finding-supported")
    } else {
        t!("finding-implemented")
    }
}

/// Sets beside each other, each a line named by what it chooses: by outcome or by what was answered.
/// Sets differ in size, so their shares are drawn.
pub(crate) fn beside(
    sets: &[&Everything<'_>],
    name: &str,
    query: &str,
    base: &str,
) -> Option<Chart> {
    let first = sets.first()?;
    let answers = name.starts_with(ANSWERS);
    let counts = |set: &Everything<'_>| {
        let breakdown = if answers {
            set.by_position(None)
        } else {
            set.by_outcome(None)
        };
        breakdown.total.in_order().to_vec()
    };
    let lines: Vec<Line> = sets
        .iter()
        .map(|set| Line {
            label: set.name(),
            code: set.query(),
            counts: counts(set),
            href: Some(address::recommendations(None, &set.filter)),
            ..Line::default()
        })
        .collect();
    let by_review = |review: &&Review| (review.code.state.name(), review.code.cycle);
    let mut sources = Sources {
        statuses: true,
        ..Sources::default()
    };
    for set in sets {
        sources.reviews.extend(set.corpus.reviews(&set.matches));
        sources.rounds.extend(set.corpus.rounds(&set.matches));
    }
    sources.reviews.sort_by_key(by_review);
    sources.reviews.dedup_by_key(|review| review.code);
    sources.rounds.sort_by_key(|(review, _)| by_review(review));
    sources.rounds.dedup_by_key(|(review, _)| review.code);
    let words = sets.iter().map(|set| set.words()).collect::<Vec<_>>();
    let mut chart = first.frame(name, String::new(), query, base, &sources);
    if answers {
        chart.answered();
    }
    let shares: Vec<String> = lines
        .iter()
        .map(|line| {
            let figure = of_base(chart.best_of(line), chart.base(line));
            t!("chart-line", label = line.label.clone(), counts = figure)
        })
        .collect();
    let title = if lines.iter().all(|line| chart.base(line) == 0) {
        t!("two-nothing")
    } else {
        let best = best_in_words(answers);
        t!("chart-line", label = best, counts = shares.join(" / "))
    };
    chart.about = words.join(" / ");
    chart.source = sources.line();
    chart.citation = Citation {
        of: chart.about.clone(),
        revision: chart.citation.revision,
        url: chart.citation.url,
        ..Citation::of_sources(&sources)
    };
    let fictitious = sets.iter().any(|set| set.is_fictitious());
    chart.notice = notice(fictitious, first.open_rounds);
    chart.lines_are = t!("two-set");
    chart.total.counts = (0..chart.series.len())
        .map(|place| lines.iter().map(|line| line.of(place)).sum())
        .collect();
    chart.total.href = None;
    chart.one_whole = false;
    chart.lines = lines;
    chart.lists = Some(Lists {
        review: None,
        lines: Lines::Each(sets.iter().map(|set| set.filter.clone()).collect()),
        series: if answers {
            each_position()
        } else {
            first.statuses_by_outcome().clone()
        },
    });
    chart.form = Form::Shares;
    Some(chart.titled(title))
}

/// What narrows a list to each position.
fn each_position() -> Vec<OfSeries> {
    let classes = PositionClass::ALL.into_iter();
    classes.map(|class| Some(of_positions(&[class]))).collect()
}

/// What narrows a list to positions.
pub(crate) fn of_positions(classes: &[PositionClass]) -> (Dimension, Vec<String>) {
    let codes = classes.iter().map(|class| class.code().to_owned());
    (Dimension::Position, codes.collect())
}

/// The places of the outcomes that are outside the base.
fn unassessed() -> Vec<usize> {
    let outside = Outcome::ALL
        .into_iter()
        .filter(|outcome| !outcome.is_assessed());
    outside.map(|outcome| outcome as usize).collect()
}

/// The filter without its order and page, which choose nothing.
pub(crate) fn whole(filter: &Filter) -> Filter {
    Filter {
        chosen: filter.chosen.clone(),
        search: filter.search.clone(),
        unit: filter.unit,
        ..Filter::default()
    }
}

/// The outcomes as a scale, so that what counts statuses counts them.
pub(crate) fn outcomes() -> Scale {
    let statuses = Outcome::ALL.map(|outcome| {
        let (colour, shape) = match outcome {
            Outcome::Best => ("full", Shape::Full),
            Outcome::Between => ("partial", Shape::Half),
            Outcome::Worst => ("none", Shape::Ring),
            Outcome::NotAssessed => ("unassessed", Shape::Dotted),
            Outcome::NoRound => ("no-round", Shape::Full),
        };
        let label = translations::text(&format!("outcome-{}", outcome.code()), &[]);
        status(outcome.code(), label, colour, shape, outcome.is_assessed())
    });
    scale(statuses.to_vec())
}

/// The positions as a scale. What is not answered, as far as is known, is outside its base.
pub(crate) fn answers() -> Scale {
    let statuses = PositionClass::ALL.into_iter().zip(positions());
    let statuses = statuses.map(|(class, series)| {
        status(
            class.code(),
            series.label,
            &series.colour,
            series.shape,
            class.enjoys_support().is_some(),
        )
    });
    scale(statuses.collect())
}

fn scale(statuses: Vec<Status>) -> Scale {
    Scale {
        id: 0,
        code: String::new(),
        name: String::new(),
        version: 1,
        statuses,
    }
}

fn status(code: &str, label: String, colour: &str, shape: Shape, counts: bool) -> Status {
    Status {
        code: code.to_owned(),
        label,
        definition: String::new(),
        counts_as_assessed: counts,
        score: None,
        colour: colour.to_owned(),
        shape,
        examples: None,
        labels: BTreeMap::new(),
    }
}
