//! An organisation's judgement of one recommendation in one round, and what it rests on.

use super::RecordedDate;
use serde::{Deserialize, Serialize};

/// How sure the assessor is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Little evidence, or it disagrees.
    Low,
    /// Enough evidence.
    Medium,
    /// Several independent sources agree.
    High,
}

impl Confidence {
    /// Every level, lowest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The code in forms, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// What kind of source a piece of evidence is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A law, a judgment, a statistic: the thing itself.
    Primary,
    /// A body independent of the State: a treaty body, a special rapporteur, an institution.
    Independent,
    /// Civil society.
    CivilSociety,
    /// The press.
    Media,
    /// The State's own word.
    State,
}

impl EvidenceKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Primary,
        Self::Independent,
        Self::CivilSociety,
        Self::Media,
        Self::State,
    ];

    /// The code in forms, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Independent => "independent",
            Self::CivilSociety => "civil_society",
            Self::Media => "media",
            Self::State => "state",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What an assessment rests on: a document, a page, a testimony.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// What it is.
    pub title: String,
    /// An `http` or `https` address, or a citation in words.
    pub source: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When: a year, a month or a day.
    pub date: Option<RecordedDate>,
    /// What kind of source it is.
    pub kind: EvidenceKind,
    /// What to look at in it.
    pub note: Option<String>,
    /// Its language, BCP 47 (`be`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The `http` or `https` address of an archived copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<String>,
}

/// A piece of evidence as a record of its review, cited by any number of assessments.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EvidenceRecord {
    /// Its number in the review, from 1; it never changes and is never given twice.
    pub number: i64,
    /// What it is.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// One assessment as it stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assessment {
    /// The status' code in the round's scale.
    pub status: String,
    /// Why.
    pub rationale: String,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The slug of the round that it was carried over from, while nobody has confirmed it in this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_over: Option<String>,
    /// Counts up with every change; a save must name the version it changes. 0 before the first.
    #[serde(skip)]
    pub version: i64,
    /// When it was last changed. Milliseconds since 1970, UTC.
    #[serde(skip)]
    pub changed_at: i64,
}

impl Assessment {
    /// The longest rationale, in characters.
    pub const RATIONALE_MAX: usize = 20_000;
    /// The most pieces of evidence of one assessment.
    pub const EVIDENCE_MAX: usize = 50;
    /// The longest title, source, publisher or note of a piece of evidence, in characters.
    pub const EVIDENCE_TEXT_MAX: usize = 2_000;
}
