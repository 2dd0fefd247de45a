//! Stored photos, for those who may see them.

use crate::server::api::envelope::ApiResult;
use crate::server::api::extract::caller;
use crate::server::domain::photos;
use crate::server::state::Ctx;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// `GET /media/student_faces/{name}`. Guard: staff, and the student on the photo, by cookie or bearer token.
///
/// # Errors
/// `not_found`, also for photos the caller may not see.
pub async fn get_photo(State(ctx): State<Ctx>, Path(name): Path<String>, parts: Parts) -> ApiResult<Response> {
    let actor = caller(&ctx, &parts).await?;
    let bytes = photos::read_photo(&ctx, &actor, &name).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (HeaderName::from_static("content-security-policy"), HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    Ok((headers, bytes).into_response())
}
