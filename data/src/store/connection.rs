//! Opening a database so that nothing acknowledged is lost and writers do not fail each other.
//!
//! SQLite: write-ahead log, `synchronous=FULL` (NORMAL lost acknowledged commits in six of ten power
//! cuts), foreign keys, and a pool of readers beside one writer at a time. sqlx sets neither of the
//! first two by itself, so they are set here and checked after opening.

use super::Error;
use crate::domain::refusals;
use crate::settings;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous,
};
use sea_orm::sqlx::{
    Connection as _, Executor as _, PgConnection, Row as _, Sqlite, SqliteConnection, raw_sql,
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr,
    Statement,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

refusals! {
    /// Why a database is not opened or changed.
    pub enum DatabaseRefusal {
        /// The file does not exist.
        IsMissing { file: String } => "database-not-there",
        /// The database is not one of this program.
        NotOurs => "database-not-ours",
        /// The write-ahead log of the file is missing.
        LogMissing { file: String } => "database-log-missing",
        /// A later version of the program migrated the database.
        OfLaterVersion { step: String } => "database-of-later-version",
        /// Somebody added a trigger to the database.
        HasTrigger { name: String } => "database-has-trigger",
        /// The bundled set holds a value that does not fit.
        BundledUnfit { value: String } => "bundled-unfit",
    }
}

/// As many rows may wait to be taken: about what is read at a time for a file of everything.
const ROWS_HANDED_OVER: usize = 1_024;

/// The connections of a store.
///
/// SQLite rolls a transaction back by itself when the disk is full, when reading or writing fails and when
/// memory runs out. The driver then counts a transaction that does not exist: its next `BEGIN` becomes a
/// SAVEPOINT and its next COMMIT a RELEASE, and nothing is ever committed on that connection
/// (<https://github.com/launchbadge/sqlx/issues/3742>). So the pools below close every connection that is
/// not outside a transaction when it comes back, and changes are made on a connection that nothing else
/// uses.
///
/// While a file system is read-only, SQLite opens a file for reading instead, and says so only when something
/// is written. Such a connection would refuse every change from then on. So after a change that was not
/// confirmed, the connection is asked whether it can write, and closed if it cannot. The witness is opened
/// once, at the beginning, and readers need no more.
pub(super) struct Connections {
    /// For everything that reads.
    pub(super) readers: DatabaseConnection,
    /// For changes.
    pub(super) writer: DatabaseConnection,
    /// Looks whether a commit can be seen from outside. On SQLite it stays connected as long as the
    /// store is open: SQLite removes the log with the last connection.
    pub(super) witness: DatabaseConnection,
    /// How many pages the database may have; 0 for no limit of our own.
    pub(super) page_limit: Arc<AtomicU32>,
    /// Whether SQLite's writer has to show that it can write before it is used again.
    pub(super) is_in_doubt: Arc<AtomicBool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Reading,
    Writing,
    Witness,
}

/// Connects to `sqlite://path?mode=rwc` or `postgres://...`.
pub(super) async fn connect(url: &str) -> Result<Connections, Error> {
    make_private(url)?;
    let page_limit = Arc::<AtomicU32>::default();
    let is_in_doubt = Arc::<AtomicBool>::default();
    let open = async |purpose| {
        let options = options(url, purpose, &page_limit, &is_in_doubt);
        match connect_when_free(url, options).await {
            Err(error) if has_waited_in_vain(&error) => Err(Error::from(why_not(url, error).await)),
            connected => Ok(connected?),
        }
    };
    // The witness first: it is the one that makes a new file, and that stays.
    let witness = open(Use::Witness).await?;
    let writer = open(Use::Writing).await?;
    let readers = open(Use::Reading).await?;
    if readers.get_database_backend() == DbBackend::Sqlite {
        check_pragmas(&readers).await?;
        check_pragmas(&writer).await?;
    }
    Ok(Connections {
        readers,
        writer,
        witness,
        page_limit,
        is_in_doubt,
    })
}

fn options(
    url: &str,
    purpose: Use,
    page_limit: &Arc<AtomicU32>,
    is_in_doubt: &Arc<AtomicBool>,
) -> ConnectOptions {
    let is_postgres = url.starts_with("postgres");
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(match purpose {
            Use::Reading => settings::DATABASE_CONNECTIONS.count(),
            // The next change need not wait until the connection of the last one has been tested.
            Use::Writing if is_postgres => 2,
            Use::Writing | Use::Witness => 1,
        })
        .acquire_timeout(match purpose {
            _ if is_postgres => settings::POSTGRES_CONNECTION_WAIT,
            Use::Reading => Duration::from_secs(15),
            Use::Writing | Use::Witness => settings::DATABASE_LOCK_WAIT,
        })
        // Statements carry people's texts: they belong in no log.
        .sqlx_logging(false);
    if is_postgres {
        options.map_sqlx_postgres_pool_opts(|pool| {
            pool.after_release(|connection, _| Box::pin(is_outside_postgres(connection)))
        });
        return options;
    }
    let busy = match purpose {
        Use::Reading => settings::DATABASE_LOCK_WAIT,
        Use::Writing | Use::Witness => settings::WRITER_LOCK_WAIT,
    };
    options.map_sqlx_sqlite_opts(move |options| {
        // The witness makes the file. If it is deleted later, no empty one may take its place.
        let options = if purpose == Use::Witness {
            options
        } else {
            options.create_if_missing(false)
        };
        options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(busy)
            .pragma("wal_autocheckpoint", settings::WAL_PAGES_MAX.to_string())
            // SQLite works on a thread of its own. Handing over a few rows at a time, both threads
            // wait for each other more than they work.
            .row_buffer_size(ROWS_HANDED_OVER)
    });
    // A released connection is tested, so it need not be tested again before it is used.
    options.test_before_acquire(false);
    let (page_limit, is_in_doubt) = (Arc::clone(page_limit), Arc::clone(is_in_doubt));
    match purpose {
        Use::Reading => options.map_sqlx_sqlite_pool_opts(throw_away_stuck),
        Use::Witness => {
            options.idle_timeout(None).max_lifetime(None);
            options.map_sqlx_sqlite_pool_opts(throw_away_stuck)
        }
        Use::Writing => {
            options.idle_timeout(None).max_lifetime(None);
            options
                .map_sqlx_sqlite_pool_opts(move |pool| writer_pool(pool, &page_limit, &is_in_doubt))
        }
    };
    options
}

/// Closes connections that come back in a transaction, as far as the driver knows.
fn throw_away_stuck(pool: PoolOptions<Sqlite>) -> PoolOptions<Sqlite> {
    pool.before_acquire(|connection, _| {
        let is_usable = !connection.is_in_transaction();
        Box::pin(async move { Ok(is_usable) })
    })
    .after_release(|connection, _| Box::pin(is_outside(connection)))
}

/// The same for the connection that writes; SQLite itself is asked as well.
fn writer_pool(
    pool: PoolOptions<Sqlite>,
    page_limit: &Arc<AtomicU32>,
    is_in_doubt: &Arc<AtomicBool>,
) -> PoolOptions<Sqlite> {
    let is_in_doubt = Arc::clone(is_in_doubt);
    let (connecting, acquiring) = (Arc::clone(page_limit), Arc::clone(page_limit));
    pool.after_connect(move |connection, _| {
        let limit = connecting.load(Ordering::Relaxed);
        Box::pin(limit_pages(connection, limit))
    })
    .before_acquire(move |connection, _| {
        let limit = acquiring.load(Ordering::Relaxed);
        let is_in_doubt = Arc::clone(&is_in_doubt);
        Box::pin(async move {
            if connection.is_in_transaction() {
                return Ok(false);
            }
            if is_in_doubt.swap(false, Ordering::AcqRel) {
                match try_to_write(connection).await {
                    Ok(()) => {}
                    // Of another program; the change waits for it. The question stays.
                    Err(error) if is_locked(&error) => is_in_doubt.store(true, Ordering::Release),
                    Err(error) => {
                        tracing::warn!(%error, "a connection that cannot write is closed");
                        return Ok(false);
                    }
                }
            }
            limit_pages(connection, limit).await?;
            Ok(true)
        })
    })
    .after_release(|connection, _| {
        Box::pin(async move {
            if !is_outside(connection).await? {
                return Ok(false);
            }
            // Within a transaction, SQLite refuses to begin another. Outside one, this takes no lock.
            match connection.execute("BEGIN; ROLLBACK").await {
                Ok(_) => Ok(true),
                Err(error) => {
                    tracing::warn!(%error, "a connection that was left in a transaction is closed");
                    Ok(false)
                }
            }
        })
    })
}

/// True if PostgreSQL is in no transaction: in one, `now()` is the time at which it began. A request that was
/// given up between the BEGIN and its answer leaves a transaction that the driver does not count.
async fn is_outside_postgres(connection: &mut PgConnection) -> Result<bool, sea_orm::sqlx::Error> {
    // The simple query protocol: binding and executing a prepared statement are two messages, each of which
    // sets the statement's timestamp, so the two times would never be equal.
    let row = connection
        .fetch_one(raw_sql("SELECT now() = statement_timestamp()"))
        .await?;
    let is_outside: bool = row.try_get(0)?;
    if !is_outside {
        tracing::warn!("a connection that was left in a transaction is closed");
    }
    Ok(is_outside)
}

/// True if the driver counts no transaction once everything that was queued is done.
async fn is_outside(connection: &mut SqliteConnection) -> Result<bool, sea_orm::sqlx::Error> {
    // A rollback that a dropped transaction has queued comes before this.
    connection.ping().await?;
    let is_outside = !connection.is_in_transaction();
    if !is_outside {
        tracing::warn!("a connection whose transaction could not be rolled back is closed");
    }
    Ok(is_outside)
}

/// Begins to write and gives it up again. A connection that can only read begins all the same.
async fn try_to_write(connection: &mut SqliteConnection) -> Result<(), sea_orm::sqlx::Error> {
    let nothing = "BEGIN IMMEDIATE; DELETE FROM writer WHERE 0; ROLLBACK";
    connection.execute(nothing).await.map(drop)
}

async fn limit_pages(
    connection: &mut SqliteConnection,
    limit: u32,
) -> Result<(), sea_orm::sqlx::Error> {
    if limit > 0 {
        let pragma = format!("PRAGMA max_page_count = {limit}");
        connection
            .execute(sea_orm::sqlx::AssertSqlSafe(pragma))
            .await?;
    }
    Ok(())
}

/// Refuses the address of a SQLite file that is not there. Whether PostgreSQL has a database, connecting
/// tells.
pub(super) fn must_be_there(url: &str) -> Result<(), Error> {
    let Some(file) = sqlite_file(url) else {
        return Ok(());
    };
    if file.is_file() {
        return Ok(());
    }
    Err(DatabaseRefusal::IsMissing {
        file: file.display().to_string(),
    }
    .into())
}

/// The file of a SQLite database; none where it is held in memory only, or is no SQLite.
pub(super) fn sqlite_file(url: &str) -> Option<PathBuf> {
    // Of another kind of database, or of no address at all, whoever connects says so.
    let options: SqliteConnectOptions = url.parse().ok()?;
    (url.starts_with("sqlite:") && !url.contains(":memory:") && !url.contains("mode=memory"))
        .then(|| options.get_filename().to_owned())
}

/// The characters of a file name that mean something else in the address of a SQLite database.
const SQLITE_RESERVED: &AsciiSet = &CONTROLS.add(b'%').add(b'?');

/// The address of a SQLite file, which is created if it is missing.
pub(super) fn sqlite_url(file: &Path) -> Result<String, Error> {
    let name = file.to_str().ok_or_else(|| {
        Error::System(format!("{}: a file name that is not UTF-8", file.display()))
    })?;
    let name = utf8_percent_encode(name, SQLITE_RESERVED);
    Ok(format!("sqlite://{name}?mode=rwc"))
}

/// Makes a new SQLite file its owner's alone: it holds pseudonyms and drafts. SQLite gives the files
/// beside it the same permissions.
#[cfg(unix)]
pub(super) fn make_private(url: &str) -> Result<(), Error> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let Some(file) = sqlite_file(url) else {
        return Ok(());
    };
    let is_made = url
        .split_once('?')
        .is_some_and(|(_, how)| how.contains("mode=rwc"));
    let folder_is_there = file
        .parent()
        .is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    if !is_made || !folder_is_there {
        return Ok(());
    }
    match std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&file)
    {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Error::System(format!("{}: {error}", file.display())))
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
pub(super) fn make_private(_: &str) -> Result<(), Error> {
    Ok(())
}

/// Makes a new SQLite file one whose unused pages can be given back piece by piece (see `space`). That is
/// possible only before anything else is written; and no other connection may ask for it, since each time
/// is a write, for which readers would wait and which a full disk refuses.
async fn set_up(url: &str) -> Result<(), DbErr> {
    let Some(file) = sqlite_file(url) else {
        return Ok(());
    };
    let is_new = match std::fs::metadata(&file) {
        Ok(about) => about.is_file() && about.len() == 0,
        Err(_) => url.contains("mode=rwc"),
    };
    let options: Result<SqliteConnectOptions, _> = url.parse();
    let Ok(options) = options else {
        return Ok(());
    };
    if !is_new {
        return Ok(());
    }
    let options = options
        .auto_vacuum(SqliteAutoVacuum::Incremental)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(settings::DATABASE_LOCK_WAIT);
    let failed = |error: sea_orm::sqlx::Error| DbErr::Conn(RuntimeErr::SqlxError(error.into()));
    let connection = SqliteConnection::connect_with(&options)
        .await
        .map_err(failed)?;
    connection.close().await.map_err(failed)
}

/// A new SQLite file gets its write-ahead log with the first connection, and for that SQLite does not
/// wait: of several programs that open it at once all but one would be turned away. A server that is
/// starting as well may take longer than a request may wait.
async fn connect_when_free(
    url: &str,
    options: ConnectOptions,
) -> Result<DatabaseConnection, DbErr> {
    let begun = Instant::now();
    loop {
        let connected = match set_up(url).await {
            Ok(()) => Database::connect(options.clone()).await,
            Err(error) => Err(error),
        };
        match connected {
            Err(error) if is_busy(&error) && begun.elapsed() < settings::DATABASE_LOCK_WAIT => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(error)
                if has_waited_in_vain(&error)
                    && begun.elapsed() < settings::DATABASE_START_WAIT => {}
            connected => return connected,
        }
    }
}

fn has_waited_in_vain(error: &DbErr) -> bool {
    use sea_orm::sqlx::Error::PoolTimedOut;
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(RuntimeErr::SqlxError(error)) => matches!(**error, PoolTimedOut),
        _ => false,
    }
}

/// A pool goes on trying until its time is up and then says only that. One connection by itself says
/// what is in its way.
async fn why_not(url: &str, waited: DbErr) -> DbErr {
    if !url.starts_with("postgres") {
        return waited;
    }
    match PgConnection::connect(url).await {
        Err(cause) => DbErr::Conn(RuntimeErr::SqlxError(cause.into())),
        Ok(_) => waited,
    }
}

fn is_busy(error: &DbErr) -> bool {
    matches!(error, DbErr::Conn(RuntimeErr::SqlxError(error)) if is_locked(error))
}

/// `SQLITE_BUSY`, or one of its kinds, which have it in their lowest byte.
fn is_locked(error: &sea_orm::sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sea_orm::sqlx::error::DatabaseError::code);
    code.and_then(|code| code.parse::<i32>().ok())
        .is_some_and(|code| code & 0xff == 5)
}

async fn check_pragmas(connection: &DatabaseConnection) -> Result<(), Error> {
    let number = async |pragma: &str| -> Result<Option<i64>, Error> {
        let statement = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {pragma}"));
        let row = connection.query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    };
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode");
    let journal: Option<String> = connection
        .query_one_raw(statement)
        .await?
        .map(|row| row.try_get_by_index(0))
        .transpose()?;
    let is_set = journal.as_deref() == Some("wal")
        && number("synchronous").await? == Some(2)
        && number("foreign_keys").await? == Some(1);
    if is_set {
        Ok(())
    } else {
        Err(Error::Corrupt(
            "SQLite did not take WAL, synchronous=FULL and foreign keys".to_owned(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sqlite_is_durable_and_minds_foreign_keys_on_every_connection() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
        let connection = connect(&url).await.unwrap().readers;
        let pool = connection.get_sqlite_connection_pool();
        let mut held = Vec::new();
        for _ in 0..settings::DATABASE_CONNECTIONS.count() {
            held.push(pool.acquire().await.unwrap());
        }
        let pragmas = [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("busy_timeout", "5000"),
        ];
        for one in &mut held {
            for (pragma, value) in pragmas {
                let table = if pragma == "busy_timeout" {
                    "timeout"
                } else {
                    pragma
                };
                let query = format!("SELECT CAST({table} AS TEXT) FROM pragma_{pragma}");
                let query =
                    sea_orm::sqlx::query_scalar::<_, String>(sea_orm::sqlx::AssertSqlSafe(query));
                let set = query.fetch_one(&mut **one).await.unwrap();
                assert_eq!(set, value, "{pragma}");
            }
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_new_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
        let connection = connect(&url).await.unwrap().writer;
        connection
            .execute_unprepared("CREATE TABLE one (id INTEGER)")
            .await
            .unwrap();
        let mut files = 0;
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            let mode = file.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{:?}", file.file_name());
            files += 1;
        }
        // The log and its index as well.
        assert_eq!(files, 3);
    }

    #[tokio::test]
    async fn a_new_file_that_another_program_is_setting_up_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
        let other = Database::connect(ConnectOptions::new(&url).max_connections(1).to_owned());
        let other = other.await.unwrap();
        other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
        let connecting = tokio::spawn(async move { connect(&url).await });
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(!connecting.is_finished());
        other.execute_unprepared("COMMIT").await.unwrap();
        connecting.await.unwrap().unwrap();
    }

    /// A check that always fails would open a new connection for every query.
    #[tokio::test]
    async fn connections_to_postgresql_are_used_again_unless_left_in_a_transaction() {
        let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
            println!("PostgreSQL skipped: TEST_POSTGRES_URL is not set");
            return;
        };
        let connections = connect(&url).await.unwrap();
        let pool = connections.witness.get_postgres_connection_pool();
        let number = async || {
            let number = sea_orm::sqlx::query_scalar("SELECT pg_backend_pid()");
            let number: i32 = number.fetch_one(pool).await.unwrap();
            number
        };
        let first = number().await;
        for _ in 0..10 {
            assert_eq!(number().await, first);
        }
        let mut left = pool.acquire().await.unwrap();
        left.execute(raw_sql("BEGIN")).await.unwrap();
        drop(left);
        assert_ne!(number().await, first);
    }

    #[tokio::test]
    async fn what_is_in_the_way_of_a_server_is_said() {
        let waited = DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout);
        assert!(has_waited_in_vain(&waited));
        let error = why_not("postgres://nobody@127.0.0.1:1/nothing", waited).await;
        assert!(error.to_string().contains("refused"), "{error}");
    }

    #[test]
    fn the_address_of_a_file_names_that_file() {
        for name in [
            "/a/b.sqlite",
            "/a/100%/b%3F?c#d.sqlite",
            "/Übersicht – ё 😀/a b\"'&+.sqlite",
        ] {
            let url = sqlite_url(Path::new(name)).unwrap();
            assert_eq!(sqlite_file(&url), Some(PathBuf::from(name)), "{url}");
            assert!(url.ends_with("?mode=rwc"), "{url}");
        }
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("letter.txt");
        std::fs::write(&file, "Dear reader, ".repeat(1_000)).unwrap();
        let url = format!("sqlite://{}?mode=rwc", file.display());
        assert!(connect(&url).await.is_err());
        assert!(
            connect("sqlite:///no/such/folder/a.db?mode=rwc")
                .await
                .is_err()
        );
        assert!(connect("mysql://nobody@127.0.0.1/nothing").await.is_err());
        assert!(connect("no address").await.is_err());
    }
}
