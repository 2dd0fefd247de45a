//! Answers of the REST API: bodies as they are, errors in one envelope.

use crate::app::error::AppError;
use crate::server::error::Error;
use crate::server::middleware::trace_id;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::response::Response as OpenApiResponse;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

/// The body of every error.
#[derive(Serialize, ToSchema)]
#[schema(as = Error)]
pub struct ErrorBody {
    /// Machine-readable code.
    #[schema(example = "validation_error")]
    error: String,
    /// A sentence for people.
    message: String,
    /// Messages by field, the code and the time.
    #[schema(value_type = Object)]
    details: Value,
    /// Also in the header `X-Trace-Id`.
    trace_id: String,
    /// What to try, where something can be tried.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    suggestions: Vec<String>,
}

/// All the ways in which any address may refuse, for the document.
pub struct Failures;

impl IntoResponses for Failures {
    fn responses() -> BTreeMap<String, RefOr<OpenApiResponse>> {
        const ALL: [(u16, &str); 14] = [
            (400, "The request is malformed or its values are refused"),
            (401, "The token is missing, wrong or expired"),
            (403, "The role or the department does not allow it"),
            (404, "There is no such thing, or the caller may not know of it"),
            (405, "This address does not take that kind of request"),
            (408, "The body came too slowly"),
            (413, "The body is too large"),
            (415, "The body is of a kind that is not taken"),
            (422, "A rule of the register or a photo's quality forbids it"),
            (429, "Too many requests; `Retry-After` says how long to wait"),
            (431, "The address and the headers are too large"),
            (500, "Something went wrong on the server"),
            (503, "Overload or no models; `Retry-After` says how long to wait"),
            (507, "The server's disk is full or cannot be written; nothing was saved"),
        ];
        let body = || ContentBuilder::new().schema(Some(Ref::from_schema_name("Error"))).build();
        ALL.into_iter()
            .map(|(status, words)| {
                let response = ResponseBuilder::new().description(words).content("application/json", body()).build();
                (status.to_string(), RefOr::T(response))
            })
            .collect()
    }
}

/// What handlers return: a body, or trouble in the envelope.
pub type ApiResult<T> = Result<T, ApiError>;

/// Trouble on its way out.
pub struct ApiError(AppError);

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self(error.into_app())
    }
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        failure(self.0)
    }
}

/// `error`, `message`, `details` with the time, and `trace_id`.
pub fn body(error: &AppError) -> ErrorBody {
    let trace = match error {
        AppError::Internal { trace_id } | AppError::Engine { trace_id, .. } => trace_id.clone(),
        _ => trace_id(),
    };
    let mut details = error.details();
    if let Value::Object(fields) = &mut details {
        fields.insert("timestamp".to_owned(), json!(timestamp(Utc::now())));
    }
    let suggestions = match error {
        AppError::NoFaces { suggestions } => suggestions.clone(),
        _ => Vec::new(),
    };
    ErrorBody { error: error.code().to_owned(), message: error.to_string(), details, trace_id: trace, suggestions }
}

/// The body of [`body`] with the status and, where one should wait, `Retry-After`.
pub fn failure(error: AppError) -> Response {
    let body = body(&error);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(body)).into_response();
    if let Some(seconds) = error.retry_after_s() {
        response.headers_mut().insert(HeaderName::from_static("retry-after"), HeaderValue::from(seconds));
    }
    // For pages about it, which tell it in the reader's language.
    response.extensions_mut().insert(error);
    response
}

/// A time as the API writes it: UTC, whole seconds, `Z`.
pub fn timestamp(at: chrono::DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Two decimals, half up.
pub fn two_decimals(value: f64) -> f64 {
    (value * 100.0 + 1e-9).round() / 100.0
}
