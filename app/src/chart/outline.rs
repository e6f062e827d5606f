//! What every chart over all reviews says before its numbers: its filter in words, its sources, its citation.

use super::citation::Citation;
use super::file_heading::FileHeading;
use super::finding::Context;
use super::{Base, Chart, Form, Line, Measure};
use crate::figures::series::{Role, Series, scale_of};
use crate::t;
use crate::text::coverage::with_coverage;
use crate::text::filter_sentence::{self};
use crate::text::notices::notice;
use crate::text::provenance::Sources;
use crate::text::translations;
use crate::urls::paths;
use data::domain::{Outcome, RecommendationSet, Scale, Shape};

/// What a set holds, in words. What is known as totals only is not nothing.
pub(crate) fn words(set: &RecommendationSet<'_>) -> String {
    if set.is_only_reported() {
        let unit = translations::counting_unit(set.filter().unit);
        return t!(
            "all-reviews-only-reported",
            of = filter_sentence::name(set),
            unit = unit
        );
    }
    filter_sentence::sentence(set)
}

/// How figures of a set are cited.
pub(crate) fn citation(
    set: &RecommendationSet<'_>,
    title: String,
    url: String,
    sources: &Sources<'_>,
) -> Citation {
    Citation {
        title,
        of: words(set),
        revision: set.revision().to_string(),
        url,
        ..Citation::of_sources(sources)
    }
}

/// What all charts of all reviews have in common.
pub(super) fn frame(
    set: &RecommendationSet<'_>,
    name: &str,
    query: &str,
    base: &str,
    sources: &Sources<'_>,
) -> Chart {
    let url = format!("{base}{}", paths::chart(None, name, "", query));
    Chart {
        name: name.to_owned(),
        citation: citation(set, String::new(), url, sources),
        title: String::new(),
        file_heading: FileHeading::of_set(set, sources.as_of().as_ref()),
        about: words(set),
        source: with_coverage(sources.line(), set),
        position_sources: sources.positions.clone(),
        notice: notice(set.is_fictitious(), set.includes_open_rounds()),
        lines_are: t!("chart-set"),
        context: Context::default(),
        series: Series::of_scale(&outcomes()),
        measure: Measure::Implemented,
        base: Base::Assessed,
        classes: None,
        lists: None,
        lines: Vec::new(),
        one_whole: true,
        total: Line {
            label: t!("chart-all"),
            href: Some(paths::recommendations(None, set.filter())),
            ..Line::default()
        },
        overlaps: false,
        form: Form::Stacked,
    }
}

/// The outcomes as a scale, so that what counts statuses counts them.
pub(crate) fn outcomes() -> Scale {
    let series = Outcome::ALL.map(|outcome| {
        let (colour, shape) = match outcome {
            Outcome::Best => ("full", Shape::Full),
            Outcome::Between => ("partial", Shape::Half),
            Outcome::Worst => ("none", Shape::Ring),
            Outcome::NotAssessed => ("unassessed", Shape::Dotted),
            Outcome::NoRound => ("no-round", Shape::Full),
        };
        Series {
            code: outcome.code().to_owned(),
            label: translations::text(&format!("outcome-{}", outcome.code()), &[]),
            colour: colour.to_owned(),
            shape,
            role: match outcome {
                Outcome::Best => Role::Measured,
                outcome if outcome.is_assessed() => Role::InBase,
                _ => Role::Outside,
            },
        }
    });
    scale_of(series.to_vec())
}
