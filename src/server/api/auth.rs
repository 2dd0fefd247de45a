//! Tokens for API clients.

use super::envelope::ApiResult;
use super::extract::ApiJson;
use crate::app::error::FieldErrors;
use crate::server::auth::login::{self, Kind};
use crate::server::auth::tokens::TokenType;
use crate::server::state::Ctx;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

/// Body of `POST /api/auth/login/`.
#[derive(Deserialize)]
pub struct LoginBody {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
}

/// `POST /api/auth/login/`. Guard: anyone.
///
/// # Errors
/// `validation_error`, `invalid_credentials`.
pub async fn login(State(ctx): State<Ctx>, ApiJson(body): ApiJson<LoginBody>) -> ApiResult<Json<Value>> {
    let missing = [("username", &body.username), ("password", &body.password)]
        .into_iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(name, _)| (name, "This field is required."));
    let missing: FieldErrors = missing.collect();
    missing.finish()?;
    let actor = login::authenticate(&ctx, &body.username, &body.password, Kind::Token).await?;
    let now = ctx.clock.now();
    let department = actor.departments.first().map(|first| json!({ "id": first.id, "name": first.name }));
    Ok(Json(json!({
        "access": ctx.token_key.issue(&actor, TokenType::Access, now)?,
        "refresh": ctx.token_key.issue(&actor, TokenType::Refresh, now)?,
        "user": {
            "id": actor.user_id, "username": actor.username, "email": actor.email,
            "role": actor.role, "department": department,
        },
    })))
}
