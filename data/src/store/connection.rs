//! Opening a database so that nothing acknowledged is lost and writers do not fail each other.
//!
//! SQLite: write-ahead log, `synchronous=FULL` (NORMAL lost acknowledged commits in six of ten power
//! cuts), foreign keys, and a pool of readers beside one writer at a time. sqlx sets neither of the
//! first two by itself, so they are set here and checked after opening.

use super::Error;
use super::write_ahead_log::AT_MOST;
use crate::domain::Message;
use sea_orm::sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous,
};
use sea_orm::sqlx::{Connection as _, PgConnection, SqliteConnection};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr,
    Statement,
};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Readers of a SQLite file, or connections to PostgreSQL.
const CONNECTIONS: u32 = 8;

/// How long a writer waits for another process' write before it gives up.
const BUSY: Duration = Duration::from_secs(10);

/// As many rows may wait to be taken: about what is read at a time for a file of everything.
const ROWS_HANDED_OVER: usize = 1_024;

/// Connects to `sqlite://path?mode=rwc` or `postgres://...`.
pub(super) async fn connect(url: &str) -> Result<DatabaseConnection, Error> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(15))
        // Statements carry people's texts: they belong in no log.
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY)
                .pragma("wal_autocheckpoint", AT_MOST.to_string())
                // SQLite works on a thread of its own. Handing over a few rows at a time, both threads
                // wait for each other more than they work.
                .row_buffer_size(ROWS_HANDED_OVER)
        });
    make_private(url)?;
    let connection = match connect_when_free(url, options).await {
        Err(error) if has_waited_in_vain(&error) => return Err(why_not(url, error).await.into()),
        connected => connected?,
    };
    if connection.get_database_backend() == DbBackend::Sqlite {
        check_pragmas(&connection).await?;
    }
    Ok(connection)
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
    Err(Message::new("database-not-there")
        .with("file", file.display())
        .into())
}

/// The file of a SQLite database; none where it is held in memory only, or is no SQLite.
fn sqlite_file(url: &str) -> Option<PathBuf> {
    // Of another kind of database, or of no address at all, whoever connects says so.
    let options: SqliteConnectOptions = url.parse().ok()?;
    (url.starts_with("sqlite:") && !url.contains(":memory:") && !url.contains("mode=memory"))
        .then(|| options.get_filename().to_owned())
}

/// Makes a new SQLite file its owner's alone: it holds pseudonyms and drafts. SQLite gives the files
/// beside it the same permissions.
#[cfg(unix)]
fn make_private(url: &str) -> Result<(), Error> {
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
fn make_private(_: &str) -> Result<(), Error> {
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
        .busy_timeout(BUSY);
    let failed = |error: sea_orm::sqlx::Error| DbErr::Conn(RuntimeErr::SqlxError(error.into()));
    let connection = SqliteConnection::connect_with(&options)
        .await
        .map_err(failed)?;
    connection.close().await.map_err(failed)
}

/// A new SQLite file gets its write-ahead log with the first connection, and for that SQLite does not
/// wait: of several programs that open it at once all but one would be turned away.
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
            Err(error) if is_busy(&error) && begun.elapsed() < BUSY => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
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

/// `SQLITE_BUSY`, or one of its kinds, which have it in their lowest byte.
fn is_busy(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(error)) = error else {
        return false;
    };
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
        let connection = connect(&url).await.unwrap();
        let pool = connection.get_sqlite_connection_pool();
        let mut held = Vec::new();
        for _ in 0..CONNECTIONS {
            held.push(pool.acquire().await.unwrap());
        }
        let settings = [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("busy_timeout", "10000"),
        ];
        for one in &mut held {
            for (pragma, value) in settings {
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
        let connection = connect(&url).await.unwrap();
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

    #[tokio::test]
    async fn what_is_in_the_way_of_a_server_is_said() {
        let waited = DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout);
        assert!(has_waited_in_vain(&waited));
        let error = why_not("postgres://nobody@127.0.0.1:1/nothing", waited).await;
        assert!(error.to_string().contains("refused"), "{error}");
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
