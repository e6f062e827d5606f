//! Lists that a person keeps under a name, such as "Noted, on torture". They are that person's own, change no figure and
//! are no part of the history.

use crate::domain::{ReviewCode, refusals, refuse_invisible};
use crate::store::entities::saved_view;
use crate::store::{Account, Actor, Error, Store, without_nul};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};

refusals! {
    /// Why a view is not saved.
    pub enum ViewRefusal {
        /// Its name is empty or too long.
        NameUnfit { max: usize } => "view-name",
        /// Its address is too long.
        TooLong { max: usize } => "view-too-long",
        /// The person has saved too many.
        TooMany { max: u64 } => "view-too-many",
    }
}

/// Views that one person can save.
const MOST: u64 = 100;
/// Characters of a name at most.
const LONGEST_NAME: usize = 80;
/// Bytes of a query string at most.
const LONGEST_QUERY: usize = 4_000;

/// A list with its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedView {
    /// What its owner calls it.
    pub name: String,
    /// The review that it is of; `None` for the list of all reviews.
    pub review: Option<ReviewCode>,
    /// The query string of its filter.
    pub query: String,
}

impl Store {
    /// Saves a view for a person, in place of an earlier one of that name. Refused for a name that is empty or longer
    /// than 80 characters, for a query string of more than 4,000 bytes, and for the 101st.
    pub async fn save_view(&self, account: &Account, view: &SavedView) -> Result<(), Error> {
        let name = without_nul(view.name.trim());
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(ViewRefusal::NameUnfit { max: LONGEST_NAME }.into());
        }
        refuse_invisible(&name)?;
        if view.query.len() > LONGEST_QUERY {
            return Err(ViewRefusal::TooLong { max: LONGEST_QUERY }.into());
        }
        let change = self.begin(&Actor(account.pseudonym.clone())).await?;
        let others = saved_view::Entity::find()
            .filter(saved_view::Column::AccountId.eq(account.id))
            .filter(saved_view::Column::Name.ne(&name))
            .count(&change.tx)
            .await?;
        if others >= MOST {
            return Err(ViewRefusal::TooMany { max: MOST }.into());
        }
        let row = saved_view::ActiveModel {
            account_id: Set(account.id),
            name: Set(name),
            review: Set(view.review.map(|review| review.to_string())),
            query: Set(without_nul(&view.query)),
            saved_at: Set(change.now()),
        };
        let key = [saved_view::Column::AccountId, saved_view::Column::Name];
        let in_its_place = OnConflict::columns(key)
            .update_columns([
                saved_view::Column::Review,
                saved_view::Column::Query,
                saved_view::Column::SavedAt,
            ])
            .to_owned();
        saved_view::Entity::insert(row)
            .on_conflict(in_its_place)
            .exec_without_returning(&change.tx)
            .await?;
        change.commit_unrecorded().await
    }

    /// The views of a person, by name.
    pub async fn saved_views(&self, account: i64) -> Result<Vec<SavedView>, Error> {
        let rows = saved_view::Entity::find()
            .filter(saved_view::Column::AccountId.eq(account))
            .order_by_asc(saved_view::Column::Name)
            .all(&self.connection)
            .await?;
        let view = |row: saved_view::Model| SavedView {
            name: row.name,
            review: row.review.as_deref().and_then(ReviewCode::parse),
            query: row.query,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Removes a view of a person.
    pub async fn remove_view(&self, account: &Account, name: &str) -> Result<(), Error> {
        let change = self.begin(&Actor(account.pseudonym.clone())).await?;
        let removed = saved_view::Entity::delete_many()
            .filter(saved_view::Column::AccountId.eq(account.id))
            .filter(saved_view::Column::Name.eq(without_nul(name.trim())))
            .exec(&change.tx)
            .await?;
        if removed.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        change.commit_unrecorded().await
    }
}
