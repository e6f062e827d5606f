//! The last public change of everything, or of a review.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "public_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub review: String,
    pub number: i64,
    pub day: i64,
    pub mark: i64,
}

impl ActiveModelBehavior for ActiveModel {}
