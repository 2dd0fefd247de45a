//! Files that the administrator's pages lead to, for the cookie of the browser.

use super::envelope::ApiResult;
use crate::app::error::AppError;
use crate::app::types::AuditQuery;
use crate::server::domain::{backups, exports};
use crate::server::door::MaybeActor;
use crate::server::error::Error;
use crate::server::state::Ctx;
use anyhow::Context;
use axum::Extension;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// Says that a browser stores the answer under this name and keeps no copy.
fn attach(headers: &mut HeaderMap, name: &str, kind: &'static str) {
    if let Ok(attachment) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, attachment);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
}

/// `GET /admin/backup/files/{name}`. Guard: admins, by their cookie.
///
/// # Errors
/// `not_found`, `insufficient_permissions`.
pub async fn get_backup(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
    Path(name): Path<String>,
    request: Request,
) -> ApiResult<Response> {
    let actor = actor.ok_or(AppError::NotSignedIn)?.admin()?;
    let path = backups::open_backup(&ctx, &actor, &name).await?;
    let sent = ServeFile::new(path).oneshot(request).await.context("sending a backup").map_err(Error::from)?;
    let mut answer = sent.into_response();
    attach(answer.headers_mut(), &name, "application/zip");
    Ok(answer)
}

/// The filters of the log's page; a date that cannot be read is no filter, as there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExportQuery {
    who: String,
    area: String,
    from: String,
    to: String,
    search: String,
}

/// `GET /admin/audit/export`. Guard: admins, by their cookie.
///
/// # Errors
/// `validation_error`, `insufficient_permissions`.
pub async fn export_audit(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
    Query(query): Query<ExportQuery>,
) -> ApiResult<Response> {
    actor.ok_or(AppError::NotSignedIn)?.admin()?;
    let ExportQuery { who, area, from, to, search } = query;
    let query = AuditQuery { who, area, from: from.parse().ok(), to: to.parse().ok(), search, ..AuditQuery::default() };
    let export = exports::export_audit(&ctx, query).await?;
    let mut answer = export.bytes.into_response();
    attach(answer.headers_mut(), &export.name, "text/csv; charset=utf-8");
    Ok(answer)
}
