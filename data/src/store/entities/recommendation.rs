//! A numbered paragraph of a report.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recommendation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub review_id: i64,
    pub paragraph: String,
    pub text: Option<String>,
    pub language: Option<String>,
    pub summary: Option<String>,
    pub action_category: Option<i32>,
    pub source_id: Option<String>,
    #[sea_orm(belongs_to, from = "review_id", to = "id")]
    pub review: BelongsTo<super::review::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
