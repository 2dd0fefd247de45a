//! What is stored of a student's face, as the student sees it.

use super::{QualityVerdict, StudentRef};
use crate::tr;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// What students agree to, version 1, line by line. Another text needs another version (`enrolment::NOTICE_VERSION`);
/// a version says the same in every language.
pub fn notice_words() -> Vec<String> {
    vec![tr!("notice-stored"), tr!("notice-use"), tr!("notice-seen"), tr!("notice-refuse"), tr!("notice-withdraw")]
}

/// One entry of the ledger of consents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyConsent {
    pub kind: ConsentKind,
    /// By the student, else by the institution.
    pub by_student: bool,
    /// Name of who wrote it down; empty for the set-up.
    pub by: String,
    pub notice_version: String,
    pub note: String,
    /// On the institution's wall.
    pub at: NaiveDateTime,
}

/// What an entry of the ledger says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConsentKind {
    /// Somebody of the institution stood for it when uploading a photo.
    Attested,
    Given,
    Withdrawn,
}

impl ConsentKind {
    pub const ALL: [ConsentKind; 3] = [ConsentKind::Attested, ConsentKind::Given, ConsentKind::Withdrawn];

    pub fn as_str(self) -> &'static str {
        match self {
            ConsentKind::Attested => "attested",
            ConsentKind::Given => "given",
            ConsentKind::Withdrawn => "withdrawn",
        }
    }
}

impl std::str::FromStr for ConsentKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// A stored photo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyPhoto {
    pub path: String,
    pub is_current: bool,
    pub quality: Option<QualityVerdict>,
    /// Templates made from it.
    pub templates: u64,
    /// Whether the student added it.
    pub by_student: bool,
    /// On the institution's wall.
    pub at: NaiveDateTime,
}

/// How much of a face lies in each store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaceStores {
    /// Rows about photos.
    pub photos: u64,
    /// Photo files.
    pub files: u64,
    /// Rows of templates.
    pub templates: u64,
    /// Templates in the search that runs in memory.
    pub searched: u64,
}

/// What was removed, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaceReceipt {
    /// On the institution's wall.
    pub at: NaiveDateTime,
    pub by_student: bool,
    pub removed: FaceStores,
}

/// Whether a student can add photos of themselves now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyEnrolment {
    /// Why not, in a sentence; absent when they can.
    pub obstacle: Option<String>,
    /// How many more photos can be stored.
    pub room: u64,
}

/// "My face".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyFace {
    /// Absent while the account is not linked to a student.
    pub student: Option<StudentRef>,
    /// The current one first.
    pub photos: Vec<MyPhoto>,
    /// Counted now.
    pub stored: FaceStores,
    /// The latest first.
    pub consents: Vec<MyConsent>,
    /// Of the last removal, while nothing was stored since.
    pub receipt: Option<FaceReceipt>,
    pub notice_version: String,
    /// Whether the institution lets students enrol themselves.
    pub self_enrolment: bool,
    /// Why no photo can be added now; absent when it can.
    pub no_enrolment: Option<String>,
    pub photos_max: u64,
}
