//! Faces of a photo, named among all students.

use super::WithDoors;
use super::ai::share;
use super::attendance::pixels;
use super::envelope::{ApiResult, Failures, two_decimals};
use super::extract::{Staff, read_form};
use crate::app::error::AppError;
use crate::app::types::StudentId;
use crate::recognition::decide::MatchQuality;
use crate::server::domain::recognition::{self, FoundStudent, RecognizedFace};
use crate::server::state::{AppState, Ctx};
use crate::server::upload::MARK;
use axum::Json;
use axum::extract::{Request, State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/ai/recognize/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(recognize))
}

/// Form of a photo whose people are wanted.
#[derive(ToSchema)]
pub struct RecognizeForm {
    /// JPEG or PNG of at most 10 MB.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// Largest cosine distance that counts as recognised; the loaded pack's accept line by default.
    #[schema(minimum = 0, maximum = 1, nullable = false)]
    pub confidence_threshold: Option<f64>,
    /// How many students are told of each face.
    #[schema(minimum = 1, maximum = 5, default = 1, nullable = false)]
    pub top_k: Option<i64>,
}

/// Who is on a photo.
#[derive(Serialize, ToSchema)]
pub struct RecognizeAnswer {
    success: bool,
    processing_time_ms: u64,
    faces_detected: usize,
    faces_recognized: usize,
    faces: Vec<FaceBody>,
    summary: Summary,
}

/// Counts of faces.
#[derive(Serialize, ToSchema)]
pub struct Summary {
    total_faces: usize,
    recognized: usize,
    unrecognized: usize,
    /// recognized / total × 100, two decimals; 0 without faces.
    #[schema(minimum = 0, maximum = 100)]
    recognition_rate: f64,
}

/// One face: matched, or with its closest student.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum FaceBody {
    Recognized(RecognizedFaceBody),
    Unrecognized(UnrecognizedFaceBody),
}

/// A face with its student.
#[derive(Serialize, ToSchema)]
pub struct RecognizedFaceBody {
    /// x1, y1, x2, y2 in pixels of the photo after its EXIF orientation.
    bbox: [i64; 4],
    recognized: bool,
    #[schema(value_type = i64)]
    student_id: StudentId,
    /// Cosine distance, 0 identical to 2 opposite.
    distance: f64,
    #[schema(minimum = 0, maximum = 1)]
    confidence: f64,
    match_quality: MatchWord,
    /// Best first.
    top_matches: Vec<MatchBody>,
}

/// A face without one.
#[derive(Serialize, ToSchema)]
pub struct UnrecognizedFaceBody {
    /// x1, y1, x2, y2 in pixels of the photo after its EXIF orientation.
    bbox: [i64; 4],
    recognized: bool,
    /// To the closest student; null when nothing could be compared.
    distance: Option<f64>,
    confidence: Option<f64>,
    reason: &'static str,
    closest_match: Option<MatchBody>,
}

/// A student near a face.
#[derive(Serialize, ToSchema)]
pub struct MatchBody {
    #[schema(value_type = i64)]
    student_id: StudentId,
    distance: f64,
    #[schema(minimum = 0, maximum = 1)]
    confidence: f64,
}

/// The word for a distance, by the loaded pack's lines.
#[derive(Serialize, ToSchema)]
#[schema(as = MatchQuality)]
#[serde(rename_all = "lowercase")]
pub enum MatchWord {
    Excellent,
    Good,
    Fair,
    Poor,
}

impl From<MatchQuality> for MatchWord {
    fn from(quality: MatchQuality) -> Self {
        match quality {
            MatchQuality::Excellent => Self::Excellent,
            MatchQuality::Good => Self::Good,
            MatchQuality::Fair => Self::Fair,
            MatchQuality::Poor => Self::Poor,
        }
    }
}

impl From<&FoundStudent> for MatchBody {
    fn from(found: &FoundStudent) -> Self {
        Self {
            student_id: found.student,
            distance: four_decimals(found.distance),
            confidence: four_decimals(found.confidence),
        }
    }
}

/// Names the faces of a photo among all students. Guard: staff.
///
/// # Errors
/// `validation_error`, `value_out_of_range`, `model_load_error`, `service_unavailable`, `inference_error`,
/// `embedding_generation_error`, `faiss_index_error`.
#[utoipa::path(post, path = "/api/ai/recognize/", tag = "Recognition", security(("bearer" = [])),
    request_body(content = RecognizeForm, content_type = "multipart/form-data"),
    responses((status = 200, body = RecognizeAnswer), Failures))]
pub async fn recognize(Staff(_): Staff, State(ctx): State<Ctx>, request: Request) -> ApiResult<Json<RecognizeAnswer>> {
    let form = read_form(request, MARK).await?;
    form.faults.clone().finish()?;
    let threshold = share(&form, "confidence_threshold")?;
    let top_k = form.optional_id("top_k")?.unwrap_or(1);
    if !(1..=5).contains(&top_k) {
        return Err(AppError::OutOfRange { field: "top_k".into(), range: "1 to 5".into() }.into());
    }
    let found = recognition::recognize(&ctx, form.photo("file")?, threshold, top_k.unsigned_abs() as usize).await?;
    let recognized = found.faces.iter().filter(|face| face.recognized).count();
    let total = found.faces.len();
    let rate = if total == 0 { 0.0 } else { two_decimals(recognized as f64 * 100.0 / total as f64) };
    Ok(Json(RecognizeAnswer {
        success: true,
        processing_time_ms: found.processing_time_ms,
        faces_detected: total,
        faces_recognized: recognized,
        faces: found.faces.iter().map(face_body).collect(),
        summary: Summary { total_faces: total, recognized, unrecognized: total - recognized, recognition_rate: rate },
    }))
}

fn face_body(face: &RecognizedFace) -> FaceBody {
    let bbox = pixels(face.bbox);
    let best = face.matches.first();
    match (best, face.match_quality) {
        (Some(best), Some(quality)) if face.recognized => FaceBody::Recognized(RecognizedFaceBody {
            bbox,
            recognized: true,
            student_id: best.student,
            distance: four_decimals(best.distance),
            confidence: four_decimals(best.confidence),
            match_quality: quality.into(),
            top_matches: face.matches.iter().map(MatchBody::from).collect(),
        }),
        _ => FaceBody::Unrecognized(UnrecognizedFaceBody {
            bbox,
            recognized: false,
            distance: best.map(|best| four_decimals(best.distance)),
            confidence: best.map(|best| four_decimals(best.confidence)),
            reason: face.reason,
            closest_match: best.map(MatchBody::from),
        }),
    }
}

fn four_decimals(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}
