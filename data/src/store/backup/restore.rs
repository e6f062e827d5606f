//! Restoring a backup: into a place of its own, verified there, and put in place only then.
//!
//! SQLite: a file in a temporary folder beside the database, renamed when everything is verified.
//! PostgreSQL: one transaction, committed when everything is verified.

use super::super::{Actor, Error, Finding, Store, claim_order, connection, migrations};
use super::catalogue::{self, quoted};
use super::load::{Reading, must_fit};
use super::{Backup, Header, Table};
use crate::domain::Message;
use crate::store::BackupRefusal;
use crate::store::history::chain;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What came of restoring.
#[derive(Debug)]
pub enum Restored {
    /// The database is there.
    Done(Backup),
    /// Nothing was put in place: the backup is undamaged, but its rows are not what its history says.
    Refused(Vec<Finding>),
}

/// Restores a backup into a database that does not exist yet (SQLite) or is empty (PostgreSQL).
///
/// Verifies the file's own hash, the chain of the history, and that replaying the history gives the
/// rows, all before anything is put in place. `despite_findings` puts in place also what fails the last
/// two: rows that somebody altered are better than none if there is no other backup.
pub async fn restore<R>(url: &str, from: R, despite_findings: bool) -> Result<Restored, Error>
where
    R: Read + Send + 'static,
{
    let restoring = Restoring {
        despite_findings,
        keep: true,
    };
    let Some(file) = connection::sqlite_file(url) else {
        if url.starts_with("sqlite:") {
            let why = "a database that is held in memory cannot be restored into";
            return Err(Error::System(why.to_owned()));
        }
        return restoring.postgres(url, from).await;
    };
    must_be_free(&file)?;
    restoring.beside(&file, from).await
}

/// Verifies a backup as restoring does, in a temporary database in this folder that is removed again.
pub async fn verify_backup<R>(folder: &Path, from: R) -> Result<Restored, Error>
where
    R: Read + Send + 'static,
{
    let restoring = Restoring {
        despite_findings: false,
        keep: false,
    };
    restoring.beside(&folder.join("verified"), from).await
}

#[derive(Clone, Copy)]
struct Restoring {
    despite_findings: bool,
    keep: bool,
}

impl Restoring {
    async fn beside<R>(self, file: &Path, from: R) -> Result<Restored, Error>
    where
        R: Read + Send + 'static,
    {
        let (header, reading) = Reading::begin(from).await?;
        migrations::must_be_known(&header.schema)?;
        let beside = temporary_folder(file)?;
        let made = beside.path().join("restored.sqlite");
        let sha256 = load_into_file(&made, &header, reading).await?;
        // Opened as any database from here on, which also applies the migrations that are missing.
        let store = Arc::new(Store::open(&connection::sqlite_url(&made)?).await?);
        let findings = verify_store(&store, &header).await?;
        store.stop().await?;
        if !findings.is_empty() && !self.despite_findings {
            return Ok(Restored::Refused(findings));
        }
        if self.keep {
            put_in_place(&made, file)?;
        }
        Ok(Restored::Done(header.summary(sha256)))
    }

    async fn postgres<R>(self, url: &str, from: R) -> Result<Restored, Error>
    where
        R: Read + Send + 'static,
    {
        let (header, reading) = Reading::begin(from).await?;
        migrations::must_be_known(&header.schema)?;
        let store = Store::unmigrated(url).await?;
        // Takes the lock of all writers: two restores, or a program that starts, take turns.
        let mut change = store.begin(&Actor::command_line()).await?;
        must_be_empty(&change.tx).await?;
        migrations::apply(&change.tx, |name| {
            header.schema.iter().any(|known| known == name)
        })
        .await?;
        must_fit(&change.tx, &header.tables).await?;
        let sha256 = load(&change.tx, &header, reading).await?;
        if !migrations::is_current(&change.tx).await? {
            claim_order::upgrade(&mut change).await?;
        }
        // Without it the planner believes that all tables are empty.
        for table in &header.tables {
            let analyse = format!("ANALYZE {}", quoted(&table.name));
            change.tx.execute_unprepared(&analyse).await?;
        }
        let mut findings = end_of_history(&change.tx, &header).await?;
        findings.extend(Store::check_history(&change.tx).await?);
        if !findings.is_empty() && !self.despite_findings {
            return Ok(Restored::Refused(findings));
        }
        change.commit_unrecorded().await?;
        store.close().await?;
        Ok(Restored::Done(header.summary(sha256)))
    }
}

/// A new folder beside a file, which removes itself, whatever happens but a kill. Only its owner can
/// enter it.
pub(in super::super) fn temporary_folder(file: &Path) -> Result<tempfile::TempDir, Error> {
    let folder = folder_of(file);
    tempfile::Builder::new()
        .prefix(".upr-tracker-")
        .tempdir_in(folder)
        .map_err(|error| Error::System(format!("{}: {error}", folder.display())))
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Refuses to restore to where a file is, or what an earlier database left: SQLite would take its
/// write-ahead log for the new one's.
fn must_be_free(file: &Path) -> Result<(), Error> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let path = PathBuf::from(name);
        if path.symlink_metadata().is_ok() {
            return Err(BackupRefusal::FileIsThere {
                file: path.display().to_string(),
            }
            .into());
        }
    }
    Ok(())
}

/// Refuses a PostgreSQL schema that has any table but those of its extensions.
async fn must_be_empty(db: &impl ConnectionTrait) -> Result<(), Error> {
    let any = "SELECT c.relname::text FROM pg_class c \
               WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') \
               AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') \
               ORDER BY 1 LIMIT 1";
    match catalogue::query(db, any, None).await?.first() {
        Some(row) => Err(BackupRefusal::DatabaseHolds {
            table: row.try_get_by_index::<String>(0)?,
        }
        .into()),
        None => Ok(()),
    }
}

/// Makes a SQLite file of a backup: its tables as of its own migrations, and all rows.
async fn load_into_file(file: &Path, header: &Header, reading: Reading) -> Result<String, Error> {
    let url = connection::sqlite_url(file)?;
    connection::make_private(&url)?;
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .min_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            // The file is thrown away if anything fails, so nothing has to be taken back. Foreign keys
            // are checked all at once afterwards.
            options
                .journal_mode(SqliteJournalMode::Off)
                .synchronous(SqliteSynchronous::Off)
                .foreign_keys(false)
                .pragma("cache_size", "-65536")
        });
    let db = Database::connect(options).await?;
    let loaded = load_rows(&db, header, reading).await;
    db.close().await?;
    loaded
}

async fn load_rows(
    db: &DatabaseConnection,
    header: &Header,
    reading: Reading,
) -> Result<String, Error> {
    db.execute_unprepared("BEGIN").await?;
    migrations::apply(db, |name| header.schema.iter().any(|known| known == name)).await?;
    must_fit(db, &header.tables).await?;
    let sha256 = load(db, header, reading).await?;
    db.execute_unprepared("COMMIT").await?;
    let dangling = catalogue::query(db, "SELECT \"table\" FROM pragma_foreign_key_check", None);
    match dangling.await?.first() {
        Some(row) => {
            let table: String = row.try_get_by_index(0)?;
            Err(BackupRefusal::ReferenceDangles { table }.into())
        }
        None => Ok(sha256),
    }
}

/// Inserts all rows into tables that are there and empty.
///
/// Secondary indexes and, in PostgreSQL, foreign keys are dropped first and made again afterwards
/// as they were: sorting once is several times as fast as finding a place for each row.
async fn load(
    db: &impl ConnectionTrait,
    header: &Header,
    reading: Reading,
) -> Result<String, Error> {
    let (drop, make) = indexes_and_references(db, &header.tables).await?;
    for sql in drop {
        db.execute_unprepared(&sql).await?;
    }
    let sha256 = reading.insert_all(db, &header.tables).await?;
    for table in &header.tables {
        if let Some(given) = table.numbered_to {
            catalogue::number_from(db, &table.name, given).await?;
        }
    }
    for sql in make {
        db.execute_unprepared(&sql).await?;
    }
    Ok(sha256)
}

/// The SQL that drops what is made again after loading, and the SQL that makes it.
async fn indexes_and_references(
    db: &impl ConnectionTrait,
    tables: &[Table],
) -> Result<(Vec<String>, Vec<String>), Error> {
    let (mut drop, mut make) = (Vec::new(), Vec::new());
    for table in tables {
        let found = match db.get_database_backend() {
            DbBackend::Postgres => {
                "SELECT 'DROP INDEX ' || quote_ident(c.relname), pg_get_indexdef(i.indexrelid) \
                 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
                 WHERE i.indrelid = to_regclass($1) \
                 AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid) \
                 UNION ALL SELECT 'ALTER TABLE ' || quote_ident($1) || ' DROP CONSTRAINT ' || quote_ident(conname), \
                 'ALTER TABLE ' || quote_ident($1) || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' \
                 || pg_get_constraintdef(oid) \
                 FROM pg_constraint WHERE conrelid = to_regclass($1) AND contype = 'f'"
            }
            _ => {
                "SELECT 'DROP INDEX \"' || name || '\"', sql FROM sqlite_schema \
                 WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
            }
        };
        for row in catalogue::query(db, found, Some(&table.name)).await? {
            drop.push(row.try_get_by_index(0)?);
            make.push(row.try_get_by_index(1)?);
        }
    }
    Ok((drop, make))
}

/// What is not as the history says in a database that nobody else has open: its chain is verified beside
/// its rows.
async fn verify_store(store: &Arc<Store>, header: &Header) -> Result<Vec<Finding>, Error> {
    let chain = tokio::spawn({
        let store = Arc::clone(store);
        async move { Store::check_chain(&store.connection).await }
    });
    let snapshot = store.snapshot().await?;
    let mut findings = end_of_history(&snapshot, header).await?;
    let rows = Store::check_rows(&snapshot).await?;
    snapshot.rollback().await?;
    let chain = chain
        .await
        .map_err(|error| Error::System(error.to_string()))?;
    findings.extend(chain?);
    findings.extend(rows);
    Ok(findings)
}

/// Whether the history ends as the header says.
async fn end_of_history(db: &impl ConnectionTrait, header: &Header) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    let last = header.history.entry;
    let (is_last, there) = match last {
        0 => {
            let (entries, _) = chain::revision(db).await?;
            (entries == 0, Some(String::new()))
        }
        // Bringing the schema up to date may have added an entry.
        entry => (true, chain::hash_of(db, entry).await?),
    };
    if !is_last || there.as_ref() != Some(&header.history.hash) {
        findings.push(Finding(
            Message::new("check-history-cut-off").with("entry", last),
        ));
    }
    Ok(findings)
}

/// Gives a closed database its name, unless another has taken it meanwhile.
fn put_in_place(made: &Path, file: &Path) -> Result<(), Error> {
    let system = |error: io::Error| Error::System(format!("{}: {error}", file.display()));
    must_be_free(file)?;
    for ending in ["-wal", "-journal"] {
        let mut beside = made.as_os_str().to_owned();
        beside.push(ending);
        if Path::new(&beside)
            .metadata()
            .is_ok_and(|there| there.len() > 0)
        {
            return Err(Error::System(format!(
                "the restored database still has a file {ending}"
            )));
        }
    }
    std::fs::File::open(made)
        .and_then(|made| made.sync_all())
        .map_err(system)?;
    let made = tempfile::TempPath::try_from_path(made).map_err(system)?;
    made.persist_noclobber(file)
        .map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => BackupRefusal::FileIsThere {
                file: file.display().to_string(),
            }
            .into(),
            _ => system(error.error),
        })?;
    #[cfg(unix)]
    std::fs::File::open(folder_of(file))
        .and_then(|folder| folder.sync_all())
        .map_err(system)?;
    Ok(())
}
