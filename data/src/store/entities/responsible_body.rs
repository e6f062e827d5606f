//! A body that is to implement a recommendation.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "responsible_body")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recommendation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    pub name: String,
}

impl ActiveModelBehavior for ActiveModel {}
