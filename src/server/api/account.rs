//! One's own account: what it holds, its password, its email address.

use super::WithDoors;
use super::envelope::{ApiResult, Failures};
use super::extract::{ApiJson, SignedIn};
use super::shapes::MessageBody;
use super::users::UserAnswer;
use crate::app::error::FieldErrors;
use crate::server::domain::user_changes::{self, UserChange};
use crate::server::domain::{passwords, registration, user_details};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses under `/api/auth/` that belong to an account.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .with(routes!(get_me, change_me))
        .with(routes!(change_password))
        .with(routes!(request_password_reset))
        .with(routes!(confirm_password_reset))
        .with(routes!(verify_email))
        .with(routes!(resend_verification))
}

/// One's own account. Guard: everybody signed in.
///
/// # Errors
/// `token_invalid`, `token_expired`.
#[utoipa::path(get, path = "/api/auth/me/", tag = "Account", security(("bearer" = [])),
    responses((status = 200, body = UserAnswer), Failures))]
pub async fn get_me(SignedIn(actor): SignedIn, State(ctx): State<Ctx>) -> ApiResult<Json<UserAnswer>> {
    Ok(Json(user_details::get_own(&ctx, &actor).await?.into()))
}

/// What people change of their own account; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub struct ChangeMeBody {
    /// At most 150 characters.
    first_name: Option<String>,
    /// At most 150 characters.
    last_name: Option<String>,
    /// 10 to 15 digits, or empty for none.
    phone: Option<String>,
}

/// Changes one's own names and phone number. Guard: everybody signed in.
///
/// # Errors
/// `validation_error` with all fields.
#[utoipa::path(patch, path = "/api/auth/me/", tag = "Account", request_body = ChangeMeBody,
    security(("bearer" = [])), responses((status = 200, body = UserAnswer), Failures))]
pub async fn change_me(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<ChangeMeBody>,
) -> ApiResult<Json<UserAnswer>> {
    let ChangeMeBody { first_name, last_name, phone } = body;
    let change = UserChange { first_name, last_name, phone, ..UserChange::default() };
    Ok(Json(user_changes::change_user(&ctx, &actor, actor.user_id, change).await?.into()))
}

/// Body of a password change.
#[derive(Deserialize, ToSchema)]
pub struct ChangePasswordBody {
    #[serde(default)]
    #[schema(required)]
    current_password: String,
    /// With a capital letter, a small letter, a digit and a special character.
    #[serde(default)]
    #[schema(required, min_length = 8, max_length = 128)]
    new_password: String,
}

/// Changes one's own password; all other login sessions and tokens end. Guard: everybody signed in.
///
/// # Errors
/// `validation_error` with all fields, `too_many_requests`.
#[utoipa::path(post, path = "/api/auth/password/change/", tag = "Account", request_body = ChangePasswordBody,
    security(("bearer" = [])), responses((status = 200, body = MessageBody), Failures))]
pub async fn change_password(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<ChangePasswordBody>,
) -> ApiResult<Json<MessageBody>> {
    passwords::change_password(&ctx, &actor, &body.current_password, &body.new_password).await?;
    Ok(Json(MessageBody { message: "The password was changed. All other devices are signed out." }))
}

/// An email address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailBody {
    #[serde(default)]
    #[schema(required, example = "john@example.com")]
    email: String,
}

/// Mails a link for a new password, valid for an hour; the answer is the same where no account has this address.
/// Guard: anyone.
///
/// # Errors
/// `validation_error` for what is no email address.
#[utoipa::path(post, path = "/api/auth/password/reset/", tag = "Account", request_body = EmailBody,
    responses((status = 202, body = MessageBody), Failures))]
pub async fn request_password_reset(
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<EmailBody>,
) -> ApiResult<(StatusCode, Json<MessageBody>)> {
    passwords::request_reset(&ctx, &body.email).await?;
    let message = "If an account has this email address, a message with a link is on its way.";
    Ok((StatusCode::ACCEPTED, Json(MessageBody { message })))
}

/// Body of a password reset.
#[derive(Deserialize, ToSchema)]
pub struct ConfirmResetBody {
    /// The token of the mailed link.
    #[serde(default)]
    #[schema(required)]
    token: String,
    /// With a capital letter, a small letter, a digit and a special character.
    #[serde(default)]
    #[schema(required, min_length = 8, max_length = 128)]
    password: String,
}

/// Sets a new password with a mailed link; all login sessions and tokens end. Guard: anyone with the link.
///
/// # Errors
/// `validation_error`: a link that is not valid any more, or a weak password.
#[utoipa::path(post, path = "/api/auth/password/reset/confirm/", tag = "Account", request_body = ConfirmResetBody,
    responses((status = 200, body = MessageBody), Failures))]
pub async fn confirm_password_reset(
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<ConfirmResetBody>,
) -> ApiResult<Json<MessageBody>> {
    passwords::confirm_reset(&ctx, &body.token, &body.password).await?;
    Ok(Json(MessageBody { message: "The password was changed. You can sign in with it now." }))
}

/// The token of a mailed link.
#[derive(Deserialize, ToSchema)]
pub struct TokenBody {
    #[serde(default)]
    #[schema(required)]
    token: String,
}

/// Verifies an email address with a mailed link, valid for 72 hours; the account becomes active. Guard: anyone with
/// the link.
///
/// # Errors
/// `validation_error` for a link that is not valid any more.
#[utoipa::path(post, path = "/api/auth/verify/", tag = "Account", request_body = TokenBody,
    responses((status = 200, body = MessageBody), Failures))]
pub async fn verify_email(State(ctx): State<Ctx>, ApiJson(body): ApiJson<TokenBody>) -> ApiResult<Json<MessageBody>> {
    if body.token.trim().is_empty() {
        FieldErrors::one("token", "This field is required.").finish()?;
    }
    registration::verify_email(&ctx, &body.token).await?;
    Ok(Json(MessageBody { message: "The email address is verified. You can sign in now." }))
}

/// Mails the link for verifying an email address again; the answer is the same where no account waits for it.
/// Guard: anyone.
///
/// # Errors
/// `validation_error` for what is no email address.
#[utoipa::path(post, path = "/api/auth/verify/resend/", tag = "Account", request_body = EmailBody,
    responses((status = 202, body = MessageBody), Failures))]
pub async fn resend_verification(
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<EmailBody>,
) -> ApiResult<(StatusCode, Json<MessageBody>)> {
    registration::resend_verification(&ctx, &body.email).await?;
    let message = "If an account waits for this email address, a message with a link is on its way.";
    Ok((StatusCode::ACCEPTED, Json(MessageBody { message })))
}
