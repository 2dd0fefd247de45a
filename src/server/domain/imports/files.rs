//! Uploaded files of imports: private, kept while they are needed, swept afterwards.

use crate::server::config::private_dir;
use crate::server::state::Ctx;
use anyhow::{Context, Result};
use std::path::PathBuf;
use tokio::fs::File;

/// Name of the table and of the photos in an import's folder.
const CSV: &str = "table.csv";
const ZIP: &str = "photos.zip";

/// The folder of all imports.
pub fn root(ctx: &Ctx) -> PathBuf {
    ctx.config.data.join("imports")
}

/// The folder of one import.
pub fn folder(ctx: &Ctx, import: i64) -> PathBuf {
    root(ctx).join(import.to_string())
}

pub fn csv(ctx: &Ctx, import: i64) -> PathBuf {
    folder(ctx, import).join(CSV)
}

pub fn zip(ctx: &Ctx, import: i64) -> PathBuf {
    folder(ctx, import).join(ZIP)
}

/// Files that are being received; they go with this value unless [`Incoming::keep`] gives them to an import.
#[derive(Debug)]
pub struct Incoming {
    folder: PathBuf,
    kept: bool,
}

impl Incoming {
    /// A private folder under a random name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn begin(ctx: &Ctx) -> Result<Self> {
        let root = root(ctx);
        private_dir(&root)?;
        let folder = root.join(format!("incoming-{}", crate::server::secrets::random_hex::<8>()));
        private_dir(&folder)?;
        Ok(Self { folder, kept: false })
    }

    /// Opens the file for the table or the photos, readable by this user alone.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn create(&self, is_zip: bool) -> Result<File> {
        let path = if is_zip { self.zip() } else { self.csv() };
        let mut options = tokio::fs::OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        options.open(&path).await.context("cannot make a file for the upload")
    }

    pub fn csv(&self) -> PathBuf {
        self.folder.join(CSV)
    }

    pub fn zip(&self) -> PathBuf {
        self.folder.join(ZIP)
    }

    /// Makes them an import's own.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(mut self, ctx: &Ctx, import: i64) -> Result<()> {
        std::fs::rename(&self.folder, folder(ctx, import)).context("keeping an upload")?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.kept {
            // What stays is swept by the hourly job.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// Removes the files of an import; gone already is fine.
pub async fn remove(ctx: &Ctx, import: i64) {
    let folder = folder(ctx, import);
    match tokio::fs::remove_dir_all(&folder).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::error!(import, "the files of an import stay until the next sweep: {error}");
        }
        _ => {}
    }
}
