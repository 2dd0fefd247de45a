//! Rows of an import; `cells` and `findings` are JSON.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_rows")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub import_id: i64,
    pub line: i32,
    #[sea_orm(column_type = "Text")]
    pub cells: String,
    pub verdict: String,
    #[sea_orm(column_type = "Text")]
    pub findings: String,
    /// Photos that are still to be judged or stored.
    pub todo: bool,
    pub student_id: Option<i64>,
    pub outcome: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
