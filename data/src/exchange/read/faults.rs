//! What is wrong with a row, in the words' keys that several readers share.

use super::names::Unresolved;
use super::values::shortened;
use crate::domain::Message;
use crate::domain::states::plausible;

/// A position that means nothing here.
pub(super) fn unknown_position(value: &str) -> Message {
    Message::new("exchange-unknown-position").with("value", shortened(value))
}

/// A State that there is none of, and the nearest one.
pub(super) fn unknown_state(wrong: &Unresolved) -> Message {
    let value = shortened(&wrong.text);
    match plausible(&wrong.text, wrong.nearest) {
        Some(nearest) => Message::new("exchange-unknown-state-nearest")
            .with("value", value)
            .with("nearest", nearest.name()),
        None => Message::new("exchange-unknown-state").with("value", value),
    }
}

/// A row without any State, and what in it could have been meant as one.
pub(super) fn no_state(candidate: Option<&Unresolved>) -> (String, Message) {
    match candidate {
        Some(candidate) => (candidate.text.clone(), unknown_state(candidate)),
        None => (String::new(), Message::new("exchange-no-state")),
    }
}
