//! Files to take away by a link on a page: the browser's cookie opens these, where the REST API's exports take tokens.
//!
//! Addresses carry the report's filters as its pages do. What cannot be written leads back to the report, which says why.

use super::envelope::ApiResult;
use super::exports::file;
use super::imports;
use crate::app::components::pagination::address;
use crate::app::error::AppError;
use crate::app::types::{AuditQuery, ReportFilter, SessionId};
use crate::server::auth::actor::Actor;
use crate::server::domain::backups;
use crate::server::domain::exports::{self, Export, Format, long};
use crate::server::domain::reports::{self, Understood};
use crate::server::domain::statistics::GroupBy;
use crate::server::door::MaybeActor;
use crate::server::error::{Error, Result};
use crate::server::state::{AppState, Ctx};
use crate::tr;
use anyhow::Context;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use serde::Deserialize;
use std::collections::HashMap;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// Addresses under `/exports/`, and the files of the administrator's pages.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/exports/report", get(download_report))
        .route("/exports/students", get(download_students))
        .route("/exports/records", get(download_records))
        .route("/exports/sessions/{id}", get(download_register))
        .route("/exports/files/{id}", get(download_long))
        .route("/admin/backup/files/{name}", get(get_backup))
        .route("/admin/audit/export", get(export_audit))
        .route("/admin/import/template.csv", get(imports::get_template))
        .route("/admin/import/{id}/problems.csv", get(imports::get_problems))
}

/// The parameters after the `?`.
type Words = Query<HashMap<String, String>>;

/// `GET /exports/report`: the tables of the report's first page. Guard: staff.
///
/// # Errors
/// `insufficient_permissions`, `validation_error` for another format.
pub async fn download_report(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
    Query(words): Words,
) -> ApiResult<Response> {
    let Some(actor) = actor else { return Ok(sign_in()) };
    statistics(&ctx, &actor.staff()?, &words, |filter, understood| {
        vec![GroupBy::Subject, reports::section(reports::step_of(filter, &understood.frame))]
    })
    .await
}

/// `GET /exports/students`: the numbers of every student. Guard: staff.
///
/// # Errors
/// `insufficient_permissions`, `validation_error` for another format.
pub async fn download_students(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
    Query(words): Words,
) -> ApiResult<Response> {
    let Some(actor) = actor else { return Ok(sign_in()) };
    statistics(&ctx, &actor.staff()?, &words, |_, _| vec![GroupBy::Student]).await
}

/// `GET /exports/records`: the records behind the report; of many, the page on which they become a file. Guard: staff.
///
/// # Errors
/// `rule_error` while others are being made,
/// `insufficient_permissions`, `validation_error` for another format.
pub async fn download_records(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
    Query(words): Words,
) -> ApiResult<Response> {
    let Some(actor) = actor else { return Ok(sign_in()) };
    let actor = actor.staff()?;
    let (format, filter) = (format(&words)?, read(&words));
    let Some(asked) = reports::understand(&ctx, &filter).await?.asked else { return Ok(back(&filter)) };
    let records = reports::records_behind(&asked);
    if long::is_long(&ctx, &actor, &records, format).await? {
        let id = long::start_records(&ctx, &actor, records, format).await?;
        return Ok(Redirect::to(&format!("/exports/{id}")).into_response());
    }
    answer(exports::export_records(&ctx, &actor, &records, format).await, &filter)
}

/// `GET /exports/files/{id}`: a long file that is ready. Guard: staff, and of those whoever asked for it.
///
/// # Errors
/// `not_found`, `insufficient_permissions`.
pub async fn download_long(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
    Path(id): Path<String>,
    request: Request,
) -> ApiResult<Response> {
    let Some(actor) = actor else { return Ok(sign_in()) };
    let (path, name, format) = long::open(&ctx, &actor.staff()?, &id)?;
    let sent = ServeFile::new(path).oneshot(request).await.context("sending an export").map_err(Error::from)?;
    let mut answer = sent.into_response();
    attach(answer.headers_mut(), &name, format.content_type());
    Ok(answer)
}

/// `GET /exports/sessions/{id}`: one register, to be signed and filed. Guard: staff.
///
/// # Errors
/// `not_found`, `insufficient_permissions`, `validation_error` for another format.
pub async fn download_register(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
    Path(id): Path<String>,
    Query(words): Words,
) -> ApiResult<Response> {
    let Some(actor) = actor else { return Ok(sign_in()) };
    let actor = actor.staff()?;
    let id: SessionId = id.parse().map_err(|_| AppError::NoSuchPage)?;
    Ok(file(exports::export_session(&ctx, &actor, id, format(&words)?).await?).into_response())
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

/// Says that a browser stores the answer under this name and keeps no copy.
fn attach(headers: &mut HeaderMap, name: &str, kind: &'static str) {
    if let Ok(attachment) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, attachment);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
}

async fn statistics(
    ctx: &Ctx,
    actor: &Actor,
    words: &HashMap<String, String>,
    sections: impl FnOnce(&ReportFilter, &Understood) -> Vec<GroupBy>,
) -> ApiResult<Response> {
    let (format, filter) = (format(words)?, read(words));
    let mut understood = reports::understand(ctx, &filter).await?;
    let Some(mut asked) = understood.asked.take() else { return Ok(back(&filter)) };
    asked.sections = sections(&filter, &understood);
    answer(exports::export_statistics(ctx, actor, &asked, format).await, &filter)
}

/// The file; or the report again, when there is too much for one.
fn answer(written: Result<Export>, filter: &ReportFilter) -> ApiResult<Response> {
    match written {
        Ok(export) => Ok(file(export).into_response()),
        Err(Error::User(AppError::Rule(_))) => {
            let mut pairs = filter.pairs();
            pairs.push(("refused", "rows".to_owned()));
            Ok(Redirect::to(&address("/reports", &pairs)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The report says what is wrong with its filter.
fn back(filter: &ReportFilter) -> Response {
    Redirect::to(&address("/reports", &filter.pairs())).into_response()
}

fn sign_in() -> Response {
    Redirect::to("/login?next=%2Freports").into_response()
}

fn read(words: &HashMap<String, String>) -> ReportFilter {
    ReportFilter::read(|name| words.get(name).cloned())
}

fn format(words: &HashMap<String, String>) -> std::result::Result<Format, AppError> {
    let word = words.get("format").map_or("csv", String::as_str);
    let known = Format::ALL.into_iter().find(|format| format.as_str() == word);
    known.ok_or_else(|| AppError::field("format", tr!("export-format")))
}
