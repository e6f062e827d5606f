//! What a file says in one row.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i64,
    pub row_in_file: i64,
    pub kind: String,
    pub review: Option<String>,
    pub content: String,
    pub decision: Option<String>,
    pub cells: Option<String>,
    pub length: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
