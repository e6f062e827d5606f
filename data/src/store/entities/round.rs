//! An assessment round.

use crate::domain::RoundKind;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "round")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub review_id: i64,
    pub slug: String,
    pub organisation: String,
    pub title: String,
    pub as_of: Option<String>,
    pub scale_id: i64,
    pub kind: RoundKind,
    pub method: Option<String>,
    pub supersedes: Option<String>,
    pub published_at: Option<i64>,
    pub content_hash: Option<String>,
    pub assessors: Option<String>,
    pub redactions: Option<String>,
    pub correction_reason: Option<String>,
    pub withdrawn_at: Option<i64>,
    pub withdrawal_reason: Option<String>,
    pub headline_reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
