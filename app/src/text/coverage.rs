//! How many of the reviews that have taken place a figure is based on, in words.

use crate::t;
use crate::text::names;
use data::domain::{Coverage, Dimension, Filter, RecommendationSet, ReviewRecord, StateCode};

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

/// A source line that says how many of the recommendations are loaded that the review's totals report, if these are
/// not all.
pub(crate) fn with_part_loaded(source: String, record: &ReviewRecord) -> String {
    match of_review(record) {
        Some(part) => format!("{}. {part}", source.trim_end_matches('.')),
        None => source,
    }
}

/// How many of the recommendations that a review received are loaded; `None` if these are all, or if no totals were
/// reported.
pub(crate) fn of_review(record: &ReviewRecord) -> Option<String> {
    part_loaded(
        record.recommendations.len() as u64,
        record.reported_received(),
    )
}

/// The same of two numbers.
pub(crate) fn part_loaded(loaded: u64, received: u64) -> Option<String> {
    is_part(loaded, received).then(|| t!("coverage-part", loaded = loaded, received = received))
}

/// Returns true if some but not all of the recommendations that totals report are loaded.
pub(crate) fn is_part(loaded: u64, received: u64) -> bool {
    0 < loaded && loaded < received
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
