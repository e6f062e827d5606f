//! The review that a row of a collection belongs to.

use crate::domain::{Cycle, Message, ReviewCode, StateCode};
use crate::exchange::MappedField;
use crate::exchange::read::faults::unknown_state;
use crate::exchange::read::formats::reply_head::is_month;
use crate::exchange::read::values::cells::{one_line, shortened};
use crate::exchange::read::values::names::resolve_name;
use crate::exchange::read::values::session_cells::session_number;
use crate::exchange::read::values::synonyms::{column_of, is_country};

/// The columns by which a table says which review each of its rows belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReviewColumns {
    state: Option<usize>,
    /// Whether the heading of that column only says that it holds a State.
    is_any_state: bool,
    session: Option<usize>,
    cycle: Option<usize>,
}

/// A review and its session, or what is wrong: the column, its value and the reason.
pub(crate) type Said = Result<(ReviewCode, Option<u8>), (usize, String, Message)>;

impl ReviewColumns {
    /// The columns of that name; none if there is none. A column "Country" beside the recommending States has the
    /// State under review.
    pub(crate) fn find(headings: &[String]) -> Option<Self> {
        let named = column_of(MappedField::State, headings);
        let has_makers = column_of(MappedField::RecommendingStates, headings).is_some();
        let any = || headings.iter().position(|heading| is_country(heading));
        let found = Self {
            state: named.or_else(|| any().filter(|_| has_makers)),
            is_any_state: named.is_none(),
            session: column_of(MappedField::Session, headings),
            cycle: column_of(MappedField::Cycle, headings),
        };
        (!found.places().is_empty()).then_some(found)
    }

    /// Whether rows say their review.
    pub(crate) fn says_review(&self) -> bool {
        self.state.is_some()
    }

    /// The places of the columns.
    pub(crate) fn places(&self) -> Vec<usize> {
        [self.state, self.session, self.cycle]
            .into_iter()
            .flatten()
            .collect()
    }

    /// What is wrong with a row without a State, whose session or cycle is another one than the named review's.
    fn against(&self, cells: &[String], named: ReviewCode) -> Option<Said> {
        [(self.session, true), (self.cycle, false)]
            .into_iter()
            .find_map(|(place, is_session)| {
                let place = place?;
                let cell = one_line(cells.get(place)?);
                let reason = check_cycle(named, &cell, is_session).err()?;
                Some(Err((place, cell, reason)))
            })
    }

    /// The review that a row says, which has to be the one that is named; none if the row says no State.
    pub(crate) fn of(&self, cells: &[String], named: Option<ReviewCode>) -> Option<Said> {
        let cell = |place: Option<usize>| {
            let cell = place.and_then(|at| cells.get(at));
            cell.map_or_else(String::new, |cell| one_line(cell))
        };
        let written = cell(self.state);
        let resolved = resolve_name(&written);
        let Some(state_place) = self
            .state
            .filter(|_| !written.is_empty() && (resolved.is_ok() || !self.is_any_state))
        else {
            return named.and_then(|named| self.against(cells, named));
        };
        let of_state = |reason| (state_place, written.clone(), reason);
        let session = cell(self.session);
        let found = resolved
            .map_err(|unknown| of_state(unknown_state(&unknown)))
            .and_then(|state| {
                review_of(state, &session, &cell(self.cycle), named).map_err(|reason| {
                    let filled = |place: &usize| !cell(Some(*place)).is_empty();
                    let place = self.session.filter(filled).or(self.cycle.filter(filled));
                    let place = place.unwrap_or(state_place);
                    (place, cell(Some(place)), reason)
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
    if let Some(named) = named.filter(|named| named.state != state)
        && session.is_empty()
        && cycle.is_empty()
    {
        return Err(Message::new("exchange-row-of-other-review")
            .with("file", state.name())
            .with("named", named));
    }
    let number = session_in(session);
    let of_session = cycle_of_session(session);
    let of_cycle = cycle_in(cycle);
    if of_cycle.is_none() && !cycle.is_empty() {
        return Err(no_cycle(cycle));
    }
    if let (Some(one), Some(other)) = (of_session, of_cycle)
        && one != other
    {
        return Err(Message::new("exchange-session-and-cycle")
            .with("session", shortened(session))
            .with("cycle", shortened(cycle)));
    }
    let of_named = named.filter(|named| named.state == state);
    let cycle = match of_session {
        Some(cycle) => Some(cycle),
        None if !session.is_empty() => match of_named.zip(year_alone(session)) {
            Some((named, year)) => {
                check_year(named, year, session)?;
                of_cycle.or(Some(named.cycle))
            }
            None => None,
        },
        None if !cycle.is_empty() => of_cycle,
        None => of_named.map(|named| named.cycle),
    };
    match cycle {
        Some(cycle) => Ok((ReviewCode { state, cycle }, number)),
        None if !session.is_empty() => Err(no_session(session)),
        None => Err(Message::new("exchange-no-session").with("state", state.name())),
    }
}

/// What words for "cycle" begin with, in the languages of the United Nations.
const CYCLE: [&str; 5] = ["cycle", "ciclo", "цикл", "جولة", "周期"];

/// The ordinal numbers of cycles, as they begin in words.
const ORDINALS: [&[&str]; 4] = [
    &["first", "premier", "primer", "перв", "i", "一"],
    &["second", "deuxi", "segund", "втор", "ii", "二"],
    &["third", "troisi", "tercer", "трет", "iii", "三"],
    &["fourth", "quatri", "cuart", "четв", "iv", "四"],
];

fn says_cycle(text: &str) -> bool {
    let lower = text.to_lowercase();
    CYCLE.iter().any(|word| lower.contains(word))
}

/// The cycle that a cell names: `3`, `3rd cycle`, `third cycle`, `III`, or by its years `2017–2022`. None if it names
/// two.
fn cycle_in(text: &str) -> Option<Cycle> {
    let years = years_in(text);
    let of_years = years.and_then(|(first, last)| Cycle::of_years(first, last));
    let named = cycle_by_number(text);
    if named.is_none() && !cycles_by_number(text).is_empty() {
        return None;
    }
    match (named, years) {
        (Some(named), Some(_)) => Some(named).filter(|named| of_years == Some(*named)),
        (named, None) => named,
        (None, Some(_)) => of_years,
    }
}

/// The years from and to in a cell: `2017–2022`, `2017 to 22`; one year is both.
fn years_in(text: &str) -> Option<(u16, u16)> {
    let numbers: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .collect();
    let at = numbers.iter().position(|digits| digits.len() == 4)?;
    let first: u16 = numbers.get(at)?.parse().ok()?;
    let last = match numbers.get(at + 1).map(|digits| (digits.len(), *digits)) {
        Some((4, digits)) => digits.parse().ok()?,
        Some((2, digits)) => first / 100 * 100 + digits.parse::<u16>().ok()?,
        _ => first,
    };
    (1990..2100).contains(&first).then_some((first, last))
}

/// The cycle that a cell names by its number, in digits or in words; none if it names two.
fn cycle_by_number(text: &str) -> Option<Cycle> {
    let cycles = cycles_by_number(text);
    let (first, further) = cycles.split_first()?;
    let first = Cycle::new(*first)?;
    // "2nd cycle, session 20": the session has to be one of the cycle.
    let fits =
        |number: &u8| Cycle::new(*number).is_none() && Cycle::of_session(*number) == Some(first);
    further.iter().all(fits).then_some(first)
}

/// The numbers in a cell that may be those of cycles, in digits and in words, each once and the lowest first.
fn cycles_by_number(text: &str) -> Vec<u8> {
    let mut numbers = Vec::new();
    let mut is_behind_year = false;
    for digits in text.split(|c: char| !c.is_ascii_digit()) {
        match digits.len() {
            0 => {}
            4 => is_behind_year = true,
            // The second half of "2017-22" is no number of a cycle.
            2 if is_behind_year => is_behind_year = false,
            _ => {
                is_behind_year = false;
                numbers.push(digits.parse().unwrap_or(u8::MAX));
            }
        }
    }
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    numbers.extend(words.filter_map(|word| {
        let is_it = |one: &str| word == one || one.chars().count() > 3 && word.starts_with(one);
        let place = ORDINALS
            .iter()
            .position(|names| names.iter().any(|one| is_it(one)))?;
        u8::try_from(place + 1).ok()
    }));
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Returns true if a cell names a cycle, or several.
pub(crate) fn names_cycle(text: &str) -> bool {
    cycle_in(text).is_some() || says_cycle(text) && cycles_by_number(text).len() > 1
}

/// The session that a cell names. A cell that speaks of a cycle names none, whatever its number is.
pub(crate) fn session_in(text: &str) -> Option<u8> {
    if says_cycle(text) {
        None
    } else {
        session_number(text)
    }
}

/// The cycle that a cell for the session tells of.
fn cycle_of_session(text: &str) -> Option<Cycle> {
    if says_cycle(text) {
        cycle_in(text)
    } else {
        session_in(text).and_then(Cycle::of_session)
    }
}

/// Nothing, or what is wrong with a row of which a cell names another cycle than its review is of.
pub(crate) fn check_cycle(review: ReviewCode, cell: &str, is_session: bool) -> Result<(), Message> {
    let told = if is_session {
        cycle_of_session(cell)
    } else {
        cycle_in(cell)
    };
    match told {
        None if cell.trim().is_empty() => Ok(()),
        None if is_session => match year_alone(cell) {
            Some(year) => check_year(review, year, cell),
            None => Err(no_session(cell)),
        },
        None => Err(no_cycle(cell)),
        Some(cycle) if cycle != review.cycle => Err(Message::new("exchange-other-cycle")
            .with("value", shortened(cell))
            .with("cycle", cycle.number())
            .with("review", review)),
        _ => Ok(()),
    }
}

/// The year in a cell that holds nothing else, or a month beside it: `2020`, `May 2020`, `mayo de 2020`, `2020-05`. Of
/// a review that is named otherwise, such a cell says when it was held.
fn year_alone(cell: &str) -> Option<u16> {
    let words = cell.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words
        .filter(|word| !word.is_empty() && !matches!(*word, "de" | "of" | "г"))
        .collect();
    let year = |word: &str| {
        let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        let year: u16 = word.parse().ok().filter(|_| is_year)?;
        (1990..2100).contains(&year).then_some(year)
    };
    let is_month_or_its_number =
        |word: &str| is_month(word) || word.len() <= 2 && matches!(word.parse(), Ok(1_u8..=12));
    match words.as_slice() {
        [one] => year(one),
        [one, other] if is_month_or_its_number(one) => year(other),
        [one, other] if is_month_or_its_number(other) => year(one),
        _ => None,
    }
}

/// Nothing, or what is wrong with a row whose year is in another cycle than its review.
fn check_year(review: ReviewCode, year: u16, cell: &str) -> Result<(), Message> {
    if review.cycle.has_year(year) {
        return Ok(());
    }
    Err(match Cycle::of_years(year, year) {
        Some(cycle) => Message::new("exchange-other-cycle")
            .with("value", shortened(cell))
            .with("cycle", cycle.number())
            .with("review", review),
        None => no_session(cell),
    })
}

/// What is wrong with a cell that names no session, or several.
fn no_session(cell: &str) -> Message {
    Message::new("exchange-session").with("value", shortened(cell))
}

/// What is wrong with a cell that names no cycle, or several.
fn no_cycle(cell: &str) -> Message {
    Message::new("exchange-cycle").with("value", shortened(cell))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_are_told_from_sessions() {
        let state = StateCode::parse("NPL").unwrap();
        let found = |session: &str, cycle: &str| {
            let (review, number) = review_of(state, session, cycle, None).ok()?;
            Some((review.cycle.number(), number))
        };
        assert_eq!(found("47", ""), Some((4, Some(47))));
        assert_eq!(found("3rd cycle", ""), Some((3, None)));
        assert_eq!(found("Third Cycle", ""), Some((3, None)));
        assert_eq!(found("UPR cycle", ""), None);
        assert_eq!(found("", "troisième cycle"), Some((3, None)));
        assert_eq!(found("", "IV"), Some((4, None)));
        assert_eq!(found("37", "3rd cycle"), Some((3, Some(37))));
        assert_eq!(found("47", "3rd cycle"), None);
        assert_eq!(found("37", "whichever"), None);
        assert_eq!(found("HRC 46", "4"), None);
        assert_eq!(found("Cycles 2 and 3", ""), None);
        let review = ReviewCode::parse("NPL-3").unwrap();
        let key = |cell: &str| check_cycle(review, cell, true).map_err(|reason| reason.key);
        assert_eq!(key("36"), Ok(()));
        assert_eq!(key(""), Ok(()));
        for cell in [
            "HRC 46",
            "HRC 2020",
            "2 November 2020",
            "the next",
            "Geneva",
            "36, 37 (2020)",
            "2005",
        ] {
            assert_eq!(key(cell), Err("exchange-session".into()), "{cell}");
        }
        // A year alone names no session, and may be the review's.
        for cell in [
            "2020",
            "May 2020",
            "mayo de 2020",
            "2020-11",
            "11/2020",
            "2022",
        ] {
            assert_eq!(key(cell), Ok(()), "{cell}");
            let found = review_of(state, cell, "", Some(review));
            assert_eq!(found, Ok((review, None)), "{cell}");
            let unnamed = review_of(state, cell, "", None).map_err(|reason| reason.key);
            assert_eq!(unnamed, Err("exchange-session".into()), "{cell}");
        }
        for cell in ["2015", "May 2024"] {
            assert_eq!(key(cell), Err("exchange-other-cycle".into()), "{cell}");
            let found = review_of(state, cell, "", Some(review)).map_err(|reason| reason.key);
            assert_eq!(found, Err("exchange-other-cycle".into()), "{cell}");
        }
    }

    #[test]
    fn years_name_a_cycle_or_are_refused() {
        let cycle = |text: &str| cycle_in(text).map(Cycle::number);
        for (text, number) in [
            ("2017–2022", 3),
            ("2017-22", 3),
            ("2012 to 2016", 2),
            ("2008/2012", 1),
            ("Cycle 3 (2017-2022)", 3),
            ("(2017–2022) third cycle", 3),
            ("2018", 3),
            ("cycle 2, session 20", 2),
            ("3rd (third) cycle", 3),
        ] {
            assert_eq!(cycle(text), Some(number), "{text}");
        }
        for text in [
            "2019-2023",
            "cycle 2 (2017-2022)",
            "2022",
            "2019-",
            "35",
            "next",
            "2nd and 3rd cycle",
            "1st and 2nd cycle",
            "1 & 3",
            "Cycles 2 and 3",
            "second and third cycle",
            "2–3",
            "II / III",
            "27 (2017)",
            "cycle 2, session 30",
        ] {
            let expected = (text == "2019-").then_some(3);
            assert_eq!(cycle(text), expected, "{text}");
        }
        let review = ReviewCode::parse("NPL-3").unwrap();
        let key = |cell: &str| check_cycle(review, cell, false).map_err(|reason| reason.key);
        assert_eq!(key("2017–2022"), Ok(()));
        assert_eq!(key(""), Ok(()));
        assert_eq!(key("2022–2027"), Err("exchange-other-cycle".into()));
        assert_eq!(key("2019-2023"), Err("exchange-cycle".into()));
        let state = StateCode::parse("NPL").unwrap();
        let refused = review_of(state, "", "2019-2023", None).map_err(|reason| reason.key);
        assert_eq!(refused, Err("exchange-cycle".into()));
    }
}
