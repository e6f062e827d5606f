//! A file that somebody brought.

use crate::store::import_codes::RunState;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_run")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: i64,
    pub actor: String,
    pub file_name: String,
    pub sha256: String,
    pub format: String,
    pub created: i32,
    pub updated: i32,
    pub unchanged: i32,
    pub rejected: i32,
    pub skipped: i32,
    pub problems: String,
    pub state: RunState,
    pub review: Option<String>,
    pub round: Option<String>,
    pub mapping: Option<String>,
    pub uncertain: i32,
    pub joined: i32,
    pub skipped_kinds: String,
    pub failure: Option<String>,
    pub ended_at: Option<i64>,
    pub ended_by: Option<String>,
    pub first_event: Option<i64>,
    pub last_event: Option<i64>,
    pub headings: Option<String>,
    pub progress: Option<String>,
    pub beat_at: Option<i64>,
    pub merged: i32,
    pub file_size: i64,
    pub staged: i64,
    pub warnings: Option<String>,
    pub account: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
