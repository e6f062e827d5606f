//! An assessment of a recommendation in a round.

use crate::domain::Confidence;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "assessment")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub round_id: i64,
    pub recommendation_id: i64,
    pub status: String,
    pub rationale: String,
    pub confidence: Option<Confidence>,
    pub version: i64,
    pub changed_at: i64,
    pub carried_over: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
