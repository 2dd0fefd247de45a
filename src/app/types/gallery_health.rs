//! How well the stored faces serve: which do not agree, which are not searched, who looks like whom.

use super::{Page, StudentRef};
use serde::{Deserialize, Serialize};

/// The page about the gallery's health; its lists share one page number, the worst first in each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GalleryHealth {
    /// Active students whose face is searched.
    pub with_face: u64,
    /// Active students whose face is not.
    pub without_face: u64,
    /// Those with one searched template alone.
    pub with_one: u64,
    pub incoherent: Page<IncoherentStudent>,
    pub set_aside: Page<SetAsideTemplate>,
    pub lookalikes: Page<LookalikePair>,
}

/// A student whose searched templates do not agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncoherentStudent {
    pub student: StudentRef,
    /// Searched templates.
    pub templates: u64,
    /// Cosine distance of the loneliest template to the nearest of the others.
    pub spread: f32,
}

/// A stored template that is not searched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetAsideTemplate {
    pub id: i64,
    pub student: StudentRef,
    pub reason: SetAsideReason,
    /// The reason in a sentence.
    pub sentence: String,
    /// Path of the photo that it was made from.
    pub photo: Option<String>,
}

/// Two students of one department who look alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LookalikePair {
    pub students: [StudentRef; 2],
    /// Cosine distance of their nearest templates.
    pub distance: f32,
}

/// Why a template is not searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetAsideReason {
    NearerToOther,
    UnlikeTheRest,
}

impl SetAsideReason {
    /// Its word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NearerToOther => "nearer_to_other",
            Self::UnlikeTheRest => "unlike_the_rest",
        }
    }

    /// The reason behind a word of the database.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::NearerToOther, Self::UnlikeTheRest].into_iter().find(|reason| reason.as_str() == word)
    }
}
