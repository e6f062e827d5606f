//! A file between its preview and its import.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "upload")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub account_id: i64,
    pub file_name: String,
    pub review: Option<String>,
    pub round: Option<String>,
    pub content: Vec<u8>,
    pub created_at: i64,
    pub mapping: Option<String>,
    pub mapping_name: Option<String>,
    pub run_id: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
