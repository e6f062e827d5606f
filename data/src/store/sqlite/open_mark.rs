//! The mark that a SQLite database is open.
//!
//! While a program has a database open, its newest changes are in the log (`-wal`) only. Somebody who
//! copies the main file alone, or loses the log, would be served an older state without a word. So the
//! first change of a store writes the store's row (`writer`) and moves it into the main file before it is
//! confirmed, and closing in good order removes it; see `closing`. A main file with such a row and without
//! a log is refused.
//!
//! The log is always there while a row is: a store keeps a connection open that never closes before the
//! row is removed, and SQLite removes the log only with the last connection. Files that SQLite itself wrote
//! as copies (`VACUUM INTO`) may hold rows, but are not in WAL mode, which the file's header says.

use crate::store::confirmation::log_beside;
use crate::store::entities::writer;
use crate::store::{Actor, DatabaseRefusal, Error, Store, connection};
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use sea_orm::{DbBackend, EntityTrait, PaginatorTrait, Statement};
use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::Ordering;

/// Between two attempts to move the mark into the main file, in milliseconds.
const AGAIN: i64 = 1_000;

/// Refuses a SQLite file that was in use and whose log is missing.
pub(crate) async fn refuse_missing_log(url: &str) -> Result<(), Error> {
    let Some(file) = connection::sqlite_file(url) else {
        return Ok(());
    };
    // Twice: a program that opens or closes the database at this moment makes the log before it writes
    // the mark, and removes the mark before the log.
    if lacks_log(&file).await && lacks_log(&file).await {
        return Err(DatabaseRefusal::LogMissing {
            file: file.display().to_string(),
        }
        .into());
    }
    Ok(())
}

/// Removes the marks of a database whose log is missing. Returns true if there were any.
pub(crate) async fn accept_missing_log(url: &str) -> Result<bool, Error> {
    let Some(file) = connection::sqlite_file(url) else {
        return Ok(false);
    };
    if !lacks_log(&file).await {
        return Ok(false);
    }
    let failed = |error: sqlx::Error| Error::System(error.to_string());
    let options: SqliteConnectOptions = url.parse().map_err(failed)?;
    let mut database = options
        .disable_statement_logging()
        .connect()
        .await
        .map_err(failed)?;
    sqlx::query("DELETE FROM writer")
        .execute(&mut database)
        .await
        .map_err(failed)?;
    database.close().await.map_err(failed)?;
    Ok(true)
}

/// True if the main file says that it was in use, and there is no log.
async fn lacks_log(file: &Path) -> bool {
    if !file.is_file() || log_beside(file).exists() || !is_in_wal_mode(file) {
        return false;
    }
    has_mark(file).await.unwrap_or(false)
}

/// Whether the header names the write-ahead log (<https://sqlite.org/fileformat.html>, section 1.3.3). Read
/// only where there is no log, and so no connection of this process whose locks closing the file would
/// take back.
fn is_in_wal_mode(file: &Path) -> bool {
    let mut header = [0; 20];
    let read = std::fs::File::open(file).and_then(|mut file| file.read_exact(&mut header));
    read.is_ok() && header.starts_with(b"SQLite format 3\0") && header.ends_with(&[2, 2])
}

/// Whether the main file, without any log, has a row of a program that has written. Older databases have
/// no such table.
async fn has_mark(file: &Path) -> Result<bool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        // SQLite then looks for no log and makes none.
        .immutable(true)
        .disable_statement_logging();
    let mut database = options.connect().await?;
    let marks: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM writer")
        .fetch_one(&mut database)
        .await?;
    database.close().await?;
    Ok(marks > 0)
}

/// Moves the log into the main file as far as nobody is in the way. Returns true if all of it was moved.
pub(crate) async fn checkpoint(
    connection: &DatabaseConnection,
    mode: &str,
) -> Result<bool, sea_orm::DbErr> {
    let pragma = format!("PRAGMA wal_checkpoint({mode})");
    let pragma = Statement::from_string(DbBackend::Sqlite, pragma);
    let Some(row) = connection.query_one_raw(pragma).await? else {
        return Ok(false);
    };
    let [busy, pages, moved]: [i64; 3] = [
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        row.try_get_by_index(2)?,
    ];
    Ok(busy == 0 && pages == moved)
}

impl Store {
    /// Forgets that the log of a SQLite database is missing, so that it can be opened without the changes
    /// that were in the log. Returns true if the log was missing.
    pub async fn accept_missing_log(url: &str) -> Result<bool, Error> {
        accept_missing_log(url).await
    }

    /// Marks a SQLite database as open, in its main file. The first change does so as well.
    pub async fn mark_open(&self) -> Result<(), Error> {
        if self.witness.get_database_backend() != DbBackend::Sqlite || self.is_marked() {
            return Ok(());
        }
        let change = self.begin(&Actor::command_line()).await?;
        change.commit_unrecorded().await
    }

    /// Moves this store's mark into SQLite's main file, if it is not there yet.
    pub(crate) async fn settle_mark(&self) {
        let own = &self.own;
        let is_sqlite = self.witness.get_database_backend() == DbBackend::Sqlite;
        if !is_sqlite || !self.is_marked() || own.is_settled.load(Ordering::Acquire) {
            return;
        }
        // Where another program reads an older state, that can take a while: not with every save.
        let now = crate::store::now();
        if own.settled_at.swap(now, Ordering::AcqRel) > now - AGAIN {
            return;
        }
        match checkpoint(&self.witness, "PASSIVE").await {
            Ok(is_settled) => own.is_settled.store(is_settled, Ordering::Release),
            Err(error) => {
                tracing::warn!(%error, "the mark of an open database could not be written");
            }
        }
    }

    /// How many programs have this database open for writing, or ended without closing it.
    pub async fn open_marks(&self) -> Result<u64, Error> {
        Ok(writer::Entity::find().count(&self.connection).await?)
    }
}
