//! Databases: SQLite beside the program, or PostgreSQL.
//!
//! Reading is plain queries over a pool. Changing goes through one transaction type (`change`), which
//! also writes the history; nothing else may open a transaction (`clippy.toml` holds this).

mod backup;
mod change;
mod check;
mod claim_order;
mod confirmation;
mod connection;
pub(crate) mod edits;
mod entities;
mod error;
pub(crate) mod history;
mod import;
mod import_codes;
mod likeness;
mod migrations;
pub(crate) mod people;
mod random;
mod reachability;
pub(crate) mod read_model;
mod readiness;
mod recommendations;
mod redaction;
mod refusal;
pub(crate) mod rounds;
pub(crate) mod samples;
pub(crate) mod sqlite;
mod upgrade;

pub use crate::store::edits::{
    Attached, AttachedLink, EditRefusal, EditTarget, EditToUndo, InRound, Kept as KeptAssessment,
    Part, Why, edit_seen, recommendation_seen,
};
pub use crate::store::history::chain::Version;
pub use crate::store::history::entry::HistoryEntry;
use crate::store::history::events::NewEvent;
pub use crate::store::history::events::{
    CorrectionOpening, Edit, EditKind, Event, HeadlineChoice, HeadlineFigure, RoundContents,
    RoundRemoval, Supersession, Withdrawal,
};
pub use crate::store::history::redaction::{PLACEHOLDER, RedactionRefusal, Removal};
pub use crate::store::import::mappings::{MappingRefusal, SavedMapping};
pub use crate::store::import::quotas::{Arrival, QuotaRefusal, Quotas, Waiting};
pub use crate::store::import::uploads::{Upload, WaitingUpload};
pub use crate::store::people::accounts::{Account, AccountRefusal, NewPassword, ThisBrowser};
pub use crate::store::people::devices::Device;
pub use crate::store::people::hashing::PeerClass;
pub use crate::store::people::presence::Present;
pub use crate::store::people::saved_views::{SavedView, ViewRefusal};
pub use crate::store::people::security_log::{SecurityEntry, SecurityKind};
pub use crate::store::people::sessions::{
    DeviceCookie, OpenSession, SessionTimes, SignIn, SignInRefusal, SignedIn,
};
pub use crate::store::read_model::entries::{BrokenAt, HistoryFilter};
pub use crate::store::read_model::listing::Listing;
pub use crate::store::redaction::{Removed, backups_before};
pub use crate::store::rounds::assessments::{AssessmentRefusal, Save};
pub use crate::store::rounds::bulk::{BulkChange, BulkLine, BulkRefusal, Undone};
pub use crate::store::rounds::corrections::{CORRECTION_REASON_MAX, CorrectionEntry};
pub use crate::store::rounds::drafts::{Draft, DraftForm, DraftReason, FaultyField, UnsavedDraft};
use crate::store::rounds::evidence::evidence_identity;
pub use crate::store::rounds::evidence::{EvidenceRefusal, evidence_seen};
pub use crate::store::rounds::lifecycle::{NewRound, RoundRefusal};
pub use crate::store::rounds::links::LinkRefusal;
pub use crate::store::rounds::open_rounds::OpenRound;
pub use crate::store::rounds::position_choice::ClaimRefusal;
pub use crate::store::rounds::scales::ScaleRefusal;
pub use crate::store::rounds::versions::CarriedOver;
pub use crate::store::samples::seed_rounds::{WholeReview, WholeRound};
pub use crate::store::sqlite::closing::wait_for_closing;
pub use backup::{Backup, BackupRefusal, Restored, back_up, is_backup, restore, verify_backup};
pub use change::Actor;
pub use check::Finding;
pub use claim_order::PositionChange;
pub use connection::DatabaseRefusal;
pub use error::{Error, Outage};
pub use import::{
    Candidate, Content, Decision, ImportRefusal, ImportedRow, Merged, NewRun, Outcome, Phase,
    Problem, Progress, Run, RunState, StagedRow, Summary, UndoPreview, UndoneItems, Which,
};
pub use reachability::Reachability;
pub use readiness::Unready;
pub use refusal::{Conflict, Refusal};
pub use upgrade::{Pending, Rehearsal, database_file, pending_migrations, rehearse_migrations};

use crate::store::read_model::pg_listener::Heard;
use crate::store::sqlite::wal_index::WalIndex;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IntoActiveModel,
    Iterable, Statement,
};
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Arc, OnceLock};
use std::time::{SystemTime, UNIX_EPOCH};

/// A database, open and at the present schema. A store that is dropped closes its database in good order
/// beside the program; see [`wait_for_closing`].
pub struct Store {
    connection: DatabaseConnection,
    // For changes only; see `change`.
    writer: DatabaseConnection,
    // Looks at what was committed; see `confirmation`.
    witness: DatabaseConnection,
    page_limit: Arc<AtomicU32>,
    // Whether the connection for changes has to show that it can write.
    is_in_doubt: Arc<AtomicBool>,
    own: confirmation::Own,
    health: readiness::Health,
    is_closed: AtomicBool,
    writers: tokio::sync::Mutex<change::Turn>,
    // Assessments that wait to be saved.
    saves: crate::store::rounds::saving::SaveQueue,
    // What has been read already; see `review_records`.
    kept: crate::store::read_model::review_records::Kept,
    // Turns at hashing passwords, and what else signing in remembers.
    sign_ins: crate::store::people::sessions::SignIns,
    // Imports under way.
    running: import::Running,
    // How much may wait to be imported, and what is arriving.
    quotas: OnceLock<Quotas>,
    arriving: crate::store::import::quotas::Arriving,
    // The positions that changed when this store upgraded its database.
    upgraded: OnceLock<Vec<PositionChange>>,
    // Whether changes are announced to other programs.
    announces: bool,
    // Where somebody asked for that, these tell without a query whether anything was written: on SQLite,
    wal_index: OnceLock<WalIndex<Version>>,
    // and on PostgreSQL.
    heard: OnceLock<Heard>,
}

impl Store {
    /// Opens a database, creating and migrating it as needed. Refuses a SQLite database whose write-ahead
    /// log is missing.
    pub async fn open(url: &str) -> Result<Self, Error> {
        crate::store::sqlite::open_mark::refuse_missing_log(url).await?;
        Self::opened(Self::unmigrated(url).await?).await
    }

    /// Opens a database that is there, migrating it as needed; refuses where nothing of ours is.
    pub async fn open_existing(url: &str) -> Result<Self, Error> {
        Self::opened(Self::unmigrated_existing(url).await?).await
    }

    async fn opened(store: Self) -> Result<Self, Error> {
        store.migrate().await?;
        store.load_built_in_scales().await?;
        store.number_evidence().await?;
        Ok(store)
    }

    /// Opens a database of ours that is there, whatever its schema is.
    async fn unmigrated_existing(url: &str) -> Result<Self, Error> {
        connection::must_be_there(url)?;
        crate::store::sqlite::open_mark::refuse_missing_log(url).await?;
        let store = Self::unmigrated(url).await?;
        if migrations::is_begun(&store.connection).await? {
            return Ok(store);
        }
        store.close().await?;
        Err(DatabaseRefusal::NotOurs.into())
    }

    /// Opens a database whatever its schema is. Most of what a store does needs the present one.
    async fn unmigrated(url: &str) -> Result<Self, Error> {
        let connections = Box::pin(connection::connect(url)).await?;
        let connection = connections.readers;
        Ok(Self {
            announces: crate::store::read_model::pg_listener::takes_announcements(&connection)
                .await,
            connection,
            writer: connections.writer,
            witness: connections.witness,
            page_limit: connections.page_limit,
            is_in_doubt: connections.is_in_doubt,
            own: confirmation::Own::new(url)?,
            health: readiness::Health::default(),
            is_closed: AtomicBool::new(false),
            writers: tokio::sync::Mutex::default(),
            saves: crate::store::rounds::saving::SaveQueue::default(),
            kept: crate::store::read_model::review_records::Kept::default(),
            sign_ins: crate::store::people::sessions::SignIns::default(),
            running: import::Running::default(),
            quotas: OnceLock::new(),
            arriving: crate::store::import::quotas::Arriving::default(),
            upgraded: OnceLock::new(),
            wal_index: OnceLock::new(),
            heard: OnceLock::new(),
        })
    }

    /// Brings the schema up to date. Two programs that open a new database at once take turns.
    async fn migrate(&self) -> Result<(), Error> {
        if migrations::is_current(&self.connection).await? {
            return Ok(());
        }
        let is_begun = migrations::is_begun(&self.connection).await?;
        let mut change = self.begin(&Actor::command_line()).await?;
        let positions = Box::pin(claim_order::upgrade(&mut change)).await?;
        change.commit_unrecorded().await?;
        // Only one upgrade happens in the life of a store.
        let _ = self.upgraded.set(positions);
        if is_begun {
            crate::store::sqlite::space::prepare(self).await?;
        }
        Ok(())
    }

    /// The positions that another claim decides since this store upgraded its database.
    pub fn changed_by_upgrade(&self) -> &[PositionChange] {
        self.upgraded.get().map_or(&[], Vec::as_slice)
    }

    /// Makes [`revision`](Self::revision) cheap, for a program that asks for it all the time: on SQLite
    /// it is asked for only when something was written. On PostgreSQL it does that for
    /// [`revision_heard`](Self::revision_heard).
    pub async fn watch(&self) -> Result<(), Error> {
        if self.connection.get_database_backend() != DbBackend::Sqlite {
            if self.announces {
                self.heard.get_or_init(|| Heard::begin(&self.connection));
            }
            return Ok(());
        }
        let named = "SELECT file FROM pragma_database_list WHERE name = 'main'";
        let named = Statement::from_string(DbBackend::Sqlite, named);
        let Some(row) = self.connection.query_one_raw(named).await? else {
            return Ok(());
        };
        let database: String = row.try_get("", "file")?;
        // Where somebody else was first, that one stays.
        let _ = self.wal_index.set(WalIndex::beside(database.as_ref()));
        Ok(())
    }

    /// Whether somebody watches it for as long as the program runs.
    fn is_watched(&self) -> bool {
        self.wal_index.get().is_some() || self.heard.get().is_some()
    }

    /// Whether the database answers.
    pub async fn is_alive(&self) -> bool {
        self.connection.execute_unprepared("SELECT 1").await.is_ok()
    }
}

/// SHA-256 of a file, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(bytes))
}

/// SHA-256 of a file, piece by piece.
#[derive(Clone, Default)]
pub struct Sha256(sha2::Sha256);

impl Sha256 {
    /// The next piece.
    pub fn add(&mut self, piece: &[u8]) {
        use sha2::Digest as _;
        self.0.update(piece);
    }

    /// The hash, in hexadecimal.
    pub fn finish(self) -> String {
        use sha2::Digest as _;
        hex::encode(self.0.finalize())
    }
}

/// A text as both databases can hold it: PostgreSQL's have no place for the character NUL.
fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

/// An hour, in milliseconds.
const HOUR: i64 = 60 * 60 * 1_000;

/// Milliseconds since 1970, UTC.
fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Inserts rows in as few statements as the databases' limits on parameters allow.
async fn insert_all<E, A>(
    connection: &impl ConnectionTrait,
    rows: Vec<E::Model>,
) -> Result<(), Error>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = E> + Send,
{
    // SQLite takes 32,766 parameters, PostgreSQL 65,535.
    let at_once = (30_000 / E::Column::iter().count().max(1)).max(1);
    let mut rows = rows
        .into_iter()
        .map(IntoActiveModel::into_active_model)
        .peekable();
    while rows.peek().is_some() {
        let batch: Vec<A> = rows.by_ref().take(at_once).collect();
        E::insert_many(batch)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}
