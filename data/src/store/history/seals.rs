//! Seals: entries of the history that hold a digest of everything in a small table.
//!
//! What the other entries say of accounts, rounds, scales, reviews and imports leaves columns out: a
//! password's hash, the order of rows, what a file was called. A change of any of these ends with a seal of
//! the tables that it may have touched, so that `check` can hold every column of every row against the
//! history. Recommendations, assessments and evidence are far too many for that; their entries
//! say all of them.
//!
//! A change that seals a table first compares its rows with the newest seal, since the new seal would
//! otherwise vouch for what was altered in between. A seal names the tables that differed as `broken`, and
//! `check` reports them for good.
//!
//! A database that has no seal yet is sealed as it is when it is brought up to date: what was altered before that day
//! stays unnoticed, what is altered after it does not.

use crate::domain::{EventKind, Sealed};
use crate::store::entities::{
    account, event, import_run, recommendation_alias, reported_total, review, round, scale, status,
};
use crate::store::history::chain;
use crate::store::history::events::Seal;
use crate::store::{Error, Event, NewEvent};
use sea_orm::sea_query::Value;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryFilter,
    QueryOrder, Select,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Columns of `import_run` that say how far a run is, not what it was.
const PASSING: [&str; 3] = ["progress", "beat_at", "staged"];

impl Sealed {
    /// The table's name in the database.
    fn table(self) -> &'static str {
        match self {
            Self::Accounts => "account",
            Self::Aliases => "recommendation_alias",
            Self::Imports => "import_run",
            Self::ReportedTotals => "reported_total",
            Self::Reviews => "review",
            Self::Rounds => "round",
            Self::Scales => "scale",
            Self::Statuses => "status",
        }
    }

    async fn digest(self, db: &impl ConnectionTrait) -> Result<String, Error> {
        match self {
            Self::Accounts => digest(db, account::Entity::find(), &[]).await,
            Self::Aliases => digest(db, recommendation_alias::Entity::find(), &[]).await,
            // A run that changed nothing is no part of the record.
            Self::Imports => {
                let of_record =
                    import_run::Entity::find().filter(import_run::Column::LastEvent.is_not_null());
                digest(db, of_record, &PASSING).await
            }
            Self::ReportedTotals => digest(db, reported_total::Entity::find(), &[]).await,
            Self::Reviews => digest(db, review::Entity::find(), &[]).await,
            Self::Rounds => digest(db, round::Entity::find(), &[]).await,
            Self::Scales => digest(db, scale::Entity::find(), &[]).await,
            Self::Statuses => digest(db, status::Entity::find(), &[]).await,
        }
    }
}

/// SHA-256, in hexadecimal, over the digests of all rows, sorted: databases sort texts differently.
async fn digest<E>(
    db: &impl ConnectionTrait,
    rows: Select<E>,
    passing: &[&str],
) -> Result<String, Error>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let mut digests: Vec<[u8; 32]> = Vec::new();
    for row in rows.all(db).await? {
        let mut values = BTreeMap::new();
        for column in E::Column::iter().filter(|column| !passing.contains(&column.as_str())) {
            // Without those that are empty, so that a column which a later version adds changes nothing.
            if let Some(value) = json(row.get(column))? {
                values.insert(column.as_str(), value);
            }
        }
        digests.push(Sha256::digest(chain::json(&values).as_bytes()).into());
    }
    digests.sort_unstable();
    Ok(hex::encode(Sha256::digest(digests.concat())))
}

fn json(value: Value) -> Result<Option<serde_json::Value>, Error> {
    Ok(match value {
        Value::Bool(value) => value.map(Into::into),
        Value::Int(value) => value.map(Into::into),
        Value::BigInt(value) => value.map(Into::into),
        Value::Double(value) => value.map(Into::into),
        Value::String(value) => value.map(Into::into),
        _ => return Err(Error::System("a column of another kind".to_owned())),
    })
}

/// A seal of these tables as they are now. `committed` shows them as they were before the change.
pub(crate) async fn seal(
    db: &impl ConnectionTrait,
    committed: &impl ConnectionTrait,
    tables: &BTreeSet<Sealed>,
) -> Result<NewEvent, Error> {
    let newest = newest(db).await?;
    let mut broken = BTreeSet::new();
    if let Some(newest) = &newest {
        for table in tables {
            if newest.told(*table) != table.digest(committed).await? {
                broken.insert(table.table().to_owned());
            }
        }
    }
    let mut tables_now = newest.map(|newest| newest.digests).unwrap_or_default();
    for table in tables {
        let digest = table.digest(db).await?;
        tables_now.insert(table.table().to_owned(), digest);
    }
    let seal = Seal {
        tables: tables_now,
        broken,
    };
    Ok(Event::RecordSealed(seal).outside_reviews())
}

/// What the history says of each table before a change; `None` if nothing was sealed yet.
async fn newest(db: &impl ConnectionTrait) -> Result<Option<Seals>, Error> {
    let newest = event::Entity::find()
        .filter(event::Column::Kind.eq(EventKind::RecordSealed))
        .order_by_desc(event::Column::Id)
        .one(db)
        .await?;
    Ok(newest.map(|newest| {
        let mut seals = Seals::default();
        seals.take(&newest);
        seals
    }))
}

/// Every table that is sealed.
pub(crate) fn all() -> BTreeSet<Sealed> {
    Sealed::ALL.into_iter().collect()
}

/// What the history says of sealed tables.
#[derive(Default)]
pub(crate) struct Seals {
    /// The newest digest of each table.
    digests: BTreeMap<String, String>,
    /// The seals that found a table altered, by their entry's number, with the table.
    pub(crate) broken: Vec<(i64, String)>,
}

impl Seals {
    /// Takes in the next entry.
    pub(crate) fn take(&mut self, event: &event::Model) {
        if event.known_kind() == Some(EventKind::RecordSealed)
            && let Some(Event::RecordSealed(seal)) = Event::of(event)
        {
            self.digests.extend(seal.tables);
            let broken = seal.broken.into_iter();
            self.broken.extend(broken.map(|table| (event.id, table)));
        }
    }

    /// The newest digest of a table. One that was never sealed has nothing in it.
    fn told(&self, table: Sealed) -> String {
        let told = self.digests.get(table.table()).cloned();
        told.unwrap_or_else(|| hex::encode(Sha256::digest([])))
    }

    /// The tables that are not as they were sealed.
    pub(crate) async fn altered(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Vec<&'static str>, Error> {
        let mut altered = Vec::new();
        for sealed in Sealed::ALL {
            if self.told(sealed) != sealed.digest(db).await? {
                altered.push(sealed.table());
            }
        }
        Ok(altered)
    }
}
