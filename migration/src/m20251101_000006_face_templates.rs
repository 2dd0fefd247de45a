//! Face templates: one stored embedding of a student, of one model.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let templates = Table::create()
            .table("face_templates")
            .col(id())
            .col(big_integer("student_id"))
            .col(big_integer_null("photo_id"))
            .col(big_integer("consent_id"))
            .col(short("model_sha256", 64))
            .col(blob("vector"))
            .col(text("quality"))
            .col(short("verdict", 10))
            .col(short("source", 20))
            .col(big_integer_null("created_by_id"))
            .col(instant("created_at"))
            .foreign_key(&mut key("face_templates", "student_id", "students", OnDelete::Restrict))
            .foreign_key(&mut key("face_templates", "photo_id", "photos", OnDelete::Restrict))
            .foreign_key(&mut key("face_templates", "consent_id", "consents", OnDelete::Restrict))
            .foreign_key(&mut key("face_templates", "created_by_id", "users", OnDelete::Restrict))
            .check(one_of("ck_face_templates_source", "source", &["upload", "camera", "import", "demo"]))
            .take();
        manager.create_table(templates).await?;
        manager.create_index(index("idx_face_templates_student", "face_templates", &["student_id"])).await?;
        manager.create_index(index("idx_face_templates_model", "face_templates", &["model_sha256"])).await?;
        manager.create_index(index("idx_face_templates_photo", "face_templates", &["photo_id"])).await?;
        Ok(())
    }
}
