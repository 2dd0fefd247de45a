//! Tokens for API clients.

use super::WithDoors;
use super::envelope::{ApiResult, Failures};
use super::extract::ApiJson;
use super::shapes::DepartmentName;
use crate::app::error::FieldErrors;
use crate::app::types::UserId;
use crate::server::auth::login::{self, Kind};
use crate::server::auth::tokens::TokenType;
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses under `/api/auth/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(login))
}

/// Body of a sign-in.
#[derive(Deserialize, ToSchema)]
pub struct LoginBody {
    #[serde(default)]
    #[schema(required)]
    username: String,
    #[serde(default)]
    #[schema(required)]
    password: String,
}

/// Tokens and who they stand for.
#[derive(Serialize, ToSchema)]
pub struct LoginAnswer {
    /// JWT for `Authorization: Bearer …`.
    access: String,
    /// JWT for `POST /api/auth/refresh/` alone.
    refresh: String,
    user: LoginUser,
}

/// Who signed in.
#[derive(Serialize, ToSchema)]
pub struct LoginUser {
    #[schema(value_type = i64)]
    id: UserId,
    username: String,
    email: String,
    /// `student`, `teacher` or `admin`.
    role: &'static str,
    department: Option<DepartmentName>,
}

/// Exchanges username and password for tokens. Guard: anyone.
///
/// # Errors
/// `validation_error`, `invalid_credentials`, `too_many_requests`.
#[utoipa::path(post, path = "/api/auth/login/", tag = "Authentication", request_body = LoginBody,
    responses((status = 200, body = LoginAnswer), Failures))]
pub async fn login(State(ctx): State<Ctx>, ApiJson(body): ApiJson<LoginBody>) -> ApiResult<Json<LoginAnswer>> {
    let missing = [("username", &body.username), ("password", &body.password)]
        .into_iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(name, _)| (name, "This field is required."));
    let missing: FieldErrors = missing.collect();
    missing.finish()?;
    let actor = login::authenticate(&ctx, &body.username, &body.password, Kind::Token).await?;
    let now = ctx.clock.now();
    Ok(Json(LoginAnswer {
        access: ctx.token_key.issue(&actor, TokenType::Access, now)?,
        refresh: ctx.token_key.issue(&actor, TokenType::Refresh, now)?,
        user: LoginUser {
            id: actor.user_id,
            username: actor.username,
            email: actor.email,
            role: actor.role.as_str(),
            department: actor.departments.into_iter().next().map(DepartmentName::from),
        },
    }))
}
