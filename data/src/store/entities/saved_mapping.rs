//! A mapping that is kept under a name.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_mapping")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub mapping: String,
    pub saved_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
