//! Students.

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp};
use super::extract::{Admin, ApiJson, ApiPath, SignedIn, read_form};
use super::photos::ONE_PHOTO;
use super::shapes::{DepartmentBody, DepartmentName, QualityWord, StudentBody};
use crate::app::error::AppError;
use crate::app::types::{DepartmentId, RecordStatus, SessionId, StudentId, StudentRow};
use crate::server::domain::student_attendance::{self, StudentOverview};
use crate::server::domain::student_removal;
use crate::server::domain::students::{self, StudentChange};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses under `/api/students/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().merge(super::students_list::doors()).with(routes!(register_student)).with(routes!(
        get_student,
        update_student,
        patch_student,
        delete_student
    ))
}

/// Form of a new student.
#[derive(ToSchema)]
pub struct RegisterStudentForm {
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    pub name: String,
    /// Nobody else's.
    #[schema(max_length = 100, pattern = r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$")]
    pub email: String,
    /// 10 to 15 digits; `+`, spaces, dashes and brackets are dropped.
    #[schema(nullable = false, pattern = r"^[ +()\[\]-]*(?:(?:[0-9][ +()\[\]-]*){10,15})?$")]
    pub phone: Option<String>,
    #[schema(minimum = 1)]
    pub department: i64,
    /// JPEG or PNG of at most 5 MB with one face.
    #[schema(value_type = String, format = Binary)]
    pub photo: Vec<u8>,
}

/// A new student.
#[derive(Serialize, ToSchema)]
pub struct RegisteredStudent {
    #[schema(value_type = i64)]
    id: StudentId,
    roll_no: String,
    name: String,
    email: String,
    phone: String,
    department: DepartmentBody,
    /// Path of the stored photo.
    photo: Option<String>,
    face_registered: bool,
    face_quality: Option<QualityWord>,
    #[schema(format = DateTime)]
    created_at: String,
    /// Somebody else who has this face already: a warning.
    already_enrolled_as: Option<StudentBody>,
}

/// Registers a student with a photo. Guard: admins.
///
/// # Errors
/// `validation_error` with all fields, `face_quality_error`, `consent_required`, `model_load_error`.
#[utoipa::path(post, path = "/api/students/register/", tag = "Students", security(("bearer" = [])),
    request_body(content = RegisterStudentForm, content_type = "multipart/form-data"),
    responses((status = 201, body = RegisteredStudent), Failures))]
pub async fn register_student(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    request: Request,
) -> ApiResult<(StatusCode, Json<RegisteredStudent>)> {
    let form = read_form(request, ONE_PHOTO).await?;
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
    let body = RegisteredStudent {
        id: student.id,
        roll_no: student.roll_no,
        name: student.name,
        email: student.email,
        phone: student.phone,
        department: student.department.into(),
        photo: student.photo,
        face_registered: student.templates > 0,
        face_quality: created.face_quality.map(QualityWord::from),
        created_at: timestamp(student.created_at),
        already_enrolled_as: created.lookalike.map(StudentBody::from),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// A student with attendance.
#[derive(Serialize, ToSchema)]
pub struct StudentAnswer {
    #[schema(value_type = i64)]
    id: StudentId,
    roll_no: String,
    name: String,
    email: String,
    phone: String,
    department: DescribedDepartment,
    /// Path of the current photo.
    photo: Option<String>,
    is_active: bool,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    attendance_stats: StatsBody,
    /// The latest first, at most ten.
    #[schema(max_items = 10)]
    recent_attendance: Vec<RecentBody>,
}

/// A department with its text.
#[derive(Serialize, ToSchema)]
pub struct DescribedDepartment {
    #[schema(value_type = i64)]
    id: DepartmentId,
    name: String,
    code: String,
    description: String,
}

/// Counts over the saved sessions on whose register the student stands.
#[derive(Serialize, ToSchema)]
pub struct StatsBody {
    total_sessions: u64,
    present: u64,
    absent: u64,
    late: u64,
    /// present / total_sessions × 100, two decimals; 0 without sessions.
    #[schema(minimum = 0, maximum = 100)]
    attendance_percentage: f64,
}

/// One record of the student.
#[derive(Serialize, ToSchema)]
pub struct RecentBody {
    #[schema(value_type = i64)]
    session_id: SessionId,
    subject: String,
    #[schema(value_type = String, format = Date)]
    date: String,
    #[schema(value_type = String, pattern = "^(present|late|absent|excused)$")]
    status: RecordStatus,
    #[schema(format = DateTime)]
    timestamp: String,
}

impl From<StudentOverview> for StudentAnswer {
    fn from(student: StudentOverview) -> Self {
        let StudentOverview { row, department_description, stats, recent } = student;
        let department = row.department;
        let recent = recent.into_iter().map(|record| RecentBody {
            session_id: record.session,
            subject: record.subject,
            date: record.date.to_string(),
            status: record.status,
            timestamp: timestamp(record.timestamp),
        });
        Self {
            id: row.id,
            roll_no: row.roll_no,
            name: row.name,
            email: row.email,
            phone: row.phone,
            department: DescribedDepartment {
                id: department.id,
                name: department.name,
                code: department.code,
                description: department_description,
            },
            photo: row.photo,
            is_active: row.is_active,
            created_at: timestamp(row.created_at),
            updated_at: timestamp(row.updated_at),
            attendance_stats: StatsBody {
                total_sessions: stats.sessions,
                present: stats.present,
                absent: stats.absent,
                late: stats.late,
                attendance_percentage: stats.percentage,
            },
            recent_attendance: recent.collect(),
        }
    }
}

/// Shows one student with attendance. Guard: everybody signed in; students see themselves alone.
///
/// # Errors
/// `not_found`, also for students whom the caller may not see.
#[utoipa::path(get, path = "/api/students/{id}/", tag = "Students", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = StudentAnswer), Failures))]
pub async fn get_student(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
) -> ApiResult<Json<StudentAnswer>> {
    Ok(Json(student_attendance::get_overview(&ctx, &actor, id).await?.into()))
}

/// What shall change; absent fields stay. The roll number is fixed for life, photos have addresses of their own.
#[derive(Deserialize, ToSchema)]
pub struct StudentChangeBody {
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    name: Option<String>,
    /// Nobody else's.
    #[schema(max_length = 100, pattern = r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$")]
    email: Option<String>,
    /// 10 to 15 digits; `+`, spaces, dashes and brackets are dropped. Empty for none.
    #[schema(pattern = r"^[ +()\[\]-]*(?:(?:[0-9][ +()\[\]-]*){10,15})?$")]
    phone: Option<String>,
    #[schema(value_type = Option<i64>, minimum = 1)]
    department: Option<DepartmentId>,
    /// Inactive students are not recognised and stand on no new register.
    is_active: Option<bool>,
}

impl From<StudentChangeBody> for StudentChange {
    fn from(body: StudentChangeBody) -> Self {
        Self {
            name: body.name,
            email: body.email,
            phone: body.phone,
            department: body.department,
            is_active: body.is_active,
        }
    }
}

/// A changed student.
#[derive(Serialize, ToSchema)]
pub struct ChangedStudent {
    #[schema(value_type = i64)]
    id: StudentId,
    roll_no: String,
    name: String,
    email: String,
    phone: String,
    department: DepartmentName,
    is_active: bool,
    #[schema(format = DateTime)]
    updated_at: String,
}

impl From<StudentRow> for ChangedStudent {
    fn from(row: StudentRow) -> Self {
        Self {
            id: row.id,
            roll_no: row.roll_no,
            name: row.name,
            email: row.email,
            phone: row.phone,
            department: row.department.into(),
            is_active: row.is_active,
            updated_at: timestamp(row.updated_at),
        }
    }
}

/// Changes some of a student's own fields. Guard: admins.
///
/// # Errors
/// `validation_error` with all fields, `not_found`.
#[utoipa::path(put, path = "/api/students/{id}/", tag = "Students", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), request_body = StudentChangeBody,
    responses((status = 200, body = ChangedStudent), Failures))]
pub async fn update_student(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
    ApiJson(body): ApiJson<StudentChangeBody>,
) -> ApiResult<Json<ChangedStudent>> {
    Ok(Json(students::change_student(&ctx, &actor, id, body.into()).await?.into()))
}

/// The same as PUT, which changes what is named alone. Guard: admins.
///
/// # Errors
/// As `update_student`.
#[utoipa::path(patch, path = "/api/students/{id}/", tag = "Students", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), request_body = StudentChangeBody,
    responses((status = 200, body = ChangedStudent), Failures))]
pub async fn patch_student(
    admin: Admin,
    ctx: State<Ctx>,
    id: ApiPath<StudentId>,
    body: ApiJson<StudentChangeBody>,
) -> ApiResult<Json<ChangedStudent>> {
    update_student(admin, ctx, id, body).await
}

/// Deletes a student without attendance records, with photos and templates. Guard: admins.
///
/// # Errors
/// `deletion_error` while there are records, `not_found`.
#[utoipa::path(delete, path = "/api/students/{id}/", tag = "Students", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), responses((status = 204, description = "Deleted"), Failures))]
pub async fn delete_student(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
) -> ApiResult<StatusCode> {
    student_removal::delete_student(&ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
