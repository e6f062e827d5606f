//! The text of a recommendation in a further language.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recommendation_text")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recommendation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    pub language: String,
    pub text: String,
    pub source: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
