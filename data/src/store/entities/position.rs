//! A claim about the State's response; the last place counts.

use crate::domain::PositionClass;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "position")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recommendation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    pub class: PositionClass,
    pub raw: String,
    pub source: Option<String>,
    pub source_paragraph: Option<String>,
    pub date: Option<String>,
    /// Why a reviewer chose it to count.
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
