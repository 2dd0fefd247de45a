//! Lists of attendance sessions.

use super::listing::{contains, offset_of, require_range};
use super::me::{self, Sight};
use super::sessions::to_rows_for;
use super::today;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{attendance_sessions, session_rosters};
use crate::server::error::Result;
use crate::server::state::Ctx;
use attendance_sessions::Column;
use sea_orm::{
    ColumnTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

/// One page of the sessions that the actor may see: a student those on whose roster they stand, with counts of
/// their own mark alone.
///
/// # Errors
/// A field error for a reversed date range; database trouble.
pub async fn list_sessions(ctx: &Ctx, actor: &Actor, filter: &SessionFilter) -> Result<Page<SessionRow>> {
    require_range(filter.date_from, filter.date_to)?;
    let sight = me::sight(ctx, actor).await?;
    let page = Ord::max(filter.page, 1);
    let page_size = if filter.page_size == 0 { PAGE_SIZE_DEFAULT } else { Ord::min(filter.page_size, PAGE_SIZE_MAX) };
    let mut query = attendance_sessions::Entity::find();
    match sight {
        Sight::All => {}
        Sight::Own(student) => query = query.filter(Column::Id.in_subquery(sessions_of(student))),
        Sight::Nothing => return Ok(Page { count: 0, page, page_size, results: Vec::new() }),
    }
    if let Some(department) = filter.department {
        query = query.filter(Column::DepartmentId.eq(department.0));
    }
    if let Some(from) = filter.date_from {
        query = query.filter(Column::Date.gte(from));
    }
    if let Some(to) = filter.date_to {
        query = query.filter(Column::Date.lte(to));
    }
    if let Some(status) = filter.status {
        query = query.filter(Column::Status.eq(status.as_str()));
    }
    if filter.owed {
        query = query.filter(today::owed(ctx, &today::own_departments(ctx, actor).await?));
    }
    if let Some(user) = filter.created_by {
        query = query.filter(Column::CreatedById.eq(user.0));
    }
    if let Some(condition) = contains(Column::Subject, &filter.subject) {
        query = query.filter(condition);
    }
    let count = query.clone().count(&ctx.db).await?;
    let rows = sorted(query, filter.ordering).offset(offset_of(page, page_size)).limit(page_size).all(&ctx.db).await?;
    Ok(Page { count, page, page_size, results: to_rows_for(ctx, rows, sight).await? })
}

/// The sessions on whose roster this student stands.
fn sessions_of(student: StudentId) -> sea_orm::sea_query::SelectStatement {
    session_rosters::Entity::find()
        .select_only()
        .column(session_rosters::Column::SessionId)
        .filter(session_rosters::Column::StudentId.eq(student.0))
        .into_query()
}

/// In an order without ties, so that no row is on two pages.
fn sorted(
    query: Select<attendance_sessions::Entity>,
    ordering: SessionOrdering,
) -> Select<attendance_sessions::Entity> {
    let (columns, order): (&[Column], Order) = match ordering {
        SessionOrdering::Latest => (&[Column::Date, Column::StartTime], Order::Desc),
        SessionOrdering::Earliest => (&[Column::Date, Column::StartTime], Order::Asc),
        SessionOrdering::Subject => (&[Column::Subject], Order::Asc),
        SessionOrdering::SubjectReversed => (&[Column::Subject], Order::Desc),
        SessionOrdering::OldestEntry => (&[Column::CreatedAt], Order::Asc),
        SessionOrdering::NewestEntry => (&[Column::CreatedAt], Order::Desc),
    };
    columns.iter().fold(query, |query, column| query.order_by(*column, order.clone())).order_by(Column::Id, order)
}
