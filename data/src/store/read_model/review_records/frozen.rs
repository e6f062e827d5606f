//! What published rounds counted of recommendations, beside what would be counted now.

use crate::domain::{CountedAs, Frozen, Recommendation};
use crate::store::Error;
use crate::store::history::chain;

/// A recommendation as a round counts it that is published now.
pub(crate) fn counted_now(one: &Recommendation) -> CountedAs {
    CountedAs {
        paragraph: one.paragraph.clone(),
        recommending: one.recommending.clone(),
        positions: one.positions.clone(),
        action_category: one.action_category,
        responsible_bodies: one.responsible_bodies.clone(),
        terms: one.terms.clone(),
        text_sha256: one
            .text
            .as_deref()
            .map(|text| crate::store::sha256(text.as_bytes())),
    }
}

/// A recommendation beside what would be counted of it now, which is worked out once for all rounds.
pub(crate) struct Present<'a> {
    one: &'a Recommendation,
    counted: CountedAs,
    json: String,
}

impl<'a> Present<'a> {
    /// What would be counted of it now.
    pub(crate) fn of(one: &'a Recommendation) -> Self {
        let counted = counted_now(one);
        let json = chain::json(&counted);
        Self { one, counted, json }
    }

    /// What a published round counted, where that is no longer what would be counted now.
    pub(crate) fn frozen(&self, content: &str) -> Result<Option<Frozen>, Error> {
        // Nearly always the same letter for letter, which is quicker to see than to read.
        if self.json == content {
            return Ok(None);
        }
        let counted: CountedAs =
            serde_json::from_str(content).map_err(|error| Error::Corrupt(error.to_string()))?;
        if counted == self.counted {
            return Ok(None);
        }
        Ok(Some(Frozen {
            recommendation: counted.apply(self.one),
            counted,
        }))
    }
}
