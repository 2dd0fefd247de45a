//! Stored photos: random names, private files, written whole or not at all.

use super::config::{private_dir, set_mode};
use super::secrets::{random_hex, write_private};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Address under which stored photos are served.
pub const MEDIA_PREFIX: &str = "/media/student_faces/";

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

    /// Names of all stored photos, for the sweep at start.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>> {
        let entries = std::fs::read_dir(&*self.dir).context("reading the photo folder")?;
        Ok(entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect())
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
    let temporary = dir.join(format!("{name}.part"));
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
