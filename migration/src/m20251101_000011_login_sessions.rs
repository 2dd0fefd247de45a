//! Login sessions: the rows that decide whether a cookie or token still counts.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let logins = Table::create()
            .table("login_sessions")
            .col(short("id", 64).primary_key())
            .col(big_integer("user_id"))
            .col(big_integer("epoch"))
            .col(short("kind", 10))
            .col(instant("created_at"))
            .col(instant("last_seen_at"))
            .col(instant("expires_at"))
            .col(instant_null("revoked_at"))
            .col(short("user_agent", 200).default(""))
            .foreign_key(&mut key("login_sessions", "user_id", "users", OnDelete::Cascade))
            .check(one_of("ck_login_sessions_kind", "kind", &["cookie", "token"]))
            .take();
        manager.create_table(logins).await?;
        manager.create_index(index("idx_login_sessions_user", "login_sessions", &["user_id"])).await?;
        manager.create_index(index("idx_login_sessions_expires", "login_sessions", &["expires_at"])).await?;
        Ok(())
    }
}
