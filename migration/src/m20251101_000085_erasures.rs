//! Who was erased, by keyed hashes, with a receipt of what was done, and whose messages are whose.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let erasures = Table::create()
            .table("erasures")
            .col(short("id", 32).primary_key())
            .col(instant("at"))
            .col(short("kind", 10))
            .col(short("key_id", 16))
            .col(short("student", 64))
            .col(text("accounts"))
            .col(big_integer_null("student_id"))
            .col(text("actor_name"))
            .col(text("receipt"))
            .col(text("leftovers"))
            .col(instant_null("cleaned_at"))
            .check(one_of("ck_erasures_kind", "kind", &["person", "face"]))
            .take();
        manager.create_table(erasures).await?;
        manager.create_index(index("idx_erasures_at", "erasures", &["at"])).await?;
        // No key: SQLite adds none to a table that is there, and messages are deleted with their account by hand.
        manager.alter_table(Table::alter().table("outbox").add_column(big_integer_null("user_id")).take()).await
    }
}
