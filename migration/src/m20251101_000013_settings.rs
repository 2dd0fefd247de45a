//! Settings of the institution: a word and its value.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let settings = Table::create()
            .table("settings")
            .col(short("key", 60).primary_key())
            .col(text("value"))
            .col(instant("updated_at"))
            .take();
        manager.create_table(settings).await?;
        Ok(())
    }
}
