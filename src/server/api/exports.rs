//! Files to take away.

#![expect(unused_qualifications, reason = "the macro that makes the document writes them")]

use super::WithDoors;
use super::envelope::{ApiResult, Failures};
use super::extract::{ApiPath, ApiQuery, SignedIn, Staff};
use super::records::RecordsFilterQuery;
use super::statistics::StatisticsQuery;
use crate::app::types::SessionId;
use crate::server::domain::exports::{self, Export, Format};
use crate::server::state::{AppState, Ctx};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses that end in `/export/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(export_session)).with(routes!(export_records)).with(routes!(export_statistics))
}

/// How the file is written.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormatQuery {
    /// Absent: csv.
    #[param(inline)]
    format: Option<Format>,
}

/// The file with its name.
pub(super) fn file(export: Export) -> impl IntoResponse {
    let disposition = format!("attachment; filename=\"{}\"", export.name);
    let headers =
        [(header::CONTENT_TYPE, export.format.content_type().to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, export.bytes)
}

/// Exports the register of a session, to be signed and filed. Guard: staff.
///
/// # Errors
/// `not_found`, `validation_error` for another format.
#[utoipa::path(get, path = "/api/attendance/sessions/{id}/export/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1), FormatQuery), security(("bearer" = [])),
    responses((status = 200, content(
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/pdf"))), Failures))]
pub async fn export_session(
    Staff(actor): Staff,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<SessionId>,
    ApiQuery(query): ApiQuery<FormatQuery>,
) -> ApiResult<impl IntoResponse> {
    Ok(file(exports::export_session(&ctx, &actor, id, query.format.unwrap_or_default()).await?))
}

/// Exports records under the filters of their list. Guard: everybody signed in; students get their own.
///
/// # Errors
/// `validation_error`, `rule_error` for more rows than one file takes.
#[utoipa::path(get, path = "/api/attendance/records/export/", tag = "Attendance",
    params(FormatQuery, RecordsFilterQuery), security(("bearer" = [])),
    responses((status = 200, content(
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/pdf"))), Failures))]
pub async fn export_records(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiQuery(format): ApiQuery<FormatQuery>,
    ApiQuery(query): ApiQuery<RecordsFilterQuery>,
) -> ApiResult<impl IntoResponse> {
    let format = format.format.unwrap_or_default();
    Ok(file(exports::export_records(&ctx, &actor, &query.filter()?, format).await?))
}

/// Exports the statistics of a period. Guard: everybody signed in; students get their own.
///
/// # Errors
/// As the statistics; `rule_error` for more rows than a PDF takes.
#[utoipa::path(get, path = "/api/attendance/statistics/export/", tag = "Attendance",
    params(FormatQuery, StatisticsQuery), security(("bearer" = [])),
    responses((status = 200, content(
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/pdf"))), Failures))]
pub async fn export_statistics(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiQuery(format): ApiQuery<FormatQuery>,
    ApiQuery(query): ApiQuery<StatisticsQuery>,
) -> ApiResult<impl IntoResponse> {
    let format = format.format.unwrap_or_default();
    Ok(file(exports::export_statistics(&ctx, &actor, &query.asked()?, format).await?))
}
