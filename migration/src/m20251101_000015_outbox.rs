//! Messages on their way. The secret of a link stands apart from the text, so that it can go once it was sent.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let outbox = Table::create()
            .table("outbox")
            .col(id())
            .col(short("recipient", 254))
            .col(short("subject", 200))
            .col(text("body"))
            .col(short("secret", 100).default(""))
            .col(short("state", 10).default("waiting"))
            .col(integer("attempts").default(0))
            .col(short("last_error", 500).default(""))
            .col(instant("created_at"))
            .col(instant("next_attempt_at"))
            .col(instant_null("expires_at"))
            .col(instant_null("sent_at"))
            .check(one_of("ck_outbox_state", "state", &["waiting", "sent", "failed"]))
            .take();
        manager.create_table(outbox).await?;
        manager.create_index(index("idx_outbox_next", "outbox", &["state", "next_attempt_at"])).await?;
        Ok(())
    }
}
