//! What an analyst typed and could not save.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub round_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub recommendation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    pub content: String,
    pub base_version: i64,
    pub reason: String,
    pub changed_at: i64,
    pub form: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
