//! The rows of a run: what the file says in each, and what becomes of it.

use crate::domain::{Message, Paragraph, ReviewCode};
use crate::exchange::{Incoming, IncomingAssessment, Rejected, Row};
use crate::store::Error;
use crate::store::entities::{import_outcome, import_row};
use crate::store::history::chain;
use crate::store::import_codes::Outcome;
use crate::store::likeness;
use serde::{Deserialize, Serialize};

/// What a file says in one row.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// A recommendation.
    Recommendation(Box<Incoming>),
    /// An assessment.
    Assessment(Box<IncomingAssessment>),
    /// Something that the reader cannot take.
    Rejected(Box<Rejected>),
}

impl Content {
    /// Where it stands in the file.
    pub fn row(&self) -> Row {
        match self {
            Self::Recommendation(one) => one.row,
            Self::Assessment(one) => one.row,
            Self::Rejected(one) => one.row,
        }
    }

    /// The review it belongs to, as far as the row says it.
    pub fn review(&self) -> Option<ReviewCode> {
        match self {
            Self::Recommendation(one) => Some(one.review),
            Self::Assessment(one) => one.review,
            Self::Rejected(one) => one.review,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Recommendation(_) => "recommendation",
            Self::Assessment(_) => "assessment",
            Self::Rejected(_) => "rejected",
        }
    }
}

/// What a person decides about a row that may be a recommendation that is there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is another one.
    New,
    /// It is the one of this number or name.
    Same(Paragraph),
    /// It is all of these, and nothing else: a paragraph unites what another source has apart.
    AllOf(Vec<Paragraph>),
}

impl Decision {
    /// The numbers or names of what it is.
    pub fn named(&self) -> &[Paragraph] {
        match self {
            Self::New => &[],
            Self::Same(one) => std::slice::from_ref(one),
            Self::AllOf(all) => all,
        }
    }
}

/// A recommendation that a row may be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Candidate {
    /// Its number or name.
    pub paragraph: Paragraph,
    /// How like the two texts are: 1 is the same words, 0 nothing in common.
    pub score: f64,
    /// What it says.
    pub text: String,
}

impl Candidate {
    /// From this score on texts are taken for the same, if no other comes near.
    pub const SAME: f64 = likeness::SAME;
    /// From this score on a person is asked.
    pub const PERHAPS: f64 = likeness::PERHAPS;
}

/// A row that takes part in a plan.
#[derive(Clone, Debug)]
pub(super) struct Staged {
    /// Its place in the run.
    pub(super) place: i64,
    /// What it says.
    pub(super) content: Content,
    /// What a person decided about it.
    pub(super) decision: Option<Decision>,
    /// Its cells as they stood in the file, below the headings of the run; none where they are kept in
    /// the content, or not at all.
    pub(super) cells: Option<Vec<String>>,
}

/// What becomes of a row, as a plan knows it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct RowOutcome {
    pub(super) outcome: Outcome,
    /// The row whose recommendation it belongs to.
    pub(super) leader: Option<i64>,
    /// How like its text is to the one it was found to be the same as.
    pub(super) score: Option<f64>,
    pub(super) detail: Detail,
    /// Of all that changes: whether a plan still holds.
    pub(super) digest: Option<String>,
    /// How many recommendations turned out to be this one and go.
    pub(super) absorbed: usize,
    /// The languages of the further texts that a recommendation gets.
    pub(super) texts: Vec<String>,
}

/// Why a row is rejected, or what it may be.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Detail {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) candidates: Vec<Candidate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<Message>,
    /// What a person should know of a row that is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) notices: Vec<Message>,
}

impl RowOutcome {
    fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            leader: None,
            score: None,
            detail: Detail::default(),
            digest: None,
            absorbed: 0,
            texts: Vec::new(),
        }
    }

    pub(super) fn leading(outcome: Outcome, score: Option<f64>, digest: String) -> Self {
        Self {
            score,
            digest: Some(digest),
            ..Self::of(outcome)
        }
    }

    pub(super) fn joined(leader: i64, score: Option<f64>) -> Self {
        Self {
            leader: Some(leader),
            score,
            ..Self::of(Outcome::Joined)
        }
    }

    pub(super) fn uncertain(candidates: Vec<Candidate>) -> Self {
        let mut uncertain = Self::of(Outcome::Uncertain);
        uncertain.detail.candidates = candidates;
        uncertain
    }

    pub(super) fn rejected(value: Option<String>, reason: Message) -> Self {
        let mut rejected = Self::of(Outcome::Rejected);
        rejected.detail.value = value;
        rejected.detail.reason = Some(reason);
        rejected
    }

    /// As a row of the table.
    pub(super) fn entity(
        &self,
        run: i64,
        place: i64,
        review: Option<ReviewCode>,
    ) -> import_outcome::Model {
        let detail = (self.detail != Detail::default()).then(|| chain::json(&self.detail));
        import_outcome::Model {
            run_id: run,
            place,
            review: review.map(|review| review.to_string()),
            outcome: self.outcome,
            leader: self.leader,
            score: self.score,
            detail,
            digest: self.digest.clone(),
            absorbed: i32::try_from(self.absorbed).unwrap_or(i32::MAX),
            texts: (!self.texts.is_empty()).then(|| chain::json(&self.texts)),
        }
    }

    pub(super) fn read(row: import_outcome::Model) -> Result<Self, Error> {
        let detail = match &row.detail {
            Some(detail) => serde_json::from_str(detail).map_err(|_| corrupt("detail"))?,
            None => Detail::default(),
        };
        Ok(Self {
            outcome: row.outcome,
            leader: row.leader,
            score: row.score,
            detail,
            digest: row.digest,
            absorbed: usize::try_from(row.absorbed).unwrap_or(0),
            texts: row
                .texts
                .as_deref()
                .and_then(|texts| serde_json::from_str(texts).ok())
                .unwrap_or_default(),
        })
    }
}

impl Staged {
    /// As a row of the table.
    pub(super) fn entity(&self, run: i64, review: Option<ReviewCode>) -> import_row::Model {
        let content = match &self.content {
            Content::Recommendation(one) => chain::json(one),
            Content::Assessment(one) => chain::json(one),
            Content::Rejected(one) => chain::json(one),
        };
        import_row::Model {
            run_id: run,
            place: self.place,
            row_in_file: i64::from(self.content.row()),
            kind: self.content.kind().to_owned(),
            review: review.map(|review| review.to_string()),
            content,
            decision: self.decision.as_ref().map(chain::json),
            cells: self.cells.as_ref().map(chain::json),
            length: None,
        }
    }

    pub(super) fn read(row: &import_row::Model) -> Result<Self, Error> {
        let unfit = |_| corrupt(&row.kind);
        let content = match row.kind.as_str() {
            "recommendation" => {
                Content::Recommendation(serde_json::from_str(&row.content).map_err(unfit)?)
            }
            "assessment" => Content::Assessment(serde_json::from_str(&row.content).map_err(unfit)?),
            "rejected" => Content::Rejected(serde_json::from_str(&row.content).map_err(unfit)?),
            _ => return Err(corrupt(&row.kind)),
        };
        Ok(Self {
            place: row.place,
            content,
            decision: row
                .decision
                .as_ref()
                .map(|decision| serde_json::from_str(decision).map_err(unfit))
                .transpose()?,
            cells: row
                .cells
                .as_ref()
                .map(|cells| serde_json::from_str(cells).map_err(unfit))
                .transpose()?,
        })
    }
}

pub(super) fn corrupt(what: &str) -> Error {
    Error::Corrupt(format!("an import: {what}"))
}
