//! A recommendation: one numbered paragraph of a Working Group report.

use super::{ActionCategory, Paragraph, Position, PositionClass, Scheme, StateCode, Term};
use serde::{Deserialize, Serialize};

/// One numbered paragraph of a Working Group report, with everything known about it but its
/// assessments.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Recommendation {
    /// Its row in the database.
    #[serde(skip)]
    pub id: i64,
    /// Where it stands in the report.
    pub paragraph: Paragraph,
    /// The report's text, without paragraph number and recommending States.
    pub text: Option<String>,
    /// The language of the text, BCP 47 (`en`).
    pub language: Option<String>,
    /// What it asks for in a few words of our own.
    pub summary: Option<String>,
    /// The States that made it, at least one, in the report's order.
    pub recommending: Vec<StateCode>,
    /// What kind of action it asks for.
    pub action_category: Option<ActionCategory>,
    /// What it is about, in the order of the source.
    pub terms: Vec<Term>,
    /// The State's responses, oldest claim first: the last one counts.
    pub positions: Vec<Position>,
    /// Its identifier in the collection it came from (UHRI: the annotation's).
    pub source_id: Option<String>,
}

impl Recommendation {
    /// The response that counts: the latest.
    pub fn position(&self) -> PositionClass {
        self.positions
            .last()
            .map_or(PositionClass::Unknown, |position| position.class)
    }

    /// Its terms of one vocabulary.
    pub fn terms_of(&self, scheme: Scheme) -> impl Iterator<Item = &str> {
        self.terms
            .iter()
            .filter(move |term| term.scheme == scheme)
            .map(|term| term.name.as_str())
    }

    /// What a list shows of it: the summary, else the text.
    pub fn headline(&self) -> &str {
        self.summary
            .as_deref()
            .filter(|summary| !summary.is_empty())
            .or(self.text.as_deref())
            .unwrap_or_default()
    }
}
