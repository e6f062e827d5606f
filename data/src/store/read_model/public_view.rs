//! What the public sees, in the database: the one rule of [`crate::domain::public_view`] as a condition on
//! the history's rows, and the public version, which moves only with public changes.

use crate::domain::public_view::{Entry, REPEATS};
use crate::domain::{EventKind, PublicHistory, ReviewCode, Visibility};
use crate::store::entities::{event, public_version};
use crate::store::history::entry;
use crate::store::{Error, Store};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QuerySelect,
};
use std::collections::HashSet;

/// The key of the version of everything; a review's is its code.
const EVERYTHING: &str = "";

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// The public version as a change moves it.
#[derive(Default)]
pub(crate) struct Moving {
    /// The number that the change gave it, once it has.
    number: Option<i64>,
    /// The reviews that have it.
    reviews: HashSet<String>,
}

impl Moving {
    /// Moves the public version if one of these entries changes what is public: once in a change, and
    /// for each review that is concerned.
    pub(crate) async fn take_in(
        &mut self,
        db: &impl ConnectionTrait,
        now: i64,
        entries: &[event::Model],
    ) -> Result<(), Error> {
        for entry in entries {
            if !of(entry).changes_what_is_public() {
                continue;
            }
            let number = if let Some(number) = self.number {
                number
            } else {
                let number = last_number(db).await? + 1;
                put(db, EVERYTHING, number, now).await?;
                *self.number.insert(number)
            };
            let Some(review) = &entry.review else {
                continue;
            };
            if entry.known_kind().is_some_and(EventKind::removes_review) {
                public_version::Entity::delete_by_id(review.clone())
                    .exec(db)
                    .await?;
                self.reviews.remove(review);
                continue;
            }
            if !self.reviews.contains(review) {
                put(db, review, number, now).await?;
                self.reviews.insert(review.clone());
            }
        }
        Ok(())
    }
}

async fn last_number(db: &impl ConnectionTrait) -> Result<i64, Error> {
    let last = public_version::Entity::find_by_id(EVERYTHING.to_owned())
        .one(db)
        .await?;
    Ok(last.map_or(0, |last| last.number))
}

async fn put(db: &impl ConnectionTrait, review: &str, number: i64, now: i64) -> Result<(), Error> {
    let row = public_version::ActiveModel {
        review: Set(review.to_owned()),
        number: Set(number),
        day: Set(now.div_euclid(DAY) * DAY),
        mark: Set(random_mark()?),
    };
    let over = OnConflict::column(public_version::Column::Review)
        .update_columns([
            public_version::Column::Number,
            public_version::Column::Day,
            public_version::Column::Mark,
        ])
        .to_owned();
    public_version::Entity::insert(row)
        .on_conflict(over)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

fn random_mark() -> Result<i64, Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| Error::System(error.to_string()))?;
    Ok(i64::from_le_bytes(bytes))
}

/// Gives a database that has just got the table its first version.
pub(crate) async fn begin(db: &impl ConnectionTrait, now: i64) -> Result<(), Error> {
    let rows = public_version::Entity::find().all(db).await?;
    if rows.iter().any(|row| row.review == EVERYTHING) {
        return Ok(());
    }
    let number = rows.iter().map(|row| row.number).max().unwrap_or(0);
    put(db, EVERYTHING, number, now).await
}

/// What of a review's history is public. `published` are the slugs of its published rounds.
pub(crate) async fn of_review(
    db: &impl ConnectionTrait,
    review: ReviewCode,
    published: &[&str],
) -> Result<PublicHistory, Error> {
    let version = public_version::Entity::find_by_id(review.to_string())
        .one(db)
        .await?;
    let mut public = PublicHistory {
        number: version.as_ref().map_or(0, |version| version.number),
        day: version.as_ref().map_or(0, |version| version.day),
        ..PublicHistory::default()
    };
    if published.is_empty() {
        return Ok(public);
    }
    // A round of that name may have been published before, and removed since.
    let entries: Vec<(String, i64)> = event::Entity::find()
        .select_only()
        .column(event::Column::Round)
        .column_as(event::Column::Id.max(), "id")
        .filter(event::Column::Review.eq(review.to_string()))
        .filter(event::Column::Round.is_in(published.iter().copied()))
        .filter(event::Column::Kind.eq(EventKind::RoundPublished))
        .group_by(event::Column::Round)
        .into_tuple()
        .all(db)
        .await?;
    public.published = entries.into_iter().collect();
    Ok(public)
}

/// The rule as a condition on rows of one review's history.
pub(crate) fn condition(public: &PublicHistory) -> Condition {
    let repeats = format!("%{REPEATS}%");
    let of = |visibility| {
        let kinds = EventKind::ALL.iter().copied();
        kinds.filter(move |kind| kind.visibility() == visibility)
    };
    let mut any = Condition::any().add(
        Condition::all().add(event::Column::Round.is_null()).add(
            Condition::any()
                .add(event::Column::Kind.is_in(of(Visibility::Public)))
                .add(
                    Condition::all()
                        .add(event::Column::Kind.is_in(of(Visibility::PublicIfRepeated)))
                        .add(
                            Condition::any()
                                .add(event::Column::Before.like(&repeats))
                                .add(event::Column::After.like(&repeats)),
                        ),
                ),
        ),
    );
    for (round, published) in &public.published {
        any = any.add(
            Condition::all()
                .add(event::Column::Round.eq(round))
                .add(event::Column::Id.gte(*published)),
        );
    }
    any
}

impl Store {
    /// Returns true if an entry of the history after number `from`, up to number `to`, removed something that was
    /// public: a text, a recommendation or a review.
    pub async fn has_removed_public(&self, from: i64, to: i64) -> Result<bool, Error> {
        let removing = EventKind::ALL
            .iter()
            .filter(|kind| kind.removes_what_is_public());
        let removal = event::Entity::find()
            .select_only()
            .column(event::Column::Id)
            .filter(event::Column::Id.gt(from))
            .filter(event::Column::Id.lte(to))
            .filter(event::Column::Kind.is_in(removing.map(|kind| kind.code())))
            .into_tuple::<i64>()
            .one(&self.connection)
            .await?;
        Ok(removal.is_some())
    }
}

/// A row as the rule looks at it.
fn of(row: &event::Model) -> Entry<'_> {
    Entry {
        kind: row.known_kind(),
        round: row.round.as_deref(),
        before: row.before.as_deref(),
        after: row.after.as_deref(),
    }
}

impl entry::HistoryEntry {
    /// Returns true if the public sees this entry of a review.
    pub fn is_public(&self, public: &PublicHistory) -> bool {
        let entry = Entry {
            kind: self.kind,
            round: self.round.as_deref(),
            before: self.before.as_deref(),
            after: self.after.as_deref(),
        };
        public.shows(self.id, entry)
    }
}
