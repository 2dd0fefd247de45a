//! A student's own data, to take away.

use crate::app::error::AppError;
use crate::server::api::envelope::ApiResult;
use crate::server::domain::my_data;
use crate::server::door::MaybeActor;
use crate::server::state::Ctx;
use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// `GET /me/data.zip`. Guard: the student of the browser's cookie, about themselves.
///
/// # Errors
/// `token_invalid` when signed out, `not_found` for accounts without a student.
pub async fn get_my_data(
    State(ctx): State<Ctx>,
    Extension(MaybeActor(actor)): Extension<MaybeActor>,
) -> ApiResult<Response> {
    let actor = actor.ok_or(AppError::NotSignedIn)?;
    let file = my_data::get_my_data(&ctx, &actor).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, file.bytes).into_response())
}
