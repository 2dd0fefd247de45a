//! Attendance sessions and their rosters.

use super::{DepartmentId, DepartmentRef, Method, RecordStatus, SessionId, StudentRef, UserId};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a session stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    #[default]
    Active,
    Completed,
    Cancelled,
}

impl SessionStatus {
    pub const ALL: [SessionStatus; 3] = [SessionStatus::Active, SessionStatus::Completed, SessionStatus::Cancelled];

    pub fn as_str(self) -> &'static str {
        match self {
            SessionStatus::Active => "active",
            SessionStatus::Completed => "completed",
            SessionStatus::Cancelled => "cancelled",
        }
    }
}

impl std::str::FromStr for SessionStatus {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(())
    }
}

/// How a list of sessions is sorted; a minus sign turns the order round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionOrdering {
    /// By date and start time, the latest first.
    #[default]
    #[serde(rename = "-date")]
    Latest,
    #[serde(rename = "date")]
    Earliest,
    #[serde(rename = "subject")]
    Subject,
    #[serde(rename = "-subject")]
    SubjectReversed,
    /// By when they were entered.
    #[serde(rename = "created_at")]
    OldestEntry,
    #[serde(rename = "-created_at")]
    NewestEntry,
}

impl SessionOrdering {
    pub const ALL: [SessionOrdering; 6] = [
        SessionOrdering::Latest,
        SessionOrdering::Earliest,
        SessionOrdering::Subject,
        SessionOrdering::SubjectReversed,
        SessionOrdering::OldestEntry,
        SessionOrdering::NewestEntry,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            SessionOrdering::Latest => "-date",
            SessionOrdering::Earliest => "date",
            SessionOrdering::Subject => "subject",
            SessionOrdering::SubjectReversed => "-subject",
            SessionOrdering::OldestEntry => "created_at",
            SessionOrdering::NewestEntry => "-created_at",
        }
    }
}

/// How a session stands at this moment, in the words of the teacher's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionStage {
    /// Its start time is still to come.
    NotStarted,
    /// Running, or past its end and not yet saved.
    Open,
    /// Closed by the clock: a person has to look at the absences.
    ToConfirm,
    /// Saved by a person.
    Done,
    Cancelled,
}

/// Counts over the frozen roster; the five states always add up to `total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    pub total: u64,
    pub present: u64,
    pub late: u64,
    pub absent: u64,
    pub excused: u64,
    pub unmarked: u64,
}

/// A session in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: SessionId,
    pub department: DepartmentRef,
    pub subject: String,
    pub date: NaiveDate,
    pub start_time: NaiveTime,
    pub end_time: Option<NaiveTime>,
    pub status: SessionStatus,
    pub stage: SessionStage,
    /// Name of the teacher who created it.
    pub teacher: String,
    pub counters: Counters,
}

/// One row of the register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RosterEntry {
    pub student: StudentRef,
    /// Path of the enrolment photo, when there is one.
    pub photo: Option<String>,
    /// Whether the machine can recognise this student at all.
    pub has_face: bool,
    /// Absent while unmarked.
    pub status: Option<RecordStatus>,
    pub method: Option<Method>,
    /// A person decided; the machine never overwrites it.
    pub manual_override: bool,
    /// Name of the person who decided, for records made by a person.
    pub marked_by: Option<String>,
    pub notes: String,
    pub timestamp: Option<DateTime<Utc>>,
    /// 0 to 1; staff only.
    pub confidence: Option<f32>,
}

/// The session page: the session and its whole register, in roll-number order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionDetail {
    pub session: SessionRow,
    pub notes: String,
    pub roster: Vec<RosterEntry>,
    /// Whether the reader may mark and correct.
    pub may_mark: bool,
    /// After completion: whether a correction (with a reason) is still possible.
    pub may_correct: bool,
    /// Why the camera cannot be used here, in a sentence; absent when it can.
    pub faces_unavailable: Option<String>,
}

/// What a teacher types to start a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionForm {
    pub department: DepartmentId,
    pub subject: String,
    /// `YYYY-MM-DD`; empty means today in the institution's time zone.
    #[serde(default)]
    pub date: String,
    /// `HH:MM` or `HH:MM:SS`; empty means now.
    #[serde(default)]
    pub start_time: String,
    /// `HH:MM` or `HH:MM:SS`; empty means none was named.
    #[serde(default)]
    pub end_time: String,
    #[serde(default)]
    pub notes: String,
    /// Minutes after the start from which a machine mark is late; absent means the institution's setting.
    #[serde(default)]
    pub late_after_minutes: Option<i32>,
}

/// Filters of the sessions' list; empty means all the reader may see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFilter {
    #[serde(default)]
    pub department: Option<DepartmentId>,
    #[serde(default)]
    pub date_from: Option<NaiveDate>,
    #[serde(default)]
    pub date_to: Option<NaiveDate>,
    #[serde(default)]
    pub status: Option<SessionStatus>,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub created_by: Option<UserId>,
    /// Only the registers of earlier days that the reader still owes.
    #[serde(default)]
    pub owed: bool,
    #[serde(default)]
    pub ordering: SessionOrdering,
    #[serde(default)]
    pub page: u64,
    #[serde(default)]
    pub page_size: u64,
}

/// The teacher's first screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Today {
    /// Today in the institution's time zone.
    pub date: NaiveDate,
    /// The wall clock there, for the form's proposal.
    pub now: NaiveTime,
    pub sessions: Vec<SessionRow>,
    /// The latest registers of earlier days that are still open or to be confirmed.
    pub owed: Vec<SessionRow>,
    /// How many there are in all.
    pub owed_count: u64,
    /// Objections to records that wait for the reader.
    pub contests: u64,
    /// Departments the reader may start a session in.
    pub departments: Vec<DepartmentRef>,
    /// The department of the reader's last session, else their first; absent when there are several and none was used.
    pub department: Option<DepartmentId>,
    /// Subjects used before, the latest first.
    pub subjects: Vec<String>,
    /// The subject of the last session in a department: the reader's own last one, else anybody's.
    pub last_subjects: Vec<(DepartmentId, String)>,
}
