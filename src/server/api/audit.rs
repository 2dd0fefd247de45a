//! The audit log.

#![expect(unused_qualifications, reason = "the macro that makes the document writes them")]

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp};
use super::extract::{Admin, ApiQuery};
use super::paging::{self, Links, Paged};
use super::words;
use crate::server::domain::audit::{self, AuditFilter, AuditRow};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The address of the audit log.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(list_audit))
}

/// Filters of the log; what is absent or empty filters nothing.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    #[param(minimum = 1)]
    page: Option<u64>,
    #[param(minimum = 1)]
    page_size: Option<u64>,
    /// As in `record.correct`.
    #[param(max_length = 60)]
    action: Option<String>,
    /// As in `session`.
    #[param(max_length = 40)]
    object_type: Option<String>,
    /// An id, or `session/student` for a record.
    #[param(max_length = 60)]
    object_id: Option<String>,
    /// Username of who acted; `system` for the clock and the command line.
    #[param(max_length = 150)]
    actor: Option<String>,
    /// First day in the institution's time zone, included.
    #[serde(default, deserialize_with = "words::date")]
    date_from: Option<NaiveDate>,
    /// Last day, included.
    #[serde(default, deserialize_with = "words::date")]
    date_to: Option<NaiveDate>,
}

/// One row of the log.
#[derive(Serialize, ToSchema)]
pub struct AuditAnswer {
    #[schema(minimum = 1)]
    id: i64,
    #[schema(format = DateTime)]
    at: String,
    /// Username of who acted.
    actor: String,
    action: String,
    object_type: String,
    object_id: String,
    sentence: String,
    #[schema(value_type = Object)]
    details: Value,
    /// Of the request that made the change.
    trace_id: String,
    /// Address that the request came from; empty for the clock and the command line.
    ip: String,
}

impl From<AuditRow> for AuditAnswer {
    fn from(row: AuditRow) -> Self {
        let AuditRow { id, at, actor, action, object_type, object_id, sentence, details, trace_id, ip } = row;
        Self { id, at: timestamp(at), actor, action, object_type, object_id, sentence, details, trace_id, ip }
    }
}

/// Lists who did what, the newest first. Guard: admins.
///
/// # Errors
/// `validation_error`, `not_found` beyond the last page, `insufficient_permissions`.
#[utoipa::path(get, path = "/api/audit/", tag = "Administration", params(AuditQuery), security(("bearer" = [])),
    responses((status = 200, body = Paged<AuditAnswer>), Failures))]
pub async fn list_audit(
    Admin(_): Admin,
    State(ctx): State<Ctx>,
    links: Links,
    ApiQuery(query): ApiQuery<AuditQuery>,
) -> ApiResult<Json<Paged<AuditAnswer>>> {
    let (page, page_size) = paging::bounds(query.page, query.page_size)?;
    let filter = AuditFilter {
        action: query.action.unwrap_or_default(),
        object_type: query.object_type.unwrap_or_default(),
        object_id: query.object_id.unwrap_or_default(),
        actor: query.actor.unwrap_or_default(),
        date_from: query.date_from,
        date_to: query.date_to,
        ..AuditFilter::default()
    };
    let page = audit::list_audit(&ctx, &filter, page, page_size).await?;
    Ok(Json(links.page(page, AuditAnswer::from)?))
}
