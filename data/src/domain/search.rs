//! Words typed to find recommendations.
//!
//! All words must occur, as beginnings of words; "quoted words" must stand together. Accents and case
//! do not matter.

use super::Recommendation;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What was typed, ready to be compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    typed: String,
    parts: Vec<String>,
}

impl Search {
    /// The longest search, in characters; the rest is cut off.
    pub const MAX: usize = 200;

    /// Reads what was typed; none if nothing in it can be searched for.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String = typed
            .chars()
            // A line break in what was pasted parts words like any blank.
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(Self::MAX)
            .collect();
        let mut parts = Vec::new();
        for (index, piece) in typed.split('"').enumerate() {
            if index % 2 == 1 {
                parts.push(fold_for_search(piece));
            } else {
                // "138.27" and "self-help" are typed as one and looked for as one.
                parts.extend(piece.split_whitespace().map(fold_for_search));
            }
        }
        parts.retain(|part| !part.is_empty());
        let typed = typed.trim().to_owned();
        (!parts.is_empty()).then_some(Self { typed, parts })
    }

    /// As typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether a recommendation holds all of it, in its paragraph number, text, summary, terms or
    /// recommending States' names.
    pub fn finds(&self, recommendation: &Recommendation) -> bool {
        let mut all = String::from(" ");
        let states = recommendation.recommending.iter().map(|state| state.name());
        let terms = recommendation.terms.iter().map(|term| term.name.as_str());
        let own = [
            Some(recommendation.paragraph.as_str()),
            recommendation.text.as_deref(),
            recommendation.summary.as_deref(),
        ];
        for text in own.into_iter().flatten().chain(terms).chain(states) {
            all.push_str(&fold_for_search(text));
            // Not a blank alone, so that a phrase never reaches from one field into the next.
            all.push_str(" | ");
        }
        self.parts
            .iter()
            .all(|part| all.contains(&format!(" {part}")))
    }
}

/// The words of a text in lower case and without accents, parted by one blank. Letters of every script
/// stay, unlike in [`fold`](super::states::fold), which is for names in Latin letters only. Imports
/// compare texts by it, too.
pub(crate) fn fold_for_search(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let in_no_word = |c: char| !c.is_alphanumeric() && !is_combining_mark(c);
    for word in text.split(in_no_word) {
        let end = words.len();
        if word.is_ascii() {
            words.push_str(&word.to_ascii_lowercase());
        } else {
            words.extend(
                word.nfd()
                    .filter(|c| !is_combining_mark(*c))
                    .flat_map(char::to_lowercase),
            );
        }
        if end > 0 && words.len() > end {
            words.insert(end, ' ');
        }
    }
    words
}
