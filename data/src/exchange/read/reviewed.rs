//! The review that a row of a collection belongs to.

use super::values::first_number;
use crate::domain::{Cycle, Message, ReviewCode, StateCode};

/// The review of a State in a session, and that session. Where the row has no session, its cycle says
/// which, and where it has neither, the review that the person named. What is wrong, is wrong with the
/// session.
pub(super) fn review_of(
    state: StateCode,
    session: &str,
    cycle: &str,
    named: Option<ReviewCode>,
) -> Result<(ReviewCode, Option<u8>), Message> {
    let number = first_number(session);
    let cycle = match number.and_then(Cycle::of_session) {
        Some(cycle) => Some(cycle),
        None if !session.is_empty() => None,
        None if !cycle.is_empty() => first_number(cycle).and_then(Cycle::new),
        None => named
            .filter(|named| named.state == state)
            .map(|named| named.cycle),
    };
    match cycle {
        Some(cycle) => Ok((ReviewCode { state, cycle }, number)),
        None => Err(Message::new("exchange-session").with("value", session)),
    }
}

/// Nothing, or what is wrong with a row that belongs to another review than the person named.
pub(super) fn check_named(review: ReviewCode, named: Option<ReviewCode>) -> Result<(), Message> {
    match named {
        Some(named) if named != review => Err(Message::new("exchange-row-of-other-review")
            .with("file", review)
            .with("named", named)),
        _ => Ok(()),
    }
}
