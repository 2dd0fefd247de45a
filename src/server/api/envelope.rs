//! Answers of the REST API: bodies as they are, errors in one envelope.

use crate::app::error::AppError;
use crate::server::error::Error;
use crate::server::middleware::trace_id;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{SecondsFormat, Utc};
use serde_json::{Value, json};

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

/// `error`, `message`, `details` with the time, `trace_id`; and the status.
pub fn failure(error: AppError) -> Response {
    let trace = match &error {
        AppError::Internal { trace_id } => trace_id.clone(),
        _ => trace_id(),
    };
    let mut details = error.details();
    if let Value::Object(fields) = &mut details {
        fields.insert("timestamp".to_owned(), json!(timestamp(Utc::now())));
    }
    let body = json!({
        "error": error.code(), "message": error.to_string(), "details": details, "trace_id": trace,
    });
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(body)).into_response();
    if let Some(seconds) = error.retry_after_s() {
        response.headers_mut().insert(HeaderName::from_static("retry-after"), HeaderValue::from(seconds));
    }
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
