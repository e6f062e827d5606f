//! What becomes of a row of a file.

use crate::store::import_codes::Outcome;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_outcome")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i64,
    pub review: Option<String>,
    pub outcome: Outcome,
    pub leader: Option<i64>,
    pub score: Option<f64>,
    pub detail: Option<String>,
    pub digest: Option<String>,
    pub absorbed: i32,
    pub texts: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
