//! What students say against a record, and what became of it. One open objection a record.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let contests = Table::create()
            .table("record_contests")
            .col(id())
            .col(big_integer("record_id"))
            .col(big_integer("student_id"))
            .col(text("note"))
            .col(short("state", 20).default("open"))
            .col(text("answer").default(""))
            .col(big_integer_null("decided_by_id"))
            .col(instant_null("decided_at"))
            .col(instant("created_at"))
            .foreign_key(&mut key("record_contests", "record_id", "attendance_records", OnDelete::Restrict))
            .foreign_key(&mut key("record_contests", "student_id", "students", OnDelete::Restrict))
            .foreign_key(&mut key("record_contests", "decided_by_id", "users", OnDelete::Restrict))
            .check(one_of("ck_record_contests_state", "state", &["open", "accepted", "declined"]))
            .take();
        manager.create_table(contests).await?;
        manager.create_index(index("idx_record_contests_student", "record_contests", &["student_id"])).await?;
        manager.create_index(index("idx_record_contests_state", "record_contests", &["state"])).await?;
        // Of the open ones alone: what is decided may be objected to again.
        let open = Expr::col("state").eq("open");
        let one_open =
            unique("uq_record_contests_open", &["record_id"]).table("record_contests").and_where(open).take();
        manager.create_index(one_open).await
    }
}
