//! What can come of asking the store for something.

use crate::domain::Message;
use sea_orm::DbErr;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It may not be, or makes no sense; a person can be told why.
    #[error("refused: {0}")]
    Refused(Message),
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// Somebody else has changed it since: this is the version it has now.
    #[error("changed since, now at version {0}")]
    Conflict(i64),
    /// The database failed. Its words are for the log, not for a page.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// What the database holds cannot be: it was changed by something else.
    #[error("the database holds what cannot be: {0}")]
    Corrupt(String),
    /// The operating system gave no random numbers, or a computation was cut off.
    #[error("system: {0}")]
    System(String),
}

impl From<Message> for Error {
    fn from(message: Message) -> Self {
        Self::Refused(message)
    }
}
