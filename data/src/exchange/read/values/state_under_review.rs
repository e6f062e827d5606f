//! The review that a row of a collection belongs to.

use crate::domain::{Cycle, Message, ReviewCode, StateCode};
use crate::exchange::MappedField;
use crate::exchange::read::faults::unknown_state;
use crate::exchange::read::values::cells::{first_number, one_line};
use crate::exchange::read::values::names::resolve_name;
use crate::exchange::read::values::synonyms::column_of;

/// The columns by which a table says which review each of its rows belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReviewColumns {
    state: usize,
    session: Option<usize>,
    cycle: Option<usize>,
}

/// A review and its session, or what is wrong: the column, its value and the reason.
pub(crate) type Said = Result<(ReviewCode, Option<u8>), (usize, String, Message)>;

impl ReviewColumns {
    /// The columns of that name; none unless one has the State under review.
    pub(crate) fn find(headings: &[String]) -> Option<Self> {
        Some(Self {
            state: column_of(MappedField::State, headings)?,
            session: column_of(MappedField::Session, headings),
            cycle: column_of(MappedField::Cycle, headings),
        })
    }

    /// The review that a row says, which has to be the one that is named; none if the row says no State.
    pub(crate) fn of(&self, cells: &[String], named: Option<ReviewCode>) -> Option<Said> {
        let cell = |place: Option<usize>| {
            let cell = place.and_then(|at| cells.get(at));
            cell.map_or_else(String::new, |cell| one_line(cell))
        };
        let written = cell(Some(self.state));
        if written.is_empty() {
            return None;
        }
        let of_state = |reason| (self.state, written.clone(), reason);
        let session = cell(self.session);
        let found = resolve_name(&written)
            .map_err(|unknown| of_state(unknown_state(&unknown)))
            .and_then(|state| {
                review_of(state, &session, &cell(self.cycle), named).map_err(|reason| {
                    let place = self.session.or(self.cycle).unwrap_or(self.state);
                    (place, session.clone(), reason)
                })
            })
            .and_then(|found| {
                check_named(found.0, named).map_err(of_state)?;
                Ok(found)
            });
        Some(found)
    }
}

/// The review of a State in a session, and that session. Where the row has no session, its cycle says
/// which, and where it has neither, the review that the person named. What is wrong, is wrong with the
/// session.
pub(crate) fn review_of(
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
pub(crate) fn check_named(review: ReviewCode, named: Option<ReviewCode>) -> Result<(), Message> {
    match named {
        Some(named) if named != review => Err(Message::new("exchange-row-of-other-review")
            .with("file", review)
            .with("named", named)),
        _ => Ok(()),
    }
}
