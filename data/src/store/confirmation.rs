//! Whether a commit arrived, seen from another connection, and whether the file is still the one that was
//! opened.
//!
//! A recorded change is seen by the hash of its entry in the history. For other changes (sessions, drafts,
//! uploads, staged imports) each store counts in a row of its own, in the change's own transaction.

use super::entities::{event, writer};
use super::{Error, Outage, Store, connection};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QuerySelect,
};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// Rows of programs that ended without closing the database are forgotten after a week, in milliseconds.
const FORGOTTEN: i64 = 7 * 24 * 3_600_000;

/// By what a commit is recognised.
pub(super) enum Evidence {
    /// An entry of the history.
    Entry { id: i64, hash: String },
    /// The number of the change in this store's own row.
    Change(i64),
}

/// What a store knows of itself as a writer.
pub(super) struct Own {
    pub(super) token: String,
    changes: AtomicI64,
    /// Whether the store's row was seen in the database.
    is_marked: AtomicBool,
    /// Whether the row is in SQLite's main file, not only in its log; see `open_mark`.
    pub(super) is_settled: AtomicBool,
    /// When that was last tried. Milliseconds since 1970.
    pub(super) settled_at: AtomicI64,
    file: Option<(PathBuf, Identity)>,
}

/// Which file it is, whatever its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Identity(u64, u64);

impl Identity {
    #[cfg(unix)]
    fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let about = std::fs::metadata(path).ok()?;
        Some(Self(about.dev(), about.ino()))
    }

    /// Other systems do not delete or replace a file that is open.
    #[cfg(not(unix))]
    fn of(path: &Path) -> Option<Self> {
        path.exists().then_some(Self(0, 0))
    }
}

impl Own {
    /// Of a database that has just been opened.
    pub(super) fn new(url: &str) -> Result<Self, Error> {
        let file = connection::sqlite_file(url)
            .and_then(|path| Identity::of(&path).map(|identity| (path, identity)));
        Ok(Self {
            token: crate::store::random::token()?,
            changes: AtomicI64::new(0),
            is_marked: AtomicBool::new(false),
            is_settled: AtomicBool::new(false),
            settled_at: AtomicI64::new(0),
            file,
        })
    }

    /// SQLite's file, where it is one.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_ref().map(|(path, _)| path.as_path())
    }
}

/// The log beside a database.
pub(super) fn log_beside(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push("-wal");
    path.into()
}

impl Store {
    /// Whether this store's row is known to be in the database.
    pub(super) fn is_marked(&self) -> bool {
        self.own.is_marked.load(Ordering::Acquire)
    }

    /// Counts the change in this store's row, in the change's transaction.
    pub(super) async fn sign(&self, tx: &DatabaseTransaction, now: i64) -> Result<Evidence, Error> {
        let number = self.own.changes.fetch_add(1, Ordering::AcqRel) + 1;
        let row = writer::ActiveModel {
            token: Set(self.own.token.clone()),
            changes: Set(number),
            written_at: Set(now),
        };
        let over = OnConflict::column(writer::Column::Token)
            .update_columns([writer::Column::Changes, writer::Column::WrittenAt])
            .to_owned();
        writer::Entity::insert(row)
            .on_conflict(over)
            .exec_without_returning(tx)
            .await?;
        if !self.is_marked() {
            writer::Entity::delete_many()
                .filter(writer::Column::WrittenAt.lt(now - FORGOTTEN))
                .exec(tx)
                .await?;
        }
        Ok(Evidence::Change(number))
    }

    /// Looks for a change from another connection than the one that made it.
    pub(super) async fn confirm(&self, evidence: &Evidence) -> Result<(), Error> {
        let is_seen = match self.sees(evidence).await {
            // The connection that looks may be the one that is broken; the next is another.
            Err(_) => self.sees(evidence).await,
            seen => seen,
        };
        match is_seen {
            Ok(true) => {
                self.own.is_marked.store(
                    self.is_marked() || matches!(evidence, Evidence::Change(_)),
                    Ordering::Release,
                );
                self.health.note_commit();
                Ok(())
            }
            Ok(false) => {
                self.throw_writer_away().await;
                let cause = "another connection does not see it".to_owned();
                Err(Error::Unavailable(Outage::Unconfirmed, cause))
            }
            Err(error) => Err(Error::Unavailable(Outage::Unconfirmed, error.to_string())),
        }
    }

    async fn sees(&self, evidence: &Evidence) -> Result<bool, Error> {
        Ok(match evidence {
            Evidence::Entry { id, hash } => {
                let found: Option<String> = event::Entity::find_by_id(*id)
                    .select_only()
                    .column(event::Column::Hash)
                    .into_tuple()
                    .one(&self.witness)
                    .await?;
                found.as_ref() == Some(hash)
            }
            Evidence::Change(number) => {
                let found: Option<i64> = writer::Entity::find_by_id(self.own.token.clone())
                    .select_only()
                    .column(writer::Column::Changes)
                    .into_tuple()
                    .one(&self.witness)
                    .await?;
                found == Some(*number)
            }
        })
    }

    /// Closes the connection that changes are made on; the next change gets another.
    async fn throw_writer_away(&self) {
        // One that is refused by the pool's own test is closed by that.
        match self.writer.get_database_backend() {
            DbBackend::Postgres => {
                if let Ok(connection) = self.writer.get_postgres_connection_pool().acquire().await {
                    let _ = connection.close().await;
                }
            }
            _ => {
                if let Ok(connection) = self.writer.get_sqlite_connection_pool().acquire().await {
                    let _ = connection.close().await;
                }
            }
        }
    }

    /// Refuses to go on where SQLite's file or its log was deleted, moved or replaced: what is written to
    /// it then is gone with the process.
    pub(super) fn refuse_if_moved(&self) -> Result<(), Error> {
        let Some((path, opened)) = &self.own.file else {
            return Ok(());
        };
        let what = if Identity::of(path) != Some(*opened) {
            path.display().to_string()
        } else if Identity::of(&log_beside(path)).is_none() {
            log_beside(path).display().to_string()
        } else {
            return Ok(());
        };
        Err(Error::Unavailable(Outage::Moved, what))
    }

    /// Lets the database grow to so many pages at most, or without a limit; for tests of a full disk. It
    /// holds for changes that begin after it; a database that is larger stays as it is.
    #[doc(hidden)]
    pub fn limit_pages(&self, limit: Option<u32>) {
        // The largest number that SQLite takes.
        let limit = limit.map_or(4_294_967_294, |limit| limit.max(1));
        self.page_limit.store(limit, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::history::events::NewEvent;
    use crate::store::readiness::Health;
    use crate::store::{Actor, Event, Unready};
    use sea_orm::sqlx::sqlite::SqliteConnectOptions;
    use sea_orm::sqlx::{self, Acquire as _, Connection as _, Executor as _};
    use sea_orm::{ConnectionTrait as _, Database};

    async fn open_sqlite() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
        let store = Store::open(&url).await.unwrap();
        (folder, store)
    }

    /// An entry that changes nothing.
    fn entry() -> NewEvent {
        let pseudonym = "nobody".to_owned();
        Event::AccountPasswordChanged { pseudonym }.outside_reviews()
    }

    async fn change(store: &Store) -> Result<(), Error> {
        let mut change = store.begin(&Actor::command_line()).await?;
        change.record(vec![entry()]).await?;
        change.commit().await
    }

    #[tokio::test]
    async fn a_commit_that_cannot_be_seen_is_an_error() {
        let (_folder, store) = open_sqlite().await;
        change(&store).await.unwrap();
        let entry = Evidence::Entry {
            id: 1,
            hash: "another".to_owned(),
        };
        let later = Evidence::Entry {
            id: 1_000,
            hash: String::new(),
        };
        for evidence in [entry, later, Evidence::Change(1_000)] {
            assert!(matches!(
                store.confirm(&evidence).await,
                Err(Error::Unavailable(Outage::Unconfirmed, _))
            ));
            // And the next change is made on another connection.
            change(&store).await.unwrap();
        }
    }

    #[tokio::test]
    async fn connections_left_in_a_transaction_are_closed() {
        let (_folder, store) = open_sqlite().await;
        for pool in [&store.writer, &store.connection, &store.witness] {
            let pool = pool.get_sqlite_connection_pool();
            // SQLite has ended the transaction, and the driver does not know: a change of this kind was
            // lost without a word, and so were all after it.
            let mut connection = pool.acquire().await.unwrap();
            let mut tx = connection.begin().await.unwrap();
            tx.execute("ROLLBACK").await.unwrap();
            drop(tx);
            drop(connection);
            let mut connection = pool.acquire().await.unwrap();
            assert!(!connection.is_in_transaction());
            connection.execute("BEGIN; ROLLBACK").await.unwrap();
        }
        // The other way round: SQLite is in a transaction that the driver knows nothing of.
        let pool = store.writer.get_sqlite_connection_pool();
        let mut connection = pool.acquire().await.unwrap();
        connection.execute("BEGIN IMMEDIATE").await.unwrap();
        drop(connection);
        for _ in 0..3 {
            change(&store).await.unwrap();
        }
        let entries: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM event WHERE kind = 'account-password-changed'",
        )
        .fetch_one(store.connection.get_sqlite_connection_pool())
        .await
        .unwrap();
        assert_eq!(entries, 3);
    }

    /// What SQLite opens while a file system is read-only.
    #[tokio::test]
    async fn a_connection_that_can_only_read_makes_way_for_the_next() {
        let (_folder, mut store) = open_sqlite().await;
        change(&store).await.unwrap();
        let pool = store.writer.get_sqlite_connection_pool().clone();
        let proper = SqliteConnectOptions::clone(&pool.connect_options());
        let only_reading = async || {
            pool.set_connect_options(proper.clone().read_only(true));
            pool.acquire().await.unwrap().close().await.unwrap();
            // Comes back into the pool.
            pool.acquire().await.unwrap().ping().await.unwrap();
        };
        for recorded in [true, false] {
            only_reading().await;
            // As long as it lasts, each connection is like this one.
            for _ in 0..3 {
                let refused = if recorded {
                    change(&store).await
                } else {
                    store
                        .begin(&Actor::command_line())
                        .await
                        .unwrap()
                        .commit_unrecorded()
                        .await
                };
                assert!(
                    matches!(refused, Err(Error::Unavailable(Outage::ReadOnly, _))),
                    "{refused:?}"
                );
            }
            pool.set_connect_options(proper.clone());
            change(&store).await.unwrap();
        }
        only_reading().await;
        let unready = Err(Unready::Outage(Outage::ReadOnly));
        store.health = Health::default();
        assert_eq!(store.readiness().await, unready);
        pool.set_connect_options(proper.clone());
        store.health = Health::default();
        assert_eq!(store.readiness().await, Ok(()));
        assert_eq!(store.check().await.unwrap(), []);
    }

    /// PostgreSQL answers the COMMIT of a transaction in which something failed with a rollback, and the
    /// driver says that all is well.
    #[tokio::test]
    async fn a_commit_that_postgresql_turned_into_a_rollback_is_an_error() {
        let Ok(admin) = std::env::var("TEST_POSTGRES_URL") else {
            println!("PostgreSQL skipped: TEST_POSTGRES_URL is not set");
            return;
        };
        let name = format!("upr_confirmation_{}", std::process::id());
        let server = Database::connect(&admin).await.unwrap();
        let create = format!("CREATE DATABASE {name} TEMPLATE template0");
        server.execute_unprepared(&create).await.unwrap();
        let url = format!("{}/{name}", admin.rsplit_once('/').unwrap().0);
        let store = Store::open(&url).await.unwrap();
        change(&store).await.unwrap();
        for recorded in [true, false] {
            let mut failing = store.begin(&Actor::command_line()).await.unwrap();
            if recorded {
                failing.record(vec![entry()]).await.unwrap();
            }
            let nonsense = failing.tx.execute_unprepared("SELECT nonsense").await;
            assert!(nonsense.is_err());
            let committed = if recorded {
                failing.commit().await
            } else {
                failing.commit_unrecorded().await
            };
            assert!(committed.is_err());
            change(&store).await.unwrap();
        }
        assert!(store.verify_history().await.unwrap().is_ok());
        store.close().await.unwrap();
        let drop = format!("DROP DATABASE {name} WITH (FORCE)");
        server.execute_unprepared(&drop).await.unwrap();
    }
}
