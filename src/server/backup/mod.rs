//! Backups: one archive of the database and the photos, made while the server serves, and put back in one step.
//!
//! An archive is a ZIP file of `rollcall.db` (a SQLite file with every row, whichever database the server uses), the
//! photos that its rows name, and `manifest.json` with the size and SHA-256 of each. It can be restored to either kind
//! of database. It holds no key, no login session and no link that was mailed: whoever finds one cannot sign in with it.
//! It holds no uploaded file of an import either, so that of imports only those that were applied go on after a restore.

pub mod archive;
pub mod commands;
pub mod job;
pub mod restore;
pub mod rows;

pub use archive::{Manifest, read_manifest, verify};
pub use restore::{Restored, restore};

use super::config::{Config, private_dir};
use super::db::entities::photos;
use super::secrets::random_hex;
use super::state::Ctx;
use super::storage::is_photo_name;
use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDateTime, Utc};
use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder, QuerySelect};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Name of the database inside an archive.
pub const DATABASE: &str = "rollcall.db";
/// Folder of the photos inside an archive, and inside the media folder.
pub const PHOTOS: &str = "media/student_faces/";
/// Names of working folders begin with this; what a killed program left is removed by the next.
const WORKING: &str = ".working-";
/// Nobody works on one backup for longer.
const ABANDONED_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// How far a backup has come; readable from everywhere while it is made.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Mutex<(&'static str, u64, u64)>>);

impl Progress {
    /// What is being done, how much of it is done, and out of how much; 0 when that is not known.
    pub fn now(&self) -> (&'static str, u64, u64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, step: &'static str, done: u64, total: u64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (step, done, total);
    }
}

/// A folder for one piece of work, gone when it is over.
pub struct Working(PathBuf);

impl Working {
    /// Makes one inside of `parent`.
    ///
    /// # Errors
    /// When the folder cannot be made private.
    pub fn within(parent: &Path) -> Result<Self> {
        private_dir(parent)?;
        let path = parent.join(format!("{WORKING}{}", random_hex::<8>()));
        private_dir(&path)?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next program that starts such work.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Removes working folders that a killed program left.
pub fn sweep(parent: &Path) {
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_working = entry.file_name().to_str().is_some_and(|name| name.starts_with(WORKING));
        let changed = entry.metadata().and_then(|facts| facts.modified()).ok();
        let is_old = changed.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > ABANDONED_AFTER);
        if is_working && is_old {
            // A folder that cannot be removed takes room and does nothing else.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Beginning of the names of folders that a restore set aside.
const REPLACED: &str = "replaced-";
/// The moment that such a name goes on with.
const MOMENT: &str = "%Y%m%d-%H%M%S";

/// Copies of the data in the server's own folder that were made before this moment: backups, and what restores set
/// aside. A backup that cannot be read counts as one.
///
/// # Errors
/// When a folder cannot be read.
pub fn copies_before(data: &Path, at: DateTime<Utc>) -> Result<Vec<String>> {
    let entries = |folder: &Path| -> Result<Vec<std::fs::DirEntry>> {
        match std::fs::read_dir(folder) {
            Ok(entries) => Ok(entries.flatten().collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error).with_context(|| format!("reading {}", folder.display())),
        }
    };
    let mut copies = Vec::new();
    for entry in entries(&folder(data))? {
        let path = entry.path();
        let is_archive = path.extension().is_some_and(|extension| extension == "zip");
        if is_archive && read_manifest(&path).map_or(true, |manifest| manifest.made_at < at) {
            copies.push(path.display().to_string());
        }
    }
    for entry in entries(data)? {
        let name = entry.file_name();
        let moment = name.to_str().and_then(|name| name.strip_prefix(REPLACED));
        let set_aside = moment.and_then(|moment| NaiveDateTime::parse_from_str(moment, MOMENT).ok());
        if set_aside.is_some_and(|moment| moment.and_utc() <= at) {
            copies.push(entry.path().display().to_string());
        }
    }
    copies.sort();
    Ok(copies)
}

/// Folder of the backups made from the administrator's page.
pub fn folder(data: &Path) -> PathBuf {
    data.join("backups")
}

/// Writes everything as it is at one moment to the archive `to`, checks what was written, and only then gives it its
/// name. The server may go on serving.
///
/// # Errors
/// When `to` exists, the database fails or the disk refuses; nothing stays behind then.
pub async fn make(ctx: &Ctx, to: &Path, progress: &Progress) -> Result<Manifest> {
    make_from(&ctx.db, &ctx.config, ctx.clock.now(), to, progress).await
}

/// The same without a whole server.
async fn make_from(
    db: &DatabaseConnection,
    config: &Config,
    made_at: DateTime<Utc>,
    to: &Path,
    progress: &Progress,
) -> Result<Manifest> {
    ensure!(!to.exists(), "{} is there already; choose another name", to.display());
    let working = Working::within(&folder(&config.data))?;
    let database = working.path().join(DATABASE);
    progress.set("Copying the database", 0, 0);
    let tables = rows::export(db, &database, progress).await.context("copying the database")?;
    let photos = config.media().join("student_faces");
    let (named, stray) = photo_names(&photos, &database).await?;
    let facts = archive::Facts { tables, stray, backend: rows::backend_word(db.get_database_backend()), made_at };
    let (to, progress) = (to.to_owned(), progress.clone());
    let written = tokio::task::spawn_blocking(move || {
        let manifest = archive::write(&database, &photos, named, facts, &to, &progress);
        drop(working);
        manifest
    });
    written.await?
}

/// Names of the photos of the copied rows, and of the files that no row names.
async fn photo_names(folder: &Path, copy: &Path) -> Result<(Vec<String>, Vec<String>)> {
    let db = rows::open_copy(copy).await?;
    let named: Vec<String> = photos::Entity::find()
        .select_only()
        .column(photos::Column::Name)
        .order_by_asc(photos::Column::Name)
        .into_tuple()
        .all(&db)
        .await?;
    rows::seal(db).await?;
    let known: HashSet<&str> = named.iter().map(String::as_str).collect();
    // A photo that came after the copy was made is stray here and has its row in the next backup.
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut stray: Vec<String> = files.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    stray.retain(|name| is_photo_name(name) && !known.contains(name.as_str()));
    stray.sort();
    Ok((named, stray))
}
