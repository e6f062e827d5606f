//! Files whose columns a person still has to explain: kept in the database, so that it goes on after a
//! restart and on another server, for a day at most.

use super::change::Change;
use super::entities::upload;
use super::{Actor, Error, NewRun, Store, history};
use crate::domain::ReviewCode;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// A file waiting for its mapping.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upload {
    /// Its unguessable name.
    pub id: String,
    /// The name of the file as it was given, for display only.
    pub file_name: String,
    /// The review that was named with it.
    pub review: Option<ReviewCode>,
    /// The slug of the round of that review that its assessments go into.
    pub round: Option<String>,
    /// The file.
    pub content: Vec<u8>,
}

impl Upload {
    /// SHA-256 of the file, in hexadecimal.
    pub fn sha256(&self) -> String {
        history::hex(&Sha256::digest(&self.content))
    }
}

/// Removes files that are too old.
pub(super) async fn remove_old(change: &Change<'_>) -> Result<(), Error> {
    upload::Entity::delete_many()
        .filter(upload::Column::CreatedAt.lt(change.now() - KEPT_MS))
        .exec(&change.tx)
        .await?;
    Ok(())
}

impl Store {
    /// Keeps a file; its name. Files older than a day, and this person's earlier ones, go.
    pub async fn keep_upload(
        &self,
        account: i64,
        new: &NewRun,
        content: Vec<u8>,
    ) -> Result<String, Error> {
        let id = super::sessions::random_token()?;
        let change = self.begin(&Actor::command_line()).await?;
        upload::Entity::delete_many()
            .filter(
                Condition::any()
                    .add(upload::Column::CreatedAt.lt(change.now() - KEPT_MS))
                    .add(upload::Column::AccountId.eq(account)),
            )
            .exec(&change.tx)
            .await?;
        let row = upload::ActiveModel {
            id: Set(id.clone()),
            account_id: Set(account),
            file_name: Set(new.shown_name()),
            review: Set(new.review.map(|review| review.to_string())),
            round: Set(new.round.as_deref().map(super::without_nul)),
            content: Set(content),
            created_at: Set(change.now()),
        };
        upload::Entity::insert(row)
            .exec_without_returning(&change.tx)
            .await?;
        change.commit_unrecorded().await?;
        Ok(id)
    }

    /// A file that this person uploaded.
    pub async fn upload(&self, account: i64, id: &str) -> Result<Upload, Error> {
        // It comes from an address, and PostgreSQL takes no NUL in a question.
        let id = &super::without_nul(id);
        let row = upload::Entity::find_by_id(id)
            .filter(upload::Column::AccountId.eq(account))
            .one(&self.connection)
            .await?
            .ok_or(Error::NotFound)?;
        Ok(Upload {
            id: row.id,
            file_name: row.file_name,
            review: row.review.as_deref().and_then(ReviewCode::parse),
            round: row.round,
            content: row.content,
        })
    }

    /// Forgets a file.
    pub async fn discard_upload(&self, account: i64, id: &str) -> Result<(), Error> {
        let id = &super::without_nul(id);
        let change = self.begin(&Actor::command_line()).await?;
        upload::Entity::delete_many()
            .filter(upload::Column::Id.eq(id))
            .filter(upload::Column::AccountId.eq(account))
            .exec(&change.tx)
            .await?;
        change.commit_unrecorded().await?;
        super::space::give_back(self).await
    }
}
