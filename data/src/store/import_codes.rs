//! The states of imports and the outcomes of their rows, as the database holds them.

use serde::{Deserialize, Serialize};

/// The state of an import.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RunState {
    /// Its file is being read.
    Reading,
    /// Its file is read; a person has to apply or discard it.
    Read,
    /// Its rows are written to the database.
    Applied,
    /// It was applied and then undone.
    Undone,
    /// It was discarded, by a person or because nobody applied it in time.
    Cancelled,
    /// Its file could not be read.
    Failed,
}

impl RunState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Reading,
        Self::Read,
        Self::Applied,
        Self::Undone,
        Self::Cancelled,
        Self::Failed,
    ];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Read => "read",
            Self::Applied => "applied",
            Self::Undone => "undone",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What becomes of a row. Every row has exactly one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Something that was not there.
    New,
    /// Something changes.
    Changed,
    /// All of it is there already.
    Unchanged,
    /// It belongs to the recommendation of an earlier row and has its outcome.
    Joined,
    /// A person has to decide whether it is one that is there.
    Uncertain,
    /// It cannot be taken.
    Rejected,
}

impl Outcome {
    /// Every outcome, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Uncertain,
        Self::Rejected,
        Self::Changed,
        Self::New,
        Self::Unchanged,
        Self::Joined,
    ];

    /// Every outcome, those first that a person has to look at.
    pub(in crate::store) const BY_URGENCY: [Self; 6] = [
        Self::Rejected,
        Self::Uncertain,
        Self::New,
        Self::Changed,
        Self::Joined,
        Self::Unchanged,
    ];

    /// The codes of the outcomes whose rows are kept when the others are applied.
    pub(in crate::store) const LEFT_OVER: [&str; 2] = ["rejected", "uncertain"];

    /// The code in addresses and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Joined => "joined",
            Self::Uncertain => "uncertain",
            Self::Rejected => "rejected",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}
