//! Objections of students to their records: "I was there".

use super::{ContestId, MySession, RecordId, RecordStatus, SessionId, StudentRef};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

/// How an objection stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContestState {
    #[default]
    Open,
    Accepted,
    Declined,
}

impl ContestState {
    pub const ALL: [ContestState; 3] = [ContestState::Open, ContestState::Accepted, ContestState::Declined];

    pub fn as_str(self) -> &'static str {
        match self {
            ContestState::Open => "open",
            ContestState::Accepted => "accepted",
            ContestState::Declined => "declined",
        }
    }
}

impl std::str::FromStr for ContestState {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(())
    }
}

/// An objection as its student sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyContest {
    pub state: ContestState,
    pub note: String,
    /// What was answered; may be empty.
    pub answer: String,
    /// On the institution's wall.
    pub at: NaiveDateTime,
    pub decided_at: Option<NaiveDateTime>,
}

/// What a student writes against a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestForm {
    pub record: RecordId,
    pub note: String,
}

/// One record of the student, to be objected to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyRecord {
    pub record: RecordId,
    pub session: MySession,
    /// Until when an objection is taken, on the institution's wall; absent while the register is open.
    pub until: Option<NaiveDateTime>,
}

/// Which objections staff see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestFilter {
    /// Absent: all.
    #[serde(default)]
    pub state: Option<ContestState>,
    #[serde(default)]
    pub session: Option<SessionId>,
    /// Absent: those that wait longest first, those that wait no more newest first.
    #[serde(default)]
    pub oldest_first: Option<bool>,
    /// Counted from 1; 0 means 1.
    #[serde(default)]
    pub page: u64,
    /// 0 means the default.
    #[serde(default)]
    pub page_size: u64,
}

impl ContestFilter {
    pub fn goes_oldest_first(&self) -> bool {
        self.oldest_first.unwrap_or(self.state == Some(ContestState::Open))
    }
}

/// One change of the record, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContestChange {
    /// On the institution's wall.
    pub at: NaiveDateTime,
    pub sentence: String,
}

/// An objection as staff see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContestRow {
    pub id: ContestId,
    pub student: StudentRef,
    pub session: SessionId,
    pub subject: String,
    /// Code of the department.
    pub department: String,
    pub teacher: String,
    pub date: NaiveDate,
    pub start_time: NaiveTime,
    /// The record as it is now, and how it came to be.
    pub status: RecordStatus,
    pub how: String,
    pub note: String,
    /// On the institution's wall.
    pub at: NaiveDateTime,
    pub state: ContestState,
    pub answer: String,
    /// Who decided and when.
    pub decided: Option<(String, NaiveDateTime)>,
    /// Whether the reader may still correct this record.
    pub may_accept: bool,
    /// What happened to the record, the first first.
    pub history: Vec<ContestChange>,
}
