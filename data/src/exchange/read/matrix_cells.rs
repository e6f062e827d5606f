//! The columns of OHCHR's matrices, and the terms in their cells.

use super::values::{heading, lines, without_bullet};
use crate::domain::{Scheme, Term};

/// Where the columns stand; found by their headings, which differ between the cycles.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    /// The recommendation.
    pub(super) text: usize,
    /// The response.
    pub(super) position: usize,
    /// Themes, and in cycles 2 and 3 goals.
    pub(super) themes: Option<usize>,
    /// Goals, in cycle 4.
    pub(super) sdgs: Option<usize>,
    /// What whoever filled the matrix in says of the implementation, in cycles 2 and 3.
    pub(super) comments: Option<usize>,
}

impl Columns {
    /// The columns that a row of headings has.
    pub(super) fn find(cells: &[String]) -> Option<Self> {
        let headings: Vec<String> = cells.iter().map(|cell| heading(cell)).collect();
        let place = |fits: &dyn Fn(&str) -> bool| headings.iter().position(|h| fits(h));
        Some(Self {
            text: place(&|h| h.starts_with("recommendation") && h.len() < 60)?,
            position: place(&|h| h.starts_with("position") && h.len() < 60)?,
            themes: place(&|h| h.contains("themes")),
            sdgs: place(&|h| h.contains("sdgs") || h.contains("sustainable development goals")),
            comments: place(&|h| h.contains("assessment") || h.contains("level of implementation")),
        })
    }
}

/// The terms of a cell: those of its own vocabulary, then those below "SDGs:" and "Affected
/// persons:" or, in cycle 4, "Groups of Persons:".
pub(super) fn terms(cell: &str, own: Scheme) -> Vec<Term> {
    let mut scheme = own;
    let mut terms = Vec::new();
    for line in lines(cell) {
        let mut name = without_bullet(&line);
        if let Some((word, rest)) = line.split_once(':') {
            let switch = match heading(word).as_str() {
                "sdg" | "sdgs" | "relevant sdgs" => Some(Scheme::Sdg),
                "affected persons" | "groups of persons" => Some(Scheme::AffectedPersons),
                "themes" | "full list of themes" => Some(Scheme::Theme),
                _ => None,
            };
            if let Some(switch) = switch {
                scheme = switch;
                name = rest;
            }
        }
        let term = Term::new(scheme, name);
        if !term.name.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}
