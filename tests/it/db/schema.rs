//! What the schema refuses and what it takes along, by name, equal on both databases.

use crate::support::db::test_databases;
use rollcall::server::db::{self, Violation};
use sea_orm::{ConnectionTrait, DatabaseConnection};

/// One row in every table. Words that both databases read alike.
const SEED: &[&str] = &[
    "INSERT INTO departments (id, name, code, created_at, updated_at) VALUES (1, 'Computing', 'CS', T, T), (2, 'Empty', 'EM', T, T)",
    "INSERT INTO users (id, username, username_key, email, password_hash, date_joined) VALUES \
     (1, 'Ada', 'ada', 'ada@x.edu', '', T), (2, 'Bob', 'bob', 'bob@x.edu', '', T), (3, 'Eve', 'eve', 'eve@x.edu', '', T)",
    "INSERT INTO user_profiles (id, user_id, role, department_id) VALUES (1, 1, 'teacher', 1), (2, 3, 'teacher', 2)",
    "INSERT INTO teacher_departments (user_id, department_id, position) VALUES (1, 1, 0)",
    "INSERT INTO students (id, roll_no, name, email, department_id, user_id, created_at, updated_at) VALUES \
     (1, 'CS-2025-001', 'Grace', 'grace@x.edu', 1, 2, T, T), (2, 'CS-2025-002', 'Alan', 'alan@x.edu', 1, NULL, T, T)",
    "INSERT INTO roll_counters (department_id, year, last_seq) VALUES (1, 2025, 2)",
    "INSERT INTO consents (id, student_id, kind, channel, notice_version, created_at) VALUES (1, 1, 'attested', 'upload', '1', T)",
    "INSERT INTO photos (id, student_id, name, sha256, width, height, bytes, is_current, consent_id, created_at) VALUES \
     (1, 1, 'student_0.jpg', '', 1, 1, 1, TRUE, 1, T)",
    "INSERT INTO face_templates (id, student_id, photo_id, consent_id, model_sha256, vector, quality, verdict, source, created_at) \
     VALUES (1, 1, 1, 1, '', '\\x00', '{}', 'good', 'upload', T)",
    "INSERT INTO attendance_sessions (id, department_id, subject, date, start_time, created_by_id, late_after_minutes, created_at, updated_at) \
     VALUES (1, 1, 'Algebra', '2025-11-03', '10:00:00', 1, 10, T, T)",
    "INSERT INTO session_rosters (id, session_id, student_id) VALUES (1, 1, 1)",
    "INSERT INTO attendance_records (id, session_id, student_id, timestamp, method, marked_by_id, created_at, updated_at) \
     VALUES (1, 1, 1, T, 'face', 3, T, T)",
    "INSERT INTO record_contests (id, record_id, student_id, note, created_at) VALUES (1, 1, 1, 'Here', T)",
    "INSERT INTO login_sessions (id, user_id, epoch, kind, created_at, last_seen_at, expires_at) VALUES ('a', 3, 0, 'cookie', T, T, T)",
    "INSERT INTO email_tokens (id, user_id, kind, email, secret_sha256, created_at, expires_at) VALUES \
     (1, 3, 'verify', '', 'a', T, T), (2, 3, 'reset', '', 'b', T, T)",
    "INSERT INTO outbox (id, recipient, subject, body, created_at, next_attempt_at) VALUES (1, '', '', '', T, T)",
    "INSERT INTO imports (id, state, created_by_name, csv_name, setup, message, created_at) VALUES (1, 'applied', '', '', '', '', T)",
    "INSERT INTO import_rows (id, import_id, line, cells, verdict, findings, student_id) VALUES (1, 1, 2, '', 'created', '', 1)",
    "INSERT INTO sent_requests (user_id, request_key, path, body, created_at) VALUES (3, 'a', '/fn/x', '', T)",
    "INSERT INTO login_failures (subject, failures, counted_from, forget_at) VALUES ('a', 0, T, T)",
];

/// Statements that uniqueness refuses, and the constraint's name.
const NOT_UNIQUE: &[(&str, &str)] = &[
    ("uq_departments_name", "UPDATE departments SET name = 'Computing' WHERE id = 2"),
    ("uq_departments_code", "UPDATE departments SET code = 'CS' WHERE id = 2"),
    ("uq_users_username", "UPDATE users SET username_key = 'ada' WHERE id = 2"),
    ("uq_users_email", "UPDATE users SET email = 'ada@x.edu' WHERE id = 2"),
    ("uq_user_profiles_user", "INSERT INTO user_profiles (id, user_id) VALUES (9, 1)"),
    ("pk_teacher_departments", "INSERT INTO teacher_departments (user_id, department_id, position) VALUES (1, 1, 1)"),
    ("uq_students_roll_no", "UPDATE students SET roll_no = 'CS-2025-001' WHERE id = 2"),
    ("uq_students_email", "UPDATE students SET email = 'grace@x.edu' WHERE id = 2"),
    ("uq_students_user", "UPDATE students SET user_id = 2 WHERE id = 2"),
    ("pk_roll_counters", "INSERT INTO roll_counters (department_id, year, last_seq) VALUES (1, 2025, 9)"),
    (
        "pk_sent_requests",
        "INSERT INTO sent_requests (user_id, request_key, path, body, created_at) VALUES (3, 'a', '/fn/x', '', T)",
    ),
    ("uq_email_tokens_kind", "UPDATE email_tokens SET kind = 'verify' WHERE id = 2"),
    ("uq_email_tokens_secret", "UPDATE email_tokens SET secret_sha256 = 'a' WHERE id = 2"),
    (
        "uq_photos_name",
        "INSERT INTO photos (id, student_id, name, sha256, width, height, bytes, is_current, consent_id, created_at) \
         VALUES (9, 2, 'student_0.jpg', '', 1, 1, 1, TRUE, 1, T)",
    ),
    (
        "uq_import_rows_line",
        "INSERT INTO import_rows (id, import_id, line, cells, verdict, findings) VALUES (9, 1, 2, '', 'created', '')",
    ),
    ("uq_session_rosters_student", "INSERT INTO session_rosters (id, session_id, student_id) VALUES (9, 1, 1)"),
    (
        "uq_attendance_records_student",
        "INSERT INTO attendance_records (id, session_id, student_id, timestamp, method, created_at, updated_at) VALUES (9, 1, 1, T, 'face', T, T)",
    ),
];

/// Statements that a check refuses, and its name.
const NOT_CHECKED: &[(&str, &str)] = &[
    ("ck_user_profiles_role", "UPDATE user_profiles SET role = 'root'"),
    ("ck_roll_counters_last_seq", "UPDATE roll_counters SET last_seq = -1"),
    ("ck_consents_kind", "UPDATE consents SET kind = 'maybe'"),
    ("ck_face_templates_source", "UPDATE face_templates SET source = 'web'"),
    ("ck_attendance_sessions_status", "UPDATE attendance_sessions SET status = 'open'"),
    ("ck_attendance_sessions_closed_by", "UPDATE attendance_sessions SET closed_by = 'moon'"),
    ("ck_attendance_sessions_late", "UPDATE attendance_sessions SET late_after_minutes = -1"),
    ("ck_attendance_sessions_times", "UPDATE attendance_sessions SET end_time = '10:00:00'"),
    ("ck_attendance_records_status", "UPDATE attendance_records SET status = 'gone'"),
    ("ck_attendance_records_method", "UPDATE attendance_records SET method = 'guess'"),
    ("ck_attendance_records_confidence", "UPDATE attendance_records SET confidence = 1.01"),
    ("ck_attendance_records_confidence", "UPDATE attendance_records SET confidence = -0.01"),
    ("ck_record_contests_state", "UPDATE record_contests SET state = 'lost'"),
    ("ck_login_sessions_kind", "UPDATE login_sessions SET kind = 'stamp'"),
    ("ck_email_tokens_kind", "UPDATE email_tokens SET kind = 'gift' WHERE id = 1"),
    ("ck_outbox_state", "UPDATE outbox SET state = 'lost'"),
    ("ck_imports_state", "UPDATE imports SET state = 'lost'"),
    ("ck_import_rows_verdict", "UPDATE import_rows SET verdict = 'maybe'"),
    ("ck_import_rows_outcome", "UPDATE import_rows SET outcome = 'lost'"),
    ("ck_sent_requests_status", "UPDATE sent_requests SET status = -1"),
    ("ck_login_failures_failures", "UPDATE login_failures SET failures = -1"),
];

/// Statements that a foreign key refuses.
const STILL_USED: &[&str] = &[
    "DELETE FROM departments WHERE id = 1",
    "DELETE FROM users WHERE id = 1",
    "DELETE FROM users WHERE id = 2",
    "DELETE FROM students WHERE id = 1",
    "DELETE FROM consents WHERE id = 1",
    "DELETE FROM photos WHERE id = 1",
    "DELETE FROM attendance_sessions WHERE id = 1",
    "DELETE FROM attendance_records WHERE id = 1",
    "UPDATE students SET department_id = 99 WHERE id = 2",
    "INSERT INTO session_rosters (id, session_id, student_id) VALUES (9, 1, 99)",
];

async fn run(db: &DatabaseConnection, sql: &str) -> Result<(), Option<Violation>> {
    let sql = sql.replace(" T,", " '2025-11-03T10:00:00+00:00',").replace(" T)", " '2025-11-03T10:00:00+00:00')");
    db.execute_unprepared(&sql).await.map(drop).map_err(|error| db::violation(&error))
}

async fn seed(db: &DatabaseConnection) {
    for sql in SEED {
        run(db, sql).await.unwrap_or_else(|violation| panic!("{violation:?}: {sql}"));
    }
}

async fn count(db: &DatabaseConnection, what: &str) -> i64 {
    let statement =
        sea_orm::Statement::from_string(db.get_database_backend(), format!("SELECT COUNT(*) AS n FROM {what}"));
    let row = db.query_one_raw(statement).await.expect("an answer").expect("a row");
    row.try_get("", "n").expect("a number")
}

#[tokio::test]
async fn uniqueness_is_refused_by_name() {
    for database in test_databases().await {
        let db = database.migrated().await;
        seed(&db).await;
        for (name, sql) in NOT_UNIQUE {
            let refused = run(&db, sql).await.expect_err(sql);
            assert_eq!(refused, Some(Violation::Unique((*name).to_owned())), "{}", database.kind);
        }
    }
}

#[tokio::test]
async fn every_uniqueness_constraint_of_the_schema_is_tried_above() {
    let database = crate::support::db::TestDatabase::sqlite();
    let db = database.migrated().await;
    let statement = sea_orm::Statement::from_string(
        db.get_database_backend(),
        "SELECT sql FROM sqlite_master WHERE type = 'table'",
    );
    let rows = db.query_all_raw(statement).await.expect("the schema");
    let schema: Vec<String> = rows.iter().map(|row| row.try_get("", "sql").expect("text")).collect();
    let schema = schema.join("\n");
    let mut named: Vec<&str> =
        schema.split("CONSTRAINT \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    named.retain(|name| !name.starts_with("ck_"));
    let mut tried: Vec<&str> = NOT_UNIQUE.iter().map(|(name, _)| *name).collect();
    named.sort_unstable();
    tried.sort_unstable();
    assert_eq!(named, tried);
}

#[tokio::test]
async fn words_and_bounds_are_refused_by_name() {
    for database in test_databases().await {
        let db = database.migrated().await;
        seed(&db).await;
        for (name, sql) in NOT_CHECKED {
            let refused = run(&db, sql).await.expect_err(sql);
            assert_eq!(refused, Some(Violation::Check((*name).to_owned())), "{}", database.kind);
        }
    }
}

#[tokio::test]
async fn lengths_are_refused_on_sqlite_as_on_postgresql() {
    for database in test_databases().await {
        let db = database.migrated().await;
        seed(&db).await;
        let fits = format!("UPDATE students SET name = '{}' WHERE id = 1", "é".repeat(100));
        run(&db, &fits).await.expect("a hundred characters fit, however many bytes they are");
        let too_long = format!("UPDATE students SET name = '{}' WHERE id = 1", "x".repeat(101));
        assert!(run(&db, &too_long).await.is_err(), "{}", database.kind);
    }
}

#[tokio::test]
async fn what_is_still_used_cannot_go() {
    for database in test_databases().await {
        let db = database.migrated().await;
        seed(&db).await;
        for sql in STILL_USED {
            let refused = run(&db, sql).await.expect_err(sql);
            assert_eq!(refused, Some(Violation::ForeignKey), "{} {sql}", database.kind);
        }
    }
}

#[tokio::test]
async fn a_user_takes_profile_and_logins_along_and_leaves_records() {
    for database in test_databases().await {
        let db = database.migrated().await;
        seed(&db).await;
        run(&db, "DELETE FROM users WHERE id = 3").await.expect("nothing restricts this user");
        assert_eq!(count(&db, "user_profiles WHERE user_id = 3").await, 0, "{}", database.kind);
        assert_eq!(count(&db, "login_sessions").await, 0, "{}", database.kind);
        assert_eq!(count(&db, "attendance_records WHERE marked_by_id IS NULL").await, 1, "{}", database.kind);
    }
}

#[tokio::test]
async fn a_department_leaves_the_profiles_that_named_it() {
    for database in test_databases().await {
        let db = database.migrated().await;
        seed(&db).await;
        run(&db, "DELETE FROM departments WHERE id = 2").await.expect("an empty department goes");
        assert_eq!(
            count(&db, "user_profiles WHERE user_id = 3 AND department_id IS NULL").await,
            1,
            "{}",
            database.kind
        );
    }
}

#[tokio::test]
async fn the_indexes_of_the_specification_are_there() {
    const INDEXES: &[&str] = &[
        "idx_student_department",
        "idx_student_active",
        "idx_userprofile_role",
        "idx_session_department",
        "idx_session_date",
        "idx_session_status",
        "idx_session_created_by",
        "idx_record_session",
        "idx_record_student",
        "idx_record_status",
        "idx_record_timestamp",
    ];
    for database in test_databases().await {
        let db = database.migrated().await;
        let all = match database.kind {
            "SQLite" => "sqlite_master WHERE type = 'index' AND name",
            _ => "pg_indexes WHERE indexname",
        };
        for index in INDEXES {
            assert_eq!(count(&db, &format!("{all} = '{index}'")).await, 1, "{} {index}", database.kind);
        }
    }
}
