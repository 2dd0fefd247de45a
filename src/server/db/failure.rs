//! When the database, or the disk below it, cannot do what was asked, whatever was asked.

use sea_orm::sqlx::{self, sqlite::SqliteError};
use sea_orm::{DbErr, RuntimeErr};
use std::io;

/// Why nothing can be written, or nothing be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no room left.
    Full,
    /// There may only be read.
    ReadOnly,
    /// The disk fails.
    Broken,
    /// The connection ended in the middle.
    Lost,
}

/// The failure behind this error of the database; nothing for a fault of the request itself.
pub fn failure(error: &DbErr) -> Option<Failure> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    match error.as_ref() {
        sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => Some(Failure::Lost),
        sqlx::Error::Database(error) => {
            let code = error.code()?;
            match error.try_downcast_ref::<SqliteError>() {
                Some(_) => of_sqlite(code.parse().ok()?),
                None => of_postgres(&code),
            }
        }
        _ => None,
    }
}

/// The failure anywhere in a chain of errors, of the database or of a file.
pub fn failure_within(error: &anyhow::Error) -> Option<Failure> {
    error.chain().find_map(|cause| {
        if let Some(error) = cause.downcast_ref::<DbErr>() {
            return failure(error);
        }
        match cause.downcast_ref::<io::Error>()?.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(Failure::Full),
            io::ErrorKind::ReadOnlyFilesystem => Some(Failure::ReadOnly),
            _ => None,
        }
    })
}

/// By SQLite's extended result code, whose low byte is the kind.
fn of_sqlite(code: i32) -> Option<Failure> {
    const READONLY: i32 = 8;
    const IOERR: i32 = 10;
    const FULL: i32 = 13;
    const CANTOPEN: i32 = 14;
    const IOERR_READ: i32 = IOERR | 1 << 8;
    const IOERR_SHORT_READ: i32 = IOERR | 2 << 8;
    match code & 0xff {
        FULL => Some(Failure::Full),
        // What cannot be read is damage, which no waiting and no room mends.
        IOERR if matches!(code, IOERR_READ | IOERR_SHORT_READ) => None,
        READONLY => Some(Failure::ReadOnly),
        IOERR | CANTOPEN => Some(Failure::Broken),
        _ => None,
    }
}

/// By PostgreSQL's SQLSTATE.
fn of_postgres(state: &str) -> Option<Failure> {
    match state {
        "53100" => Some(Failure::Full),
        // read_only_sql_transaction
        "25006" => Some(Failure::ReadOnly),
        // io_error
        "58030" => Some(Failure::Broken),
        // admin_shutdown, crash_shutdown, cannot_connect_now; class 08: the connection
        "57P01" | "57P02" | "57P03" => Some(Failure::Lost),
        _ if state.starts_with("08") => Some(Failure::Lost),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn codes_are_told_apart() {
        assert_eq!(of_sqlite(13), Some(Failure::Full));
        // SQLITE_READONLY_DIRECTORY, SQLITE_IOERR_WRITE, SQLITE_IOERR_READ, SQLITE_CONSTRAINT_UNIQUE, SQLITE_BUSY
        assert_eq!(of_sqlite(1544), Some(Failure::ReadOnly));
        assert_eq!(of_sqlite(778), Some(Failure::Broken));
        assert_eq!(of_sqlite(266), None);
        assert_eq!(of_sqlite(2067), None);
        assert_eq!(of_sqlite(5), None);
        assert_eq!(of_postgres("53100"), Some(Failure::Full));
        assert_eq!(of_postgres("08006"), Some(Failure::Lost));
        assert_eq!(of_postgres("57P01"), Some(Failure::Lost));
        assert_eq!(of_postgres("23505"), None);
    }

    #[test]
    fn files_fail_as_databases_do() {
        let full = || -> io::Result<()> { Err(io::ErrorKind::StorageFull.into()) };
        let error = full().context("storing a photo").expect_err("full");
        assert_eq!(failure_within(&error), Some(Failure::Full));
        let other = anyhow::Error::from(io::Error::from(io::ErrorKind::NotFound));
        assert_eq!(failure_within(&other), None);
    }
}
