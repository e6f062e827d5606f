//! A status of a scale.

use crate::domain::Shape;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "status")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub scale_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    pub code: String,
    pub label: String,
    pub definition: String,
    pub counts_as_assessed: bool,
    pub score: Option<f64>,
    pub colour: String,
    pub shape: Shape,
    pub examples: Option<String>,
    pub labels: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
