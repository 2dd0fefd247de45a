//! Sessions and marking.

use super::envelope::{ApiResult, timestamp, two_decimals};
use super::extract::{ApiJson, Staff, read_form};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::*;
use crate::server::domain::{mark_photo, sessions};
use crate::server::state::{AppState, Ctx};
use crate::server::upload::MARK;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::routing::post;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;

/// Addresses under `/api/attendance/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .route("/api/attendance/sessions/", post(create_session))
        .route("/api/attendance/mark/", post(mark_photo))
}

/// Body of `POST /api/attendance/sessions/`; absent fields are told together.
#[derive(Deserialize)]
pub struct SessionBody {
    department: Option<DepartmentId>,
    subject: Option<String>,
    date: Option<String>,
    start_time: Option<String>,
    end_time: Option<String>,
    notes: Option<String>,
}

/// `POST /api/attendance/sessions/`. Guard: staff; teachers in their own departments.
///
/// # Errors
/// `validation_error` with all fields, `insufficient_permissions`.
pub async fn create_session(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<SessionBody>,
) -> ApiResult<(StatusCode, Json<Value>)> {
    let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    let required = [
        ("department", body.department.is_none()),
        ("subject", blank(&body.subject)),
        ("date", blank(&body.date)),
        ("start_time", blank(&body.start_time)),
    ];
    let missing = required.into_iter().filter(|(_, absent)| *absent);
    let missing: FieldErrors = missing.map(|(name, _)| (name, "This field is required.")).collect();
    missing.finish()?;
    let form = SessionForm {
        department: body.department.unwrap_or_default(),
        subject: body.subject.unwrap_or_default(),
        date: body.date.unwrap_or_default(),
        start_time: body.start_time.unwrap_or_default(),
        end_time: body.end_time.unwrap_or_default(),
        notes: body.notes.unwrap_or_default(),
    };
    let row = sessions::create_session(&ctx, &actor, form).await?;
    let body = json!({
        "id": row.id, "department": row.department, "subject": row.subject, "date": row.date,
        "start_time": row.start_time, "end_time": row.end_time, "status": row.status,
        "created_by": { "id": actor.user_id, "username": actor.username, "name": actor.name },
        "total_students": row.counters.total, "present_count": row.counters.present,
        "absent_count": row.counters.absent, "attendance_percentage": percentage(&row.counters),
        "created_at": timestamp(ctx.clock.now()),
    });
    Ok((StatusCode::CREATED, Json(body)))
}

/// `POST /api/attendance/mark/`. Guard: staff; teachers in their own departments.
///
/// # Errors
/// `validation_error`, `session_error`, `insufficient_permissions`, `not_found`,
/// `model_load_error`, `service_unavailable`.
pub async fn mark_photo(Staff(actor): Staff, State(ctx): State<Ctx>, request: Request) -> ApiResult<Json<Value>> {
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
    let session = sessions::get_session(&ctx, &actor, id).await?.session;
    Ok(Json(mark_body(&session, &outcome)))
}

/// The sample's body.
fn mark_body(session: &SessionRow, outcome: &MarkOutcome) -> Value {
    let certain = outcome.faces.iter().filter(|face| face.verdict == FaceVerdict::Certain);
    let marked: Vec<Value> = certain
        .filter_map(|face| {
            let best = face.candidates.first()?;
            Some(json!({
                "student": best.student, "status": face.status, "confidence": two_decimals(best.confidence.into()),
                "timestamp": face.timestamp.map(timestamp), "already_marked": face.already_marked,
                "bbox": pixels(face.bbox),
            }))
        })
        .collect();
    let others = outcome.faces.iter().filter(|face| face.verdict != FaceVerdict::Certain);
    let unrecognized: Vec<Value> =
        others.map(|face| json!({ "bbox": pixels(face.bbox), "reason": face.reasons.join(" ") })).collect();
    json!({
        "session_id": outcome.session_id,
        "session_info": { "subject": session.subject, "date": session.date, "department": session.department.name },
        "processing_time_ms": outcome.processing_time_ms,
        "faces_detected": outcome.faces.len(),
        "faces_recognized": marked.len(),
        "summary": {
            "total_marked": marked.len(),
            "new_marks": outcome.new_marks,
            "duplicate_attempts": marked.iter().filter(|face| face["already_marked"] == json!(true)).count(),
            "session_attendance": {
                "total": outcome.counters.total, "present": outcome.counters.present,
                "percentage": percentage(&outcome.counters),
            },
        },
        "attendance_marked": marked,
        "unrecognized": unrecognized,
        "suggestions": outcome.suggestions,
    })
}

/// present / total × 100, two decimals; 0 for an empty roster.
fn percentage(counters: &Counters) -> f64 {
    if counters.total == 0 { 0.0 } else { two_decimals(counters.present as f64 * 100.0 / counters.total as f64) }
}

/// A box in whole pixels.
pub fn pixels(bbox: [f32; 4]) -> [i64; 4] {
    bbox.map(|value| value.round() as i64)
}
