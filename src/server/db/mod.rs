//! The database: connecting, writing, and telling which constraint was violated.

pub mod cached;
pub mod constraint;
pub mod entities;
pub mod failure;
pub mod write;

pub use cached::Cached;
pub use constraint::{Violation, is_unique, violation};
pub use failure::{Failure, failure, failure_within};
pub use write::{WriteTransaction, begin_write, why_unwritable};

use anyhow::{Context, bail};
use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{Connection, Database as Driver};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Connections of one process: the specification's ceiling for PostgreSQL.
const POSTGRES_CONNECTIONS_MAX: u32 = 20;
/// SQLite has one writer; the other connections read beside it.
const SQLITE_CONNECTIONS_MAX: u32 = 8;
/// Longest wait for a free connection before the caller is told.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// Longest run of one PostgreSQL statement.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait of SQLite for a writer outside this process's queue.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Rows of each index that SQLite reads for its statistics: two million records take 20 ms.
const ANALYSIS_ROWS: u32 = 400;

/// Opens the database behind `sqlite:…` or `postgres://…`; a missing SQLite file is made, private to the user.
///
/// # Errors
/// An address of another kind, a file that cannot be made, a server that does not answer.
pub async fn connect(url: &str) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.acquire_timeout(ACQUIRE_TIMEOUT).sqlx_logging(false).record_stmt_in_spans(false);
    if url.starts_with("sqlite:") {
        if let Some(file) = sqlite_file(url)? {
            make_private(&file).with_context(|| format!("cannot make the database file {}", file.display()))?;
        }
        options.max_connections(SQLITE_CONNECTIONS_MAX).map_sqlx_sqlite_opts(sqlite_options);
        options.map_sqlx_sqlite_pool_opts(without_spoilt_connections);
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        options.max_connections(POSTGRES_CONNECTIONS_MAX).statement_timeout(STATEMENT_TIMEOUT);
        options.map_sqlx_postgres_pool_opts(without_spoilt_connections);
    } else {
        bail!("DATABASE_URL must begin with sqlite: or postgres:");
    }
    Database::connect(options).await.context("cannot open the database")
}

/// Brings the schema up to date: all pending migrations or none of them.
///
/// Several programs starting at once take turns: on SQLite by the write lock,
/// on PostgreSQL by an advisory lock.
///
/// # Errors
/// A migration that fails, or a schema newer than this program.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    let txn = begin_write(db).await?;
    if txn.get_database_backend() == DbBackend::Postgres {
        // The number is "rollcall" in ASCII; any fixed number of ours would do.
        txn.execute_unprepared("SELECT pg_advisory_xact_lock(8245928655518264428)").await?;
    }
    Migrator::up(&*txn, None).await?;
    txn.commit().await
}

/// Has SQLite look at how many rows the keys of each index find: without that it takes the wrong index among several
/// (all sessions there are in place of one student's). PostgreSQL does so by itself.
///
/// # Errors
/// Whatever the database reports.
pub async fn take_statistics(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    let txn = begin_write(db).await?;
    txn.execute_unprepared("ANALYZE").await?;
    txn.commit().await
}

/// How long the log is tried to be emptied while somebody reads from it.
const EMPTYING: Duration = Duration::from_secs(2);

/// Writes SQLite's log into the one file and cuts it to nothing, so that no row that was changed or deleted is left in
/// it; says whether that was done. PostgreSQL's log is a matter of its own settings.
///
/// # Errors
/// Whatever the database reports.
pub async fn empty_log(db: &DatabaseConnection) -> Result<bool, DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(true);
    }
    let until = Instant::now() + EMPTYING;
    loop {
        let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        let busy: i64 = match db.query_one_raw(asked).await? {
            Some(row) => row.try_get_by_index(0)?,
            None => 1,
        };
        if busy == 0 || Instant::now() > until {
            return Ok(busy == 0);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Throws a connection away that comes back with a transaction still open, by the driver's count: its rollback has failed
/// then, and whatever began there next would be a part of a transaction that never ends, acknowledged and lost. One that
/// may have been opened for reading alone is not used again either.
fn without_spoilt_connections<D: Driver>(options: PoolOptions<D>) -> PoolOptions<D> {
    options
        .after_release(|connection, _| {
            Box::pin(async move {
                // A rollback waits in the connection's queue; its answer comes with the next one.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
        .before_acquire(|connection, facts| {
            Box::pin(async move { Ok(!connection.is_in_transaction() && !write::may_be_read_only(facts.age)) })
        })
}

/// `PRAGMA`s by connect options, because a statement would reach only one pooled connection.
fn sqlite_options(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .analysis_limit(ANALYSIS_ROWS)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("secure_delete", "ON")
}

/// The file of a database on SQLite; nothing for one on PostgreSQL.
///
/// # Errors
/// A SQLite address that cannot be read, or that names no file.
pub fn sqlite_path(url: &str) -> anyhow::Result<Option<PathBuf>> {
    if !url.starts_with("sqlite:") {
        return Ok(None);
    }
    sqlite_file(url)?.context("this database is in memory alone").map(Some)
}

/// The file behind a SQLite address; nothing for a database in memory.
fn sqlite_file(url: &str) -> anyhow::Result<Option<PathBuf>> {
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    let options: SqliteConnectOptions = url.parse().context("DATABASE_URL is not a SQLite address")?;
    Ok((!in_memory).then(|| options.get_filename().to_owned()))
}

/// Makes the file before SQLite does, so that nobody else can ever read it;
/// SQLite gives its `-wal` and `-shm` companions the same mode.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}
