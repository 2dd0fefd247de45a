//! The recognition service's own endpoints.

use super::attendance::pixels;
use super::envelope::{ApiResult, timestamp, two_decimals};
use super::extract::{Staff, read_form};
use crate::app::error::AppError;
use crate::server::domain::recognition::{self, HealthReport, RecognizedFace};
use crate::server::state::{AppState, Ctx};
use crate::server::upload::MARK;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;

/// Addresses under `/api/ai/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().route("/api/ai/recognize/", post(recognize)).route("/api/ai/health/", get(get_health))
}

/// `POST /api/ai/recognize/`. Guard: staff.
///
/// # Errors
/// `validation_error`, `model_load_error`, `service_unavailable`.
pub async fn recognize(Staff(_): Staff, State(ctx): State<Ctx>, request: Request) -> ApiResult<Json<Value>> {
    let form = read_form(request, MARK).await?;
    if !form.faults.is_empty() {
        return Err(AppError::Invalid(form.faults).into());
    }
    let threshold = form.optional_number("confidence_threshold")?;
    if threshold.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
        return Err(AppError::OutOfRange { field: "confidence_threshold".into(), range: "0.0 to 1.0".into() }.into());
    }
    let top_k = form.optional_id("top_k")?.unwrap_or(1);
    if !(1..=5).contains(&top_k) {
        return Err(AppError::OutOfRange { field: "top_k".into(), range: "1 to 5".into() }.into());
    }
    let found = recognition::recognize(&ctx, form.photo("file")?, threshold, top_k.unsigned_abs() as usize).await?;
    let recognized = found.faces.iter().filter(|face| face.recognized).count();
    let total = found.faces.len();
    let rate = if total == 0 { 0.0 } else { two_decimals(recognized as f64 * 100.0 / total as f64) };
    Ok(Json(json!({
        "success": true,
        "processing_time_ms": found.processing_time_ms,
        "faces_detected": total,
        "faces_recognized": recognized,
        "faces": found.faces.iter().map(face_body).collect::<Vec<_>>(),
        "summary": {
            "total_faces": total, "recognized": recognized, "unrecognized": total - recognized, "recognition_rate": rate,
        },
    })))
}

/// One face of the sample: matched, or with its closest student.
fn face_body(face: &RecognizedFace) -> Value {
    let matches: Vec<Value> = face
        .matches
        .iter()
        .map(|found| {
            json!({
                "student_id": found.student, "distance": four_decimals(found.distance),
                "confidence": four_decimals(found.confidence),
            })
        })
        .collect();
    let best = face.matches.first();
    let distance = best.map(|best| four_decimals(best.distance));
    let confidence = best.map(|best| four_decimals(best.confidence));
    if face.recognized {
        return json!({
            "bbox": pixels(face.bbox), "recognized": true, "student_id": best.map(|best| best.student),
            "distance": distance, "confidence": confidence, "match_quality": face.match_quality, "top_matches": matches,
        });
    }
    json!({
        "bbox": pixels(face.bbox), "recognized": false, "distance": distance, "confidence": confidence,
        "reason": face.reason, "closest_match": matches.first(),
    })
}

/// `GET /api/ai/health/`. Guard: anyone; no answer names a person.
pub async fn get_health(State(ctx): State<Ctx>) -> (StatusCode, Json<Value>) {
    let report = recognition::health(&ctx).await;
    let status = if report.healthy { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health_body(&ctx, &report)))
}

fn health_body(ctx: &Ctx, report: &HealthReport) -> Value {
    let megabytes = |bytes: u64| two_decimals(bytes as f64 / 1e6);
    let model = |which: fn(&crate::recognition::engine::EngineInfo) -> &crate::recognition::engine::ModelInfo| {
        report.engine.as_ref().map(which)
    };
    let (detector, recogniser) = (model(|info| &info.detector), model(|info| &info.recogniser));
    json!({
        "status": if report.healthy { "healthy" } else { "unhealthy" },
        "reason": report.reason,
        "timestamp": timestamp(ctx.clock.now()),
        "models": {
            "pack": report.engine.as_ref().map(|info| &info.pack),
            "licence": report.engine.as_ref().map(|info| &info.licence),
            "face_detection": {
                "name": detector.map(|model| &model.title), "loaded": detector.is_some(),
                "model_size_mb": detector.map_or(0.0, |model| megabytes(model.bytes)),
                "input_size": detector.map(|model| model.input), "backend": "onnxruntime",
            },
            "face_recognition": {
                "name": recogniser.map(|model| &model.title), "loaded": recogniser.is_some(),
                "embedding_size": report.engine.as_ref().map_or(0, |info| info.embedding_size), "backend": "onnxruntime",
            },
        },
        "faiss_index": {
            "loaded": report.engine.is_some(), "total_vectors": report.vectors, "dimension": report.dimension,
            "index_type": "usearch cosine f32, exact within a roster", "size_mb": megabytes(report.index_bytes),
        },
        "performance": {
            "avg_detection_time_ms": two_decimals(report.performance.detection_ms),
            "avg_recognition_time_ms": two_decimals(report.performance.recognition_ms),
            "total_requests": report.performance.photos,
            "uptime_hours": two_decimals(report.performance.uptime_hours),
        },
        "system": {
            "cpu_usage_percent": two_decimals(report.cpu_percent), "memory_usage_mb": megabytes(report.memory_bytes),
            "gpu_available": false,
        },
    })
}

fn four_decimals(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}
