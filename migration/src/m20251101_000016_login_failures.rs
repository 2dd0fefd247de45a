//! Failed sign-ins, per account and per address, by a hash of either: what was typed is not kept.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let failures = Table::create()
            .table("login_failures")
            .col(short("subject", 64).primary_key())
            .col(integer("failures"))
            .col(instant("counted_from"))
            .col(instant_null("locked_until"))
            .col(instant("forget_at"))
            .check(Check::named("ck_login_failures_failures", Expr::col("failures").gte(0)))
            .take();
        manager.create_table(failures).await?;
        manager.create_index(index("idx_login_failures_forget", "login_failures", &["forget_at"])).await?;
        Ok(())
    }
}
