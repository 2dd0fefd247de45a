//! Counting a year's records by session and by student from an index alone.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let counts = index("idx_record_counts", "attendance_records", &["session_id", "status", "student_id"]);
        manager.create_index(counts).await
    }
}
