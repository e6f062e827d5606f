//! The demands of a paragraph, each with the States that make it: `Sign it (Togo); Ratify it (Fiji)`.

use crate::domain::StateCode;
use crate::exchange::read::values::recommenders::brackets;

/// A piece of a text up to the brackets that name who demands it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Demand {
    /// The words, without the brackets.
    pub(crate) text: String,
    /// The States in the brackets; none behind the last brackets.
    pub(crate) states: Vec<StateCode>,
}

/// What may stand between two demands.
const BETWEEN: [char; 6] = [' ', ';', '.', ',', '/', '*'];

/// Takes a text apart. One without any State in brackets is one demand of nobody's.
pub(crate) fn demands(text: &str) -> Vec<Demand> {
    let mut demands: Vec<Demand> = Vec::new();
    let mut behind = 0;
    // Comparing brackets with every State's name costs more than most texts are long.
    if text.contains('(') {
        for bracket in brackets(text).of_states {
            let piece = text.get(behind..bracket.start).unwrap_or_default();
            let piece = piece.trim_matches(BETWEEN);
            behind = bracket.end;
            match demands.last_mut() {
                Some(last) if piece.is_empty() => last.states.extend(bracket.states),
                _ => demands.push(Demand {
                    text: piece.to_owned(),
                    states: bracket.states,
                }),
            }
        }
    }
    let rest = text.get(behind..).unwrap_or_default().trim_matches(BETWEEN);
    if !rest.is_empty() || demands.is_empty() {
        demands.push(Demand {
            text: rest.to_owned(),
            states: Vec::new(),
        });
    }
    demands
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken_apart(text: &str) -> Vec<(String, String)> {
        demands(text)
            .into_iter()
            .map(|demand| {
                let states: Vec<_> = demand.states.iter().map(|state| state.as_str()).collect();
                (demand.text, states.join(" "))
            })
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected
            .iter()
            .map(|(text, states)| ((*text).to_owned(), (*states).to_owned()))
            .collect()
    }

    #[test]
    fn paragraphs_are_taken_apart() {
        assert_eq!(
            taken_apart("Sign it (CAT)"),
            pairs(&[("Sign it (CAT)", "")])
        );
        assert_eq!(
            taken_apart("Sign it (Togo); Ratify it (Fiji) (Japan);"),
            pairs(&[("Sign it", "TGO"), ("Ratify it", "FJI JPN")])
        );
        assert_eq!(
            taken_apart("Sign (Togo) / Ratify (Fiji, Japan) the Protocol"),
            pairs(&[("Sign", "TGO"), ("Ratify", "FJI JPN"), ("the Protocol", "")])
        );
        assert_eq!(taken_apart(""), pairs(&[("", "")]));
    }
}
