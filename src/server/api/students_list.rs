//! The list of students.

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp};
use super::extract::{ApiQuery, Staff};
use super::paging::{Links, Paged, bounds};
use super::shapes::DepartmentBody;
use crate::app::error::AppError;
use crate::app::types::{DepartmentId, StudentFilter, StudentId, StudentRow};
use crate::server::domain::student_list::{self, StudentFacets, StudentOrder, StudentSort};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/students/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(list_students))
}

/// Which students are wanted.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StudentQuery {
    #[param(minimum = 1, nullable = false)]
    page: Option<u64>,
    /// 20 by default; more than 100 is cut to 100.
    #[param(minimum = 1, nullable = false)]
    page_size: Option<u64>,
    /// Id of a department.
    #[param(minimum = 1, nullable = false)]
    department: Option<i64>,
    /// Part of the name or of the roll number, whatever the case.
    #[param(nullable = false)]
    search: Option<String>,
    #[param(nullable = false)]
    is_active: Option<bool>,
    /// `roll_no` by default.
    #[param(inline, nullable = false)]
    ordering: Option<StudentOrdering>,
}

/// Orders of the list; a dash turns one around.
#[derive(Clone, Copy, Deserialize, ToSchema)]
pub enum StudentOrdering {
    #[serde(rename = "name")]
    Name,
    #[serde(rename = "roll_no")]
    RollNo,
    #[serde(rename = "created_at")]
    CreatedAt,
    #[serde(rename = "-name")]
    NameDescending,
    #[serde(rename = "-roll_no")]
    RollNoDescending,
    #[serde(rename = "-created_at")]
    CreatedAtDescending,
}

impl From<StudentOrdering> for StudentOrder {
    fn from(word: StudentOrdering) -> Self {
        let (by, descending) = match word {
            StudentOrdering::Name => (StudentSort::Name, false),
            StudentOrdering::RollNo => (StudentSort::RollNo, false),
            StudentOrdering::CreatedAt => (StudentSort::CreatedAt, false),
            StudentOrdering::NameDescending => (StudentSort::Name, true),
            StudentOrdering::RollNoDescending => (StudentSort::RollNo, true),
            StudentOrdering::CreatedAtDescending => (StudentSort::CreatedAt, true),
        };
        Self { by, descending }
    }
}

/// One page of students, with counts of all.
#[derive(Serialize, ToSchema)]
pub struct StudentsPage {
    #[serde(flatten)]
    page: Paged<StudentItem>,
    facets: Facets,
}

/// Counts over all students, whatever the filter and the page.
#[derive(Serialize, ToSchema)]
pub struct Facets {
    total_students: u64,
    active_students: u64,
    inactive_students: u64,
    /// Students by the department's name.
    by_department: BTreeMap<String, u64>,
}

impl From<StudentFacets> for Facets {
    fn from(facets: StudentFacets) -> Self {
        Self {
            total_students: facets.total,
            active_students: facets.active,
            inactive_students: facets.inactive,
            by_department: facets.by_department,
        }
    }
}

/// A student in a list.
#[derive(Serialize, ToSchema)]
pub struct StudentItem {
    #[schema(value_type = i64)]
    id: StudentId,
    roll_no: String,
    name: String,
    email: String,
    phone: String,
    department: DepartmentBody,
    /// Path of the current photo.
    photo: Option<String>,
    is_active: bool,
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<StudentRow> for StudentItem {
    fn from(row: StudentRow) -> Self {
        Self {
            id: row.id,
            roll_no: row.roll_no,
            name: row.name,
            email: row.email,
            phone: row.phone,
            department: row.department.into(),
            photo: row.photo,
            is_active: row.is_active,
            created_at: timestamp(row.created_at),
        }
    }
}

/// Lists students. Guard: staff.
///
/// # Errors
/// `validation_error`, `value_out_of_range`, `not_found` beyond the last page.
#[utoipa::path(get, path = "/api/students/", tag = "Students", security(("bearer" = [])), params(StudentQuery),
    responses((status = 200, body = StudentsPage), Failures))]
pub async fn list_students(
    Staff(_): Staff,
    State(ctx): State<Ctx>,
    links: Links,
    ApiQuery(query): ApiQuery<StudentQuery>,
) -> ApiResult<Json<StudentsPage>> {
    let (page, page_size) = bounds(query.page, query.page_size)?;
    if query.department.is_some_and(|id| id < 1) {
        return Err(AppError::OutOfRange { field: "department".into(), range: "1 and above".into() }.into());
    }
    let filter = StudentFilter {
        search: query.search.unwrap_or_default(),
        department: query.department.map(DepartmentId),
        is_active: query.is_active,
        page,
        page_size,
        ..StudentFilter::default()
    };
    let order = query.ordering.map(StudentOrder::from).unwrap_or_default();
    let listed = student_list::list_students_by(&ctx, &filter, order).await?;
    let page = links.page(listed, StudentItem::from)?;
    Ok(Json(StudentsPage { page, facets: student_list::student_facets(&ctx).await?.into() }))
}
