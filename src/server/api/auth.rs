//! Accounts made by their owners, and tokens for API clients.

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp};
use super::extract::{Anyone, ApiJson, Caller, SignedIn};
use super::shapes::{DepartmentName, RoleWord};
use crate::app::error::FieldErrors;
use crate::app::types::{DepartmentId, UserId};
use crate::server::auth::login::{self, Kind};
use crate::server::domain::{registration, user_details};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses under `/api/auth/` that need no account yet, and the way out.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .with(routes!(register_user))
        .with(routes!(login))
        .with(routes!(refresh_token))
        .with(routes!(logout))
}

/// Body of a registration.
#[derive(Deserialize, ToSchema)]
pub struct RegisterBody {
    /// 3 to 150 letters, digits and underscores; unique whatever its case.
    #[serde(default)]
    #[schema(required, example = "john_doe")]
    username: String,
    /// Unique.
    #[serde(default)]
    #[schema(required, example = "john@example.com")]
    email: String,
    /// With a capital letter, a small letter, a digit and a special character.
    #[serde(default)]
    #[schema(required, min_length = 8, max_length = 128, example = "Correct-horse-7")]
    password: String,
    /// At most 150 characters.
    first_name: Option<String>,
    /// At most 150 characters.
    last_name: Option<String>,
    /// `student` when absent; other roles are given by admins alone.
    #[schema(pattern = "^(student|teacher|admin)$", example = "student")]
    role: Option<String>,
    /// 10 to 15 digits; `+`, spaces, dashes and brackets are dropped.
    phone: Option<String>,
    #[schema(value_type = Option<i64>, minimum = 1)]
    department: Option<DepartmentId>,
}

/// The new account.
#[derive(Serialize, ToSchema)]
pub struct RegisterAnswer {
    #[schema(value_type = i64, minimum = 1)]
    id: UserId,
    username: String,
    email: String,
    first_name: String,
    last_name: String,
    role: RoleWord,
    message: &'static str,
}

/// Makes a student's account, which waits for its email to be verified; an admin makes active ones of any role.
/// Guard: anyone while registration is open, admins always.
///
/// # Errors
/// `validation_error` with all fields, `insufficient_permissions`, `too_many_requests`.
#[utoipa::path(post, path = "/api/auth/register/", tag = "Authentication", request_body = RegisterBody,
    security((), ("bearer" = [])), responses((status = 201, body = RegisterAnswer), Failures))]
pub async fn register_user(
    Anyone(actor): Anyone,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<RegisterBody>,
) -> ApiResult<(StatusCode, Json<RegisterAnswer>)> {
    let form = registration::RegistrationForm {
        username: body.username,
        email: body.email,
        password: body.password,
        first_name: body.first_name.unwrap_or_default(),
        last_name: body.last_name.unwrap_or_default(),
        role: body.role,
        phone: body.phone.unwrap_or_default(),
        department: body.department,
        password_again: None,
    };
    let user = registration::register(&ctx, actor.as_ref(), form).await?;
    let answer = RegisterAnswer {
        id: user.id,
        username: user.username,
        email: user.email,
        first_name: user.first_name,
        last_name: user.last_name,
        role: user.role.into(),
        message: match user.is_active {
            true => "User registered successfully.",
            false => "User registered successfully. Please verify your email.",
        },
    };
    Ok((StatusCode::CREATED, Json(answer)))
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
    #[schema(value_type = i64, minimum = 1)]
    id: UserId,
    username: String,
    email: String,
    role: RoleWord,
    /// A teacher's first department, or a student's own.
    department: Option<DepartmentName>,
}

/// Exchanges username and password for tokens. Guard: anyone.
///
/// # Errors
/// `validation_error`, `invalid_credentials`, `too_many_requests`.
#[utoipa::path(post, path = "/api/auth/login/", tag = "Authentication", request_body = LoginBody,
    responses((status = 200, body = LoginAnswer), Failures))]
pub async fn login(
    Caller(device): Caller,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<LoginBody>,
) -> ApiResult<Json<LoginAnswer>> {
    let missing = [("username", &body.username), ("password", &body.password)]
        .into_iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(name, _)| (name, "This field is required."));
    let missing: FieldErrors = missing.collect();
    missing.finish()?;
    let actor = login::authenticate(&ctx, &body.username, &body.password, Kind::Token, &device).await?;
    let tokens = login::issue_tokens(&ctx, &actor)?;
    let user = user_details::get_own(&ctx, &actor).await?;
    Ok(Json(LoginAnswer {
        access: tokens.access,
        refresh: tokens.refresh,
        user: LoginUser {
            id: user.id,
            username: user.username,
            email: user.email,
            role: user.role.into(),
            department: user.department.map(DepartmentName::from),
        },
    }))
}

/// Body of a refresh.
#[derive(Deserialize, ToSchema)]
pub struct RefreshBody {
    /// The JWT of that name from `POST /api/auth/login/`.
    #[serde(default)]
    #[schema(required)]
    refresh: String,
}

/// A new access token.
#[derive(Serialize, ToSchema)]
pub struct RefreshAnswer {
    access: String,
    /// Until when it counts, UTC.
    #[schema(format = DateTime)]
    access_expiry: String,
}

/// Exchanges a refresh token for a new access token. Guard: anyone with a refresh token.
///
/// # Errors
/// `validation_error`, `token_expired`, `token_invalid`.
#[utoipa::path(post, path = "/api/auth/refresh/", tag = "Authentication", request_body = RefreshBody,
    responses((status = 200, body = RefreshAnswer), Failures))]
pub async fn refresh_token(
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<RefreshBody>,
) -> ApiResult<Json<RefreshAnswer>> {
    if body.refresh.trim().is_empty() {
        FieldErrors::one("refresh", "This field is required.").finish()?;
    }
    let access = login::refresh(&ctx, body.refresh.trim()).await?;
    Ok(Json(RefreshAnswer { access: access.token, access_expiry: timestamp(access.expires) }))
}

/// Ends this login session: its access and refresh tokens are worth nothing from now on. Guard: everybody signed in.
///
/// # Errors
/// `token_invalid`, `token_expired`.
#[utoipa::path(post, path = "/api/auth/logout/", tag = "Authentication", security(("bearer" = [])),
    responses((status = 204, description = "Signed out"), Failures))]
pub async fn logout(SignedIn(actor): SignedIn, State(ctx): State<Ctx>) -> ApiResult<StatusCode> {
    login::end(&ctx, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
