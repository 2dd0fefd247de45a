//! Sessions: created, listed, changed, closed.

#![expect(unused_qualifications, reason = "the macro that makes the document writes them")]

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp};
use super::extract::{ApiJson, ApiPath, ApiQuery, SignedIn, Staff};
use super::paging::{self, Links, Paged};
use super::shapes::{DepartmentBody, DepartmentName, UserBody};
use super::words::{self, WallTime, WallTimeOrNone};
use crate::app::error::FieldErrors;
use crate::app::types::*;
use crate::server::domain::percentage::percentage;
use crate::server::domain::session_facts::{self, SessionFacts};
use crate::server::domain::session_form::{SUBJECT_CHARS_MAX, SessionChange};
use crate::server::domain::sessions;
use crate::server::domain::validate::TEXT_CHARS_MAX;
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses under `/api/attendance/sessions/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(list_sessions, create_session)).with(routes!(
        get_session,
        replace_session,
        change_session
    ))
}

/// A new session; absent fields are told together.
#[derive(Deserialize, ToSchema)]
pub struct SessionBody {
    #[schema(value_type = i64, minimum = 1, required)]
    department: Option<DepartmentId>,
    #[schema(value_type = String, min_length = 1, max_length = 100, required)]
    subject: Option<String>,
    /// Today to 30 days ahead; admins may enter past dates with a reason in `notes`.
    #[schema(value_type = String, format = Date, required)]
    date: Option<String>,
    /// Wall-clock time of the institution, `HH:MM:SS`.
    #[schema(value_type = WallTime, required)]
    start_time: Option<String>,
    #[schema(value_type = Option<WallTimeOrNone>)]
    end_time: Option<String>,
    #[schema(max_length = 2000)]
    notes: Option<String>,
    /// Minutes after the start from which a machine mark is late; absent means the institution's setting.
    #[schema(minimum = 0, maximum = 240)]
    late_after_minutes: Option<i32>,
}

/// A session with the names and counts it is read by.
#[derive(Serialize, ToSchema)]
pub struct SessionAnswer {
    #[schema(value_type = i64, minimum = 1)]
    id: SessionId,
    department: DepartmentBody,
    subject: String,
    date: NaiveDate,
    /// Wall-clock time of the institution.
    #[schema(value_type = WallTime)]
    start_time: NaiveTime,
    #[schema(value_type = Option<WallTime>)]
    end_time: Option<NaiveTime>,
    status: SessionStatus,
    created_by: UserBody,
    /// Students of the frozen roster.
    total_students: u64,
    present_count: u64,
    absent_count: u64,
    /// present / total, percent.
    #[schema(minimum = 0, maximum = 100)]
    attendance_percentage: f64,
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<&SessionFacts> for SessionAnswer {
    fn from(facts: &SessionFacts) -> Self {
        let (row, by) = (&facts.row, &facts.created_by);
        Self {
            id: row.id,
            department: row.department.clone().into(),
            subject: row.subject.clone(),
            date: row.date,
            start_time: row.start_time,
            end_time: row.end_time,
            status: row.status,
            created_by: UserBody { id: by.id, username: by.username.clone(), name: by.name.clone() },
            total_students: row.counters.total,
            present_count: row.counters.present,
            absent_count: row.counters.absent,
            attendance_percentage: percentage(row.counters.present, row.counters.total),
            created_at: timestamp(facts.created_at),
        }
    }
}

/// Everything about one session.
#[derive(Serialize, ToSchema)]
pub struct SessionDetailAnswer {
    #[serde(flatten)]
    session: SessionAnswer,
    late_count: u64,
    excused_count: u64,
    unmarked_count: u64,
    notes: String,
    late_after_minutes: i32,
    #[schema(format = DateTime)]
    updated_at: String,
    #[schema(format = DateTime)]
    completed_at: Option<String>,
    /// `person` or `clock`.
    closed_by: Option<String>,
    /// When a person saved the register, or confirmed what the clock closed.
    #[schema(format = DateTime)]
    confirmed_at: Option<String>,
}

impl From<SessionFacts> for SessionDetailAnswer {
    fn from(facts: SessionFacts) -> Self {
        Self {
            session: SessionAnswer::from(&facts),
            late_count: facts.row.counters.late,
            excused_count: facts.row.counters.excused,
            unmarked_count: facts.row.counters.unmarked,
            notes: facts.notes,
            late_after_minutes: facts.late_after_minutes,
            updated_at: timestamp(facts.updated_at),
            completed_at: facts.completed_at.map(timestamp),
            closed_by: facts.closed_by,
            confirmed_at: facts.confirmed_at.map(timestamp),
        }
    }
}

/// Creates a session and freezes its roster. Guard: staff; teachers in their own departments.
///
/// # Errors
/// `validation_error` with all fields, `insufficient_permissions`.
#[utoipa::path(post, path = "/api/attendance/sessions/", tag = "Attendance", request_body = SessionBody,
    security(("bearer" = [])), responses((status = 201, body = SessionAnswer), Failures))]
pub async fn create_session(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<SessionBody>,
) -> ApiResult<(StatusCode, Json<SessionAnswer>)> {
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
        late_after_minutes: body.late_after_minutes,
    };
    let row = sessions::create_session(&ctx, &actor, form).await?;
    let facts = session_facts::get_facts(&ctx, &actor, row.id).await?;
    Ok((StatusCode::CREATED, Json(SessionAnswer::from(&facts))))
}

/// Filters of the list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SessionsQuery {
    #[param(minimum = 1)]
    page: Option<u64>,
    #[param(minimum = 1)]
    page_size: Option<u64>,
    #[serde(default, deserialize_with = "words::id")]
    #[param(value_type = Option<i64>, minimum = 1)]
    department: Option<DepartmentId>,
    #[serde(default, deserialize_with = "words::date")]
    date: Option<NaiveDate>,
    /// First day, included.
    #[serde(default, deserialize_with = "words::date")]
    date_from: Option<NaiveDate>,
    /// Last day, included.
    #[serde(default, deserialize_with = "words::date")]
    date_to: Option<NaiveDate>,
    #[param(inline)]
    status: Option<SessionStatus>,
    /// A part of the subject, whatever the case.
    subject: Option<String>,
    /// Id of the user who created it.
    #[serde(default, deserialize_with = "words::id")]
    #[param(value_type = Option<i64>, minimum = 1)]
    created_by: Option<UserId>,
    #[param(inline)]
    ordering: Option<SessionOrdering>,
}

/// A session in the list.
#[derive(Serialize, ToSchema)]
pub struct SessionListItem {
    #[schema(value_type = i64, minimum = 1)]
    id: SessionId,
    department: DepartmentName,
    subject: String,
    date: NaiveDate,
    #[schema(value_type = WallTime)]
    start_time: NaiveTime,
    #[schema(value_type = Option<WallTime>)]
    end_time: Option<NaiveTime>,
    status: SessionStatus,
    /// The person's name.
    created_by: String,
    statistics: SessionStatistics,
}

/// Counts of a session over its roster; for a student over their own mark alone.
#[derive(Serialize, ToSchema)]
pub struct SessionStatistics {
    total: u64,
    present: u64,
    absent: u64,
    /// present / total, percent.
    #[schema(minimum = 0, maximum = 100)]
    percentage: f64,
}

impl From<SessionRow> for SessionListItem {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id,
            department: row.department.into(),
            subject: row.subject,
            date: row.date,
            start_time: row.start_time,
            end_time: row.end_time,
            status: row.status,
            created_by: row.teacher,
            statistics: SessionStatistics {
                total: row.counters.total,
                present: row.counters.present,
                absent: row.counters.absent,
                percentage: percentage(row.counters.present, row.counters.total),
            },
        }
    }
}

/// Lists sessions, the latest first. Guard: everybody signed in; students get those on whose roster they stand.
///
/// # Errors
/// `validation_error` for a reversed range or a parameter that cannot be read, `not_found` beyond the last page.
#[utoipa::path(get, path = "/api/attendance/sessions/", tag = "Attendance", params(SessionsQuery),
    security(("bearer" = [])), responses((status = 200, body = Paged<SessionListItem>), Failures))]
pub async fn list_sessions(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    links: Links,
    ApiQuery(query): ApiQuery<SessionsQuery>,
) -> ApiResult<Json<Paged<SessionListItem>>> {
    let (page, page_size) = paging::bounds(query.page, query.page_size)?;
    let (date_from, date_to) = words::one_day(query.date, query.date_from, query.date_to)?;
    let filter = SessionFilter {
        department: query.department,
        date_from,
        date_to,
        status: query.status,
        subject: query.subject.unwrap_or_default(),
        created_by: query.created_by,
        owed: false,
        ordering: query.ordering.unwrap_or_default(),
        page,
        page_size,
    };
    let page = sessions::list_sessions(&ctx, &actor, &filter).await?;
    Ok(Json(links.page(page, SessionListItem::from)?))
}

/// Tells everything about one session. Guard: everybody signed in; students where they stand on the roster.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/attendance/sessions/{id}/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), security(("bearer" = [])),
    responses((status = 200, body = SessionDetailAnswer), Failures))]
pub async fn get_session(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<SessionId>,
) -> ApiResult<Json<SessionDetailAnswer>> {
    Ok(Json(session_facts::get_facts(&ctx, &actor, id).await?.into()))
}

/// All that may be changed about an active session.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionReplacement {
    #[schema(min_length = 1, max_length = 100)]
    subject: String,
    #[schema(value_type = WallTime)]
    start_time: String,
    /// Absent or null: no end is named.
    #[schema(value_type = Option<WallTimeOrNone>)]
    end_time: Option<String>,
    /// Absent or null: empty.
    #[schema(max_length = 2000)]
    notes: Option<String>,
    /// Absent or null: stays.
    #[schema(minimum = 0, maximum = 240)]
    late_after_minutes: Option<i64>,
}

/// Some of what may be changed about an active session; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionPatch {
    #[schema(min_length = 1, max_length = 100)]
    subject: Option<String>,
    #[schema(value_type = Option<WallTime>)]
    start_time: Option<String>,
    /// Null takes the end away.
    #[serde(default, deserialize_with = "words::nullable")]
    #[schema(value_type = Option<WallTimeOrNone>)]
    end_time: Option<Option<String>>,
    #[schema(max_length = 2000)]
    notes: Option<String>,
    #[schema(minimum = 0, maximum = 240)]
    late_after_minutes: Option<i64>,
}

/// The document's figures are those of the rules.
const _: () = assert!(SUBJECT_CHARS_MAX == 100 && TEXT_CHARS_MAX == 2_000);

/// Replaces what may be changed about an active session. Guard: staff; teachers in their own departments.
///
/// # Errors
/// `session_error` for a session that is not active, `validation_error` with all fields, `not_found`,
/// `insufficient_permissions`.
#[utoipa::path(put, path = "/api/attendance/sessions/{id}/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), request_body = SessionReplacement, security(("bearer" = [])),
    responses((status = 200, body = SessionDetailAnswer), Failures))]
pub async fn replace_session(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<SessionId>,
    ApiJson(body): ApiJson<SessionReplacement>,
) -> ApiResult<Json<SessionDetailAnswer>> {
    let change = SessionChange {
        subject: Some(body.subject),
        notes: Some(body.notes.unwrap_or_default()),
        start_time: Some(body.start_time),
        end_time: Some(body.end_time.unwrap_or_default()),
        late_after_minutes: body.late_after_minutes,
    };
    Ok(Json(session_facts::change_session(&ctx, &actor, id, change).await?.into()))
}

/// Changes some fields of an active session. Guard: staff; teachers in their own departments.
///
/// # Errors
/// As [`replace_session`].
#[utoipa::path(patch, path = "/api/attendance/sessions/{id}/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), request_body = SessionPatch, security(("bearer" = [])),
    responses((status = 200, body = SessionDetailAnswer), Failures))]
pub async fn change_session(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<SessionId>,
    ApiJson(body): ApiJson<SessionPatch>,
) -> ApiResult<Json<SessionDetailAnswer>> {
    let change = SessionChange {
        subject: body.subject,
        notes: body.notes,
        start_time: body.start_time,
        end_time: body.end_time.map(Option::unwrap_or_default),
        late_after_minutes: body.late_after_minutes,
    };
    Ok(Json(session_facts::change_session(&ctx, &actor, id, change).await?.into()))
}
