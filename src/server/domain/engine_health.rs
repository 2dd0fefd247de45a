//! How the engine is doing, measured, and which packs of models there are.

use crate::recognition::decide::Thresholds;
use crate::recognition::engine::EngineInfo;
use crate::recognition::manifest::Task;
use crate::server::error::Result;
use crate::server::metrics::{self, Performance};
use crate::server::models;
use crate::server::state::Ctx;
use std::time::Duration;
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
