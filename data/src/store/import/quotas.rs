//! How much people may have waiting: files that are arriving, files whose columns have to be explained, and
//! files that are read and neither applied nor given up.

use crate::domain::refusals;
use crate::store::entities::{import_run, upload};
use crate::store::{Account, Actor, Error, Store};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

refusals! {
    /// Why no more files are accepted: sizes in megabytes.
    pub enum QuotaRefusal {
        /// The files of this person take too much room.
        OfPerson { max: u64, used: u64, left: u64 } => "import-quota-of-person",
        /// The files of everybody take too much room.
        InAll { max: u64, used: u64, left: u64 } => "import-quota-in-all",
    }
}

/// How much may wait, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quotas {
    /// Of one person.
    pub per_person: u64,
    /// Of all together.
    pub in_all: u64,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            per_person: 2 << 30,
            in_all: 8 << 30,
        }
    }
}

/// How much waits, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Waiting {
    /// Of one person.
    pub of_person: u64,
    /// Of all together.
    pub in_all: u64,
}

/// Bytes that are arriving, by account.
pub(crate) type Arriving = Arc<Mutex<HashMap<i64, u64>>>;

/// A file that is arriving: it counts until this is dropped.
pub struct Arrival {
    arriving: Arriving,
    account: i64,
    bytes: u64,
    kept: Waiting,
    quotas: Quotas,
}

impl Quotas {
    /// How much more may come; refuses if that is less than is wanted.
    pub(crate) fn check(&self, waiting: Waiting, more: u64) -> Result<(), QuotaRefusal> {
        let left = |quota: u64, used: u64| quota.saturating_sub(used);
        let megabytes = |bytes: u64| bytes >> 20;
        let in_megabytes = |quota: u64, used: u64| {
            let left = left(quota, used);
            (megabytes(quota), megabytes(used), megabytes(left))
        };
        if more > left(self.per_person, waiting.of_person) {
            let (max, used, left) = in_megabytes(self.per_person, waiting.of_person);
            return Err(QuotaRefusal::OfPerson { max, used, left });
        }
        if more > left(self.in_all, waiting.in_all) {
            let (max, used, left) = in_megabytes(self.in_all, waiting.in_all);
            return Err(QuotaRefusal::InAll { max, used, left });
        }
        Ok(())
    }
}

impl Store {
    /// Sets how much may wait; only the first call counts.
    pub fn set_quotas(&self, quotas: Quotas) {
        let _ = self.quotas.set(quotas);
    }

    /// How much may wait.
    pub fn quotas(&self) -> Quotas {
        self.quotas.get().copied().unwrap_or_default()
    }

    /// How much waits of one person and of all, files that are arriving in this program included.
    pub async fn waiting(&self, account: &Account) -> Result<Waiting, Error> {
        let kept = self
            .kept_waiting(&Actor(account.pseudonym.clone()), Some(account.id))
            .await?;
        Ok(self.with_arriving(account.id, kept))
    }

    /// Begins to take a file from a person that will have at least so many bytes. Refuses if that
    /// would be more than may wait.
    pub async fn begin_arrival(&self, account: &Account, bytes: u64) -> Result<Arrival, Error> {
        let kept = self
            .kept_waiting(&Actor(account.pseudonym.clone()), Some(account.id))
            .await?;
        let quotas = self.quotas();
        quotas.check(self.with_arriving(account.id, kept), bytes)?;
        Ok(Arrival {
            arriving: Arc::clone(&self.arriving),
            account: account.id,
            bytes: 0,
            kept,
            quotas,
        })
    }

    fn with_arriving(&self, account: i64, mut waiting: Waiting) -> Waiting {
        let arriving = self.arriving.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.of_person += arriving.get(&account).copied().unwrap_or_default();
        waiting.in_all += arriving.values().sum::<u64>();
        waiting
    }

    /// What the database holds.
    pub(crate) async fn kept_waiting(
        &self,
        actor: &Actor,
        account: Option<i64>,
    ) -> Result<Waiting, Error> {
        let sum = |column: Expr| Expr::expr(Func::sum(column)).cast_as("BIGINT");
        let staged: Vec<(String, Option<i64>)> = import_run::Entity::find()
            .select_only()
            .column(import_run::Column::Actor)
            .expr_as(sum(Expr::col(import_run::Column::Staged)), "bytes")
            .filter(import_run::Column::Staged.gt(0))
            .group_by(import_run::Column::Actor)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let length = Func::cust("length").arg(Expr::col(upload::Column::Content));
        let uploads: Vec<(i64, Option<i64>)> = upload::Entity::find()
            .select_only()
            .column(upload::Column::AccountId)
            .expr_as(sum(Expr::expr(length)), "bytes")
            .group_by(upload::Column::AccountId)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let staged = staged.into_iter().map(|(of, bytes)| (of == actor.0, bytes));
        let uploads = uploads
            .into_iter()
            .map(|(of, bytes)| (Some(of) == account, bytes));
        let mut waiting = Waiting::default();
        for (is_persons, bytes) in staged.chain(uploads) {
            let bytes = bytes
                .and_then(|bytes| u64::try_from(bytes).ok())
                .unwrap_or(0);
            waiting.in_all += bytes;
            waiting.of_person += if is_persons { bytes } else { 0 };
        }
        Ok(waiting)
    }
}

impl Arrival {
    /// Counts the next bytes; refuses if they are more than may wait.
    pub fn add(&mut self, bytes: u64) -> Result<(), QuotaRefusal> {
        let mut arriving = self.arriving.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = Waiting {
            of_person: self.kept.of_person
                + arriving.get(&self.account).copied().unwrap_or_default(),
            in_all: self.kept.in_all + arriving.values().sum::<u64>(),
        };
        self.quotas.check(waiting, bytes)?;
        *arriving.entry(self.account).or_default() += bytes;
        self.bytes += bytes;
        Ok(())
    }

    /// How many bytes have come.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        let mut arriving = self.arriving.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = arriving.get_mut(&self.account) {
            *bytes = bytes.saturating_sub(self.bytes);
            if *bytes == 0 {
                arriving.remove(&self.account);
            }
        }
    }
}
