//! Transactions that write, one after the other on SQLite.
//!
//! SQLite has one writer. Its own way of waiting is to ask again now and then,
//! in no order: with fifty writers some asked in vain for the whole busy
//! timeout while holding connections that readers needed. So writers of this
//! process first queue here, in order and without a connection.

use sea_orm::prelude::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use std::collections::HashMap;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex as Queue, OwnedMutexGuard};

/// Longest wait for one's turn to write; a hundred marks at once need about a second.
const TURN_TIMEOUT: Duration = Duration::from_secs(10);

/// One queue per SQLite file, because tests open many files in one process.
static QUEUES: LazyLock<Mutex<HashMap<PathBuf, Arc<Queue<()>>>>> = LazyLock::new(Mutex::default);

/// Transactions that this process has committed, whatever the database.
static WRITES: AtomicU64 = AtomicU64::new(0);

/// How many transactions this process has committed: when it stays the same, nothing was written between.
pub fn writes() -> u64 {
    WRITES.load(Ordering::SeqCst)
}

/// A transaction that may write. Dropping it without [`commit`](Self::commit) undoes everything.
pub struct WriteTransaction {
    txn: DatabaseTransaction,
    /// Held until the transaction is over; nothing on PostgreSQL.
    turn: Option<OwnedMutexGuard<()>>,
}

impl WriteTransaction {
    /// Makes everything last and visible.
    ///
    /// # Errors
    /// Whatever the database reports; then nothing was written.
    pub async fn commit(self) -> Result<(), DbErr> {
        let done = self.txn.commit().await;
        // Also after a failure: the database may have kept the work and lost only the answer.
        WRITES.fetch_add(1, Ordering::SeqCst);
        drop(self.turn);
        done
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
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(WriteTransaction { txn: db.begin().await?, turn: None });
    }
    let Ok(turn) = tokio::time::timeout(TURN_TIMEOUT, queue_of(db).lock_owned()).await else {
        return Err(DbErr::Conn(RuntimeErr::Internal("no turn to write in time".to_owned())));
    };
    let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode, ..Default::default() };
    Ok(WriteTransaction { txn: db.begin_with_options(options).await?, turn: Some(turn) })
}

fn queue_of(db: &DatabaseConnection) -> Arc<Queue<()>> {
    let file = db.get_sqlite_connection_pool().connect_options().get_filename().to_owned();
    // Nothing can panic while the map is locked, and a map of queues cannot be half changed.
    QUEUES.lock().unwrap_or_else(PoisonError::into_inner).entry(file).or_default().clone()
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
        self.txn.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.txn.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.txn.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.txn.query_all_raw(statement).await
    }
}
