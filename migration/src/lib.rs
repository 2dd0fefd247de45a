//! Database migrations: forward only, one idea per file.
//!
//! SQLite and PostgreSQL get their schema from the same code. Names are part of
//! the contract: `uq_…` for uniqueness, `fk_…` for keys, `ck_…` for checks,
//! `idx_…` for indexes. A constraint is named because the server tells users
//! apart what went wrong by that name. Columns that a uniqueness constraint
//! already indexes get no second index.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::{MigrationTrait, async_trait};

mod columns;
mod m20251101_000001_departments;
mod m20251101_000002_users;
mod m20251101_000003_students;
mod m20251101_000004_consents;
mod m20251101_000005_photos;
mod m20251101_000006_face_templates;
mod m20251101_000007_attendance_sessions;
mod m20251101_000008_session_rosters;
mod m20251101_000009_attendance_records;
mod m20251101_000010_audit_log;
mod m20251101_000011_login_sessions;
mod m20251101_000012_browser_sessions;
mod m20251101_000013_settings;
mod m20251101_000014_email_tokens;
mod m20251101_000015_outbox;
mod m20251101_000016_login_failures;
mod m20251101_000020_record_counts;
mod m20251101_000021_student_counts;
mod m20251101_000022_templates_of_students;
mod m20251101_000035_session_counts;
mod m20251101_000036_session_statistics;
mod m20251101_000045_record_contests;
mod m20251101_000050_imports;
mod m20251101_000051_import_rows;
mod m20251101_000055_student_search;
mod m20251101_000060_sent_requests;
mod m20251101_000065_user_language;
mod m20251101_000070_session_tallies;
mod m20251101_000075_server_leases;
mod m20251101_000080_browser_sessions_anew;
mod m20251101_000085_erasures;

/// All migrations in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20251101_000001_departments::Migration),
            Box::new(m20251101_000002_users::Migration),
            Box::new(m20251101_000003_students::Migration),
            Box::new(m20251101_000004_consents::Migration),
            Box::new(m20251101_000005_photos::Migration),
            Box::new(m20251101_000006_face_templates::Migration),
            Box::new(m20251101_000007_attendance_sessions::Migration),
            Box::new(m20251101_000008_session_rosters::Migration),
            Box::new(m20251101_000009_attendance_records::Migration),
            Box::new(m20251101_000010_audit_log::Migration),
            Box::new(m20251101_000011_login_sessions::Migration),
            Box::new(m20251101_000012_browser_sessions::Migration),
            Box::new(m20251101_000013_settings::Migration),
            Box::new(m20251101_000014_email_tokens::Migration),
            Box::new(m20251101_000015_outbox::Migration),
            Box::new(m20251101_000016_login_failures::Migration),
            Box::new(m20251101_000020_record_counts::Migration),
            Box::new(m20251101_000021_student_counts::Migration),
            Box::new(m20251101_000022_templates_of_students::Migration),
            Box::new(m20251101_000035_session_counts::Migration),
            Box::new(m20251101_000036_session_statistics::Migration),
            Box::new(m20251101_000045_record_contests::Migration),
            Box::new(m20251101_000050_imports::Migration),
            Box::new(m20251101_000051_import_rows::Migration),
            Box::new(m20251101_000055_student_search::Migration),
            Box::new(m20251101_000060_sent_requests::Migration),
            Box::new(m20251101_000065_user_language::Migration),
            Box::new(m20251101_000070_session_tallies::Migration),
            Box::new(m20251101_000075_server_leases::Migration),
            Box::new(m20251101_000080_browser_sessions_anew::Migration),
            Box::new(m20251101_000085_erasures::Migration),
        ]
    }
}
