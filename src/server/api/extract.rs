//! Who calls, and what they sent.

use super::envelope::ApiError;
use crate::app::error::AppError;
use crate::server::auth::actor::{self, Actor};
use crate::server::error::Result;
use crate::server::state::{AppState, Ctx};
use crate::server::upload::{self, UploadForm, UploadLimits};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// Teachers and admins with a valid bearer token.
pub struct Staff(pub Actor);

/// Admins with a valid bearer token.
pub struct Admin(pub Actor);

/// A JSON body, whose faults become our envelope.
pub struct ApiJson<T>(pub T);

impl FromRequestParts<AppState> for Staff {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> std::result::Result<Self, ApiError> {
        Ok(Self(bearer(parts, &state.ctx).await?.staff()?))
    }
}

impl FromRequestParts<AppState> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> std::result::Result<Self, ApiError> {
        Ok(Self(bearer(parts, &state.ctx).await?.admin()?))
    }
}

/// The actor of the `Authorization` header.
///
/// # Errors
/// [`AppError::TokenInvalid`], [`AppError::TokenExpired`], or internals.
pub async fn bearer(parts: &Parts, ctx: &Ctx) -> Result<Actor> {
    let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = value.and_then(|value| value.strip_prefix("Bearer ")).ok_or(AppError::TokenInvalid)?;
    actor::from_token(ctx, token.trim()).await
}

impl<T: DeserializeOwned> FromRequest<AppState> for ApiJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> std::result::Result<Self, ApiError> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(malformed(&rejection).into()),
        }
    }
}

/// A body that is no JSON, or JSON of the wrong shape, in one sentence.
fn malformed(rejection: &axum::extract::rejection::JsonRejection) -> AppError {
    use axum::extract::rejection::JsonRejection;
    let sentence = match rejection {
        JsonRejection::JsonDataError(error) => {
            let text = error.body_text();
            let reason = text.split_once(": ").map_or(text.as_str(), |(_, reason)| reason);
            format!("The JSON body does not fit: {reason}")
        }
        JsonRejection::MissingJsonContentType(_) => "Send the body as application/json.".to_owned(),
        _ => "The body is not valid JSON.".to_owned(),
    };
    AppError::Malformed(sentence)
}

/// Reads a multipart body within limits; faults of single files are kept in the form.
///
/// # Errors
/// [`AppError::Malformed`], [`AppError::TooLarge`].
pub async fn read_form(request: Request, limits: UploadLimits) -> Result<UploadForm> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = content_type
        .and_then(|value| multer::parse_boundary(value).ok())
        .ok_or_else(|| AppError::Malformed("Send the body as multipart/form-data.".to_owned()))?;
    upload::read(multer::Multipart::new(request.into_body().into_data_stream(), boundary), limits).await
}
