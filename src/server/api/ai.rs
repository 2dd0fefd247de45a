//! The recognition service's own endpoints.

use super::WithDoors;
use super::attendance::pixels;
use super::envelope::{ApiResult, Failures, two_decimals};
use super::extract::{Admin, ApiJson, Staff, read_form};
use super::photos::{MeasuredQuality, ONE_PHOTO};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::StudentId;
use crate::server::domain::recognition::{self, FaceSource, FoundFace, RegisteredFace};
use crate::server::error::Result;
use crate::server::state::{AppState, Ctx};
use crate::server::upload::{MARK, UploadForm};
use axum::Json;
use axum::extract::{FromRequest, Request, State};
use axum::http::header;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The detector's score from which a face is one, when the caller does not say.
const MIN_CONFIDENCE: f32 = 0.5;

/// Addresses under `/api/ai/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .with(routes!(detect_faces))
        .with(routes!(register_face))
        .merge(super::ai_recognize::doors())
        .merge(super::ai_health::doors())
}

/// Form of a photo whose faces are wanted.
#[derive(ToSchema)]
pub struct DetectForm {
    /// JPEG or PNG of at most 10 MB.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// Smallest score of the detector.
    #[schema(minimum = 0, maximum = 1, default = 0.5, nullable = false)]
    pub min_confidence: Option<f64>,
}

/// Faces of a photo.
#[derive(Serialize, ToSchema)]
pub struct DetectAnswer {
    success: bool,
    processing_time_ms: u64,
    /// Of the photo after its EXIF orientation.
    image_size: ImageSize,
    faces_detected: usize,
    faces: Vec<DetectedFaceBody>,
}

/// Pixels.
#[derive(Serialize, ToSchema)]
pub struct ImageSize {
    width: u32,
    height: u32,
}

/// One face.
#[derive(Serialize, ToSchema)]
pub struct DetectedFaceBody {
    /// x1, y1, x2, y2 in pixels; may reach beyond the photo's edges.
    bbox: [i64; 4],
    /// The detector's score.
    #[schema(minimum = 0, maximum = 1)]
    confidence: f64,
    landmarks: LandmarksBody,
    quality_metrics: MeasuredQuality,
}

/// Points of the face, x and y in pixels; left is left in the photo.
#[derive(Serialize, ToSchema)]
pub struct LandmarksBody {
    left_eye: [i64; 2],
    right_eye: [i64; 2],
    nose: [i64; 2],
    left_mouth: [i64; 2],
    right_mouth: [i64; 2],
}

impl From<FoundFace> for DetectedFaceBody {
    fn from(face: FoundFace) -> Self {
        let [left_eye, right_eye, nose, left_mouth, right_mouth] =
            face.landmarks.map(|point| point.map(|value| value.round() as i64));
        Self {
            bbox: pixels(face.bbox),
            confidence: two_decimals(face.score.into()),
            landmarks: LandmarksBody { left_eye, right_eye, nose, left_mouth, right_mouth },
            quality_metrics: face.quality.into(),
        }
    }
}

/// Finds the faces of a photo; nothing is compared or stored. Guard: staff.
///
/// # Errors
/// `validation_error`, `value_out_of_range`, `no_faces_detected`, `model_load_error`, `service_unavailable`,
/// `inference_error`.
#[utoipa::path(post, path = "/api/ai/detect/", tag = "Recognition", security(("bearer" = [])),
    request_body(content = DetectForm, content_type = "multipart/form-data"),
    responses((status = 200, body = DetectAnswer), Failures))]
pub async fn detect_faces(Staff(_): Staff, State(ctx): State<Ctx>, request: Request) -> ApiResult<Json<DetectAnswer>> {
    let form = read_form(request, MARK).await?;
    form.faults.clone().finish()?;
    let min_confidence = share(&form, "min_confidence")?.unwrap_or(MIN_CONFIDENCE);
    let found = recognition::detect(&ctx, form.photo("file")?, min_confidence).await?;
    Ok(Json(DetectAnswer {
        success: true,
        processing_time_ms: found.processing_time_ms,
        image_size: ImageSize { width: found.width, height: found.height },
        faces_detected: found.faces.len(),
        faces: found.faces.into_iter().map(DetectedFaceBody::from).collect(),
    }))
}

/// A number from 0 to 1 that may be absent.
///
/// # Errors
/// A field error for what is no number, `OutOfRange` for any other.
pub fn share(form: &UploadForm, name: &str) -> Result<Option<f32>> {
    let number = form.optional_number(name)?;
    if number.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
        return Err(AppError::OutOfRange { field: name.to_owned(), range: "0.0 to 1.0".to_owned() }.into());
    }
    Ok(number)
}

/// A student and a photo of theirs that is stored already.
#[derive(Deserialize, ToSchema)]
pub struct RegisterFaceBody {
    #[schema(required, value_type = i64, minimum = 1)]
    student_id: Option<i64>,
    /// Name or path of one of this student's stored photos.
    #[schema(required, value_type = String)]
    image_path: Option<String>,
}

/// A student and a new photo.
#[derive(ToSchema)]
pub struct RegisterFaceForm {
    #[schema(minimum = 1)]
    pub student_id: i64,
    /// JPEG or PNG of at most 5 MB with one face; it is stored.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

/// A face that is enrolled now.
#[derive(Serialize, ToSchema)]
pub struct RegisterFaceAnswer {
    success: bool,
    #[schema(value_type = i64)]
    student_id: StudentId,
    embedding_generated: bool,
    embedding_size: usize,
    quality_check: QualityCheckBody,
    faiss_index: IndexChange,
    processing_time_ms: u64,
}

/// The numbers that enrolment asks for.
#[derive(Serialize, ToSchema)]
pub struct QualityCheckBody {
    #[schema(minimum = 0, maximum = 1)]
    blur_score: f64,
    /// Shorter side of the face's box, pixels.
    face_size: u32,
    passed: bool,
}

/// The searchable templates after the change.
#[derive(Serialize, ToSchema)]
pub struct IndexChange {
    total_vectors: usize,
    /// False for inactive students: their templates are stored and not searched.
    index_updated: bool,
}

impl From<RegisteredFace> for RegisterFaceAnswer {
    fn from(face: RegisteredFace) -> Self {
        Self {
            success: true,
            student_id: face.student,
            embedding_generated: true,
            embedding_size: face.embedding_size,
            quality_check: QualityCheckBody {
                blur_score: two_decimals(face.quality.blur_score.into()),
                face_size: face.quality.face_size,
                passed: true,
            },
            faiss_index: IndexChange { total_vectors: face.templates, index_updated: face.is_searched },
            processing_time_ms: face.processing_time_ms,
        }
    }
}

/// Enrols a face for a student, from a stored photo or a new one. Guard: admins.
///
/// # Errors
/// `validation_error`, `quality_check_failed`, `consent_required`, `not_found`, `model_load_error`,
/// `service_unavailable`, `inference_error`, `embedding_generation_error`.
#[utoipa::path(post, path = "/api/ai/register/", tag = "Recognition", security(("bearer" = [])),
    request_body(content((RegisterFaceBody = "application/json"), (RegisterFaceForm = "multipart/form-data"))),
    responses((status = 200, body = RegisterFaceAnswer), Failures))]
pub async fn register_face(
    Admin(actor): Admin,
    State(state): State<AppState>,
    request: Request,
) -> ApiResult<Json<RegisterFaceAnswer>> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let (student, source) = if content_type.is_some_and(|value| value.starts_with("multipart/form-data")) {
        face_of_form(&read_form(request, ONE_PHOTO).await?)?
    } else {
        let ApiJson(body) = ApiJson::<RegisterFaceBody>::from_request(request, &state).await?;
        face_of_body(body)?
    };
    Ok(Json(recognition::register_face(&state.ctx, &actor, student, source).await?.into()))
}

fn face_of_form(form: &UploadForm) -> Result<(StudentId, FaceSource)> {
    form.faults.clone().finish()?;
    let student = form.optional_id("student_id")?;
    let absent = [("student_id", student.is_none()), ("file", form.photos("file").is_empty())];
    required(&absent).finish()?;
    Ok((StudentId(student.unwrap_or_default()), FaceSource::Upload(form.photo("file")?)))
}

fn face_of_body(body: RegisterFaceBody) -> Result<(StudentId, FaceSource)> {
    let path = body.image_path.unwrap_or_default();
    required(&[("student_id", body.student_id.is_none()), ("image_path", path.is_empty())]).finish()?;
    Ok((StudentId(body.student_id.unwrap_or_default()), FaceSource::Stored(path)))
}

/// The faults of fields that are not there.
fn required(absent: &[(&str, bool)]) -> FieldErrors {
    absent.iter().filter(|(_, absent)| *absent).map(|(name, _)| (*name, "This field is required.")).collect()
}
