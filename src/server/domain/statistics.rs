//! Attendance over a period: counts by session and by student, made by the database, and their sums.

use super::listing::require_range;
use super::me::{self, Sight};
use super::percentage::percentage;
use super::sessions::counting;
use crate::app::error::AppError;
use crate::app::types::{DepartmentId, RecordStatus, StudentId};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{attendance_records, attendance_sessions, departments, students};
use crate::server::error::Result;
use crate::server::state::Ctx;
use attendance_records::Column as Record;
use attendance_sessions::Column as Session;
use chrono::{Datelike, Duration, NaiveDate};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Longest period, days with both ends.
pub const PERIOD_DAYS_MAX: i64 = 366;
/// Names read by one statement.
const IDS_PER_QUERY: usize = 1_000;

/// A section to have instead of the usual ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupBy {
    Day,
    Week,
    Month,
    Student,
    Subject,
}

impl GroupBy {
    pub const ALL: [GroupBy; 5] = [GroupBy::Day, GroupBy::Week, GroupBy::Month, GroupBy::Student, GroupBy::Subject];

    pub fn as_str(self) -> &'static str {
        match self {
            GroupBy::Day => "day",
            GroupBy::Week => "week",
            GroupBy::Month => "month",
            GroupBy::Student => "student",
            GroupBy::Subject => "subject",
        }
    }
}

/// What to count.
#[derive(Clone, Debug)]
pub struct StatisticsAsked {
    pub student: Option<StudentId>,
    pub department: Option<DepartmentId>,
    /// Dates of sessions, both ends included.
    pub date_from: NaiveDate,
    pub date_to: NaiveDate,
    /// Absent: by student and by day.
    pub group_by: Option<GroupBy>,
}

/// Records by status; the four add up to `total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub total: u64,
    pub present: u64,
    pub absent: u64,
    pub late: u64,
    pub excused: u64,
}

impl Counts {
    /// present / total, percent.
    pub fn attendance_percentage(&self) -> f64 {
        percentage(self.present, self.total)
    }

    /// (present + late) / (total − excused), percent: the figure that people see.
    pub fn attended_percentage(&self) -> f64 {
        percentage(self.present + self.late, self.total - self.excused)
    }

    fn add(&mut self, other: Counts) {
        self.total += other.total;
        self.present += other.present;
        self.absent += other.absent;
        self.late += other.late;
        self.excused += other.excused;
    }

    fn add_records(&mut self, status: RecordStatus, count: u64) {
        self.total += count;
        match status {
            RecordStatus::Present => self.present += count,
            RecordStatus::Absent => self.absent += count,
            RecordStatus::Late => self.late += count,
            RecordStatus::Excused => self.excused += count,
        }
    }
}

/// One part of the whole: how many sessions, and their records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<K> {
    pub key: K,
    pub sessions: u64,
    pub counts: Counts,
}

/// A student in the statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedStudent {
    pub roll_no: String,
    pub name: String,
}

/// Attendance over a period; a section that was not asked for is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    pub overall: Group<()>,
    /// By the department's name.
    pub by_department: Vec<Group<String>>,
    /// In roll-number order.
    pub by_student: Option<Vec<Group<CountedStudent>>>,
    pub by_subject: Option<Vec<Group<String>>>,
    pub daily: Option<Vec<Group<NaiveDate>>>,
    /// By the week's Monday.
    pub weekly: Option<Vec<Group<NaiveDate>>>,
    /// By the month's first day.
    pub monthly: Option<Vec<Group<NaiveDate>>>,
}

/// Counts the saved sessions of a period; students get their own records alone, whatever they ask for.
///
/// # Errors
/// [`AppError::OutOfRange`] for more than [`PERIOD_DAYS_MAX`] days, a field error for a reversed range, or
/// database trouble.
pub async fn get_statistics(ctx: &Ctx, actor: &Actor, asked: &StatisticsAsked) -> Result<Statistics> {
    require_range(Some(asked.date_from), Some(asked.date_to))?;
    if (asked.date_to - asked.date_from).num_days() >= PERIOD_DAYS_MAX {
        let range = format!("{PERIOD_DAYS_MAX} days of date_from");
        return Err(AppError::OutOfRange { field: "date_to".to_owned(), range }.into());
    }
    let student = match me::sight(ctx, actor).await? {
        Sight::All => asked.student,
        Sight::Own(student) => Some(student),
        Sight::Nothing => return Ok(summed(asked, Vec::new(), HashMap::new(), Some(Vec::new()))),
    };
    let wants_students = matches!(asked.group_by, None | Some(GroupBy::Student));
    let by_student =
        async { if wants_students { count_students(ctx, asked, student).await.map(Some) } else { Ok(None) } };
    // Two long queries: each on a connection of its own.
    let (sessions, by_student) = futures::try_join!(count_sessions(ctx, asked, student), by_student)?;
    let names = departments::Entity::find().all(&ctx.db).await?;
    let names = names.into_iter().map(|department| (department.id, department.name)).collect();
    Ok(summed(asked, sessions, names, by_student))
}

/// One session with the counts of its records.
struct CountedSession {
    department: i64,
    date: NaiveDate,
    subject: String,
    counts: Counts,
}

async fn count_sessions(ctx: &Ctx, asked: &StatisticsAsked, student: Option<StudentId>) -> Result<Vec<CountedSession>> {
    let counted: Vec<(i64, String, i64)> = records(asked, student)
        .columns([Record::SessionId, Record::Status])
        .column_as(Record::Id.count(), "records")
        .group_by(Record::SessionId)
        .group_by(Record::Status)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let mut counts: HashMap<i64, Counts> = HashMap::new();
    for (session, status, count) in counted {
        if let Ok(status) = status.parse() {
            counts.entry(session).or_default().add_records(status, count.unsigned_abs());
        }
    }
    let sessions: Vec<(i64, i64, NaiveDate, String)> = sessions(asked)
        .columns([Session::Id, Session::DepartmentId, Session::Date, Session::Subject])
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let sessions = sessions.into_iter().filter_map(|(id, department, date, subject)| {
        counts.remove(&id).map(|counts| CountedSession { department, date, subject, counts })
    });
    Ok(sessions.collect())
}

async fn count_students(
    ctx: &Ctx,
    asked: &StatisticsAsked,
    student: Option<StudentId>,
) -> Result<Vec<Group<CountedStudent>>> {
    // Grouping by the student alone and not by the status too halves the time that SQLite takes to sort a year.
    let of = |status: RecordStatus| Expr::case(Record::Status.eq(status.as_str()), 1).finally(0).sum();
    let counted: Vec<(i64, i64, i64, i64, i64)> = records(asked, student)
        .column(Record::StudentId)
        .column_as(of(RecordStatus::Present), "present")
        .column_as(of(RecordStatus::Absent), "absent")
        .column_as(of(RecordStatus::Late), "late")
        .column_as(of(RecordStatus::Excused), "excused")
        .group_by(Record::StudentId)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let mut counts: HashMap<i64, Counts> = HashMap::new();
    for (student, present, absent, late, excused) in counted {
        let [present, absent, late, excused] = [present, absent, late, excused].map(i64::unsigned_abs);
        let total = present + absent + late + excused;
        counts.insert(student, Counts { total, present, absent, late, excused });
    }
    let ids: Vec<i64> = counts.keys().copied().collect();
    let mut groups = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_PER_QUERY) {
        let names: Vec<(i64, String, String)> = students::Entity::find()
            .select_only()
            .columns([students::Column::Id, students::Column::RollNo, students::Column::Name])
            .filter(students::Column::Id.is_in(some.iter().copied()))
            .into_tuple()
            .all(&ctx.db)
            .await?;
        groups.extend(names.into_iter().filter_map(|(id, roll_no, name)| {
            let counts = counts.remove(&id)?;
            // A student has one record in a session.
            Some(Group { key: CountedStudent { roll_no, name }, sessions: counts.total, counts })
        }));
    }
    groups.sort_by(|a, b| a.key.roll_no.cmp(&b.key.roll_no));
    Ok(groups)
}

/// The records that count, before grouping.
fn records(asked: &StatisticsAsked, student: Option<StudentId>) -> Select<attendance_records::Entity> {
    let under: SelectStatement = sessions(asked).column(Session::Id).into_query();
    let mut query = attendance_records::Entity::find().select_only().filter(Record::SessionId.in_subquery(under));
    if let Some(student) = student {
        query = query.filter(Record::StudentId.eq(student.0));
    }
    query
}

/// The sessions that count, without columns.
fn sessions(asked: &StatisticsAsked) -> Select<attendance_sessions::Entity> {
    let mut query = attendance_sessions::Entity::find()
        .select_only()
        .filter(counting())
        .filter(Session::Date.between(asked.date_from, asked.date_to));
    if let Some(department) = asked.department {
        query = query.filter(Session::DepartmentId.eq(department.0));
    }
    query
}

/// The sections that were asked for, as sums over the sessions.
fn summed(
    asked: &StatisticsAsked,
    sessions: Vec<CountedSession>,
    names: HashMap<i64, String>,
    by_student: Option<Vec<Group<CountedStudent>>>,
) -> Statistics {
    let wanted = |section: GroupBy| asked.group_by == Some(section);
    let monday = |date: NaiveDate| date - Duration::days(date.weekday().num_days_from_monday().into());
    let overall = group(&sessions, |_| ()).pop();
    Statistics {
        overall: overall.unwrap_or(Group { key: (), sessions: 0, counts: Counts::default() }),
        by_department: group(&sessions, |session| names.get(&session.department).cloned().unwrap_or_default()),
        by_student: by_student.filter(|_| asked.group_by.is_none() || wanted(GroupBy::Student)),
        by_subject: wanted(GroupBy::Subject).then(|| group(&sessions, |session| session.subject.clone())),
        daily: (asked.group_by.is_none() || wanted(GroupBy::Day)).then(|| group(&sessions, |session| session.date)),
        weekly: wanted(GroupBy::Week).then(|| group(&sessions, |session| monday(session.date))),
        monthly: wanted(GroupBy::Month)
            .then(|| group(&sessions, |session| session.date.with_day(1).unwrap_or(session.date))),
    }
}

/// Sums by key, in the keys' order.
fn group<K: Ord>(sessions: &[CountedSession], key_of: impl Fn(&CountedSession) -> K) -> Vec<Group<K>> {
    let mut groups: BTreeMap<K, (u64, Counts)> = BTreeMap::new();
    for session in sessions {
        let (number, counts) = groups.entry(key_of(session)).or_default();
        *number += 1;
        counts.add(session.counts);
    }
    groups.into_iter().map(|(key, (sessions, counts))| Group { key, sessions, counts }).collect()
}
