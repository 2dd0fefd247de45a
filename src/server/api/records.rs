//! Attendance records: read, decided by people, and their history.

#![expect(unused_qualifications, reason = "the macro that makes the document writes them")]

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp, two_decimals};
use super::extract::{ApiJson, ApiPath, ApiQuery, SignedIn, Staff};
use super::paging::{self, Links, Paged};
use super::shapes::StudentBody;
use super::words;
use crate::app::error::{AppError, AppResult, FieldErrors};
use crate::app::types::*;
use crate::server::domain::audit::AuditRow;
use crate::server::domain::record_list::{self, RecordFilter, RecordRow};
use crate::server::domain::records::{self, Decision, NOTES_CHARS_MAX};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most decisions of one request.
const DECISIONS_MAX: usize = 1_000;

/// Addresses under `/api/attendance/records/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .with(routes!(list_records, set_records))
        .with(routes!(change_record))
        .with(routes!(get_history))
}

/// Filters of records; students get their own whatever the filter.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecordsFilterQuery {
    #[serde(default, deserialize_with = "words::id")]
    #[param(value_type = Option<i64>, minimum = 1)]
    session: Option<SessionId>,
    #[serde(default, deserialize_with = "words::id")]
    #[param(value_type = Option<i64>, minimum = 1)]
    student: Option<StudentId>,
    /// Date of the session.
    #[serde(default, deserialize_with = "words::date")]
    date: Option<NaiveDate>,
    /// First day, included.
    #[serde(default, deserialize_with = "words::date")]
    date_from: Option<NaiveDate>,
    /// Last day, included.
    #[serde(default, deserialize_with = "words::date")]
    date_to: Option<NaiveDate>,
    #[param(inline)]
    status: Option<RecordStatus>,
    /// Department of the session.
    #[serde(default, deserialize_with = "words::id")]
    #[param(value_type = Option<i64>, minimum = 1)]
    department: Option<DepartmentId>,
}

impl RecordsFilterQuery {
    /// # Errors
    /// A field error for a day outside of the range.
    pub fn filter(self) -> AppResult<RecordFilter> {
        let (date_from, date_to) = words::one_day(self.date, self.date_from, self.date_to)?;
        let Self { session, student, status, department, .. } = self;
        Ok(RecordFilter { session, student, department, date_from, date_to, status, ..RecordFilter::default() })
    }
}

/// A page of the list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    #[param(minimum = 1)]
    page: Option<u64>,
    #[param(minimum = 1)]
    page_size: Option<u64>,
}

/// One record.
#[derive(Serialize, ToSchema)]
pub struct RecordAnswer {
    #[schema(value_type = i64, minimum = 1)]
    id: RecordId,
    session: RecordSession,
    student: StudentBody,
    status: RecordStatus,
    /// 0 to 1; null for students, and where no photo was compared.
    #[schema(minimum = 0, maximum = 1)]
    confidence: Option<f64>,
    #[schema(format = DateTime)]
    timestamp: String,
    /// The machine, or the person's name; null when that account is gone.
    marked_by: Option<String>,
    manual_override: bool,
}

/// The record's session in short.
#[derive(Serialize, ToSchema)]
pub struct RecordSession {
    #[schema(value_type = i64, minimum = 1)]
    id: SessionId,
    subject: String,
    date: NaiveDate,
    /// Name of the department.
    department: String,
}

/// One record with its note.
#[derive(Serialize, ToSchema)]
pub struct RecordDetailAnswer {
    #[serde(flatten)]
    record: RecordAnswer,
    method: Method,
    notes: String,
}

impl From<RecordRow> for RecordAnswer {
    fn from(row: RecordRow) -> Self {
        Self {
            id: row.id,
            session: RecordSession {
                id: row.session,
                subject: row.subject,
                date: row.date,
                department: row.department,
            },
            student: row.student.into(),
            status: row.status,
            confidence: row.confidence.map(two_decimals),
            timestamp: timestamp(row.timestamp),
            marked_by: row.marked_by,
            manual_override: row.manual_override,
        }
    }
}

impl From<RecordRow> for RecordDetailAnswer {
    fn from(row: RecordRow) -> Self {
        Self { method: row.method, notes: row.notes.clone(), record: row.into() }
    }
}

/// Lists records, the newest first. Guard: everybody signed in; students get their own.
///
/// # Errors
/// `validation_error` for a reversed range or a parameter that cannot be read, `not_found` beyond the last page.
#[utoipa::path(get, path = "/api/attendance/records/", tag = "Attendance", params(PageQuery, RecordsFilterQuery),
    security(("bearer" = [])), responses((status = 200, body = Paged<RecordAnswer>), Failures))]
pub async fn list_records(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    links: Links,
    ApiQuery(page): ApiQuery<PageQuery>,
    ApiQuery(query): ApiQuery<RecordsFilterQuery>,
) -> ApiResult<Json<Paged<RecordAnswer>>> {
    let (page, page_size) = paging::bounds(page.page, page.page_size)?;
    let page = record_list::list_records(&ctx, &actor, &query.filter()?, page, page_size).await?;
    Ok(Json(links.page(page, RecordAnswer::from)?))
}

/// A person's decisions about students of one roster.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordsBody {
    #[schema(value_type = i64, minimum = 1)]
    session: SessionId,
    #[schema(min_items = 1, max_items = 1000)]
    records: Vec<DecisionBody>,
    /// Needed once the register is saved.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// One student's part.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionBody {
    #[schema(value_type = i64, minimum = 1)]
    student: StudentId,
    /// Null takes the mark back while the session is active.
    #[serde(default, deserialize_with = "words::nullable")]
    #[schema(value_type = Option<RecordStatus>, required)]
    status: Option<Option<RecordStatus>>,
    /// Absent or null: the note stays.
    #[schema(max_length = 500)]
    notes: Option<String>,
}

/// The document's figures are those of the rules.
const _: () = assert!(NOTES_CHARS_MAX == 500 && DECISIONS_MAX == 1_000);

/// What the decisions did.
#[derive(Serialize, ToSchema)]
pub struct RecordsAnswer {
    #[schema(value_type = i64, minimum = 1)]
    session_id: SessionId,
    /// Records that changed; deciding the same again changes none.
    changed: u64,
    /// The named students' records as they are now, in roll-number order.
    results: Vec<RecordDetailAnswer>,
}

/// Sets the records of several students of one session, all or none. Guard: staff; teachers in their own departments.
///
/// # Errors
/// `validation_error` with every fault by its position, `session_error` for a cancelled session, `rule_error` after
/// the time for corrections, `not_found`, `insufficient_permissions`.
#[utoipa::path(put, path = "/api/attendance/records/", tag = "Attendance", request_body = RecordsBody,
    security(("bearer" = [])), responses((status = 200, body = RecordsAnswer), Failures))]
pub async fn set_records(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<RecordsBody>,
) -> ApiResult<Json<RecordsAnswer>> {
    let RecordsBody { session, records, reason } = body;
    if records.is_empty() || records.len() > DECISIONS_MAX {
        return Err(AppError::field("records", format!("Send 1 to {DECISIONS_MAX} records.")).into());
    }
    let missing = records.iter().enumerate().filter(|(_, decision)| decision.status.is_none());
    let missing: FieldErrors =
        missing.map(|(at, _)| (format!("records[{at}].status"), "This field is required.")).collect();
    missing.finish()?;
    let decisions: Vec<Decision> = records
        .into_iter()
        .map(|body| Decision { student: body.student, status: body.status.flatten(), notes: body.notes, made_at: None })
        .collect();
    let students: Vec<StudentId> = decisions.iter().map(|decision| decision.student).collect();
    let changed = records::set_records(&ctx, &actor, session, decisions, &reason.unwrap_or_default()).await?;
    let rows = record_list::records_of(&ctx, &actor, session, &students).await?;
    Ok(Json(RecordsAnswer {
        session_id: session,
        changed: changed.len() as u64,
        results: rows.into_iter().map(RecordDetailAnswer::from).collect(),
    }))
}

/// A change to one record; what is absent or null stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordPatch {
    status: Option<RecordStatus>,
    #[schema(max_length = 500)]
    notes: Option<String>,
    /// Needed once the register is saved.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// Changes or corrects one record. Guard: staff; teachers in their own departments.
///
/// # Errors
/// `validation_error`, `session_error` for a cancelled session, `rule_error` after the time for corrections,
/// `not_found`, `insufficient_permissions`.
#[utoipa::path(patch, path = "/api/attendance/records/{id}/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), request_body = RecordPatch, security(("bearer" = [])),
    responses((status = 200, body = RecordDetailAnswer), Failures))]
pub async fn change_record(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<RecordId>,
    ApiJson(body): ApiJson<RecordPatch>,
) -> ApiResult<Json<RecordDetailAnswer>> {
    let before = record_list::get_record(&ctx, &actor, id).await?;
    let form = RecordForm {
        session: before.session,
        student: before.student.id,
        status: body.status,
        keep_status: body.status.is_none(),
        notes: body.notes,
        reason: body.reason.unwrap_or_default(),
    };
    records::set_record(&ctx, &actor, form).await?;
    Ok(Json(record_list::get_record(&ctx, &actor, id).await?.into()))
}

/// One line of a record's history.
#[derive(Serialize, ToSchema)]
pub struct HistoryItem {
    #[schema(format = DateTime)]
    at: String,
    /// Username of who acted; `system` for the clock.
    actor: String,
    action: String,
    sentence: String,
    /// Status before and after, and the reason, where the change was to this record alone.
    #[schema(value_type = Object)]
    details: Value,
}

/// A record's history.
#[derive(Serialize, ToSchema)]
pub struct HistoryAnswer {
    count: u64,
    /// The oldest first.
    results: Vec<HistoryItem>,
}

impl From<AuditRow> for HistoryItem {
    fn from(row: AuditRow) -> Self {
        Self {
            at: timestamp(row.at),
            actor: row.actor,
            action: row.action,
            sentence: row.sentence,
            details: row.details,
        }
    }
}

/// Tells what the audit log holds of one record and the closing of its session. Guard: staff.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/attendance/records/{id}/history/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), security(("bearer" = [])),
    responses((status = 200, body = HistoryAnswer), Failures))]
pub async fn get_history(
    Staff(_): Staff,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<RecordId>,
) -> ApiResult<Json<HistoryAnswer>> {
    let rows = record_list::record_history(&ctx, id).await?;
    Ok(Json(HistoryAnswer { count: rows.len() as u64, results: rows.into_iter().map(HistoryItem::from).collect() }))
}
