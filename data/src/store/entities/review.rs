//! A review of one State in one cycle.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "review")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub state: String,
    pub cycle: i32,
    pub session: Option<i32>,
    pub date: Option<String>,
    pub report_symbol: Option<String>,
    pub addendum_symbol: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
