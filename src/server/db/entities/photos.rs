//! Stored enrolment photos; `name` is the file in the media store.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "photos")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub student_id: i64,
    pub name: String,
    pub sha256: String,
    pub width: i32,
    pub height: i32,
    pub bytes: i64,
    pub is_current: bool,
    pub consent_id: i64,
    pub created_by_id: Option<i64>,
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::students::Entity", from = "Column::StudentId", to = "super::students::Column::Id")]
    Student,
}

impl Related<super::students::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Student.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
