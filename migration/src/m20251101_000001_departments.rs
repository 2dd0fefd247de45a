//! Departments.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let departments = Table::create()
            .table("departments")
            .col(id())
            .col(short("name", 100))
            .col(short("code", 10))
            .col(text("description").default(""))
            .col(instant("created_at"))
            .col(instant("updated_at"))
            .index(&mut unique("uq_departments_name", &["name"]))
            .index(&mut unique("uq_departments_code", &["code"]))
            .take();
        manager.create_table(departments).await?;
        Ok(())
    }
}
