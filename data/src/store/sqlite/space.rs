//! The size of a SQLite database's file: pages that nothing uses any more are given back to the system.
//!
//! A new database is made so that this can be done piece by piece (`auto_vacuum=INCREMENTAL`). One of an
//! earlier version has to be rewritten once: a small one is when it is brought up to date, a larger one
//! by `upr-tracker compact`. PostgreSQL does it by itself.

use crate::store::{Actor, Error, Store};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Pages that are given back in one transaction: 4 MiB.
const AT_ONCE: i64 = 1_000;
/// So many free pages are left for what is written next.
const LEFT: i64 = 256;
/// The largest database that is rewritten while it is opened, in bytes.
const SMALL: i64 = 64 << 20;
/// What `auto_vacuum` is for a database that gives back piece by piece.
const INCREMENTAL: i64 = 2;

impl Store {
    /// Rewrites a SQLite database without its unused pages, so that from then on it gives back what it
    /// does not need; its size in bytes before and after. None on PostgreSQL, which needs nothing.
    pub async fn compact(&self) -> Result<Option<(u64, u64)>, Error> {
        if self.connection.get_database_backend() != DbBackend::Sqlite {
            return Ok(None);
        }
        let _turn = self.writers.lock().await;
        let before = size(self).await?;
        rewrite(self).await?;
        let after = size(self).await?;
        Ok(Some((before.unsigned_abs(), after.unsigned_abs())))
    }
}

async fn rewrite(store: &Store) -> Result<(), Error> {
    // What the first statement asks for, the second makes so: on one connection.
    store
        .connection
        .execute_unprepared("PRAGMA auto_vacuum = INCREMENTAL; VACUUM")
        .await?;
    let moved = "PRAGMA wal_checkpoint(TRUNCATE)";
    let moved = Statement::from_string(DbBackend::Sqlite, moved);
    store.connection.query_one_raw(moved).await?;
    Ok(())
}

/// Rewrites a small database of an earlier version. Where that cannot be done at the moment nothing is lost.
pub(crate) async fn prepare(store: &Store) -> Result<(), Error> {
    if store.connection.get_database_backend() == DbBackend::Sqlite
        && number(&store.connection, "auto_vacuum").await? != INCREMENTAL
        && size(store).await? <= SMALL
        && let Err(error) = rewrite(store).await
    {
        tracing::warn!(%error, "the database could not be compacted");
    }
    Ok(())
}

/// Gives unused pages of a SQLite database back, a few at a time.
pub(crate) async fn give_back(store: &Store) -> Result<(), Error> {
    if store.connection.get_database_backend() != DbBackend::Sqlite
        || number(&store.connection, "auto_vacuum").await? != INCREMENTAL
    {
        return Ok(());
    }
    let mut free = number(&store.connection, "freelist_count").await?;
    while free > LEFT {
        let change = store.begin(&Actor::command_line()).await?;
        let pages = AT_ONCE.min(free - LEFT);
        change
            .tx
            .execute_unprepared(&format!("PRAGMA incremental_vacuum({pages})"))
            .await?;
        change.commit_unrecorded().await?;
        let now = number(&store.connection, "freelist_count").await?;
        if now >= free {
            break;
        }
        free = now;
    }
    Ok(())
}

async fn size(store: &Store) -> Result<i64, Error> {
    let pages = number(&store.connection, "page_count").await?;
    Ok(pages.saturating_mul(number(&store.connection, "page_size").await?))
}

async fn number(db: &impl ConnectionTrait, pragma: &str) -> Result<i64, Error> {
    let statement = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {pragma}"));
    let row = db.query_one_raw(statement).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get_by_index(0))?)
}
