//! Tables of imports to take away, for the browser.

use crate::app::error::AppError;
use crate::app::types::ImportId;
use crate::server::api::envelope::ApiResult;
use crate::server::api::exports::file;
use crate::server::domain::imports;
use crate::server::door::MaybeActor;
use crate::server::state::Ctx;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// `GET /admin/import/{id}/problems.csv`. Guard: admins.
///
/// # Errors
/// `not_found`.
pub async fn get_problems(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
    Path(id): Path<String>,
) -> ApiResult<impl IntoResponse> {
    actor.ok_or(AppError::NotSignedIn)?.admin()?;
    let id: ImportId = id.parse().map_err(|_| AppError::NoSuchPage)?;
    Ok(file(imports::problems_csv(&ctx, id).await?))
}

/// `GET /admin/import/template.csv`. Guard: admins.
///
/// # Errors
/// When the database fails.
pub async fn get_template(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
) -> ApiResult<impl IntoResponse> {
    actor.ok_or(AppError::NotSignedIn)?.admin()?;
    Ok(file(imports::template_csv(&ctx).await?))
}
