//! A program that has written to the database since it was last closed in good order.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "writer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token: String,
    pub changes: i64,
    pub written_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
