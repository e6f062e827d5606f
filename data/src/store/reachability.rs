//! Whether the database is there, asked beside the pool.
//!
//! A pool waits for a free connection, and cannot tell a database that is away from one that is busy. So
//! PostgreSQL is asked over one connection that is used for nothing else, and of SQLite it is seen whether
//! its file is still there.

use super::{Error, Store};
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{Connection as _, PgConnection};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// How long an answer may take over a connection that is open, and over a new one.
const ANSWER: Duration = Duration::from_millis(700);

/// A timer that rings so much later than it was set says that this process itself was not served.
const OVERSLEPT: Duration = Duration::from_millis(300);

/// Asks one database.
pub struct Reachability(Asked);

enum Asked {
    File(Option<PathBuf>),
    Server {
        options: Arc<PgConnectOptions>,
        connection: Option<PgConnection>,
    },
}

impl Store {
    /// What tells whether this database can be reached.
    pub async fn reachability(&self) -> Result<Reachability, Error> {
        if self.connection.get_database_backend() == DbBackend::Postgres {
            let pool = self.connection.get_postgres_connection_pool();
            return Ok(Reachability(Asked::Server {
                options: pool.connect_options(),
                connection: None,
            }));
        }
        let named = "SELECT file FROM pragma_database_list WHERE name = 'main'";
        let named = Statement::from_string(DbBackend::Sqlite, named);
        let row = self.connection.query_one_raw(named).await?;
        let file: Option<String> = row.map(|row| row.try_get("", "file")).transpose()?;
        // A database in memory has no file, and is always there.
        let file = file.filter(|file| !file.is_empty()).map(PathBuf::from);
        Ok(Reachability(Asked::File(file)))
    }
}

impl Reachability {
    /// Whether the database is there. Takes a second and a half at most.
    pub async fn check(&mut self) -> bool {
        match &mut self.0 {
            Asked::File(None) => true,
            Asked::File(Some(file)) => file.is_file(),
            Asked::Server {
                options,
                connection,
            } => {
                if let Some(mut known) = connection.take()
                    && in_time(known.ping()).await
                {
                    *connection = Some(known);
                    return true;
                }
                // It may be this connection alone that is broken.
                let mut new = None;
                let connecting = async {
                    new = Some(PgConnection::connect_with(options).await?);
                    Ok(())
                };
                let reached = in_time(connecting).await;
                *connection = new;
                reached
            }
        }
    }
}

/// Whether something succeeds in time. Where time was not kept, nothing is known, and that counts as
/// success: a machine that is too busy for its own timers says nothing of its database.
async fn in_time(answer: impl Future<Output = Result<(), sea_orm::sqlx::Error>>) -> bool {
    let begun = Instant::now();
    match timeout(ANSWER, answer).await {
        Ok(answer) => answer.is_ok(),
        Err(_) => begun.elapsed() > ANSWER + OVERSLEPT,
    }
}
