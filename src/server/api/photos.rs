//! Enrolment photos and templates of one student.

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp, two_decimals};
use super::extract::{Admin, ApiPath, SignedIn, Staff, read_form};
use super::shapes::{QualityWord, StudentBody};
use crate::app::types::{FaceQuality, PhotoId, SetAsideReason, StudentId, StudentPhoto};
use crate::server::domain::student_photos::{self, AddedPhoto};
use crate::server::domain::student_templates::{self, ReEnrolment, Template};
use crate::server::error::Result;
use crate::server::state::{AppState, Ctx};
use crate::server::upload::{ENROL, UploadLimits, UploadedPhoto};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// One photo of at most 5 MB, with room for the other fields.
pub const ONE_PHOTO: UploadLimits = UploadLimits { body_bytes_max: 6 * 1024 * 1024, files_max: 1, ..ENROL };

/// Addresses under `/api/students/{id}/` that are about the face.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .with(routes!(list_photos, add_photo))
        .with(routes!(remove_photo))
        .with(routes!(replace_photo))
        .with(routes!(remove_face))
        .with(routes!(re_enrol))
        .with(routes!(list_templates))
}

/// Form of one photo.
#[derive(ToSchema)]
pub struct PhotoForm {
    /// JPEG or PNG of at most 5 MB with one face.
    #[schema(value_type = String, format = Binary)]
    pub photo: Vec<u8>,
}

/// A stored photo.
#[derive(Serialize, ToSchema)]
pub struct PhotoBody {
    #[schema(value_type = i64)]
    id: PhotoId,
    /// Its path.
    photo: String,
    /// Shown with the student.
    is_current: bool,
    /// Null while the loaded model has no template of it.
    quality: Option<QualityWord>,
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<StudentPhoto> for PhotoBody {
    fn from(photo: StudentPhoto) -> Self {
        Self {
            id: photo.id,
            photo: photo.path,
            is_current: photo.is_current,
            quality: photo.quality.map(QualityWord::from),
            created_at: timestamp(photo.created_at),
        }
    }
}

/// All photos of a student; there are few.
#[derive(Serialize, ToSchema)]
pub struct PhotosAnswer {
    count: u64,
    /// The current one first.
    results: Vec<PhotoBody>,
}

/// Lists a student's photos. Guard: everybody signed in; students see their own alone.
///
/// # Errors
/// `not_found`, also for students whom the caller may not see.
#[utoipa::path(get, path = "/api/students/{id}/photos/", tag = "Photos", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = PhotosAnswer), Failures))]
pub async fn list_photos(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
) -> ApiResult<Json<PhotosAnswer>> {
    let photos = student_photos::list_photos(&ctx, &actor, id).await?;
    let results: Vec<PhotoBody> = photos.into_iter().map(PhotoBody::from).collect();
    Ok(Json(PhotosAnswer { count: results.len() as u64, results }))
}

/// A photo that was stored just now.
#[derive(Serialize, ToSchema)]
pub struct AddedPhotoBody {
    #[serde(flatten)]
    photo: PhotoBody,
    /// Somebody else who has this face already: a warning.
    already_enrolled_as: Option<StudentBody>,
}

impl From<AddedPhoto> for AddedPhotoBody {
    fn from(added: AddedPhoto) -> Self {
        Self { photo: added.photo.into(), already_enrolled_as: added.lookalike.map(StudentBody::from) }
    }
}

/// Adds a photo with its template; it becomes the current one. Guard: admins.
///
/// # Errors
/// `validation_error`, `face_quality_error`, `consent_required`, `not_found`, `rule_error` for too many photos,
/// `model_load_error`.
#[utoipa::path(post, path = "/api/students/{id}/photos/", tag = "Photos", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)),
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses((status = 201, body = AddedPhotoBody), Failures))]
pub async fn add_photo(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
    request: Request,
) -> ApiResult<(StatusCode, Json<AddedPhotoBody>)> {
    let photo = read_photo(request).await?;
    Ok((StatusCode::CREATED, Json(student_photos::add_photo(&ctx, &actor, id, photo).await?.into())))
}

/// Puts a photo in the place of the current one, which goes with its templates. Guard: admins.
///
/// # Errors
/// As `add_photo`; the old photo stays then.
#[utoipa::path(put, path = "/api/students/{id}/photo/", tag = "Photos", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)),
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses((status = 200, body = AddedPhotoBody), Failures))]
pub async fn replace_photo(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
    request: Request,
) -> ApiResult<Json<AddedPhotoBody>> {
    let photo = read_photo(request).await?;
    Ok(Json(student_photos::replace_photo(&ctx, &actor, id, photo).await?.into()))
}

async fn read_photo(request: Request) -> Result<UploadedPhoto> {
    let form = read_form(request, ONE_PHOTO).await?;
    form.faults.clone().finish()?;
    form.photo("photo")
}

/// Removes one photo with its templates. Guard: admins.
///
/// # Errors
/// `not_found`, also for another student's photo.
#[utoipa::path(delete, path = "/api/students/{id}/photos/{photo_id}/", tag = "Photos", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1), ("photo_id" = i64, Path, minimum = 1)),
    responses((status = 204, description = "Removed"), Failures))]
pub async fn remove_photo(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath((id, photo)): ApiPath<(StudentId, PhotoId)>,
) -> ApiResult<StatusCode> {
    student_photos::remove_photo(&ctx, &actor, id, photo).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes all photos and templates and records that the consent is withdrawn; the student stays. Guard: admins.
///
/// # Errors
/// `not_found`.
#[utoipa::path(delete, path = "/api/students/{id}/face/", tag = "Photos", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), responses((status = 204, description = "Removed"), Failures))]
pub async fn remove_face(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
) -> ApiResult<StatusCode> {
    student_photos::remove_face(&ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What became of the stored photos.
#[derive(Serialize, ToSchema)]
pub struct ReEnrolAnswer {
    #[schema(value_type = i64)]
    student_id: StudentId,
    /// Photos with a fresh template.
    embedded: u64,
    /// Photos that could not be embedded; what they had stays.
    refused: Vec<RefusedPhoto>,
}

/// A photo that could not be embedded.
#[derive(Serialize, ToSchema)]
pub struct RefusedPhoto {
    #[schema(value_type = i64)]
    photo_id: PhotoId,
    /// Why, in a sentence.
    reason: String,
}

/// Embeds the stored photos anew with the loaded model. Guard: admins.
///
/// # Errors
/// `not_found`, `rule_error` without a stored photo, `model_load_error`, `service_unavailable`.
#[utoipa::path(post, path = "/api/students/{id}/re-enrol/", tag = "Photos", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = ReEnrolAnswer), Failures))]
pub async fn re_enrol(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
) -> ApiResult<Json<ReEnrolAnswer>> {
    let ReEnrolment { embedded, refused } = student_templates::re_enrol(&ctx, &actor, id).await?;
    let refused = refused.into_iter().map(|(photo_id, reason)| RefusedPhoto { photo_id, reason });
    Ok(Json(ReEnrolAnswer { student_id: id, embedded: embedded.len() as u64, refused: refused.collect() }))
}

/// All templates of a student; there are few.
#[derive(Serialize, ToSchema)]
pub struct TemplatesAnswer {
    count: u64,
    /// The oldest first.
    results: Vec<TemplateBody>,
}

/// A template without its vector.
#[derive(Serialize, ToSchema)]
pub struct TemplateBody {
    id: i64,
    /// The photo it was made from.
    #[schema(value_type = Option<i64>)]
    photo_id: Option<PhotoId>,
    /// SHA-256 of the recogniser that made it.
    model_sha256: String,
    /// Whether that recogniser is loaded: only its templates are compared.
    current_model: bool,
    /// As measured when it was made.
    quality: Option<MeasuredQuality>,
    #[schema(pattern = "^(upload|camera|import|demo)$")]
    source: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// Why it is kept and not searched; null while it is searched.
    #[schema(pattern = "^(nearer_to_other|unlike_the_rest)$")]
    set_aside: Option<&'static str>,
}

/// The numbers of a face.
#[derive(Serialize, ToSchema)]
pub struct MeasuredQuality {
    /// 0 (blurred) to 1 (sharp).
    #[schema(minimum = 0, maximum = 1)]
    blur_score: f64,
    /// 0 (black) to 1 (white).
    #[schema(minimum = 0, maximum = 1)]
    brightness: f64,
    /// Shorter side of the face's box, pixels.
    face_size: u32,
    /// Turn of the head away from the camera, degrees.
    angle: f64,
    quality: QualityWord,
}

impl From<FaceQuality> for MeasuredQuality {
    fn from(quality: FaceQuality) -> Self {
        Self {
            blur_score: two_decimals(quality.blur_score.into()),
            brightness: two_decimals(quality.brightness.into()),
            face_size: quality.face_size,
            angle: two_decimals(quality.angle.into()),
            quality: quality.verdict.into(),
        }
    }
}

impl From<Template> for TemplateBody {
    fn from(template: Template) -> Self {
        Self {
            id: template.id,
            photo_id: template.photo,
            model_sha256: template.model_sha256,
            current_model: template.is_of_loaded_model,
            quality: template.quality.map(MeasuredQuality::from),
            source: template.source,
            created_at: timestamp(template.created_at),
            set_aside: template.set_aside.map(SetAsideReason::as_str),
        }
    }
}

/// Lists a student's templates in numbers; vectors are never told. Guard: staff.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/students/{id}/templates/", tag = "Photos", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = TemplatesAnswer), Failures))]
pub async fn list_templates(
    Staff(_): Staff,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
) -> ApiResult<Json<TemplatesAnswer>> {
    let templates = student_templates::list_templates(&ctx, id).await?;
    let results: Vec<TemplateBody> = templates.into_iter().map(TemplateBody::from).collect();
    Ok(Json(TemplatesAnswer { count: results.len() as u64, results }))
}
