//! A long file to take away, as its page shows it.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// One file that is made in the background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LongExport {
    /// Name of the file.
    pub name: String,
    pub state: LongExportState,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LongExportState {
    /// Another one is being made.
    Waiting,
    /// Rows; `total` is 0 until they are counted.
    Making {
        done: u64,
        total: u64,
    },
    /// `until` is on the institution's wall.
    Ready {
        bytes: u64,
        until: NaiveDateTime,
    },
    Failed {
        why: String,
    },
}
