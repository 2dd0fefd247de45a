//! What has happened to a register and to a student, for staff.

use super::{MySummary, Page, RecordStatus, SessionDetail, SessionId, SessionRow, SessionStage, StudentDetail};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

/// One change, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// On the institution's wall.
    pub at: NaiveDateTime,
    /// Who did what, as a whole sentence.
    pub sentence: String,
    /// Of changes of one mark: what it was and what it became.
    pub mark: Option<MarkChange>,
    /// Why; empty where nobody had to say.
    pub reason: String,
}

/// A mark before and after; absent is unmarked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkChange {
    pub from: Option<RecordStatus>,
    pub to: Option<RecordStatus>,
}

/// The history of one register, the latest change first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisterHistory {
    pub session: SessionRow,
    pub lines: Page<HistoryLine>,
    /// Changes after the register was saved.
    pub corrections: u64,
}

/// A register as a sheet of paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisterSheet {
    pub institution: String,
    pub detail: SessionDetail,
    /// Minutes after the start from which a photo marks as late.
    pub late_after_minutes: i32,
    /// When a person saved or confirmed the register, on the institution's wall.
    pub saved_at: Option<NaiveDateTime>,
    /// When this sheet was drawn, on the institution's wall.
    pub drawn_at: NaiveDateTime,
}

/// A student's attendance and what was done to them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentHistory {
    pub student: StudentDetail,
    pub summary: MySummary,
    /// By subject, in the order of the alphabet.
    pub subjects: Vec<SubjectShare>,
    /// Sessions on whose roster they stand, the latest first.
    pub records: Page<StudentRecord>,
    /// The latest first.
    pub changes: Vec<HistoryLine>,
    pub losses: Losses,
}

/// The percentage in one subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubjectShare {
    pub subject: String,
    pub summary: MySummary,
}

/// One session of a student, as staff see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentRecord {
    pub session: SessionId,
    pub subject: String,
    pub department: String,
    pub date: NaiveDate,
    pub start_time: NaiveTime,
    pub stage: SessionStage,
    /// Absent while nobody has marked the student.
    pub status: Option<RecordStatus>,
    /// "by photo", "by the clock", "by Asha Rao"; empty while unmarked.
    pub how: String,
    pub notes: String,
}

/// What erasing a student takes away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Losses {
    pub photos: u64,
    /// Of all models.
    pub templates: u64,
    /// They stay in the counts, under no name.
    pub records: u64,
}
