//! A list that a person keeps under a name.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_view")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub review: Option<String>,
    pub query: String,
    pub saved_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
