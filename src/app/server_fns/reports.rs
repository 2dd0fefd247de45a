//! Reports.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// The numbers of a period.
#[server(prefix = "/fn", endpoint = "get_report", output = Postcard)]
pub async fn get_report(filter: ReportFilter) -> Result<Report, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::reports::get_report(&ctx, &actor, &filter).await).await
}

/// One page of the students by their attendance, the lowest first.
#[server(prefix = "/fn", endpoint = "list_report_students", output = Postcard)]
pub async fn list_report_students(filter: ReportFilter) -> Result<ReportList<ReportPart<StudentRef>>, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::reports::list_report_students(&ctx, &actor, &filter).await).await
}

/// One page of the sessions whose register is still owed.
#[server(prefix = "/fn", endpoint = "list_without_register", output = Postcard)]
pub async fn list_without_register(filter: ReportFilter) -> Result<ReportList<SessionRow>, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, _| domain::reports::list_without_register(&ctx, &filter).await).await
}

/// How far one's own long file is.
#[server(prefix = "/fn", endpoint = "get_long_export", output = Postcard)]
pub async fn get_long_export(id: String) -> Result<LongExport, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::exports::long::get(&ctx, &actor, &id)).await
}
