//! The charts of what a filter leaves of all reviews. Scales differ from round to round, so statuses
//! are read as outcomes here: the best of its scale, the worst, or between.

use super::citation::Citation;
use super::{Chart, Form, Line, SUPPORTED, Series, finding_of, positions};
use crate::exports::notice;
use crate::figures::of_base;
use crate::filter_words::{Subject, filter_in_words, value_name};
use crate::look::Look;
use crate::{address, t, translations};
use data::domain::{
    Breakdown, Corpus, CountingUnit, Dimension, Filter, Matches, Outcome, PositionClass, Scale,
    Scheme, Shape, StateCode, Status, Tallies, states,
};
use std::collections::BTreeMap;
use std::sync::Arc;

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
/// Two filters beside each other.
pub(crate) const TWO: &str = "two";

/// The counts of a tile, and where they are read.
type Counted = (Vec<u64>, Option<String>);

/// What a filter leaves of all reviews.
pub(crate) struct Everything<'a> {
    corpus: &'a Corpus,
    pub(crate) filter: Filter,
    matches: Arc<Matches>,
    open_rounds: bool,
}

impl<'a> Everything<'a> {
    pub(crate) fn new(corpus: &'a Corpus, filter: Filter, open_rounds: bool) -> Self {
        Self {
            corpus,
            matches: corpus.select(&filter, open_rounds),
            filter,
            open_rounds,
        }
    }

    /// Whether nothing is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.matches.is_empty()
    }

    /// Its query string.
    pub(crate) fn query(&self) -> String {
        whole(&self.filter).to_query()
    }

    /// Whether anything of it is made up.
    pub(crate) fn is_fictitious(&self) -> bool {
        self.corpus.is_fictitious(&self.matches)
    }

    /// The filter in words.
    pub(crate) fn words(&self) -> String {
        let scale = self.corpus.scale(self.open_rounds);
        let (filter, count) = (&self.filter, self.matches.len());
        filter_in_words(filter, count, Subject::Everything, Some(scale))
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
        let named = translations::dimension(dimension);
        let received = breakdown.total.received();
        let title = finding_of(&named, &lines, received, by_position.is_some());
        let overlaps = breakdown.overlaps();
        let mut chart = self.frame(name, title, &look.after(self.query()), base);
        if by_position.is_some() {
            chart.series = positions();
            chart.best = SUPPORTED;
            chart.outside = None;
        }
        chart.total.counts = breakdown.total.in_order().to_vec();
        chart.lines_are = named;
        chart.lines = lines;
        chart.overlaps = overlaps;
        Some(chart)
    }

    fn line(&self, dimension: Dimension, value: Option<&str>, counts: &[u64]) -> Line {
        let href = value.map(|value| {
            let only = whole(&self.filter).with_only(dimension, value);
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
        }
    }

    /// A tile for each State: what was implemented of what it has assessed. Totals that were only
    /// reported count as well, as long as the filter asks for no more than States and cycles.
    fn world(&self, base: &str) -> Chart {
        let labels = [
            ("best", t!("outcome-best")),
            ("other", t!("world-other")),
            ("not-assessed", t!("outcome-not-assessed")),
        ];
        let standing = self.standing();
        let by_state = standing.is_none().then(|| self.by_state());
        let known = |state: StateCode| match (&standing, &by_state) {
            (Some(standing), _) => standing.get(&state).cloned(),
            (None, Some(by_state)) => {
                let tally = by_state.of(state.as_str());
                let counts = vec![
                    tally.implemented,
                    tally.assessed - tally.implemented,
                    tally.in_rounds - tally.assessed,
                ];
                (tally.in_rounds > 0).then(|| (counts, Some(self.list_of(state))))
            }
            (None, None) => None,
        };
        self.tiles(WORLD, &labels, Some(2), known, "world-finding", base)
    }

    /// Each State's newest published round, with where it is read; none where the filter asks for what
    /// totals do not tell apart.
    fn standing(&self) -> Option<BTreeMap<StateCode, Counted>> {
        let told = |dimension: &Dimension| [Dimension::Cycle, Dimension::State].contains(dimension);
        let by_recommendation = self.filter.unit == CountingUnit::Recommendations;
        if !by_recommendation
            || self.filter.search.is_some()
            || !self.filter.chosen.keys().all(told)
        {
            return None;
        }
        let asked = |dimension, value: &str| match self.filter.chosen.get(&dimension) {
            Some(chosen) => chosen.iter().any(|one| one == value),
            None => true,
        };
        let mut standing = BTreeMap::new();
        for part in self.corpus.parts() {
            let code = part.review.code;
            if !asked(Dimension::Cycle, &code.cycle.to_string())
                || !asked(Dimension::State, code.state.as_str())
            {
                continue;
            }
            if let Some((round, breakdown)) = &part.standing.newest_published {
                let total = &breakdown.total;
                let best = total.of(0);
                let rest = total.assessed() - best;
                // Parts come by cycle, so the newest stays.
                let counts = vec![best, rest, total.not_assessed()];
                let href = address::round(code, &round.slug);
                standing.insert(code.state, (counts, Some(href)));
            }
        }
        Some(standing)
    }

    fn by_state(&self) -> Tallies {
        let unit = self.filter.unit;
        self.corpus.tallies(&self.matches, Dimension::State, unit)
    }

    fn list_of(&self, state: StateCode) -> String {
        let only = whole(&self.filter).with_only(Dimension::State, state.as_str());
        address::recommendations(None, &only)
    }

    /// A tile for each State: what it supported, of what the filter leaves.
    fn world_supported(&self, base: &str) -> Chart {
        let labels = [
            ("supported", t!("class-supported")),
            ("other", t!("world-not-supported")),
        ];
        let by_state = self.by_state();
        let known = |state: StateCode| {
            let tally = by_state.of(state.as_str());
            let counts = vec![tally.supported, tally.received - tally.supported];
            (tally.received > 0).then(|| (counts, Some(self.list_of(state))))
        };
        let finding = "world-supported-finding";
        self.tiles(WORLD_SUPPORTED, &labels, None, known, finding, base)
    }

    fn tiles(
        &self,
        name: &str,
        labels: &[(&str, String)],
        outside: Option<usize>,
        known: impl Fn(StateCode) -> Option<Counted>,
        finding: &str,
        base: &str,
    ) -> Chart {
        let mut lines = Vec::new();
        let mut groups = Vec::new();
        let mut all: Vec<StateCode> = states::all().collect();
        all.extend(known(StateCode::FICTITIOUS).map(|_| StateCode::FICTITIOUS));
        // What is in no group comes last.
        all.sort_by_key(|state| (state.group().is_none(), state.group(), state.name()));
        for state in all {
            let (counts, href) = known(state).unwrap_or_else(|| (vec![0; labels.len()], None));
            lines.push(Line {
                label: state.name().to_owned(),
                code: state.as_str().to_owned(),
                counts,
                href,
            });
            groups.push(match state.group() {
                Some(group) => translations::regional_group(group),
                None => t!("world-no-group"),
            });
        }
        let total: Vec<u64> = (0..labels.len())
            .map(|place| lines.iter().map(|line| line.of(place)).sum())
            .collect();
        let assessed = lines.iter().filter(|line| line.received() > 0).count();
        let best = of_base(
            total.first().copied().unwrap_or(0),
            total.iter().take(2).sum(),
        );
        let title = translations::text(
            finding,
            &[("best", best.into()), ("states", assessed.into())],
        );
        let mut chart = self.frame(name, title, &self.query(), base);
        chart.series = labels
            .iter()
            .zip([
                ("full", Shape::Full),
                ("none", Shape::Ring),
                ("unassessed", Shape::Dotted),
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

    fn frame(&self, name: &str, title: String, query: &str, base: &str) -> Chart {
        let about = self.words();
        Chart {
            name: name.to_owned(),
            citation: Citation {
                title: title.clone(),
                of: about.clone(),
                revision: self.corpus.revision.to_string(),
                url: format!("{base}{}", address::chart(None, name, "", query)),
                ..Citation::default()
            },
            title,
            about,
            source: t!("list-each-newest-round"),
            notice: notice(self.is_fictitious(), self.open_rounds),
            lines_are: t!("chart-set"),
            series: Series::of_scale(&outcomes()),
            outside: Some(Outcome::NotAssessed as usize),
            lines: Vec::new(),
            best: 1,
            one_whole: true,
            total: Line {
                label: t!("chart-all"),
                href: Some(address::recommendations(None, &whole(&self.filter))),
                ..Line::default()
            },
            overlaps: false,
            form: Form::Stacked,
        }
    }
}

/// Sets beside each other, each a line by outcome.
pub(crate) fn beside(
    sets: &[(String, &Everything<'_>)],
    name: &str,
    query: &str,
    base: &str,
) -> Option<Chart> {
    let (_, first) = sets.first()?;
    let lines: Vec<Line> = sets
        .iter()
        .map(|(label, set)| Line {
            label: label.clone(),
            code: set.query(),
            counts: set.by_outcome(None).total.in_order().to_vec(),
            href: Some(address::recommendations(None, &whole(&set.filter))),
        })
        .collect();
    let shares: Vec<String> = lines
        .iter()
        .map(|line| {
            of_base(
                line.of(0),
                line.received() - line.of(Outcome::NotAssessed as usize),
            )
        })
        .collect();
    let title = t!("two-finding", shares = shares.join(" / "));
    let mut chart = first.frame(name, title, query, base);
    chart.about = sets
        .iter()
        .map(|(_, set)| set.words())
        .collect::<Vec<_>>()
        .join(" / ");
    chart.citation.of.clone_from(&chart.about);
    let fictitious = sets.iter().any(|(_, set)| set.is_fictitious());
    chart.notice = notice(fictitious, first.open_rounds);
    chart.lines_are = t!("two-set");
    chart.total.counts = (0..chart.series.len())
        .map(|place| lines.iter().map(|line| line.of(place)).sum())
        .collect();
    chart.total.href = None;
    chart.one_whole = false;
    chart.lines = lines;
    Some(chart)
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
        };
        let label = translations::text(&format!("outcome-{}", outcome.code()), &[]);
        status(
            outcome.code(),
            label,
            colour,
            shape,
            outcome != Outcome::NotAssessed,
        )
    });
    scale(statuses.to_vec())
}

/// The positions as a scale. All are in its base.
fn answers() -> Scale {
    let statuses = PositionClass::ALL.into_iter().zip(positions());
    let statuses = statuses.map(|(class, series)| {
        status(
            class.code(),
            series.label,
            &series.colour,
            series.shape,
            true,
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
