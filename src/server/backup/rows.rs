//! The rows of a backup: copied table by table by our own entities, so that both kinds of database read and write the
//! same file.

use super::Progress;
use crate::server::db::{self, entities::prelude::*};
use anyhow::{Context, Result, bail};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, ActiveModelTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    EntityName, EntityTrait, IntoActiveModel, IsolationLevel, Iterable, PrimaryKeyToColumn, QueryOrder, QuerySelect,
    Statement, TransactionTrait,
};
use std::path::Path;

/// Rows read at once.
const ROWS_READ: u64 = 2_000;
/// Rows of one insert: SQLite binds at most 32,766 values a statement.
const ROWS_WRITTEN: usize = 400;

/// Calls `$each!(Entity)` for every table of a backup, in an order in which their keys hold.
macro_rules! for_each_table {
    ($each:ident) => {
        $each!(Departments);
        $each!(Users);
        $each!(UserProfiles);
        $each!(TeacherDepartments);
        $each!(RollCounters);
        $each!(Students);
        $each!(Consents);
        $each!(Photos);
        $each!(FaceTemplates);
        $each!(AttendanceSessions);
        $each!(SessionRosters);
        $each!(AttendanceRecords);
        $each!(RecordContests);
        $each!(Imports);
        $each!(ImportRows);
        $each!(SentRequests);
        $each!(AuditLog);
        $each!(Settings);
        $each!(Outbox);
        $each!(Erasures);
    };
}

/// Tables whose rows no backup holds, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("login_sessions", "everybody signs in anew after a restore"),
    ("browser_sessions", "everybody signs in anew after a restore"),
    ("email_tokens", "links that were mailed before a restore lead nowhere after it"),
    ("login_failures", "counts of minutes"),
    ("server_leases", "who serves now says nothing of who serves the restored one"),
];

/// What no restored server may find as it was, in the copy alone.
const SETTLED: &[&str] = &[
    // A message that waits keeps its text; the link in it would open an account.
    "UPDATE outbox SET secret = ''",
    // The uploaded files are in no backup: an import that was not applied yet cannot go on, and its rows are of no use.
    "UPDATE imports SET state = 'discarded', step = '', message = '', finished_at = created_at \
     WHERE state IN ('uploaded', 'rehearsing', 'rehearsed') OR (state = 'applying' AND step = '')",
    "DELETE FROM import_rows WHERE import_id IN (SELECT id FROM imports WHERE state = 'discarded')",
    // One whose students are written is over without the photos that were still to come, and can be undone.
    "UPDATE import_rows SET todo = FALSE",
    "UPDATE imports SET message = '' WHERE state = 'applying'",
    // No program works on any.
    "UPDATE imports SET worker = '', beat_at = NULL",
];

/// Names of the tables of a backup, in the order of their keys.
pub fn tables() -> Vec<&'static str> {
    let mut names = Vec::new();
    macro_rules! name {
        ($entity:ident) => {
            names.push($entity.table_name());
        };
    }
    for_each_table!(name);
    names
}

/// The database's kind as a word.
pub fn backend_word(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "PostgreSQL",
        _ => "SQLite",
    }
}

/// Copies every row, as they are at one moment, to a new SQLite file; returns how many of which table.
///
/// # Errors
/// When either database fails.
pub async fn export(from: &DatabaseConnection, file: &Path, progress: &Progress) -> Result<Vec<(String, u64)>> {
    let to = open_copy(file).await?;
    let snapshot = match from.get_database_backend() {
        DbBackend::Postgres => {
            let level = Some(IsolationLevel::RepeatableRead);
            from.begin_with_config(level, Some(AccessMode::ReadOnly)).await?
        }
        // With a write-ahead log a reader keeps seeing the moment of its first look.
        _ => from.begin().await?,
    };
    let txn = to.begin().await?;
    copy_all(&snapshot, &txn, progress).await?;
    for sql in SETTLED {
        txn.execute_unprepared(sql).await?;
    }
    let held = count_all(&txn).await?;
    txn.commit().await?;
    snapshot.rollback().await?;
    seal(to).await?;
    Ok(held)
}

/// Opens a backup's database, brought up to this program's schema.
///
/// # Errors
/// When the file is none of ours, or was written by a newer program.
pub async fn open_copy(file: &Path) -> Result<DatabaseConnection> {
    let db = db::connect(&format!("sqlite://{}", file.display())).await?;
    let migrated = Migrator::up(&db, None).await;
    migrated.context("this database was written by a newer version of the program, or is not one of Rollcall's")?;
    Ok(db)
}

/// Writes everything into the one file and closes it.
///
/// # Errors
/// When the disk refuses.
pub async fn seal(db: DatabaseConnection) -> Result<()> {
    db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    db.close().await?;
    Ok(())
}

/// Whether SQLite itself finds nothing wrong with an open copy.
///
/// # Errors
/// What it finds.
pub async fn check(db: &DatabaseConnection) -> Result<()> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check")).await?;
    let said: String = row.context("SQLite says nothing")?.try_get_by_index(0)?;
    if said != "ok" {
        bail!("the database in the archive is damaged: {said}");
    }
    Ok(())
}

/// Copies all tables; the target's are empty.
///
/// # Errors
/// When either database fails.
pub async fn copy_all(from: &DatabaseTransaction, to: &DatabaseTransaction, progress: &Progress) -> Result<()> {
    macro_rules! copy {
        ($entity:ident) => {
            let name = $entity.table_name();
            copy_table::<$entity>(from, to, progress).await.with_context(|| format!("the table {name}"))?;
        };
    }
    for_each_table!(copy);
    Ok(())
}

async fn copy_table<E>(from: &DatabaseTransaction, to: &DatabaseTransaction, progress: &Progress) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Send + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let mut copied = 0;
    loop {
        let page = E::PrimaryKey::iter().fold(E::find(), |page, key| page.order_by_asc(key.into_column()));
        let rows: Vec<E::Model> = page.offset(copied).limit(ROWS_READ).all(from).await?;
        let read = rows.len() as u64;
        let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        loop {
            let some: Vec<E::ActiveModel> = rows.by_ref().take(ROWS_WRITTEN).collect();
            if some.is_empty() {
                break;
            }
            E::insert_many(some).exec_without_returning(to).await?;
        }
        copied += read;
        progress.set("Copying the database", copied, 0);
        if read < ROWS_READ {
            return Ok(());
        }
    }
}

/// How many rows the tables of a backup have.
///
/// # Errors
/// When the database fails.
pub async fn count_all(db: &impl ConnectionTrait) -> Result<Vec<(String, u64)>> {
    let mut counted = Vec::new();
    for table in tables() {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
        let rows: i64 = row.context("a count")?.try_get_by_index(0)?;
        counted.push((table.to_owned(), rows.unsigned_abs()));
    }
    Ok(counted)
}

/// Removes every row, those that no backup holds included.
///
/// # Errors
/// When the database fails.
pub async fn clear(txn: &DatabaseTransaction) -> Result<()> {
    let left_out = LEFT_OUT.iter().map(|(table, _)| *table);
    for table in left_out.chain(tables().into_iter().rev()) {
        txn.execute_unprepared(&format!("DELETE FROM {table}")).await?;
    }
    Ok(())
}

/// Has PostgreSQL go on counting where the copied rows end; SQLite does so by itself.
///
/// # Errors
/// When the database fails.
pub async fn continue_counting(txn: &DatabaseTransaction) -> Result<()> {
    let counted = "SELECT table_name::text FROM information_schema.columns \
                   WHERE table_schema = current_schema() AND column_name = 'id' \
                   AND pg_get_serial_sequence(quote_ident(table_name), 'id') IS NOT NULL";
    for row in txn.query_all_raw(Statement::from_string(DbBackend::Postgres, counted)).await? {
        let table: String = row.try_get_by_index(0)?;
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}), false)"
        );
        txn.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    }
    Ok(())
}
