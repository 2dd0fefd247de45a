//! Users, their profiles, and which departments a teacher belongs to.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let users = Table::create()
            .table("users")
            .col(id())
            .col(short("username", 150))
            .col(short("username_key", 150))
            .col(short("email", 254))
            .col(short("password_hash", 256))
            .col(short("first_name", 150).default(""))
            .col(short("last_name", 150).default(""))
            .col(boolean("is_active").default(true))
            .col(boolean("is_staff").default(false))
            .col(boolean("is_superuser").default(false))
            .col(instant_null("email_verified_at"))
            .col(big_integer("session_epoch").default(0))
            .col(instant("date_joined"))
            .col(instant_null("last_login"))
            .index(&mut unique("uq_users_username", &["username_key"]))
            .index(&mut unique("uq_users_email", &["email"]))
            .take();
        manager.create_table(users).await?;

        let profiles = Table::create()
            .table("user_profiles")
            .col(id())
            .col(big_integer("user_id"))
            .col(short("role", 20).default("student"))
            .col(short("phone", 15).default(""))
            .col(big_integer_null("department_id"))
            .index(&mut unique("uq_user_profiles_user", &["user_id"]))
            .foreign_key(&mut key("user_profiles", "user_id", "users", OnDelete::Cascade))
            .foreign_key(&mut key("user_profiles", "department_id", "departments", OnDelete::Forget))
            .check(one_of("ck_user_profiles_role", "role", &["student", "teacher", "admin"]))
            .take();
        manager.create_table(profiles).await?;
        manager.create_index(index("idx_userprofile_role", "user_profiles", &["role"])).await?;

        let teacher_departments = Table::create()
            .table("teacher_departments")
            .col(big_integer("user_id"))
            .col(big_integer("department_id"))
            .col(integer("position"))
            .primary_key(&mut primary("pk_teacher_departments", &["user_id", "department_id"]))
            .foreign_key(&mut key("teacher_departments", "user_id", "users", OnDelete::Cascade))
            .foreign_key(&mut key("teacher_departments", "department_id", "departments", OnDelete::Restrict))
            .take();
        manager.create_table(teacher_departments).await?;
        let by_department = index("idx_teacher_departments_department", "teacher_departments", &["department_id"]);
        manager.create_index(by_department).await?;
        Ok(())
    }
}
