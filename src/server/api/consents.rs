//! Consent to storing a student's face.

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp};
use super::extract::{ApiJson, ApiPath, SignedIn};
use crate::app::types::StudentId;
use crate::server::domain::consents;
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The address of a student's consent.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(give_consent))
}

/// What is written down with the consent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentBody {
    /// Where the paper lies, or anything else worth keeping.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 500)]
    note: Option<String>,
}

/// The entry of the ledger that holds.
#[derive(Serialize, ToSchema)]
pub struct ConsentAnswer {
    #[schema(pattern = "^(given)$")]
    kind: String,
    /// `self` for students, `admin` for what was written down for them.
    channel: String,
    notice_version: String,
    note: String,
    #[schema(format = DateTime)]
    created_at: String,
}

/// Writes down that the student agrees to storing their face, also again after a withdrawal. Giving it twice changes
/// nothing. Guard: admins, and students about themselves.
///
/// # Errors
/// `not_found`, `insufficient_permissions` for teachers, `validation_error` for the note.
#[utoipa::path(post, path = "/api/students/{id}/consent/", tag = "Photos", request_body = ConsentBody,
    params(("id" = i64, Path, minimum = 1)), security(("bearer" = [])),
    responses((status = 200, body = ConsentAnswer), Failures))]
pub async fn give_consent(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<StudentId>,
    ApiJson(body): ApiJson<ConsentBody>,
) -> ApiResult<Json<ConsentAnswer>> {
    let row = consents::give_consent(&ctx, &actor, id, body.note.as_deref().unwrap_or_default()).await?;
    Ok(Json(ConsentAnswer {
        kind: row.kind,
        channel: row.channel,
        notice_version: row.notice_version,
        note: row.note,
        created_at: timestamp(row.created_at),
    }))
}
