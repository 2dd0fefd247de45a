//! Files too long to be waited for: made in the background, looked at and fetched on a page of their own.
//!
//! Jobs live in this program's memory and their files in `exports/` of the data folder, for an hour. A program that
//! ends takes its jobs along; what it left behind is swept by the next.

use super::reports::{record_row, records_name, records_report};
use super::{Cell, Format, csv, note, xlsx};
use crate::app::error::AppError;
use crate::app::types::{LongExport, LongExportState, UserId};
use crate::app::words::Locale;
use crate::server::auth::actor::Actor;
use crate::server::config::{private_dir, set_mode};
use crate::server::domain::record_list::{RecordFilter, RecordReader, are_more_than};
use crate::server::error::Result;
use crate::server::middleware::traced;
use crate::server::secrets::random_hex;
use crate::server::state::Ctx;
use crate::tr;
use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, mpsc};

/// Most rows of a file that is waited for: on two cores 13,000 take 0.2 s as CSV and 0.4 s as XLSX, 47,000 take 3 s.
pub const ROWS_AT_ONCE_MAX: u64 = 10_000;
/// Most rows of a long file; a sheet holds 1,048,576.
pub const ROWS_LONG_MAX: u64 = 1_000_000;
/// Files of one user that are made at a time.
pub const MAKING_MAX: usize = 2;
/// Files of one user that are kept; the oldest goes for a new one.
const KEPT_MAX: usize = 4;
/// How long a file is kept.
const KEPT_S: u64 = 60 * 60;
const KEPT: Duration = Duration::hours(1);
/// Portions of rows that wait between the database and the file.
const PORTIONS_WAITING: usize = 2;

/// The long exports of this program.
#[derive(Clone)]
pub struct LongExports {
    jobs: Arc<Mutex<HashMap<String, Job>>>,
    /// One is made at a time: it keeps the database busy.
    pub turns: Arc<Semaphore>,
}

impl Default for LongExports {
    fn default() -> Self {
        Self { jobs: Arc::default(), turns: Arc::new(Semaphore::new(1)) }
    }
}

#[derive(Clone)]
struct Job {
    owner: UserId,
    /// What was asked for, to know the same again.
    asked: String,
    /// Name of the file as its owner gets it.
    name: String,
    format: Format,
    begun: DateTime<Utc>,
    stage: Stage,
}

#[derive(Clone)]
enum Stage {
    Waiting,
    /// `total` is 0 until the rows are counted.
    Making {
        done: u64,
        total: u64,
    },
    Ready {
        bytes: u64,
        at: DateTime<Utc>,
    },
    Failed {
        error: AppError,
        at: DateTime<Utc>,
    },
}

impl Job {
    /// When it was over; absent while it is made.
    fn over_at(&self) -> Option<DateTime<Utc>> {
        match self.stage {
            Stage::Waiting | Stage::Making { .. } => None,
            Stage::Ready { at, .. } | Stage::Failed { at, .. } => Some(at),
        }
    }
}

impl LongExports {
    fn with<T>(&self, look: impl FnOnce(&mut HashMap<String, Job>) -> T) -> T {
        look(&mut self.jobs.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, id: &str, stage: Stage) {
        self.with(|jobs| {
            if let Some(job) = jobs.get_mut(id) {
                job.stage = stage;
            }
        });
    }

    /// The job of this owner; nobody else sees it.
    fn of(&self, owner: UserId, id: &str) -> Result<Job> {
        let job = self.with(|jobs| jobs.get(id).cloned()).filter(|job| job.owner == owner);
        Ok(job.ok_or(AppError::NoSuchPage)?)
    }
}

/// Whether these records are too many to be waited for. A PDF never is: it takes fewer.
///
/// # Errors
/// As the list of records.
pub async fn is_long(ctx: &Ctx, actor: &Actor, filter: &RecordFilter, format: Format) -> Result<bool> {
    Ok(format != Format::Pdf && are_more_than(ctx, actor, filter, ROWS_AT_ONCE_MAX).await?)
}

/// Begins a file of records in the reader's language and says under which id; what is being made already is not begun
/// again.
///
/// # Errors
/// [`AppError::Rule`] while [`MAKING_MAX`] others of this user are being made.
pub async fn start_records(ctx: &Ctx, actor: &Actor, filter: RecordFilter, format: Format) -> Result<String> {
    let locale = Locale::current();
    let job = Job {
        owner: actor.user_id,
        asked: format!("{filter:?} {format:?} {locale:?}"),
        name: format!("{}.{}", records_name(ctx), format.as_str()),
        format,
        begun: ctx.clock.now(),
        stage: Stage::Waiting,
    };
    private_dir(&folder(ctx))?;
    let (id, is_new) = ctx.long_exports.with(|jobs| enter(jobs, job))?;
    if is_new {
        remove_surplus(ctx, actor.user_id).await;
        let (ctx, actor, id) = (ctx.clone(), actor.clone(), id.clone());
        let work = async move { work(&ctx, &actor, &id, &filter, format).await };
        tokio::spawn(traced(locale.within(work)));
    }
    Ok(id)
}

/// Adds the job under a new id, unless the same is being made.
fn enter(jobs: &mut HashMap<String, Job>, job: Job) -> Result<(String, bool)> {
    let making = jobs.iter().filter(|(_, other)| other.owner == job.owner && other.over_at().is_none());
    let making: Vec<(&String, &Job)> = making.collect();
    if let Some((id, _)) = making.iter().find(|(_, other)| other.asked == job.asked) {
        return Ok(((*id).clone(), false));
    }
    if making.len() >= MAKING_MAX {
        return Err(AppError::Rule(tr!("exports-at-work", most = MAKING_MAX)).into());
    }
    let id = random_hex::<16>();
    jobs.insert(id.clone(), job);
    Ok((id, true))
}

/// Makes the file when its turn has come, and says what became of it.
async fn work(ctx: &Ctx, actor: &Actor, id: &str, filter: &RecordFilter, format: Format) {
    let made = async {
        let _turn = ctx.long_exports.turns.acquire().await.context("waiting for a turn")?;
        make(ctx, actor, id, filter, format).await
    };
    let stage = match made.await {
        Ok(bytes) => Stage::Ready { bytes, at: ctx.clock.now() },
        Err(error) => {
            remove(ctx, id, format).await;
            Stage::Failed { error: error.into_app(), at: ctx.clock.now() }
        }
    };
    ctx.long_exports.set(id, stage);
}

/// Writes the rows to the file, some at a time; returns its length in bytes.
async fn make(ctx: &Ctx, actor: &Actor, id: &str, filter: &RecordFilter, format: Format) -> Result<u64> {
    ctx.long_exports.set(id, Stage::Making { done: 0, total: 0 });
    let mut reader = RecordReader::open(ctx, actor, filter, ROWS_LONG_MAX).await?;
    let total = reader.left();
    let report = records_report(ctx, filter, total).await?;
    let (folder, path, locale) = (folder(ctx), path(ctx, id, format), Locale::current());
    let (send, mut rows) = mpsc::channel::<Vec<Vec<Cell>>>(PORTIONS_WAITING);
    let written = tokio::task::spawn_blocking(move || {
        let file = File::create_new(&path).context("making the file of an export")?;
        set_mode(&path, 0o600)?;
        match format {
            Format::Xlsx => xlsx::write_long(&report, locale, &mut rows, &folder, file)?,
            _ => csv::write_long(&report, &mut rows, file)?,
        }
        Ok::<_, anyhow::Error>(std::fs::metadata(&path)?.len())
    });
    while reader.left() > 0 {
        let some = reader.next(ctx).await?.into_iter().map(|row| record_row(ctx, row)).collect();
        if send.send(some).await.is_err() {
            // The writer has ended before its rows have: what it says below is why.
            break;
        }
        ctx.long_exports.set(id, Stage::Making { done: (total - reader.left()) as u64, total: total as u64 });
    }
    drop(send);
    let bytes = written.await.context("writing an export")??;
    note(ctx, actor, &format!("{}.{}", records_name(ctx), format.as_str())).await?;
    Ok(bytes)
}

/// How far one's own file is.
///
/// # Errors
/// [`AppError::NoSuchPage`] for one that is gone or somebody else's.
pub fn get(ctx: &Ctx, actor: &Actor, id: &str) -> Result<LongExport> {
    let job = ctx.long_exports.of(actor.user_id, id)?;
    let state = match job.stage {
        Stage::Waiting => LongExportState::Waiting,
        Stage::Making { done, total } => LongExportState::Making { done, total },
        Stage::Ready { bytes, at } => LongExportState::Ready { bytes, until: ctx.clock.wall_at(at + KEPT) },
        Stage::Failed { error, .. } => LongExportState::Failed { why: error.sentence() },
    };
    Ok(LongExport { name: job.name, state })
}

/// One's own file that is ready: where it lies, its name, and how it is written.
///
/// # Errors
/// [`AppError::NoSuchPage`] for one that is not ready, gone, or somebody else's.
pub fn open(ctx: &Ctx, actor: &Actor, id: &str) -> Result<(PathBuf, String, Format)> {
    let job = ctx.long_exports.of(actor.user_id, id)?;
    match job.stage {
        Stage::Ready { .. } => Ok((path(ctx, id, job.format), job.name, job.format)),
        _ => Err(AppError::NoSuchPage.into()),
    }
}

/// Removes files and jobs whose hour is over, and files that an earlier program left.
pub async fn sweep(ctx: &Ctx) {
    let old = ctx.clock.now() - KEPT;
    let gone = ctx.long_exports.with(|jobs| {
        let is_over = |job: &Job| job.over_at().is_some_and(|at| at <= old);
        jobs.extract_if(|_, job| is_over(job)).collect::<Vec<_>>()
    });
    for (id, job) in gone {
        remove(ctx, &id, job.format).await;
    }
    let known: Vec<String> = ctx.long_exports.with(|jobs| jobs.keys().cloned().collect());
    for entry in std::fs::read_dir(folder(ctx)).into_iter().flatten().flatten() {
        let is_known = entry.file_name().to_str().is_some_and(|name| known.iter().any(|id| name.starts_with(id)));
        let changed = entry.metadata().and_then(|facts| facts.modified()).ok();
        // Programs may share the folder: what another one writes to is fresh.
        let is_old = changed.and_then(|at| at.elapsed().ok()).is_some_and(|age| age.as_secs() > KEPT_S);
        if !is_known && is_old {
            // What cannot be removed now is tried again by the next sweep.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Removes the oldest files of a user beyond those that are kept.
async fn remove_surplus(ctx: &Ctx, owner: UserId) {
    let gone = ctx.long_exports.with(|jobs| {
        let over = jobs.iter().filter(|(_, job)| job.owner == owner && job.over_at().is_some());
        let mut over: Vec<(DateTime<Utc>, String)> = over.map(|(id, job)| (job.begun, id.clone())).collect();
        over.sort();
        over.truncate(over.len().saturating_sub(KEPT_MAX - 1));
        over.into_iter().filter_map(|(_, id)| jobs.remove(&id).map(|job| (id, job.format))).collect::<Vec<_>>()
    });
    for (id, format) in gone {
        remove(ctx, &id, format).await;
    }
}

async fn remove(ctx: &Ctx, id: &str, format: Format) {
    match tokio::fs::remove_file(path(ctx, id, format)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::error!("the file of an export stays until the next sweep: {error}");
        }
        _ => {}
    }
}

fn folder(ctx: &Ctx) -> PathBuf {
    ctx.config.data.join("exports")
}

fn path(ctx: &Ctx, id: &str, format: Format) -> PathBuf {
    folder(ctx).join(format!("{id}.{}", format.as_str()))
}
