//! The query string of a worklist's or form's address as a queue of one round.

use crate::urls::filter::{self, SelectsFrom};
use data::domain::{Message, Queue, ReviewRecord};

/// Reads a query string; what cannot be used is left out, with a message each.
pub(crate) fn read(query: &str, record: &ReviewRecord, round: &str) -> (Queue, Vec<Message>) {
    // Statuses are those of the queue's own round, whatever round an address names.
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.retain(|pair| !pair.starts_with("round="));
    let of_round = format!(
        "{}&round={}",
        pairs.join("&"),
        crate::urls::paths::encoded(round)
    );
    let (filter, mut faults) = filter::read_among_others(&of_round, SelectsFrom::Review(record));
    let (queue, fault) = Queue::new(filter, query);
    faults.extend(fault);
    (queue, faults)
}
