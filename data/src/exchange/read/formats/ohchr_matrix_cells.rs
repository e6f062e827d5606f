//! The columns of OHCHR's matrices, and the terms in their cells.

use crate::domain::{Scheme, Term, one_spelling};
use crate::exchange::MappedField;
use crate::exchange::read::values::cells::{heading, lines, without_bullet};
use crate::exchange::read::values::synonyms::column_of;

/// Where the columns stand; found by their headings, which differ between the cycles.
#[derive(Clone, Copy)]
pub(crate) struct Columns {
    /// The recommendation.
    pub(crate) text: usize,
    /// The response.
    pub(crate) position: usize,
    /// Themes, and in cycles 2 and 3 goals.
    pub(crate) themes: Option<usize>,
    /// Goals, in cycle 4.
    pub(crate) sdgs: Option<usize>,
    /// What whoever filled the matrix in says of the implementation, in cycles 2 and 3.
    pub(crate) comments: Option<usize>,
    /// The paragraph, where a copy has it in a column of its own.
    pub(crate) paragraph: Option<usize>,
    /// The recommending States, where a copy has them in a column of their own.
    pub(crate) states: Option<usize>,
}

impl Columns {
    /// The places of all columns that are read.
    pub(crate) fn places(&self) -> Vec<usize> {
        // Every field by its name, so that no new one is forgotten here.
        let Self {
            text,
            position,
            themes,
            sdgs,
            comments,
            paragraph,
            states,
        } = self;
        let others = [themes, sdgs, comments, paragraph, states]
            .into_iter()
            .copied()
            .flatten();
        [*text, *position].into_iter().chain(others).collect()
    }

    /// The columns that a row of headings has.
    pub(crate) fn find(cells: &[String]) -> Option<Self> {
        let headings: Vec<String> = cells.iter().map(|cell| heading(cell)).collect();
        let place = |fits: &dyn Fn(&str) -> bool| headings.iter().position(|h| fits(h));
        let paragraph = column_of(MappedField::Paragraph, cells);
        // In the languages of OHCHR's matrices: English, French and Spanish.
        let contains = |h: &str, words: &[&str]| words.iter().any(|word| h.contains(word));
        let begins = |h: &str, words: &[&str]| words.iter().any(|word| h.starts_with(word));
        let is_text = |h: &str| {
            begins(h, &["recommendation", "recommandation", "recomendaci"]) && h.len() < 60
        };
        let text = headings.iter().enumerate();
        let text = text.filter(|(at, h)| is_text(h) && Some(*at) != paragraph);
        Some(Self {
            text: text.map(|(at, _)| at).next()?,
            paragraph,
            states: column_of(MappedField::RecommendingStates, cells),
            position: place(&|h| begins(h, &["position", "posición", "posicion"]) && h.len() < 60)?,
            themes: place(&|h| {
                h.split(' ')
                    .any(|word| matches!(word, "themes" | "thèmes" | "temas"))
            }),
            sdgs: place(&|h| {
                let names = [
                    "sdgs",
                    "sustainable development goals",
                    "développement durable",
                    "desarrollo sostenible",
                ];
                contains(h, &names) || h.split(' ').any(|word| matches!(word, "odd" | "ods"))
            }),
            comments: place(&|h| {
                let names = [
                    "assessment",
                    "level of implementation",
                    "évaluation",
                    "niveau de mise en œuvre",
                    "evaluación",
                    "nivel de aplicación",
                    "grado de aplicación",
                ];
                contains(h, &names)
            }),
        })
    }

    /// Whether they are those of a matrix, not of any table of recommendations and positions: a copy in a
    /// spreadsheet has the themes, the goals or the level of implementation as well.
    pub(crate) fn are_of_a_matrix(&self) -> bool {
        self.themes.is_some() || self.sdgs.is_some() || self.comments.is_some()
    }
}

/// The terms of a cell: those of its own vocabulary, then those below "SDGs:" and "Affected
/// persons:" or, in cycle 4, "Groups of Persons:".
pub(crate) fn terms(cell: &str, own: Scheme) -> Vec<Term> {
    let mut scheme = own;
    let mut terms = Vec::new();
    for line in lines(cell) {
        let mut name = without_bullet(&line);
        if let Some((word, rest)) = line.split_once(':') {
            let switch = match heading(word).as_str() {
                "sdg" | "sdgs" | "relevant sdgs" | "odd" | "ods" => Some(Scheme::Sdg),
                "affected persons"
                | "groups of persons"
                | "personnes concernées"
                | "groupes de personnes"
                | "personas afectadas"
                | "grupos de personas" => Some(Scheme::AffectedPersons),
                "themes"
                | "full list of themes"
                | "thèmes"
                | "liste complète des thèmes"
                | "temas"
                | "lista completa de temas" => Some(Scheme::Theme),
                _ => None,
            };
            if let Some(switch) = switch {
                scheme = switch;
                name = rest;
            }
        }
        let term = Term::new(scheme, &one_spelling(scheme, name));
        if !term.name.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}
