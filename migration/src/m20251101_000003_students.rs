//! Students, and the counters that give out roll numbers.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let students = Table::create()
            .table("students")
            .col(id())
            .col(short("roll_no", 20))
            .col(short("name", 100))
            // Lower-cased name for searching: neither database folds every script by itself.
            .col(text("name_key").default(""))
            .col(short("email", 100))
            .col(short("phone", 15).default(""))
            .col(big_integer("department_id"))
            .col(big_integer_null("user_id"))
            .col(boolean("is_active").default(true))
            .col(instant("created_at"))
            .col(instant("updated_at"))
            .index(&mut unique("uq_students_roll_no", &["roll_no"]))
            .index(&mut unique("uq_students_email", &["email"]))
            .index(&mut unique("uq_students_user", &["user_id"]))
            .foreign_key(&mut key("students", "department_id", "departments", OnDelete::Restrict))
            .foreign_key(&mut key("students", "user_id", "users", OnDelete::Restrict))
            .take();
        manager.create_table(students).await?;
        manager.create_index(index("idx_student_department", "students", &["department_id"])).await?;
        manager.create_index(index("idx_student_active", "students", &["is_active"])).await?;

        let roll_counters = Table::create()
            .table("roll_counters")
            .col(big_integer("department_id"))
            .col(integer("year"))
            .col(integer("last_seq"))
            .primary_key(&mut primary("pk_roll_counters", &["department_id", "year"]))
            .foreign_key(&mut key("roll_counters", "department_id", "departments", OnDelete::Cascade))
            .check(Check::named("ck_roll_counters_last_seq", Expr::col("last_seq").gte(0)))
            .take();
        manager.create_table(roll_counters).await?;
        Ok(())
    }
}
