//! Stored embeddings: `vector` is f32, little-endian; `quality` is JSON with the measured numbers.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "face_templates")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub student_id: i64,
    pub photo_id: Option<i64>,
    pub consent_id: i64,
    pub model_sha256: String,
    pub vector: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub quality: String,
    pub verdict: String,
    pub source: String,
    pub created_by_id: Option<i64>,
    pub created_at: DateTimeUtc,
    /// Why it is not searched: `nearer_to_other`, `unlike_the_rest`.
    pub set_aside_reason: Option<String>,
    /// An admin wants it searched whatever the machine thinks of it.
    pub is_kept: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::students::Entity", from = "Column::StudentId", to = "super::students::Column::Id")]
    Student,
    #[sea_orm(belongs_to = "super::photos::Entity", from = "Column::PhotoId", to = "super::photos::Column::Id")]
    Photo,
}

impl Related<super::students::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Student.def()
    }
}

impl Related<super::photos::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Photo.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
