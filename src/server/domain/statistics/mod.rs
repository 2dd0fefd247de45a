//! Attendance over a period: counts by session and by student, made by the database, and their sums.

mod queries;

pub use queries::{name_students, within};

use super::listing::require_range;
use super::me::{self, Sight};
use super::percentage::{percentage, summary};
use crate::app::error::{AppError, AppResult};
use crate::app::types::{DepartmentId, MySummary, StudentId};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::departments;
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{Datelike, Duration, NaiveDate};
use queries::CountedSessions;
use sea_orm::EntityTrait;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Longest period, days with both ends.
pub const PERIOD_DAYS_MAX: i64 = 366;

/// A section of the statistics.
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
    /// Part of the subject; empty for all.
    pub subject: String,
    /// Dates of sessions, both ends included.
    pub date_from: NaiveDate,
    pub date_to: NaiveDate,
    /// What to have besides the whole and the departments.
    pub sections: Vec<GroupBy>,
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

    /// The same as people read it.
    pub fn summary(&self) -> MySummary {
        summary(self.present, self.late, self.absent, self.excused)
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
    pub id: StudentId,
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
    require_period(asked)?;
    let student = match me::sight(ctx, actor).await? {
        Sight::All => asked.student,
        Sight::Own(student) => Some(student),
        Sight::Nothing => return Ok(summed(asked, Vec::new(), HashMap::new(), Some(Vec::new()))),
    };
    let by_student = async {
        if !asked.sections.contains(&GroupBy::Student) {
            return Ok(None);
        }
        queries::named(ctx, queries::count_students(ctx, asked, student).await?).await.map(Some)
    };
    // Two long queries: each on a connection of its own.
    let (sessions, by_student) = futures::try_join!(queries::count_sessions(ctx, asked, student), by_student)?;
    let names = departments::Entity::find().all(&ctx.db).await?;
    let names = names.into_iter().map(|department| (department.id, department.name)).collect();
    Ok(summed(asked, sessions, names, by_student))
}

/// How many records each student has, in no order; students get their own alone.
///
/// # Errors
/// As [`get_statistics`].
pub async fn count_by_student(ctx: &Ctx, actor: &Actor, asked: &StatisticsAsked) -> Result<Vec<(StudentId, Counts)>> {
    require_period(asked)?;
    match me::sight(ctx, actor).await? {
        Sight::All => queries::count_students(ctx, asked, asked.student).await,
        Sight::Own(student) => queries::count_students(ctx, asked, Some(student)).await,
        Sight::Nothing => Ok(Vec::new()),
    }
}

/// # Errors
/// [`AppError::OutOfRange`] for more than [`PERIOD_DAYS_MAX`] days, a field error for a reversed range.
pub fn require_period(asked: &StatisticsAsked) -> AppResult<()> {
    require_range(Some(asked.date_from), Some(asked.date_to))?;
    if (asked.date_to - asked.date_from).num_days() >= PERIOD_DAYS_MAX {
        let range = format!("{PERIOD_DAYS_MAX} days of date_from");
        return Err(AppError::OutOfRange { field: "date_to".to_owned(), range });
    }
    Ok(())
}

/// The sections that were asked for, as sums over the sessions.
fn summed(
    asked: &StatisticsAsked,
    sessions: Vec<CountedSessions>,
    names: HashMap<i64, String>,
    by_student: Option<Vec<Group<CountedStudent>>>,
) -> Statistics {
    let wanted = |section: GroupBy| asked.sections.contains(&section);
    let monday = |date: NaiveDate| date - Duration::days(date.weekday().num_days_from_monday().into());
    let overall = group(&sessions, |_| ()).pop();
    Statistics {
        overall: overall.unwrap_or(Group { key: (), sessions: 0, counts: Counts::default() }),
        by_department: group(&sessions, |session| names.get(&session.department).cloned().unwrap_or_default()),
        by_student: by_student.filter(|_| wanted(GroupBy::Student)),
        by_subject: wanted(GroupBy::Subject).then(|| group(&sessions, |session| session.subject.clone())),
        daily: wanted(GroupBy::Day).then(|| group(&sessions, |session| session.date)),
        weekly: wanted(GroupBy::Week).then(|| group(&sessions, |session| monday(session.date))),
        monthly: wanted(GroupBy::Month)
            .then(|| group(&sessions, |session| session.date.with_day(1).unwrap_or(session.date))),
    }
}

/// Sums by key, in the keys' order.
fn group<K: Ord>(sessions: &[CountedSessions], key_of: impl Fn(&CountedSessions) -> K) -> Vec<Group<K>> {
    let mut groups: BTreeMap<K, (u64, Counts)> = BTreeMap::new();
    for session in sessions {
        let (number, counts) = groups.entry(key_of(session)).or_default();
        *number += session.sessions;
        counts.add(session.counts);
    }
    groups.into_iter().map(|(key, (sessions, counts))| Group { key, sessions, counts }).collect()
}
