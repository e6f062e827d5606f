//! What a redaction leaves in the history: what it says of the texts that it removed, and how an entry fits that lost
//! one. `store/redaction.rs` removes them.

use crate::domain::{Date, EventKind, Redaction, refusals};
use crate::store::Error;
use crate::store::entities::event;
use crate::store::history::chain;
use crate::store::history::commitments::{self, COMMITTED, Kept, Leaves, PLAIN};
use crate::store::history::events::{Event, RedactedEntry, RoundRedaction};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

refusals! {
    /// Why a text is not removed.
    pub enum RedactionRefusal {
        /// The text is empty or part of the placeholder.
        TextUnfit => "redaction-text-unfit",
        /// The text is so short that it is part of many others.
        TextShort { min: usize } => "redaction-text-short",
        /// The reason is empty or too long.
        ReasonUnfit { max: usize } => "redaction-reason-unfit",
        /// The reason holds the text.
        ReasonTells => "redaction-reason-tells",
        /// The text occurs nowhere.
        Nothing => "redaction-nothing",
        /// The text occurs in scales alone, which are published.
        OnlyInScales => "redaction-only-in-scales",
        /// Another program reads the write-ahead log.
        LogInUse => "redaction-log-in-use",
    }
}

/// What stands in place of a removed text.
pub const PLACEHOLDER: &str = "[redacted]";

/// The keys under which the history keeps texts that people write. Codes, numbers and names in addresses are
/// not among them.
pub(crate) const FREE_TEXTS: [&str; 15] = [
    "archived",
    "assessors",
    "citation",
    "method",
    "note",
    "organisation",
    "publisher",
    "rationale",
    "raw",
    "reason",
    "responsible_bodies",
    "source",
    "summary",
    "text",
    "title",
];

/// The key under which the history keeps the names of terms, such as issues: anybody who assesses can write one. They
/// are removed, but not offered as texts to choose from.
const TERM_NAME: &str = "name";

/// A text to be removed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Removal {
    /// The text.
    pub text: String,
    /// Removes it only where it is the whole of a field; otherwise also where it is part of one.
    pub whole: bool,
    /// Why.
    pub reason: String,
}

/// How an entry fits into the history.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fit {
    /// Its hash was recomputed, whether or not a text was removed from it.
    Fits,
    /// A redaction, which is itself in the history, removed a text that its hash covers.
    NotRecomputable,
    /// Somebody changed it.
    Broken,
}

/// What redactions say that they removed, by the number of the entry.
#[derive(Default)]
pub(crate) struct Listings(pub(crate) HashMap<i64, RedactedEntry>);

impl Listings {
    /// Reads them. Whether their own entries fit, verifying the history tells.
    pub(crate) async fn read(db: &impl ConnectionTrait) -> Result<Self, Error> {
        let redactions = event::Entity::find()
            .filter(event::Column::Kind.eq(EventKind::TextRedacted))
            .order_by_asc(event::Column::Id)
            .all(db)
            .await?;
        let told = redactions.iter().filter_map(|row| match Event::of(row) {
            Some(Event::TextRedacted(redaction)) => Some(redaction),
            _ => None,
        });
        // A later redaction of the same entry lists all that was removed from it.
        let listed = told.flat_map(|told| told.entries);
        Ok(Self(listed.map(|listed| (listed.entry, listed)).collect()))
    }

    /// How an entry fits after the one with that hash.
    pub(crate) fn fit(&self, previous: &str, row: &event::Model) -> Fit {
        let listed = self.0.get(&row.id);
        let fits = |fits: bool| if fits { Fit::Fits } else { Fit::Broken };
        match row.format {
            PLAIN if row.salts.is_none() && chain::hash(previous, row) == row.hash => {
                fits(row.seed.is_none())
            }
            PLAIN if row.salts.is_none() => {
                let now = commitments::digests_by_seed(row);
                let is_listed =
                    listed.is_some_and(|listed| listed.hash == row.hash && listed.now == now);
                if now.is_some() && is_listed {
                    Fit::NotRecomputable
                } else {
                    Fit::Broken
                }
            }
            COMMITTED if row.seed.is_some() != row.salts.is_some() => {
                let hash = commitments::hash(previous, row);
                let removed = commitments::kept(row).map(|kept| texts(row, &kept));
                let listed = removed.is_none_or(|removed| {
                    listed.is_some_and(|listed| Some(&listed.texts) == removed.as_ref())
                });
                fits(hash.as_ref() == Some(&row.hash) && listed)
            }
            _ => Fit::Broken,
        }
    }
}

/// The redacted texts of an entry, as a redaction lists them; none where its salts are wrong.
pub(crate) fn texts(row: &event::Model, kept: &[Kept]) -> Option<Vec<(usize, String, String)>> {
    let literals = [&row.before, &row.after];
    let literals = literals
        .into_iter()
        .flatten()
        .flat_map(|json| Leaves::of(json));
    let mut texts = Vec::new();
    for (place, leaf) in literals.enumerate() {
        let kept = kept.get(place)?;
        if let Some(was) = &kept.was {
            let now = commitments::commitment(&hex::decode(&kept.salt).ok()?, leaf.literal);
            texts.push((place, was.clone(), hex::encode(now)));
        }
    }
    Some(texts)
}

impl Removal {
    /// The shortest part of a text that can be removed, in characters: a shorter one is in too many others.
    pub const SHORTEST: usize = 4;

    pub(crate) fn check(&self) -> Result<(), RedactionRefusal> {
        let length = self.text.chars().count();
        if self.text.trim().is_empty() || PLACEHOLDER.contains(&self.text) {
            return Err(RedactionRefusal::TextUnfit);
        }
        if !self.whole && length < Self::SHORTEST {
            return Err(RedactionRefusal::TextShort {
                min: Self::SHORTEST,
            });
        }
        if self.reason.trim().is_empty() || self.reason.chars().count() > 2_000 {
            return Err(RedactionRefusal::ReasonUnfit { max: 2_000 });
        }
        if self.reason.contains(&self.text) {
            return Err(RedactionRefusal::ReasonTells);
        }
        Ok(())
    }

    /// A text without what is removed; none where there is nothing of it.
    pub(crate) fn of(&self, text: &str) -> Option<String> {
        if self.whole {
            (text == self.text).then(|| PLACEHOLDER.to_owned())
        } else {
            text.contains(&self.text)
                .then(|| text.replace(&self.text, PLACEHOLDER))
        }
    }

    /// A text in JSON, quotation marks included, without what is removed; `None` if there is nothing of it.
    pub(crate) fn of_literal(&self, literal: &str) -> Option<String> {
        let text: String = serde_json::from_str(literal).ok()?;
        self.of(&text).map(|text| chain::json(&text))
    }

    /// A document without what is removed from any text in it.
    pub(crate) fn of_json(&self, json: &str) -> String {
        self.of_document(json, true, &mut 0, &mut Vec::new())
    }

    /// What is looked for in JSON.
    pub(crate) fn in_json(&self) -> String {
        let literal = chain::json(&self.text);
        if self.whole {
            return literal;
        }
        let inner = literal.get(1..literal.len() - 1);
        inner.unwrap_or_default().to_owned()
    }

    /// A document without what is removed from its free texts, or from `every` text in it, and the places of
    /// the texts that changed. `places` counts on.
    pub(crate) fn of_document(
        &self,
        json: &str,
        every: bool,
        places: &mut usize,
        changed: &mut Vec<usize>,
    ) -> String {
        let mut without = String::with_capacity(json.len());
        let mut from = 0;
        for leaf in Leaves::of(json) {
            let place = *places;
            *places += 1;
            if !every && leaf.key != TERM_NAME && !FREE_TEXTS.contains(&leaf.key) {
                continue;
            }
            let Some(literal) = self.of_literal(leaf.literal) else {
                continue;
            };
            without.push_str(json.get(from..leaf.start).unwrap_or_default());
            without.push_str(&literal);
            from = leaf.start + leaf.literal.len();
            changed.push(place);
        }
        without.push_str(json.get(from..).unwrap_or_default());
        without
    }
}

/// What the entry of a redacted round says, if the round had the hash that it names before.
pub(crate) fn of_round(
    published: Option<&String>,
    at: i64,
    redacted: RoundRedaction,
) -> Option<Redaction> {
    (published == Some(&redacted.hash_before)).then(|| Redaction {
        day: Date::of_moment(at).into(),
        reason: redacted.reason,
        before: redacted.hash_before,
        after: redacted.hash_after,
    })
}
