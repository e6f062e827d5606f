//! Moving what was written from SQLite's log into its database, beside the writers.
//!
//! By itself SQLite does that in whichever commit makes the log longer than a thousand pages: every
//! sixtieth save then took 200 ms instead of two, and all others behind it. A checkpoint that is not asked to
//! wait for anybody (`PASSIVE`) keeps neither writers nor readers; what is written meanwhile is
//! moved by a second one, which is short, while nobody writes, so that the log begins anew with the next
//! commit instead of growing (<https://sqlite.org/wal.html>, section 2.2).
//!
//! When nothing is written for a while, the log is emptied (`TRUNCATE`), so that the main file alone is
//! complete.

use crate::store::Store;
use crate::store::sqlite::open_mark::checkpoint;
use sea_orm::DbErr;
use std::time::{Duration, Instant};

/// How often it is looked whether there is enough to move.
const LOOK: Duration = Duration::from_millis(200);

/// So many pages in the log are worth moving: what SQLite itself thinks.
const WORTH_IT: u32 = 1_000;

/// After so long without a change the log is emptied.
const IDLE: Duration = Duration::from_secs(2);

/// Where another program reads an older state, emptying is tried again after this.
const AGAIN: Duration = Duration::from_secs(30);

impl Store {
    /// Keeps SQLite's log short for as long as it is polled; needs [`watch`](Store::watch) before it.
    /// PostgreSQL does so itself.
    pub async fn keep_log_short(&self) {
        let Some(index) = self.wal_index.get() else {
            return std::future::pending().await;
        };
        let (mut seen, mut changed) = (None, Instant::now());
        let mut not_before = Instant::now();
        loop {
            tokio::time::sleep(LOOK).await;
            let header = index.header();
            if header != seen {
                (seen, changed) = (header, Instant::now());
            }
            let pages = index.pages();
            let moved = if pages >= WORTH_IT {
                self.move_log().await
            } else if pages > 0 && changed.elapsed() >= IDLE && Instant::now() >= not_before {
                self.empty_log().await.map(|is_empty| {
                    if !is_empty {
                        not_before = Instant::now() + AGAIN;
                    }
                })
            } else {
                Ok(())
            };
            if let Err(error) = moved {
                tracing::warn!(%error, "SQLite's log could not be moved into the database");
                not_before = Instant::now() + AGAIN;
            }
        }
    }

    async fn move_log(&self) -> Result<(), DbErr> {
        checkpoint(&self.witness, "PASSIVE").await?;
        let _turn = self.writers.lock().await;
        checkpoint(&self.witness, "PASSIVE").await.map(drop)
    }

    /// Moves everything and empties the log. Returns false if somebody is in the way.
    pub(crate) async fn empty_log(&self) -> Result<bool, DbErr> {
        let Ok(_turn) = self.writers.try_lock() else {
            return Ok(true);
        };
        checkpoint(&self.witness, "TRUNCATE").await
    }
}

#[cfg(all(test, unix))]
mod tests {
    use crate::store::{Actor, Store};

    #[tokio::test]
    async fn a_log_that_was_moved_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.sqlite");
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let store = Store::open(&url).await.unwrap();
        store.watch().await.unwrap();
        let actor = Actor::command_line();
        store.load_demonstration(&actor).await.unwrap();
        let pages = || store.wal_index.get().unwrap().pages();
        let written = pages();
        assert!(written > 50, "{written}");
        store.move_log().await.unwrap();
        store.load_bundled(&actor).await.unwrap();
        let anew = pages();
        assert!(0 < anew && anew < written, "{anew} after {written}");
        assert_eq!(store.check().await.unwrap(), []);
    }
}
