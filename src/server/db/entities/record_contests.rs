//! What students say against a record: open, accepted or declined.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "record_contests")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub record_id: i64,
    pub student_id: i64,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub answer: String,
    pub decided_by_id: Option<i64>,
    pub decided_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::attendance_records::Entity",
        from = "Column::RecordId",
        to = "super::attendance_records::Column::Id"
    )]
    Record,
    #[sea_orm(belongs_to = "super::students::Entity", from = "Column::StudentId", to = "super::students::Column::Id")]
    Student,
}

impl Related<super::attendance_records::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Record.def()
    }
}

impl Related<super::students::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Student.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
