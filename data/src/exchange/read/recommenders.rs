//! The recommending States in the brackets of a recommendation's text.
//!
//! Reports write "Ratify the Convention (CEDAW) (France) (Lithuania);" and, where several States ask
//! for similar things, "Sign (Mexico, Austria) / Ratify (Belgium) the Protocol (CRC)". A pair of
//! brackets counts when what it holds resolves to a State or to a list of nothing but States. The
//! rest are the text's own.

use super::names::{MAX_NAME, Unresolved, resolve_name, unresolved};
use crate::domain::StateCode;

/// More brackets than any paragraph has; what follows them in a hostile text is left alone.
const MAX_BRACKETS: usize = 400;
/// More brackets without a State than any paragraph has. Each is compared with every State's name.
const MAX_OTHERS: usize = 40;
/// The longest list of States in one pair of brackets, in bytes.
const MAX_LIST: usize = 4_000;
/// Names in a list that may be wrong before it is taken for a phrase.
const MAX_WRONG: usize = 3;

/// A pair of brackets, or an opening one that nobody closed, and the States in it.
pub(super) struct Bracket {
    /// Where it opens, in bytes.
    pub(super) start: usize,
    /// Behind its end.
    pub(super) end: usize,
    /// The States, in order.
    pub(super) states: Vec<StateCode>,
}

/// What the brackets of a text hold.
#[derive(Default)]
pub(super) struct Brackets {
    /// Those that hold States, in order, none inside another.
    pub(super) of_states: Vec<Bracket>,
    /// Names that are misspelt beyond doubt.
    pub(super) misspelt: Vec<Unresolved>,
    /// What stands in the last pair that holds no State.
    pub(super) last_other: Option<Unresolved>,
}

/// Looks into every pair of brackets, from the outside in.
pub(super) fn brackets(text: &str) -> Brackets {
    let mut found = Brackets::default();
    let mut behind = 0;
    let mut others = 0;
    for (start, end, inner) in pairs(text).into_iter().take(MAX_BRACKETS) {
        if start < behind {
            continue;
        }
        match states_of(inner) {
            Ok(states) => {
                behind = end;
                found.of_states.push(Bracket { start, end, states });
            }
            Err(unresolved) => {
                if unresolved.is_misspelt() {
                    found.misspelt.push(unresolved.clone());
                }
                found.last_other = Some(unresolved);
                others += 1;
                if others == MAX_OTHERS {
                    break;
                }
            }
        }
    }
    found
}

/// The pairs of brackets in the order in which they open, with what they hold. One pass with a stack:
/// a text of nothing but brackets costs no more than any other.
fn pairs(text: &str) -> Vec<(usize, usize, &str)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => open.push(at),
            ')' => {
                if let Some(start) = open.pop() {
                    pairs.push((start, at + 1, text.get(start + 1..at).unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    // "Ratify the Convention (France;": nobody closed the last one.
    if let Some(start) = open.pop() {
        let rest = text.get(start + 1..).unwrap_or_default();
        pairs.push((
            start,
            text.len(),
            rest.trim_end_matches([' ', ';', '.', ',']),
        ));
    }
    pairs.sort_unstable_by_key(|(start, ..)| *start);
    pairs
}

/// The States that a name or a list of names stands for, or the first name that is none.
fn states_of(inner: &str) -> Result<Vec<StateCode>, Unresolved> {
    if inner.len() > MAX_LIST {
        return Err(unresolved(inner, None));
    }
    let whole = match state(inner) {
        Ok(state) => return Ok(vec![state]),
        Err(whole) => whole,
    };
    let mut states = Vec::new();
    let mut wrong = Vec::new();
    for part in inner
        .split([',', ';', '/', '\n'])
        .flat_map(|part| part.split(" - "))
    {
        match state(part)
            .map(|state| vec![state])
            .or_else(|error| joined_by_and(part, error))
        {
            _ if part.trim().is_empty() => {}
            Ok(several) => states.extend(several),
            Err(unresolved) => wrong.push(unresolved),
        }
        if wrong.len() == MAX_WRONG {
            break;
        }
    }
    match wrong.into_iter().next() {
        None => Ok(states),
        // One slip in a list of States; otherwise it is a phrase, and named whole.
        Some(slip) if !states.is_empty() && slip.is_misspelt() => Err(slip),
        Some(_) => Err(whole),
    }
}

/// "France and Spain"; names that hold "and" themselves were tried whole before.
fn joined_by_and(part: &str, error: Unresolved) -> Result<Vec<StateCode>, Unresolved> {
    match part.split_once(" and ") {
        Some((one, other)) => Ok(vec![state(one)?, state(other)?]),
        None => Err(error),
    }
}

/// The State of a name as texts write it. A code of three letters is none here: "(CAT)" is a
/// convention and "(and)" a word.
fn state(name: &str) -> Result<StateCode, Unresolved> {
    let name = name.trim().trim_end_matches(['*', '†', '‡']).trim_end();
    if name.len() > MAX_NAME || name.len() == 3 && name != "USA" && name != "UAE" {
        return Err(unresolved(name, None));
    }
    // "(Norway, on behalf of the Nordic countries)" is Norway's.
    let name = match name.split_once(" on behalf of ") {
        Some((speaker, _)) => speaker.trim_end_matches([',', ' ']),
        None => name,
    };
    resolve_name(name)
}

/// The States of a column that names them, one or several, in whatever way they are separated.
pub(super) fn in_column(values: &[String]) -> (Vec<StateCode>, Vec<Unresolved>) {
    let mut states = Vec::new();
    let mut wrong = Vec::new();
    for value in values {
        match resolve_name(value) {
            Ok(state) => push(&mut states, state),
            Err(unresolved) => match states_of(value) {
                Ok(several) => several
                    .into_iter()
                    .for_each(|state| push(&mut states, state)),
                Err(_) => wrong.push(unresolved),
            },
        }
    }
    (states, wrong)
}

/// Adds a State that is not there yet.
pub(super) fn push(states: &mut Vec<StateCode>, state: StateCode) {
    if !states.contains(&state) {
        states.push(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let brackets = brackets(text);
        brackets
            .of_states
            .iter()
            .flat_map(|b| &b.states)
            .map(|state| state.as_str())
            .collect()
    }

    #[test]
    fn states_are_told_from_other_brackets() {
        assert_eq!(
            found("Ratify it (CEDAW) (France) (Lithuania);"),
            ["FRA", "LTU"]
        );
        assert_eq!(
            found("Sign (Mexico, Austria) / Ratify (Belgium) (CRC)"),
            ["MEX", "AUT", "BEL"]
        );
        assert_eq!(
            found("Convention (No. 169) (arts. 21 and 22), and (and) (a)"),
            [""; 0]
        );
        assert_eq!(found("Do it (Argentina; Djibouti)"), ["ARG", "DJI"]);
        assert_eq!(
            found("Do it (Trinidad and Tobago) (Holy See)"),
            ["TTO", "VAT"]
        );
    }

    #[test]
    fn brackets_within_and_unbalanced_ones_are_read() {
        assert_eq!(found("Do it (Iran (Islamic Republic of));"), ["IRN"]);
        assert_eq!(
            found("Do it (Venezuela (Bolivarian Republic of)) (Togo)"),
            ["VEN", "TGO"]
        );
        assert_eq!(found("As the OHCHR) says (Portugal);"), ["PRT"]);
        assert_eq!(found("Do it (France;"), ["FRA"]);
        assert_eq!(found("See (this (Norway))"), ["NOR"]);
        assert_eq!(found(&"(".repeat(100_000)), [""; 0]);
        assert_eq!(found(&")(".repeat(100_000)), [""; 0]);
    }

    #[test]
    fn blanks_in_names_do_no_harm() {
        assert_eq!(
            found("(Sierra Le one) (Bolivia (Plurinational S tate of))"),
            ["SLE", "BOL"]
        );
        assert_eq!(found("(Cote d ’ Ivoire) (Timor- Leste)"), ["CIV", "TLS"]);
    }

    #[test]
    fn misspelt_states_are_noticed() {
        let brackets = brackets("Ratify it (CEDAW) (General) (Slovkia)");
        let nearest: Vec<_> = brackets
            .misspelt
            .iter()
            .filter_map(|one| one.nearest)
            .collect();
        assert_eq!(
            nearest
                .iter()
                .map(|state| state.as_str())
                .collect::<Vec<_>>(),
            ["SVK"]
        );
    }
}
