//! Rows that repeat a recommendation.
//!
//! Some exports repeat a recommendation, once for each State or theme. Rows that say the same are one
//! recommendation with all their States and terms; rows that contradict each other cannot both be
//! right, and a person has to choose.

use super::Incoming;
use crate::domain::{LanguageText, Message};

impl Incoming {
    /// Takes in what another row says of the same recommendation, or says how the two contradict each
    /// other.
    pub fn join(&mut self, other: &Self) -> Result<(), Message> {
        let contradiction = |key| {
            let named = match &other.paragraph {
                Some(paragraph) => paragraph.to_string(),
                None => String::new(),
            };
            Err(Message::new(key)
                .with("paragraph", named)
                .with("review", other.review)
                .with("first", self.row))
        };
        // A row may have the text in another language: then it is kept beside the first.
        let translated = match (&self.language, &other.language, &other.text) {
            (Some(own), Some(language), Some(text))
                if self.text.is_some() && !LanguageText::is_same_language(own, language) =>
            {
                Some(LanguageText {
                    language: language.clone(),
                    text: text.clone(),
                    source: other.report_symbol.clone(),
                })
            }
            _ => None,
        };
        let is_other_text = match &translated {
            Some(one) => self.texts.iter().any(|known| {
                LanguageText::is_same_language(&known.language, &one.language)
                    && known.text != one.text
            }),
            None => self.text != other.text,
        };
        // A summary is of no language: a row in another one need not repeat it.
        let is_other_summary =
            self.summary != other.summary && (translated.is_none() || other.summary.is_some());
        if is_other_text || is_other_summary {
            return contradiction("exchange-repeated-text");
        }
        if let (Some(one), Some(other)) = (&self.position, &other.position)
            && one.class != other.class
        {
            return contradiction("exchange-repeated-position");
        }
        for text in translated.into_iter().chain(other.texts.iter().cloned()) {
            let mut known = self.texts.iter();
            if !known.any(|known| known.language == text.language) {
                self.texts.push(text);
            }
        }
        for state in &other.recommending {
            if !self.recommending.contains(state) {
                self.recommending.push(*state);
            }
        }
        for body in &other.responsible_bodies {
            if !self.responsible_bodies.contains(body) {
                self.responsible_bodies.push(body.clone());
            }
        }
        for term in &other.terms {
            if !self.terms.contains(term) {
                self.terms.push(term.clone());
            }
        }
        if self.position.is_none() {
            self.position.clone_from(&other.position);
        }
        self.action_category = self.action_category.or(other.action_category);
        if self.source_id.is_none() {
            self.source_id.clone_from(&other.source_id);
        }
        Ok(())
    }
}
