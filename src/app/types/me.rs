//! A student's own attendance.

use super::{RecordStatus, SessionStage, SessionStatus, StudentRef};
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
        let parts = match self.late {
            0 => String::new(),
            late => format!(" ({} present, {late} late)", self.present),
        };
        let excused = match self.excused {
            0 => String::new(),
            excused => format!("; {excused} excused not counted"),
        };
        format!("{} of {}{parts}{excused}", self.attended, self.counted)
    }

    /// "92.00 %", or words where nothing counts.
    pub fn percentage_words(&self) -> String {
        if self.counted == 0 { "Nothing to count yet".to_owned() } else { format!("{:.2} %", self.percentage) }
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
