//! The one backup that may be made at a time from the administrator's page.

use super::Progress;
use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// What is going on.
#[derive(Clone, Debug, Default)]
pub enum JobState {
    #[default]
    Idle,
    Running {
        since: DateTime<Utc>,
        by: String,
        progress: Progress,
    },
    Failed {
        at: DateTime<Utc>,
        why: String,
    },
}

/// Shared by all requests of one process.
#[derive(Clone, Debug, Default)]
pub struct BackupJob(Arc<Mutex<JobState>>);

impl BackupJob {
    pub fn now(&self) -> JobState {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes the turn; `None` while somebody else has it.
    pub fn begin(&self, since: DateTime<Utc>, by: &str) -> Option<Progress> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, JobState::Running { .. }) {
            return None;
        }
        let progress = Progress::default();
        *state = JobState::Running { since, by: by.to_owned(), progress: progress.clone() };
        Some(progress)
    }

    /// Gives the turn back.
    pub fn end(&self, state: JobState) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }
}
