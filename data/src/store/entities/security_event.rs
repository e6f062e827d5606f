//! An entry of the security log.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "security_event")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: i64,
    pub last_at: i64,
    pub kind: String,
    pub who: String,
    pub about: String,
    pub times: i64,
}

impl ActiveModelBehavior for ActiveModel {}
