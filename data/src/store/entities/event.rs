//! An entry of the append-only history.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub at: i64,
    pub actor: String,
    pub kind: String,
    pub review: Option<String>,
    pub round: Option<String>,
    pub paragraph: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub hash: String,
    pub format: i32,
    pub seed: Option<String>,
    pub salts: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
