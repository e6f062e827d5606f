//! A step of the schema's history that a database has taken. Table and columns are those of
//! sea-orm-migration, so that its databases and ours can be read by either.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "seaql_migrations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub applied_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
