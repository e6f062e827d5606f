//! Positions as tables write them, in the languages of the United Nations and in Belarusian.
//!
//! A cell is taken apart into the phrases that are known, and every word of it has to belong to one: of
//! "Supported in part, noted in part" all is understood, of "Supported by the opposition" it is not, and
//! the row is asked about. What the phrases say together is one class:
//!
//! - supported and noted, or supported in part: partially supported;
//! - supported and already implemented, or being implemented: supported as implemented;
//! - not supported, or rejected: noted, which is how resolution 5/1 has it;
//! - to be examined, under consideration: pending; no response: unknown;
//! - supported "in principle": none. UPR Info counts it as noted ([`in_upr_info`]); elsewhere a person
//!   has to say what it counts as. The same goes for numbers, whose meaning each file makes up.

mod words;

#[cfg(test)]
mod tests;

use crate::domain::states::{named, nearest_spelling};
use crate::domain::{Message, PositionClass};
use crate::exchange::read::values::cells::shortened;
use crate::exchange::read::values::plain::is_empty_word;
use crate::exchange::read::values::status_words::is_question;
use words::WHOLE_CELLS;
pub(super) use words::{KNOWN, MAX_PHRASE, Said, words};

/// Longer cells are sentences.
const MAX_CELL: usize = 300;
/// How alike an inflected name is to the name.
const INFLECTED: f64 = 0.75;
/// Words of a cell that are compared with every State's name.
const MAX_SEARCHES: u32 = 2;

/// The phrases of a cell; none if a word belongs to no phrase. A State's name is a filler, as in "enjoys
/// the support of Bhutan".
fn said(cell: &str) -> Option<Vec<Said>> {
    let without_symbols: Vec<&str> = cell
        .split_whitespace()
        .filter(|word| !word.contains("A/HRC/"))
        .collect();
    let words = words(&without_symbols.join(" "));
    let mut rest = words.as_slice();
    let mut said = Vec::new();
    let mut searches = MAX_SEARCHES;
    while !rest.is_empty() {
        let longest = rest.len().min(MAX_PHRASE);
        let found = (1..=longest).rev().find_map(|count| {
            let (phrase, behind) = rest.split_at_checked(count)?;
            let phrase = phrase.join(" ");
            let known = KNOWN.get(&phrase).copied();
            let known = known.or_else(|| is_state(&phrase, &mut searches).then_some(Said::Filler));
            Some((known?, behind))
        });
        let (one, behind) = found?;
        rest = behind;
        said.push(one);
    }
    Some(said)
}

/// Whether a phrase is a State's name, or nearly one in a language that inflects names: "пользуется
/// поддержкой Бутана".
fn is_state(phrase: &str, searches: &mut u32) -> bool {
    if named(phrase).is_some() {
        return true;
    }
    let is_word = !phrase.is_ascii() && !phrase.contains(' ');
    if !is_word || *searches == 0 {
        return false;
    }
    *searches -= 1;
    nearest_spelling(phrase).is_some_and(|(_, alike)| alike >= INFLECTED)
}

/// What a cell or a sentence says: a class, "in principle", or nothing that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reading {
    Class(PositionClass),
    InPrinciple,
    Unknown,
}

fn reading(cell: &str) -> Reading {
    let cell = cell.trim();
    // "Supported?" and a tick say something, but not what.
    let is_mark = |cell: &str| !cell.is_empty() && !cell.contains(char::is_alphanumeric);
    if is_question(cell) || is_mark(cell) && !is_empty_word(cell) {
        return Reading::Unknown;
    }
    if let Some(class) = PositionClass::from_source(cell) {
        return Reading::Class(class);
    }
    if is_empty_word(cell) {
        return Reading::Class(PositionClass::Unknown);
    }
    if cell.len() > MAX_CELL {
        return Reading::Unknown;
    }
    let folded = words(cell).join(" ");
    if let Some(class) = WHOLE_CELLS.get(&folded) {
        return Reading::Class(*class);
    }
    match said(cell) {
        Some(phrases) => together(&phrases),
        None => Reading::Unknown,
    }
}

/// What the phrases of a cell say together.
pub(super) fn together(phrases: &[Said]) -> Reading {
    let (mut denied, mut has_denial, mut all) = (false, false, Vec::new());
    for phrase in phrases {
        let says = match (phrase, denied) {
            (Said::Filler, _) | (Said::Fully, false) => continue,
            (Said::Not, _) => {
                denied = true;
                continue;
            }
            (Said::Supported, true) => {
                has_denial = true;
                Said::Rejected
            }
            // "Not noted", "not implemented", "not fully": whatever that means.
            (_, true) => return Reading::Unknown,
            (phrase, false) => *phrase,
        };
        denied = false;
        all.push(says);
    }
    // "N'accepte pas": what denies may stand behind, but then before as well. "Supported: no" says nothing clear.
    if denied && !has_denial {
        return Reading::Unknown;
    }
    // "Accepted, partially implemented": the part is one of the implementation, and the position is not certain.
    let is_done = |one: &Said| matches!(one, Said::Implemented | Said::AsImplemented);
    let is_done_in_part = all.windows(2).any(|pair| match pair {
        [Said::InPart, one] | [one, Said::InPart] => is_done(one),
        _ => false,
    });
    if is_done_in_part {
        return Reading::Unknown;
    }
    let has = |one: Said| all.contains(&one);
    let only = |allowed: &[Said]| !all.is_empty() && all.iter().all(|one| allowed.contains(one));
    let noted = has(Said::Noted) || has(Said::Rejected);
    if has(Said::Unclear) || has(Said::Except) {
        return Reading::Unknown;
    }
    let done = has(Said::Implemented) || has(Said::AsImplemented);
    let class = if only(&[Said::Pending]) {
        PositionClass::Pending
    } else if only(&[Said::NoResponse]) {
        PositionClass::Unknown
    } else if has(Said::Pending) || has(Said::NoResponse) {
        return Reading::Unknown;
    } else if has(Said::InPrinciple) {
        return if noted {
            Reading::Unknown
        } else {
            Reading::InPrinciple
        };
    } else if has(Said::Supported) && (noted || has(Said::InPart)) {
        PositionClass::PartiallySupported
    } else if has(Said::Supported) && done {
        PositionClass::SupportedAsImplemented
    } else if has(Said::Supported) {
        PositionClass::Supported
    } else if has(Said::InPart) && !noted {
        PositionClass::PartiallySupported
    } else if noted && !has(Said::InPart) {
        PositionClass::Noted
    } else if only(&[Said::Implemented]) {
        PositionClass::SupportedAsImplemented
    } else {
        return Reading::Unknown;
    };
    Reading::Class(class)
}

/// The class that a cell names; none if it is not known, or not clear, and has to be asked.
pub(crate) fn position(cell: &str) -> Option<PositionClass> {
    match reading(cell) {
        Reading::Class(class) => Some(class),
        Reading::InPrinciple | Reading::Unknown => None,
    }
}

/// The class that a cell of UPR Info's database names, by its rule: what is accepted in part or in
/// principle is noted.
pub(crate) fn in_upr_info(cell: &str) -> Option<PositionClass> {
    match reading(cell) {
        Reading::Class(PositionClass::PartiallySupported) | Reading::InPrinciple => {
            Some(PositionClass::Noted)
        }
        Reading::Class(class) => Some(class),
        Reading::Unknown => None,
    }
}

/// What is wrong with a cell that names no position.
pub(crate) fn no_position(cell: &str) -> Message {
    let is_number = |c: char| c.is_numeric() || c.is_whitespace() || ".,%".contains(c);
    let key = match reading(cell) {
        _ if cell.trim().is_empty() => "exchange-position-empty",
        Reading::InPrinciple => "exchange-position-in-principle",
        _ if cell.chars().all(is_number) => "exchange-position-number",
        _ => "exchange-unknown-position",
    };
    Message::new(key).with("value", shortened(cell))
}
