//! Rows behind cookies are found by the cookie's hash: those that hold it in clear go, and everybody signs in anew.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DELETE FROM browser_sessions").await?;
        Ok(())
    }
}
