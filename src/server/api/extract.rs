//! Who calls, and what they sent.

use super::envelope::ApiError;
use crate::app::error::AppError;
use crate::server::auth::actor::{self, Actor};
use crate::server::auth::login::Device;
use crate::server::auth::tokens::bearer_token;
use crate::server::caller::ClientAddress;
use crate::server::door::MaybeActor;
use crate::server::error::Result;
use crate::server::state::{AppState, Ctx};
use crate::server::upload::{self, UploadForm, UploadLimits};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::convert::Infallible;

/// Teachers and admins with a valid bearer token.
pub struct Staff(pub Actor);

/// Admins with a valid bearer token.
pub struct Admin(pub Actor);

/// Everybody with a valid bearer token.
pub struct SignedIn(pub Actor);

/// Everybody; who sends a token must send a valid one.
pub struct Anyone(pub Option<Actor>);

/// Where the caller sits, and what they call themselves.
pub struct Caller(pub Device);

/// A JSON body, whose faults become our envelope.
pub struct ApiJson<T>(pub T);

/// The parameters after the `?`, whose faults become our envelope.
pub struct ApiQuery<T>(pub T);

/// The part of the address that names a thing; what cannot be a name is nothing that is there.
pub struct ApiPath<T>(pub T);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> std::result::Result<Self, ApiError> {
        Ok(Self(bearer(parts, &state.ctx).await?))
    }
}

impl FromRequestParts<AppState> for Anyone {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> std::result::Result<Self, ApiError> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(Self(None));
        }
        Ok(Self(Some(bearer(parts, &state.ctx).await?)))
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> std::result::Result<Self, Infallible> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self(Device {
            address: parts.extensions.get::<ClientAddress>().map(|ClientAddress(address)| *address),
            user_agent: agent.unwrap_or_default().to_owned(),
            // Programs keep no cookies.
            known: None,
        }))
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for ApiPath<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> std::result::Result<Self, ApiError> {
        let found = axum::extract::Path::from_request_parts(parts, state).await;
        found.map(|axum::extract::Path(value)| Self(value)).map_err(|_| AppError::NoSuchPage.into())
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for ApiQuery<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> std::result::Result<Self, ApiError> {
        let found = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        found.map(|axum::extract::Query(value)| Self(value)).map_err(|rejection| {
            let text = rejection.body_text();
            let reason = text.strip_prefix("Failed to deserialize query string: ").unwrap_or(&text);
            match reason.split_once(": ") {
                Some((name, reason)) => AppError::field(name, format!("A valid value is needed: {reason}.")).into(),
                None => AppError::Malformed(format!("The parameters do not fit: {reason}.")).into(),
            }
        })
    }
}

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
    actor::from_token(ctx, value.and_then(bearer_token).ok_or(AppError::TokenInvalid)?).await
}

/// Who asks at an address that takes the token as well as the cookie.
///
/// # Errors
/// [`AppError::TokenInvalid`], [`AppError::TokenExpired`], [`AppError::NotSignedIn`], or internals.
pub async fn caller(ctx: &Ctx, parts: &Parts) -> std::result::Result<Actor, ApiError> {
    if parts.headers.contains_key(header::AUTHORIZATION) {
        return Ok(bearer(parts, ctx).await?);
    }
    reader(parts)
}

/// Who holds the cookie.
///
/// # Errors
/// [`AppError::NotSignedIn`].
pub fn reader(parts: &Parts) -> std::result::Result<Actor, ApiError> {
    let actor = parts.extensions.get::<MaybeActor>().and_then(|found| found.0.clone());
    Ok(actor.ok_or(AppError::NotSignedIn)?)
}

impl<T: DeserializeOwned> FromRequest<AppState> for ApiJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> std::result::Result<Self, ApiError> {
        let named = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let json = named.is_some_and(|name| name.split(';').next().unwrap_or_default().trim() == "application/json");
        if !json {
            return Err(AppError::WrongMediaType("Send the body as application/json.".to_owned()).into());
        }
        let unreadable = |_| AppError::Malformed("The body could not be read.".to_owned());
        let bytes = Bytes::from_request(request, state).await.map_err(unreadable)?;
        let mut source = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut source).map_err(|error| malformed(&error))?;
        source.end().map_err(|_| AppError::Malformed("The body is not valid JSON.".to_owned()))?;
        Ok(Self(value))
    }
}

/// A body that is no JSON, or JSON of the wrong shape: the field's fault where a field can be named.
fn malformed(error: &serde_path_to_error::Error<serde_json::Error>) -> AppError {
    if !error.inner().is_data() {
        return AppError::Malformed("The body is not valid JSON.".to_owned());
    }
    let text = error.inner().to_string();
    let reason = text.split(" at line ").next().unwrap_or_default();
    match error.path().to_string().as_str() {
        "." | "" => AppError::Malformed(format!("The JSON body does not fit: {reason}.")),
        field => AppError::field(field, format!("A valid value is needed: {reason}.")),
    }
}

/// Reads a multipart body within limits; faults of single files are kept in the form.
///
/// # Errors
/// [`AppError::Malformed`], [`AppError::TooLarge`].
pub async fn read_form(request: Request, limits: UploadLimits) -> Result<UploadForm> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = content_type
        .and_then(|value| multer::parse_boundary(value).ok())
        .ok_or_else(|| AppError::WrongMediaType("Send the body as multipart/form-data.".to_owned()))?;
    upload::read(multer::Multipart::new(request.into_body().into_data_stream(), boundary), limits).await
}
