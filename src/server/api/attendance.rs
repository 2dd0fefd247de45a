//! Marking by photo, and all doors under `/api/attendance/`.

use super::envelope::{ApiResult, Failures, timestamp, two_decimals};
use super::extract::{Staff, read_form};
use super::shapes::StudentBody;
use super::{WithDoors, events, exports, records, registers, sessions, statistics};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::domain::percentage::percentage;
use crate::server::domain::{mark_photo, sessions as session_rules};
use crate::server::state::{AppState, Ctx};
use crate::server::upload::MARK;
use axum::Json;
use axum::extract::{Request, State};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses under `/api/attendance/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .with(routes!(mark_photo))
        .merge(sessions::doors())
        .merge(registers::doors())
        .merge(records::doors())
        .merge(statistics::doors())
        .merge(exports::doors())
        .merge(events::doors())
}

/// The form of a class photo.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form for the document; the form itself is read part by part")]
struct MarkForm {
    #[schema(minimum = 1)]
    session: i64,
    /// .jpg, .jpeg or .png, at most 10 MB.
    #[schema(format = Binary)]
    image: String,
    /// Recognise and propose, write nothing.
    #[schema(required = false, default = false)]
    manual: bool,
}

/// What one photo did.
#[derive(Serialize, ToSchema)]
pub struct MarkAnswer {
    #[schema(value_type = i64, minimum = 1)]
    session_id: SessionId,
    session_info: SessionInfo,
    processing_time_ms: u64,
    faces_detected: u64,
    faces_recognized: u64,
    attendance_marked: Vec<MarkedBody>,
    unrecognized: Vec<UnrecognizedBody>,
    summary: MarkSummary,
    /// What to try when no face was found; empty otherwise.
    suggestions: Vec<String>,
}

/// The photographed session in short.
#[derive(Serialize, ToSchema)]
pub struct SessionInfo {
    subject: String,
    date: NaiveDate,
    /// Name of the department.
    department: String,
}

/// A recognised student.
#[derive(Serialize, ToSchema)]
pub struct MarkedBody {
    student: StudentBody,
    /// The register's; null for a proposal about somebody unmarked.
    status: Option<RecordStatus>,
    #[schema(minimum = 0, maximum = 1)]
    confidence: f64,
    #[schema(format = DateTime)]
    timestamp: Option<String>,
    already_marked: bool,
    /// x1, y1, x2, y2 in pixels of the photo after its orientation.
    bbox: [i64; 4],
}

/// A face that marked nobody.
#[derive(Serialize, ToSchema)]
pub struct UnrecognizedBody {
    bbox: [i64; 4],
    reason: String,
}

/// The photo in numbers.
#[derive(Serialize, ToSchema)]
pub struct MarkSummary {
    total_marked: u64,
    new_marks: u64,
    duplicate_attempts: u64,
    session_attendance: SessionAttendance,
}

/// How the session stands after the photo.
#[derive(Serialize, ToSchema)]
pub struct SessionAttendance {
    total: u64,
    present: u64,
    #[schema(minimum = 0, maximum = 100)]
    percentage: f64,
}

/// Marks everybody a class photo shows for certain. Guard: staff; teachers in their own departments.
///
/// # Errors
/// `validation_error`, `session_error`, `insufficient_permissions`, `not_found`,
/// `model_load_error`, `service_unavailable`.
#[utoipa::path(post, path = "/api/attendance/mark/", tag = "Attendance",
    request_body(content = MarkForm, content_type = "multipart/form-data"), security(("bearer" = [])),
    responses((status = 200, body = MarkAnswer), Failures))]
pub async fn mark_photo(Staff(actor): Staff, State(ctx): State<Ctx>, request: Request) -> ApiResult<Json<MarkAnswer>> {
    let mut form = read_form(request, MARK).await?;
    let session = form.optional_id("session");
    if let Err(crate::server::error::Error::User(AppError::Invalid(fields))) = &session {
        form.faults.merge(fields.clone());
    }
    for (name, absent) in [("session", matches!(session, Ok(None))), ("image", form.photos("image").is_empty())] {
        if absent && !form.faults.has(name) {
            form.faults.add(name, "This field is required.");
        }
    }
    let manual = match form.text("manual").to_lowercase().as_str() {
        "" | "false" | "0" => false,
        "true" | "1" => true,
        _ => {
            form.faults.add("manual", "Must be a valid boolean.");
            false
        }
    };
    let (Ok(Some(id)), true) = (session, form.faults.is_empty()) else {
        return Err(AppError::Invalid(form.faults).into());
    };
    let (id, photo) = (SessionId(id), form.photo("image")?);
    let outcome = if manual {
        mark_photo::propose(&ctx, &actor, id, photo).await?
    } else {
        mark_photo::mark_photo(&ctx, &actor, id, photo).await?
    };
    let session = session_rules::get_session(&ctx, &actor, id).await?.session;
    Ok(Json(mark_answer(session, outcome)))
}

/// The sample's body.
fn mark_answer(session: SessionRow, outcome: MarkOutcome) -> MarkAnswer {
    let faces_detected = outcome.faces.len() as u64;
    let (certain, others): (Vec<_>, Vec<_>) =
        outcome.faces.into_iter().partition(|face| face.verdict == FaceVerdict::Certain);
    let marked: Vec<MarkedBody> = certain.into_iter().filter_map(marked_body).collect();
    let others =
        others.into_iter().map(|face| UnrecognizedBody { bbox: pixels(face.bbox), reason: face.reasons.join(" ") });
    let counters = outcome.counters;
    MarkAnswer {
        session_id: outcome.session_id,
        session_info: SessionInfo { subject: session.subject, date: session.date, department: session.department.name },
        processing_time_ms: outcome.processing_time_ms,
        faces_detected,
        faces_recognized: marked.len() as u64,
        summary: MarkSummary {
            total_marked: marked.len() as u64,
            new_marks: outcome.new_marks,
            duplicate_attempts: marked.iter().filter(|face| face.already_marked).count() as u64,
            session_attendance: SessionAttendance {
                total: counters.total,
                present: counters.present,
                percentage: percentage(counters.present, counters.total),
            },
        },
        attendance_marked: marked,
        unrecognized: others.collect(),
        suggestions: outcome.suggestions,
    }
}

fn marked_body(face: MarkedFace) -> Option<MarkedBody> {
    let best = face.candidates.into_iter().next()?;
    Some(MarkedBody {
        student: best.student.into(),
        status: face.status,
        confidence: two_decimals(best.confidence.into()),
        timestamp: face.timestamp.map(timestamp),
        already_marked: face.already_marked,
        bbox: pixels(face.bbox),
    })
}

/// A box in whole pixels.
pub fn pixels(bbox: [f32; 4]) -> [i64; 4] {
    bbox.map(|value| value.round() as i64)
}
