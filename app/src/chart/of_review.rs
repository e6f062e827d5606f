//! The charts of one review in one round, or of what a filter leaves of it.

use super::citation::Citation;
use super::file_heading::{FileHeading, data_of, day_of};
use super::finding::Context;
use super::lists::{Lines, Lists};
use super::{Base, Chart, Form, Line, Measure};
use crate::figures::headline;
use crate::figures::series::Series;
use crate::figures::{Figures, Statuses};
use crate::t;
use crate::text::coverage::with_review_coverage;
use crate::text::filter_sentence::{choice_in_words, value_name};
use crate::text::names;
use crate::text::notices::notice;
use crate::text::provenance::Sources;
use crate::text::round_names;
use crate::text::round_names::signed_among;
use crate::text::translations;
use crate::urls::display_options::{Look, Squares};
use crate::urls::paths;
use data::domain::{Breakdown, CountingUnit, Dimension, Scheme};

/// What a review is broken down by, in the order of its page.
pub(crate) const DIMENSIONS: [Dimension; 9] = [
    Dimension::Position,
    Dimension::Term(Scheme::Issue),
    Dimension::Term(Scheme::Theme),
    Dimension::Term(Scheme::Sdg),
    Dimension::RegionalGroup,
    Dimension::RecommendingState,
    Dimension::ActionCategory,
    Dimension::Term(Scheme::AffectedPersons),
    Dimension::ResponsibleBody,
];

/// The bars by status.
pub(crate) const STATUS: &str = "status";
/// The squares.
pub(crate) const SQUARES: &str = "squares";
/// By position: a bar for each where nobody has assessed.
pub(crate) const POSITION: &str = "position";

/// A chart by its name; none where there is no such chart. `base` is put in front of its address.
pub(crate) fn chart(figures: &Figures<'_>, name: &str, look: Look, base: &str) -> Option<Chart> {
    match name {
        STATUS => figures.round().map(|_| bars(figures, STATUS, look, base)),
        // Answers are not told apart by themselves.
        POSITION if figures.positions().is_some() => Some(bars(figures, POSITION, look, base)),
        SQUARES => Some(squares(figures, look, base)),
        _ => {
            let dimension = DIMENSIONS.into_iter().find(|one| one.param() == name)?;
            Some(by_dimension(figures, dimension, look, base))
        }
    }
}

fn bars(figures: &Figures<'_>, name: &str, look: Look, base: &str) -> Chart {
    let breakdown = figures.breakdown(None);
    frame(figures, &breakdown, name, look, base)
}

fn squares(figures: &Figures<'_>, look: Look, base: &str) -> Chart {
    // A square is a recommendation, whatever is counted elsewhere.
    let figures = Figures {
        unit: CountingUnit::Recommendations,
        ..*figures
    };
    let breakdown = figures.breakdown(None);
    let mut places: Vec<usize> = if figures.is_itemised() {
        let statuses = figures.listed().filter_map(|listed| listed.status);
        statuses.map(|(place, _)| place).collect()
    } else {
        let counts = breakdown.total.in_order().iter().enumerate();
        counts
            .flat_map(|(place, count)| {
                std::iter::repeat_n(place, usize::try_from(*count).unwrap_or(0))
            })
            .collect()
    };
    if look.squares == Squares::Status {
        places.sort_unstable();
    }
    Chart {
        form: Form::Squares(places),
        ..frame(&figures, &breakdown, SQUARES, look, base)
    }
}

fn by_dimension(figures: &Figures<'_>, dimension: Dimension, look: Look, base: &str) -> Chart {
    let breakdown = figures.breakdown(Some(dimension));
    // By share, statuses are ordered by each of them in turn, positions by what enjoys support: below.
    let breakdown = match figures.positions() {
        Some(_) => breakdown,
        None => breakdown.ordered(look.order),
    };
    let scale = figures.scale();
    let mut lines: Vec<Line> = breakdown
        .parts
        .iter()
        .map(|part| {
            let value = part.value.as_deref();
            Line {
                label: value.map_or_else(
                    || t!("chart-no-value"),
                    |value| value_name(dimension, value, Some(scale)),
                ),
                code: value.unwrap_or_default().to_owned(),
                counts: part.counts.in_order().to_vec(),
                href: value.and_then(|value| figures.list(Statuses::Any, Some((dimension, value)))),
                derived: figures.derived(dimension, value),
                ..Line::default()
            }
        })
        .collect();
    // What the source gives without a value is a line of its own, so that lines add up to the total.
    if !breakdown.overlaps() {
        let mut rest = breakdown.total.in_order().to_vec();
        for line in &lines {
            for (rest, count) in rest.iter_mut().zip(&line.counts) {
                *rest = rest.saturating_sub(*count);
            }
        }
        if rest.iter().any(|count| *count > 0) {
            lines.push(Line {
                label: t!("chart-no-value"),
                counts: rest,
                ..Line::default()
            });
        }
    }
    let name = translations::dimension(dimension);
    let mut chart = frame(figures, &breakdown, dimension.param(), look, base);
    chart.notice = [chart.notice, derived_in_words(&lines, &chart.series)]
        .into_iter()
        .flatten()
        .reduce(|notice, derived| format!("{notice} {derived}"));
    if let Some(lists) = &mut chart.lists {
        lists.lines = Lines::Along(figures.list_filter(), dimension);
    }
    chart.lines_are = name;
    chart.context = Context {
        along: Some(dimension),
        state: Some(names::state(figures.record.review.code.state).to_owned()),
        is_filtered: !figures.list_filter().is_everything(),
        is_partly_loaded: false,
    };
    chart.lines = lines;
    if figures.positions().is_some() {
        chart.order_lines(look.order);
    }
    chart.overlaps = breakdown.overlaps();
    chart.form = Form::Stacked;
    let best = match chart.measure {
        Measure::Supported => chart.measure.in_words(),
        Measure::Implemented => chart.measured_label(),
    };
    let title = chart.finding(&best);
    chart.titled(title)
}

/// Which numbers nobody published as such.
fn derived_in_words(lines: &[Line], series: &[Series]) -> Option<String> {
    let cells: Vec<String> = lines
        .iter()
        .flat_map(|line| line.derived.iter().map(move |place| (line, *place)))
        .filter_map(|(line, place)| {
            let status = series.get(place)?.label.clone();
            let (label, count) = (line.label.clone(), line.of(place));
            Some(t!(
                "derived-cell",
                label = label,
                status = status,
                count = count
            ))
        })
        .collect();
    (!cells.is_empty()).then(|| t!("derived-notice", cells = cells.join("; ")))
}

/// The review, what a filter leaves of it, and the day of its round.
fn file_heading_of(figures: &Figures<'_>) -> FileHeading {
    let record = figures.record;
    let review = translations::review(&record.review);
    let filter = figures.list_filter();
    let of = if figures.is_filtered() {
        let chosen = choice_in_words(&filter, Some(figures.scale()));
        t!("picture-of-filtered", review = review, chosen = chosen)
    } else {
        review
    };
    let day = match figures.round() {
        Some(round) => day_of(&round.round),
        None => data_of(record.public.day),
    };
    FileHeading { of, day }
}

/// What all charts of a review have in common.
fn frame(
    figures: &Figures<'_>,
    breakdown: &Breakdown,
    name: &str,
    look: Look,
    base: &str,
) -> Chart {
    let (record, scale) = (figures.record, figures.scale());
    let code = record.review.code;
    let title = headline::finding_of(figures);
    let about = figures.words();
    let query = look.after(figures.query());
    // Statuses alone have one source, the round. Reported totals give their positions themselves.
    let shows_positions =
        figures.round().is_none() || figures.is_itemised() && name == Dimension::Position.param();
    let answers = shows_positions.then(|| Sources::of_answers(figures.set));
    let positions = answers.as_ref().and_then(Sources::positions_line);
    let (source, cited) = if let Some(record_of_round) = figures.round() {
        let round = &record_of_round.round;
        let signed = signed_among(record, record_of_round);
        let organisations = answers.as_ref().map(Sources::organisations);
        let organisations = organisations
            .into_iter()
            .chain([round.organisation.clone()]);
        let organisations: Vec<String> = organisations.filter(|name| !name.is_empty()).collect();
        let titles: Vec<String> = positions
            .iter()
            .cloned()
            .chain([round_names::title(round)])
            .collect();
        let cited = Citation {
            organisation: organisations.join("; "),
            round: titles.join("; "),
            as_of: round.as_of.clone(),
            hash: round.content_hash.clone(),
            redactions: round.redactions.clone(),
            superseded: round.publication.superseded.clone(),
            ..Citation::default()
        };
        let source = match positions {
            Some(positions) => t!("sources-both", positions = positions, rounds = signed),
            None => signed,
        };
        (source, cited)
    } else {
        let answers = answers.as_ref();
        let cited = answers.map(Citation::of_sources).unwrap_or_default();
        (positions.unwrap_or_default(), cited)
    };
    // Totals that were reported are of no recommendations that are loaded.
    let source = if figures.round().is_none() || figures.is_itemised() {
        with_review_coverage(source, record)
    } else {
        source
    };
    let open = figures
        .round()
        .is_some_and(|round| !round.round.is_published());
    let mut chart = Chart {
        name: name.to_owned(),
        citation: Citation {
            title: title.clone(),
            of: about.clone(),
            revision: record.revision.to_string(),
            url: format!("{base}{}", paths::chart(code, name, "", &query)),
            ..cited
        },
        title,
        file_heading: file_heading_of(figures),
        about,
        source,
        position_sources: answers.and_then(|answers| answers.positions),
        notice: notice(code.state.is_fictitious(), open),
        lines_are: t!("chart-set"),
        context: Context::default(),
        series: Series::of_scale(scale),
        measure: Measure::Implemented,
        base: Base::Assessed,
        classes: None,
        lists: figures.is_itemised().then(|| Lists {
            review: Some(code),
            lines: Lines::One(figures.list_filter()),
            series: figures.lists(),
        }),
        lines: Vec::new(),
        one_whole: true,
        total: Line {
            label: t!("chart-all"),
            counts: breakdown.total.in_order().to_vec(),
            href: figures.list(Statuses::Any, None),
            ..Line::default()
        },
        overlaps: false,
        form: Form::Bars,
    };
    if let Some(positions) = figures.positions() {
        chart.of_positions(&positions.groups);
    }
    chart
}
