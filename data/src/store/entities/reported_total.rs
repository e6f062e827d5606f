//! A cell of a published table.

use crate::domain::PositionClass;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reported_total")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub round_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    pub position: Option<PositionClass>,
    pub status: String,
    pub count: i32,
    pub citation: String,
    pub derived: bool,
}

impl ActiveModelBehavior for ActiveModel {}
