//! Which of the first rows of a table are its headings.

use crate::domain::{Paragraph, PositionClass, ReviewCode};
use crate::exchange::read::values::positions::position;

/// Headings are no sentences: no longer than this, in characters.
const LONGEST: usize = 80;

/// How much a row is like headings of which so many are known: less for every cell that only a row below
/// the headings has. A recommendation about "the texts of treaties" has more words of headings in it than
/// some headings have.
pub(crate) fn likeness(cells: &[String], known: usize) -> usize {
    let filled: Vec<&str> = cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    let values = filled.iter().filter(|cell| is_value(cell)).count();
    if values * 3 > filled.len() || filled.len() < 2 {
        return 0;
    }
    (known * 2).saturating_sub(values * 3)
}

/// Whether a cell holds what headings never are: a number, a paragraph, an answer, a review, a sentence.
fn is_value(cell: &str) -> bool {
    let is_answer = position(cell).is_some_and(|class| class != PositionClass::Unknown);
    // "Supported/Noted" heads the column of answers, and "No." that of numbers.
    let is_answer = is_answer && !cell.contains('/') && cell.len() > 3;
    cell.chars().count() > LONGEST
        || cell.ends_with(['.', ';']) && cell.contains(' ')
        || cell.chars().all(|c| c.is_numeric() || " .,%-".contains(c))
        || is_answer
        || Paragraph::from_source(cell).is_ok()
        || ReviewCode::parse(cell).is_some()
        || cell.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recommendation_is_less_like_headings_than_headings() {
        let row = |cells: &[&str]| {
            cells
                .iter()
                .map(|&cell| cell.to_owned())
                .collect::<Vec<_>>()
        };
        let headings = row(&["Code", "Recommandation", "Organe", "Taux %"]);
        let below = row(&["R11.4", "Enseigner le texte des traités", "Comité", "100"]);
        assert!(likeness(&headings, 1) > likeness(&below, 4));
        assert_eq!(likeness(&row(&["Our table of statuses"]), 1), 0);
        assert_eq!(likeness(&row(&["No.", "Text", "Supported/Noted"]), 3), 6);
    }
}
