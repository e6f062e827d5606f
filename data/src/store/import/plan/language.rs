//! Texts of a file that does not name their language.
//!
//! A file in French over a report in English has the same paragraphs with other words. If its texts replaced the
//! stored ones, the first language would be lost; so a text whose words are in another language is kept beside the
//! stored one, and a text whose language is not clear is left to a person. Another language alone does not make a text
//! a translation: one of other States is left to a person as well.

use super::Planner;
use super::group::Group;
use crate::domain::{LanguageText, Recommendation, StateCode, guess_language, is_language_certain};
use crate::store::import::rows::Decision;
use crate::store::likeness::{PERHAPS, Print, words};

/// How the text of a row relates to the stored text of its paragraph.
#[derive(PartialEq, Eq)]
enum Relation {
    /// It corrects the stored text: the words are alike, or the language is the same.
    Correction,
    /// It is a translation into this language.
    Translation(String),
    /// The words differ, and the language of one of the two is not clear.
    Unclear,
}

/// Returns true if two lists of States may be those of one recommendation: they share one, or one is not known.
pub(super) fn may_be_same_states(one: &[StateCode], other: &[StateCode]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|state| other.contains(state))
}

fn relation(known: &Recommendation, text: &str, is_same: bool) -> Relation {
    let Some(stored) = &known.text else {
        return Relation::Correction;
    };
    if let Some(further) = known.texts.iter().find(|one| one.text == text) {
        return Relation::Translation(further.language.clone());
    }
    let likeness = Print::of(&words(stored)).likeness(&Print::of(&words(text)));
    if stored == text || likeness >= PERHAPS {
        return Relation::Correction;
    }
    let named = known.language.as_deref();
    let is_certain = is_language_certain(text) && (named.is_some() || is_language_certain(stored));
    let stored = named.or_else(|| guess_language(stored));
    match (stored, guess_language(text)) {
        (Some(stored), Some(language)) if LanguageText::is_same_language(stored, language) => {
            Relation::Correction
        }
        (Some(_), Some(language)) if is_certain && is_same => {
            Relation::Translation(language.to_owned())
        }
        _ => Relation::Unclear,
    }
}

impl Planner {
    fn relation_of(&self, group: &Group) -> Option<Relation> {
        let one = &group.one;
        if one.language.is_some() || one.is_reply {
            return None;
        }
        let paragraph = one.paragraph.as_ref()?;
        let number = self.find(paragraph, &one.recommending)?;
        let known = &self.works.get(number)?.effect.after;
        // A person has said that it is the one of its number.
        let mut named = group.decision.iter().flat_map(Decision::named);
        let is_same = named.any(|named| named == &known.paragraph)
            || may_be_same_states(&known.recommending, &one.recommending);
        Some(relation(known, one.text.as_ref()?, is_same))
    }

    /// Puts a text without a language beside the stored text of its paragraph, if its words are in another language.
    pub(super) fn settle_language(&self, group: &mut Group) {
        let Some(Relation::Translation(language)) = self.relation_of(group) else {
            return;
        };
        let source = group.one.report_symbol.clone();
        if let Some(text) = group.one.text.take() {
            group.one.texts.push(LanguageText {
                language,
                text,
                source,
            });
        }
    }

    /// Returns true if a text differs from the stored one and may be in another language.
    pub(super) fn is_language_unclear(&self, group: &Group) -> bool {
        self.relation_of(group) == Some(Relation::Unclear)
    }
}
