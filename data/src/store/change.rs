//! The one way to change anything.
//!
//! [`Store::begin`] opens the only write transaction there is (SQLite: IMMEDIATE, because a read that
//! turns into a write fails at once when somebody else has written meanwhile; PostgreSQL: an advisory
//! lock, because the history is a chain). Whoever changes rows records an event for it, and
//! [`Change::commit`] refuses a change without one. Sessions, drafts, uploads, staged imports and failed
//! sign-ins are not part of the record: they go through [`Change::commit_unrecorded`].

use super::confirmation::Evidence;
use super::entities::event;
use super::{DatabaseRefusal, Error, NewEvent, Outage, Store, migrations};
use crate::domain::Sealed;
use crate::settings;
use crate::store::history::seals;
use crate::store::history::triggers;
use crate::store::history::{chain, commitments};
use crate::store::read_model::{pg_listener, public_view};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, IsolationLevel, QueryOrder,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::MutexGuard;

/// Who changes something: a pseudonym, or the command line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor(pub String);

impl Actor {
    /// Whoever runs the program on the machine itself.
    pub fn command_line() -> Self {
        Self("command line".to_owned())
    }
}

/// A change under way. Dropped without a commit, it never happened.
pub(crate) struct Change<'a> {
    pub(crate) tx: DatabaseTransaction,
    actor: Actor,
    now: i64,
    last: Option<(i64, String)>,
    recorded: usize,
    store: &'a Store,
    // The public version, if this change has moved it.
    public: crate::store::read_model::public_view::Moving,
    /// The tables that have to be sealed at the end.
    touched: BTreeSet<Sealed>,
    doubt: Doubt<'a>,
    turn: HeldTurn<'a>,
}

/// The turn to write, for as long as a change needs it. In one process writers queue for it, in order, instead of
/// polling SQLite's lock. It has no guard where the caller keeps the turn when the change has ended, and borrows it
/// from the caller. An enum of both would make every future larger that holds a change.
struct HeldTurn<'a> {
    guard: Option<MutexGuard<'a, Turn>>,
    of_caller: PhantomData<&'a mut Turn>,
}

impl<'a> HeldTurn<'a> {
    fn of_change(guard: MutexGuard<'a, Turn>) -> Self {
        Self {
            guard: Some(guard),
            of_caller: PhantomData,
        }
    }

    fn of_caller(_: &'a mut Turn) -> Self {
        Self {
            guard: None,
            of_caller: PhantomData,
        }
    }
}

/// Puts the connection for changes in doubt, unless the change was confirmed.
struct Doubt<'a> {
    is_in_doubt: &'a AtomicBool,
    is_confirmed: bool,
}

impl Drop for Doubt<'_> {
    fn drop(&mut self) {
        if !self.is_confirmed {
            self.is_in_doubt.store(true, Ordering::Release);
        }
    }
}

/// What a writer leaves to the next one.
#[derive(Default)]
pub(crate) struct Turn {
    /// When another program's lock last kept a writer of this one waiting in vain.
    refused_at: Option<Instant>,
}

/// Between two attempts at a lock that another program holds.
const AGAIN: Duration = Duration::from_millis(20);

/// Any number that no other program uses for a lock of its own in the same PostgreSQL.
const WRITE_LOCK: i64 = 0x7570_7274;

impl Store {
    /// Begins a change.
    pub(crate) async fn begin(&self, actor: &Actor) -> Result<Change<'_>, Error> {
        let arrived = Instant::now();
        let mut turn = self.writers.lock().await;
        let tx = self.begin_writing(&mut turn, arrived).await?;
        Ok(self.change_of(tx, HeldTurn::of_change(turn), actor))
    }

    /// Begins a change of a caller that has waited for the turn since `arrived`, and keeps it behind the change.
    pub(crate) async fn begin_with_turn<'a>(
        &'a self,
        turn: &'a mut Turn,
        actor: &Actor,
        arrived: Instant,
    ) -> Result<Change<'a>, Error> {
        let tx = self.begin_writing(turn, arrived).await?;
        Ok(self.change_of(tx, HeldTurn::of_caller(turn), actor))
    }

    fn change_of<'a>(
        &'a self,
        tx: DatabaseTransaction,
        turn: HeldTurn<'a>,
        actor: &Actor,
    ) -> Change<'a> {
        Change {
            tx,
            actor: actor.clone(),
            now: super::now(),
            last: None,
            recorded: 0,
            store: self,
            public: crate::store::read_model::public_view::Moving::default(),
            doubt: Doubt {
                is_in_doubt: &self.is_in_doubt,
                is_confirmed: false,
            },
            turn,
            touched: BTreeSet::new(),
        }
    }

    /// Opens the transaction as soon as no other program holds the lock. On SQLite it gives up after a while.
    async fn begin_writing(
        &self,
        turn: &mut Turn,
        arrived: Instant,
    ) -> Result<DatabaseTransaction, Error> {
        // Whoever waited here while another program's lock was in the way has waited for it already.
        let waited = turn.refused_at.is_some_and(|refused| refused > arrived);
        let deadline = if waited { arrived } else { Instant::now() } + settings::FOREIGN_LOCK_WAIT;
        loop {
            if waited && Instant::now() >= deadline {
                let cause = "refused together with the change before".to_owned();
                return Err(Error::Unavailable(Outage::Locked, cause));
            }
            #[allow(clippy::disallowed_methods)] // The one place.
            let begun = self
                .writer
                .begin_with_options(TransactionOptions {
                    isolation_level: match self.writer.get_database_backend() {
                        DbBackend::Postgres => Some(IsolationLevel::ReadCommitted),
                        _ => None,
                    },
                    sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                    ..Default::default()
                })
                .await;
            let error = match begun {
                Ok(tx) => {
                    turn.refused_at = None;
                    if tx.get_database_backend() == DbBackend::Postgres {
                        let lock = format!("SELECT pg_advisory_xact_lock({WRITE_LOCK})");
                        tx.execute_unprepared(&lock).await?;
                    }
                    return Ok(tx);
                }
                Err(error) => Error::from(error),
            };
            if !matches!(error, Error::Unavailable(Outage::Locked, _)) {
                self.is_in_doubt.store(true, Ordering::Release);
                return Err(error);
            }
            if Instant::now() >= deadline {
                turn.refused_at = Some(Instant::now());
                return Err(error);
            }
            tokio::time::sleep(AGAIN).await;
        }
    }
}

impl Store {
    /// Opens a transaction that only reads, and sees everything as of one moment.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, Error> {
        let isolation_level = match self.connection.get_database_backend() {
            DbBackend::Postgres => Some(IsolationLevel::RepeatableRead),
            // SQLite's deferred transaction is a snapshot from its first read on.
            _ => None,
        };
        let options = TransactionOptions {
            isolation_level,
            ..Default::default()
        };
        #[allow(clippy::disallowed_methods)] // Nothing is written in it.
        Ok(self.connection.begin_with_options(options).await?)
    }
}

impl Change<'_> {
    /// When this change happens: one time for all of it.
    pub(crate) fn now(&self) -> i64 {
        self.now
    }

    /// Sets who is named in the entries that are recorded from now on.
    pub(crate) fn set_actor(&mut self, actor: &Actor) {
        self.actor.clone_from(actor);
    }

    /// Adds events to the history, each hash covering the one before.
    pub(crate) async fn record(&mut self, events: Vec<NewEvent>) -> Result<(), Error> {
        let actor = self.actor.clone();
        let events = events.into_iter().map(|event| (actor.clone(), event));
        self.record_of(events.collect()).await
    }

    /// Adds events of several people to the history.
    pub(crate) async fn record_of(&mut self, events: Vec<(Actor, NewEvent)>) -> Result<(), Error> {
        let (mut id, mut hash) = match self.last.take() {
            Some(last) => last,
            None => event::Entity::find()
                .order_by_desc(event::Column::Id)
                .one(&self.tx)
                .await?
                .map_or((0, String::new()), |last| (last.id, last.hash)),
        };
        self.recorded += events.len();
        let mut seeds = commitments::seeds(events.len())?.into_iter();
        for (_, new) in &events {
            self.touched.extend(new.kind().sealed());
        }
        let mut rows = Vec::with_capacity(events.len());
        for (actor, new) in events {
            id += 1;
            let mut row = new.into_row(id, self.now, actor.0, seeds.next());
            hash = commitments::hash(&hash, &row)
                .ok_or_else(|| Error::System("an entry without a seed".to_owned()))?;
            row.hash.clone_from(&hash);
            rows.push(row);
        }
        self.last = Some((id, hash));
        self.public.take_in(&self.tx, self.now, &rows).await?;
        super::insert_all::<event::Entity, event::ActiveModel>(&self.tx, rows).await
    }

    /// The number of the last entry that this change has added; 0 if none.
    pub(crate) fn last_number(&self) -> i64 {
        self.last.as_ref().map_or(0, |(id, _)| *id)
    }

    /// Whether anything has been added to the history yet.
    pub(crate) fn has_recorded(&self) -> bool {
        self.recorded > 0
    }

    /// The numbers of the first and the last entry that it has added to the history.
    pub(crate) fn entries(&self) -> Option<(i64, i64)> {
        let recorded = i64::try_from(self.recorded).unwrap_or(i64::MAX);
        let (last, _) = self.last.as_ref().filter(|_| recorded > 0)?;
        Some((last - recorded + 1, *last))
    }

    /// Makes it so.
    pub(crate) async fn commit(mut self) -> Result<(), Error> {
        if self.recorded == 0 {
            return Err(Error::System(
                "a change without an entry in the history".to_owned(),
            ));
        }
        self.seal().await?;
        if self.store.announces {
            pg_listener::announce(&self.tx).await?;
        }
        self.finish().await
    }

    /// Makes it so, for what is no part of the record: sessions, drafts, uploads, staged imports, failed
    /// sign-ins.
    pub(crate) async fn commit_unrecorded(mut self) -> Result<(), Error> {
        self.seal().await?;
        self.finish().await
    }

    /// Commits, and returns only when another connection sees the change. A commit that was reported as
    /// done is not enough: on a connection whose state the driver has lost it is none, and PostgreSQL
    /// answers the COMMIT of a transaction that has failed with a rollback and no error.
    async fn finish(self) -> Result<(), Error> {
        let Self {
            tx,
            now,
            last,
            recorded,
            store,
            turn,
            mut doubt,
            ..
        } = self;
        store.refuse_if_moved()?;
        let entry = last.filter(|_| recorded > 0);
        let evidence = match entry {
            // The entry's hash covers all before it: nothing else can have made it.
            Some((id, hash)) if store.is_marked() => Evidence::Entry { id, hash },
            _ => store.sign(&tx, now).await?,
        };
        let committed = tx.commit().await.map_err(Error::from);
        let confirmed = store.confirm(&evidence).await;
        doubt.is_confirmed = confirmed.is_ok();
        drop(doubt);
        drop(turn.guard);
        match (committed, confirmed) {
            // Where only the answer to the COMMIT was lost, the change is there all the same.
            (_, Ok(())) => {
                store.settle_mark().await;
                store.refuse_if_moved()
            }
            (Err(error), Err(_)) | (Ok(()), Err(error)) => {
                store.health.note_refusal(&error);
                Err(error)
            }
        }
    }

    /// Brings the schema up to date, and seals every table as it is. What was altered before this in a database that
    /// has no seal yet stays unnoticed. If there is a seal, the tables are compared with it first: otherwise anybody
    /// could have alterations sealed by claiming an older schema. A migration that changes values of sealed tables
    /// has to take that into account; none does yet.
    ///
    /// Returns the migrations that it had before; `None` if there is nothing that they could have changed.
    pub(crate) async fn upgrade(&mut self) -> Result<Option<Vec<String>>, Error> {
        let applied = migrations::applied_if_begun(&self.tx).await?;
        migrations::bring_up_to_date(&self.tx).await?;
        public_view::begin(&self.tx, self.now).await?;
        let (entries, _) = chain::revision(&self.tx).await?;
        if entries > 0 {
            self.touched = seals::all();
        }
        let touched = std::mem::take(&mut self.touched);
        if touched.is_empty() {
            return Ok(None);
        }
        let seal = seals::seal(&self.tx, &self.tx, &touched).await?;
        self.record(vec![seal]).await?;
        Ok(Some(applied))
    }

    /// Seals the tables that this change may have touched. Refuses if a trigger may have changed them as well: the seal
    /// would vouch for that.
    async fn seal(&mut self) -> Result<(), Error> {
        let touched = std::mem::take(&mut self.touched);
        if touched.is_empty() {
            return Ok(());
        }
        if let Some(trigger) = triggers::all(&self.tx).await?.pop() {
            return Err(DatabaseRefusal::HasTrigger {
                name: trigger.clone(),
            }
            .into());
        }
        let seal = seals::seal(&self.tx, &self.store.connection, &touched).await?;
        self.record(vec![seal]).await
    }
}
