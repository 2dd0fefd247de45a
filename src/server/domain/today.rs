//! The first screen of teachers: the day's sessions, what is owed, and what a new session starts with.

use super::contest_list;
use super::sessions::{owing, to_rows};
use crate::app::types::{DepartmentId, DepartmentRef, Role, Today};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{attendance_sessions, departments};
use crate::server::error::Result;
use crate::server::state::Ctx;
use attendance_sessions::Column;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// Subjects proposed on the first screen.
const SUBJECTS_MAX: u64 = 12;
/// Registers of earlier days that stand on the first screen itself; a link leads to all of them.
const OWED_SHOWN: u64 = 5;

/// Today's sessions, what is still owed, and what a new session needs.
///
/// # Errors
/// When the database fails.
pub async fn get_today(ctx: &Ctx, actor: &Actor) -> Result<Today> {
    let wall = ctx.clock.wall();
    let departments = own_departments(ctx, actor).await?;
    let mine = in_any(&departments);
    let today = attendance_sessions::Entity::find()
        .filter(mine.clone())
        .filter(Column::Date.eq(wall.date()))
        .order_by_asc(Column::StartTime)
        .order_by_asc(Column::Id)
        .all(&ctx.db)
        .await?;
    let owed = attendance_sessions::Entity::find().filter(owed(ctx, &departments));
    let owed_count = owed.clone().count(&ctx.db).await?;
    let owed = owed
        .order_by_desc(Column::Date)
        .order_by_desc(Column::StartTime)
        .order_by_desc(Column::Id)
        .limit(OWED_SHOWN)
        .all(&ctx.db)
        .await?;
    let subjects: Vec<(String, Option<i64>)> = attendance_sessions::Entity::find()
        .select_only()
        .column(Column::Subject)
        .column_as(Column::Id.max(), "latest")
        .filter(mine.clone())
        .group_by(Column::Subject)
        .order_by_desc(Column::Id.max())
        .limit(SUBJECTS_MAX)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let anybodys = last_sessions(ctx, mine.clone()).await?;
    let own = last_sessions(ctx, mine.add(Column::CreatedById.eq(actor.user_id.0))).await?;
    Ok(Today {
        date: wall.date(),
        now: wall.time(),
        sessions: to_rows(ctx, today).await?,
        owed: to_rows(ctx, owed).await?,
        owed_count,
        contests: contest_list::count_open(ctx, actor).await?,
        department: proposed_department(actor, &departments, &own),
        last_subjects: last_subjects(&departments, &own, &anybodys),
        departments,
        subjects: subjects.into_iter().map(|(subject, _)| subject).collect(),
    })
}

/// Registers of earlier days in these departments that are still open, or that the clock closed and nobody confirmed.
pub fn owed(ctx: &Ctx, departments: &[DepartmentRef]) -> Condition {
    in_any(departments).add(Column::Date.lt(ctx.clock.wall().date())).add(owing())
}

/// Departments the actor may start sessions in.
///
/// # Errors
/// When the database fails.
pub async fn own_departments(ctx: &Ctx, actor: &Actor) -> Result<Vec<DepartmentRef>> {
    if actor.role != Role::Admin {
        return Ok(actor.departments.clone());
    }
    let rows = departments::Entity::find().order_by_asc(departments::Column::Code).all(&ctx.db).await?;
    Ok(rows.into_iter().map(DepartmentRef::from).collect())
}

fn in_any(departments: &[DepartmentRef]) -> Condition {
    Condition::all().add(Column::DepartmentId.is_in(departments.iter().map(|department| department.id.0)))
}

/// The last session entered in each department: its id and subject.
async fn last_sessions(ctx: &Ctx, wanted: Condition) -> Result<HashMap<i64, (i64, String)>> {
    let latest: Vec<(i64, Option<i64>)> = attendance_sessions::Entity::find()
        .select_only()
        .column(Column::DepartmentId)
        .column_as(Column::Id.max(), "latest")
        .filter(wanted)
        .group_by(Column::DepartmentId)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let rows = attendance_sessions::Entity::find()
        .filter(Column::Id.is_in(latest.into_iter().filter_map(|(_, id)| id)))
        .all(&ctx.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.department_id, (row.id, row.subject))).collect())
}

/// Where the actor started their last session; else a teacher's first department, which the admin put first.
fn proposed_department(
    actor: &Actor,
    departments: &[DepartmentRef],
    own: &HashMap<i64, (i64, String)>,
) -> Option<DepartmentId> {
    let last = own.iter().max_by_key(|(_, (session, _))| *session).map(|(department, _)| DepartmentId(*department));
    let first = departments.first().filter(|_| actor.role == Role::Teacher || departments.len() == 1);
    last.or(first.map(|department| department.id))
}

/// What the actor taught last in each department, else what anybody did.
fn last_subjects(
    departments: &[DepartmentRef],
    own: &HashMap<i64, (i64, String)>,
    anybodys: &HashMap<i64, (i64, String)>,
) -> Vec<(DepartmentId, String)> {
    let last = |id: DepartmentId| own.get(&id.0).or_else(|| anybodys.get(&id.0)).map(|(_, subject)| subject.clone());
    departments.iter().filter_map(|department| Some((department.id, last(department.id)?))).collect()
}
