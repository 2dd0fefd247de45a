//! The register of one session: read, filled up, saved, cancelled.

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp, two_decimals};
use super::extract::{ApiJson, ApiPath, SignedIn, Staff};
use super::sessions::SessionDetailAnswer;
use super::shapes::StudentBody;
use crate::app::types::*;
use crate::server::domain::record_list::marked_by;
use crate::server::domain::{records, session_facts, sessions};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses under `/api/attendance/sessions/{id}/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .with(routes!(get_roster))
        .with(routes!(mark_rest))
        .with(routes!(complete_session))
        .with(routes!(cancel_session))
}

/// The register of a session over its frozen roster.
#[derive(Serialize, ToSchema)]
pub struct RosterAnswer {
    #[schema(value_type = i64, minimum = 1)]
    session_id: SessionId,
    status: SessionStatus,
    counts: RegisterCounts,
    /// In roll-number order; a student gets their own row alone.
    roster: Vec<RegisterRow>,
}

/// Counts over the roster; the five others add up to `total`.
#[derive(Serialize, ToSchema)]
pub struct RegisterCounts {
    total: u64,
    present: u64,
    late: u64,
    absent: u64,
    excused: u64,
    unmarked: u64,
}

/// One student of the register.
#[derive(Serialize, ToSchema)]
pub struct RegisterRow {
    student: StudentBody,
    /// Null while unmarked.
    status: Option<RecordStatus>,
    method: Option<Method>,
    /// 0 to 1; null for students, and where no photo was compared.
    #[schema(minimum = 0, maximum = 1)]
    confidence: Option<f64>,
    #[schema(format = DateTime)]
    timestamp: Option<String>,
    /// The person's name, or the machine.
    marked_by: Option<String>,
    manual_override: bool,
    notes: String,
}

impl From<RosterEntry> for RegisterRow {
    fn from(entry: RosterEntry) -> Self {
        let by = entry.method.and_then(|method| marked_by(method, entry.manual_override, entry.marked_by));
        Self {
            student: entry.student.into(),
            status: entry.status,
            method: entry.method,
            confidence: entry.confidence.map(|value| two_decimals(value.into())),
            timestamp: entry.timestamp.map(timestamp),
            marked_by: by,
            manual_override: entry.manual_override,
            notes: entry.notes,
        }
    }
}

/// Tells the register. Guard: everybody signed in; students get their own row where they stand on the roster.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/attendance/sessions/{id}/roster/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), security(("bearer" = [])),
    responses((status = 200, body = RosterAnswer), Failures))]
pub async fn get_roster(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<SessionId>,
) -> ApiResult<Json<RosterAnswer>> {
    let detail = sessions::get_session(&ctx, &actor, id).await?;
    let Counters { total, present, late, absent, excused, unmarked } = detail.session.counters;
    Ok(Json(RosterAnswer {
        session_id: id,
        status: detail.session.status,
        counts: RegisterCounts { total, present, late, absent, excused, unmarked },
        roster: detail.roster.into_iter().map(RegisterRow::from).collect(),
    }))
}

/// What the unmarked become.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestBody {
    status: RecordStatus,
}

/// How many were marked.
#[derive(Serialize, ToSchema)]
pub struct RestAnswer {
    marked: u64,
}

/// Gives every unmarked student of an active session one status. Guard: staff; teachers in their own departments.
///
/// # Errors
/// `session_error`, `not_found`, `insufficient_permissions`, `validation_error`.
#[utoipa::path(post, path = "/api/attendance/sessions/{id}/rest/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), request_body = RestBody, security(("bearer" = [])),
    responses((status = 200, body = RestAnswer), Failures))]
pub async fn mark_rest(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<SessionId>,
    ApiJson(body): ApiJson<RestBody>,
) -> ApiResult<Json<RestAnswer>> {
    Ok(Json(RestAnswer { marked: records::mark_rest(&ctx, &actor, id, body.status).await? }))
}

/// Saves the register, or confirms what the clock closed; the unmarked become absent. Guard: staff; teachers in their
/// own departments.
///
/// # Errors
/// `session_error` for a register that is saved or cancelled, `not_found`, `insufficient_permissions`.
#[utoipa::path(post, path = "/api/attendance/sessions/{id}/complete/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), security(("bearer" = [])),
    responses((status = 200, body = SessionDetailAnswer), Failures))]
pub async fn complete_session(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<SessionId>,
) -> ApiResult<Json<SessionDetailAnswer>> {
    sessions::complete_session(&ctx, &actor, id).await?;
    Ok(Json(session_facts::get_facts(&ctx, &actor, id).await?.into()))
}

/// Cancels an active session: it takes no marks and does not count. Guard: staff; teachers in their own departments.
///
/// # Errors
/// `session_error` for a session that is not active, `not_found`, `insufficient_permissions`.
#[utoipa::path(post, path = "/api/attendance/sessions/{id}/cancel/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), security(("bearer" = [])),
    responses((status = 200, body = SessionDetailAnswer), Failures))]
pub async fn cancel_session(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<SessionId>,
) -> ApiResult<Json<SessionDetailAnswer>> {
    sessions::cancel_session(&ctx, &actor, id).await?;
    Ok(Json(session_facts::get_facts(&ctx, &actor, id).await?.into()))
}
