//! Whether the database can be read and written at the moment.

use super::entities::writer;
use super::{Actor, Error, Outage, Store};
use crate::store::history::chain;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _};
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

/// A confirmed commit shows for so long that writing works.
const FRESH: Duration = Duration::from_secs(5);

/// A failure is reported for so long before writing is tried again.
const STALE: Duration = Duration::from_secs(1);

/// A change of this program that takes longer than this is one that works.
const QUEUE: Duration = Duration::from_secs(2);

/// How much is written to see whether a disk has space again.
const PROBE: usize = 64 * 1_024;

/// Between two examinations of a SQLite file; a large one is examined for a hundredth of the time.
const EXAMINE: Duration = Duration::from_secs(30);

/// Why a database is not ready.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unready {
    /// There is no space for changes.
    Full,
    /// It cannot do its work at the moment.
    Outage(Outage),
    /// A page of the file is damaged.
    Damaged,
    /// It fails for a reason inside the program.
    Failing,
}

impl fmt::Display for Unready {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => formatter.write_str("the disk of the database is full"),
            Self::Outage(outage) => outage.fmt(formatter),
            Self::Damaged => formatter.write_str("the database is damaged"),
            Self::Failing => formatter.write_str("the database fails"),
        }
    }
}

impl From<&Error> for Unready {
    fn from(error: &Error) -> Self {
        match error {
            Error::Full(_) => Self::Full,
            Error::Unavailable(Outage::Damaged, _) | Error::Corrupt(_) => Self::Damaged,
            Error::Unavailable(outage, _) => Self::Outage(*outage),
            _ => Self::Failing,
        }
    }
}

/// What was last seen.
#[derive(Default)]
pub(super) struct Health {
    committed: Mutex<Option<Instant>>,
    refused: Mutex<Option<(Instant, Unready)>>,
    is_damaged: AtomicBool,
    /// Whoever tries to write holds this: many requests are answered by one attempt.
    trying: tokio::sync::Mutex<()>,
}

impl Health {
    /// A commit was confirmed.
    pub(super) fn note_commit(&self) {
        let mut committed = self
            .committed
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *committed = Some(Instant::now());
    }

    /// A change was refused, if it was for a reason outside the program.
    pub(super) fn note_refusal(&self, error: &Error) {
        if matches!(error, Error::Full(_) | Error::Unavailable(..)) {
            let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            *refused = Some((Instant::now(), Unready::from(error)));
        }
    }

    /// What is known without trying.
    fn known(&self) -> Known {
        let committed = *self
            .committed
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let refused = *self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        match (committed, refused) {
            (committed, Some((when, why))) if committed.is_none_or(|commit| commit < when) => {
                if when.elapsed() < STALE {
                    Known::Refused(why)
                } else {
                    Known::RefusedBefore
                }
            }
            (Some(when), _) if when.elapsed() < FRESH => Known::Works,
            _ => Known::Nothing,
        }
    }
}

/// What the last changes show.
enum Known {
    Works,
    Refused(Unready),
    /// The last change was refused, some time ago.
    RefusedBefore,
    Nothing,
}

impl Store {
    /// Whether the database can be read and written. Writing is tried if nothing was written in the last
    /// seconds.
    pub async fn readiness(&self) -> Result<(), Unready> {
        if self.health.is_damaged.load(Ordering::Relaxed) {
            return Err(Unready::Damaged);
        }
        let is_there = self.refuse_if_moved();
        is_there.map_err(|error| Unready::from(&error))?;
        let read = chain::revision(&self.connection).await;
        read.map_err(|error| Unready::from(&error))?;
        let _trying = self.health.trying.lock().await;
        let is_large = match self.health.known() {
            Known::Works => return Ok(()),
            Known::Refused(why) => return Err(why),
            Known::RefusedBefore => true,
            Known::Nothing => false,
        };
        // A long change of this program, such as an import, keeps others waiting and is no failure.
        match timeout(QUEUE, self.writers.lock()).await {
            Ok(turn) => drop(turn),
            Err(_) => return Ok(()),
        }
        self.try_to_write(is_large).await.map_err(|error| {
            tracing::warn!(%error, "the database cannot be written");
            self.health.note_refusal(&error);
            Unready::from(&error)
        })
    }

    /// Writes this store's row. After a refusal as much as a long text takes is written and removed again:
    /// there may be room for a row on a disk that is full.
    async fn try_to_write(&self, is_large: bool) -> Result<(), Error> {
        let actor = Actor::command_line();
        if !is_large {
            return self.begin(&actor).await?.commit_unrecorded().await;
        }
        let token = format!("{} {}", self.own.token, "0".repeat(PROBE));
        let change = self.begin(&actor).await?;
        let row = writer::ActiveModel {
            token: Set(token.clone()),
            changes: Set(0),
            written_at: Set(change.now()),
        };
        writer::Entity::insert(row)
            .exec_without_returning(&change.tx)
            .await?;
        change.commit_unrecorded().await?;
        let change = self.begin(&actor).await?;
        writer::Entity::delete_by_id(token).exec(&change.tx).await?;
        change.commit_unrecorded().await
    }

    /// Looks for damaged pages in a SQLite file for as long as it is polled.
    pub async fn keep_examining(&self) {
        let Some(file) = self.own.file() else {
            return std::future::pending().await;
        };
        loop {
            let begun = Instant::now();
            match examine(file).await {
                Ok(found) => {
                    let was = self
                        .health
                        .is_damaged
                        .swap(found.is_some(), Ordering::Relaxed);
                    if let (Some(found), false) = (found, was) {
                        tracing::error!(found, "the database is damaged: restore a backup");
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "the database could not be examined");
                }
            }
            sleep(EXAMINE.max(begun.elapsed() * 100)).await;
        }
    }
}

/// The first fault in a SQLite file. On a connection of its own, which has no page in memory yet.
async fn examine(file: &std::path::Path) -> Result<Option<String>, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .disable_statement_logging();
    let mut database = options.connect().await?;
    let found = sqlx::query_scalar::<_, String>("PRAGMA quick_check(1)")
        .fetch_one(&mut database)
        .await;
    database.close().await?;
    let code = |error: &sqlx::Error| {
        let code = error.as_database_error()?.code()?;
        code.parse::<i32>().ok()
    };
    match found {
        Ok(found) => Ok((found != "ok").then_some(found)),
        // SQLITE_CORRUPT and SQLITE_NOTADB.
        Err(error) if code(&error).is_some_and(|code| [11, 26].contains(&(code & 0xff))) => {
            Ok(Some(error.to_string()))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_disk_is_reported_until_a_long_change_fits() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
        let store = Store::open(&url).await.unwrap();
        assert_eq!(store.readiness().await, Ok(()));
        store.limit_pages(Some(1));
        // Rows fit into the pages that there are; a long text does not.
        store.try_to_write(false).await.unwrap();
        let refused = store.try_to_write(true).await.unwrap_err();
        assert!(matches!(refused, Error::Full(_)), "{refused:?}");
        store.health.note_refusal(&refused);
        // At once from what is known, later by another attempt.
        assert_eq!(store.readiness().await, Err(Unready::Full));
        sleep(STALE).await;
        assert_eq!(store.readiness().await, Err(Unready::Full));
        store.limit_pages(None);
        sleep(STALE).await;
        assert_eq!(store.readiness().await, Ok(()));
        assert_eq!(store.open_marks().await.unwrap(), 1);
    }
}
