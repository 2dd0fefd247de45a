//! Attendance over a period.

#![expect(unused_qualifications, reason = "the macro that makes the document writes them")]

use super::WithDoors;
use super::envelope::{ApiResult, Failures};
use super::extract::{ApiQuery, SignedIn};
use super::words;
use crate::app::error::{AppError, AppResult};
use crate::app::types::*;
use crate::server::domain::statistics::{self, CountedStudent, Counts, Group, GroupBy, Statistics, StatisticsAsked};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The address of the statistics.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(get_statistics))
}

/// What to count.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatisticsQuery {
    #[serde(default, deserialize_with = "words::id")]
    #[param(value_type = Option<i64>, minimum = 1)]
    student: Option<StudentId>,
    /// Department of the sessions.
    #[serde(default, deserialize_with = "words::id")]
    #[param(value_type = Option<i64>, minimum = 1)]
    department: Option<DepartmentId>,
    /// First day, included.
    #[serde(default, deserialize_with = "words::date")]
    #[param(value_type = NaiveDate, required)]
    date_from: Option<NaiveDate>,
    /// Last day, included; the period has at most 366 days.
    #[serde(default, deserialize_with = "words::date")]
    #[param(value_type = NaiveDate, required)]
    date_to: Option<NaiveDate>,
    /// The section to have; absent: by student and by day.
    #[param(inline)]
    group_by: Option<GroupBy>,
}

impl StatisticsQuery {
    /// # Errors
    /// [`AppError::MissingParameter`] without both ends of the period.
    pub fn asked(self) -> AppResult<StatisticsAsked> {
        let missing = |name: &str| AppError::MissingParameter(name.to_owned());
        Ok(StatisticsAsked {
            student: self.student,
            department: self.department,
            date_from: self.date_from.ok_or_else(|| missing("date_from"))?,
            date_to: self.date_to.ok_or_else(|| missing("date_to"))?,
            subject: String::new(),
            sections: self.group_by.map_or(vec![GroupBy::Student, GroupBy::Day], |section| vec![section]),
        })
    }
}

/// Attendance over a period.
#[derive(Serialize, ToSchema)]
pub struct StatisticsAnswer {
    period: Period,
    overall: Overall,
    by_department: Vec<DepartmentStatistics>,
    /// Empty when another section was asked for.
    by_student: Vec<StudentStatistics>,
    /// With `group_by=subject` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    by_subject: Option<Vec<SubjectStatistics>>,
    trends: Trends,
}

/// Both ends are included.
#[derive(Serialize, ToSchema)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

/// Records by status; `present`, `absent`, `late` and `excused` add up to `total_records`.
#[derive(Serialize, ToSchema)]
pub struct RecordCounts {
    total_records: u64,
    present: u64,
    absent: u64,
    late: u64,
    excused: u64,
    /// (present + late) / (total_records − excused), percent: the figure on the pages.
    #[schema(minimum = 0, maximum = 100)]
    attended_percentage: f64,
}

/// The whole period.
#[derive(Serialize, ToSchema)]
pub struct Overall {
    total_sessions: u64,
    #[serde(flatten)]
    counts: RecordCounts,
    /// present / total_records, percent.
    #[schema(minimum = 0, maximum = 100)]
    attendance_percentage: f64,
}

/// One department's sessions.
#[derive(Serialize, ToSchema)]
pub struct DepartmentStatistics {
    /// Its name.
    department: String,
    total_sessions: u64,
    #[serde(flatten)]
    counts: RecordCounts,
    #[schema(minimum = 0, maximum = 100)]
    attendance_percentage: f64,
}

/// One subject's sessions.
#[derive(Serialize, ToSchema)]
pub struct SubjectStatistics {
    subject: String,
    total_sessions: u64,
    #[serde(flatten)]
    counts: RecordCounts,
    #[schema(minimum = 0, maximum = 100)]
    attendance_percentage: f64,
}

/// One student's records.
#[derive(Serialize, ToSchema)]
pub struct StudentStatistics {
    student: StudentName,
    total_sessions: u64,
    #[serde(flatten)]
    counts: RecordCounts,
    /// present / total_sessions, percent.
    #[schema(minimum = 0, maximum = 100)]
    percentage: f64,
}

/// A student without an id.
#[derive(Serialize, ToSchema)]
pub struct StudentName {
    roll_no: String,
    name: String,
}

/// Attendance over time; days, weeks and months without sessions are left out.
#[derive(Serialize, ToSchema)]
pub struct Trends {
    /// Empty when another section was asked for.
    daily: Vec<Day>,
    /// With `group_by=week` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    weekly: Option<Vec<Week>>,
    /// With `group_by=month` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    monthly: Option<Vec<Month>>,
}

/// One day's sessions.
#[derive(Serialize, ToSchema)]
pub struct Day {
    date: NaiveDate,
    sessions: u64,
    #[schema(minimum = 0, maximum = 100)]
    percentage: f64,
    #[serde(flatten)]
    counts: RecordCounts,
}

/// One week's sessions.
#[derive(Serialize, ToSchema)]
pub struct Week {
    /// ISO week, as in `2025-W44`.
    week: String,
    /// Its Monday.
    from: NaiveDate,
    sessions: u64,
    #[schema(minimum = 0, maximum = 100)]
    percentage: f64,
    #[serde(flatten)]
    counts: RecordCounts,
}

/// One month's sessions.
#[derive(Serialize, ToSchema)]
pub struct Month {
    /// As in `2025-10`.
    month: String,
    sessions: u64,
    #[schema(minimum = 0, maximum = 100)]
    percentage: f64,
    #[serde(flatten)]
    counts: RecordCounts,
}

impl From<Counts> for RecordCounts {
    fn from(counts: Counts) -> Self {
        let attended_percentage = counts.attended_percentage();
        let Counts { total, present, absent, late, excused } = counts;
        Self { total_records: total, present, absent, late, excused, attended_percentage }
    }
}

/// Counts the attendance of a period. Guard: everybody signed in; students get their own records.
///
/// # Errors
/// `missing_required_field`, `value_out_of_range` for more than 366 days, `validation_error`.
#[utoipa::path(get, path = "/api/attendance/statistics/", tag = "Attendance", params(StatisticsQuery),
    security(("bearer" = [])), responses((status = 200, body = StatisticsAnswer), Failures))]
pub async fn get_statistics(
    SignedIn(actor): SignedIn,
    State(ctx): State<Ctx>,
    ApiQuery(query): ApiQuery<StatisticsQuery>,
) -> ApiResult<Json<StatisticsAnswer>> {
    let asked = query.asked()?;
    let statistics = statistics::get_statistics(&ctx, &actor, &asked).await?;
    let period = Period { from: asked.date_from, to: asked.date_to };
    Ok(Json(answer(period, statistics)))
}

fn answer(period: Period, statistics: Statistics) -> StatisticsAnswer {
    let overall = statistics.overall;
    StatisticsAnswer {
        period,
        overall: Overall {
            total_sessions: overall.sessions,
            counts: overall.counts.into(),
            attendance_percentage: overall.counts.attendance_percentage(),
        },
        by_department: list(statistics.by_department, |Group { key, sessions, counts }| DepartmentStatistics {
            department: key,
            total_sessions: sessions,
            counts: counts.into(),
            attendance_percentage: counts.attendance_percentage(),
        }),
        by_student: list(statistics.by_student.unwrap_or_default(), student),
        by_subject: statistics.by_subject.map(|groups| {
            list(groups, |Group { key, sessions, counts }| SubjectStatistics {
                subject: key,
                total_sessions: sessions,
                counts: counts.into(),
                attendance_percentage: counts.attendance_percentage(),
            })
        }),
        trends: Trends {
            daily: list(statistics.daily.unwrap_or_default(), |Group { key, sessions, counts }| Day {
                date: key,
                sessions,
                percentage: counts.attendance_percentage(),
                counts: counts.into(),
            }),
            weekly: statistics.weekly.map(|groups| list(groups, week)),
            monthly: statistics.monthly.map(|groups| list(groups, month)),
        },
    }
}

fn list<K, T>(groups: Vec<Group<K>>, row: impl FnMut(Group<K>) -> T) -> Vec<T> {
    groups.into_iter().map(row).collect()
}

fn student(Group { key, sessions, counts }: Group<CountedStudent>) -> StudentStatistics {
    StudentStatistics {
        student: StudentName { roll_no: key.roll_no, name: key.name },
        total_sessions: sessions,
        counts: counts.into(),
        percentage: counts.attendance_percentage(),
    }
}

fn week(Group { key, sessions, counts }: Group<NaiveDate>) -> Week {
    let iso = key.iso_week();
    Week {
        week: format!("{}-W{:02}", iso.year(), iso.week()),
        from: key,
        sessions,
        percentage: counts.attendance_percentage(),
        counts: counts.into(),
    }
}

fn month(Group { key, sessions, counts }: Group<NaiveDate>) -> Month {
    Month {
        month: key.format("%Y-%m").to_string(),
        sessions,
        percentage: counts.attendance_percentage(),
        counts: counts.into(),
    }
}
