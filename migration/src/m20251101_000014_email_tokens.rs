//! One-time links sent by mail. Only a hash of the secret is kept, with the address it was sent to.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tokens = Table::create()
            .table("email_tokens")
            .col(id())
            .col(big_integer("user_id"))
            .col(short("kind", 10))
            .col(short("email", 254))
            .col(short("secret_sha256", 64))
            .col(instant("created_at"))
            .col(instant("expires_at"))
            .index(&mut unique("uq_email_tokens_kind", &["user_id", "kind"]))
            .index(&mut unique("uq_email_tokens_secret", &["secret_sha256"]))
            .foreign_key(&mut key("email_tokens", "user_id", "users", OnDelete::Cascade))
            .check(one_of("ck_email_tokens_kind", "kind", &["verify", "reset"]))
            .take();
        manager.create_table(tokens).await?;
        manager.create_index(index("idx_email_tokens_expires", "email_tokens", &["expires_at"])).await?;
        Ok(())
    }
}
