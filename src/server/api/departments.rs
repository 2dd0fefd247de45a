//! Departments.

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp};
use super::extract::{Admin, ApiJson, ApiPath, ApiQuery, SignedIn};
use super::paging::{Links, Paged, bounds};
use crate::app::types::{Department, DepartmentForm, DepartmentId};
use crate::server::domain::departments::{self, DepartmentChange, DepartmentFilter, DepartmentSort};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Addresses under `/api/departments/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(list_departments, create_department)).with(routes!(
        get_department,
        update_department,
        patch_department,
        delete_department
    ))
}

/// A department.
#[derive(Serialize, ToSchema)]
pub struct DepartmentAnswer {
    #[schema(value_type = i64)]
    id: DepartmentId,
    name: String,
    code: String,
    description: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

impl From<Department> for DepartmentAnswer {
    fn from(row: Department) -> Self {
        Self {
            id: row.id,
            name: row.name,
            code: row.code,
            description: row.description,
            created_at: timestamp(row.created_at),
            updated_at: timestamp(row.updated_at),
        }
    }
}

/// Which departments are wanted.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DepartmentQuery {
    #[param(minimum = 1, nullable = false)]
    page: Option<u64>,
    /// 20 by default; more than 100 is cut to 100.
    #[param(minimum = 1, nullable = false)]
    page_size: Option<u64>,
    /// Part of the name or of the code, whatever the case.
    #[param(nullable = false)]
    search: Option<String>,
    /// `code` by default.
    #[param(inline, nullable = false)]
    ordering: Option<DepartmentOrdering>,
}

/// Orders of the list; a dash turns one around.
#[derive(Clone, Copy, Deserialize, ToSchema)]
pub enum DepartmentOrdering {
    #[serde(rename = "name")]
    Name,
    #[serde(rename = "code")]
    Code,
    #[serde(rename = "created_at")]
    CreatedAt,
    #[serde(rename = "-name")]
    NameDescending,
    #[serde(rename = "-code")]
    CodeDescending,
    #[serde(rename = "-created_at")]
    CreatedAtDescending,
}

impl DepartmentOrdering {
    fn order(self) -> (DepartmentSort, bool) {
        match self {
            Self::Name => (DepartmentSort::Name, false),
            Self::Code => (DepartmentSort::Code, false),
            Self::CreatedAt => (DepartmentSort::CreatedAt, false),
            Self::NameDescending => (DepartmentSort::Name, true),
            Self::CodeDescending => (DepartmentSort::Code, true),
            Self::CreatedAtDescending => (DepartmentSort::CreatedAt, true),
        }
    }
}

/// Lists departments. Guard: everybody signed in.
///
/// # Errors
/// `validation_error`, `value_out_of_range`, `not_found` beyond the last page.
#[utoipa::path(get, path = "/api/departments/", tag = "Departments", security(("bearer" = [])),
    params(DepartmentQuery), responses((status = 200, body = Paged<DepartmentAnswer>), Failures))]
pub async fn list_departments(
    SignedIn(_): SignedIn,
    State(ctx): State<Ctx>,
    links: Links,
    ApiQuery(query): ApiQuery<DepartmentQuery>,
) -> ApiResult<Json<Paged<DepartmentAnswer>>> {
    let (page, page_size) = bounds(query.page, query.page_size)?;
    let (by, descending) = query.ordering.unwrap_or(DepartmentOrdering::Code).order();
    let filter = DepartmentFilter { search: query.search.unwrap_or_default(), by, descending, page, page_size };
    let listed = departments::page_departments(&ctx, &filter).await?;
    Ok(Json(links.page(listed, DepartmentAnswer::from)?))
}

/// A new department.
#[derive(Deserialize, ToSchema)]
pub struct NewDepartment {
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    name: String,
    /// Letters and digits; stored in upper case.
    #[serde(default)]
    #[schema(required, pattern = "^[A-Za-z0-9]{1,10}$")]
    code: String,
    #[schema(max_length = 2000)]
    description: Option<String>,
}

/// Creates a department. Guard: admins.
///
/// # Errors
/// `validation_error` with all fields.
#[utoipa::path(post, path = "/api/departments/", tag = "Departments", security(("bearer" = [])),
    request_body = NewDepartment, responses((status = 201, body = DepartmentAnswer), Failures))]
pub async fn create_department(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<NewDepartment>,
) -> ApiResult<(StatusCode, Json<DepartmentAnswer>)> {
    let description = body.description.unwrap_or_default();
    let form = DepartmentForm { id: None, name: body.name, code: body.code, description };
    let saved = departments::save_department(&ctx, &actor, form).await?;
    Ok((StatusCode::CREATED, Json(saved.into())))
}

/// Shows one department. Guard: everybody signed in.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/departments/{id}/", tag = "Departments", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = DepartmentAnswer), Failures))]
pub async fn get_department(
    SignedIn(_): SignedIn,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<DepartmentId>,
) -> ApiResult<Json<DepartmentAnswer>> {
    Ok(Json(departments::get_department(&ctx, id).await?.into()))
}

/// What shall change; absent fields stay.
#[derive(Deserialize, ToSchema)]
pub struct DepartmentChangeBody {
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    name: Option<String>,
    /// Letters and digits; stored in upper case.
    #[schema(pattern = "^[A-Za-z0-9]{1,10}$")]
    code: Option<String>,
    #[schema(max_length = 2000)]
    description: Option<String>,
}

/// Changes some of a department's fields. Guard: admins.
///
/// # Errors
/// `validation_error` with all fields, `not_found`.
#[utoipa::path(put, path = "/api/departments/{id}/", tag = "Departments", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), request_body = DepartmentChangeBody,
    responses((status = 200, body = DepartmentAnswer), Failures))]
pub async fn update_department(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<DepartmentId>,
    ApiJson(body): ApiJson<DepartmentChangeBody>,
) -> ApiResult<Json<DepartmentAnswer>> {
    let change = DepartmentChange { name: body.name, code: body.code, description: body.description };
    Ok(Json(departments::change_department(&ctx, &actor, id, change).await?.into()))
}

/// The same as PUT, which changes what is named alone. Guard: admins.
///
/// # Errors
/// As `update_department`.
#[utoipa::path(patch, path = "/api/departments/{id}/", tag = "Departments", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), request_body = DepartmentChangeBody,
    responses((status = 200, body = DepartmentAnswer), Failures))]
pub async fn patch_department(
    admin: Admin,
    ctx: State<Ctx>,
    id: ApiPath<DepartmentId>,
    body: ApiJson<DepartmentChangeBody>,
) -> ApiResult<Json<DepartmentAnswer>> {
    update_department(admin, ctx, id, body).await
}

/// Deletes a department that has neither students nor sessions nor teachers. Guard: admins.
///
/// # Errors
/// `deletion_error` while it is in use, `not_found`.
#[utoipa::path(delete, path = "/api/departments/{id}/", tag = "Departments", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), responses((status = 204, description = "Deleted"), Failures))]
pub async fn delete_department(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<DepartmentId>,
) -> ApiResult<StatusCode> {
    departments::delete_department(&ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
