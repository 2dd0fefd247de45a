//! Statistics of a period from an index alone, in the order in which its sessions are summed up.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            "date",
            "department_id",
            "subject",
            "status",
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
