//! Backups as the administrator's page lists them.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// Everything on the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backups {
    pub state: BackupState,
    /// The newest first.
    pub list: Vec<BackupRow>,
    /// Folder in which they lie, on the server.
    pub folder: String,
    /// `SQLite` or `PostgreSQL`.
    pub database: String,
    /// Where the keys lie, which no backup holds.
    pub key_file: String,
    /// The two files of the ledger of erasures.
    pub ledger: String,
    /// Free room for more, bytes; absent when the system does not tell.
    pub disk_free: Option<u64>,
    /// The command that puts the newest one back.
    pub restore_command: String,
}

/// What the server does about backups at this moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BackupState {
    Idle,
    /// One is being made.
    Running {
        since: NaiveDateTime,
        by: String,
        step: String,
        done: u64,
        total: u64,
    },
    /// The last one failed.
    Failed {
        at: NaiveDateTime,
        why: String,
    },
}

/// One archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BackupRow {
    pub name: String,
    pub bytes: u64,
    /// What it holds, or why that cannot be read.
    pub holds: Result<BackupFacts, String>,
}

/// What an archive says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BackupFacts {
    /// On the institution's wall.
    pub made_at: NaiveDateTime,
    pub rows: u64,
    pub photos: u64,
    /// Photos that a row names and that were not there.
    pub photos_missing: Vec<String>,
    /// Photos that no row named.
    pub photos_stray: Vec<String>,
    /// Version of the program that made it.
    pub version: String,
    pub database: String,
}
