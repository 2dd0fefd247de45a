//! The receipt of an erasure: what was done in which place.

use super::StudentId;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// What was done to what a place held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasedHow {
    /// Rows or files are gone.
    Deleted,
    /// Rows stay and tell of nobody.
    Emptied,
    /// Mentions in other people's rows stand no more.
    Replaced,
    /// The place was written anew.
    Rewritten,
    /// There was nothing.
    Nothing,
}

/// One place of the receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasurePlace {
    /// A table's name, or one of the places beside the rows.
    pub place: String,
    pub how: ErasedHow,
    pub count: u64,
}

/// One erasure as administrators read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureReceipt {
    pub id: String,
    /// On the institution's wall.
    pub at: NaiveDateTime,
    /// Who did it; `system` for what was done again after a restore.
    pub by: String,
    /// The row that stayed without a name; nothing when no row stayed.
    pub student: Option<StudentId>,
    pub places: Vec<ErasurePlace>,
    /// When files, statistics and log were cleaned; nothing while that is still being tried.
    pub cleaned_at: Option<NaiveDateTime>,
    /// Backups and folders set aside that were made before, and still hold the person.
    pub copies: Vec<String>,
}
