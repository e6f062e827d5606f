//! The append-only history: every change, each entry's hash covering the one before.
//!
//! Whoever alters or removes an entry afterwards breaks every later hash; `upr-tracker check` finds
//! the first one that does not fit. What no chain shows is that its last entries are missing: whoever
//! must be sure of that keeps number and hash of the last entry somewhere else.

use super::entities::{event, recommendation, recommendation_alias};
use super::{Error, Store};
use crate::domain::{Paragraph, ReviewCode};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// An entry of the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Its number; the first is 1.
    pub id: i64,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// The pseudonym of who did it, for signed-in eyes only.
    pub actor: String,
    /// What kind of change.
    pub kind: String,
    /// The round, if it was in one.
    pub round: Option<String>,
    /// What was there, as JSON.
    pub before: Option<String>,
    /// What was there afterwards, as JSON.
    pub after: Option<String>,
}

/// Where the history does not fit together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrokenAt {
    /// The number of the first entry that does not fit.
    pub id: i64,
}

/// SHA-256 in hexadecimal over the previous hash and the entry as a JSON array.
pub(super) fn hash(previous: &str, row: &event::Model) -> String {
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
    hex(&Sha256::digest(entry.to_string().as_bytes()))
}

/// The number and time of the last entry.
pub(super) async fn revision(db: &impl ConnectionTrait) -> Result<(i64, i64), Error> {
    let last: Option<(i64, i64)> = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .column(event::Column::At)
        .order_by_desc(event::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.unwrap_or_default())
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

impl Store {
    /// The entries about one recommendation, newest first, those from when it went by another name
    /// included.
    pub async fn history_of(&self, review: &str, paragraph: &str) -> Result<Vec<Event>, Error> {
        let mut names = match ReviewCode::parse(review) {
            Some(code) => self.other_names(code, paragraph).await?,
            None => Vec::new(),
        };
        names.push(paragraph.to_owned());
        let rows = event::Entity::find()
            .filter(event::Column::Review.eq(review))
            .filter(event::Column::Paragraph.is_in(names))
            .order_by_desc(event::Column::Id)
            .all(&self.connection)
            .await?;
        Ok(rows.into_iter().map(Event::from).collect())
    }

    /// The other names and numbers by which a recommendation is known.
    async fn other_names(&self, review: ReviewCode, paragraph: &str) -> Result<Vec<String>, Error> {
        let Some(review) = super::review_records::find_review(&self.connection, review).await?
        else {
            return Ok(Vec::new());
        };
        let of = sea_orm::sea_query::Query::select()
            .column(recommendation::Column::Id)
            .from(recommendation::Entity)
            .and_where(recommendation::Column::ReviewId.eq(review.id))
            .and_where(recommendation::Column::Paragraph.eq(paragraph))
            .to_owned();
        Ok(recommendation_alias::Entity::find()
            .select_only()
            .column(recommendation_alias::Column::Name)
            .filter(recommendation_alias::Column::ReviewId.eq(review.id))
            .filter(recommendation_alias::Column::RecommendationId.in_subquery(of))
            .into_tuple()
            .all(&self.connection)
            .await?)
    }

    /// The paragraph that a name or number of a review's recommendation leads to by now, if it is not
    /// its own any more.
    pub async fn paragraph_now(
        &self,
        review: ReviewCode,
        name: &Paragraph,
    ) -> Result<Option<Paragraph>, Error> {
        let Some(review) = super::review_records::find_review(&self.connection, review).await?
        else {
            return Ok(None);
        };
        let known = recommendation_alias::Entity::find()
            .filter(recommendation_alias::Column::ReviewId.eq(review.id))
            .filter(recommendation_alias::Column::Name.eq(name.as_str()))
            .order_by_asc(recommendation_alias::Column::RecommendationId)
            .one(&self.connection)
            .await?;
        let Some(known) = known else { return Ok(None) };
        let row = recommendation::Entity::find_by_id(known.recommendation_id)
            .one(&self.connection)
            .await?;
        Ok(row.and_then(|row| Paragraph::parse(&row.paragraph).ok()))
    }

    /// The number and time of the last entry: the version of everything that is recorded. (0, 0) for
    /// an empty history.
    pub async fn revision(&self) -> Result<(i64, i64), Error> {
        revision(&self.connection).await
    }

    /// Computes every hash again. `Ok(Ok(n))`: all `n` entries fit.
    pub async fn verify_history(&self) -> Result<Result<i64, BrokenAt>, Error> {
        const BATCH: u64 = 2_000;
        let (mut previous, mut count) = (String::new(), 0);
        // From below the first, where nothing may be.
        let mut after = i64::MIN;
        loop {
            let rows = event::Entity::find()
                .filter(event::Column::Id.gt(after))
                .order_by_asc(event::Column::Id)
                .limit(BATCH)
                .all(&self.connection)
                .await?;
            if rows.is_empty() {
                return Ok(Ok(count));
            }
            for row in rows {
                // A removed entry shows as a gap in the numbers.
                if row.id != count + 1 || row.hash != hash(&previous, &row) {
                    return Ok(Err(BrokenAt { id: count + 1 }));
                }
                count = row.id;
                after = row.id;
                previous = row.hash;
            }
        }
    }
}

impl From<event::Model> for Event {
    fn from(row: event::Model) -> Self {
        Self {
            id: row.id,
            at: row.at,
            actor: row.actor,
            kind: row.kind,
            round: row.round,
            before: row.before,
            after: row.after,
        }
    }
}

/// A value as the history keeps it.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    // Only maps with keys that are no texts cannot be JSON, and the domain has none.
    serde_json::to_string(value).unwrap_or_default()
}
