//! The ledger of consents: rows are only ever added.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let consents = Table::create()
            .table("consents")
            .col(id())
            .col(big_integer("student_id"))
            .col(short("kind", 20))
            .col(short("channel", 40))
            .col(short("notice_version", 20))
            .col(text("note").default(""))
            .col(big_integer_null("recorded_by_id"))
            .col(instant("created_at"))
            .foreign_key(&mut key("consents", "student_id", "students", OnDelete::Restrict))
            .foreign_key(&mut key("consents", "recorded_by_id", "users", OnDelete::Restrict))
            .check(one_of("ck_consents_kind", "kind", &["attested", "given", "withdrawn"]))
            .take();
        manager.create_table(consents).await?;
        manager.create_index(index("idx_consents_student", "consents", &["student_id"])).await?;
        Ok(())
    }
}
