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

pub static ROWS: &[Row] = &[
    json_row("POST /api/auth/login/", |_| json!({ "username": "own", "password": crate::support::PASSWORD }), open(200)),
];
