//! How the engine is doing, measured, and which packs of models there are.

use crate::app::types::{Figures, FileState, LoadedModels, ModelFileView, ModelsPageData, PackView, SystemHealth};
use crate::recognition::decide::Thresholds;
use crate::recognition::engine::EngineInfo;
use crate::recognition::manifest::{Manifest, Pack, Task, verify_file};
use crate::server::backup::rows::backend_word;
use crate::server::config::Config;
use crate::server::db::entities::face_templates;
use crate::server::disk;
use crate::server::error::Result;
use crate::server::metrics::{self, Performance};
use crate::server::models;
use crate::server::state::Ctx;
use anyhow::Context;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, QuerySelect};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

/// What the health answer tells, measured now.
#[derive(Clone, Debug)]
pub struct HealthReport {
    pub healthy: bool,
    pub reason: Option<String>,
    pub engine: Option<EngineInfo>,
    pub vectors: usize,
    pub dimension: usize,
    pub index_bytes: u64,
    pub performance: Performance,
    /// Of one core, since the last short while.
    pub cpu_percent: f64,
    /// Resident memory of this process.
    pub memory_bytes: u64,
}

/// Measures; takes about a fifth of a second, the time over which processor use is taken.
pub async fn health(ctx: &Ctx) -> HealthReport {
    let engine = ctx.recognizer.engine().ok().map(|engine| engine.info());
    let (cpu_percent, memory_bytes) = process_use().await;
    HealthReport {
        healthy: engine.is_some(),
        reason: ctx.recognizer.unavailable_reason(),
        vectors: ctx.gallery.index().len(),
        dimension: engine.as_ref().map_or(0, |info| info.embedding_size),
        index_bytes: ctx.gallery.index().memory_bytes() as u64,
        performance: metrics::performance(),
        engine,
        cpu_percent,
        memory_bytes,
    }
}

/// Processor use in percent of one core and resident bytes.
async fn process_use() -> (f64, u64) {
    let pid = Pid::from_u32(std::process::id());
    let refresh = |system: &mut System| {
        let kind = ProcessRefreshKind::nothing().with_cpu().with_memory();
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), false, kind);
    };
    let mut system = System::new();
    refresh(&mut system);
    tokio::time::sleep(sysinfo::MINIMUM_CPU_UPDATE_INTERVAL.max(Duration::from_millis(50))).await;
    refresh(&mut system);
    system.process(pid).map_or((0.0, 0), |process| (f64::from(process.cpu_usage()), process.memory()))
}

/// How the machine is doing, without the wait that measuring the processor takes.
pub fn system_health(ctx: &Ctx) -> SystemHealth {
    let info = ctx.recognizer.engine().ok().map(|engine| engine.info());
    let performance = metrics::performance();
    SystemHealth {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        uptime_hours: performance.uptime_hours,
        database: backend_word(ctx.db.get_database_backend()).to_owned(),
        models: info.map(|info| LoadedModels {
            pack: info.pack,
            title: info.title,
            licence: info.licence,
            commercial_use: info.commercial_use,
        }),
        reason: ctx.recognizer.unavailable_reason(),
        templates: ctx.gallery.index().len() as u64,
        gallery_bytes: ctx.gallery.index().memory_bytes() as u64,
        waiting: ctx.recognizer.waiting() as u64,
        waiting_max: ctx.recognizer.waiting_max() as u64,
        photos: performance.photos,
        photo_times: metrics::photo_times(),
        answer_times: metrics::answer_times(),
        memory_bytes: resident_bytes(),
        disk_free: disk::free_bytes(&ctx.config.data),
    }
}

fn resident_bytes() -> u64 {
    let pid = Pid::from_u32(std::process::id());
    let mut system = System::new();
    let kind = ProcessRefreshKind::nothing().with_memory();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), false, kind);
    system.process(pid).map_or(0, sysinfo::Process::memory)
}

/// A pack of the manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct PackReport {
    pub name: String,
    pub title: String,
    /// What the weights may be used for, in a sentence.
    pub licence: String,
    pub commercial_use: bool,
    /// Whether this server recognises with it now.
    pub is_loaded: bool,
    pub files: Vec<FileReport>,
    pub thresholds: Thresholds,
    /// How the thresholds were found.
    pub measured: String,
}

/// A model file of a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct FileReport {
    pub name: String,
    pub title: String,
    pub licence: String,
    pub bytes: u64,
    pub sha256: String,
    pub is_detector: bool,
    /// Whether a file of this name and size lies in the models folder; its hash is checked when it is loaded.
    pub is_present: bool,
}

/// The packs this program knows, in order of preference.
///
/// # Errors
/// Never for the manifest that was tested with this program.
pub fn list_packs(ctx: &Ctx) -> Result<Vec<PackReport>> {
    let manifest = models::manifest()?;
    let loaded = ctx.recognizer.engine().ok().map(|engine| engine.pack().name.clone());
    let packs = manifest.packs.iter().map(|pack| PackReport {
        name: pack.name.clone(),
        title: pack.title.clone(),
        licence: pack.licence.clone(),
        commercial_use: pack.commercial_use,
        is_loaded: loaded.as_deref() == Some(pack.name.as_str()),
        files: manifest
            .files_of(pack)
            .map(|file| FileReport {
                name: file.name.clone(),
                title: file.title.clone(),
                licence: file.licence.clone(),
                bytes: file.bytes,
                sha256: file.sha256.clone(),
                is_detector: matches!(file.task, Task::Detect { .. }),
                is_present: models::is_present(&ctx.config, file),
            })
            .collect(),
        thresholds: pack.thresholds,
        measured: pack.measured.clone(),
    });
    Ok(packs.collect())
}

/// The models' page: every pack with its files, which are read and hashed where they changed since the last look.
///
/// # Errors
/// When the database fails.
pub async fn get_models(ctx: &Ctx) -> Result<ModelsPageData> {
    let templates = templates_by_model(ctx).await?;
    let config = ctx.config.clone();
    let loaded = ctx.recognizer.engine().ok().map(|engine| engine.info());
    let loaded_name = loaded.as_ref().map(|info| info.pack.clone());
    let counted = templates.clone();
    let packs = tokio::task::spawn_blocking(move || -> anyhow::Result<Vec<PackView>> {
        let manifest = models::manifest()?;
        let view = |pack| view_of(&config, &manifest, pack, loaded_name.as_deref(), &counted);
        Ok(manifest.packs.iter().map(view).collect())
    });
    let packs = packs.await.context("looking at the model files")??;
    let own = loaded.as_ref().map_or("", |info| info.recogniser.sha256.as_str());
    let foreign = templates.iter().filter(|(sha256, _)| sha256.as_str() != own).map(|(_, count)| count).sum();
    Ok(ModelsPageData {
        packs,
        reason: ctx.recognizer.unavailable_reason(),
        self_test: loaded.is_some(),
        foreign_templates: foreign,
        folder: ctx.config.models.display().to_string(),
        asked: ctx.config.pack.clone().filter(|name| !name.is_empty()),
        dimension: loaded.map_or(0, |info| info.embedding_size as u64),
    })
}

/// The loaded pack as its page shows it, without a look at its files.
pub fn loaded_pack(ctx: &Ctx) -> Option<PackView> {
    let engine = ctx.recognizer.engine().ok()?;
    Some(PackView { files: Vec::new(), ..view_without_files(engine.pack(), true, 0) })
}

fn view_of(
    config: &Config,
    manifest: &Manifest,
    pack: &Pack,
    loaded: Option<&str>,
    templates: &HashMap<String, u64>,
) -> PackView {
    let files = manifest.files_of(pack).map(|file| {
        let path = config.models.join(&file.name);
        ModelFileView {
            name: file.name.clone(),
            title: file.title.clone(),
            is_detector: matches!(file.task, Task::Detect { .. }),
            licence: file.licence.clone(),
            bytes: file.bytes,
            sha256: file.sha256.clone(),
            state: state_of(&path, || verify_file(&path, file).is_ok()),
        }
    });
    let files: Vec<ModelFileView> = files.collect();
    let recogniser = files.iter().find(|file| !file.is_detector);
    let count = recogniser.and_then(|file| templates.get(&file.sha256)).copied().unwrap_or_default();
    PackView { files, ..view_without_files(pack, loaded == Some(pack.name.as_str()), count) }
}

fn view_without_files(pack: &Pack, is_loaded: bool, templates: u64) -> PackView {
    let lines = pack.thresholds;
    PackView {
        name: pack.name.clone(),
        title: pack.title.clone(),
        licence: pack.licence.clone(),
        commercial_use: pack.commercial_use,
        is_loaded,
        files: Vec::new(),
        excellent: lines.distance_excellent,
        sure: lines.distance_sure,
        accept: lines.distance_accept,
        review: lines.distance_review,
        measured: pack.measured.clone(),
        figures: pack.figures.clone().map(|figures| Figures {
            measured_on: figures.measured_on,
            false_match: figures.false_match,
            false_non_match: figures.false_non_match,
            roster_right: figures.roster_right,
            roster_wrong: figures.roster_wrong,
            roster_review: figures.roster_review,
            stranger_accepted: figures.stranger_accepted,
        }),
        templates,
    }
}

/// Path, size and time of a file that was hashed, and whether it was the expected one.
type Hashed = HashMap<(PathBuf, u64, SystemTime), bool>;

static HASHED: LazyLock<Mutex<Hashed>> = LazyLock::new(Mutex::default);

/// Whether a file is there and right; hashing the largest takes half a second, so that is done once for each change.
fn state_of(path: &std::path::Path, verify: impl Fn() -> bool) -> FileState {
    let Ok(facts) = std::fs::metadata(path) else { return FileState::Missing };
    let key = (path.to_owned(), facts.len(), facts.modified().unwrap_or(SystemTime::UNIX_EPOCH));
    let known = HASHED.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
    let is_right = known.unwrap_or_else(|| {
        let is_right = verify();
        HASHED.lock().unwrap_or_else(PoisonError::into_inner).insert(key, is_right);
        is_right
    });
    if is_right { FileState::Verified } else { FileState::Wrong }
}

/// Templates by the SHA-256 of the model that made them.
async fn templates_by_model(ctx: &Ctx) -> Result<HashMap<String, u64>> {
    let rows: Vec<(String, i64)> = face_templates::Entity::find()
        .select_only()
        .column(face_templates::Column::ModelSha256)
        .column_as(Expr::col(face_templates::Column::Id).count(), "templates")
        .group_by(face_templates::Column::ModelSha256)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    Ok(rows.into_iter().map(|(sha256, count)| (sha256, count.unsigned_abs())).collect())
}
