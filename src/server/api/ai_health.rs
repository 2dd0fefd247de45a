//! How the recognition service is doing, and its models.

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp, two_decimals};
use super::extract::Staff;
use crate::recognition::engine::{EngineInfo, ModelInfo};
use crate::server::domain::engine_health::{self, FileReport, HealthReport, PackReport};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/ai/health/` and `/api/ai/models/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(get_health)).with(routes!(list_models))
}

/// What is loaded and measured now.
#[derive(Serialize, ToSchema)]
pub struct HealthAnswer {
    /// `healthy` or `unhealthy`.
    status: &'static str,
    /// Why there is no recognition, when there is none.
    reason: Option<String>,
    #[schema(format = DateTime)]
    timestamp: String,
    models: ModelsBody,
    faiss_index: IndexBody,
    performance: PerformanceBody,
    system: SystemBody,
}

/// The loaded models.
#[derive(Serialize, ToSchema)]
pub struct ModelsBody {
    pack: Option<String>,
    /// What the weights may be used for.
    licence: Option<String>,
    face_detection: DetectionModel,
    face_recognition: RecognitionModel,
}

/// The detector.
#[derive(Serialize, ToSchema)]
pub struct DetectionModel {
    name: Option<String>,
    loaded: bool,
    model_size_mb: f64,
    /// Width and height of the network's picture, pixels.
    input_size: Option<[u32; 2]>,
    backend: &'static str,
}

/// The recogniser.
#[derive(Serialize, ToSchema)]
pub struct RecognitionModel {
    name: Option<String>,
    loaded: bool,
    /// Values per vector; 0 without a model.
    embedding_size: usize,
    backend: &'static str,
}

/// The searchable templates.
#[derive(Serialize, ToSchema)]
pub struct IndexBody {
    loaded: bool,
    total_vectors: usize,
    dimension: usize,
    index_type: &'static str,
    size_mb: f64,
}

/// Means since the start.
#[derive(Serialize, ToSchema)]
pub struct PerformanceBody {
    /// Per photo.
    avg_detection_time_ms: f64,
    /// Per face.
    avg_recognition_time_ms: f64,
    /// Photos.
    total_requests: u64,
    uptime_hours: f64,
}

/// This process.
#[derive(Serialize, ToSchema)]
pub struct SystemBody {
    /// Of one core.
    cpu_usage_percent: f64,
    memory_usage_mb: f64,
    gpu_available: bool,
}

/// Tells how the recognition service is doing. Guard: anyone; no answer names a person.
#[utoipa::path(get, path = "/api/ai/health/", tag = "Recognition",
    responses(Failures, (status = 200, body = HealthAnswer),
        (status = 503, description = "There is no recognition; everything else works", body = HealthAnswer)))]
pub async fn get_health(State(ctx): State<Ctx>) -> (StatusCode, Json<HealthAnswer>) {
    let report = engine_health::health(&ctx).await;
    let status = if report.healthy { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health_body(&ctx, report)))
}

fn health_body(ctx: &Ctx, report: HealthReport) -> HealthAnswer {
    let megabytes = |bytes: u64| two_decimals(bytes as f64 / 1e6);
    let engine: Option<&EngineInfo> = report.engine.as_ref();
    let detector: Option<&ModelInfo> = engine.map(|info| &info.detector);
    HealthAnswer {
        status: if report.healthy { "healthy" } else { "unhealthy" },
        reason: report.reason,
        timestamp: timestamp(ctx.clock.now()),
        models: ModelsBody {
            pack: engine.map(|info| info.pack.clone()),
            licence: engine.map(|info| info.licence.clone()),
            face_detection: DetectionModel {
                name: detector.map(|model| model.title.clone()),
                loaded: detector.is_some(),
                model_size_mb: detector.map_or(0.0, |model| megabytes(model.bytes)),
                input_size: detector.map(|model| model.input),
                backend: "onnxruntime",
            },
            face_recognition: RecognitionModel {
                name: engine.map(|info| info.recogniser.title.clone()),
                loaded: engine.is_some(),
                embedding_size: engine.map_or(0, |info| info.embedding_size),
                backend: "onnxruntime",
            },
        },
        faiss_index: IndexBody {
            loaded: engine.is_some(),
            total_vectors: report.vectors,
            dimension: report.dimension,
            index_type: "usearch cosine f32, exact within a roster",
            size_mb: megabytes(report.index_bytes),
        },
        performance: PerformanceBody {
            avg_detection_time_ms: two_decimals(report.performance.detection_ms),
            avg_recognition_time_ms: two_decimals(report.performance.recognition_ms),
            total_requests: report.performance.photos,
            uptime_hours: two_decimals(report.performance.uptime_hours),
        },
        system: SystemBody {
            cpu_usage_percent: two_decimals(report.cpu_percent),
            memory_usage_mb: megabytes(report.memory_bytes),
            gpu_available: false,
        },
    }
}

/// The packs this program knows.
#[derive(Serialize, ToSchema)]
pub struct ModelsAnswer {
    count: u64,
    /// In order of preference.
    results: Vec<PackBody>,
}

/// A detector and a recogniser with the thresholds that hold for them.
#[derive(Serialize, ToSchema)]
pub struct PackBody {
    name: String,
    title: String,
    /// What the weights may be used for, in a sentence.
    licence: String,
    commercial_use: bool,
    /// Whether this server recognises with it now.
    loaded: bool,
    files: Vec<FileBody>,
    thresholds: ThresholdsBody,
    /// How the thresholds were found.
    measured: String,
}

/// A model file.
#[derive(Serialize, ToSchema)]
pub struct FileBody {
    name: String,
    title: String,
    /// `face_detection` or `face_recognition`.
    task: &'static str,
    licence: String,
    size_mb: f64,
    sha256: String,
    /// Whether it lies in the models folder.
    present: bool,
}

/// The lines between outcomes, cosine distances from 0 to 2.
#[derive(Serialize, ToSchema)]
pub struct ThresholdsBody {
    /// Below this a match is excellent.
    excellent: f64,
    /// Up to this the machine may decide alone.
    accept: f64,
    /// Up to this a person is asked.
    review: f64,
}

/// Lists the packs of models. Guard: staff.
///
/// # Errors
/// `insufficient_permissions`.
#[utoipa::path(get, path = "/api/ai/models/", tag = "Recognition", security(("bearer" = [])),
    responses((status = 200, body = ModelsAnswer), Failures))]
pub async fn list_models(Staff(_): Staff, State(ctx): State<Ctx>) -> ApiResult<Json<ModelsAnswer>> {
    let packs = engine_health::list_packs(&ctx)?;
    let results: Vec<PackBody> = packs.into_iter().map(pack_body).collect();
    Ok(Json(ModelsAnswer { count: results.len() as u64, results }))
}

fn pack_body(pack: PackReport) -> PackBody {
    PackBody {
        name: pack.name,
        title: pack.title,
        licence: pack.licence,
        commercial_use: pack.commercial_use,
        loaded: pack.is_loaded,
        files: pack.files.into_iter().map(file_body).collect(),
        thresholds: ThresholdsBody {
            excellent: two_decimals(pack.thresholds.distance_excellent.into()),
            accept: two_decimals(pack.thresholds.distance_accept.into()),
            review: two_decimals(pack.thresholds.distance_review.into()),
        },
        measured: pack.measured,
    }
}

fn file_body(file: FileReport) -> FileBody {
    FileBody {
        name: file.name,
        title: file.title,
        task: if file.is_detector { "face_detection" } else { "face_recognition" },
        licence: file.licence,
        size_mb: two_decimals(file.bytes as f64 / 1e6),
        sha256: file.sha256,
        present: file.is_present,
    }
}
