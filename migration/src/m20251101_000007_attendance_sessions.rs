//! Attendance sessions: class meetings whose attendance is taken.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sessions = Table::create()
            .table("attendance_sessions")
            .col(id())
            .col(big_integer("department_id"))
            .col(short("subject", 100))
            .col(date("date"))
            .col(time("start_time"))
            .col(time_null("end_time"))
            .col(big_integer("created_by_id"))
            .col(short("status", 20).default("active"))
            .col(text("notes").default(""))
            .col(integer("late_after_minutes"))
            .col(instant_null("completed_at"))
            .col(big_integer_null("completed_by_id"))
            .col(short_null("closed_by", 10))
            .col(instant_null("confirmed_at"))
            .col(instant("created_at"))
            .col(instant("updated_at"))
            .foreign_key(&mut key("attendance_sessions", "department_id", "departments", OnDelete::Restrict))
            .foreign_key(&mut key("attendance_sessions", "created_by_id", "users", OnDelete::Restrict))
            .foreign_key(&mut key("attendance_sessions", "completed_by_id", "users", OnDelete::Restrict))
            .check(one_of("ck_attendance_sessions_status", "status", &["active", "completed", "cancelled"]))
            .check(one_of("ck_attendance_sessions_closed_by", "closed_by", &["person", "clock"]))
            .check(Check::named("ck_attendance_sessions_late", Expr::col("late_after_minutes").gte(0)))
            .check(Check::named("ck_attendance_sessions_times", Expr::col("end_time").gt(Expr::col("start_time"))))
            .take();
        manager.create_table(sessions).await?;
        manager.create_index(index("idx_session_department", "attendance_sessions", &["department_id"])).await?;
        manager.create_index(index("idx_session_date", "attendance_sessions", &["date"])).await?;
        manager.create_index(index("idx_session_status", "attendance_sessions", &["status"])).await?;
        manager.create_index(index("idx_session_created_by", "attendance_sessions", &["created_by_id"])).await?;
        Ok(())
    }
}
