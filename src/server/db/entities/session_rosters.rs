//! The students frozen into one attendance session.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session_rosters")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    pub student_id: i64,
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

impl ActiveModelBehavior for ActiveModel {}
