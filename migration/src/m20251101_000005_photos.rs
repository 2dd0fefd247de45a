//! Stored enrolment photos; the bytes lie in the media store.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let photos = Table::create()
            .table("photos")
            .col(id())
            .col(big_integer("student_id"))
            .col(short("name", 200))
            .col(short("sha256", 64))
            .col(integer("width"))
            .col(integer("height"))
            .col(big_integer("bytes"))
            .col(boolean("is_current"))
            .col(big_integer("consent_id"))
            .col(big_integer_null("created_by_id"))
            .col(instant("created_at"))
            .index(&mut unique("uq_photos_name", &["name"]))
            .foreign_key(&mut key("photos", "student_id", "students", OnDelete::Restrict))
            .foreign_key(&mut key("photos", "consent_id", "consents", OnDelete::Restrict))
            .foreign_key(&mut key("photos", "created_by_id", "users", OnDelete::Restrict))
            .take();
        manager.create_table(photos).await?;
        manager.create_index(index("idx_photos_student", "photos", &["student_id"])).await?;
        Ok(())
    }
}
