//! How many of the reviews that have taken place a figure is based on, in words.

use crate::t;
use crate::text::names;
use crate::text::translations;
use data::domain::{
    Coverage, Dimension, Filter, RecommendationSet, ReviewCoverage, ReviewRecord, StateCode,
};

/// A source line with the coverage of its figures, if they are over several reviews.
pub(crate) fn with_coverage(source: String, set: &RecommendationSet<'_>) -> String {
    with_coverage_of(source, &[set])
}

/// The same for figures of several sets, each coverage once.
pub(crate) fn with_coverage_of(source: String, sets: &[&RecommendationSet<'_>]) -> String {
    let mut coverages: Vec<String> = Vec::new();
    for coverage in sets.iter().filter_map(|set| of_set(set)) {
        if !coverages.contains(&coverage) {
            coverages.push(coverage);
        }
    }
    if coverages.is_empty() {
        return source;
    }
    format!("{}. {}", source.trim_end_matches('.'), coverages.join(". "))
}

/// A source line with the coverage of one review, if its figures are of fewer or of more recommendations than it
/// received.
pub(crate) fn with_review_coverage(source: String, record: &ReviewRecord) -> String {
    match of_review(&ReviewCoverage::of(record)) {
        Some(coverage) => format!("{}. {coverage}", source.trim_end_matches('.')),
        None => source,
    }
}

/// What the figures of a review are based on, if something tells that it received more or fewer recommendations than
/// are loaded: totals that were reported, or the numbers of its report.
pub(crate) fn of_review(coverage: &ReviewCoverage) -> Option<String> {
    let sentences = sentences(coverage, "coverage");
    (!sentences.is_empty()).then(|| sentences.join(". "))
}

/// The same beside the number of recommendations in a table.
pub(crate) fn beside_number(coverage: &ReviewCoverage) -> Option<String> {
    let totals = (coverage.is_part() || coverage.is_surplus())
        .then(|| t!("part-of-received", received = coverage.reported));
    let unmatched = (coverage.unmatched() > 0)
        .then(|| t!("unmatched-beside-number", unmatched = coverage.unmatched()));
    let parts: Vec<String> = totals.into_iter().chain(unmatched).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The same as sentences for the page of the review.
pub(crate) fn on_review(coverage: &ReviewCoverage) -> Option<String> {
    let sentences = sentences(coverage, "review");
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// What the reported totals and the numbers of the report tell beside the number of loaded recommendations. `place` is
/// where the sentences stand, with which the keys of their texts begin: `coverage` or `review`.
fn sentences(coverage: &ReviewCoverage, place: &str) -> Vec<String> {
    let beside_totals = match coverage {
        _ if coverage.is_part() => Some("part"),
        _ if coverage.is_surplus() => Some("surplus"),
        _ => None,
    };
    let unmatched = (coverage.unmatched() > 0).then_some("unmatched");
    let told = beside_totals.into_iter().chain(unmatched);
    let sentence = |what| {
        translations::text(
            &format!("{place}-{what}"),
            &[
                ("loaded", coverage.loaded.into()),
                ("received", coverage.reported.into()),
                ("numbered", coverage.numbered.into()),
                ("report", report(coverage).into()),
                ("unmatched", coverage.unmatched().into()),
                ("source", unnumbered_sources(coverage).into()),
            ],
        )
    };
    told.map(sentence).collect()
}

/// The report that numbers the recommendations.
fn report(coverage: &ReviewCoverage) -> String {
    coverage
        .report
        .as_deref()
        .map_or_else(|| t!("coverage-report"), str::to_owned)
}

/// The sources of the recommendations without a number.
fn unnumbered_sources(coverage: &ReviewCoverage) -> String {
    if coverage.unnumbered_sources.is_empty() {
        return t!("sources-not-given");
    }
    coverage.unnumbered_sources.join(", ")
}

/// The coverage of a set's figures; `None` if the set is of one review or of a State that does not exist.
pub(crate) fn of_set(set: &RecommendationSet<'_>) -> Option<String> {
    in_words(set.coverage()?, set.filter())
}

/// The coverage of the States and cycles that a filter chooses; `None` if no such review took place.
pub(crate) fn in_words(coverage: Coverage, filter: &Filter) -> Option<String> {
    let Coverage {
        loaded,
        held,
        under_way,
    } = coverage;
    if held == 0 {
        return (under_way > 0).then(|| t!("coverage-only-under-way", count = under_way));
    }
    let states = filter.chosen.get(&Dimension::State).map(Vec::as_slice);
    let whose = match states {
        _ if filter.chosen.contains_key(&Dimension::Cycle) => t!("coverage-whose-chosen"),
        None => t!("coverage-whose-all"),
        Some([state]) => match StateCode::parse(state) {
            Some(state) => t!("coverage-whose-state", state = names::state(state)),
            None => t!("coverage-whose-chosen"),
        },
        Some(_) => t!("coverage-whose-chosen"),
    };
    let words = t!("coverage-of", loaded = loaded, held = held, whose = whose);
    Some(if under_way > 0 {
        t!("coverage-under-way", coverage = words, count = under_way)
    } else {
        words
    })
}
