//! What a program hears of other programs' commits in one PostgreSQL, so that a page for readers is made
//! without asking for the history's last number.
//!
//! Each change says `NOTIFY` in its transaction, and PostgreSQL tells those who `LISTEN` when it is
//! committed (<https://www.postgresql.org/docs/current/sql-notify.html>). Who is told asks for the number, on
//! the connection that listens. It asks every second besides: an answer shows that the connection is alive, and a
//! pooler that loses notifications makes readers' pages a second old, not older. Where nothing has been answered
//! for two seconds, nothing is known, and every request asks again.

use crate::store::history::chain::{LAST, Version, VersionParts};
use crate::store::{Error, Store};
use sea_orm::sqlx::postgres::{PgListener, PgPool};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, sqlx};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout, timeout_at};
use tracing::warn;

/// What changes are announced as.
const CHANNEL: &str = "upr_tracker_history";

/// Between two questions when nothing is heard.
const BEAT: Duration = Duration::from_secs(1);

/// As long as this an answer counts.
const FRESH: Duration = Duration::from_secs(2);

/// Before another connection is tried.
const AGAIN: Duration = Duration::from_secs(10);

/// The version of everything, and when it was asked for.
type Last = Option<(Instant, Version)>;

/// Listens until it is dropped.
pub(crate) struct Heard {
    last: Arc<Mutex<Last>>,
    task: AbortHandle,
}

impl Drop for Heard {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Heard {
    /// Begins to listen.
    pub(crate) fn begin(connection: &DatabaseConnection) -> Self {
        let last = Arc::<Mutex<Last>>::default();
        let pool = connection.get_postgres_connection_pool().clone();
        let task = tokio::spawn(listen(pool, Arc::clone(&last))).abort_handle();
        Self { last, task }
    }

    /// The version of everything as far as it is known; none after a silence.
    pub(crate) fn last(&self) -> Option<Version> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (asked, revision) = (*last)?;
        (asked.elapsed() < FRESH).then_some(revision)
    }
}

/// Whether a database takes announcements: some that speak PostgreSQL's language do not.
pub(crate) async fn takes_announcements(connection: &DatabaseConnection) -> bool {
    connection.get_database_backend() == DbBackend::Postgres && announce(connection).await.is_ok()
}

/// Tells every program that listens; within a transaction, once that is committed.
pub(crate) async fn announce(connection: &impl ConnectionTrait) -> Result<(), Error> {
    let announcement = format!("NOTIFY {CHANNEL}");
    connection.execute_unprepared(&announcement).await?;
    Ok(())
}

/// Listens, over one connection after the other.
async fn listen(pool: PgPool, last: Arc<Mutex<Last>>) {
    let mut said = false;
    while !pool.is_closed() {
        let Err(error) = listen_once(&pool, &last).await;
        // Once: every request asks for itself meanwhile, so it is only slower.
        if !said && !pool.is_closed() {
            warn!(%error, "other programs' changes are not heard of; every request asks for them");
            said = true;
        }
        sleep(AGAIN).await;
    }
}

/// Listens as long as the connection lasts.
async fn listen_once(
    pool: &PgPool,
    last: &Mutex<Last>,
) -> Result<std::convert::Infallible, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    let silence = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
    loop {
        let asked = Instant::now();
        let answer = sqlx::query_as::<_, VersionParts>(LAST);
        let answer = timeout(BEAT, answer.fetch_optional(&mut listener));
        let answer = answer.await.map_err(silence)??;
        let version = answer.map(Version::from).unwrap_or_default();
        *last.lock().unwrap_or_else(PoisonError::into_inner) = Some((asked, version));
        // Whatever is announced, and if nothing is, the beat, leads to the next question.
        if let Ok(told) = timeout_at((asked + BEAT).into(), listener.try_recv()).await {
            told?;
        }
    }
}

impl Store {
    /// The version of everything, as far as this program has heard: on PostgreSQL, once
    /// [`watch`](Store::watch) was called, it may be a moment old, and two seconds at most. For readers; whoever
    /// writes must see what they wrote through another program, and asks for the [`version`](Store::version).
    pub async fn version_heard(&self) -> Result<Version, Error> {
        match self.heard.get().and_then(Heard::last) {
            Some(version) => Ok(version),
            None => self.version().await,
        }
    }

    /// The number and time of the last entry in that version.
    pub async fn revision_heard(&self) -> Result<(i64, i64), Error> {
        let version = self.version_heard().await?;
        Ok((version.number, version.at))
    }
}
