//! Recognition against the whole gallery, and how the engine is doing.

use crate::app::types::StudentId;
use crate::recognition::decide::{confidence_calibrated, match_quality};
use crate::recognition::engine::EngineInfo;
use crate::server::error::Result;
use crate::server::metrics::{self, Performance};
use crate::server::state::Ctx;
use crate::server::upload::{MARK, UploadedPhoto};
use std::time::{Duration, Instant};
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

/// A student near a face.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundStudent {
    pub student: StudentId,
    /// Cosine distance, 0 to 2.
    pub distance: f32,
    /// 0 to 1.
    pub confidence: f32,
}

/// One face searched in the whole gallery.
#[derive(Clone, Debug, PartialEq)]
pub struct RecognizedFace {
    pub bbox: [f32; 4],
    pub recognized: bool,
    /// Best first.
    pub matches: Vec<FoundStudent>,
    /// `excellent`, `good`, `fair`, `poor`.
    pub match_quality: serde_json::Value,
    /// Why not recognized; empty otherwise.
    pub reason: String,
}

/// All faces of one photo.
#[derive(Clone, Debug, PartialEq)]
pub struct RecognizedPhoto {
    pub faces: Vec<RecognizedFace>,
    pub processing_time_ms: u64,
}

/// Searches each face in the whole gallery. `distance_max` is the largest cosine distance
/// that counts as recognised; the pack's accept line when absent. It never influences marking.
///
/// # Errors
/// A field error for the photo, `FacesUnavailable`, `Busy`, or internals.
pub async fn recognize(
    ctx: &Ctx,
    photo: UploadedPhoto,
    distance_max: Option<f32>,
    top_k: usize,
) -> Result<RecognizedPhoto> {
    let started = Instant::now();
    let thresholds = *ctx.recognizer.engine()?.thresholds();
    let limit = distance_max.unwrap_or(thresholds.distance_accept);
    let (_, analysis) = ctx.recognizer.analyse(photo.bytes, &photo.field, MARK.file_bytes_max).await?;
    let mut faces = Vec::new();
    for face in analysis.faces {
        let hits = match &face.embedding {
            Some(probe) => ctx.gallery.search(probe, top_k)?,
            None => Vec::new(),
        };
        let matches: Vec<FoundStudent> = hits
            .iter()
            .map(|hit| FoundStudent {
                student: StudentId(hit.person.cast_signed()),
                distance: hit.distance,
                confidence: confidence_calibrated(hit.distance, &thresholds),
            })
            .collect();
        let best = matches.first().map(|found| found.distance);
        let recognized = best.is_some_and(|distance| distance <= limit);
        let reason = match (recognized, best, &face.embedding) {
            (true, ..) => "",
            (_, Some(_), _) => "Distance exceeds threshold",
            (_, None, None) => "Face too small",
            (_, None, Some(_)) => "No student is enrolled",
        };
        let quality = best.map(|distance| match_quality(distance, &thresholds));
        let match_quality = serde_json::to_value(quality).map_err(anyhow::Error::new)?;
        faces.push(RecognizedFace { bbox: face.bbox, recognized, matches, match_quality, reason: reason.to_owned() });
    }
    Ok(RecognizedPhoto { faces, processing_time_ms: started.elapsed().as_millis() as u64 })
}

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
