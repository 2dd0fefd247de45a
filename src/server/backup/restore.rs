//! Putting a backup back: everything is checked before anything is touched, and what was there is kept aside.

use super::archive::{self, Manifest};
use super::{DATABASE, Progress, Working, rows};
use crate::server::config::{Config, private_dir};
use crate::server::db;
use crate::server::lease::{FolderLock, Lease};
use anyhow::{Context, Result, bail, ensure};
use chrono::Utc;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    /// Rows that are in the database now, after migrations.
    pub rows: u64,
    /// Where what was there before lies now; nothing when there was nothing.
    pub kept_aside: Option<PathBuf>,
    /// Photos that a row names and the archive does not hold.
    pub photos_missing: Vec<String>,
}

/// Restores the archive `file` to the database and the media folder of these settings. The server must not run.
///
/// `replace`: what is there already is moved aside; without it only an empty target is filled.
///
/// # Errors
/// A damaged archive, one of a newer program, a target that is not empty, a server that still runs; the target is
/// then as it was.
pub async fn restore(config: &Config, file: &Path, replace: bool) -> Result<Restored> {
    let folder = FolderLock::take(config)?;
    super::sweep(&config.data);
    let working = Working::within(&config.data)?;
    let (from, to) = (file.to_owned(), working.path().to_owned());
    let manifest = tokio::task::spawn_blocking(move || archive::unpack(&from, &to)).await??;
    let copy = rows::open_copy(&working.path().join(DATABASE)).await?;
    rows::check(&copy).await?;
    let rows = rows::count_all(&copy).await?;
    for (table, expected) in &manifest.tables {
        let found = rows.iter().find(|(name, _)| name == table).map(|(_, rows)| *rows);
        ensure!(found == Some(*expected), "the table {table} has {found:?} rows, the manifest says {expected}");
    }
    let photos_missing = missing(&copy, working.path()).await?;
    let staged = working.path().join("media");
    private_dir(&staged)?;
    private_dir(&staged.join("student_faces"))?;
    let aside = config.data.join(format!("{}{}", super::REPLACED, Utc::now().format(super::MOMENT)));
    let target = Target { config, replace, aside, staged };
    let kept_aside = if let Some(path) = db::sqlite_path(&config.database_url())? {
        rows::seal(copy).await?;
        to_sqlite(&target, &working.path().join(DATABASE), &path).await?
    } else {
        to_postgres(&target, &copy, folder).await?
    };
    let rows = rows.iter().map(|(_, rows)| rows).sum();
    Ok(Restored { manifest, rows, kept_aside, photos_missing })
}

/// Where a backup goes.
struct Target<'a> {
    config: &'a Config,
    replace: bool,
    /// Folder for what was there.
    aside: PathBuf,
    /// The unpacked media folder.
    staged: PathBuf,
}

impl Target<'_> {
    fn refuse(&self, what: &str) -> Result<()> {
        if !self.replace {
            bail!(
                "there is data already ({what}); nothing was changed. Add --force to replace it: what is there is then \
                 kept in a folder beside it"
            );
        }
        Ok(())
    }

    /// Whether there are photos.
    fn has_photos(&self) -> bool {
        let folder = self.config.media().join("student_faces");
        std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
    }

    /// Puts the unpacked photos in the place of those that are there.
    fn swap_photos(&self) -> Result<()> {
        let media = self.config.media();
        if media.exists() {
            if self.has_photos() {
                private_dir(&self.aside)?;
                rename(&media, &self.aside.join("media"))?;
            } else {
                std::fs::remove_dir_all(&media).context("removing the empty media folder")?;
            }
        }
        rename(&self.staged, &media)
    }

    /// Uploads that belong to imports of the data that was there: the ids of the restored ones start anew.
    fn set_uploads_aside(&self) -> Result<()> {
        let uploads = self.config.data.join("imports");
        if uploads.exists() {
            private_dir(&self.aside)?;
            rename(&uploads, &self.aside.join("imports"))?;
        }
        Ok(())
    }

    /// The folder of what was there, when there was something.
    fn kept(&self) -> Option<PathBuf> {
        self.aside.exists().then(|| self.aside.clone())
    }
}

/// Names of photos that rows name and that were not unpacked.
async fn missing(copy: &DatabaseConnection, folder: &Path) -> Result<Vec<String>> {
    use sea_orm::{EntityTrait, QuerySelect};
    let names: Vec<String> = db::entities::photos::Entity::find()
        .select_only()
        .column(db::entities::photos::Column::Name)
        .into_tuple()
        .all(copy)
        .await?;
    let folder = folder.join(super::PHOTOS);
    Ok(names.into_iter().filter(|name| !folder.join(name).is_file()).collect())
}

/// Whether anything that people entered is there; the schema alone is nothing.
async fn has_rows(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(rows::count_all(db).await?.iter().any(|(_, rows)| *rows > 0))
}

async fn to_sqlite(target: &Target<'_>, new: &Path, path: &Path) -> Result<Option<PathBuf>> {
    if path.exists() {
        let url = format!("sqlite://{}", path.display());
        let old = db::connect(&url).await?;
        db::migrate(&old).await.context("the database that is there cannot be read")?;
        let has_rows = has_rows(&old).await?;
        old.close().await?;
        if has_rows || target.has_photos() {
            target.refuse(&path.display().to_string())?;
        }
        ensure!(becomes_alone_with(&url).await?, "another program has {} open: stop the server first", path.display());
        private_dir(&target.aside)?;
        rename(path, &target.aside.join(DATABASE))?;
    } else if target.has_photos() {
        target.refuse("photos")?;
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let placed = rename(new, path).and_then(|()| target.swap_photos());
    if let Err(error) = placed {
        // Back to what was there, so that a failed restore changes nothing.
        let before = target.aside.join(DATABASE);
        if before.exists() {
            rename(&before, path)?;
        }
        return Err(error);
    }
    target.set_uploads_aside()?;
    sync_folder(path.parent())?;
    sync_folder(Some(&target.config.data))?;
    Ok(target.kept())
}

/// How long a program that is ending may take to close the database.
const CLOSING: Duration = Duration::from_secs(3);

/// Whether no other program has this database open, now or in a moment: a server that was stopped just before may
/// still be closing it.
async fn becomes_alone_with(url: &str) -> Result<bool> {
    let until = Instant::now() + CLOSING;
    loop {
        let is_alone = is_alone_with(url).await?;
        if is_alone || Instant::now() > until {
            return Ok(is_alone);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Whether no other program has this database open: only then may it leave the write-ahead log, whose contents are in
/// the one file afterwards.
async fn is_alone_with(url: &str) -> Result<bool> {
    let mut options = ConnectOptions::new(url);
    // A second connection of our own would look like another program.
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.context("opening the database that is there")?;
    let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode = DELETE");
    let mode = db.query_one_raw(asked).await.ok().flatten();
    let is_alone = mode.and_then(|row| row.try_get_by_index::<String>(0).ok()).is_some_and(|mode| mode == "delete");
    db.close().await?;
    Ok(is_alone)
}

async fn to_postgres(target: &Target<'_>, copy: &DatabaseConnection, folder: FolderLock) -> Result<Option<PathBuf>> {
    let to = db::connect(&target.config.database_url()).await?;
    let _alone = Lease::take(folder, &to).await?;
    db::migrate(&to).await.context("the database that is there cannot be read")?;
    if has_rows(&to).await? {
        target.refuse("rows in the database")?;
        private_dir(&target.aside)?;
        let archive = target.aside.join("rollcall.zip");
        let progress = Progress::default();
        let kept = super::make_from(&to, target.config, Utc::now(), &archive, &progress).await;
        kept.context("keeping what is there")?;
    } else if target.has_photos() {
        target.refuse("photos")?;
    }
    let (read, txn) = (copy.begin().await?, to.begin().await?);
    rows::clear(&txn).await?;
    rows::copy_all(&read, &txn, &Progress::default()).await?;
    if txn.get_database_backend() == DbBackend::Postgres {
        rows::continue_counting(&txn).await?;
    }
    txn.commit().await?;
    read.rollback().await?;
    to.close().await?;
    target.swap_photos()?;
    target.set_uploads_aside()?;
    sync_folder(Some(&target.config.data))?;
    Ok(target.kept())
}

/// Moves a file or folder; a file also to another disk.
fn rename(from: &Path, to: &Path) -> Result<()> {
    let moved = match std::fs::rename(from, to) {
        Err(error) if error.kind() == std::io::ErrorKind::CrossesDevices && from.is_file() => std::fs::copy(from, to)
            .and_then(|_| std::fs::File::open(to)?.sync_all())
            .and_then(|()| std::fs::remove_file(from)),
        moved => moved,
    };
    moved.with_context(|| format!("moving {} to {}", from.display(), to.display()))
}

fn sync_folder(folder: Option<&Path>) -> Result<()> {
    let folder = folder.filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all().with_context(|| format!("syncing {}", folder.display()))
}
