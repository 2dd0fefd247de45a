//! The audit log. It names people without a key to them, so that it outlives them.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let audit = Table::create()
            .table("audit_log")
            .col(id())
            .col(instant("at"))
            .col(big_integer_null("actor_id"))
            .col(text("actor_name"))
            .col(short("action", 60))
            .col(short("object_type", 40))
            .col(short("object_id", 60))
            .col(text("sentence"))
            .col(text("details"))
            .col(short("trace_id", 40).default(""))
            .col(short("ip", 64).default(""))
            .take();
        manager.create_table(audit).await?;
        manager.create_index(index("idx_audit_log_at", "audit_log", &["at"])).await?;
        manager.create_index(index("idx_audit_log_object", "audit_log", &["object_type", "object_id"])).await?;
        Ok(())
    }
}
