//! Counting students by department and state from an index alone.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let counts = index("idx_student_counts", "students", &["department_id", "is_active"]);
        manager.create_index(counts).await
    }
}
