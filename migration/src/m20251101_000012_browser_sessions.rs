//! What the cookie of a browser points at.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let browser_sessions = Table::create()
            .table("browser_sessions")
            .col(short("id", 64).primary_key())
            .col(text("data"))
            .col(instant("expires_at"))
            .take();
        manager.create_table(browser_sessions).await?;
        manager.create_index(index("idx_browser_sessions_expires", "browser_sessions", &["expires_at"])).await?;
        Ok(())
    }
}
