//! Status scales in the database.

use super::entities::{scale, status};
use super::{Actor, Error, NewEvent, Store, insert_all};
use crate::domain::{Scale, Shape, Status};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder};
use std::collections::HashMap;

impl Store {
    /// Every scale, the oldest first.
    pub async fn scales(&self) -> Result<Vec<Scale>, Error> {
        all(&self.connection).await
    }

    /// Puts the scales that ship into a database that does not have them.
    pub(super) async fn load_built_in_scales(&self) -> Result<(), Error> {
        let there = all(&self.connection).await?;
        let missing = |scale: &Scale, there: &[Scale]| {
            there
                .iter()
                .all(|known| (&known.code, known.version) != (&scale.code, scale.version))
        };
        if !Scale::built_in().iter().any(|scale| missing(scale, &there)) {
            return Ok(());
        }
        let mut change = self.begin(&Actor::command_line()).await?;
        // Asked again inside the transaction: another process may have been quicker.
        let there = all(&change.tx).await?;
        for scale in Scale::built_in() {
            if missing(&scale, &there) {
                insert(&change.tx, &scale).await?;
                let event = NewEvent {
                    kind: "scale-added",
                    after: Some(super::history::json(&scale)),
                    ..Default::default()
                };
                change.record(vec![event]).await?;
            }
        }
        change.commit_unrecorded().await
    }
}

/// Every scale, the oldest first.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Scale>, Error> {
    let scales = scale::Entity::find()
        .order_by_asc(scale::Column::Id)
        .all(db)
        .await?;
    let mut statuses: HashMap<i64, Vec<Status>> = HashMap::new();
    for row in status::Entity::find()
        .order_by_asc(status::Column::Place)
        .all(db)
        .await?
    {
        let shape = Shape::parse(&row.shape).ok_or_else(|| Error::Corrupt(row.shape.clone()))?;
        statuses.entry(row.scale_id).or_default().push(Status {
            code: row.code,
            label: row.label,
            definition: row.definition,
            counts_as_assessed: row.counts_as_assessed,
            score: row.score,
            colour: row.colour,
            shape,
        });
    }
    Ok(scales
        .into_iter()
        .map(|row| Scale {
            id: row.id,
            code: row.code,
            name: row.name,
            version: row.version,
            statuses: statuses.remove(&row.id).unwrap_or_default(),
        })
        .collect())
}

/// The newest version of a scale.
pub(super) async fn newest(db: &impl ConnectionTrait, code: &str) -> Result<Option<Scale>, Error> {
    let scales = all(db).await?;
    Ok(scales
        .into_iter()
        .filter(|scale| scale.code == code)
        .max_by_key(|scale| scale.version))
}

async fn insert(db: &impl ConnectionTrait, scale: &Scale) -> Result<(), Error> {
    let row = scale::ActiveModel {
        code: Set(scale.code.clone()),
        version: Set(scale.version),
        name: Set(scale.name.clone()),
        ..Default::default()
    };
    let id = scale::Entity::insert(row).exec(db).await?.last_insert_id;
    let mut rows = Vec::new();
    for (place, status) in (0..).zip(&scale.statuses) {
        rows.push(status::Model {
            scale_id: id,
            place,
            code: status.code.clone(),
            label: status.label.clone(),
            definition: status.definition.clone(),
            counts_as_assessed: status.counts_as_assessed,
            score: status.score,
            colour: status.colour.clone(),
            shape: status.shape.code().to_owned(),
        });
    }
    insert_all::<status::Entity, status::ActiveModel>(db, rows).await
}
