//! The audit log as people read it.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// What comes before the dot of an action, and the words for all actions of that kind.
pub const AUDIT_AREAS: &[(&str, &str)] = &[
    ("record", "Attendance records"),
    ("session", "Sessions and registers"),
    ("student", "Students and faces"),
    ("user", "Accounts and sign-in"),
    ("department", "Departments"),
    ("settings", "Settings"),
    ("backup", "Backups"),
    ("contest", "Objections"),
    ("import", "Imports"),
    ("outbox", "Messages"),
    ("demo", "Demo"),
];

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditLine {
    pub id: i64,
    /// On the institution's wall.
    pub at: NaiveDateTime,
    /// Username of who acted; `system` for the clock and the command line.
    pub actor: String,
    /// As in `record.correct`.
    pub action: String,
    /// The action in a few words.
    pub title: String,
    pub sentence: String,
    /// Where the thing is found, when it is still there and has a page.
    pub href: Option<String>,
    /// What else the row holds: names and values.
    pub details: Vec<(String, String)>,
}

/// Filters of the log's page; what is empty filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Part of the username of who acted.
    #[serde(default)]
    pub who: String,
    /// The area that an action belongs to, as in `record`.
    #[serde(default)]
    pub area: String,
    #[serde(default)]
    pub from: Option<NaiveDate>,
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// Part of a sentence, or of a student's name.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub page: u64,
    #[serde(default)]
    pub page_size: u64,
}
