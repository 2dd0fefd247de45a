//! Searching students by name, roll number and email from an index alone: reading every row of the table for each
//! search took the database several times as long.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["roll_no", "name_key", "email"];
        manager.create_index(index("idx_student_search", "students", &columns)).await
    }
}
