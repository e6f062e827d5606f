//! Status scales, read.

use crate::domain::{Scale, Status};
use crate::store::Error;
use crate::store::entities::{scale, status};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use std::collections::HashMap;

/// Every scale, the oldest first.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Scale>, Error> {
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
        statuses.entry(row.scale_id).or_default().push(Status {
            code: row.code,
            label: row.label,
            definition: row.definition,
            counts_as_assessed: row.counts_as_assessed,
            score: row.score,
            colour: row.colour,
            shape: row.shape,
            examples: row.examples,
            labels: row
                .labels
                .as_deref()
                .map(serde_json::from_str)
                .transpose()
                .map_err(|_| Error::Corrupt("the labels of a status".to_owned()))?
                .unwrap_or_default(),
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
