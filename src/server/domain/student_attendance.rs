//! One student for the API: the row, the department's text, and attendance in numbers.

use super::percentage::percentage;
use super::student_rows::to_rows;
use super::students;
use crate::app::error::AppError;
use crate::app::types::{RecordStatus, SessionId, SessionStatus, StudentId, StudentRow};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{attendance_records, attendance_sessions, departments, session_rosters};
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

/// Most records shown with a student.
const RECENT_MAX: u64 = 10;

/// A student with attendance.
#[derive(Clone, Debug, PartialEq)]
pub struct StudentOverview {
    pub row: StudentRow,
    pub department_description: String,
    pub stats: AttendanceStats,
    /// The latest session first; at most ten.
    pub recent: Vec<RecentRecord>,
}

/// Counts over the saved sessions on whose roster the student stands. Registers that the clock closed count once a
/// person confirmed them; cancelled sessions never do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AttendanceStats {
    pub sessions: u64,
    pub present: u64,
    pub absent: u64,
    pub late: u64,
    /// present / sessions × 100, two decimals; 0 without sessions.
    pub percentage: f64,
}

/// One record of the student.
#[derive(Clone, Debug, PartialEq)]
pub struct RecentRecord {
    pub session: SessionId,
    pub subject: String,
    pub date: NaiveDate,
    pub status: RecordStatus,
    pub timestamp: DateTime<Utc>,
}

/// The student with attendance, for staff and for the student's own account.
///
/// # Errors
/// [`AppError::NotFound`], also for students whom the actor may not see; internals.
pub async fn get_overview(ctx: &Ctx, actor: &Actor, id: StudentId) -> Result<StudentOverview> {
    let student = students::find_visible(ctx, actor, id).await?;
    let department = departments::Entity::find_by_id(student.department_id).one(&ctx.db).await?;
    let department_description = department.as_ref().map(|row| row.description.clone()).unwrap_or_default();
    let row = to_rows(ctx, vec![(student, department)]).await?.pop();
    Ok(StudentOverview {
        row: row.ok_or_else(|| AppError::not_found("Student", id))?,
        department_description,
        stats: stats_of(ctx, id).await?,
        recent: recent_of(ctx, id).await?,
    })
}

/// Saved by a person, or closed by the clock and confirmed: what [`super::sessions::stage`] calls done.
fn done() -> Condition {
    let by_person = Condition::any()
        .add(attendance_sessions::Column::ClosedBy.is_null())
        .add(attendance_sessions::Column::ClosedBy.ne("clock"))
        .add(attendance_sessions::Column::ConfirmedAt.is_not_null());
    Condition::all().add(attendance_sessions::Column::Status.eq(SessionStatus::Completed.as_str())).add(by_person)
}

async fn stats_of(ctx: &Ctx, id: StudentId) -> Result<AttendanceStats> {
    let sessions = session_rosters::Entity::find()
        .join(JoinType::InnerJoin, session_rosters::Relation::Session.def())
        .filter(session_rosters::Column::StudentId.eq(id.0))
        .filter(done())
        .count(&ctx.db)
        .await?;
    let counts: Vec<(String, i64)> = attendance_records::Entity::find()
        .select_only()
        .column(attendance_records::Column::Status)
        .column_as(attendance_records::Column::Id.count(), "records")
        .join(JoinType::InnerJoin, attendance_records::Relation::Session.def())
        .filter(attendance_records::Column::StudentId.eq(id.0))
        .filter(done())
        .group_by(attendance_records::Column::Status)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let of = |status: RecordStatus| {
        counts.iter().find(|(word, _)| word == status.as_str()).map_or(0, |(_, count)| count.unsigned_abs())
    };
    let (present, late) = (of(RecordStatus::Present), of(RecordStatus::Late));
    // Whoever stands on a saved register without a record was not there.
    let absent = sessions.saturating_sub(present + late + of(RecordStatus::Excused));
    Ok(AttendanceStats { sessions, present, absent, late, percentage: percentage(present, sessions) })
}

async fn recent_of(ctx: &Ctx, id: StudentId) -> Result<Vec<RecentRecord>> {
    let rows = attendance_records::Entity::find()
        .find_also_related(attendance_sessions::Entity)
        .filter(attendance_records::Column::StudentId.eq(id.0))
        .filter(attendance_sessions::Column::Status.ne(SessionStatus::Cancelled.as_str()))
        .order_by_desc(attendance_sessions::Column::Date)
        .order_by_desc(attendance_sessions::Column::StartTime)
        .order_by_desc(attendance_records::Column::Id)
        .limit(RECENT_MAX)
        .all(&ctx.db)
        .await?;
    let rows = rows.into_iter().filter_map(|(record, session)| {
        let session = session?;
        Some(RecentRecord {
            session: SessionId(session.id),
            subject: session.subject,
            date: session.date,
            status: record.status.parse().unwrap_or_default(),
            timestamp: record.timestamp,
        })
    });
    Ok(rows.collect())
}
