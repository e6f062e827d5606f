//! Rounds of assessment: one organisation's view of one review at one time.

use super::{Assessment, PositionClass, RecordedDate, Scale};
use serde::{Deserialize, Serialize};

/// What a round holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundKind {
    /// A status for each recommendation.
    Itemised,
    /// Published counts only; which recommendation has which status is not known.
    ReportedTotals,
}

impl RoundKind {
    /// The code in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Itemised => "itemised",
            Self::ReportedTotals => "reported_totals",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Itemised, Self::ReportedTotals]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// An assessment round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Round {
    /// Its row in the database.
    #[serde(skip)]
    pub id: i64,
    /// Its name in addresses, unique within the review.
    pub slug: String,
    /// Who signs it.
    pub organisation: String,
    /// What people read.
    pub title: String,
    /// Evidence available up to this day was considered.
    pub as_of: Option<RecordedDate>,
    /// The vocabulary.
    pub scale: Scale,
    /// Itemised, or reported totals.
    pub kind: RoundKind,
    /// How it was done, or where that is written.
    pub method: Option<String>,
    /// The slug of the round that it replaces.
    pub supersedes: Option<String>,
    /// When it was published and frozen; an open round has none. Milliseconds since 1970, UTC.
    #[serde(skip)]
    pub published_at: Option<i64>,
    /// SHA-256 of the published content, in hexadecimal.
    pub content_hash: Option<String>,
    /// The organisations that assessed, where they are others than who signs.
    pub assessors: Vec<String>,
    /// Texts that were removed since its publication, the first removal first.
    #[serde(skip)]
    pub redactions: Vec<Redaction>,
    /// Which correction it is, and what became of it since its publication.
    #[serde(skip)]
    pub publication: Publication,
}

/// Which correction a round is, and what became of it since its publication.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Publication {
    /// Its number among the corrections of one round, from 1; 0 if it corrects none.
    pub correction: u32,
    /// Why it corrects the round that it [supersedes](Round::supersedes); `None` while it is open.
    pub correction_reason: Option<String>,
    /// The published correction that took its place.
    pub superseded: Option<Superseded>,
    /// When and why it was withdrawn.
    pub withdrawn: Option<Withdrawn>,
    /// Why a reviewer chose it to head its review.
    pub headline_reason: Option<String>,
    /// How many recommendations it gives a status that counts as assessed. Known of published rounds only, without
    /// their assessments; [`RoundRecord::covers`](super::RoundRecord::covers) counts open ones.
    pub covers: u64,
}

/// How a published correction took the place of a round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Superseded {
    /// The slug of the correction.
    pub by: String,
    /// Its number.
    pub correction: u32,
    /// When it was published. Milliseconds since 1970, UTC.
    pub at: i64,
    /// Why.
    pub reason: String,
}

/// The withdrawal of a published round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawn {
    /// When. Milliseconds since 1970, UTC.
    pub at: i64,
    /// Why.
    pub reason: String,
}

/// What a round says in four numbers, as the history keeps it of corrections and withdrawals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RoundCounts {
    /// Recommendations in the best status of the scale.
    pub implemented: u64,
    /// Recommendations that are assessed.
    pub assessed: u64,
    /// Recommendations that the round is about.
    pub received: u64,
}

/// The removal of a text from a published round: its content has another hash since.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Redaction {
    /// The day.
    pub day: RecordedDate,
    /// Why.
    pub reason: String,
    /// The content hash before.
    pub before: String,
    /// The content hash since.
    pub after: String,
}

impl Round {
    /// Whether it is published, and so frozen.
    pub fn is_published(&self) -> bool {
        self.published_at.is_some()
    }

    /// Returns true if it counts in figures that everybody sees: it is published, and neither superseded nor withdrawn.
    pub fn is_current(&self) -> bool {
        self.is_published() && !self.is_former()
    }

    /// Returns true if it was published and counts no more: a correction superseded it, or it was withdrawn.
    pub fn is_former(&self) -> bool {
        self.publication.superseded.is_some() || self.publication.withdrawn.is_some()
    }

    /// Returns true if it was withdrawn: nothing of its content is shown any more.
    pub fn is_withdrawn(&self) -> bool {
        self.publication.withdrawn.is_some()
    }

    /// Whether nobody assessed this: what nobody had touched was written down as not assessed at the
    /// moment of publication, and has nothing else in it.
    pub fn left_unassessed(&self, assessment: &Assessment) -> bool {
        let counts = self.scale.status(&assessment.status);
        self.published_at == Some(assessment.changed_at)
            && assessment.version == 1
            && counts.is_some_and(|status| !status.counts_as_assessed)
            && assessment.rationale.is_empty()
            && assessment.evidence.is_empty()
            && assessment.confidence.is_none()
            && assessment.carried_over.is_none()
    }
}

/// One cell of a published table: how many recommendations had a status, within one position where
/// the source breaks its totals down.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReportedTotal {
    /// The position, or none where the source gives only a total.
    pub position: Option<PositionClass>,
    /// The status' code in the round's scale.
    pub status: String,
    /// Recommendations.
    pub count: u32,
    /// Where it was published.
    pub citation: String,
    /// Whether the number was derived by arithmetic from published ones.
    pub derived: bool,
}
