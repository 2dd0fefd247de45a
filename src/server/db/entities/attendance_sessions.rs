//! Class meetings; date and times are wall-clock in the institution's time zone.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance_sessions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub department_id: i64,
    pub subject: String,
    pub date: Date,
    pub start_time: Time,
    pub end_time: Option<Time>,
    pub created_by_id: i64,
    pub status: String,
    #[sea_orm(column_type = "Text")]
    pub notes: String,
    pub late_after_minutes: i32,
    pub completed_at: Option<DateTimeUtc>,
    pub completed_by_id: Option<i64>,
    pub closed_by: Option<String>,
    pub confirmed_at: Option<DateTimeUtc>,
    /// Counts of a closed register's records; zeros while it is open.
    pub present: i32,
    pub late: i32,
    pub absent: i32,
    pub excused: i32,
    /// The same records by student, as `domain::tally` writes them; empty while it is open.
    #[sea_orm(column_type = "Text")]
    pub tally: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::departments::Entity",
        from = "Column::DepartmentId",
        to = "super::departments::Column::Id"
    )]
    Department,
    #[sea_orm(belongs_to = "super::users::Entity", from = "Column::CreatedById", to = "super::users::Column::Id")]
    CreatedBy,
}

impl Related<super::departments::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Department.def()
    }
}

impl Related<super::users::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CreatedBy.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
