//! Accounts, for admins.

// The macro of the OpenAPI document writes the query's type with its path.
#![allow(unused_qualifications)]

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp};
use super::extract::{Admin, ApiJson, ApiPath, ApiQuery};
use super::paging::{Links, Paged, bounds};
use super::shapes::{DepartmentBody, RoleWord};
use crate::app::types::{DepartmentId, UserForm, UserId};
use crate::server::domain::user_changes::{self, UserChange};
use crate::server::domain::user_details::{self, UserDetail, UserFilter, UserOrder};
use crate::server::domain::users;
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses under `/api/users/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .with(routes!(list_users, create_user))
        .with(routes!(get_user, change_user, delete_user))
        .with(routes!(verify_user))
        .with(routes!(reset_user_password))
}

/// One account.
#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserAnswer {
    #[schema(value_type = i64, minimum = 1)]
    id: UserId,
    username: String,
    email: String,
    first_name: String,
    last_name: String,
    /// Digits, or empty.
    phone: String,
    role: RoleWord,
    /// A teacher's first department, or a student's own.
    department: Option<DepartmentBody>,
    /// A teacher's departments, the first first; empty for others.
    departments: Vec<DepartmentBody>,
    is_active: bool,
    email_verified: bool,
    #[schema(format = DateTime)]
    date_joined: String,
    #[schema(format = DateTime)]
    last_login: Option<String>,
}

impl From<UserDetail> for UserAnswer {
    fn from(user: UserDetail) -> Self {
        Self {
            id: user.id,
            username: user.username,
            email: user.email,
            first_name: user.first_name,
            last_name: user.last_name,
            phone: user.phone,
            role: user.role.into(),
            department: user.department.map(DepartmentBody::from),
            departments: user.departments.into_iter().map(DepartmentBody::from).collect(),
            is_active: user.is_active,
            email_verified: user.email_verified,
            date_joined: timestamp(user.date_joined),
            last_login: user.last_login.map(timestamp),
        }
    }
}

/// How the list goes.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[schema(as = UserOrdering)]
pub enum OrderWord {
    #[serde(rename = "username")]
    Username,
    #[serde(rename = "-username")]
    UsernameDown,
    #[serde(rename = "email")]
    Email,
    #[serde(rename = "-email")]
    EmailDown,
    #[serde(rename = "date_joined")]
    Joined,
    #[serde(rename = "-date_joined")]
    JoinedDown,
}

/// Which accounts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    #[param(inline)]
    role: Option<RoleWord>,
    is_active: Option<bool>,
    /// Part of the username, the email or the name.
    search: Option<String>,
    /// Teachers and students of this department.
    department: Option<i64>,
    /// By username when absent.
    #[param(inline)]
    ordering: Option<OrderWord>,
    #[param(minimum = 1)]
    page: Option<u64>,
    /// 20 when absent; more than 100 are cut to 100.
    #[param(minimum = 1)]
    page_size: Option<u64>,
}

/// Accounts, page by page. Guard: admins.
///
/// # Errors
/// `validation_error`, `value_out_of_range`, `not_found` beyond the last page.
#[utoipa::path(get, path = "/api/users/", tag = "Users", params(UsersQuery), security(("bearer" = [])),
    responses((status = 200, body = Paged<UserAnswer>), Failures))]
pub async fn list_users(
    Admin(_): Admin,
    State(ctx): State<Ctx>,
    links: Links,
    ApiQuery(query): ApiQuery<UsersQuery>,
) -> ApiResult<Json<Paged<UserAnswer>>> {
    let (page, page_size) = bounds(query.page, query.page_size)?;
    let filter = UserFilter {
        role: query.role.map(Into::into),
        is_active: query.is_active,
        search: query.search.unwrap_or_default(),
        department: query.department,
        order: match query.ordering {
            None | Some(OrderWord::Username) => UserOrder::Username,
            Some(OrderWord::UsernameDown) => UserOrder::UsernameDown,
            Some(OrderWord::Email) => UserOrder::Email,
            Some(OrderWord::EmailDown) => UserOrder::EmailDown,
            Some(OrderWord::Joined) => UserOrder::Joined,
            Some(OrderWord::JoinedDown) => UserOrder::JoinedDown,
        },
        page,
        page_size,
    };
    Ok(Json(links.page(user_details::list_user_page(&ctx, &filter).await?, UserAnswer::from)?))
}

/// A new account.
#[derive(Deserialize, ToSchema)]
pub struct CreateUserBody {
    /// 3 to 150 letters, digits and underscores; unique whatever its case.
    #[serde(default)]
    #[schema(required, example = "jane_roe")]
    username: String,
    /// Unique.
    #[serde(default)]
    #[schema(required, example = "jane@example.com")]
    email: String,
    /// At most 150 characters.
    first_name: Option<String>,
    /// At most 150 characters.
    last_name: Option<String>,
    /// 10 to 15 digits; `+`, spaces, dashes and brackets are dropped.
    phone: Option<String>,
    /// `student` when absent.
    role: Option<RoleWord>,
    /// A teacher needs at least one, the first first; at most 50.
    #[schema(value_type = Option<Vec<i64>>, max_items = 50)]
    departments: Option<Vec<DepartmentId>>,
    /// Absent or empty: one is made up and told in the answer.
    #[schema(max_length = 128)]
    password: Option<String>,
}

/// A new account and the password that was made up for it.
#[derive(Serialize, ToSchema)]
pub struct CreateUserAnswer {
    #[serde(flatten)]
    user: UserAnswer,
    /// Told once; null when the admin chose one.
    one_time_password: Option<String>,
}

/// Makes an active account of any role. Guard: admins.
///
/// # Errors
/// `validation_error` with all fields.
#[utoipa::path(post, path = "/api/users/", tag = "Users", request_body = CreateUserBody,
    security(("bearer" = [])), responses((status = 201, body = CreateUserAnswer), Failures))]
pub async fn create_user(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<CreateUserBody>,
) -> ApiResult<(StatusCode, Json<CreateUserAnswer>)> {
    let form = UserForm {
        username: body.username,
        email: body.email,
        first_name: body.first_name.unwrap_or_default(),
        last_name: body.last_name.unwrap_or_default(),
        phone: body.phone.unwrap_or_default(),
        role: body.role.map(Into::into).unwrap_or_default(),
        departments: body.departments.unwrap_or_default(),
        password: body.password.unwrap_or_default(),
    };
    let created = users::create_user(&ctx, Some(&actor), form).await?;
    let user = user_details::get_user(&ctx, created.user.id).await?.into();
    Ok((StatusCode::CREATED, Json(CreateUserAnswer { user, one_time_password: created.one_time_password })))
}

/// One account. Guard: admins.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/users/{id}/", tag = "Users", params(("id" = i64, Path, minimum = 1)),
    security(("bearer" = [])), responses((status = 200, body = UserAnswer), Failures))]
pub async fn get_user(
    Admin(_): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<UserId>,
) -> ApiResult<Json<UserAnswer>> {
    Ok(Json(user_details::get_user(&ctx, id).await?.into()))
}

/// What of an account changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub struct ChangeUserBody {
    /// Unique.
    email: Option<String>,
    /// At most 150 characters.
    first_name: Option<String>,
    /// At most 150 characters.
    last_name: Option<String>,
    /// 10 to 15 digits, or empty for none.
    phone: Option<String>,
    /// Another role ends the account's login sessions and tokens at once.
    role: Option<RoleWord>,
    /// A teacher needs at least one, the first first; at most 50.
    #[schema(value_type = Option<Vec<i64>>, max_items = 50)]
    departments: Option<Vec<DepartmentId>>,
    /// Switching off ends the account's login sessions and tokens at once.
    is_active: Option<bool>,
}

/// Changes an account. Guard: admins.
///
/// # Errors
/// `not_found`, `validation_error` with all fields, `rule_error` for one's own switch-off and the last active admin.
#[utoipa::path(put, path = "/api/users/{id}/", tag = "Users", params(("id" = i64, Path, minimum = 1)),
    request_body = ChangeUserBody, security(("bearer" = [])),
    responses((status = 200, body = UserAnswer), Failures))]
pub async fn change_user(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<UserId>,
    ApiJson(body): ApiJson<ChangeUserBody>,
) -> ApiResult<Json<UserAnswer>> {
    let change = UserChange {
        email: body.email,
        first_name: body.first_name,
        last_name: body.last_name,
        phone: body.phone,
        role: body.role.map(Into::into),
        departments: body.departments,
        is_active: body.is_active,
    };
    Ok(Json(user_changes::change_user(&ctx, &actor, id, change).await?.into()))
}

/// Deletes an account that nothing refers to. Guard: admins.
///
/// # Errors
/// `not_found`, `deletion_error` with the offer to deactivate, `rule_error` for one's own account.
#[utoipa::path(delete, path = "/api/users/{id}/", tag = "Users", params(("id" = i64, Path, minimum = 1)),
    security(("bearer" = [])), responses((status = 204, description = "Deleted"), Failures))]
pub async fn delete_user(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<UserId>,
) -> ApiResult<StatusCode> {
    user_changes::delete_user(&ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Verifies an account's email by hand; the account becomes active. Guard: admins.
///
/// # Errors
/// `not_found`.
#[utoipa::path(post, path = "/api/users/{id}/verify/", tag = "Users", params(("id" = i64, Path, minimum = 1)),
    security(("bearer" = [])), responses((status = 200, body = UserAnswer), Failures))]
pub async fn verify_user(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<UserId>,
) -> ApiResult<Json<UserAnswer>> {
    Ok(Json(user_changes::verify_user(&ctx, &actor, id).await?.into()))
}

/// A password that was made up.
#[derive(Serialize, ToSchema)]
pub struct OneTimePasswordAnswer {
    /// Told once.
    one_time_password: String,
}

/// Gives an account a made-up password and ends its login sessions and tokens. Guard: admins.
///
/// # Errors
/// `not_found`, `rule_error` for one's own account.
#[utoipa::path(post, path = "/api/users/{id}/password/reset/", tag = "Users",
    params(("id" = i64, Path, minimum = 1)), security(("bearer" = [])),
    responses((status = 200, body = OneTimePasswordAnswer), Failures))]
pub async fn reset_user_password(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<UserId>,
) -> ApiResult<Json<OneTimePasswordAnswer>> {
    let one_time_password = user_changes::reset_password(&ctx, &actor, id).await?;
    Ok(Json(OneTimePasswordAnswer { one_time_password }))
}
