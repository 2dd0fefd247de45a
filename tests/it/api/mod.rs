//! The REST API, through the router.

mod account;
mod ai;
mod ai_register;
mod audit;
mod auth;
mod departments;
mod document;
mod edges;
mod engine_faults;
mod exports;
mod limits;
mod marking;
mod matrix;
mod outbox;
mod photo_queue;
mod photos;
mod records;
mod refresh;
mod registration;
mod session_list;
mod sessions;
mod settings;
mod statistics;
mod student;
mod student_list;
mod students;
mod users;

use crate::support::client::Answer;
use crate::support::{Client, TestApp};
use serde_json::Value;

/// The secret of the link in the newest message, as an admin reads it.
async fn mailed_token(admin: &Client) -> String {
    let messages = admin.get("/api/outbox/").await.json();
    let body = messages["results"][0]["body"].as_str().expect("a message").to_owned();
    body.split("token=").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link").to_owned()
}

/// How many messages there are.
async fn messages(admin: &Client) -> u64 {
    admin.get("/api/outbox/").await.json()["count"].as_u64().expect("a number")
}

/// An admin with an account, signed in.
async fn admin(app: &TestApp) -> Client {
    app.account("boss", rollcall::app::types::Role::Admin, &[]).await;
    app.api("boss").await
}

/// The envelope without what changes.
fn envelope(mut body: Value) -> Value {
    body["trace_id"] = "…".into();
    body["details"]["timestamp"] = "…".into();
    body
}

/// Status and code of an answer.
fn told(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["error"].as_str().unwrap_or_default().to_owned())
}

/// What [`told`] gives for a refusal.
fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}
