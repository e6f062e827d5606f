//! What an upgrade of the schema would do, without doing it.

use super::backup::temporary_folder;
use super::{Error, Finding, PositionChange, Store, claim_order, connection, migrations};
use crate::store::sqlite::open_mark;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::path::{Path, PathBuf};

/// The migrations that a database lacks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pending {
    /// Their names, in order.
    pub migrations: Vec<&'static str>,
    /// Whether the database holds anything that an upgrade that went wrong could damage.
    pub holds_anything: bool,
}

/// What came of trying the migrations that a database lacks.
#[derive(Debug)]
pub struct Rehearsal {
    /// Their names, in order.
    pub migrations: Vec<&'static str>,
    /// What would not be as the history says afterwards.
    pub findings: Vec<Finding>,
    /// The positions that another claim would decide.
    pub positions: Vec<PositionChange>,
}

/// The migrations that a database lacks; `None` if there is no database of ours. Changes nothing.
pub async fn pending_migrations(url: &str) -> Result<Option<Pending>, Error> {
    if let Some(file) = connection::sqlite_file(url)
        && !file.metadata().is_ok_and(|there| there.len() > 0)
    {
        return Ok(None);
    }
    // Closing it in good order would remove the mark that tells that the log is missing.
    open_mark::refuse_missing_log(url).await?;
    let store = Store::unmigrated(url).await?;
    let pending = pending(&store.connection).await;
    store.close().await?;
    pending
}

async fn pending(db: &impl ConnectionTrait) -> Result<Option<Pending>, Error> {
    if !migrations::is_begun(db).await? {
        return Ok(None);
    }
    let migrations = lacking(db).await?;
    let holds_anything = migrations.is_empty() || holds_anything(db).await?;
    Ok(Some(Pending {
        migrations,
        holds_anything,
    }))
}

/// Applies the migrations that a database lacks where that changes nothing: to a copy of a SQLite file,
/// in PostgreSQL in a transaction that is rolled back.
pub async fn rehearse_migrations(url: &str) -> Result<Rehearsal, Error> {
    let source = Store::unmigrated_existing(url).await?;
    let migrations = lacking(&source.connection).await?;
    if migrations.is_empty() {
        source.close().await?;
        return Ok(Rehearsal {
            migrations,
            findings: Vec::new(),
            positions: Vec::new(),
        });
    }
    let (findings, positions) = if let Some(file) = connection::sqlite_file(url) {
        Box::pin(rehearse_on_copy(source, &file)).await?
    } else {
        let mut change = source.begin(&super::Actor::command_line()).await?;
        let positions = Box::pin(claim_order::upgrade(&mut change)).await?;
        let findings = Store::check_history(&change.tx).await?;
        // Dropped, a change never happened.
        drop(change);
        source.close().await?;
        (findings, positions)
    };
    Ok(Rehearsal {
        migrations,
        findings,
        positions,
    })
}

async fn rehearse_on_copy(
    source: Store,
    file: &Path,
) -> Result<(Vec<Finding>, Vec<PositionChange>), Error> {
    let folder = temporary_folder(file)?;
    let copy = folder.path().join("copy.sqlite");
    let name = copy.to_string_lossy().into_owned();
    // Of one moment, the write-ahead log included, while others go on writing.
    let copying = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]);
    source.connection.execute_raw(copying).await?;
    source.close().await?;
    let store = Store::open(&connection::sqlite_url(&copy)?).await?;
    let snapshot = store.snapshot().await?;
    let findings = Store::check_history(&snapshot).await?;
    snapshot.rollback().await?;
    let positions = store.changed_by_upgrade().to_vec();
    store.close().await?;
    Ok((findings, positions))
}

/// The file of a SQLite database, given its address.
pub fn database_file(url: &str) -> Option<PathBuf> {
    connection::sqlite_file(url)
}

async fn lacking(db: &impl ConnectionTrait) -> Result<Vec<&'static str>, Error> {
    let applied = migrations::applied(db).await?;
    let lacking = migrations::names().filter(|name| !applied.iter().any(|known| known == name));
    Ok(lacking.collect())
}

async fn holds_anything(db: &impl ConnectionTrait) -> Result<bool, Error> {
    let any = Statement::from_string(db.get_database_backend(), "SELECT 1 FROM event LIMIT 1");
    Ok(db.query_one_raw(any).await?.is_some())
}
