//! What the database counts for the statistics.

use super::{CountedStudent, Counts, Group, StatisticsAsked};
use crate::app::types::{RecordStatus, StudentId};
use crate::server::db::entities::{attendance_records, attendance_sessions, students};
use crate::server::domain::listing::contains;
use crate::server::domain::sessions::counting;
use crate::server::domain::tally;
use crate::server::error::Result;
use crate::server::state::Ctx;
use attendance_records::Column as Record;
use attendance_sessions::Column as Session;
use chrono::NaiveDate;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, RelationTrait,
};
use std::collections::HashMap;

/// Names read by one statement.
const IDS_PER_QUERY: usize = 1_000;

/// Date, department, subject, number of sessions; records present, late, absent and excused.
type SessionCounts = (NaiveDate, i64, String, i64, i64, i64, i64, i64);

/// The sessions of one subject on one day in one department, with the counts of their records.
pub(super) struct CountedSessions {
    pub department: i64,
    pub date: NaiveDate,
    pub subject: String,
    pub sessions: u64,
    pub counts: Counts,
}

/// Everybody's records by what their sessions keep, or one student's records themselves. Sessions that nobody has a
/// record in are left out.
pub(super) async fn count_sessions(
    ctx: &Ctx,
    asked: &StatisticsAsked,
    student: Option<StudentId>,
) -> Result<Vec<CountedSessions>> {
    let rows: Vec<SessionCounts> = match student {
        None => {
            let records = Expr::col(Session::Present).add(Expr::col(Session::Late)).add(Expr::col(Session::Absent));
            attendance_sessions::Entity::find()
                .select_only()
                .filter(sessions(asked))
                .filter(records.add(Expr::col(Session::Excused)).gt(0))
                .columns([Session::Date, Session::DepartmentId, Session::Subject])
                // Not of a column: the index has no id.
                .column_as(Expr::col(Asterisk).count(), "sessions")
                .column_as(Session::Present.sum(), "present_sum")
                .column_as(Session::Late.sum(), "late_sum")
                .column_as(Session::Absent.sum(), "absent_sum")
                .column_as(Session::Excused.sum(), "excused_sum")
                .group_by(Session::Date)
                .group_by(Session::DepartmentId)
                .group_by(Session::Subject)
                .into_tuple()
                .all(&ctx.db)
                .await?
        }
        Some(student) => {
            attendance_records::Entity::find()
                .select_only()
                .join(JoinType::InnerJoin, attendance_records::Relation::Session.def())
                .filter(Record::StudentId.eq(student.0))
                .filter(sessions(asked))
                .columns([Session::Date, Session::DepartmentId, Session::Subject])
                .column_as(Expr::col(Asterisk).count(), "sessions")
                .column_as(records_of(RecordStatus::Present), "present_sum")
                .column_as(records_of(RecordStatus::Late), "late_sum")
                .column_as(records_of(RecordStatus::Absent), "absent_sum")
                .column_as(records_of(RecordStatus::Excused), "excused_sum")
                .group_by(Session::Date)
                .group_by(Session::DepartmentId)
                .group_by(Session::Subject)
                .into_tuple()
                .all(&ctx.db)
                .await?
        }
    };
    let rows = rows.into_iter().map(|(date, department, subject, sessions, present, late, absent, excused)| {
        let counts = counts(present, late, absent, excused);
        CountedSessions { department, date, subject, sessions: sessions.unsigned_abs(), counts }
    });
    Ok(rows.collect())
}

/// The records of each student who has any, in no order: out of the lines that closed registers keep, or one student's
/// records themselves.
pub(super) async fn count_students(
    ctx: &Ctx,
    asked: &StatisticsAsked,
    student: Option<StudentId>,
) -> Result<Vec<(StudentId, Counts)>> {
    if let Some(student) = student {
        return Ok(count_student(ctx, asked, student).await?.into_iter().collect());
    }
    let join = match ctx.db.get_database_backend() {
        DbBackend::Sqlite => "group_concat",
        _ => "string_agg",
    };
    let joined: Option<Option<String>> = attendance_sessions::Entity::find()
        .select_only()
        .filter(sessions(asked))
        .expr_as(Func::cust(join).arg(Expr::col(Session::Tally)).arg(""), "tallies")
        .into_tuple()
        .one(&ctx.db)
        .await?;
    // A year of a large school is some megabytes of digits.
    let sums = tokio::task::spawn_blocking(move || tally::sum(&joined.flatten().unwrap_or_default())).await;
    Ok(sums.map_err(anyhow::Error::from)?.into_iter().collect())
}

/// The records of one student; absent when there are none.
async fn count_student(ctx: &Ctx, asked: &StatisticsAsked, student: StudentId) -> Result<Option<(StudentId, Counts)>> {
    let under: SelectStatement =
        attendance_sessions::Entity::find().select_only().column(Session::Id).filter(sessions(asked)).into_query();
    let counted: Option<(i64, i64, i64, i64)> = attendance_records::Entity::find()
        .select_only()
        .filter(Record::StudentId.eq(student.0))
        .filter(Record::SessionId.in_subquery(under))
        .column_as(records_of(RecordStatus::Present), "present")
        .column_as(records_of(RecordStatus::Late), "late")
        .column_as(records_of(RecordStatus::Absent), "absent")
        .column_as(records_of(RecordStatus::Excused), "excused")
        .group_by(Record::StudentId)
        .into_tuple()
        .one(&ctx.db)
        .await?;
    Ok(counted.map(|(present, late, absent, excused)| (student, counts(present, late, absent, excused))))
}

/// Roll numbers and names of these students.
///
/// # Errors
/// When the database fails.
pub async fn name_students(ctx: &Ctx, ids: &[StudentId]) -> Result<HashMap<StudentId, (String, String)>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(IDS_PER_QUERY) {
        let names: Vec<(i64, String, String)> = students::Entity::find()
            .select_only()
            .columns([students::Column::Id, students::Column::RollNo, students::Column::Name])
            .filter(students::Column::Id.is_in(some.iter().map(|id| id.0)))
            .into_tuple()
            .all(&ctx.db)
            .await?;
        found.extend(names.into_iter().map(|(id, roll_no, name)| (StudentId(id), (roll_no, name))));
    }
    Ok(found)
}

/// Counts with names, in roll-number order.
pub(super) async fn named(ctx: &Ctx, counted: Vec<(StudentId, Counts)>) -> Result<Vec<Group<CountedStudent>>> {
    let ids: Vec<StudentId> = counted.iter().map(|(id, _)| *id).collect();
    let mut names = name_students(ctx, &ids).await?;
    let groups = counted.into_iter().filter_map(|(id, counts)| {
        let (roll_no, name) = names.remove(&id)?;
        // A student has one record in a session.
        Some(Group { key: CountedStudent { id, roll_no, name }, sessions: counts.total, counts })
    });
    let mut groups: Vec<_> = groups.collect();
    groups.sort_by(|a, b| a.key.roll_no.cmp(&b.key.roll_no));
    Ok(groups)
}

fn records_of(status: RecordStatus) -> Expr {
    Expr::case(Record::Status.eq(status.as_str()), 1).finally(0).sum()
}

fn counts(present: i64, late: i64, absent: i64, excused: i64) -> Counts {
    let [present, late, absent, excused] = [present, late, absent, excused].map(i64::unsigned_abs);
    Counts { total: present + late + absent + excused, present, absent, late, excused }
}

/// The sessions that count.
fn sessions(asked: &StatisticsAsked) -> Condition {
    counting().add(within(asked))
}

/// The sessions of the period, the department and the subject, whatever their state.
pub fn within(asked: &StatisticsAsked) -> Condition {
    Condition::all()
        .add(Session::Date.between(asked.date_from, asked.date_to))
        .add_option(asked.department.map(|department| Session::DepartmentId.eq(department.0)))
        .add_option(contains(Session::Subject, &asked.subject))
}
