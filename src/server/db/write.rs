//! Transactions that write, one after the other on SQLite.
//!
//! SQLite has one writer. Its own way of waiting is to ask again now and then,
//! in no order: with fifty writers some asked in vain for the whole busy
//! timeout while holding connections that readers needed. So writers of this
//! process first queue here, in order and without a connection.
//!
//! A full disk ends SQLite's transaction behind the driver's back, and what
//! follows would last statement by statement. So the first such failure
//! condemns the whole transaction, and its connection with it.

use super::failure::{Failure, failure};
use sea_orm::prelude::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex as Queue, OwnedMutexGuard};

/// Longest wait for one's turn to write; a hundred marks at once need about a second.
const TURN_TIMEOUT: Duration = Duration::from_secs(10);

/// What this process knows of each database that it writes to; tests open many in one process.
static DATABASES: LazyLock<Mutex<HashMap<String, Arc<Written>>>> = LazyLock::new(Mutex::default);

/// When a connection last found that it may only read, whatever the database.
static READ_ONLY_SEEN: Mutex<Option<Instant>> = Mutex::new(None);

/// Whether a connection of this age is older than the last finding that there may only be read. SQLite opens a file
/// that it may not write for reading, and such a connection can never write again.
pub fn may_be_read_only(age: Duration) -> bool {
    let seen = *READ_ONLY_SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    seen.is_some_and(|seen| age > seen.elapsed())
}

/// A database that is written to.
#[derive(Default)]
struct Written {
    /// Writers wait here for their turn; on PostgreSQL nobody does.
    queue: Arc<Queue<()>>,
    /// Why the last write did not last; nothing once one lasted.
    failing: Mutex<Option<Failure>>,
}

impl Written {
    fn note<T>(&self, result: &Result<T, DbErr>) -> bool {
        let failed = result.as_ref().err().and_then(failure);
        if failed.is_some() {
            *self.failing.lock().unwrap_or_else(PoisonError::into_inner) = failed;
        }
        if failed == Some(Failure::ReadOnly) {
            *READ_ONLY_SEEN.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
        failed.is_some()
    }
}

/// Transactions that this process has committed, whatever the database.
static WRITES: AtomicU64 = AtomicU64::new(0);

/// How many transactions this process has committed: when it stays the same, nothing was written between.
pub fn writes() -> u64 {
    WRITES.load(Ordering::SeqCst)
}

/// Why the last write to this database did not last; nothing when all is well. What failed is tried again here with a
/// write that changes nothing, so that room that was made is seen.
pub async fn why_unwritable(db: &DatabaseConnection) -> Option<Failure> {
    let failing = || *written(db).failing.lock().unwrap_or_else(PoisonError::into_inner);
    failing()?;
    match try_write(db).await {
        Ok(()) => None,
        Err(error) => failure(&error).or_else(failing),
    }
}

/// Has the database write as little as it can.
async fn try_write(db: &DatabaseConnection) -> Result<(), DbErr> {
    let txn = begin_write(db).await?;
    let sql = match txn.get_database_backend() {
        // A page is written, whatever stands there already.
        DbBackend::Sqlite => "PRAGMA user_version = 0",
        _ => "SELECT pg_current_xact_id()",
    };
    txn.execute_unprepared(sql).await?;
    txn.commit().await
}

/// A transaction that may write. Dropping it without [`commit`](Self::commit) undoes everything.
pub struct WriteTransaction {
    txn: DatabaseTransaction,
    /// Held until the transaction is over; nothing on PostgreSQL.
    _turn: Option<OwnedMutexGuard<()>>,
    written: Arc<Written>,
    /// A statement met a failure of the disk or the connection: the database may have undone what came before it.
    is_undone: AtomicBool,
}

impl WriteTransaction {
    /// Makes everything last and visible.
    ///
    /// # Errors
    /// Whatever the database reports; then nothing was written. Only where the connection was lost is that not known.
    pub async fn commit(self) -> Result<(), DbErr> {
        if self.is_undone.load(Ordering::SeqCst) {
            return Err(DbErr::Custom("a transaction that the database has undone cannot be committed".to_owned()));
        }
        let done = self.txn.commit().await;
        // Also after a failure: the database may have kept the work and lost only the answer.
        WRITES.fetch_add(1, Ordering::SeqCst);
        self.written.note(&done);
        match done {
            Ok(()) => {
                *self.written.failing.lock().unwrap_or_else(PoisonError::into_inner) = None;
                Ok(())
            }
            Err(error) if failure(&error) == Some(Failure::Lost) => {
                Err(DbErr::Custom(format!("the answer to a commit was lost: {error}")))
            }
            Err(error) => Err(error),
        }
    }

    /// Remembers what the database says of itself.
    fn noted<T>(&self, result: Result<T, DbErr>) -> Result<T, DbErr> {
        if self.written.note(&result) {
            self.is_undone.store(true, Ordering::SeqCst);
        }
        result
    }
}

/// Begins a transaction that is going to write.
///
/// On SQLite the write lock is taken at once: a transaction that starts by
/// reading and writes later would fail when another writer came between,
/// instead of waiting for it. Never begin a second one while holding one.
///
/// # Errors
/// No turn, no free connection or no lock within their timeouts.
pub async fn begin_write(db: &DatabaseConnection) -> Result<WriteTransaction, DbErr> {
    let written = written(db);
    let is_undone = AtomicBool::new(false);
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(WriteTransaction { txn: db.begin().await?, _turn: None, written, is_undone });
    }
    let Ok(turn) = tokio::time::timeout(TURN_TIMEOUT, Arc::clone(&written.queue).lock_owned()).await else {
        return Err(DbErr::Conn(RuntimeErr::Internal("no turn to write in time".to_owned())));
    };
    let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode, ..Default::default() };
    let begun = db.begin_with_options(options).await;
    written.note(&begun);
    Ok(WriteTransaction { txn: begun?, _turn: Some(turn), written, is_undone })
}

fn written(db: &DatabaseConnection) -> Arc<Written> {
    let name = match db.get_database_backend() {
        DbBackend::Sqlite => db.get_sqlite_connection_pool().connect_options().get_filename().display().to_string(),
        _ => {
            let options = db.get_postgres_connection_pool().connect_options();
            format!("{}:{}/{}", options.get_host(), options.get_port(), options.get_database().unwrap_or_default())
        }
    };
    // Nothing can panic while the map is locked, and it cannot be half changed.
    DATABASES.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default().clone()
}

impl Deref for WriteTransaction {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.txn
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for WriteTransaction {
    fn get_database_backend(&self) -> DbBackend {
        self.txn.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.noted(self.txn.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.noted(self.txn.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.noted(self.txn.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.noted(self.txn.query_all_raw(statement).await)
    }
}
