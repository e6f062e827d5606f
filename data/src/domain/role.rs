//! Who may do what.

use serde::{Deserialize, Serialize};

/// A user's role. Each may do what the ones before it may.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads rounds that are not published yet.
    Reader,
    /// Assesses.
    Analyst,
    /// Publishes rounds and imports files.
    Reviewer,
    /// Administers users.
    Administrator,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [
        Self::Reader,
        Self::Analyst,
        Self::Reviewer,
        Self::Administrator,
    ];

    /// The code on the command line and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Analyst => "analyst",
            Self::Reviewer => "reviewer",
            Self::Administrator => "administrator",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Something that not everybody may do. Every one is checked on the server, in one place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// See rounds that are not published, and the pseudonyms in a history.
    ReadOpenRounds,
    /// Save an assessment.
    Assess,
    /// Begin a round.
    OpenRound,
    /// Publish a round, which freezes it.
    PublishRound,
    /// Import a file.
    Import,
    /// Add a scale, or a new version of one.
    EditScales,
    /// Add, disable or change users.
    AdministerUsers,
    /// Remove a text from everything that is stored.
    Redact,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 8] = [
        Self::ReadOpenRounds,
        Self::Assess,
        Self::OpenRound,
        Self::PublishRound,
        Self::Import,
        Self::EditScales,
        Self::AdministerUsers,
        Self::Redact,
    ];

    /// The least role that may do it.
    pub fn least_role(self) -> Role {
        match self {
            Self::ReadOpenRounds => Role::Reader,
            Self::Assess => Role::Analyst,
            Self::OpenRound | Self::PublishRound | Self::Import => Role::Reviewer,
            Self::EditScales | Self::AdministerUsers | Self::Redact => Role::Administrator,
        }
    }

    /// Whether somebody with that role, or nobody, may do it.
    pub fn allowed(self, role: Option<Role>) -> bool {
        role.is_some_and(|role| role >= self.least_role())
    }
}
