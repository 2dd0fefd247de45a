//! The language that a user reads, once they have chosen one.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let language = short_null("language", 35);
        manager.alter_table(Table::alter().table("users").add_column(language).take()).await
    }
}
