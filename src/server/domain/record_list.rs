//! Lists of attendance records, single records, and their history.

use super::listing::{contains, offset_of, require_range};
use super::me::{self, Sight};
use super::register::display_name;
use super::sessions::counting;
use super::{audit, records};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{attendance_records, attendance_sessions, audit_log, departments, students, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use attendance_records::Column;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use std::collections::{HashMap, HashSet};

/// Rows whose names are read by one statement.
const IDS_PER_QUERY: usize = 1_000;

/// Filters of the list; what is absent filters nothing.
#[derive(Clone, Debug, Default)]
pub struct RecordFilter {
    pub session: Option<SessionId>,
    pub student: Option<StudentId>,
    /// Of the session.
    pub department: Option<DepartmentId>,
    /// Part of the session's subject.
    pub subject: String,
    /// The session's date, both ends included.
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    pub status: Option<RecordStatus>,
    /// Leaves out the sessions that count in no percentage.
    pub counting_only: bool,
}

/// One record with the names it is read by.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordRow {
    pub id: RecordId,
    pub session: SessionId,
    pub subject: String,
    pub date: NaiveDate,
    /// Name of the session's department.
    pub department: String,
    pub student: StudentRef,
    pub status: RecordStatus,
    /// 0 to 1; for staff alone.
    pub confidence: Option<f64>,
    pub timestamp: DateTime<Utc>,
    /// Absent when that person's account is gone.
    pub marked_by: Option<String>,
    pub method: Method,
    pub manual_override: bool,
    pub notes: String,
}

/// One page of the records that the actor may see, the newest first. Students get their own, whatever the filter.
///
/// # Errors
/// A field error for a reversed range; database trouble.
pub async fn list_records(
    ctx: &Ctx,
    actor: &Actor,
    filter: &RecordFilter,
    page: u64,
    page_size: u64,
) -> Result<Page<RecordRow>> {
    let Some((query, sight)) = select(ctx, actor, filter).await? else {
        return Ok(Page { count: 0, page, page_size, results: Vec::new() });
    };
    let count = query.clone().count(&ctx.db).await?;
    let rows = sorted(query).offset(offset_of(page, page_size)).limit(page_size).all(&ctx.db).await?;
    Ok(Page { count, page, page_size, results: to_rows(ctx, rows, sight).await? })
}

/// All records under the filter, for exports.
///
/// # Errors
/// As [`list_records`]; [`AppError::Rule`] for more than `rows_max` records.
pub async fn all_records(ctx: &Ctx, actor: &Actor, filter: &RecordFilter, rows_max: u64) -> Result<Vec<RecordRow>> {
    let Some((query, sight)) = select(ctx, actor, filter).await? else { return Ok(Vec::new()) };
    // Looked at before anything is sorted or read whole: of millions of records that takes seconds.
    let some: Vec<i64> =
        query.clone().select_only().column(Column::Id).limit(rows_max + 1).into_tuple().all(&ctx.db).await?;
    if some.len() as u64 > rows_max {
        return Err(AppError::Rule(tr!("domain-records-too-many", most = rows_max)).into());
    }
    let rows = sorted(query).limit(rows_max).all(&ctx.db).await?;
    to_rows(ctx, rows, sight).await
}

/// Whether the actor's records under the filter are more than this many.
///
/// # Errors
/// As [`list_records`].
pub async fn are_more_than(ctx: &Ctx, actor: &Actor, filter: &RecordFilter, rows: u64) -> Result<bool> {
    let Some((query, _)) = select(ctx, actor, filter).await? else { return Ok(false) };
    // The one behind them is enough: millions are not counted.
    let next: Option<i64> =
        query.select_only().column(Column::Id).offset(rows).limit(1).into_tuple().one(&ctx.db).await?;
    Ok(next.is_some())
}

/// All records under a filter, some at a time, as a long export needs them. They are those of one moment; each is told
/// as it is when its turn comes, and one that is gone by then is left out.
pub struct RecordReader {
    ids: std::vec::IntoIter<i64>,
    sight: Sight,
    names: Names,
}

impl RecordReader {
    /// Finds them, the newest first.
    ///
    /// # Errors
    /// As [`list_records`]; [`AppError::Rule`] for more than `rows_max` records.
    pub async fn open(ctx: &Ctx, actor: &Actor, filter: &RecordFilter, rows_max: u64) -> Result<Self> {
        let (mut ids, mut sight) = (Vec::new(), Sight::Nothing);
        if let Some((query, seen)) = select(ctx, actor, filter).await? {
            let query = sorted(query.select_only().column(Column::Id)).limit(rows_max + 1);
            (ids, sight) = (query.into_tuple().all(&ctx.db).await?, seen);
        }
        if ids.len() as u64 > rows_max {
            return Err(AppError::Rule(tr!("domain-records-too-many", most = rows_max)).into());
        }
        Ok(Self { ids: ids.into_iter(), sight, names: Names::default() })
    }

    /// How many are still to come.
    pub fn left(&self) -> usize {
        self.ids.len()
    }

    /// The next ones; none at the end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self, ctx: &Ctx) -> Result<Vec<RecordRow>> {
        let some: Vec<i64> = self.ids.by_ref().take(IDS_PER_QUERY).collect();
        let found = attendance_records::Entity::find().filter(Column::Id.is_in(some.iter().copied())).all(&ctx.db);
        let mut records: HashMap<i64, _> = found.await?.into_iter().map(|record| (record.id, record)).collect();
        let records: Vec<_> = some.iter().filter_map(|id| records.remove(id)).collect();
        self.names.learn(ctx, &records).await?;
        Ok(records.into_iter().filter_map(|record| self.names.row(record, self.sight)).collect())
    }
}

/// One record that the actor may see.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn get_record(ctx: &Ctx, actor: &Actor, id: RecordId) -> Result<RecordRow> {
    let sight = me::sight(ctx, actor).await?;
    let record = attendance_records::Entity::find_by_id(id.0).one(&ctx.db).await?;
    let record = record.filter(|record| match sight {
        Sight::All => true,
        Sight::Own(student) => record.student_id == student.0,
        Sight::Nothing => false,
    });
    let rows = to_rows(ctx, record.into_iter().collect(), sight).await?;
    Ok(rows.into_iter().next().ok_or_else(|| AppError::not_found("Attendance record", id))?)
}

/// The records of these students in one session, in roll-number order.
///
/// # Errors
/// When the database fails.
pub async fn records_of(ctx: &Ctx, actor: &Actor, session: SessionId, only: &[StudentId]) -> Result<Vec<RecordRow>> {
    let filter = RecordFilter { session: Some(session), ..RecordFilter::default() };
    let Some((query, sight)) = select(ctx, actor, &filter).await? else { return Ok(Vec::new()) };
    let found = query.filter(Column::StudentId.is_in(only.iter().map(|id| id.0))).all(&ctx.db).await?;
    let mut rows = to_rows(ctx, found, sight).await?;
    rows.sort_by(|a, b| a.student.roll_no.cmp(&b.student.roll_no));
    Ok(rows)
}

/// What the audit log tells of a record, the oldest first: its own changes, and the closing of its session.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn record_history(ctx: &Ctx, id: RecordId) -> Result<Vec<audit::AuditRow>> {
    let record = attendance_records::Entity::find_by_id(id.0).one(&ctx.db).await?;
    let record = record.ok_or_else(|| AppError::not_found("Attendance record", id))?;
    let own = Condition::all()
        .add(audit_log::Column::ObjectType.eq(records::RECORD))
        .add(audit_log::Column::ObjectId.eq(records::audit_key(record.session_id, record.student_id)));
    let of_session = Condition::all()
        .add(audit_log::Column::ObjectType.eq("session"))
        .add(audit_log::Column::ObjectId.eq(record.session_id.to_string()))
        .add(audit_log::Column::Action.is_in(["record.rest", "session.complete", "session.auto_close"]));
    let rows = audit_log::Entity::find()
        .filter(Condition::any().add(own).add(of_session))
        .order_by_asc(audit_log::Column::Id)
        .all(&ctx.db)
        .await?;
    Ok(rows.into_iter().map(audit::to_row).collect())
}

/// The records under the filter that the actor may see; nothing for an account that sees nobody.
async fn select(
    ctx: &Ctx,
    actor: &Actor,
    filter: &RecordFilter,
) -> Result<Option<(Select<attendance_records::Entity>, Sight)>> {
    require_range(filter.date_from, filter.date_to)?;
    let sight = me::sight(ctx, actor).await?;
    let student = match sight {
        Sight::All => filter.student,
        Sight::Own(student) => Some(student),
        Sight::Nothing => return Ok(None),
    };
    let mut query = attendance_records::Entity::find();
    if let Some(session) = filter.session {
        query = query.filter(Column::SessionId.eq(session.0));
    }
    if let Some(student) = student {
        query = query.filter(Column::StudentId.eq(student.0));
    }
    if let Some(status) = filter.status {
        query = query.filter(Column::Status.eq(status.as_str()));
    }
    let of_session = filter.department.is_some() || filter.date_from.is_some() || filter.date_to.is_some();
    if of_session || filter.counting_only || !filter.subject.trim().is_empty() {
        query = query.filter(Column::SessionId.in_subquery(sessions_under(filter)));
    }
    Ok(Some((query, sight)))
}

fn sessions_under(filter: &RecordFilter) -> sea_orm::sea_query::SelectStatement {
    let mut sessions = attendance_sessions::Entity::find().select_only().column(attendance_sessions::Column::Id);
    if let Some(department) = filter.department {
        sessions = sessions.filter(attendance_sessions::Column::DepartmentId.eq(department.0));
    }
    if let Some(from) = filter.date_from {
        sessions = sessions.filter(attendance_sessions::Column::Date.gte(from));
    }
    if let Some(to) = filter.date_to {
        sessions = sessions.filter(attendance_sessions::Column::Date.lte(to));
    }
    if let Some(condition) = contains(attendance_sessions::Column::Subject, &filter.subject) {
        sessions = sessions.filter(condition);
    }
    if filter.counting_only {
        sessions = sessions.filter(counting());
    }
    sessions.into_query()
}

fn sorted(query: Select<attendance_records::Entity>) -> Select<attendance_records::Entity> {
    query.order_by_desc(Column::Timestamp).order_by_desc(Column::Id)
}

/// Records with their names, in the given order.
async fn to_rows(ctx: &Ctx, records: Vec<attendance_records::Model>, sight: Sight) -> Result<Vec<RecordRow>> {
    let mut names = Names::default();
    names.learn(ctx, &records).await?;
    Ok(records.into_iter().filter_map(|record| names.row(record, sight)).collect())
}

/// What the rows of a list point at, by id.
#[derive(Default)]
struct Names {
    sessions: HashMap<i64, attendance_sessions::Model>,
    departments: HashMap<i64, String>,
    students: HashMap<i64, StudentRef>,
    users: HashMap<i64, String>,
}

impl Names {
    /// Reads what these point at and is not known yet.
    async fn learn(&mut self, ctx: &Ctx, records: &[attendance_records::Model]) -> Result<()> {
        let names = self;
        for some in unknown(records.iter().map(|record| record.session_id), &names.sessions).chunks(IDS_PER_QUERY) {
            let ids = attendance_sessions::Column::Id.is_in(some.iter().copied());
            let rows = attendance_sessions::Entity::find().filter(ids).all(&ctx.db).await?;
            names.sessions.extend(rows.into_iter().map(|row| (row.id, row)));
        }
        for some in unknown(records.iter().map(|record| record.student_id), &names.students).chunks(IDS_PER_QUERY) {
            let rows = students::Entity::find().filter(students::Column::Id.is_in(some.iter().copied()));
            names.students.extend(
                rows.all(&ctx.db)
                    .await?
                    .into_iter()
                    .map(|row| (row.id, StudentRef { id: StudentId(row.id), roll_no: row.roll_no, name: row.name })),
            );
        }
        for some in unknown(records.iter().filter_map(|record| record.marked_by_id), &names.users).chunks(IDS_PER_QUERY)
        {
            let rows = users::Entity::find().filter(users::Column::Id.is_in(some.iter().copied())).all(&ctx.db).await?;
            names.users.extend(rows.into_iter().map(|user| (user.id, display_name(&user))));
        }
        let departments_of = names.sessions.values().map(|session| session.department_id);
        for some in unknown(departments_of, &names.departments).chunks(IDS_PER_QUERY) {
            let ids = departments::Column::Id.is_in(some.iter().copied());
            let rows = departments::Entity::find().filter(ids).all(&ctx.db).await?;
            names.departments.extend(rows.into_iter().map(|row| (row.id, row.name)));
        }
        Ok(())
    }

    /// The keys of the schema see to it that everything is there.
    fn row(&self, record: attendance_records::Model, sight: Sight) -> Option<RecordRow> {
        let session = self.sessions.get(&record.session_id)?;
        let method = record.method.parse().unwrap_or_default();
        let person = record.marked_by_id.and_then(|user| self.users.get(&user).cloned());
        Some(RecordRow {
            id: RecordId(record.id),
            session: SessionId(session.id),
            subject: session.subject.clone(),
            date: session.date,
            department: self.departments.get(&session.department_id).cloned().unwrap_or_default(),
            student: self.students.get(&record.student_id)?.clone(),
            status: record.status.parse().ok()?,
            confidence: record.confidence.filter(|_| sight == Sight::All),
            timestamp: record.timestamp,
            marked_by: marked_by(method, record.manual_override, person),
            method,
            manual_override: record.manual_override,
            notes: record.notes,
        })
    }
}

/// Who marked: the machine, the clock that closed the session, or the person by name.
pub fn marked_by(method: Method, manual_override: bool, person: Option<String>) -> Option<String> {
    match method {
        Method::Face if !manual_override => Some(tr!("domain-marked-by-face")),
        Method::AutoClose if !manual_override => Some(tr!("domain-marked-by-clock")),
        _ => person,
    }
}

/// Each of these ids once that is not known yet.
fn unknown<T>(ids: impl Iterator<Item = i64>, known: &HashMap<i64, T>) -> Vec<i64> {
    ids.filter(|id| !known.contains_key(id)).collect::<HashSet<i64>>().into_iter().collect()
}
