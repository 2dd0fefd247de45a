//! Files to take away by a link on a page: the browser's cookie opens these, where the REST API's exports take tokens.
//!
//! Addresses carry the report's filters as its pages do. What cannot be written leads back to the report, which says why.

use super::envelope::ApiResult;
use super::exports::file;
use crate::app::components::pagination::address;
use crate::app::error::AppError;
use crate::app::types::{ReportFilter, SessionId};
use crate::server::auth::actor::Actor;
use crate::server::domain::exports::{self, Export, Format};
use crate::server::domain::reports::{self, Understood};
use crate::server::domain::statistics::GroupBy;
use crate::server::door::MaybeActor;
use crate::server::error::{Error, Result};
use crate::server::state::{AppState, Ctx};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use std::collections::HashMap;

/// Addresses under `/exports/`.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/exports/report", get(download_report))
        .route("/exports/students", get(download_students))
        .route("/exports/records", get(download_records))
        .route("/exports/sessions/{id}", get(download_register))
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

/// `GET /exports/records`: the records behind the report. Guard: staff.
///
/// # Errors
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
    let written = exports::export_records(&ctx, &actor, &reports::records_behind(&asked), format).await;
    answer(written, &filter)
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
    known.ok_or_else(|| AppError::field("format", "Choose csv, xlsx or pdf."))
}
