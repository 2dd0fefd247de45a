//! Stored photos: random names, private files, written whole or not at all.

use super::config::{private_dir, set_mode};
use super::secrets::{random_hex, write_private};
use anyhow::{Context, Result};
use std::fs::DirEntry;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Address under which stored photos are served.
pub const MEDIA_PREFIX: &str = "/media/student_faces/";

/// End of the name of a file that is being written.
const PART: &str = ".part";

/// The folder of the students' photos.
#[derive(Clone)]
pub struct Storage {
    dir: Arc<PathBuf>,
}

impl Storage {
    /// Opens the folder, making it when it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made private.
    pub fn open(media: &Path) -> Result<Self> {
        private_dir(media)?;
        let dir = media.join("student_faces");
        private_dir(&dir)?;
        Ok(Self { dir: Arc::new(dir) })
    }

    /// Stores a JPEG under a new random name, durable before this returns.
    ///
    /// # Errors
    /// When the disk refuses; nothing stays behind then.
    pub async fn put(&self, jpeg: Vec<u8>) -> Result<String> {
        let dir = Arc::clone(&self.dir);
        tokio::task::spawn_blocking(move || put_blocking(&dir, &jpeg)).await?
    }

    /// Reads a stored photo; `None` when there is no such photo.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(path) = self.path(name) else { return Ok(None) };
        match tokio::fs::read(&path).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).context("reading a stored photo"),
        }
    }

    /// Removes a photo; one that is gone already is fine.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn remove(&self, name: &str) -> Result<()> {
        let Some(path) = self.path(name) else { return Ok(()) };
        match tokio::fs::remove_file(&path).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).context("removing a stored photo"),
            _ => Ok(()),
        }
    }

    /// Names of all files of the folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>> {
        self.names_where(|_| true)
    }

    /// Names of all files that were last written longer ago than this, also of those that were never written whole.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names_older_than(&self, age: Duration) -> Result<Vec<String>> {
        let is_older = |entry: &DirEntry| {
            let written = entry.metadata().and_then(|facts| facts.modified());
            // A file from the future is one of a clock that was put back: its age is not known.
            written.is_ok_and(|at| at.elapsed().is_ok_and(|elapsed| elapsed > age))
        };
        self.names_where(is_older)
    }

    fn names_where(&self, wanted: impl Fn(&DirEntry) -> bool) -> Result<Vec<String>> {
        let entries = std::fs::read_dir(&*self.dir).context("reading the photo folder")?;
        let names = entries.flatten().filter(wanted).filter_map(|entry| entry.file_name().into_string().ok());
        Ok(names.collect())
    }

    /// Removes a file of our making that is no stored photo of anybody; says whether it did.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn remove_leftover(&self, name: &str) -> Result<bool> {
        let whole = name.strip_suffix(PART).unwrap_or(name);
        if !is_photo_name(whole) {
            return Ok(false);
        }
        match tokio::fs::remove_file(self.dir.join(name)).await {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error).context("removing a leftover photo"),
        }
    }

    /// Only names of our own making lead to a file.
    fn path(&self, name: &str) -> Option<PathBuf> {
        is_photo_name(name).then(|| self.dir.join(name))
    }
}

/// Whether this is `student_<16 hex>.jpg`.
pub fn is_photo_name(name: &str) -> bool {
    name.strip_prefix("student_")
        .and_then(|rest| rest.strip_suffix(".jpg"))
        .is_some_and(|hex| hex.len() == 16 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

/// The address of a stored photo.
pub fn media_path(name: &str) -> String {
    format!("{MEDIA_PREFIX}{name}")
}

fn put_blocking(dir: &Path, jpeg: &[u8]) -> Result<String> {
    let name = format!("student_{}.jpg", random_hex::<8>());
    let temporary = dir.join(format!("{name}{PART}"));
    let stored = write_private(&temporary, jpeg).and_then(|()| {
        std::fs::rename(&temporary, dir.join(&name)).context("storing a photo")?;
        std::fs::File::open(dir)?.sync_all().context("syncing the photo folder")
    });
    if let Err(error) = stored {
        // The original trouble is what the caller has to hear of.
        let _ = std::fs::remove_file(&temporary);
        return Err(error);
    }
    set_mode(&dir.join(&name), 0o600)?;
    Ok(name)
}
