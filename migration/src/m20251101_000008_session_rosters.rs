//! Rosters: the students frozen into one attendance session.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rosters = Table::create()
            .table("session_rosters")
            .col(id())
            .col(big_integer("session_id"))
            .col(big_integer("student_id"))
            .index(&mut unique("uq_session_rosters_student", &["session_id", "student_id"]))
            .foreign_key(&mut key("session_rosters", "session_id", "attendance_sessions", OnDelete::Restrict))
            .foreign_key(&mut key("session_rosters", "student_id", "students", OnDelete::Restrict))
            .take();
        manager.create_table(rosters).await?;
        manager.create_index(index("idx_session_rosters_student", "session_rosters", &["student_id"])).await?;
        Ok(())
    }
}
