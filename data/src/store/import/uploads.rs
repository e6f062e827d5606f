//! Files whose columns a person still has to explain, and files of previews, whose columns a person may want to
//! explain: kept in the database, so that it goes on after a restart and on another server, for a day at most.

use crate::domain::ReviewCode;
use crate::exchange::Mapping;
use crate::settings;
use crate::store::change::Change;
use crate::store::entities::upload;
use crate::store::history::chain;
use crate::store::{Actor, Error, HOUR, NewRun, RunState, Store, without_nul};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};

/// Files of one person that wait at most; the oldest ones go for further ones.
const MOST: usize = 20;

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
    /// What the person has said about its columns so far.
    pub mapping: Option<Mapping>,
    /// The name under which the mapping is to be kept.
    pub mapping_name: Option<String>,
    /// The run whose preview shows it; none for a file that waits for its mapping.
    pub run: Option<i64>,
}

/// A file waiting for its mapping, as it is listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingUpload {
    /// Its unguessable name.
    pub id: String,
    /// The name of the file as it was given, for display only.
    pub file_name: String,
    /// The review that was named with it.
    pub review: Option<ReviewCode>,
    /// When it was uploaded. Milliseconds since 1970, UTC.
    pub at: i64,
    /// When it goes. Milliseconds since 1970, UTC.
    pub until: i64,
}

impl Upload {
    /// SHA-256 of the file, in hexadecimal.
    pub fn sha256(&self) -> String {
        hex::encode(Sha256::digest(&self.content))
    }
}

fn longest() -> i64 {
    settings::UPLOAD_KEPT_HOURS.signed() * HOUR
}

/// Removes files that are too old.
pub(crate) async fn remove_old(change: &Change<'_>) -> Result<(), Error> {
    upload::Entity::delete_many()
        .filter(upload::Column::CreatedAt.lt(change.now() - longest()))
        .exec(&change.tx)
        .await?;
    Ok(())
}

/// Removes the file of a run that is over.
pub(super) async fn remove_of_run(change: &Change<'_>, run: i64) -> Result<(), Error> {
    upload::Entity::delete_many()
        .filter(upload::Column::RunId.eq(run))
        .exec(&change.tx)
        .await?;
    Ok(())
}

/// Lets the file of a run that could not be read wait for its mapping again.
pub(super) async fn detach_from_run(change: &Change<'_>, run: i64) -> Result<(), Error> {
    let row = upload::ActiveModel {
        run_id: Set(None),
        ..Default::default()
    };
    upload::Entity::update_many()
        .set(row)
        .filter(upload::Column::RunId.eq(run))
        .exec(&change.tx)
        .await?;
    Ok(())
}

impl Store {
    /// Stores a file that waits for its mapping and returns its name. Files older than a day go, and this person's
    /// oldest ones if more than twenty wait.
    pub async fn keep_upload(
        &self,
        account: i64,
        new: &NewRun,
        content: Vec<u8>,
    ) -> Result<String, Error> {
        self.keep_file(account, new, content, None).await
    }

    /// Stores the file of a preview, as [`keep_upload`](Self::keep_upload) does, until the run is applied or given up.
    /// Returns `None` if the run is no preview any more.
    pub async fn keep_file_of_run(
        &self,
        account: i64,
        new: &NewRun,
        content: Vec<u8>,
        run: i64,
    ) -> Result<Option<String>, Error> {
        let id = self.keep_file(account, new, content, Some(run)).await?;
        if self.import_run(run).await?.state == RunState::Read {
            return Ok(Some(id));
        }
        self.discard_upload(account, &id).await?;
        Ok(None)
    }

    async fn keep_file(
        &self,
        account: i64,
        new: &NewRun,
        content: Vec<u8>,
        run: Option<i64>,
    ) -> Result<String, Error> {
        let id = crate::store::random::token()?;
        let change = self.begin(&Actor::command_line()).await?;
        let own: Vec<String> = upload::Entity::find()
            .select_only()
            .column(upload::Column::Id)
            .filter(upload::Column::AccountId.eq(account))
            .order_by_desc(upload::Column::CreatedAt)
            .order_by_asc(upload::Column::Id)
            .into_tuple()
            .all(&change.tx)
            .await?;
        let beyond: Vec<String> = own.into_iter().skip(MOST - 1).collect();
        upload::Entity::delete_many()
            .filter(
                Condition::any()
                    .add(upload::Column::CreatedAt.lt(change.now() - longest()))
                    .add(upload::Column::Id.is_in(beyond)),
            )
            .exec(&change.tx)
            .await?;
        let row = upload::ActiveModel {
            id: Set(id.clone()),
            account_id: Set(account),
            file_name: Set(new.shown_name()),
            review: Set(new.review.map(|review| review.to_string())),
            round: Set(new.round.as_deref().map(without_nul)),
            content: Set(content),
            created_at: Set(change.now()),
            mapping: Set(new.mapping.as_ref().map(chain::json)),
            mapping_name: Set(None),
            run_id: Set(run),
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
        let id = &without_nul(id);
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
            // One that cannot be read is asked for again.
            mapping: row
                .mapping
                .as_deref()
                .and_then(|mapping| serde_json::from_str(mapping).ok()),
            mapping_name: row.mapping_name,
            run: row.run_id,
        })
    }

    /// The name of the file of a preview that this person uploaded, if it is still kept.
    pub async fn upload_of_run(&self, account: i64, run: i64) -> Result<Option<String>, Error> {
        let name = upload::Entity::find()
            .select_only()
            .column(upload::Column::Id)
            .filter(upload::Column::AccountId.eq(account))
            .filter(upload::Column::RunId.eq(run))
            .into_tuple()
            .one(&self.connection)
            .await?;
        Ok(name)
    }

    /// Makes a file that was explained the one of the preview that it led to.
    pub async fn attach_upload(&self, account: i64, id: &str, run: i64) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let state = super::run::find(&change.tx, run).await?.state;
        let file = upload::Entity::update_many();
        let row = upload::ActiveModel {
            run_id: Set(Some(run)),
            ..Default::default()
        };
        let is_open = matches!(state, RunState::Reading | RunState::Read);
        let attached = file
            .set(row)
            .filter(upload::Column::Id.eq(without_nul(id)))
            .filter(upload::Column::AccountId.eq(account));
        // One that could not be read goes on waiting.
        if is_open {
            attached.exec(&change.tx).await?;
        }
        change.commit_unrecorded().await
    }

    /// The files of a person that wait for their mapping, the newest first.
    pub async fn waiting_uploads(&self, account: i64) -> Result<Vec<WaitingUpload>, Error> {
        let rows: Vec<(String, String, Option<String>, i64)> = upload::Entity::find()
            .select_only()
            .columns([
                upload::Column::Id,
                upload::Column::FileName,
                upload::Column::Review,
                upload::Column::CreatedAt,
            ])
            .filter(upload::Column::AccountId.eq(account))
            // Files of previews are found by their runs.
            .filter(upload::Column::RunId.is_null())
            .filter(upload::Column::CreatedAt.gte(crate::store::now() - longest()))
            .order_by_desc(upload::Column::CreatedAt)
            .order_by_asc(upload::Column::Id)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let waiting = rows
            .into_iter()
            .map(|(id, file_name, review, at)| WaitingUpload {
                id,
                file_name,
                review: review.as_deref().and_then(ReviewCode::parse),
                at,
                until: at + longest(),
            });
        Ok(waiting.collect())
    }

    /// Stores what a person has said so far about the columns of a file, and under which name it is to be kept.
    pub async fn explain_upload(
        &self,
        account: i64,
        id: &str,
        mapping: &Mapping,
        name: &str,
    ) -> Result<(), Error> {
        let id = &without_nul(id);
        let name = without_nul(name.trim());
        let change = self.begin(&Actor::command_line()).await?;
        let row = upload::ActiveModel {
            mapping: Set(Some(chain::json(mapping))),
            mapping_name: Set(Some(name).filter(|name| !name.is_empty())),
            ..Default::default()
        };
        let explained = upload::Entity::update_many()
            .set(row)
            .filter(upload::Column::Id.eq(id))
            .filter(upload::Column::AccountId.eq(account))
            .exec(&change.tx)
            .await?;
        if explained.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        change.commit_unrecorded().await
    }

    /// Forgets a file.
    pub async fn discard_upload(&self, account: i64, id: &str) -> Result<(), Error> {
        let id = &without_nul(id);
        let change = self.begin(&Actor::command_line()).await?;
        upload::Entity::delete_many()
            .filter(upload::Column::Id.eq(id))
            .filter(upload::Column::AccountId.eq(account))
            .exec(&change.tx)
            .await?;
        change.commit_unrecorded().await?;
        crate::store::sqlite::space::give_back(self).await
    }
}
