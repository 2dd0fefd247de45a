//! Requests that carry a key, so that a device may send them again after a lost answer: each is carried out once.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let requests = Table::create()
            .table("sent_requests")
            .col(big_integer("user_id"))
            .col(short("request_key", 64))
            .col(short("path", 60))
            // 0 while it is being carried out.
            .col(integer("status").default(0))
            .col(blob("body"))
            .col(instant("created_at"))
            .primary_key(&mut primary("pk_sent_requests", &["user_id", "request_key"]))
            .foreign_key(&mut key("sent_requests", "user_id", "users", OnDelete::Cascade))
            .check(Check::named("ck_sent_requests_status", Expr::col("status").gte(0)))
            .take();
        manager.create_table(requests).await?;
        manager.create_index(index("idx_sent_requests_created", "sent_requests", &["created_at"])).await?;
        Ok(())
    }
}
