//! Files of students; `setup` is JSON: how the file is read.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub state: String,
    /// What of the state's work is done already.
    pub step: String,
    pub created_by_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub created_by_name: String,
    pub acting_id: Option<i64>,
    pub csv_name: String,
    pub zip_name: String,
    #[sea_orm(column_type = "Text")]
    pub setup: String,
    pub rows_total: i32,
    pub created: i32,
    pub changed: i32,
    pub unchanged: i32,
    pub problems: i32,
    #[sea_orm(column_type = "Text")]
    pub message: String,
    pub worker: String,
    pub beat_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub applied_at: Option<DateTimeUtc>,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
