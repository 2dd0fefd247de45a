//! The REST API, through the router.

mod ai;
mod audit;
mod auth;
mod exports;
mod marking;
mod records;
mod session_list;
mod sessions;
mod settings;
mod statistics;
mod students;

use crate::support::client::Answer;

/// Status and code of an answer.
fn told(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["error"].as_str().unwrap_or_default().to_owned())
}

/// What [`told`] gives for a refusal.
fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}
