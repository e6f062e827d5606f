//! A filter in words: what a list holds, said so that somebody who sees only the sentence - above a
//! table, in a file - knows which recommendations these are.

use crate::components::headline::signed;
use crate::{t, translations};
use data::domain::{Dimension, Filter, PositionClass, ReviewRecord, RoundRecord, Scheme};

/// The order in which a person would say it; not the order in which filters are offered.
const SAID: [Dimension; 9] = [
    Dimension::RecommendingState,
    Dimension::RegionalGroup,
    Dimension::Term(Scheme::Issue),
    Dimension::Term(Scheme::Theme),
    Dimension::Term(Scheme::AffectedPersons),
    Dimension::Term(Scheme::Sdg),
    Dimension::ActionCategory,
    Dimension::Position,
    Dimension::Status,
];

/// "93 recommendations of Belarus, first cycle: recommended by Norway or Sweden, about Death penalty,
/// noted. Status in: …. Counted: Recommendations."
pub(crate) fn filter_in_words(
    filter: &Filter,
    record: &ReviewRecord,
    round: Option<&RoundRecord>,
) -> String {
    let count = filter.select(record).rows.len();
    let code = record.review.code;
    let (state, cycle) = (code.state.name(), translations::cycle(code.cycle));
    let what = if filter.is_everything() {
        t!("words-all", count = count, state = state, cycle = cycle)
    } else {
        let clauses = comma_separated(clauses(filter, round));
        // English has no plural form for zero, and a sentence that begins with a zero reads as a fault.
        let key = if count == 0 {
            "words-none"
        } else {
            "words-some"
        };
        t!(
            key,
            count = count,
            state = state,
            cycle = cycle,
            clauses = clauses
        )
    };
    let round = match round {
        Some(round) if round.round.is_published() => t!("words-round", round = signed(round)),
        Some(round) => t!("words-round-open", round = signed(round)),
        None => t!("words-round-none"),
    };
    let unit = translations::counting_unit(filter.unit);
    t!("words-whole", what = what, round = round, unit = unit)
}

/// The name of a value as people read it; a long text that somebody typed is shortened.
pub(crate) fn value_name(dimension: Dimension, value: &str, round: Option<&RoundRecord>) -> String {
    const MAX: usize = 120;
    let name = translations::dimension_value(dimension, value, |code| {
        let status = round?.round.scale.status(code)?;
        Some(status.label.clone())
    });
    if name.chars().count() <= MAX {
        name
    } else {
        name.chars().take(MAX).chain(['…']).collect()
    }
}

fn clauses(filter: &Filter, round: Option<&RoundRecord>) -> Vec<String> {
    let mut clauses: Vec<String> = SAID
        .into_iter()
        .filter_map(|dimension| Some((dimension, filter.chosen.get(&dimension)?)))
        .map(|(dimension, values)| {
            let name = |value: &String| match dimension {
                Dimension::Position => in_a_sentence(value),
                _ => value_name(dimension, value, round),
            };
            let values = alternatives(values.iter().map(name).collect());
            let key = format!("words-{}", dimension.param());
            translations::text(&key, &[("values", values.into())])
        })
        .collect();
    if let Some(search) = &filter.search {
        let typed = format!("“{}”", search.typed());
        clauses.push(t!("words-search", values = typed));
    }
    clauses
}

/// A position in the middle of a sentence, where its label would stand out with its capital.
fn in_a_sentence(code: &str) -> String {
    PositionClass::parse(code).map_or_else(
        || code.to_owned(),
        |class| translations::text(&format!("words-position-{}", class.code()), &[]),
    )
}

/// "A, B or C".
fn alternatives(mut values: Vec<String>) -> String {
    match values.pop() {
        Some(last) if values.is_empty() => last,
        Some(last) => t!("words-or", first = comma_separated(values), last = last),
        None => String::new(),
    }
}

fn comma_separated(values: Vec<String>) -> String {
    values
        .into_iter()
        .reduce(|first, next| t!("words-comma", first = first, next = next))
        .unwrap_or_default()
}
