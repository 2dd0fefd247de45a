//! Every kind of trouble a user may read about, with its code, status and words.
//!
//! Nothing private stands in here: plain HTML forms carry it back in the page's
//! address, and the REST API sends it as its error envelope.

use super::wire::PostcardEncoding;
use crate::tr;
use chrono::{DateTime, Utc};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

mod fields;
mod sentences;

pub use fields::FieldErrors;

/// What went wrong, as far as the user may know. Sentences that it carries were told where it was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AppError {
    Invalid(FieldErrors),
    Malformed(String),
    /// A body of a kind that this address does not take.
    WrongMediaType(String),
    /// A query parameter that has to be there.
    MissingParameter(String),
    OutOfRange {
        field: String,
        range: String,
    },
    InvalidCredentials,
    AccountInactive,
    EmailUnverified,
    NotSignedIn,
    TokenInvalid,
    TokenExpired,
    RefreshExpired,
    Forbidden(String),
    CrossSite,
    NotFound {
        what: String,
        id: String,
    },
    NoSuchPage,
    MethodNotAllowed,
    SessionClosed {
        session_id: i64,
        status: String,
        end_time: Option<DateTime<Utc>>,
    },
    Rule(String),
    /// Somebody else has decided otherwise meanwhile.
    Conflict(String),
    Deletion {
        message: String,
        count_name: String,
        count: u64,
        suggestion: String,
    },
    FaceQuality {
        blur_score: f32,
        face_size: u32,
        min_blur_score: f32,
        min_face_size: u32,
        reasons: Vec<String>,
    },
    QualityCheck {
        blur_score: f32,
        face_size: u32,
        min_blur_score: f32,
        min_face_size: u32,
    },
    NoFaces {
        suggestions: Vec<String>,
    },
    ConsentRequired,
    TooLarge {
        /// Most that is taken, KiB.
        max_kib: u64,
    },
    /// The first lines of the request alone.
    HeadTooLarge,
    /// The body came too slowly to be waited for.
    TooSlow,
    TooManyRequests {
        retry_after_s: u64,
    },
    FacesUnavailable(String),
    /// There is no room on the server's disk.
    StorageFull,
    /// The server's disk fails, or may only be read.
    StorageUnwritable,
    Busy {
        retry_after_s: u64,
    },
    Internal {
        trace_id: String,
    },
    /// The engine or the index failed on a photo; the word says which part.
    Engine {
        part: EnginePart,
        trace_id: String,
    },
    Unreachable(String),
    /// Said by the service worker, never by the server.
    WaitsOnDevice,
}

/// A part of the recognition service that can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EnginePart {
    Inference,
    Embedding,
    Index,
}

impl EnginePart {
    /// The word of the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Inference => "inference_error",
            Self::Embedding => "embedding_generation_error",
            Self::Index => "faiss_index_error",
        }
    }
}

/// A result whose error a user may read.
pub type AppResult<T> = Result<T, AppError>;

impl AppError {
    /// One field, one message.
    pub fn field(name: &str, message: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(name, message))
    }

    /// A missing thing, or one the caller may not know of.
    pub fn not_found(what: &str, id: impl ToString) -> Self {
        Self::NotFound { what: what.to_owned(), id: id.to_string() }
    }

    /// The role or the department does not allow it.
    pub fn forbidden() -> Self {
        Self::Forbidden(tr!("error-forbidden"))
    }

    /// Machine-readable code: the `error` of the envelope.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) | Self::Malformed(_) => "validation_error",
            Self::WrongMediaType(_) => "invalid_format",
            Self::MissingParameter(_) => "missing_required_field",
            Self::OutOfRange { .. } => "value_out_of_range",
            Self::InvalidCredentials | Self::AccountInactive | Self::EmailUnverified => "invalid_credentials",
            Self::NotSignedIn | Self::TokenInvalid => "token_invalid",
            Self::TokenExpired | Self::RefreshExpired => "token_expired",
            Self::Forbidden(_) => "insufficient_permissions",
            Self::CrossSite => "cross_site_request",
            Self::NotFound { .. } | Self::NoSuchPage => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::SessionClosed { .. } => "session_error",
            Self::Rule(_) => "rule_error",
            Self::Conflict(_) => "conflict",
            Self::Deletion { .. } => "deletion_error",
            Self::FaceQuality { .. } => "face_quality_error",
            Self::QualityCheck { .. } => "quality_check_failed",
            Self::NoFaces { .. } => "no_faces_detected",
            Self::ConsentRequired => "consent_required",
            Self::TooLarge { .. } => "payload_too_large",
            Self::HeadTooLarge => "request_header_fields_too_large",
            Self::TooSlow => "request_timeout",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::FacesUnavailable(_) => "model_load_error",
            Self::StorageFull => "storage_full",
            Self::StorageUnwritable => "storage_unwritable",
            Self::Busy { .. } | Self::WaitsOnDevice => "service_unavailable",
            Self::Engine { part, .. } => part.code(),
            Self::Internal { .. } | Self::Unreachable(_) => "internal_error",
        }
    }

    /// HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Invalid(_)
            | Self::Malformed(_)
            | Self::MissingParameter(_)
            | Self::NoFaces { .. }
            | Self::OutOfRange { .. }
            | Self::SessionClosed { .. }
            | Self::Deletion { .. } => 400,
            Self::InvalidCredentials
            | Self::AccountInactive
            | Self::EmailUnverified
            | Self::NotSignedIn
            | Self::TokenInvalid
            | Self::TokenExpired
            | Self::RefreshExpired => 401,
            Self::Forbidden(_) | Self::CrossSite | Self::ConsentRequired => 403,
            Self::NotFound { .. } | Self::NoSuchPage => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict(_) => 409,
            Self::TooSlow => 408,
            Self::TooLarge { .. } => 413,
            Self::WrongMediaType(_) => 415,
            Self::Rule(_) | Self::FaceQuality { .. } | Self::QualityCheck { .. } => 422,
            Self::TooManyRequests { .. } => 429,
            Self::HeadTooLarge => 431,
            Self::FacesUnavailable(_) | Self::Busy { .. } | Self::WaitsOnDevice => 503,
            Self::Engine { .. } | Self::Internal { .. } | Self::Unreachable(_) => 500,
            Self::StorageFull | Self::StorageUnwritable => 507,
        }
    }

    /// The envelope's `details`, without the timestamp that every answer gets: for programs, so always in English.
    pub fn details(&self) -> Value {
        match self {
            Self::Invalid(fields) => fields.to_json(),
            Self::MissingParameter(name) => {
                json!({ name.as_str(): ["This field is required."], "code": "missing_required_field" })
            }
            Self::RefreshExpired => json!({ "code": "refresh_token_expired" }),
            Self::QualityCheck { blur_score, face_size, min_blur_score, min_face_size } => json!({
                "code": "face_quality_low", "blur_score": two_decimals(*blur_score), "face_size": face_size,
                "required_blur_score": two_decimals(*min_blur_score), "required_face_size": min_face_size,
            }),
            Self::NoFaces { .. } => json!({ "code": "face_not_detected" }),
            Self::OutOfRange { field, range } => {
                json!({ field.as_str(): [format!("Ensure this value is within {range}.")] })
            }
            Self::AccountInactive => json!({ "code": "account_inactive" }),
            Self::EmailUnverified => json!({ "code": "email_not_verified" }),
            Self::NotFound { .. } => json!({ "code": "resource_not_found" }),
            Self::SessionClosed { session_id, status, end_time } => json!({
                "code": "session_inactive", "session_id": session_id, "status": status,
                "end_time": end_time.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            }),
            Self::Deletion { count_name, count, suggestion, .. } => {
                json!({ count_name.as_str(): count, "suggestion": suggestion })
            }
            Self::FaceQuality { blur_score, face_size, min_blur_score, min_face_size, reasons } => json!({
                "code": "face_quality_low", "blur_score": two_decimals(*blur_score), "face_size": face_size,
                "requirements": { "min_blur_score": two_decimals(*min_blur_score), "min_face_size": min_face_size },
                "reasons": reasons,
            }),
            _ => json!({}),
        }
    }

    /// Seconds for the `Retry-After` header.
    pub fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::TooManyRequests { retry_after_s } | Self::Busy { retry_after_s } => Some(*retry_after_s),
            _ => None,
        }
    }

    /// Messages of one field, joined for display.
    pub fn of_field(&self, name: &str) -> Option<String> {
        match self {
            Self::Invalid(fields) => fields.of(name).map(|messages| messages.join(" ")),
            _ => None,
        }
    }

    /// Everything as one text for a notice: the sentence, or the fields' messages.
    pub fn sentence(&self) -> String {
        match self {
            Self::Invalid(fields) => fields.sentence(),
            Self::FaceQuality { reasons, .. } if !reasons.is_empty() => format!("{self} {}", reasons.join(" ")),
            other => other.to_string(),
        }
    }
}

/// Two decimals, exactly as people read them.
fn two_decimals(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

impl FromServerFnError for AppError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(text) => Self::Unreachable(text),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::Malformed(tr!("error-request-unreadable"))
            }
            ServerFnErrorErr::Deserialization(_) => Self::Malformed(tr!("error-answer-unreadable")),
            _ => Self::Unreachable(String::new()),
        }
    }
}
