//! One row per operation and state of its thing: what everybody gets.

use super::world::Things;
use serde_json::{Value, json};

/// What the thing has been through before it is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Active session with one mark; student without a face.
    Usual,
    /// Active session without a mark: its student has no record.
    Unmarked,
    /// The student has a face and no record.
    Faces,
    Completed,
    Cancelled,
}

/// What is sent along.
pub enum Send {
    Nothing,
    Json(fn(&Things) -> Value),
    /// Multipart; `<photo>` stands for a file.
    Form(fn(&Things) -> Vec<(&'static str, String)>),
}

pub struct Row {
    pub operation: &'static str,
    pub query: &'static str,
    pub send: Send,
    pub state: State,
    /// The request ends login sessions: each caller needs one of their own.
    pub fresh_caller: bool,
    /// In the order of `CALLERS`.
    pub expected: [u16; 8],
}

impl Row {
    pub fn state(&self) -> String {
        if self.state == State::Usual { String::new() } else { format!(" ({:?})", self.state) }
    }
}

const fn open(ok: u16) -> [u16; 8] {
    [ok; 8]
}

const fn everybody(ok: u16) -> [u16; 8] {
    [401, ok, ok, ok, ok, ok, 401, 401]
}

/// Staff, and students about themselves alone.
const fn own(ok: u16) -> [u16; 8] {
    [401, ok, 404, ok, ok, ok, 401, 401]
}

const fn staff(ok: u16) -> [u16; 8] {
    [401, 403, 403, ok, ok, ok, 401, 401]
}

/// Admins, and teachers in their own departments.
const fn teachers(ok: u16) -> [u16; 8] {
    [401, 403, 403, ok, 403, ok, 401, 401]
}

const fn admins(ok: u16) -> [u16; 8] {
    [401, 403, 403, 403, 403, ok, 401, 401]
}

const fn row(operation: &'static str, send: Send, state: State, expected: [u16; 8]) -> Row {
    Row { operation, query: "", send, state, fresh_caller: false, expected }
}

const fn get(operation: &'static str, expected: [u16; 8]) -> Row {
    row(operation, Send::Nothing, State::Usual, expected)
}

const fn json_row(operation: &'static str, body: fn(&Things) -> Value, expected: [u16; 8]) -> Row {
    row(operation, Send::Json(body), State::Usual, expected)
}

fn record_of(things: &Things) -> Value {
    json!({ "session": things.session, "records": [{ "student": things.student, "status": "late" }], "reason": "Seen." })
}

fn photo(_: &Things) -> Vec<(&'static str, String)> {
    vec![("photo", "<photo>".to_owned())]
}

fn file(_: &Things) -> Vec<(&'static str, String)> {
    vec![("file", "<photo>".to_owned())]
}

fn new_student(things: &Things) -> Vec<(&'static str, String)> {
    vec![
        ("name", format!("New Student {}", things.number)),
        ("email", format!("new.{}@example.edu", things.number)),
        ("department", things.department.to_string()),
        ("photo", "<photo>".to_owned()),
    ]
}

fn mark(things: &Things) -> Vec<(&'static str, String)> {
    vec![("session", things.session.to_string()), ("image", "<photo>".to_owned())]
}

fn refresh(_: &Things) -> Value {
    json!({ "refresh": "no token" })
}

const fn fresh(operation: &'static str, send: Send, expected: [u16; 8]) -> Row {
    Row { operation, query: "", send, state: State::Usual, fresh_caller: true, expected }
}

const fn query(operation: &'static str, query: &'static str, expected: [u16; 8]) -> Row {
    Row { operation, query, send: Send::Nothing, state: State::Usual, fresh_caller: false, expected }
}

const PERIOD: &str = "?date_from=2025-10-01&date_to=2025-11-30";
const NOTHING: Send = Send::Nothing;

pub static ROWS: &[Row] = &[
    // Authentication
    json_row(
        "POST /api/auth/login/",
        |_| json!({ "username": "own", "password": crate::support::PASSWORD }),
        open(200),
    ),
    json_row(
        "POST /api/auth/register/",
        |t| json!({ "username": format!("fresh_{}", t.number), "email": format!("fresh.{}@example.edu", t.number), "password": "Correct-horse-7" }),
        [201, 201, 201, 201, 201, 201, 401, 401],
    ),
    json_row("POST /api/auth/refresh/", refresh, open(401)),
    get("GET /api/auth/me/", everybody(200)),
    json_row("PATCH /api/auth/me/", |_| json!({ "first_name": "Mia" }), everybody(200)),
    fresh("POST /api/auth/logout/", NOTHING, everybody(204)),
    fresh(
        "POST /api/auth/password/change/",
        Send::Json(|_| json!({ "old_password": "Wrong-horse-7", "new_password": "Other-horse-8" })),
        everybody(400),
    ),
    json_row("POST /api/auth/password/reset/", |_| json!({ "email": "nobody@example.edu" }), open(202)),
    json_row(
        "POST /api/auth/password/reset/confirm/",
        |_| json!({ "token": "no", "password": "Other-horse-8" }),
        open(400),
    ),
    json_row("POST /api/auth/verify/", |_| json!({ "token": "no" }), open(400)),
    json_row("POST /api/auth/verify/resend/", |_| json!({ "email": "nobody@example.edu" }), open(202)),
    // Users
    get("GET /api/users/", admins(200)),
    json_row(
        "POST /api/users/",
        |t| json!({ "username": format!("made_{}", t.number), "email": format!("made.{}@example.edu", t.number), "role": "student" }),
        admins(201),
    ),
    get("GET /api/users/{id}/", admins(200)),
    json_row("PUT /api/users/{id}/", |_| json!({ "first_name": "Changed" }), admins(200)),
    get("DELETE /api/users/{id}/", admins(204)),
    get("POST /api/users/{id}/verify/", admins(200)),
    get("POST /api/users/{id}/password/reset/", admins(200)),
    get("GET /api/outbox/", admins(200)),
    // Departments
    get("GET /api/departments/", everybody(200)),
    json_row(
        "POST /api/departments/",
        |t| json!({ "name": format!("Department N{}", t.number), "code": format!("N{}", t.number) }),
        admins(201),
    ),
    get("GET /api/departments/{id}/", everybody(200)),
    json_row("PATCH /api/departments/{id}/", |_| json!({ "description": "Changed" }), admins(200)),
    json_row("PUT /api/departments/{id}/", |_| json!({ "description": "Changed" }), admins(200)),
    get("DELETE /api/departments/{id}/", admins(204)),
    // Students
    row("POST /api/students/register/", Send::Form(new_student), State::Usual, admins(201)),
    get("GET /api/students/", staff(200)),
    get("GET /api/students/{id}/", own(200)),
    json_row("PUT /api/students/{id}/", |_| json!({ "phone": "1234567890" }), admins(200)),
    json_row("PATCH /api/students/{id}/", |_| json!({ "phone": "1234567890" }), admins(200)),
    get("DELETE /api/students/{id}/", admins(400)),
    row("DELETE /api/students/{id}/", NOTHING, State::Unmarked, admins(204)),
    get("GET /api/students/{id}/photos/", own(200)),
    row("POST /api/students/{id}/photos/", Send::Form(photo), State::Usual, admins(201)),
    row("DELETE /api/students/{id}/photos/{photo_id}/", NOTHING, State::Faces, admins(204)),
    row("PUT /api/students/{id}/photo/", Send::Form(photo), State::Faces, admins(200)),
    row("DELETE /api/students/{id}/face/", NOTHING, State::Faces, admins(204)),
    json_row("POST /api/students/{id}/consent/", |_| json!({}), [401, 200, 404, 403, 403, 200, 401, 401]),
    row("POST /api/students/{id}/re-enrol/", NOTHING, State::Faces, admins(200)),
    get("GET /api/students/{id}/templates/", staff(200)),
    // Sessions
    json_row(
        "POST /api/attendance/sessions/",
        |t| json!({ "department": t.department, "subject": "New", "date": "2025-11-03", "start_time": "10:00:00" }),
        teachers(201),
    ),
    get("GET /api/attendance/sessions/", everybody(200)),
    get("GET /api/attendance/sessions/{id}/", own(200)),
    json_row(
        "PUT /api/attendance/sessions/{id}/",
        |_| json!({ "subject": "Changed", "start_time": "10:00:00" }),
        teachers(200),
    ),
    json_row("PATCH /api/attendance/sessions/{id}/", |_| json!({ "subject": "Changed" }), teachers(200)),
    row(
        "PATCH /api/attendance/sessions/{id}/",
        Send::Json(|_| json!({ "subject": "Changed" })),
        State::Completed,
        teachers(400),
    ),
    row(
        "PATCH /api/attendance/sessions/{id}/",
        Send::Json(|_| json!({ "subject": "Changed" })),
        State::Cancelled,
        teachers(400),
    ),
    get("POST /api/attendance/sessions/{id}/complete/", teachers(200)),
    row("POST /api/attendance/sessions/{id}/complete/", NOTHING, State::Cancelled, teachers(400)),
    get("POST /api/attendance/sessions/{id}/cancel/", teachers(200)),
    row("POST /api/attendance/sessions/{id}/cancel/", NOTHING, State::Completed, teachers(400)),
    get("GET /api/attendance/sessions/{id}/roster/", own(200)),
    json_row("POST /api/attendance/sessions/{id}/rest/", |_| json!({ "status": "absent" }), teachers(200)),
    get("GET /api/attendance/sessions/{id}/events/", staff(200)),
    row("POST /api/attendance/mark/", Send::Form(mark), State::Usual, teachers(200)),
    row("POST /api/attendance/mark/", Send::Form(mark), State::Completed, teachers(400)),
    row("POST /api/attendance/mark/", Send::Form(mark), State::Cancelled, teachers(400)),
    // Records
    get("GET /api/attendance/records/", everybody(200)),
    json_row("PUT /api/attendance/records/", record_of, teachers(200)),
    row("PUT /api/attendance/records/", Send::Json(record_of), State::Completed, teachers(200)),
    row("PUT /api/attendance/records/", Send::Json(record_of), State::Cancelled, teachers(400)),
    json_row(
        "PATCH /api/attendance/records/{id}/",
        |_| json!({ "status": "excused", "reason": "Ill." }),
        teachers(200),
    ),
    row(
        "PATCH /api/attendance/records/{id}/",
        Send::Json(|_| json!({ "status": "excused" })),
        State::Completed,
        teachers(400),
    ),
    get("GET /api/attendance/records/{id}/history/", staff(200)),
    query("GET /api/attendance/statistics/", PERIOD, everybody(200)),
    // Exports
    query("GET /api/attendance/sessions/{id}/export/", "?format=csv", staff(200)),
    query("GET /api/attendance/records/export/", "?format=csv&date_from=2025-10-01&date_to=2025-11-30", everybody(200)),
    query(
        "GET /api/attendance/statistics/export/",
        "?format=csv&date_from=2025-10-01&date_to=2025-11-30",
        everybody(200),
    ),
    // Recognition
    row("POST /api/ai/detect/", Send::Form(file), State::Usual, staff(200)),
    row("POST /api/ai/recognize/", Send::Form(file), State::Usual, staff(200)),
    row(
        "POST /api/ai/register/",
        Send::Json(|t| json!({ "student_id": t.student, "image_path": t.student_photo.1 })),
        State::Faces,
        admins(200),
    ),
    get("GET /api/ai/health/", open(200)),
    get("GET /api/ai/models/", staff(200)),
    get("GET /api/ai/gallery-health/", admins(200)),
    row("POST /api/ai/templates/{id}/use-again/", Send::Nothing, State::Usual, admins(404)),
    // Settings and the audit log
    get("GET /api/settings/", admins(200)),
    json_row(
        "PUT /api/settings/",
        |_| {
            json!({
                "institution": "Rollcall", "late_after_minutes": 15, "correction_window_hours": 48,
                "session_hours_max": 4, "session_days_ahead_max": 30, "confidence_formula": "calibrated",
            })
        },
        admins(200),
    ),
    get("GET /api/audit/", admins(200)),
];
