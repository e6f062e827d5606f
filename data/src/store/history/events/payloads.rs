//! The JSON of entries that hold something else than things as they are in the domain.

use crate::domain::{Earlier, RoundCounts};
use crate::store::{BulkChange, NewRound};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A bulk change.
#[derive(Serialize, Deserialize)]
pub(crate) struct BulkContent<'a> {
    #[serde(flatten)]
    pub(crate) what: Cow<'a, BulkChange>,
    /// How many entries after this one belong to it.
    pub(crate) entries: usize,
}

/// The undoing of a bulk change.
#[derive(Serialize, Deserialize)]
pub(crate) struct Undoing {
    /// The number of the bulk change's entry.
    pub(crate) entry: i64,
}

/// The publication of a round.
#[derive(Serialize, Deserialize)]
pub(crate) struct Published<'a> {
    pub(crate) content_hash: Cow<'a, str>,
}

/// A recommendation, as far as its number.
#[derive(Deserialize)]
pub(crate) struct Numbered {
    pub(crate) paragraph: String,
}

/// A decision about a link.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Decision {
    /// The earlier recommendation.
    #[serde(flatten)]
    pub earlier: Earlier,
    /// Whether the later one repeats it.
    pub repeats: bool,
}

/// A name that a recommendation is known by from now on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Match {
    /// The name, such as the text's number in a source that does not use the report's numbers.
    pub name: String,
    /// The paragraph of the recommendation.
    pub paragraph: String,
    /// How similar the texts are; `None` if a person decided.
    pub score: Option<f64>,
}

/// What an edit did.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    /// A claim about the position was added.
    PositionAdded,
    /// A claim about the position was corrected.
    PositionCorrected,
    /// Facts of a recommendation were corrected.
    Corrected,
    /// A recommendation got another number.
    Renumbered,
    /// A recommendation was added.
    Added,
    /// A recommendation was removed.
    Removed,
    /// Another recommendation was merged into it.
    Merged,
    /// A part of it became another recommendation.
    Split,
}

impl EditKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::PositionAdded,
        Self::PositionCorrected,
        Self::Corrected,
        Self::Renumbered,
        Self::Added,
        Self::Removed,
        Self::Merged,
        Self::Split,
    ];

    /// The code in the history and in translations.
    pub fn code(self) -> &'static str {
        match self {
            Self::PositionAdded => "position-added",
            Self::PositionCorrected => "position-corrected",
            Self::Corrected => "corrected",
            Self::Renumbered => "renumbered",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Merged => "merged",
            Self::Split => "split",
        }
    }
}

/// An edit of recommendations by a person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Edit {
    /// What it did.
    pub what: EditKind,
    /// Why.
    pub reason: String,
    /// The document that shows it. The source of a claim about a position is in the claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The paragraph that was merged into this one or split off from it, or the former number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// Other names that led to removed recommendations, which undoing brings back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Match>,
    /// How many entries before this one belong to it.
    pub entries: usize,
}

/// Where an absorbed recommendation went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Absorbed {
    /// The paragraph of the recommendation that it is.
    pub into: String,
}

/// A seal of small tables.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Seal {
    /// The digest of each table, by the table's name. Of tables that a change did not touch, the one that
    /// the seal before has.
    pub tables: BTreeMap<String, String>,
    /// The tables that were not as the seal before says when the change began.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub broken: BTreeSet<String>,
}

/// The removal of a text from the history and everything else that is stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TextRedaction {
    /// Why.
    pub reason: String,
    /// The entries of the review, or outside reviews, that the text was removed from.
    pub entries: Vec<RedactedEntry>,
    /// How many rows it was removed from, by table.
    pub rows: BTreeMap<String, u64>,
}

/// An entry from which a text was removed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RedactedEntry {
    /// Its number.
    pub entry: i64,
    /// Its hash, which it keeps.
    pub hash: String,
    /// Of an entry of format 1: the digests of what is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<[Option<String>; 2]>,
    /// Of an entry of format 2: the places of its redacted texts, each with the commitments to what was
    /// removed and to what stands there now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<(usize, String, String)>,
}

/// The removal of a text from a published round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RoundRedaction {
    /// Why.
    pub reason: String,
    /// The content hash before.
    pub hash_before: String,
    /// The content hash since.
    pub hash_after: String,
}

/// The opening of a correction.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CorrectionOpening {
    /// The correction.
    pub round: NewRound,
    /// The slug of the round that it corrects.
    pub corrects: String,
}

/// How a published correction took the place of a round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Supersession {
    /// The slug of the correction.
    pub by: String,
    /// Its number among the corrections of one round.
    pub correction: u32,
    /// Why.
    pub reason: String,
    /// The content hash of the round.
    pub hash_before: String,
    /// The content hash of the correction.
    pub hash_after: String,
    /// What the round says.
    pub before: RoundCounts,
    /// What the correction says.
    pub after: RoundCounts,
}

/// The withdrawal of a published round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
    /// The content hash of the round, which it keeps.
    pub content_hash: String,
    /// What the round said.
    pub before: RoundCounts,
}

/// What an open round holds beside its particulars.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RoundContents {
    /// Assessments.
    pub assessments: u64,
    /// Drafts of all people.
    pub drafts: u64,
    /// How often its assessments cite evidence. The records of evidence belong to the review.
    pub citations: u64,
}

/// The removal of an open round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RoundRemoval {
    /// The round.
    pub round: NewRound,
    /// What went with it.
    #[serde(flatten)]
    pub contents: RoundContents,
}

/// The choice of the round that heads a review.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HeadlineChoice {
    /// Why.
    pub reason: String,
    /// The slug of the round; `None` if it is left to the rule again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// The headline round before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<HeadlineFigure>,
    /// The headline round since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<HeadlineFigure>,
}

/// A headline round and what it says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HeadlineFigure {
    /// Its slug.
    pub round: String,
    /// What it says.
    #[serde(flatten)]
    pub counts: RoundCounts,
}
