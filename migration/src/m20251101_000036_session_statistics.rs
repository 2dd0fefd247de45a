//! Statistics of a period from an index alone, in the order in which its sessions are summed up. The state stands
//! first: otherwise SQLite takes the index of the states by itself and reads every session.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            "status",
            "date",
            "department_id",
            "subject",
            "closed_by",
            "confirmed_at",
            "present",
            "late",
            "absent",
            "excused",
        ];
        manager.create_index(index("idx_session_statistics", "attendance_sessions", &columns)).await
    }
}
