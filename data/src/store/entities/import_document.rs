//! A row of an imported matrix as it is in its file.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i64,
    pub row_in_file: i64,
    pub kind: String,
    pub cells: String,
    pub review: Option<String>,
    pub paragraph: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
