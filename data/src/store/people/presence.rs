//! Who has a recommendation's form open, so that two people do not do the same work. Kept in the database,
//! because they may be served by two processes; forgotten after half a minute, and no part of the record.

use crate::settings;
use crate::store::entities::{account, presence};
use crate::store::{Actor, Error, Store};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Somebody who has a recommendation's form open.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Present {
    /// The row of the round.
    pub round: i64,
    /// The row of the recommendation.
    pub recommendation: i64,
    /// Who.
    pub pseudonym: String,
}

impl Store {
    /// Notes that somebody has a recommendation's form open now. To be repeated while that is so, more
    /// often than every half minute.
    pub async fn note_presence(
        &self,
        account: i64,
        round: i64,
        recommendation: i64,
    ) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let now = change.now();
        presence::Entity::delete_many()
            .filter(presence::Column::SeenAt.lt(now - settings::PRESENCE_MS))
            .exec(&change.tx)
            .await?;
        let row = presence::ActiveModel {
            account_id: Set(account),
            round_id: Set(round),
            recommendation_id: Set(recommendation),
            seen_at: Set(now),
        };
        let key = [
            presence::Column::AccountId,
            presence::Column::RoundId,
            presence::Column::RecommendationId,
        ];
        let over = OnConflict::columns(key)
            .update_column(presence::Column::SeenAt)
            .to_owned();
        presence::Entity::insert(row)
            .on_conflict(over)
            .exec_without_returning(&change.tx)
            .await?;
        change.commit_unrecorded().await
    }

    /// Notes that somebody has closed it.
    pub async fn end_presence(
        &self,
        account: i64,
        round: i64,
        recommendation: i64,
    ) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        presence::Entity::delete_by_id((account, round, recommendation))
            .exec(&change.tx)
            .await?;
        change.commit_unrecorded().await
    }

    /// Who has which form open now.
    pub async fn present(&self) -> Result<Vec<Present>, Error> {
        let since = crate::store::now() - settings::PRESENCE_MS;
        let rows = presence::Entity::find()
            .filter(presence::Column::SeenAt.gte(since))
            .all(&self.connection)
            .await?;
        let accounts = account::Entity::find()
            .filter(account::Column::Id.is_in(rows.iter().map(|row| row.account_id)))
            .all(&self.connection)
            .await?;
        let mut present: Vec<Present> = rows
            .iter()
            .filter_map(|row| {
                let account = accounts.iter().find(|one| one.id == row.account_id)?;
                Some(Present {
                    round: row.round_id,
                    recommendation: row.recommendation_id,
                    pseudonym: account.pseudonym.clone(),
                })
            })
            .collect();
        present.sort_unstable();
        Ok(present)
    }
}
