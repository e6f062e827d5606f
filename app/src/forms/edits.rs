//! The forms of edits of recommendations.

#![allow(unreachable_pub)] // Server functions are public, and so are their arguments.

use crate::forms::line_ends::with_line_ends_of;
use crate::urls::paths;
use crate::web::failure::Failure;
use data::domain::{
    Message, Object, Paragraph, Position, PositionClass, Recommendation, ReviewCode, Seen,
};
use data::exchange::{facts_of, with_facts};
use data::store::{EditTarget, Why};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What every form of an edit has: the recommendation, the version that was on the page, and why.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EditFields {
    pub(crate) review: String,
    /// The recommendation that is edited.
    pub(crate) paragraph: String,
    /// The version that was on the page.
    pub(crate) seen: Seen,
    pub(crate) reason: String,
    /// The document that shows it.
    pub(crate) source: String,
}

impl EditFields {
    /// The review and the paragraph, if they can be ones.
    pub(crate) fn place(&self) -> Option<(ReviewCode, Paragraph)> {
        let code = ReviewCode::parse(&self.review)?;
        Some((code, Paragraph::parse(&self.paragraph).ok()?))
    }

    /// The form that it came from.
    pub(crate) fn back(&self, query: &str) -> String {
        match self.place() {
            Some((code, paragraph)) => paths::correct(code, &paragraph, query),
            None => paths::home(),
        }
    }

    pub(crate) fn object(&self) -> Object<'static> {
        Object::of_review(&self.review)
    }

    pub(crate) fn target(&self) -> Result<EditTarget, Failure> {
        let (review, paragraph) = self.place().ok_or(Failure::NotFound)?;
        Ok(EditTarget {
            review,
            paragraph,
            seen: self.seen.clone(),
        })
    }

    pub(crate) fn why(&self) -> Why {
        Why {
            reason: with_line_ends_of("", &self.reason),
            source: with_line_ends_of("", &self.source),
        }
    }
}

/// The form of a claim about a position.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PositionForm {
    #[serde(flatten)]
    pub(crate) edit: EditFields,
    /// The number of the claim to correct, counted from 1; empty to add one.
    pub(crate) claim: String,
    pub(crate) class: String,
    pub(crate) raw: String,
    /// The document that holds the answer.
    pub(crate) symbol: String,
    pub(crate) source_paragraph: String,
    pub(crate) date: String,
}

impl PositionForm {
    /// The form filled with a claim.
    pub(crate) fn of(claim: &Position) -> Self {
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            class: claim.class.code().to_owned(),
            raw: claim.raw.clone(),
            symbol: optional(&claim.source),
            source_paragraph: optional(&claim.source_paragraph),
            date: claim.date.clone().map(String::from).unwrap_or_default(),
            ..Self::default()
        }
    }
}

impl TryFrom<PositionForm> for Position {
    type Error = Message;

    fn try_from(form: PositionForm) -> Result<Self, Message> {
        let class = PositionClass::parse(form.class.trim());
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Self {
            class: class.ok_or_else(|| Message::new("edit-position-class-unknown"))?,
            raw: with_line_ends_of("", &form.raw),
            source: filled(&form.symbol),
            source_paragraph: filled(&form.source_paragraph),
            date: filled(&form.date).map(Into::into),
        })
    }
}

/// The form of what is known of a recommendation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FactsForm {
    #[serde(flatten)]
    pub(crate) edit: EditFields,
    /// Its values by the ids of their columns.
    pub(crate) facts: BTreeMap<String, String>,
    /// Its identifier in the collection it came from.
    pub(crate) source_id: String,
}

impl FactsForm {
    /// The form filled with a recommendation.
    pub(crate) fn of(review: ReviewCode, one: &Recommendation) -> Self {
        Self {
            facts: facts_of(review, one).into_iter().collect(),
            source_id: one.source_id.clone().unwrap_or_default(),
            ..Self::default()
        }
    }

    /// A recommendation with the values of the form.
    pub(crate) fn applied(
        self,
        review: ReviewCode,
        before: &Recommendation,
    ) -> Result<Recommendation, Message> {
        let stored: BTreeMap<String, String> = facts_of(review, before).into_iter().collect();
        let known = stored.iter().map(|(column, stored)| {
            let typed = self.facts.get(column);
            let value =
                typed.map_or_else(|| stored.clone(), |typed| with_line_ends_of(stored, typed));
            (column.clone(), value)
        });
        let known: Vec<_> = known.collect();
        let read = with_facts(review, before, &known).map_err(|rejected| rejected.reason)?;
        Ok(Recommendation {
            source_id: Some(self.source_id.trim().to_owned()).filter(|id| !id.is_empty()),
            ..read
        })
    }
}
