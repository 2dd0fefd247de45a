//! Students.

use super::envelope::{ApiResult, timestamp};
use super::extract::{Admin, read_form};
use crate::app::error::AppError;
use crate::server::domain::students;
use crate::server::state::{AppState, Ctx};
use crate::server::upload::{ENROL, UploadLimits};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;

/// Addresses under `/api/students/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().route("/api/students/register/", post(register_student))
}

/// One photo of at most 5 MB, with room for the other fields.
const REGISTER: UploadLimits = UploadLimits { body_bytes_max: 6 * 1024 * 1024, files_max: 1, ..ENROL };

/// `POST /api/students/register/`. Guard: admins.
///
/// # Errors
/// `validation_error` with all fields, `face_quality_error`, `model_load_error`.
pub async fn register_student(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    request: Request,
) -> ApiResult<(StatusCode, Json<Value>)> {
    let form = read_form(request, REGISTER).await?;
    let photos = form.photos("photo");
    let created = if form.faults.is_empty() && !photos.is_empty() {
        students::create_student(&ctx, &actor, form.student_form()?, photos).await?
    } else {
        let mut faults = students::check_fields(&ctx, &form.student_form()?).await?;
        if !form.faults.has("photo") {
            faults.add("photo", "This field is required.");
        }
        faults.merge(form.faults);
        return Err(AppError::Invalid(faults).into());
    };
    let student = created.student;
    let body = json!({
        "id": student.id, "roll_no": student.roll_no, "name": student.name, "email": student.email,
        "phone": student.phone, "department": student.department, "photo": student.photo,
        "face_registered": student.templates > 0, "face_quality": created.face_quality,
        "created_at": timestamp(student.created_at), "already_enrolled_as": created.lookalike,
    });
    Ok((StatusCode::CREATED, Json(body)))
}
