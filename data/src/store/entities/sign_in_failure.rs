//! Failed sign-ins of one pseudonym: at one known browser, or at all others.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub pseudonym_folded: String,
    /// The known browser's identifier as a hash; empty for all others together.
    #[sea_orm(primary_key, auto_increment = false)]
    pub device: String,
    pub failures: i32,
    pub last_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
