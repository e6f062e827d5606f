//! The charts of a set of all reviews. Scales differ from round to round, so statuses
//! are read as outcomes here: the best of its scale, the worst, or between.

use super::citation::Citation;
use super::file_heading::chosen;
use super::finding::Context;
use super::lists::{Lines, Lists, of_outcomes};
use super::outline::{frame, outcomes, words};
use super::{Chart, Form, Line, world};
use crate::figures::lists::OfSeries;
use crate::figures::positions::PositionGroups;
use crate::t;
use crate::text::coverage::with_coverage_of;
use crate::text::filter_sentence::{self, value_name};
use crate::text::names;
use crate::text::notices::notice;
use crate::text::numbers::of_base;
use crate::text::provenance::Sources;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use data::domain::{
    AnswerClasses, Answers, Breakdown, CountBy, Dimension, RecommendationSet, Scheme, StateCode,
};

/// What all reviews are broken down by, in the order of its page.
pub(crate) const DIMENSIONS: [Dimension; 11] = [
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
    Dimension::ResponsibleBody,
];

/// What begins the name of a chart by position.
pub(crate) const ANSWERS: &str = "answers-";

/// Two filters beside each other: what became of them, and what was answered.
pub(crate) const TWO: &str = "two";
pub(crate) const TWO_ANSWERS: &str = "answers-two";

/// A chart of all reviews by its name; `None` if there is no such chart. `base` is put in front of its address.
pub(crate) fn chart(
    set: &RecommendationSet<'_>,
    name: &str,
    look: Look,
    base: &str,
) -> Option<Chart> {
    match name {
        world::WORLD => return Some(world::implemented(set, look, base)),
        world::WORLD_SUPPORTED => return Some(world::supported(set, look, base)),
        _ => {}
    }
    let along = |param: &str| DIMENSIONS.into_iter().find(|one| one.param() == param);
    match name.strip_prefix(ANSWERS) {
        Some(param) => Some(by_position(set, name, along(param)?, look, base)),
        None => Some(by_outcome_along(set, name, along(name)?, look, base)),
    }
}

/// A set counted by outcome, in total and along a dimension.
pub(crate) fn by_outcome(set: &RecommendationSet<'_>, along: Option<Dimension>) -> Breakdown {
    set.counts(CountBy::Outcome(&outcomes()), along, set.filter().unit)
}

/// What became of a set along a dimension.
fn by_outcome_along(
    set: &RecommendationSet<'_>,
    name: &str,
    dimension: Dimension,
    look: Look,
    base: &str,
) -> Chart {
    let breakdown = by_outcome(set, Some(dimension)).ordered(look.order);
    let query = look.after(set.filter().to_query());
    // Along positions, the positions are claims that are counted, too.
    let sources = if dimension == Dimension::Position {
        Sources::of(set)
    } else {
        Sources::of_statuses(set, std::iter::empty())
    };
    let mut chart = frame(set, name, &query, base, &sources);
    let parts = breakdown.parts.iter();
    chart.lines = parts
        .map(|part| {
            line(
                set,
                dimension,
                part.value.as_deref(),
                part.counts.in_order(),
            )
        })
        .collect();
    chart.total.counts = breakdown.total.in_order().to_vec();
    finished(set, chart, dimension, of_outcomes(set))
}

/// What was answered along a dimension.
fn by_position(
    set: &RecommendationSet<'_>,
    name: &str,
    dimension: Dimension,
    look: Look,
    base: &str,
) -> Chart {
    let tallies = set.tallies(dimension);
    let groups = PositionGroups::of(look.classes, [&tallies.total.answers]);
    let query = look.after(set.filter().to_query());
    let mut chart = frame(set, name, &query, base, &Sources::of_answers(set));
    chart.of_positions(&groups);
    let parts = tallies.parts.iter();
    chart.lines = parts
        .map(|(value, tally)| {
            let counts = groups.counts(&tally.answers);
            line(set, dimension, value.as_deref(), &counts)
        })
        .collect();
    chart.total.counts = groups.counts(&tallies.total.answers);
    chart.order_lines(look.order);
    finished(set, chart, dimension, groups.lists())
}

/// A chart along a dimension with its lists and, under its finding, its title.
fn finished(
    set: &RecommendationSet<'_>,
    mut chart: Chart,
    dimension: Dimension,
    series: Vec<OfSeries>,
) -> Chart {
    chart.lists = Some(Lists {
        review: None,
        lines: Lines::Along(set.filter().clone(), dimension),
        series,
    });
    chart.lines_are = translations::dimension(dimension);
    chart.context = context_of(set, dimension);
    chart.overlaps = set.filter().unit.overlaps_along(dimension);
    let title = chart.finding(&chart.measure.in_words());
    chart.titled(title)
}

/// What the heading of a chart along a dimension says besides its numbers.
fn context_of(set: &RecommendationSet<'_>, along: Dimension) -> Context {
    let states = set.filter().chosen.get(&Dimension::State);
    let state = match states.map(Vec::as_slice) {
        Some([state]) => StateCode::parse(state),
        _ => None,
    };
    let mut others = set.filter().clone();
    if state.is_some() {
        others.chosen.remove(&Dimension::State);
    }
    Context {
        along: Some(along),
        state: state.map(|state| names::state(state).to_owned()),
        is_filtered: !others.is_everything(),
        is_partly_loaded: along == Dimension::Cycle
            && set.coverage().is_some_and(|of| of.loaded < of.held),
    }
}

fn line(
    set: &RecommendationSet<'_>,
    dimension: Dimension,
    value: Option<&str>,
    counts: &[u64],
) -> Line {
    let href = value.map(|value| {
        let only = set.filter().with_only(dimension, value);
        paths::recommendations(None, &only)
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

/// Sets beside each other, each a line named by what it chooses: by outcome or by what was answered.
/// Sets differ in size, so their shares are drawn.
pub(crate) fn beside(
    sets: &[&RecommendationSet<'_>],
    name: &str,
    classes: AnswerClasses,
    query: &str,
    base: &str,
) -> Option<Chart> {
    let first = sets.first()?;
    let answers: Option<Vec<Answers>> = name
        .starts_with(ANSWERS)
        .then(|| sets.iter().map(|set| set.total().answers).collect());
    let groups = answers
        .as_ref()
        .map(|answers| PositionGroups::of(classes, answers));
    let counts: Vec<Vec<u64>> = if let (Some(answers), Some(groups)) = (&answers, &groups) {
        answers.iter().map(|one| groups.counts(one)).collect()
    } else {
        let outcomes = sets.iter().map(|set| by_outcome(set, None).total);
        outcomes.map(|total| total.in_order().to_vec()).collect()
    };
    let lines: Vec<Line> = sets
        .iter()
        .zip(counts)
        .map(|(set, counts)| Line {
            label: filter_sentence::name(set),
            code: set.filter().to_query(),
            counts,
            href: Some(paths::recommendations(None, set.filter())),
            ..Line::default()
        })
        .collect();
    let sources = Sources::of_several(sets, answers.is_some());
    let about: Vec<String> = sets.iter().map(|set| words(set)).collect();
    let mut chart = frame(first, name, query, base, &sources);
    chart.source = with_coverage_of(sources.line(), sets);
    chart.about = about.join(" / ");
    let chosen = sets.iter().map(|set| chosen(set.filter(), set.scale()));
    chart.file_heading.of = chosen.collect::<Vec<_>>().join(" / ");
    chart.citation = Citation {
        of: chart.about.clone(),
        revision: chart.citation.revision,
        url: chart.citation.url,
        ..Citation::of_sources(&sources)
    };
    if let Some(groups) = &groups {
        chart.of_positions(groups);
    }
    let shares: Vec<String> = lines
        .iter()
        .map(|line| {
            let figure = of_base(chart.measured(line), chart.base(line));
            t!("chart-line", label = line.label.clone(), counts = figure)
        })
        .collect();
    let title = if lines.iter().all(|line| chart.base(line) == 0) {
        t!("two-nothing")
    } else {
        let best = chart.measure.in_words();
        t!("chart-line", label = best, counts = shares.join(" / "))
    };
    let fictitious = sets.iter().any(|set| set.is_fictitious());
    chart.notice = notice(
        fictitious,
        sets.iter().any(|set| set.includes_open_rounds()),
    );
    chart.lines_are = t!("two-set");
    chart.total.counts = (0..chart.series.len())
        .map(|place| lines.iter().map(|line| line.of(place)).sum())
        .collect();
    chart.total.href = None;
    chart.one_whole = false;
    chart.lines = lines;
    chart.lists = Some(Lists {
        review: None,
        lines: Lines::Each(sets.iter().map(|set| set.filter().clone()).collect()),
        series: match &groups {
            Some(groups) => groups.lists(),
            None => of_outcomes(first),
        },
    });
    chart.form = Form::Shares;
    Some(chart.titled(title))
}
