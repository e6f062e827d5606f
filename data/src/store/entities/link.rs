//! Whether a recommendation repeats one of an earlier cycle.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recommendation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub earlier_id: i64,
    pub repeats: bool,
}

impl ActiveModelBehavior for ActiveModel {}
