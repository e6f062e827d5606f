//! What is wrong with a row, in the words' keys that several readers share.

use crate::domain::states::{is_known_other, plausible};
use crate::domain::{Message, ReviewCode, StateCode};
use crate::exchange::read::formats::uhri_wording::Contradiction;
use crate::exchange::read::values::cells::shortened;
use crate::exchange::read::values::decimal_commas::has_comma;
use crate::exchange::read::values::names::Unresolved;
use crate::exchange::read::values::positions::no_position;

/// A position that means nothing here.
pub(crate) fn unknown_position(value: &str) -> Message {
    no_position(value)
}

/// What is wrong with a text that is not the number of one paragraph.
pub(crate) fn no_paragraph(value: &str) -> Message {
    let key = if has_comma(value) {
        "exchange-paragraph-comma"
    } else {
        "exchange-paragraph"
    };
    let message = Message::new(key).with("value", shortened(value));
    match value.trim().split_once(',') {
        Some((first, second)) if has_comma(value) => message
            .with("first", first.to_owned())
            .with("second", second.to_owned()),
        _ => message,
    }
}

/// What the text and the columns of a row cannot both be right about, beside the value at fault.
pub(crate) fn contradiction(wrong: Contradiction) -> (String, Message) {
    match wrong {
        Contradiction::Name(name) => (name.text.clone(), unknown_state(&name)),
        Contradiction::Paragraphs(reason)
        | Contradiction::States(reason)
        | Contradiction::Several(reason) => (String::new(), reason),
    }
}

/// A State that there is none of, and the nearest one.
pub(crate) fn unknown_state(wrong: &Unresolved) -> Message {
    let value = shortened(&wrong.text);
    if is_known_other(&wrong.text) {
        return Message::new("exchange-no-state-of-review").with("value", value);
    }
    match plausible(&wrong.text, wrong.nearest) {
        Some(nearest) => Message::new("exchange-unknown-state-nearest")
            .with("value", value)
            .with("nearest", nearest.name()),
        None => Message::new("exchange-unknown-state").with("value", value),
    }
}

/// A row without any State, and what in it could have been meant as one.
pub(crate) fn no_state(candidate: Option<&Unresolved>) -> (String, Message) {
    match candidate {
        Some(candidate) => (candidate.text.clone(), unknown_state(candidate)),
        None => (String::new(), Message::new("exchange-no-state")),
    }
}

/// What is wrong with a recommendation that the State under review would make to itself.
pub(crate) fn own_recommendation(review: ReviewCode, states: &[StateCode]) -> Option<Message> {
    let is_its_own = states.contains(&review.state);
    is_its_own
        .then(|| Message::new("exchange-own-recommendation").with("state", review.state.name()))
}
