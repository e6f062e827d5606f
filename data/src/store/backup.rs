//! Backups: everything that makes an installation, in one file that both databases read and write.
//!
//! A backup is gzip around lines of JSON, so `zcat` shows what is in it:
//!
//! 1. the [`Header`]: format, migrations, last entry of the history, tables with columns and row counts;
//! 2. for each table its name and then its rows, each row an array in the order of the header's columns;
//! 3. the [`Trailer`]: the number of lines and the SHA-256 of all of them.
//!
//! Tables, columns and rows are in a fixed order and nothing depends on the clock, so the same content
//! gives the same bytes, whichever database holds it. Columns are read from the database's catalogue: a
//! column that a later migration adds travels without a change here.

mod catalogue;
mod lines;
mod load;
mod restore;
mod write;

pub(super) use restore::temporary_folder;
pub use restore::{Restored, restore, verify_backup};

use super::{Error, Store, migrations};
use crate::domain::refusals;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

refusals! {
    /// Why a backup is not read or restored.
    pub enum BackupRefusal {
        /// The file is no backup.
        NotOne => "backup-not-one",
        /// A later version of the program wrote the backup.
        OfLaterFormat { format: String } => "backup-of-later-format",
        /// The backup was altered in that line.
        Altered { line: u64 } => "backup-altered",
        /// The content does not have the hash that the backup names.
        HashDiffers => "backup-hash-differs",
        /// Something follows the end of the backup.
        GoesOn => "backup-goes-on",
        /// The end of the backup is missing.
        CutOff => "backup-cut-off",
        /// The backup cannot be unpacked.
        Garbled => "backup-garbled",
        /// The table of the backup is not the one of the database.
        TableDiffers { table: String } => "backup-table-differs",
        /// A row of the table refers to a row that is missing.
        ReferenceDangles { table: String } => "backup-reference-dangles",
        /// The file to restore to exists.
        FileIsThere { file: String } => "restore-file-is-there",
        /// The database to restore to has that table.
        DatabaseHolds { table: String } => "restore-database-holds",
    }
}

/// The format that this program writes, and the only one that it reads.
const FORMAT: u32 = 1;

/// How the header begins, whatever the format: known before anything is parsed.
const MARK: &[u8] = br#"{"upr-tracker backup":"#;

/// Every table whose rows are in a backup, in the order in which they are written. One that a database
/// lacks, because its migration is not applied, is passed over.
///
/// A table of a later migration belongs here or in [`LEFT_OUT`]; a test compares both with the schema.
const TABLES: &[&str] = &[
    "account",
    "scale",
    "status",
    "review",
    "recommendation",
    "recommendation_alias",
    "recommendation_text",
    "recommending_state",
    "responsible_body",
    "term",
    "position",
    "link",
    "round",
    "assessment",
    "evidence",
    "assessment_evidence",
    "reported_total",
    "counted_as",
    "event",
    "public_version",
    "security_event",
    "draft",
    "saved_mapping",
    "saved_view",
    "import_run",
    "import_row",
    "import_text",
    "import_outcome",
    "import_document",
];

/// Every table whose rows are in no backup, and why not.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "seaql_migrations",
        "the header names the migrations; when they were applied belongs to one database",
    ),
    (
        "session",
        "a backup must sign nobody in, and somebody signed out since must stay so",
    ),
    (
        "device",
        "browsers that are trusted more than others; a copied backup must trust none",
    ),
    (
        "installation",
        "the keys of one installation, which makes new ones; a copied backup must sign nothing",
    ),
    (
        "presence",
        "who has a form open; forgotten after half a minute",
    ),
    (
        "sign_in_failure",
        "recent wrong passwords; they would lock people out of a restored database",
    ),
    (
        "upload",
        "files of up to 64 MiB that wait a day at most for a mapping and can be uploaded again",
    ),
    ("writer", "the programs that have this one database open"),
];

/// The first line of a backup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    #[serde(rename = "upr-tracker backup")]
    format: u32,
    /// The names of the migrations that the database had applied, in order.
    schema: Vec<String>,
    /// The tables whose rows are not in it, for people who read it.
    left_out: Vec<String>,
    history: History,
    tables: Vec<Table>,
}

/// The last entry of the history.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct History {
    entry: i64,
    hash: String,
    /// Milliseconds since 1970, UTC.
    at: i64,
}

/// A table as the header describes it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: String,
    /// In alphabetical order: the two databases may have added them in different ones.
    columns: Vec<Column>,
    /// The columns of the primary key, by which rows are ordered.
    key: Vec<String>,
    rows: u64,
    /// The highest number that the primary key was ever given, if the database gives them. Numbers of
    /// deleted rows are not given again.
    numbered_to: Option<i64>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    name: String,
    #[serde(rename = "type")]
    kind: Kind,
}

/// What a column holds, and how a row writes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// A JSON number.
    Integer,
    /// A JSON string.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A JSON string with the shortest decimal digits that name the number: parsers of JSON numbers
    /// may round differently.
    Real,
    /// A JSON string of hexadecimal digits.
    Bytes,
}

/// The line that begins the rows of a table.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableStart {
    table: String,
}

/// The last line of a backup.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trailer {
    /// How many lines are before this one.
    lines: u64,
    /// SHA-256 of the lines before this one, line ends included, in hexadecimal.
    sha256: String,
}

/// What a backup holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backup {
    /// The number of the history's last entry; 0 if it is empty.
    pub entries: i64,
    /// The hash of that entry.
    pub hash: String,
    /// How many rows of how many tables.
    pub rows: u64,
    /// The last migration.
    pub schema: String,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
}

impl Header {
    /// What a backup holds, given the hash of its content.
    fn summary(&self, sha256: String) -> Backup {
        Backup {
            entries: self.history.entry,
            hash: self.history.hash.clone(),
            rows: self.tables.iter().map(|table| table.rows).sum(),
            schema: self.schema.last().cloned().unwrap_or_default(),
            sha256,
        }
    }
}

impl Store {
    /// Writes a backup of everything as of this moment while others go on writing. Reads in pieces, so
    /// memory does not grow with the database. Returns `out` with everything written to it, but neither
    /// flushed nor synchronised.
    pub async fn backup<W>(&self, out: W) -> Result<(Backup, W), Error>
    where
        W: Write + Send + 'static,
    {
        let snapshot = self.snapshot().await?;
        let written = write::write(&snapshot, out).await;
        snapshot.rollback().await?;
        written
    }
}

/// Writes a backup of a database as it is: unlike [`Store::open`], this applies no migration.
pub async fn back_up<W>(url: &str, out: W) -> Result<(Backup, W), Error>
where
    W: Write + Send + 'static,
{
    let store = Store::unmigrated_existing(url).await?;
    let written = store.backup(out).await;
    store.close().await?;
    written
}

/// Whether a file begins as an unencrypted backup does.
pub fn is_backup(file: impl Read) -> bool {
    let mut begin = vec![0; MARK.len()];
    flate2::read::GzDecoder::new(file)
        .read_exact(&mut begin)
        .is_ok_and(|()| begin == MARK)
}

/// The migrations that a database has applied, in order.
async fn schema(db: &impl ConnectionTrait) -> Result<Vec<String>, Error> {
    let applied = migrations::applied(db).await?;
    let ordered = migrations::names().filter(|name| applied.iter().any(|known| known == name));
    Ok(ordered.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A table that is neither in [`TABLES`] nor in [`LEFT_OUT`] would be missing from every backup
    /// without anybody having decided so.
    #[tokio::test]
    async fn every_table_of_the_schema_is_in_a_backup_or_named_as_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
        let store = Store::open(&url).await.unwrap();
        let statement = sea_orm::Statement::from_string(
            sea_orm::DbBackend::Sqlite,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
        );
        let rows = store.connection.query_all_raw(statement).await.unwrap();
        let there: BTreeSet<String> = rows
            .iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect();
        let left_out = LEFT_OUT.iter().map(|(name, _)| name);
        let listed: Vec<String> = TABLES
            .iter()
            .chain(left_out)
            .map(|s| (*s).to_owned())
            .collect();
        let distinct: BTreeSet<String> = listed.iter().cloned().collect();
        assert_eq!(distinct.len(), listed.len(), "a table is listed twice");
        let forgotten: Vec<&String> = there.difference(&distinct).collect();
        assert!(
            forgotten.is_empty(),
            "neither in a backup nor named as left out: {forgotten:?}"
        );
        // Of each, every column is of a type that a backup can hold, and there is an order of rows.
        for name in &there {
            let table = catalogue::table(&store.connection, name)
                .await
                .unwrap()
                .unwrap();
            assert!(!table.key.is_empty(), "{name}");
        }
    }
}
