//! The query string of a list's address as a filter of one review, or of all.
//!
//! [`Filter::parse`] knows no review. What only the review can tell - whether it has the round - and
//! how much of an address is worth repeating in every link of a page is settled here, once for the
//! list, the pages reached from it and its files.

use crate::urls::display_options::CLASSES;
use crate::urls::paths;
use data::domain::{
    AnswerClasses, Dimension, Filter, Message, ReviewRecord, RoundFault, Scale, query_pairs,
    shorten,
};
use data::settings;

/// As many faults are said; more would only be read by nobody.
const MAX_FAULTS: usize = 10;

/// Names of what a page reads of its address beside a filter. On any other page they would choose
/// nothing, and that is said.
pub(crate) type Beside = &'static [&'static str];

/// The list of moves, and the parameter that names some of them.
pub(crate) const LISTED: &str = "listed";

/// A list, and its files, whose addresses differ in the ending only.
const OF_LISTS: Beside = &[paths::ALL_VALUES, Filter::COLUMNS];
/// A summary, and its charts.
pub(crate) const OF_SUMMARIES: Beside = &["order", "squares", CLASSES];
/// All States side by side.
pub(crate) const OF_THE_WORLD: Beside = &["order", "squares", CLASSES, "measure"];
/// Tables that count positions.
pub(crate) const OF_TABLES: Beside = &[CLASSES];
/// Two rounds side by side.
pub(crate) const OF_TWO_ROUNDS: Beside = &["from", "to", "map", LISTED];

/// What an address selects from.
#[derive(Clone, Copy)]
pub enum SelectsFrom<'a> {
    /// One review, in the round that the address names.
    Review(&'a ReviewRecord),
    /// All reviews, whose statuses are those of this scale.
    AllReviews(&'a Scale),
}

/// Reads the query string of a list; what cannot be used is left out, with a message each.
pub fn read(query: &str, from: SelectsFrom<'_>) -> (Filter, Vec<Message>) {
    read_beside(query, from, OF_LISTS)
}

/// The same of a page that reads more of its address.
pub(crate) fn read_beside(
    query: &str,
    from: SelectsFrom<'_>,
    beside: Beside,
) -> (Filter, Vec<Message>) {
    beside_too(query, beside, read_where(query, from, |_| true))
}

/// The same of a review's summary, which shows rounds with reported totals as well.
pub(crate) fn read_of_summary(
    query: &str,
    record: &ReviewRecord,
    beside: Beside,
) -> (Filter, Vec<Message>) {
    let is_fault = |fault: &RoundFault| !matches!(fault, RoundFault::HasTotalsOnly(_));
    let read = read_where(query, SelectsFrom::Review(record), is_fault);
    beside_too(query, beside, read)
}

/// The same where the address has other things of its own to say, such as what a form was filled with.
pub(crate) fn read_among_others(query: &str, from: SelectsFrom<'_>) -> (Filter, Vec<Message>) {
    read_where(query, from, |_| true)
}

/// Adds the parameters that the page does not know to the faults of its filter.
fn beside_too(
    query: &str,
    beside: Beside,
    (mut filter, mut faults): (Filter, Vec<Message>),
) -> (Filter, Vec<Message>) {
    if !beside.contains(&Filter::COLUMNS) {
        filter.columns = None;
    }
    faults.extend(unknown_names(query, beside));
    faults.truncate(MAX_FAULTS);
    (filter, faults)
}

fn read_where(
    query: &str,
    from: SelectsFrom<'_>,
    is_fault: impl Fn(&RoundFault) -> bool,
) -> (Filter, Vec<Message>) {
    let (mut filter, mut faults) = parse(query);
    let scale = match from {
        SelectsFrom::Review(record) => {
            let (round, fault) = filter.round_of(record);
            if let Some(fault) = fault {
                faults.extend(Some(fault).filter(is_fault).map(|fault| fault.message()));
                filter.round = None;
            }
            round.map(|round| &round.round.scale)
        }
        SelectsFrom::AllReviews(scale) => {
            // Each review has rounds of its own.
            faults.extend(filter.round.take().map(|round| unknown("round", &round)));
            Some(scale)
        }
    };
    keep_known_statuses(&mut filter, scale, &mut faults);
    faults.truncate(MAX_FAULTS);
    (filter, faults)
}

fn parse(query: &str) -> (Filter, Vec<Message>) {
    if query.len() > settings::QUERY_MAX {
        let fault = Message::new("filter-too-long").with("max", settings::QUERY_MAX);
        return (Filter::default(), vec![fault]);
    }
    let (mut filter, mut faults) = Filter::parse(query);
    for (dimension, values) in &mut filter.chosen {
        values.retain(|value| {
            let fits = value.len() <= settings::QUERY_VALUE_MAX;
            if !fits {
                faults.push(unknown(dimension.param(), value));
            }
            fits
        });
    }
    filter.chosen.retain(|_, values| !values.is_empty());
    (filter, faults)
}

fn keep_known_statuses(filter: &mut Filter, scale: Option<&Scale>, faults: &mut Vec<Message>) {
    let Some(statuses) = filter.chosen.get_mut(&Dimension::Status) else {
        return;
    };
    statuses.retain(|code| {
        let known = scale.is_some_and(|scale| scale.status(code).is_some());
        if !known {
            faults.push(unknown(Dimension::Status.param(), code));
        }
        known
    });
    filter.chosen.retain(|_, values| !values.is_empty());
}

fn unknown(parameter: &str, value: &str) -> Message {
    Message::new("filter-unknown-value")
        .with("parameter", parameter)
        .with("value", shorten(value, Message::LONGEST_VALUE))
}

/// A misspelt name chooses nothing, and whoever quotes a figure of that page has to know.
fn unknown_names(query: &str, beside: Beside) -> Vec<Message> {
    if query.len() > settings::QUERY_MAX {
        return Vec::new();
    }
    let pairs = query_pairs(query).into_iter();
    pairs
        .filter(|(name, _)| !is_known(name, beside))
        .take(MAX_FAULTS)
        .map(|(name, _)| {
            Message::new("filter-unknown-name")
                .with("parameter", shorten(&name, Message::LONGEST_VALUE))
        })
        .chain(
            beside
                .contains(&CLASSES)
                .then(|| unknown_classes(query))
                .flatten(),
        )
        .collect()
}

/// The value that names no classes of positions, if there is one: figures would be taken for others.
pub(crate) fn unknown_classes(query: &str) -> Option<Message> {
    let mut pairs = query_pairs(query).into_iter();
    let (_, value) = pairs.find(|(name, value)| {
        name == CLASSES && !value.is_empty() && AnswerClasses::parse(value).is_none()
    })?;
    Some(unknown(CLASSES, &value))
}

fn is_known(name: &str, beside: Beside) -> bool {
    Dimension::from_param(name).is_some()
        || Filter::ONCE.contains(&name)
        || beside.contains(&name)
        || (beside.contains(&paths::ALL_VALUES) && paths::finds_in(name).is_some())
        || is_decoration(name)
}

/// Newsletters and networks put their own into every address that is followed from them.
fn is_decoration(name: &str) -> bool {
    name.is_empty() || name.starts_with("utm_") || name.ends_with("clid")
}
