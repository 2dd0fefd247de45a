//! Every place of the database, and what becomes of it when somebody is erased. A test compares the list with the
//! schema: a new column fails it until somebody has said here what it may tell of a person.

/// What becomes of a column when somebody is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Tells of nobody who they are: keys, times, counts, words of a fixed list, what staff is called.
    Kept,
    /// Goes with the person's own rows, which are deleted.
    Deleted,
    /// Stays in the person's own rows without what it said.
    Emptied,
    /// Free text: wherever it mentions the person, the mention is replaced, in everybody's rows.
    Searched,
}

use Fate::{Deleted, Emptied, Kept, Searched};

/// A table and its columns.
pub type Table = (&'static str, &'static [(&'static str, Fate)]);

/// The tables, in the order in which a receipt names them.
pub const TABLES: &[Table] = &[
    (
        "students",
        &[
            ("id", Kept),
            ("roll_no", Emptied),
            ("name", Emptied),
            ("name_key", Emptied),
            ("email", Emptied),
            ("phone", Emptied),
            ("department_id", Kept),
            ("user_id", Emptied),
            ("is_active", Emptied),
            ("created_at", Kept),
            ("updated_at", Kept),
        ],
    ),
    (
        "users",
        &[
            ("id", Kept),
            ("username", Emptied),
            ("username_key", Emptied),
            ("email", Emptied),
            ("password_hash", Emptied),
            ("first_name", Emptied),
            ("last_name", Emptied),
            ("is_active", Emptied),
            ("is_staff", Kept),
            ("is_superuser", Kept),
            ("email_verified_at", Emptied),
            ("session_epoch", Kept),
            ("date_joined", Kept),
            ("last_login", Emptied),
            ("language", Emptied),
        ],
    ),
    ("user_profiles", &[("id", Kept), ("user_id", Kept), ("role", Kept), ("phone", Emptied), ("department_id", Kept)]),
    (
        "photos",
        &[
            ("id", Deleted),
            ("student_id", Deleted),
            ("name", Deleted),
            ("sha256", Deleted),
            ("width", Deleted),
            ("height", Deleted),
            ("bytes", Deleted),
            ("is_current", Deleted),
            ("consent_id", Deleted),
            ("created_by_id", Deleted),
            ("created_at", Deleted),
        ],
    ),
    (
        "face_templates",
        &[
            ("id", Deleted),
            ("student_id", Deleted),
            ("photo_id", Deleted),
            ("consent_id", Deleted),
            ("model_sha256", Deleted),
            ("vector", Deleted),
            ("quality", Deleted),
            ("verdict", Deleted),
            ("source", Deleted),
            ("created_by_id", Deleted),
            ("created_at", Deleted),
        ],
    ),
    (
        "consents",
        &[
            ("id", Deleted),
            ("student_id", Deleted),
            ("kind", Deleted),
            ("channel", Deleted),
            ("notice_version", Deleted),
            ("note", Searched),
            ("recorded_by_id", Deleted),
            ("created_at", Deleted),
        ],
    ),
    (
        "attendance_records",
        &[
            ("id", Kept),
            ("session_id", Kept),
            ("student_id", Kept),
            ("timestamp", Kept),
            ("status", Kept),
            ("confidence", Emptied),
            ("distance", Emptied),
            ("method", Kept),
            ("marked_by_id", Kept),
            ("manual_override", Kept),
            ("notes", Searched),
            ("created_at", Kept),
            ("updated_at", Kept),
        ],
    ),
    (
        "record_contests",
        &[
            ("id", Deleted),
            ("record_id", Deleted),
            ("student_id", Deleted),
            ("note", Searched),
            ("state", Deleted),
            ("answer", Searched),
            ("decided_by_id", Deleted),
            ("decided_at", Deleted),
            ("created_at", Deleted),
        ],
    ),
    (
        "attendance_sessions",
        &[
            ("id", Kept),
            ("department_id", Kept),
            ("subject", Searched),
            ("date", Kept),
            ("start_time", Kept),
            ("end_time", Kept),
            ("created_by_id", Kept),
            ("status", Kept),
            ("notes", Searched),
            ("late_after_minutes", Kept),
            ("completed_at", Kept),
            ("completed_by_id", Kept),
            ("closed_by", Kept),
            ("confirmed_at", Kept),
            ("present", Kept),
            ("late", Kept),
            ("absent", Kept),
            ("excused", Kept),
            // By the number of the student's row, which tells nobody's name.
            ("tally", Kept),
            ("created_at", Kept),
            ("updated_at", Kept),
        ],
    ),
    (
        "departments",
        &[
            ("id", Kept),
            ("name", Kept),
            ("code", Kept),
            ("description", Searched),
            ("created_at", Kept),
            ("updated_at", Kept),
        ],
    ),
    (
        "imports",
        &[
            ("id", Kept),
            ("state", Kept),
            ("step", Kept),
            ("created_by_id", Kept),
            ("created_by_name", Emptied),
            ("acting_id", Kept),
            ("csv_name", Searched),
            ("zip_name", Searched),
            ("setup", Searched),
            ("rows_total", Kept),
            ("created", Kept),
            ("changed", Kept),
            ("unchanged", Kept),
            ("problems", Kept),
            ("message", Searched),
            ("worker", Kept),
            ("beat_at", Kept),
            ("created_at", Kept),
            ("applied_at", Kept),
            ("finished_at", Kept),
        ],
    ),
    (
        "import_rows",
        &[
            ("id", Deleted),
            ("import_id", Deleted),
            ("line", Deleted),
            ("cells", Searched),
            ("verdict", Deleted),
            ("findings", Searched),
            ("todo", Deleted),
            ("student_id", Deleted),
            ("outcome", Deleted),
        ],
    ),
    (
        "audit_log",
        &[
            ("id", Kept),
            ("at", Kept),
            ("actor_id", Kept),
            ("actor_name", Emptied),
            ("action", Kept),
            ("object_type", Kept),
            ("object_id", Searched),
            ("sentence", Searched),
            ("details", Searched),
            ("trace_id", Kept),
            ("ip", Emptied),
        ],
    ),
    (
        "outbox",
        &[
            ("id", Deleted),
            ("user_id", Deleted),
            ("recipient", Deleted),
            ("subject", Deleted),
            ("body", Deleted),
            ("secret", Deleted),
            ("state", Deleted),
            ("attempts", Deleted),
            ("last_error", Deleted),
            ("created_at", Deleted),
            ("next_attempt_at", Deleted),
            ("expires_at", Deleted),
            ("sent_at", Deleted),
        ],
    ),
    (
        "email_tokens",
        &[
            ("id", Deleted),
            ("user_id", Deleted),
            ("kind", Deleted),
            ("email", Deleted),
            ("secret_sha256", Deleted),
            ("created_at", Deleted),
            ("expires_at", Deleted),
        ],
    ),
    (
        "login_sessions",
        &[
            ("id", Deleted),
            ("user_id", Deleted),
            ("epoch", Deleted),
            ("kind", Deleted),
            ("created_at", Deleted),
            ("last_seen_at", Deleted),
            ("expires_at", Deleted),
            ("revoked_at", Deleted),
            ("user_agent", Deleted),
        ],
    ),
    // What a form held that was refused, and whose login session a cookie means.
    ("browser_sessions", &[("id", Deleted), ("data", Searched), ("expires_at", Deleted)]),
    (
        "login_failures",
        &[
            // The hash of a username.
            ("subject", Deleted),
            ("failures", Deleted),
            ("counted_from", Deleted),
            ("locked_until", Deleted),
            ("forget_at", Deleted),
        ],
    ),
    (
        "sent_requests",
        &[
            ("user_id", Deleted),
            ("request_key", Deleted),
            ("path", Deleted),
            ("status", Deleted),
            // The answer to a teacher's photo names who was seen.
            ("body", Searched),
            ("created_at", Deleted),
        ],
    ),
    // Where a student's place on a register is, by the number of the student's row.
    ("session_rosters", &[("id", Kept), ("session_id", Kept), ("student_id", Kept)]),
    ("teacher_departments", &[("user_id", Kept), ("department_id", Kept), ("position", Kept)]),
    ("roll_counters", &[("department_id", Kept), ("year", Kept), ("last_seq", Kept)]),
    // Values of a fixed list, numbers, and what the institution is called.
    ("settings", &[("key", Kept), ("value", Kept), ("updated_at", Kept)]),
    (
        "server_leases",
        &[("id", Kept), ("node", Kept), ("run", Kept), ("holder", Kept), ("started_at", Kept), ("beat_at", Kept)],
    ),
    // Who was erased, by keyed hashes of the numbers of their rows.
    (
        "erasures",
        &[
            ("id", Kept),
            ("at", Kept),
            ("kind", Kept),
            ("key_id", Kept),
            ("student", Kept),
            ("accounts", Kept),
            ("student_id", Kept),
            ("actor_name", Kept),
            ("receipt", Kept),
            ("leftovers", Kept),
            ("cleaned_at", Kept),
        ],
    ),
];

/// Places outside of the rows, in the order in which a receipt names them.
pub const BESIDE: &[&str] = &["photo_files", "import_files", "search_index", "statistics", "write_ahead_log"];

/// Whether a table may hold something of a person.
pub fn is_personal(table: &Table) -> bool {
    table.1.iter().any(|(_, fate)| *fate != Kept)
}

/// Columns of free text of the tables whose rows stay.
pub fn searched() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.iter().flat_map(|(table, columns)| {
        columns.iter().filter(|(_, fate)| *fate == Searched).map(|(column, _)| (*table, *column))
    })
}
