//! A piece of evidence of a review.

use crate::domain::EvidenceKind;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub review_id: i64,
    pub title: String,
    pub source: String,
    pub publisher: Option<String>,
    pub date: Option<String>,
    pub kind: EvidenceKind,
    pub note: Option<String>,
    pub identity: String,
    pub number: Option<i64>,
    pub language: Option<String>,
    pub archived: Option<String>,
    pub address: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
