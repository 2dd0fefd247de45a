//! A student's own attendance.

use super::{MyContest, Page, RecordId, RecordStatus, SessionStage, SessionStatus, StudentRef};
use crate::tr;
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// One session as the student sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MySession {
    pub subject: String,
    pub department: String,
    pub date: NaiveDate,
    pub start_time: NaiveTime,
    pub end_time: Option<NaiveTime>,
    pub session_status: SessionStatus,
    pub stage: SessionStage,
    /// Absent while nobody has marked the student.
    pub status: Option<RecordStatus>,
    /// "by photo", "by teacher", "by the clock"; empty while unmarked.
    pub how: String,
    pub teacher: String,
    /// The record, once there is one.
    pub record: Option<RecordId>,
    /// The latest objection to it.
    pub contest: Option<MyContest>,
    /// Whether the student may object to it now.
    pub may_contest: bool,
}

/// The percentage and its arithmetic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MySummary {
    /// Saved or confirmed sessions on whose roster the student stood.
    pub sessions: u64,
    pub present: u64,
    pub late: u64,
    pub absent: u64,
    pub excused: u64,
    /// present + late
    pub attended: u64,
    /// sessions − excused
    pub counted: u64,
    /// attended / counted × 100, two decimals, half up; 0 when nothing counts.
    pub percentage: f64,
}

impl MySummary {
    /// The arithmetic under the percentage, in one sentence: "23 of 25 (21 present, 2 late); 1 excused not counted".
    pub fn arithmetic(&self) -> String {
        let Self { present, late, excused, attended, counted, .. } = *self;
        let sum = if late == 0 {
            tr!("summary-sum", attended = attended, counted = counted)
        } else {
            tr!("summary-sum-late", attended = attended, counted = counted, present = present, late = late)
        };
        if excused == 0 { sum } else { tr!("summary-excused", sum = sum, count = excused) }
    }

    /// "92.00 %", or words where nothing counts.
    pub fn percentage_words(&self) -> String {
        if self.counted == 0 { tr!("summary-nothing") } else { format!("{:.2} %", self.percentage) }
    }
}

/// "My attendance".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyAttendance {
    /// Absent while the account is not linked to a student.
    pub student: Option<StudentRef>,
    pub summary: MySummary,
    /// Latest first.
    pub sessions: Vec<MySession>,
}

/// What the numbers mean for the classes to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forecast {
    /// Nothing counts yet.
    Unknown,
    /// The limit is nought: nobody can fall below it.
    Free,
    /// So many more may be missed, one after another, without falling below the limit.
    MayMiss(u64),
    /// So many have to be attended, one after another, to reach it.
    Attend(u64),
    /// It cannot be reached any more.
    OutOfReach,
}

impl Forecast {
    /// In a sentence to the student; empty where there is nothing to say.
    pub fn sentence(self, limit: u64) -> String {
        match self {
            Self::Unknown | Self::Free => String::new(),
            Self::MayMiss(count) => tr!("forecast-may-miss", count = count, limit = limit),
            Self::Attend(count) => tr!("forecast-attend", count = count, limit = limit),
            Self::OutOfReach => tr!("forecast-out-of-reach", limit = limit),
        }
    }
}

/// The percentage in one subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MySubject {
    pub subject: String,
    pub summary: MySummary,
}

/// One day's classes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyDay {
    pub date: NaiveDate,
    /// Absent: not marked yet.
    pub statuses: Vec<Option<RecordStatus>>,
}

/// Which sessions are listed; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyFilter {
    #[serde(default)]
    pub subject: String,
    /// Days, both included.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// Counted from 1; 0 means 1.
    #[serde(default)]
    pub page: u64,
}

/// The student's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyPage {
    /// Absent while the account is not linked to a student.
    pub student: Option<StudentRef>,
    pub summary: MySummary,
    /// Percent below which attendance counts as low.
    pub limit: u64,
    pub forecast: Forecast,
    /// By the alphabet.
    pub subjects: Vec<MySubject>,
    /// Days with classes that have begun and were not cancelled, the first first.
    pub days: Vec<MyDay>,
    /// Under the filter, the latest first.
    pub sessions: Page<MySession>,
    /// Days after closing in which a student may object to a record.
    pub contest_days: u64,
}
