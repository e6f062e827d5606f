//! Databases for one test each, and what the tests put in them.

use data::domain::{Evidence, EvidenceKind, Paragraph, ReviewCode, StateCode};
use data::exchange::{Format, Incoming, ReadFile};
use data::store::{Actor, Error, NewRound, NewRun, Run, Save, StagedRow, Store, Which};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// An empty database of its own; gone when dropped.
pub(crate) struct Fresh {
    pub(crate) url: String,
    _gone_after: GoneAfter,
}

enum GoneAfter {
    Sqlite { _folder: tempfile::TempDir },
    Postgres { admin: String, name: String },
}

/// A database with the present schema.
pub(crate) struct TestDatabase {
    pub(crate) store: Arc<Store>,
    // After the store: a database is dropped when nobody uses it any more.
    fresh: Fresh,
}

/// Runs a test on an empty database of each kind there is.
pub(crate) async fn on_each_empty_database(test: impl AsyncFn(Fresh)) {
    test(Fresh::sqlite()).await;
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(admin) => test(Fresh::postgres(&admin).await).await,
        Err(_) => println!("PostgreSQL skipped: TEST_POSTGRES_URL is not set"),
    }
}

/// Runs a test on an opened database of each kind there is. Tests are long, and their futures large.
pub(crate) async fn on_each_database(test: impl AsyncFn(TestDatabase)) {
    on_each_empty_database(async |fresh| {
        let store = Arc::new(Store::open(&fresh.url).await.unwrap());
        Box::pin(test(TestDatabase { store, fresh })).await;
    })
    .await;
}

impl Fresh {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        Self {
            url: format!("sqlite://{}?mode=rwc", path.display()),
            _gone_after: GoneAfter::Sqlite { _folder: folder },
        }
    }

    /// The file of an SQLite database.
    pub(crate) fn path(&self) -> std::path::PathBuf {
        let path = self.url.trim_start_matches("sqlite://");
        path.trim_end_matches("?mode=rwc").into()
    }

    async fn postgres(admin: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let name = format!(
            "upr_test_{}_{}_{}",
            std::process::id(),
            since.as_millis(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        execute(admin, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let (server, _) = admin.rsplit_once('/').unwrap();
        Self {
            url: format!("{server}/{name}"),
            _gone_after: GoneAfter::Postgres {
                admin: admin.to_owned(),
                name,
            },
        }
    }
}

impl Drop for GoneAfter {
    fn drop(&mut self) {
        let Self::Postgres { admin, name } = self else {
            return;
        };
        let drop = format!("DROP DATABASE {name} WITH (FORCE)");
        let admin = admin.clone();
        // Also after a failed test, and so on a thread and a runtime of its own.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(execute(&admin, &drop));
        });
        if dropping.join().is_err() {
            println!("the database {name} is left over");
        }
    }
}

async fn execute(url: &str, sql: &str) {
    let connection = Database::connect(url).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

impl TestDatabase {
    /// A SQLite database, where the kind makes no difference.
    pub(crate) async fn sqlite() -> Self {
        let fresh = Fresh::sqlite();
        let store = Arc::new(Store::open(&fresh.url).await.unwrap());
        Self { store, fresh }
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        &self.fresh.url
    }

    /// As another process would open it.
    pub(crate) async fn second_store(&self) -> Store {
        Store::open(&self.fresh.url).await.unwrap()
    }

    /// One connection past the store, for what only an intruder does.
    pub(crate) async fn raw(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(&self.fresh.url);
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options).await.unwrap()
    }

    /// Runs SQL past the store; how many rows it changed.
    pub(crate) async fn tamper(&self, sql: &str) -> u64 {
        let connection = self.raw().await;
        let done = connection.execute_unprepared(sql).await.unwrap();
        connection.close().await.unwrap();
        done.rows_affected()
    }

    /// A column of texts.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let connection = self.raw().await;
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        let rows = connection.query_all_raw(statement).await.unwrap();
        connection.close().await.unwrap();
        rows.iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect()
    }

    /// How many rows each table has, but for those of imports.
    pub(crate) async fn row_counts(&self) -> BTreeMap<String, i64> {
        let connection = self.raw().await;
        let backend = connection.get_database_backend();
        let tables = match backend {
            DbBackend::Postgres => {
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
            }
            _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        };
        let mut counts = BTreeMap::new();
        for table in self.texts(tables).await {
            // Every file that was brought is written down, whatever it tells.
            if table.starts_with("import_") {
                continue;
            }
            let count = Statement::from_string(backend, format!("SELECT COUNT(*) FROM {table}"));
            let row = connection.query_one_raw(count).await.unwrap().unwrap();
            counts.insert(table, row.try_get_by_index(0).unwrap());
        }
        connection.close().await.unwrap();
        counts
    }
}

pub(crate) fn actor() -> Actor {
    Actor("tester".to_owned())
}

pub(crate) fn code(text: &str) -> ReviewCode {
    ReviewCode::parse(text).unwrap()
}

pub(crate) fn paragraph(text: &str) -> Paragraph {
    Paragraph::parse(text).unwrap()
}

pub(crate) fn states(codes: &[&str]) -> Vec<StateCode> {
    codes
        .iter()
        .map(|code| StateCode::parse(code).unwrap())
        .collect()
}

/// The review that most tests work in.
pub(crate) const REVIEW: &str = "SVN-3";
/// Its open round.
pub(crate) const ROUND: &str = "ours";

/// A recommendation of that review as a file tells it.
pub(crate) fn incoming(number: u32) -> Incoming {
    Incoming {
        session: Some(34),
        report_symbol: Some("A/HRC/43/15".to_owned()),
        paragraph: Some(paragraph(&format!("120.{number}"))),
        text: Some(format!("Do the thing of number {number}")),
        language: Some("en".to_owned()),
        recommending: states(&["NOR", "BRA"]),
        ..Incoming::new(number + 1, code(REVIEW))
    }
}

pub(crate) fn file(recommendations: Vec<Incoming>) -> ReadFile {
    ReadFile {
        format: Format::OwnCsv,
        recommendations,
        assessments: Vec::new(),
        rejected: Vec::new(),
        skipped: 0,
    }
}

/// A run of a file that nobody named a review for.
pub(crate) fn new_run() -> NewRun {
    NewRun {
        file_name: "file.csv".to_owned(),
        sha256: "0".to_owned(),
        ..NewRun::default()
    }
}

/// Reads a file into a run.
pub(crate) async fn stage(store: &Store, file: ReadFile) -> Run {
    store
        .stage_import(&actor(), &new_run(), move |sink| file.replay(sink))
        .await
        .unwrap()
}

/// Reads a file and applies all that is certain.
pub(crate) async fn import(store: &Store, file: ReadFile) -> Run {
    let staged = stage(store, file).await;
    store.apply_import(&actor(), staged.id).await.unwrap()
}

/// Every row of a run.
pub(crate) async fn all_rows(store: &Store, run: i64) -> Vec<StagedRow> {
    let mut rows = Vec::new();
    loop {
        let which = Which {
            offset: rows.len() as u64,
            limit: 500,
            ..Which::default()
        };
        let page = store.import_rows(run, which).await.unwrap();
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
    }
}

/// Imports so many recommendations and opens the round.
pub(crate) async fn with_round(store: &Store, recommendations: u32) {
    let incoming = (1..=recommendations).map(incoming).collect();
    import(store, file(incoming)).await;
    store
        .open_round(&actor(), code(REVIEW), &new_round(ROUND))
        .await
        .unwrap();
}

pub(crate) fn new_round(slug: &str) -> NewRound {
    NewRound {
        slug: slug.to_owned(),
        organisation: "Our organisation".to_owned(),
        title: "Our round".to_owned(),
        as_of: Some("2023-12-31".into()),
        scale: "bhc-2023".to_owned(),
        method: None,
        assessors: Vec::new(),
    }
}

/// A save of the recommendation of that number over that version.
pub(crate) fn save(number: u32, version: i64, status: &str, rationale: &str) -> Save {
    Save {
        review: code(REVIEW),
        round: ROUND.to_owned(),
        paragraph: paragraph(&format!("120.{number}")),
        version,
        status: status.to_owned(),
        rationale: rationale.to_owned(),
        confidence: None,
        cites: Vec::new(),
        evidence: Vec::new(),
    }
}

pub(crate) fn evidence(title: &str) -> Evidence {
    Evidence {
        title: title.to_owned(),
        source: "https://example.org/law".to_owned(),
        publisher: None,
        date: Some("2023-05".into()),
        kind: EvidenceKind::Primary,
        note: None,
        language: None,
        archived: None,
    }
}

/// The key of the message with which something was refused.
pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(error) if error.message().is_some() => error.message().unwrap().key.into_owned(),
        other => panic!("not refused: {other:?}"),
    }
}
