//! One student's attendance in one session.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance_records")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    pub student_id: i64,
    pub timestamp: DateTimeUtc,
    pub status: String,
    pub confidence: Option<f64>,
    pub distance: Option<f64>,
    pub method: String,
    pub marked_by_id: Option<i64>,
    pub manual_override: bool,
    #[sea_orm(column_type = "Text")]
    pub notes: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::attendance_sessions::Entity",
        from = "Column::SessionId",
        to = "super::attendance_sessions::Column::Id"
    )]
    Session,
    #[sea_orm(belongs_to = "super::students::Entity", from = "Column::StudentId", to = "super::students::Column::Id")]
    Student,
    #[sea_orm(belongs_to = "super::users::Entity", from = "Column::MarkedById", to = "super::users::Column::Id")]
    MarkedBy,
}

impl Related<super::attendance_sessions::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Session.def()
    }
}

impl Related<super::students::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Student.def()
    }
}

impl Related<super::users::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::MarkedBy.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
