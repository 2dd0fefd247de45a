//! `backup` and `restore` at the terminal.

use super::{Progress, make, restore};
use crate::server::config::{Config, Switch};
use crate::server::{secrets, start};
use anyhow::Result;
use clap::Args;
use std::path::{Path, PathBuf};

/// Names of photos that are printed; the manifest of the archive has them all.
const NAMES_PRINTED: usize = 20;

#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The archive to write, as in `rollcall-2026-01-31.zip`; it must not be there yet.
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// An archive that `backup` or the administrator's page made.
    pub file: PathBuf,
    /// Replaces data that is there; it is kept in a folder beside it.
    #[arg(long)]
    pub force: bool,
}

/// Makes a backup; the server may go on serving.
///
/// # Errors
/// See [`make`].
pub async fn run_backup(config: Config, args: BackupArgs) -> Result<()> {
    // Rows and files need no face: a machine without models backs them up as well.
    let ctx = start::open(Config { face_features: Switch::Off, ..config }).await?;
    let manifest = make(&ctx, &args.file, &Progress::default()).await?;
    let bytes = std::fs::metadata(&args.file)?.len();
    println!(
        "{}: {} rows and {} photos, {:.1} MB, checked.",
        args.file.display(),
        manifest.rows(),
        manifest.photos(),
        bytes as f64 / 1e6
    );
    name_photos("Rows that name a photo that is not there", &manifest.photos_missing);
    name_photos("Photos that no row names, left out", &manifest.photos_stray);
    println!("It holds personal data in the clear: keep it where only you can read it. It holds no key:");
    println!("keep {} apart if signed tokens have to go on working.", key_file(&ctx.config.data).display());
    Ok(())
}

/// Puts a backup back; the server must not run.
///
/// # Errors
/// See [`restore`].
pub async fn run_restore(config: Config, args: RestoreArgs) -> Result<()> {
    let done = restore(&config, &args.file, args.force).await?;
    // Without a key the server would make one at its start; here it is seen at once that the folder can be written.
    secrets::load_or_make_key(&key_file(&config.data), secrets::TOKEN_KEY_READ)?;
    println!(
        "Restored {} rows and {} photos of {} (made by version {}).",
        done.rows,
        done.manifest.photos(),
        done.manifest.made_at.format("%Y-%m-%d %H:%M UTC"),
        done.manifest.version
    );
    // Who was erased since the backup was made is in it again: they go now, and not only when a server starts.
    let (ctx, lease) = start::open_alone(Config { face_features: Switch::Off, ..config.clone() }).await?;
    lease.give_back().await;
    ctx.db.close().await?;
    name_photos("Rows that name a photo that the archive does not hold", &done.photos_missing);
    if let Some(folder) = done.kept_aside {
        println!("What was there before lies in {}; remove it when you no longer need it.", folder.display());
    }
    println!("Everybody signs in anew. Start the server: rollcall serve");
    Ok(())
}

fn key_file(data: &Path) -> PathBuf {
    data.join("token.key")
}

fn name_photos(what: &str, names: &[String]) {
    if names.is_empty() {
        return;
    }
    println!("{what}: {}", names.len());
    for name in names.iter().take(NAMES_PRINTED) {
        println!("    {name}");
    }
}
