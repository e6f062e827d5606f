//! The chain itself: how entries are written as JSON and hashed, and which one is the last.

use crate::domain::{EventKind, PublicVersion};
use crate::store::Error;
use crate::store::entities::event;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use sha2::{Digest, Sha256};

/// The hash of an entry of format 1: SHA-256 in hexadecimal over the previous hash and the entry as a JSON
/// array. Entries that are written now are of format 2: see `commitments`.
pub(crate) fn hash(previous: &str, row: &event::Model) -> String {
    let entry = serde_json::json!([
        previous,
        row.id,
        row.at,
        row.actor,
        row.kind,
        row.review,
        row.round,
        row.paragraph,
        row.before,
        row.after
    ]);
    hex::encode(Sha256::digest(entry.to_string().as_bytes()))
}

/// The state of everything: of the whole record, and of what is public in it. Both are read at once, so
/// that neither is newer than the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Version {
    /// The number of the history's last entry; 0 if it has none.
    pub number: i64,
    /// When that entry was made. Milliseconds since 1970, UTC.
    pub at: i64,
    /// The version of what is public.
    pub public: PublicVersion,
}

/// The columns of a version, as [`LAST`] asks for them.
pub(crate) type VersionParts = (i64, i64, Option<i64>, Option<i64>, Option<i64>);

/// Asks for the version of everything, in one statement: two would be of two moments.
pub(crate) const LAST: &str = "SELECT e.id, e.at, p.number, p.day, p.mark \
    FROM (SELECT id, at FROM event ORDER BY id DESC LIMIT 1) e \
    LEFT JOIN public_version p ON p.review = ''";

impl From<VersionParts> for Version {
    fn from((number, at, public, day, mark): VersionParts) -> Self {
        let public = PublicVersion {
            number: public.unwrap_or_default(),
            day: day.unwrap_or_default(),
            mark: mark.unwrap_or_default(),
        };
        Self { number, at, public }
    }
}

/// The version of everything.
pub(crate) async fn version(db: &impl ConnectionTrait) -> Result<Version, Error> {
    let last = Statement::from_string(db.get_database_backend(), LAST);
    let Some(row) = db.query_one_raw(last).await? else {
        return Ok(Version::default());
    };
    let optional = |column| row.try_get_by_index::<Option<i64>>(column);
    let (public, day, mark) = (optional(2)?, optional(3)?, optional(4)?);
    Ok((
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        public,
        day,
        mark,
    )
        .into())
}

/// When the last entry was made that changes anything but accounts and other small tables: seals, such as the one that
/// an upgrade makes, leave the data as they are. 0 without any. Milliseconds since 1970, UTC.
pub(crate) async fn data_changed_at(db: &impl ConnectionTrait) -> Result<i64, Error> {
    let at: Option<i64> = event::Entity::find()
        .select_only()
        .column(event::Column::At)
        .filter(event::Column::Kind.ne(EventKind::RecordSealed))
        .order_by_desc(event::Column::Id)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(at.unwrap_or_default())
}

/// The number and time of the last entry.
pub(crate) async fn revision(db: &impl ConnectionTrait) -> Result<(i64, i64), Error> {
    let version = version(db).await?;
    Ok((version.number, version.at))
}

/// The hash of an entry; `None` if there is no such entry.
pub(crate) async fn hash_of(
    db: &impl ConnectionTrait,
    entry: i64,
) -> Result<Option<String>, Error> {
    let row = event::Entity::find_by_id(entry).one(db).await?;
    Ok(row.map(|row| row.hash))
}

/// A value as the history keeps it.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    // Only maps with keys that are no texts cannot be JSON, and the domain has none.
    serde_json::to_string(value).unwrap_or_default()
}
