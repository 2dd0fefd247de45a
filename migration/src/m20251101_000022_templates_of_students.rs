//! Templates of some students from an index alone: with the model by itself in it, SQLite read every template of the
//! model for each page of students.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let narrow = Index::drop().name("idx_face_templates_model").table("face_templates").to_owned();
        manager.drop_index(narrow).await?;
        let columns = ["model_sha256", "student_id"];
        manager.create_index(index("idx_face_templates_model_student", "face_templates", &columns)).await
    }
}
