//! Closing a database in good order, so that SQLite's main file alone is complete.

use crate::store::{Error, Store};
use sea_orm::sqlx::{self, Executor as _, SqliteConnection};
use sea_orm::{DatabaseConnection, DbBackend, EntityTrait};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How long connections that are still in use are waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often it is tried whether no other program has the database open, and how long between.
const ATTEMPTS: u32 = 4;
const BETWEEN: Duration = Duration::from_millis(50);

/// Stores that were dropped without [`Store::close`] and are closing.
static CLOSING: Mutex<Vec<JoinHandle<()>>> = Mutex::new(Vec::new());

/// Waits until every database whose [`Store`] was dropped is closed in good order. To be called before the
/// program ends: a command that fails drops its store.
pub fn wait_for_closing() {
    let closing = std::mem::take(&mut *CLOSING.lock().unwrap_or_else(PoisonError::into_inner));
    for thread in closing {
        // It has said itself what went wrong.
        let _ = thread.join();
    }
}

impl Store {
    /// Closes all connections; what was committed is on disk, on SQLite in the main file.
    pub async fn close(self) -> Result<(), Error> {
        self.stop().await
    }

    /// The same for a store that others hold as well; they can do nothing with it afterwards.
    pub async fn stop(&self) -> Result<(), Error> {
        if self.is_closed.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        // A change under way is waited for. One that does not end loses its connection.
        let _turn = timeout(PATIENCE, self.writers.lock()).await;
        self.ending().run().await
    }

    fn ending(&self) -> Ending {
        Ending {
            readers: self.connection.clone(),
            writer: self.writer.clone(),
            witness: self.witness.clone(),
            token: self.own.token.clone(),
            is_marked: self.is_marked(),
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let is_sqlite = self.witness.get_database_backend() == DbBackend::Sqlite;
        if self.is_closed.swap(true, Ordering::AcqRel) || !is_sqlite {
            return;
        }
        // Dropped connections would close one after the other, and SQLite would remove the log with the
        // last of them while the mark is still there.
        let ending = self.ending();
        let closing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build();
            let closed = match runtime {
                Ok(runtime) => runtime.block_on(ending.run()),
                Err(error) => Err(Error::System(error.to_string())),
            };
            if let Err(error) = closed {
                tracing::warn!(%error, "the database was not closed in good order");
            }
        });
        let mut all = CLOSING.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|thread| !thread.is_finished());
        all.push(closing);
    }
}

/// What is needed for closing.
struct Ending {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
    witness: DatabaseConnection,
    token: String,
    is_marked: bool,
}

impl Ending {
    async fn run(self) -> Result<(), Error> {
        if self.witness.get_database_backend() == DbBackend::Postgres {
            if self.is_marked {
                let own = crate::store::entities::writer::Entity::delete_by_id(self.token.clone());
                // Where it cannot be removed now, it is forgotten after a week.
                let _ = timeout(PATIENCE, own.exec(&self.witness)).await;
            }
            for pool in [&self.readers, &self.writer, &self.witness] {
                let _ = timeout(PATIENCE, pool.close_by_ref()).await;
            }
            return Ok(());
        }
        for pool in [&self.readers, &self.writer] {
            if timeout(PATIENCE, pool.close_by_ref()).await.is_err() {
                tracing::warn!("connections are still in use while the database is closed");
            }
        }
        let failed = |error: sqlx::Error| Error::System(error.to_string());
        let pool = self.witness.get_sqlite_connection_pool();
        let mut connection = pool.acquire().await.map_err(failed)?;
        let cleared = clear(&mut connection, &self.token, self.is_marked).await;
        if cleared.is_ok() {
            connection.close().await.map_err(failed)?;
        } else {
            // With the last connection SQLite would remove the log, and the mark would stay. Kept open
            // until the process ends, it leaves both, as a power cut would.
            let mut connection = connection.detach();
            let _ = connection.execute("ROLLBACK").await;
            std::mem::forget(connection);
        }
        pool.close().await;
        cleared.map_err(failed)
    }
}

/// Moves the log into the main file and removes the marks: all of them if nobody else has the database
/// open, otherwise this store's.
async fn clear(
    connection: &mut SqliteConnection,
    token: &str,
    is_marked: bool,
) -> Result<(), sqlx::Error> {
    // First, so that on a full disk there is room in the log for what follows.
    checkpoint(connection).await?;
    match marks(connection, "").await {
        Ok(0) => return Ok(()),
        // A database without the table, because it could not be brought up to date.
        Err(error) if code_of(&error) == Some(1) => return Ok(()),
        marks => drop(marks?),
    }
    let attempts = if is_marked { ATTEMPTS } else { 1 };
    for attempt in 1..=attempts {
        // In this mode SQLite takes an exclusive lock with the first write, which it gets only if no
        // other connection, of whichever process, has the database open.
        connection
            .execute("PRAGMA locking_mode = EXCLUSIVE")
            .await?;
        match connection.execute("BEGIN IMMEDIATE").await {
            Ok(_) => {
                connection.execute("DELETE FROM writer").await?;
                connection.execute("COMMIT").await?;
                if checkpoint(connection).await? {
                    return Ok(());
                }
                let why = "the log could not be moved into the database";
                return Err(sqlx::Error::Protocol(why.to_owned()));
            }
            Err(error) if is_busy(&error) => {}
            Err(error) => return Err(error),
        }
        connection.execute("PRAGMA locking_mode = NORMAL").await?;
        if marks(connection, token).await? == 0 {
            break;
        }
        // Two programs that close at the same moment must not each take the other for a living one.
        if attempt < attempts {
            sleep(BETWEEN).await;
        }
    }
    if is_marked {
        let removed = sqlx::query("DELETE FROM writer WHERE token = $1")
            .bind(token)
            .execute(&mut *connection)
            .await;
        match removed {
            Ok(_) => drop(checkpoint(connection).await?),
            // Whoever is writing so long is the one that removes this mark with its own.
            Err(error) if is_busy(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// How many marks there are of others than that one.
async fn marks(connection: &mut SqliteConnection, token: &str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM writer WHERE token <> $1")
        .bind(token)
        .fetch_one(connection)
        .await
}

/// Returns true if all of the log was moved and the log is empty.
async fn checkpoint(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(connection)
        .await?;
    Ok(busy == 0)
}

fn is_busy(error: &sqlx::Error) -> bool {
    code_of(error) == Some(5)
}

/// SQLite's primary result code.
fn code_of(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|code| code & 0xff)
}
