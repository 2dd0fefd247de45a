//! Students.

use super::{DepartmentId, DepartmentRef, PhotoId, QualityVerdict, StudentId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A student as other things name them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentRef {
    pub id: StudentId,
    pub roll_no: String,
    pub name: String,
}

/// A student in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentRow {
    pub id: StudentId,
    pub roll_no: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub department: DepartmentRef,
    /// Path of the current photo (`/media/student_faces/…`), when there is one.
    pub photo: Option<String>,
    /// Templates of the loaded model.
    pub templates: u64,
    pub is_active: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// One stored photo of a student.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentPhoto {
    pub id: PhotoId,
    pub path: String,
    pub is_current: bool,
    /// Absent while no template of the loaded model comes from this photo.
    pub quality: Option<QualityVerdict>,
    pub created_at: DateTime<Utc>,
    /// Why its template is not searched, in a sentence.
    pub set_aside: Option<String>,
}

/// A student's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentDetail {
    pub row: StudentRow,
    pub photos: Vec<StudentPhoto>,
    /// Username of the linked account.
    pub account: Option<String>,
}

/// A student's own fields, as an admin types them; `id` is absent for a new student.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentForm {
    #[serde(default)]
    pub id: Option<StudentId>,
    pub name: String,
    pub email: String,
    #[serde(default)]
    pub phone: String,
    pub department: DepartmentId,
}

/// Answer to a new student.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreatedStudent {
    pub student: StudentRow,
    /// Verdict of the first photo, when one was given.
    pub face_quality: Option<QualityVerdict>,
    /// Somebody else who already has this face: a warning, not a refusal.
    pub lookalike: Option<StudentRef>,
}

/// By what a list of students goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StudentOrdering {
    #[default]
    RollNo,
    Name,
    /// The latest first.
    Newest,
}

impl StudentOrdering {
    pub const ALL: [StudentOrdering; 3] = [Self::RollNo, Self::Name, Self::Newest];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::RollNo => "roll_no",
            Self::Name => "name",
            Self::Newest => "newest",
        }
    }
}

/// Filters of the students' list; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentFilter {
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub department: Option<DepartmentId>,
    #[serde(default)]
    pub is_active: Option<bool>,
    /// Whether the loaded model knows the face.
    #[serde(default)]
    pub has_face: Option<bool>,
    #[serde(default)]
    pub ordering: StudentOrdering,
    /// Counted from 1; 0 means 1.
    #[serde(default)]
    pub page: u64,
    /// 0 means the default.
    #[serde(default)]
    pub page_size: u64,
}
