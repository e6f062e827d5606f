//! What a published round's figures count of a recommendation, kept as it was at publication.

use crate::domain::{ActionCategory, Paragraph, Position, Recommendation, StateCode, Term};
use serde::{Deserialize, Serialize};

/// A recommendation as a round counted it when it was published. Texts are not in it, since a later
/// import may bring one where there was none; which text was assessed shows in its digest.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CountedAs {
    /// Where it stood.
    pub paragraph: Paragraph,
    /// The States that had made it.
    pub recommending: Vec<StateCode>,
    /// The responses known, the one that counted last.
    pub positions: Vec<Position>,
    /// What kind of action it was taken to ask for.
    pub action_category: Option<ActionCategory>,
    /// The bodies that were to implement it. Left out of the JSON where there were none, so that the
    /// content hashes of rounds published before stay as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_bodies: Vec<String>,
    /// What it was about.
    pub terms: Vec<Term>,
    /// SHA-256 of its text (UTF-8) in hexadecimal; none where no text was known.
    pub text_sha256: Option<String>,
}

impl CountedAs {
    /// The recommendation with what counts as it was at publication: present paragraph and texts, for
    /// links and reading; everything that a figure depends on from then.
    #[must_use]
    pub fn apply(&self, present: &Recommendation) -> Recommendation {
        Recommendation {
            recommending: self.recommending.clone(),
            positions: self.positions.clone(),
            // What counted then counts, whatever a reviewer has chosen since.
            chosen_position: None,
            action_category: self.action_category,
            responsible_bodies: self.responsible_bodies.clone(),
            terms: self.terms.clone(),
            ..present.clone()
        }
    }
}
