//! The query string of a list's address as a filter of one review.
//!
//! [`Filter::parse`] knows no review. What only the review can tell - whether it has the round - and
//! how much of an address is worth repeating in every link of a page is settled here, once for the
//! list, the pages reached from it and its files.

use data::domain::{Dimension, Filter, Message, ReviewRecord, Scale, query_pairs};

/// The longest query string that is read, in bytes: every State and every issue chosen together stay
/// below it. A page repeats the filter in each of its links, so a long one grows a hundredfold.
const MAX_QUERY: usize = 16 * 1024;

/// The longest value of a dimension, in bytes. No vocabulary has a term of that length.
const MAX_VALUE: usize = 400;

/// As many faults are said; more would only be read by nobody.
const MAX_FAULTS: usize = 10;

/// Names of what a page reads of its address beside a filter. On any other page they would choose
/// nothing, and that is said.
pub(crate) type Beside = &'static [&'static str];

/// A list, and its files, whose addresses differ in the ending only.
const OF_LISTS: Beside = &[crate::address::ALL_VALUES];
/// A summary, and its charts.
pub(crate) const OF_SUMMARIES: Beside = &["order", "squares"];
/// All States side by side.
pub(crate) const OF_THE_WORLD: Beside = &["order", "squares", "measure"];
/// Two rounds side by side.
pub(crate) const OF_TWO_ROUNDS: Beside = &["from", "to", "map", crate::chart::of_rounds::LISTED];

/// Reads the query string of a review's list; what cannot be used is left out, with a message each.
pub fn read(query: &str, record: &ReviewRecord) -> (Filter, Vec<Message>) {
    read_beside(query, record, OF_LISTS)
}

/// The same of a page that reads more of its address.
pub(crate) fn read_beside(
    query: &str,
    record: &ReviewRecord,
    beside: Beside,
) -> (Filter, Vec<Message>) {
    let (filter, mut faults) = read_among_others(query, record);
    faults.extend(unknown_names(query, beside));
    faults.truncate(MAX_FAULTS);
    (filter, faults)
}

/// The same where the address has other things of its own to say, such as what a form was filled with.
pub(crate) fn read_among_others(query: &str, record: &ReviewRecord) -> (Filter, Vec<Message>) {
    let (mut filter, mut faults) = parse(query);
    if let (_, Some(fault)) = filter.round_of(record) {
        faults.push(fault);
        filter.round = None;
    }
    let (round, _) = filter.round_of(record);
    keep_known_statuses(
        &mut filter,
        round.map(|round| &round.round.scale),
        &mut faults,
    );
    faults.truncate(MAX_FAULTS);
    (filter, faults)
}

/// Reads the query string of the list over all reviews, whose statuses are those of a scale.
pub fn read_of_everything(query: &str, scale: &Scale) -> (Filter, Vec<Message>) {
    read_of_everything_beside(query, scale, OF_LISTS)
}

/// The same of a page that reads more of its address.
pub(crate) fn read_of_everything_beside(
    query: &str,
    scale: &Scale,
    beside: Beside,
) -> (Filter, Vec<Message>) {
    let (mut filter, mut faults) = parse(query);
    // Each review has rounds of its own.
    if let Some(round) = filter.round.take() {
        faults.push(unknown("round", &round));
    }
    keep_known_statuses(&mut filter, Some(scale), &mut faults);
    faults.extend(unknown_names(query, beside));
    faults.truncate(MAX_FAULTS);
    (filter, faults)
}

fn parse(query: &str) -> (Filter, Vec<Message>) {
    if query.len() > MAX_QUERY {
        let fault = Message::new("filter-too-long").with("max", MAX_QUERY);
        return (Filter::default(), vec![fault]);
    }
    let (mut filter, mut faults) = Filter::parse(query);
    for (dimension, values) in &mut filter.chosen {
        values.retain(|value| {
            let fits = value.len() <= MAX_VALUE;
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
        .with("value", shortened(value))
}

fn shortened(value: &str) -> String {
    const MAX: usize = 60;
    let mut start: String = value.chars().take(MAX).collect();
    if value.chars().nth(MAX).is_some() {
        start.push('…');
    }
    start
}

/// A misspelt name chooses nothing, and whoever quotes a figure of that page has to know.
fn unknown_names(query: &str, beside: Beside) -> Vec<Message> {
    if query.len() > MAX_QUERY {
        return Vec::new();
    }
    let pairs = query_pairs(query).into_iter();
    pairs
        .filter(|(name, _)| !is_known(name, beside))
        .take(MAX_FAULTS)
        .map(|(name, _)| Message::new("filter-unknown-name").with("parameter", shortened(&name)))
        .collect()
}

fn is_known(name: &str, beside: Beside) -> bool {
    Dimension::from_param(name).is_some()
        || Filter::ONCE.contains(&name)
        || beside.contains(&name)
        || is_decoration(name)
}

/// Newsletters and networks put their own into every address that is followed from them.
fn is_decoration(name: &str) -> bool {
    name.is_empty() || name.starts_with("utm_") || name.ends_with("clid")
}
