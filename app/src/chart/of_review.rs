//! The charts of one review in one round, or of what a filter leaves of it.

use super::citation::Citation;
use super::lists::{Lines, Lists};
use super::of_everything::best_in_words;
use super::{Chart, Form, Line, SUPPORTED, Series};
use crate::components::headline::{self, signed_among};
use crate::exports::notice;
use crate::figures::{Figures, Statuses};
use crate::filter_words::{Subject, filter_in_words, value_name};
use crate::look::{Look, Squares};
use crate::sources::documents_of;
use crate::{address, t, translations};
use data::domain::{Breakdown, CountingUnit, Dimension, Scheme};

/// What a review is broken down by, in the order of its page.
pub(crate) const DIMENSIONS: [Dimension; 8] = [
    Dimension::Position,
    Dimension::Term(Scheme::Issue),
    Dimension::Term(Scheme::Theme),
    Dimension::Term(Scheme::Sdg),
    Dimension::RegionalGroup,
    Dimension::RecommendingState,
    Dimension::ActionCategory,
    Dimension::Term(Scheme::AffectedPersons),
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
        STATUS => figures
            .assessed_in()
            .map(|_| bars(figures, STATUS, look, base)),
        // Answers are not told apart by themselves.
        POSITION if figures.is_of_answers() => Some(bars(figures, POSITION, look, base)),
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
    let breakdown = figures.breakdown(Some(dimension)).ordered(look.order);
    let scale = &figures.round.round.scale;
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
    chart.lines = lines;
    chart.overlaps = breakdown.overlaps();
    chart.form = Form::Stacked;
    let best = if figures.is_of_answers() {
        best_in_words(true)
    } else {
        let best = chart.series.first();
        best.map(|series| series.label.clone()).unwrap_or_default()
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

/// What all charts of a review have in common.
fn frame(
    figures: &Figures<'_>,
    breakdown: &Breakdown,
    name: &str,
    look: Look,
    base: &str,
) -> Chart {
    let (record, round) = (figures.record, &figures.round.round);
    let code = record.review.code;
    let title = headline::finding_of(figures);
    let about = filter_in_words(
        &figures.list_filter(),
        figures.counted(),
        Subject::Review(code, figures.assessed_in()),
        Some(&round.scale),
    );
    let query = look.after(figures.query());
    let (source, cited) = if let Some(round) = figures.assessed_in() {
        let cited = Citation {
            organisation: round.organisation.clone(),
            round: round.title.clone(),
            as_of: round.as_of.clone(),
            hash: round.content_hash.clone(),
            redactions: round.redactions.clone(),
            ..Citation::default()
        };
        (signed_among(record, figures.round), cited)
    } else {
        let documents = documents_of(&record.review);
        (documents.line(), Citation::of_sources(&documents))
    };
    let outside = round.scale.statuses.iter().enumerate();
    let outside = outside.filter(|(_, status)| !status.counts_as_assessed);
    Chart {
        name: name.to_owned(),
        citation: Citation {
            title: title.clone(),
            of: about.clone(),
            revision: record.revision.to_string(),
            url: format!("{base}{}", address::chart(code, name, "", &query)),
            ..cited
        },
        title,
        about,
        source,
        notice: notice(code.state.is_fictitious(), !round.is_published()),
        lines_are: t!("chart-set"),
        series: Series::of_scale(&round.scale),
        outside: outside.map(|(place, _)| place).collect(),
        lists: figures.is_itemised().then(|| Lists {
            review: Some(code),
            lines: Lines::One(figures.list_filter()),
            series: round
                .scale
                .statuses
                .iter()
                .map(|status| Some((figures.told_apart_by(), vec![status.code.clone()])))
                .collect(),
        }),
        lines: Vec::new(),
        best: if figures.is_of_answers() {
            SUPPORTED
        } else {
            1
        },
        one_whole: true,
        total: Line {
            label: t!("chart-all"),
            counts: breakdown.total.in_order().to_vec(),
            href: figures.list(Statuses::Any, None),
            ..Line::default()
        },
        overlaps: false,
        form: Form::Bars,
    }
}
