//! How well the stored faces serve.

#![expect(unused_qualifications, reason = "the macro that makes the document writes them")]

use super::WithDoors;
use super::envelope::{ApiResult, Failures, two_decimals};
use super::extract::{Admin, ApiPath, ApiQuery};
use super::paging;
use crate::app::types::{GalleryHealth, IncoherentStudent, LookalikePair, Page, SetAsideTemplate, StudentRef};
use crate::server::domain::{gallery_health, gallery_report};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/ai/gallery-health/` and what can be done there.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(get_gallery_health)).with(routes!(use_template_again))
}

/// Which page of each list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HealthQuery {
    #[param(minimum = 1)]
    page: Option<u64>,
    #[param(minimum = 1)]
    page_size: Option<u64>,
}

/// Counts and one page of each list, the worst first.
#[derive(Serialize, ToSchema)]
pub struct GalleryHealthAnswer {
    /// Active students whose face is searched.
    students_with_face: u64,
    students_without_face: u64,
    /// Students with one searched template alone.
    students_with_one_template: u64,
    /// Students whose searched templates do not agree.
    incoherent: IncoherentList,
    /// Templates that are kept and not searched.
    set_aside: SetAsideList,
    /// Students of one department whose nearest templates lie within the accept line.
    lookalikes: LookalikeList,
}

/// Students whose searched templates do not agree.
#[derive(Serialize, ToSchema)]
pub struct IncoherentList {
    /// Of all pages.
    count: u64,
    results: Vec<IncoherentBody>,
}

/// A student whose searched templates do not agree.
#[derive(Serialize, ToSchema)]
pub struct IncoherentBody {
    student: NamedStudent,
    /// Searched templates.
    templates: u64,
    /// Cosine distance of the loneliest template to the nearest of the others.
    spread: f64,
}

/// Templates that are kept and not searched.
#[derive(Serialize, ToSchema)]
pub struct SetAsideList {
    /// Of all pages.
    count: u64,
    results: Vec<SetAsideBody>,
}

/// A template that is kept and not searched.
#[derive(Serialize, ToSchema)]
pub struct SetAsideBody {
    #[schema(minimum = 1)]
    template_id: i64,
    student: NamedStudent,
    #[schema(pattern = "^(nearer_to_other|unlike_the_rest)$")]
    reason: &'static str,
    /// The reason in a sentence.
    message: String,
}

/// Pairs of students who look alike.
#[derive(Serialize, ToSchema)]
pub struct LookalikeList {
    /// Of all pages.
    count: u64,
    results: Vec<LookalikeBody>,
}

/// Two students of one department who look alike: the machine never marks either alone where both are on the roster.
#[derive(Serialize, ToSchema)]
pub struct LookalikeBody {
    #[schema(min_items = 2, max_items = 2)]
    students: Vec<NamedStudent>,
    /// Cosine distance of their nearest templates.
    distance: f64,
}

/// A student by name.
#[derive(Serialize, ToSchema)]
pub struct NamedStudent {
    #[schema(minimum = 1)]
    id: i64,
    roll_no: String,
    name: String,
}

/// A template that is searched again.
#[derive(Serialize, ToSchema)]
pub struct UsedTemplate {
    #[schema(minimum = 1)]
    template_id: i64,
    /// Whose it is.
    #[schema(minimum = 1)]
    student_id: i64,
}

impl From<StudentRef> for NamedStudent {
    fn from(student: StudentRef) -> Self {
        Self { id: student.id.0, roll_no: student.roll_no, name: student.name }
    }
}

impl From<GalleryHealth> for GalleryHealthAnswer {
    fn from(health: GalleryHealth) -> Self {
        let GalleryHealth { with_face, without_face, with_one, incoherent, set_aside, lookalikes } = health;
        let (count, results) = listed(incoherent, |found: IncoherentStudent| IncoherentBody {
            student: found.student.into(),
            templates: found.templates,
            spread: two_decimals(found.spread.into()),
        });
        let incoherent = IncoherentList { count, results };
        let (count, results) = listed(set_aside, |found: SetAsideTemplate| SetAsideBody {
            template_id: found.id,
            student: found.student.into(),
            reason: found.reason.as_str(),
            message: found.sentence,
        });
        let set_aside = SetAsideList { count, results };
        let (count, results) = listed(lookalikes, |pair: LookalikePair| LookalikeBody {
            students: pair.students.map(NamedStudent::from).into(),
            distance: two_decimals(pair.distance.into()),
        });
        Self {
            students_with_face: with_face,
            students_without_face: without_face,
            students_with_one_template: with_one,
            incoherent,
            set_aside,
            lookalikes: LookalikeList { count, results },
        }
    }
}

fn listed<T, B>(page: Page<T>, body: impl FnMut(T) -> B) -> (u64, Vec<B>) {
    (page.count, page.results.into_iter().map(body).collect())
}

/// Tells which faces serve badly. Guard: admins.
///
/// # Errors
/// `validation_error`, `insufficient_permissions`.
#[utoipa::path(get, path = "/api/ai/gallery-health/", tag = "Recognition", params(HealthQuery),
    security(("bearer" = [])), responses((status = 200, body = GalleryHealthAnswer), Failures))]
pub async fn get_gallery_health(
    Admin(_): Admin,
    State(ctx): State<Ctx>,
    ApiQuery(query): ApiQuery<HealthQuery>,
) -> ApiResult<Json<GalleryHealthAnswer>> {
    let (page, page_size) = paging::bounds(query.page, query.page_size)?;
    Ok(Json(gallery_report::get_gallery_health(&ctx, page, page_size).await?.into()))
}

/// Searches a template again that was set aside; the machine leaves it alone from then on. Guard: admins.
///
/// # Errors
/// `not_found`, `rule_error` for one that is searched, `insufficient_permissions`.
#[utoipa::path(post, path = "/api/ai/templates/{id}/use-again/", tag = "Recognition", security(("bearer" = [])),
    params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = UsedTemplate), Failures))]
pub async fn use_template_again(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiPath(template_id): ApiPath<i64>,
) -> ApiResult<Json<UsedTemplate>> {
    let student = gallery_health::use_again(&ctx, &actor, template_id).await?;
    Ok(Json(UsedTemplate { template_id, student_id: student.0 }))
}
