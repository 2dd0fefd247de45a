//! Two kinds of trouble: what a user may read, and what only the log may.

use super::db::{Failure, failure, failure_within};
use crate::app::error::{AppError, EnginePart};
use sea_orm::DbErr;

/// What a caller should wait when the database had no time, seconds.
pub const BUSY_RETRY_S: u64 = 2;

/// Trouble inside the server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The user may read it.
    #[error(transparent)]
    User(#[from] AppError),
    /// Only the log may read it; the user gets a reference.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// Results inside the server.
pub type Result<T> = std::result::Result<T, Error>;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        // No connection or no turn to write in time: the work was not begun and may be tried again.
        if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
            tracing::warn!("the database is busy: {error}");
            return Self::User(AppError::Busy { retry_after_s: BUSY_RETRY_S });
        }
        if let Some(failure) = failure(&error) {
            return Self::User(failed(failure, &error));
        }
        Self::Internal(anyhow::Error::new(error).context("database"))
    }
}

impl Error {
    /// Trouble of the engine or the index, logged here under the trace id that the user gets.
    pub fn engine(part: EnginePart, error: &anyhow::Error) -> Self {
        let trace_id = super::middleware::trace_id();
        tracing::error!(%trace_id, "{}: {error:#}", part.code());
        let what = match part {
            EnginePart::Inference => "Searching a photo for faces failed.",
            EnginePart::Embedding => "Measuring a face failed.",
            EnginePart::Index => "Searching the enrolled faces failed.",
        };
        super::metrics::fault(what, &trace_id);
        Self::User(AppError::Engine { part, trace_id })
    }

    /// What the user gets; internals are logged here, once, under the trace id.
    pub fn into_app(self) -> AppError {
        match self {
            Self::User(error) => error,
            Self::Internal(error) => {
                if let Some(failure) = failure_within(&error) {
                    return failed(failure, &error);
                }
                let trace_id = super::middleware::trace_id();
                tracing::error!(%trace_id, "{error:#}");
                super::metrics::fault("A request failed inside the server.", &trace_id);
                AppError::Internal { trace_id }
            }
        }
    }
}

/// What the user gets when the disk or the connection to the database failed.
fn failed(failure: Failure, error: &dyn std::fmt::Display) -> AppError {
    tracing::error!("the data cannot be written or reached ({failure:?}): {error:#}");
    match failure {
        Failure::Full => AppError::StorageFull,
        Failure::ReadOnly | Failure::Broken => AppError::StorageUnwritable,
        Failure::Lost => AppError::Busy { retry_after_s: BUSY_RETRY_S },
    }
}
