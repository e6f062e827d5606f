//! Empty databases for tests of the program, of each kind there is.

#![allow(dead_code, reason = "each test file uses what it needs")]

use sea_orm::ConnectionTrait as _;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// The kinds of databases.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// Those that there are: PostgreSQL where `TEST_POSTGRES_URL` names a server.
pub(crate) fn kinds() -> Vec<Kind> {
    if std::env::var_os("TEST_POSTGRES_URL").is_some() {
        return vec![Kind::Sqlite, Kind::Postgres];
    }
    println!("PostgreSQL skipped: TEST_POSTGRES_URL is not set");
    vec![Kind::Sqlite]
}

/// An empty database.
pub(crate) struct Database {
    url: String,
    pub(crate) name: String,
}

impl Database {
    /// A new one; SQLite's does not exist yet, in this folder. PostgreSQL's goes with its cluster.
    pub(crate) async fn new(kind: Kind, folder: &Path) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("upr_backups_{}_{number}", std::process::id());
        let url = match kind {
            Kind::Sqlite => format!(
                "sqlite://{}?mode=rwc",
                folder.join(format!("{name}.sqlite")).display()
            ),
            Kind::Postgres => {
                let admin = std::env::var("TEST_POSTGRES_URL").unwrap();
                execute(
                    &admin,
                    &format!("CREATE DATABASE {name} TEMPLATE template0"),
                )
                .await;
                let (server, _) = admin.rsplit_once('/').unwrap();
                format!("{server}/{name}")
            }
        };
        Self { url, name }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Runs SQL past the program.
    pub(crate) async fn execute(&self, sql: &str) {
        execute(&self.url, sql).await;
    }
}

async fn execute(url: &str, sql: &str) {
    let connection = sea_orm::Database::connect(url).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}
