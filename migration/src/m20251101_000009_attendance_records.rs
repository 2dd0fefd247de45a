//! Attendance records: one student's attendance in one session.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let records = Table::create()
            .table("attendance_records")
            .col(id())
            .col(big_integer("session_id"))
            .col(big_integer("student_id"))
            .col(instant("timestamp"))
            .col(short("status", 20).default("present"))
            .col(double_null("confidence"))
            .col(double_null("distance"))
            .col(short("method", 20))
            .col(big_integer_null("marked_by_id"))
            .col(boolean("manual_override").default(false))
            .col(text("notes").default(""))
            .col(instant("created_at"))
            .col(instant("updated_at"))
            .index(&mut unique("uq_attendance_records_student", &["session_id", "student_id"]))
            .foreign_key(&mut key("attendance_records", "session_id", "attendance_sessions", OnDelete::Restrict))
            .foreign_key(&mut key("attendance_records", "student_id", "students", OnDelete::Restrict))
            .foreign_key(&mut key("attendance_records", "marked_by_id", "users", OnDelete::Forget))
            .check(one_of("ck_attendance_records_status", "status", &["present", "absent", "late", "excused"]))
            .check(one_of("ck_attendance_records_method", "method", &["face", "manual", "import", "auto_close"]))
            .check(Check::named("ck_attendance_records_confidence", Expr::col("confidence").between(0, 1)))
            .take();
        manager.create_table(records).await?;
        manager.create_index(index("idx_record_session", "attendance_records", &["session_id"])).await?;
        manager.create_index(index("idx_record_student", "attendance_records", &["student_id"])).await?;
        manager.create_index(index("idx_record_status", "attendance_records", &["status"])).await?;
        manager.create_index(index("idx_record_timestamp", "attendance_records", &["timestamp"])).await?;
        Ok(())
    }
}
