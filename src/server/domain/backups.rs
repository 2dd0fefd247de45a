//! Backups made from the administrator's page: in a folder of the server, one at a time, in the background.

use super::audit;
use super::erasure::ledger;
use crate::app::error::AppError;
use crate::app::types::{BackupFacts, BackupRow, BackupState, Backups};
use crate::server::auth::actor::Actor;
use crate::server::backup::job::JobState;
use crate::server::backup::{self, Manifest, Progress};
use crate::server::db;
use crate::server::error::Result;
use crate::server::middleware::trace_id;
use crate::server::secrets::random_hex;
use crate::server::state::Ctx;
use crate::tr;
use anyhow::Context;
use chrono::{DateTime, NaiveDateTime, Utc};
use std::path::{Path, PathBuf};

const PREFIX: &str = "rollcall-";
const SUFFIX: &str = ".zip";

/// The page: what is there, what is being done, and how to put one back.
///
/// # Errors
/// When the folder cannot be read.
pub async fn list_backups(ctx: &Ctx) -> Result<Backups> {
    let folder = backup::folder(&ctx.config.data);
    let timezone = ctx.clock.timezone();
    let wall = move |at: DateTime<Utc>| at.with_timezone(&timezone).naive_local();
    let read = folder.clone();
    let list = tokio::task::spawn_blocking(move || read_folder(&read, wall)).await.context("reading the backups")??;
    let state = match ctx.backup_job.now() {
        JobState::Idle => BackupState::Idle,
        JobState::Failed { at, why } => BackupState::Failed { at: wall(at), why },
        JobState::Running { since, by, progress } => {
            let (step, done, total) = progress.now();
            BackupState::Running { since: wall(since), by, step: step_words(step), done, total }
        }
    };
    let newest = list.first().map_or("FILE", |row: &BackupRow| row.name.as_str());
    Ok(Backups {
        state,
        restore_command: format!("rollcall restore {} --force", folder.join(newest).display()),
        folder: folder.display().to_string(),
        database: backup::rows::backend_word(ctx.db.get_database_backend()).to_owned(),
        key_file: ctx.config.data.join("token.key").display().to_string(),
        ledger: [ledger::FILE, ledger::KEY_FILE].map(|name| ctx.config.data.join(name).display().to_string()).join(" "),
        disk_free: crate::server::disk::free_bytes(&ctx.config.data),
        list,
    })
}

/// What is being done, in the reader's language: the work itself knows no reader.
fn step_words(step: &str) -> String {
    match step {
        "Copying the database" => tr!("domain-backup-step-copy"),
        "Packing the database" => tr!("domain-backup-step-pack"),
        "Packing photos" => tr!("domain-backup-step-photos"),
        "Checking what was written" => tr!("domain-backup-step-check"),
        other => other.to_owned(),
    }
}

fn read_folder(folder: &Path, wall: impl Fn(DateTime<Utc>) -> NaiveDateTime) -> anyhow::Result<Vec<BackupRow>> {
    let mut list = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(list),
        Err(error) => return Err(error).context("reading the folder of backups"),
    };
    for entry in entries.flatten() {
        let Some(name) = entry.file_name().to_str().filter(|name| is_backup_name(name)).map(str::to_owned) else {
            continue;
        };
        let bytes = entry.metadata().map_or(0, |facts| facts.len());
        let holds = backup::read_manifest(&entry.path()).map(|manifest| facts_of(manifest, &wall));
        list.push(BackupRow { name, bytes, holds: holds.map_err(|error| error.root_cause().to_string()) });
    }
    list.sort_by(|a, b| b.name.cmp(&a.name));
    Ok(list)
}

fn facts_of(manifest: Manifest, wall: impl Fn(DateTime<Utc>) -> NaiveDateTime) -> BackupFacts {
    BackupFacts {
        made_at: wall(manifest.made_at),
        rows: manifest.rows(),
        photos: manifest.photos() as u64,
        photos_missing: manifest.photos_missing,
        photos_stray: manifest.photos_stray,
        version: manifest.version,
        database: manifest.database,
    }
}

/// Starts making a backup; it goes on when the page is left.
///
/// # Errors
/// [`AppError::Rule`] while one is being made.
pub async fn start_backup(ctx: &Ctx, actor: &Actor) -> Result<()> {
    let now = ctx.clock.now();
    let Some(progress) = ctx.backup_job.begin(now, &actor.name) else {
        return Err(AppError::Rule(tr!("domain-backup-running")).into());
    };
    let (ctx, actor) = (ctx.clone(), actor.clone());
    let trace_id = trace_id();
    tokio::spawn(async move {
        let state = match make(&ctx, &actor, now, &progress).await {
            Ok(()) => JobState::Idle,
            Err(error) => {
                tracing::error!(%trace_id, "making a backup: {error:#}");
                let why = format!("{}: {} (reference {trace_id})", error, error.root_cause());
                JobState::Failed { at: ctx.clock.now(), why }
            }
        };
        ctx.backup_job.end(state);
    });
    Ok(())
}

async fn make(ctx: &Ctx, actor: &Actor, now: DateTime<Utc>, progress: &Progress) -> anyhow::Result<()> {
    // The log of this backup belongs into it as little as what happens afterwards; the name tells when it began.
    let name = format!("{PREFIX}{}-{}{SUFFIX}", now.format("%Y%m%d-%H%M%S"), random_hex::<2>());
    let folder = backup::folder(&ctx.config.data);
    crate::server::config::private_dir(&folder)?;
    let manifest = backup::make(ctx, &folder.join(&name), progress).await?;
    let sentence =
        format!("{} made a backup of {} rows and {} photos ({name})", actor.name, manifest.rows(), manifest.photos());
    let txn = db::begin_write(&ctx.db).await?;
    audit::record(&txn, ctx, Some(actor), "backup.make", "backup", &name, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// Reads a whole backup and compares every file with its hash.
///
/// # Errors
/// [`AppError::NotFound`]; [`AppError::Rule`] with what is wrong with it.
pub async fn check_backup(ctx: &Ctx, name: &str) -> Result<()> {
    let path = path_of(ctx, name)?;
    let checked = tokio::task::spawn_blocking(move || backup::verify(&path)).await.context("checking a backup")?;
    checked.map(drop).map_err(|error| {
        AppError::Rule(tr!("domain-backup-damaged", name = name, why = error.root_cause().to_string())).into()
    })
}

/// Removes a backup for good.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn delete_backup(ctx: &Ctx, actor: &Actor, name: &str) -> Result<()> {
    let path = path_of(ctx, name)?;
    let txn = db::begin_write(&ctx.db).await?;
    let sentence = format!("{} deleted the backup {name}", actor.name);
    audit::record(&txn, ctx, Some(actor), "backup.delete", "backup", name, &sentence).await?;
    tokio::fs::remove_file(&path).await.context("removing a backup")?;
    txn.commit().await?;
    Ok(())
}

/// Where a backup lies that this admin is about to download; the log tells of it.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn open_backup(ctx: &Ctx, actor: &Actor, name: &str) -> Result<PathBuf> {
    let path = path_of(ctx, name)?;
    let txn = db::begin_write(&ctx.db).await?;
    let sentence = format!("{} downloaded the backup {name}", actor.name);
    audit::record(&txn, ctx, Some(actor), "backup.download", "backup", name, &sentence).await?;
    txn.commit().await?;
    Ok(path)
}

/// Only names of our own making lead to a file.
fn path_of(ctx: &Ctx, name: &str) -> Result<PathBuf> {
    let path = backup::folder(&ctx.config.data).join(name);
    if !is_backup_name(name) || !path.is_file() {
        return Err(AppError::not_found("Backup", name).into());
    }
    Ok(path)
}

fn is_backup_name(name: &str) -> bool {
    name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)).is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f' | b'-'))
    })
}
