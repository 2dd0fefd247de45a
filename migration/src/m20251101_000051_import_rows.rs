//! Rows of imports: what the file says, what that would change, and what became of it.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let verdicts = ["created", "changed", "unchanged", "problem"];
        let outcomes = ["", "created", "changed", "skipped", "undone", "kept"];
        let rows = Table::create()
            .table("import_rows")
            .col(id())
            .col(big_integer("import_id"))
            .col(integer("line"))
            .col(text("cells"))
            .col(short("verdict", 10))
            .col(text("findings"))
            // Photos that are still to be judged or stored.
            .col(boolean("todo").default(false))
            .col(big_integer_null("student_id"))
            .col(short("outcome", 10).default(""))
            .index(&mut unique("uq_import_rows_line", &["import_id", "line"]))
            .foreign_key(&mut key("import_rows", "import_id", "imports", OnDelete::Cascade))
            .foreign_key(&mut key("import_rows", "student_id", "students", OnDelete::Forget))
            .check(one_of("ck_import_rows_verdict", "verdict", &verdicts))
            .check(one_of("ck_import_rows_outcome", "outcome", &outcomes))
            .take();
        manager.create_table(rows).await?;
        manager.create_index(index("idx_import_rows_verdict", "import_rows", &["import_id", "verdict"])).await?;
        manager.create_index(index("idx_import_rows_todo", "import_rows", &["import_id", "todo"])).await?;
        manager.create_index(index("idx_import_rows_student", "import_rows", &["student_id"])).await
    }
}
