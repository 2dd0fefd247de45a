//! One server for one data folder and one database.
//!
//! A second one would never learn of new faces and go on marking people who were erased. The operating system holds a
//! lock on a file in the data folder, and beside the database file of SQLite: it goes with the process, however that
//! ends. PostgreSQL holds an advisory lock for as long as a connection of its own lives. A row in the database tells who
//! holds it since when, and its heartbeat speaks for servers that no lock reaches.

use super::config::{Config, private_dir};
use super::db;
use super::db::entities::server_leases;
use super::secrets::{random_hex, write_private};
use super::stop::Stop;
use anyhow::{Context, Result, bail};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::sqlx::{self, ConnectOptions, Connection, PgConnection};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseConnection, DbBackend, EntityTrait, QueryFilter, QuerySelect};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

/// How often the holder shows that it lives.
const BEAT_EVERY: Duration = Duration::from_secs(15);
/// After so long without a sign of life another server may take over.
const STALE_AFTER: TimeDelta = TimeDelta::seconds(60);
/// "roster" in ASCII: the advisory lock of whoever serves; any fixed number of ours would do.
const ADVISORY_LOCK: i64 = 0x726f_7374_6572;
/// The one row.
const ROW: i64 = 1;

/// The data folder is ours until this is dropped.
pub struct FolderLock {
    _file: File,
    /// The folder's own name, the same at every start.
    node: String,
    holder: String,
}

impl FolderLock {
    /// Takes the data folder, making it when it is not there.
    ///
    /// # Errors
    /// When another server holds it, with who and since when; when the folder cannot be written.
    pub fn take(config: &Config) -> Result<Self> {
        private_dir(&config.data)?;
        let holder = holder(config);
        let file = lock_file(&config.data.join("server.lock"), &holder)?;
        let named = config.data.join("node");
        let node = match std::fs::read_to_string(&named) {
            Ok(node) if !node.trim().is_empty() => node.trim().to_owned(),
            _ => {
                let node = random_hex::<16>();
                write_private(&named, node.as_bytes())?;
                node
            }
        };
        Ok(Self { _file: file, node, holder })
    }
}

/// Machine, process and address.
fn holder(config: &Config) -> String {
    let machine = rustix::system::uname().nodename().to_string_lossy().into_owned();
    format!("{machine}, process {}, http://{}", std::process::id(), config.addr)
}

/// Locks a file and writes into it who holds it since when.
fn lock_file(path: &Path, holder: &str) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut told = String::new();
            // Whatever can be read of who it is helps; without it the sentence is still true.
            let _ = file.read_to_string(&mut told);
            let told = if told.trim().is_empty() { "another server".to_owned() } else { told.trim().to_owned() };
            bail!("{} is held by {told}. Stop that server first: only one at a time may have the data", path.display());
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("cannot lock {}", path.display()));
        }
    }
    let words = format!("{holder}, since {}", when(Utc::now()));
    file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(words.as_bytes()))?;
    Ok(file)
}

fn when(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// The database is ours until [`keep`](Self::keep) ends.
pub struct Lease {
    db: DatabaseConnection,
    node: String,
    run: String,
    holder: String,
    started_at: DateTime<Utc>,
    locks: Locks,
    _folder: FolderLock,
}

/// What the system holds for us.
enum Locks {
    Sqlite { _file: Option<File> },
    Postgres { connection: Box<PgConnection> },
}

impl Lease {
    /// Takes the database for this data folder, before anything in it is touched.
    ///
    /// # Errors
    /// When another server holds it, with who and since when; when the database fails.
    pub async fn take(folder: FolderLock, db: &DatabaseConnection) -> Result<Self> {
        let locks = match db.get_database_backend() {
            DbBackend::Postgres => match lock_postgres(db).await? {
                Some(connection) => Locks::Postgres { connection: Box::new(connection) },
                None => bail!("{}", refusal(read(db).await.as_ref())),
            },
            _ => Locks::Sqlite { _file: lock_sqlite(db, &folder.holder)? },
        };
        // A database that is made at this start has no such table yet.
        refuse_another(read(db).await.as_ref(), &folder.node)?;
        Ok(Self {
            db: db.clone(),
            node: folder.node.clone(),
            run: random_hex::<16>(),
            holder: folder.holder.clone(),
            started_at: Utc::now(),
            locks,
            _folder: folder,
        })
    }

    /// Writes down who holds the database, once the schema is there.
    ///
    /// # Errors
    /// When another server was faster, or the database fails.
    pub async fn write(&self) -> Result<()> {
        let txn = db::begin_write(&self.db).await?;
        let there = server_leases::Entity::find_by_id(ROW).lock_exclusive().one(&txn).await?;
        refuse_another(there.as_ref(), &self.node)?;
        let row = server_leases::ActiveModel {
            id: Set(ROW),
            node: Set(self.node.clone()),
            run: Set(self.run.clone()),
            holder: Set(self.holder.clone()),
            started_at: Set(self.started_at),
            beat_at: Set(Utc::now()),
        };
        use server_leases::Column::{BeatAt, Holder, Id, Node, Run, StartedAt};
        let replace = OnConflict::column(Id).update_columns([Node, Run, Holder, StartedAt, BeatAt]).to_owned();
        server_leases::Entity::insert(row).on_conflict(replace).exec_without_returning(&txn).await?;
        Ok(txn.commit().await?)
    }

    /// Shows now and then that the holder lives, until the order to stop; then gives the database back. A server that
    /// finds another in its place orders the stop itself: what it would go on doing is not its any more.
    ///
    /// # Errors
    /// When another server has taken over.
    pub async fn keep(self, stop: Stop) -> Result<()> {
        self.keep_every(BEAT_EVERY, stop).await
    }

    /// The same with another time between two signs of life.
    ///
    /// # Errors
    /// As [`keep`](Self::keep).
    pub async fn keep_every(mut self, beat: Duration, stop: Stop) -> Result<()> {
        loop {
            tokio::select! {
                () = stop.wait() => break,
                () = tokio::time::sleep(beat) => {}
            }
            if !self.beat().await {
                stop.tell();
                bail!("{} This server stops", refusal(read(&self.db).await.as_ref()));
            }
        }
        self.give_back().await;
        Ok(())
    }

    /// Gives the database back, so that the next server need not wait.
    pub async fn give_back(self) {
        let own = server_leases::Entity::delete_many().filter(server_leases::Column::Run.eq(&self.run));
        if let Err(error) = own.exec(&self.db).await {
            tracing::warn!("the lease of the database runs out by itself: {error}");
        }
        if let Locks::Postgres { connection } = self.locks {
            // The lock goes with the connection, however it closes.
            let _ = connection.close().await;
        }
    }

    /// Shows that the holder lives; says whether it still holds the database.
    async fn beat(&mut self) -> bool {
        if let Locks::Postgres { connection } = &mut self.locks
            && connection.ping().await.is_err()
        {
            match lock_postgres(&self.db).await {
                Ok(Some(renewed)) => **connection = renewed,
                Ok(None) => return false,
                // The database is away for everybody.
                Err(error) => {
                    tracing::warn!("the lease cannot be renewed now: {error:#}");
                    return true;
                }
            }
        }
        let beat = server_leases::Entity::update_many()
            .col_expr(server_leases::Column::BeatAt, Expr::value(Utc::now()))
            .filter(server_leases::Column::Run.eq(&self.run))
            .exec(&self.db)
            .await;
        match beat {
            Ok(done) => done.rows_affected > 0,
            // A full disk or a busy database is no other server.
            Err(error) => {
                tracing::warn!("the lease cannot be renewed now: {error}");
                true
            }
        }
    }
}

async fn read(db: &DatabaseConnection) -> Option<server_leases::Model> {
    server_leases::Entity::find_by_id(ROW).one(db).await.ok().flatten()
}

fn refuse_another(row: Option<&server_leases::Model>, node: &str) -> Result<()> {
    match row {
        // Our own folder is locked by us: whoever wrote this is gone.
        Some(row) if row.node != node && Utc::now() - row.beat_at < STALE_AFTER => bail!("{}", refusal(Some(row))),
        _ => Ok(()),
    }
}

fn refusal(row: Option<&server_leases::Model>) -> String {
    let most = STALE_AFTER.num_seconds();
    match row {
        Some(row) => format!(
            "this database is served by {}, since {}; its last sign of life was at {}. Stop that server first: one \
             database serves one. If it was ended by force, try again {most} s after that sign of life.",
            row.holder,
            when(row.started_at),
            when(row.beat_at)
        ),
        None => {
            "this database is served by another server. Stop that server first: one database serves one.".to_owned()
        }
    }
}

/// The lock beside the database file, for data folders that share one; none for a database in memory.
fn lock_sqlite(db: &DatabaseConnection, holder: &str) -> Result<Option<File>> {
    let options = db.get_sqlite_connection_pool().connect_options();
    let file = options.get_filename();
    if !file.is_file() {
        return Ok(None);
    }
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    lock_file(Path::new(&name), holder).map(Some)
}

/// A connection that holds the advisory lock; nothing when somebody else does.
async fn lock_postgres(db: &DatabaseConnection) -> Result<Option<PgConnection>> {
    let options = db.get_postgres_connection_pool().connect_options();
    let mut connection = options.as_ref().clone().connect().await.context("connecting to hold the database")?;
    let locked: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
        .bind(ADVISORY_LOCK)
        .fetch_one(&mut connection)
        .await
        .context("asking for the database's lock")?;
    Ok(locked.then_some(connection))
}
