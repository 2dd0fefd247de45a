//! Who was erased: nobody's name, and what was done in which place.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasures")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub at: DateTimeUtc,
    /// A whole person, or a face alone.
    pub kind: String,
    /// Which key the hashes were made with.
    pub key_id: String,
    /// Keyed hash of the student's number; empty where none was known.
    pub student: String,
    /// Keyed hashes of the accounts' numbers: a JSON list.
    #[sea_orm(column_type = "Text")]
    pub accounts: String,
    /// Number of the row that stayed, or was there.
    pub student_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub actor_name: String,
    /// Places, what was done, how many: a JSON list.
    #[sea_orm(column_type = "Text")]
    pub receipt: String,
    /// Files that go after the commit, as JSON; empty afterwards.
    #[sea_orm(column_type = "Text")]
    pub leftovers: String,
    /// When the last byte outside of the rows was gone.
    pub cleaned_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
