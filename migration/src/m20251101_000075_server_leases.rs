//! Which server serves this database: one row while one does.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let leases = Table::create()
            .table("server_leases")
            .col(big_integer("id").primary_key())
            .col(short("node", 64))
            .col(short("run", 64))
            .col(short("holder", 300))
            .col(instant("started_at"))
            .col(instant("beat_at"))
            .take();
        manager.create_table(leases).await?;
        Ok(())
    }
}
