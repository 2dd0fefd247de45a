//! Records and what one photo did to them.

use super::{Counters, RosterEntry, SessionId, SessionStatus, StudentId, StudentRef};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One student's attendance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordStatus {
    #[default]
    Present,
    Late,
    Absent,
    Excused,
}

impl RecordStatus {
    pub const ALL: [RecordStatus; 4] =
        [RecordStatus::Present, RecordStatus::Late, RecordStatus::Absent, RecordStatus::Excused];

    pub fn as_str(self) -> &'static str {
        match self {
            RecordStatus::Present => "present",
            RecordStatus::Late => "late",
            RecordStatus::Absent => "absent",
            RecordStatus::Excused => "excused",
        }
    }
}

impl std::str::FromStr for RecordStatus {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(())
    }
}

/// How a record came to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    #[default]
    Face,
    Manual,
    Import,
    /// The clock closed the session; a person still has to confirm.
    AutoClose,
}

impl Method {
    pub const ALL: [Method; 4] = [Method::Face, Method::Manual, Method::Import, Method::AutoClose];

    pub fn as_str(self) -> &'static str {
        match self {
            Method::Face => "face",
            Method::Manual => "manual",
            Method::Import => "import",
            Method::AutoClose => "auto_close",
        }
    }
}

impl std::str::FromStr for Method {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|method| method.as_str() == text).ok_or(())
    }
}

/// What the decision said about one face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaceVerdict {
    /// Certain: the student is marked.
    Certain,
    /// A person has to look; nothing was written.
    Check,
    /// Nobody of this roster.
    Unknown,
    /// Too small to compare; step closer.
    TooSmall,
}

/// A student the face may belong to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub student: StudentRef,
    /// Path of the enrolment photo, when there is one.
    pub photo: Option<String>,
    /// Raw cosine distance, 0 (identical) to 2 (opposite); staff only.
    pub distance: f32,
    /// 0 to 1; 0.80 is the accept line.
    pub confidence: f32,
}

/// One face of a marked photo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkedFace {
    /// x1, y1, x2, y2 in pixels of the photo after its EXIF orientation.
    pub bbox: [f32; 4],
    pub verdict: FaceVerdict,
    /// Best first, at most two; the first is the marked student when certain.
    pub candidates: Vec<Candidate>,
    /// Why a person should look or why nobody was found, in words.
    pub reasons: Vec<String>,
    /// The register's row of the marked student, when certain.
    pub status: Option<RecordStatus>,
    pub timestamp: Option<DateTime<Utc>>,
    /// There was a record before this photo.
    pub already_marked: bool,
    /// Small JPEG crop as a `data:` address, for faces to check; never stored.
    pub crop: Option<String>,
}

/// What one photo did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkOutcome {
    pub session_id: SessionId,
    /// Pixels of the photo after its EXIF orientation.
    pub width: u32,
    pub height: u32,
    pub processing_time_ms: u64,
    pub faces: Vec<MarkedFace>,
    /// Students marked now for the first time.
    pub new_marks: u64,
    pub counters: Counters,
    /// What to try when no face was found; empty otherwise.
    pub suggestions: Vec<String>,
}

/// A person's decision about one student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordForm {
    pub session: SessionId,
    pub student: StudentId,
    /// Absent: take the decision back, the student is unmarked again (active sessions only).
    pub status: Option<RecordStatus>,
    /// The status stays as it is then, whatever stands above: only the note changes.
    #[serde(default)]
    pub keep_status: bool,
    /// Absent: the note stays as it is.
    #[serde(default)]
    pub notes: Option<String>,
    /// Needed after completion.
    #[serde(default)]
    pub reason: String,
}

impl RecordForm {
    /// This decision together with one about the same student that was not sent yet: what it does not say stays as the
    /// earlier one had it.
    pub fn after(self, earlier: Self) -> Self {
        let (status, keep_status) =
            if self.keep_status { (earlier.status, earlier.keep_status) } else { (self.status, false) };
        let reason = if self.reason.is_empty() { earlier.reason } else { self.reason };
        Self { status, keep_status, notes: self.notes.or(earlier.notes), reason, ..self }
    }
}

/// Pushed to every open session page when its register changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveEvent {
    pub session: SessionId,
    pub status: SessionStatus,
    pub counters: Counters,
    /// The rows that changed.
    pub entries: Vec<RosterEntry>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_keeps_what_an_unsent_one_said() {
        let form = |status, keep_status, notes: Option<&str>| RecordForm {
            session: SessionId(1),
            student: StudentId(1),
            status,
            keep_status,
            notes: notes.map(str::to_owned),
            reason: String::new(),
        };
        let (late, present) = (Some(RecordStatus::Late), Some(RecordStatus::Present));
        let noted = form(present, true, Some("bus"));
        assert_eq!(noted.clone().after(form(late, false, None)), form(late, false, Some("bus")));
        assert_eq!(form(late, false, None).after(noted.clone()), form(late, false, Some("bus")));
        assert_eq!(form(present, true, Some("train")).after(noted), form(present, true, Some("train")));
    }
}
