//! Which named constraint a failed statement violated, on both databases.
//!
//! PostgreSQL names the constraint. SQLite names a check, but for uniqueness
//! only the columns, and for a foreign key nothing at all.

use sea_orm::sqlx::{self, error::ErrorKind};
use sea_orm::{DbErr, RuntimeErr};

/// A constraint that refused a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// `uq_…` or `pk_…`.
    Unique(String),
    /// A key that points nowhere, or a deletion of something still pointed at. SQLite does not say which.
    ForeignKey,
    /// `ck_…`.
    Check(String),
}

/// The columns in which SQLite reports a uniqueness constraint, and its name.
const UNIQUE_COLUMNS: &[(&str, &str)] = &[
    ("attendance_records.session_id, attendance_records.student_id", "uq_attendance_records_student"),
    ("departments.code", "uq_departments_code"),
    ("departments.name", "uq_departments_name"),
    ("email_tokens.secret_sha256", "uq_email_tokens_secret"),
    ("email_tokens.user_id, email_tokens.kind", "uq_email_tokens_kind"),
    ("import_rows.import_id, import_rows.line", "uq_import_rows_line"),
    ("photos.name", "uq_photos_name"),
    ("record_contests.record_id", "uq_record_contests_open"),
    ("roll_counters.department_id, roll_counters.year", "pk_roll_counters"),
    ("sent_requests.user_id, sent_requests.request_key", "pk_sent_requests"),
    ("session_rosters.session_id, session_rosters.student_id", "uq_session_rosters_student"),
    ("students.email", "uq_students_email"),
    ("students.roll_no", "uq_students_roll_no"),
    ("students.user_id", "uq_students_user"),
    ("teacher_departments.user_id, teacher_departments.department_id", "pk_teacher_departments"),
    ("user_profiles.user_id", "uq_user_profiles_user"),
    ("users.email", "uq_users_email"),
    ("users.username_key", "uq_users_username"),
];

/// The constraint that this error is about; nothing for any other trouble.
pub fn violation(error: &DbErr) -> Option<Violation> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error else {
        return None;
    };
    let sqlx::Error::Database(error) = error.as_ref() else { return None };
    let message = error.message();
    let named = |sqlite_prefix: &str| {
        error
            .constraint()
            .map(str::to_owned)
            .or_else(|| message.split_once(sqlite_prefix).map(|(_, name)| name.to_owned()))
    };
    match error.kind() {
        ErrorKind::UniqueViolation => {
            named("UNIQUE constraint failed: ").map(|name| Violation::Unique(constraint_name(name)))
        }
        ErrorKind::CheckViolation => named("CHECK constraint failed: ").map(Violation::Check),
        ErrorKind::ForeignKeyViolation => Some(Violation::ForeignKey),
        // SQLite carries out ON DELETE RESTRICT by a trigger and reports it as one.
        _ if message.contains("FOREIGN KEY constraint failed") => Some(Violation::ForeignKey),
        _ => None,
    }
}

/// Whether exactly this uniqueness constraint refused the statement.
pub fn is_unique(error: &DbErr, name: &str) -> bool {
    matches!(violation(error), Some(Violation::Unique(violated)) if violated == name)
}

fn constraint_name(reported: String) -> String {
    match UNIQUE_COLUMNS.iter().find(|(columns, _)| *columns == reported) {
        Some((_, name)) => (*name).to_owned(),
        None => reported,
    }
}
