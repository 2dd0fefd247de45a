//! Imports of students: a file, what it would change, and what became of it.

use super::{ImportId, ImportSetup, Page, QualityVerdict, StudentId, StudentRef};
use crate::tr;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// How far an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImportState {
    /// The columns are guessed and wait for a look.
    #[default]
    Uploaded,
    Rehearsing,
    Rehearsed,
    Applying,
    Applied,
    Undoing,
    Undone,
    Discarded,
}

impl ImportState {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Uploaded, "uploaded"),
        (Self::Rehearsing, "rehearsing"),
        (Self::Rehearsed, "rehearsed"),
        (Self::Applying, "applying"),
        (Self::Applied, "applied"),
        (Self::Undoing, "undoing"),
        (Self::Undone, "undone"),
        (Self::Discarded, "discarded"),
    ];

    pub fn as_str(self) -> &'static str {
        Self::ALL.into_iter().find(|(state, _)| *state == self).map_or("", |(_, name)| name)
    }

    /// The word for people.
    pub fn word(self) -> String {
        match self {
            Self::Uploaded => tr!("import-state-uploaded"),
            Self::Rehearsing => tr!("import-state-rehearsing"),
            Self::Rehearsed => tr!("import-state-rehearsed"),
            Self::Applying => tr!("import-state-applying"),
            Self::Applied => tr!("import-state-applied"),
            Self::Undoing => tr!("import-state-undoing"),
            Self::Undone => tr!("import-state-undone"),
            Self::Discarded => tr!("import-state-discarded"),
        }
    }

    /// The state of this name; nothing for any other word.
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(state, _)| state)
    }

    /// Whether the server is at work on it.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Rehearsing | Self::Applying | Self::Undoing)
    }

    /// Whether nothing will ever change about it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Applied | Self::Undone | Self::Discarded)
    }
}

/// What a row of the file means for the students.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowVerdict {
    /// A new student.
    #[default]
    Created,
    /// A known student with something new.
    Changed,
    Unchanged,
    /// The row is left out.
    Problem,
}

impl RowVerdict {
    pub const ALL: [Self; 4] = [Self::Created, Self::Changed, Self::Unchanged, Self::Problem];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Problem => "problem",
        }
    }

    /// The verdict of this name; nothing for any other word.
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == text)
    }
}

/// What became of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowOutcome {
    /// Nothing yet, or nothing at all.
    #[default]
    None,
    Created,
    Changed,
    /// The student changed between rehearsal and applying.
    Skipped,
    Undone,
    /// Something depends on the student, so that undoing left them.
    Kept,
}

impl RowOutcome {
    const ALL: [(Self, &'static str); 6] = [
        (Self::None, ""),
        (Self::Created, "created"),
        (Self::Changed, "changed"),
        (Self::Skipped, "skipped"),
        (Self::Undone, "undone"),
        (Self::Kept, "kept"),
    ];

    pub fn as_str(self) -> &'static str {
        Self::ALL.into_iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, name)| name)
    }

    pub fn named(text: &str) -> Self {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map_or(Self::None, |(outcome, _)| outcome)
    }
}

/// Rows by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    pub created: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub problems: u64,
}

impl ImportCounts {
    pub fn of(&self, verdict: RowVerdict) -> u64 {
        match verdict {
            RowVerdict::Created => self.created,
            RowVerdict::Changed => self.changed,
            RowVerdict::Unchanged => self.unchanged,
            RowVerdict::Problem => self.problems,
        }
    }

    pub fn total(&self) -> u64 {
        self.created + self.changed + self.unchanged + self.problems
    }
}

/// An import in the list of past ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    pub id: ImportId,
    pub state: ImportState,
    pub csv_name: String,
    pub zip_name: String,
    /// Username of who brought it.
    pub by: String,
    /// On the institution's wall.
    pub at: NaiveDateTime,
    pub counts: ImportCounts,
    /// Whether the work stopped and waits for somebody.
    pub is_stopped: bool,
}

/// One fault of a row, at its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// Word of the field.
    pub field: String,
    pub message: String,
}

/// One field of a known student that the row changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Word of the field.
    pub field: String,
    pub from: String,
    pub to: String,
}

/// What became of one photo of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowPhoto {
    pub file: String,
    /// Absent for a photo that is refused or already there.
    pub quality: Option<QualityVerdict>,
    /// Why it is refused, or what to look at; empty when all is well.
    pub words: String,
    pub refused: bool,
    /// Name of the stored file, once it is stored.
    #[serde(default)]
    pub stored: String,
}

/// One row with its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Line of the file where the row begins.
    pub line: u32,
    pub roll_no: String,
    pub name: String,
    pub email: String,
    pub department: String,
    pub verdict: RowVerdict,
    pub problems: Vec<RowProblem>,
    pub changes: Vec<FieldChange>,
    pub photos: Vec<RowPhoto>,
    /// Whether its photos are still to be looked at.
    pub waits: bool,
    pub student: Option<StudentId>,
    pub outcome: RowOutcome,
    /// Why it was skipped or kept.
    pub words: String,
}

/// Somebody whom undoing an import leaves, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptStudent {
    pub student: StudentRef,
    pub why: String,
}

/// What undoing an import would do now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoPlan {
    /// Students who go.
    pub removed: u64,
    /// Students who get back what they had.
    pub restored: u64,
    /// Students who stay, in whole or in part.
    pub kept: u64,
    /// The first of them by name.
    pub kept_names: Vec<KeptStudent>,
}

/// Everything about one import but its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportDetail {
    pub import: ImportRow,
    pub setup: ImportSetup,
    /// Rows that are through, of `total`.
    pub done: u64,
    pub total: u64,
    /// Why the work stopped.
    pub message: String,
    /// Rows that were left out when it was applied, or kept when it was undone.
    pub left_out: u64,
    /// Until when it can be undone, on the institution's wall.
    pub undo_until: Option<NaiveDateTime>,
    pub undo: Option<UndoPlan>,
    /// Whether a photo needs a consent that came before it.
    pub strict_consent: bool,
    /// Why photos cannot be judged, when they cannot.
    pub no_faces: Option<String>,
}

/// The page of one import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportScreen {
    pub detail: ImportDetail,
    pub rows: Page<ImportLine>,
}

/// Which rows of an import are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFilter {
    /// Name of a verdict; empty: all.
    #[serde(default)]
    pub verdict: String,
    /// Counted from 1; 0 means 1.
    #[serde(default)]
    pub page: u64,
}
