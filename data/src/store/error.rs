//! Errors of the store.

use super::{Conflict, Refusal};
use crate::domain::Message;
use crate::exchange::{ReadFailure, Stopped};
use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};
use std::fmt;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It may not be, or makes no sense; a person can be told why.
    #[error("refused: {}", .0.message())]
    Refused(Refusal),
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// Somebody else has changed it since it was shown.
    #[error("changed since: {}", .0.message())]
    Conflict(Conflict),
    /// Somebody cancelled it while it was being done.
    #[error("cancelled")]
    Cancelled,
    /// There is no space left on the disk for the change. Nothing was changed, and the same change can
    /// succeed once there is space again.
    #[error("no space is left for this change: {0}")]
    Full(String),
    /// The database cannot do this at the moment, for a reason outside the program. The change was not
    /// confirmed, and the same request can succeed later. The text is the driver's, for the log.
    #[error("{0}: {1}")]
    Unavailable(Outage, String),
    /// The database failed. Its words are for the log, not for a page.
    #[error("database: {0}")]
    Database(DbErr),
    /// What the database holds cannot be: it was changed by something else.
    #[error("the database holds what cannot be: {0}")]
    Corrupt(String),
    /// The operating system gave no random numbers, or a computation was cut off.
    #[error("system: {0}")]
    System(String),
}

/// What keeps the database from doing its work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Outage {
    /// The database server does not answer, or refuses connections.
    Unreachable,
    /// Another program holds the lock for longer than a request waits.
    Locked,
    /// The database accepts no changes: a read-only file system, or a standby server.
    ReadOnly,
    /// The file was deleted, moved or replaced while it was open.
    Moved,
    /// Reading or writing failed in the operating system, or memory ran out.
    InputOutput,
    /// A page of the database is damaged. SQLite reports a page that could not be read in the same way.
    Damaged,
    /// The commit was reported as done, but another connection does not see it.
    Unconfirmed,
}

impl fmt::Display for Outage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unreachable => "the database cannot be reached",
            Self::Locked => "the database is locked by another program",
            Self::ReadOnly => "the database accepts no changes",
            Self::Moved => "the database file was deleted, moved or replaced",
            Self::InputOutput => "the disk or the memory of the database failed",
            Self::Damaged => "the database is damaged, or cannot be read",
            Self::Unconfirmed => "the database did not confirm the change",
        })
    }
}

impl Error {
    /// The sentence that tells a person why, if it is no failure of the program or of the machine.
    pub fn message(&self) -> Option<Message> {
        match self {
            Self::Refused(refusal) => Some(refusal.message()),
            Self::Conflict(conflict) => Some(conflict.message()),
            Self::Cancelled => Some(Message::new("import-stopped")),
            _ => None,
        }
    }
}

impl From<ReadFailure> for Error {
    fn from(failure: ReadFailure) -> Self {
        match failure {
            ReadFailure::Refused(refusal) => refusal.into(),
            ReadFailure::Stopped => Self::Cancelled,
        }
    }
}

impl From<Stopped> for Error {
    fn from(_: Stopped) -> Self {
        Self::Cancelled
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match kind_of(&error) {
            Some(Kind::Full) => Self::Full(error.to_string()),
            Some(Kind::Outage(outage)) => Self::Unavailable(outage, error.to_string()),
            None => match error {
                DbErr::Type(what) => Self::Corrupt(what),
                other => Self::Database(other),
            },
        }
    }
}

/// The kinds of failures that lie outside the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Full,
    Outage(Outage),
}

fn kind_of(error: &DbErr) -> Option<Kind> {
    match error {
        DbErr::ConnectionAcquire(_) => Some(Kind::Outage(Outage::Unreachable)),
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => kind_of_driver(error),
        _ => None,
    }
}

fn kind_of_driver(error: &sqlx::Error) -> Option<Kind> {
    match error {
        sqlx::Error::Database(error) => {
            let code = error.code()?;
            if error
                .try_downcast_ref::<sqlx::sqlite::SqliteError>()
                .is_some()
            {
                kind_of_sqlite(code.parse().ok()?)
            } else {
                kind_of_postgres(&code)
            }
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Some(Kind::Outage(Outage::Unreachable)),
        // The driver and the database disagree about the transaction: the connection is thrown away.
        sqlx::Error::BeginFailed | sqlx::Error::InvalidSavePointStatement => {
            Some(Kind::Outage(Outage::InputOutput))
        }
        _ => None,
    }
}

/// SQLite's result codes (<https://sqlite.org/rescode.html>); the primary code is in the lowest byte.
fn kind_of_sqlite(code: i32) -> Option<Kind> {
    // SQLITE_READONLY_DBMOVED, and SQLITE_IOERR_SHMSIZE: the index of the log cannot grow, because the
    // disk is full.
    match code {
        1032 => return Some(Kind::Outage(Outage::Moved)),
        4874 => return Some(Kind::Full),
        _ => {}
    }
    match code & 0xff {
        5 | 6 | 15 => Some(Kind::Outage(Outage::Locked)),
        7 | 9 | 10 | 14 => Some(Kind::Outage(Outage::InputOutput)),
        8 => Some(Kind::Outage(Outage::ReadOnly)),
        11 | 26 => Some(Kind::Outage(Outage::Damaged)),
        13 => Some(Kind::Full),
        _ => None,
    }
}

/// PostgreSQL's codes (<https://www.postgresql.org/docs/current/errcodes-appendix.html>); the first two
/// characters are the class.
fn kind_of_postgres(code: &str) -> Option<Kind> {
    let outage = match code {
        "53100" => return Some(Kind::Full),
        "25006" => Outage::ReadOnly,
        "55P03" | "40001" | "40P01" => Outage::Locked,
        // No password helps against these: they are faults of the installation.
        "28000" | "28P01" | "3D000" => return None,
        "XX001" | "XX002" => Outage::Damaged,
        _ => match code.get(..2) {
            // Lost connections, missing resources, an administrator's interventions.
            Some("08" | "53" | "57") => Outage::Unreachable,
            Some("58") => Outage::InputOutput,
            _ => return None,
        },
    };
    Some(Kind::Outage(outage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_outside_the_program_are_told_apart() {
        let outage = |outage| Some(Kind::Outage(outage));
        let sqlite = [
            (13, Some(Kind::Full)),
            (4874, Some(Kind::Full)),
            (5, outage(Outage::Locked)),
            (517, outage(Outage::Locked)),
            (8, outage(Outage::ReadOnly)),
            (1032, outage(Outage::Moved)),
            (10, outage(Outage::InputOutput)),
            (778, outage(Outage::InputOutput)),
            (11, outage(Outage::Damaged)),
            (26, outage(Outage::Damaged)),
            (1, None),
            (2067, None),
        ];
        for (code, kind) in sqlite {
            assert_eq!(kind_of_sqlite(code), kind, "{code}");
        }
        let postgres = [
            ("53100", Some(Kind::Full)),
            ("53300", outage(Outage::Unreachable)),
            ("57P01", outage(Outage::Unreachable)),
            ("57P03", outage(Outage::Unreachable)),
            ("08006", outage(Outage::Unreachable)),
            ("25006", outage(Outage::ReadOnly)),
            ("40001", outage(Outage::Locked)),
            ("58030", outage(Outage::InputOutput)),
            ("XX001", outage(Outage::Damaged)),
            ("23505", None),
            ("28P01", None),
        ];
        for (code, kind) in postgres {
            assert_eq!(kind_of_postgres(code), kind, "{code}");
        }
        let waited = DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout);
        assert!(matches!(
            Error::from(waited),
            Error::Unavailable(Outage::Unreachable, _)
        ));
    }
}
