//! Reports as people read them: a filter out of an address, the statistics under it, and the lists behind the numbers.

use super::listing::offset_of;
use super::record_list::RecordFilter;
use super::statistics::{self, Group, GroupBy, StatisticsAsked};
use super::{sessions, settings, students};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{attendance_sessions, departments, students as student_rows};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use attendance_sessions::Column as Session;
use chrono::{Duration, NaiveDate};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// Days of a report when the address names none.
pub const PERIOD_DAYS_DEFAULT: i64 = 30;
/// Students proposed when a search means several.
const CANDIDATES_MAX: u64 = 20;

/// A filter as it was understood.
#[derive(Clone, Debug)]
pub struct Understood {
    pub frame: ReportFrame,
    /// What to count, without sections; absent when the frame says why not.
    pub asked: Option<StatisticsAsked>,
}

/// Fills in what the address leaves open, and finds the student whom it means.
///
/// # Errors
/// When the database fails.
pub async fn understand(ctx: &Ctx, filter: &ReportFilter) -> Result<Understood> {
    let today = ctx.clock.wall().date();
    let to = filter.to.unwrap_or(today);
    let from = filter.from.unwrap_or(to.checked_sub_signed(Duration::days(PERIOD_DAYS_DEFAULT - 1)).unwrap_or(to));
    let departments = departments::Entity::find().order_by_asc(departments::Column::Code).all(&ctx.db).await?;
    let (student, candidates) = find_student(ctx, &filter.student).await?;
    let asked = StatisticsAsked {
        student: student.as_ref().map(|student| student.id),
        department: filter.department,
        subject: filter.subject.clone(),
        date_from: from,
        date_to: to,
        sections: Vec::new(),
    };
    let trouble = match statistics::require_period(&asked) {
        Err(AppError::OutOfRange { .. }) => {
            tr!("domain-report-period", days = statistics::PERIOD_DAYS_MAX)
        }
        Err(error) => error.sentence(),
        Ok(()) if filter.student.is_empty() || student.is_some() => String::new(),
        Ok(()) if candidates.is_empty() => tr!("domain-report-nobody", search = filter.student.as_str()),
        Ok(()) => tr!("domain-report-several", search = filter.student.as_str()),
    };
    let departments = departments.into_iter().map(DepartmentRef::from).collect();
    let asked = trouble.is_empty().then_some(asked);
    let low_below = low_below(settings::load(&ctx.db).await?.low_attendance_percent);
    let frame = ReportFrame { today, from, to, departments, student, candidates, trouble, low_below };
    Ok(Understood { frame, asked })
}

/// The setting as a filter: nobody attends less than 0 %, so that the lowest limit that means something is 1 %.
fn low_below(percent: i64) -> u8 {
    u8::try_from(percent.clamp(1, 100)).unwrap_or(100)
}

/// The student with this roll number, or the only one whom a search finds; else those whom it may mean.
async fn find_student(ctx: &Ctx, words: &str) -> Result<(Option<StudentRef>, Vec<StudentRef>)> {
    if words.is_empty() || words.contains(char::is_control) {
        return Ok((None, Vec::new()));
    }
    let exact = student_rows::Entity::find().filter(student_rows::Column::RollNo.eq(words)).one(&ctx.db).await?;
    if let Some(row) = exact {
        return Ok((Some(StudentRef { id: StudentId(row.id), roll_no: row.roll_no, name: row.name }), Vec::new()));
    }
    let search = StudentFilter { search: words.to_owned(), page_size: CANDIDATES_MAX, ..StudentFilter::default() };
    let found = students::list_students(ctx, &search).await?.results;
    let mut found: Vec<_> =
        found.into_iter().map(|row| StudentRef { id: row.id, roll_no: row.roll_no, name: row.name }).collect();
    match found.len() {
        1 => Ok((found.pop(), Vec::new())),
        _ => Ok((None, found)),
    }
}

/// The numbers of the report's first page.
///
/// # Errors
/// When the database fails.
pub async fn get_report(ctx: &Ctx, actor: &Actor, filter: &ReportFilter) -> Result<Report> {
    let Understood { frame, asked } = understand(ctx, filter).await?;
    let Some(mut asked) = asked else { return Ok(Report { frame, figures: None }) };
    let step = step_of(filter, &frame);
    asked.sections = vec![GroupBy::Subject, section(step)];
    let (found, without_register) = futures::try_join!(statistics::get_statistics(ctx, actor, &asked), async {
        Ok(owed(&asked, frame.today).count(&ctx.db).await?)
    })?;
    let trend = found.daily.or(found.weekly).or(found.monthly).unwrap_or_default();
    let figures = ReportFigures {
        overall: part(found.overall),
        step,
        trend: trend.into_iter().map(part).collect(),
        subjects: found.by_subject.unwrap_or_default().into_iter().map(part).collect(),
        departments: found.by_department.into_iter().map(part).collect(),
        without_register,
    };
    Ok(Report { frame, figures: Some(figures) })
}

/// How the period is divided: as the reader asked, else as it can be read.
pub fn step_of(filter: &ReportFilter, frame: &ReportFrame) -> TrendStep {
    filter.step.unwrap_or_else(|| TrendStep::of_days((frame.to - frame.from).num_days() + 1))
}

/// The statistics' section of a step.
pub fn section(step: TrendStep) -> GroupBy {
    match step {
        TrendStep::Day => GroupBy::Day,
        TrendStep::Week => GroupBy::Week,
        TrendStep::Month => GroupBy::Month,
    }
}

fn part<K>(Group { key, sessions, counts }: Group<K>) -> ReportPart<K> {
    ReportPart { key, sessions, records: counts.summary() }
}

/// Students in the order that is asked for; by attendance, those with nothing to count come last. They are never under a
/// limit.
///
/// # Errors
/// When the database fails.
pub async fn list_report_students(
    ctx: &Ctx,
    actor: &Actor,
    filter: &ReportFilter,
) -> Result<ReportList<ReportPart<StudentRef>>> {
    let Understood { frame, asked } = understand(ctx, filter).await?;
    let Some(asked) = asked else { return Ok(ReportList { frame, page: page_of(filter, 0, Vec::new()) }) };
    let counted = statistics::count_by_student(ctx, actor, &asked).await?;
    let mut rows: Vec<(StudentId, MySummary)> =
        counted.into_iter().map(|(id, counts)| (id, counts.summary())).collect();
    if let Some(below) = filter.below {
        rows.retain(|(_, records)| records.counted > 0 && records.percentage < f64::from(below));
    }
    let count = rows.len() as u64;
    let (shown, mut names) = match filter.ordering {
        ReportOrdering::Lowest | ReportOrdering::Highest => {
            sort_by_attendance(&mut rows, filter.ordering == ReportOrdering::Highest);
            let shown = cut(rows, filter);
            let ids: Vec<StudentId> = shown.iter().map(|(id, _)| *id).collect();
            let names = statistics::name_students(ctx, &ids).await?;
            (shown, names)
        }
        by => {
            let ids: Vec<StudentId> = rows.iter().map(|(id, _)| *id).collect();
            let names = statistics::name_students(ctx, &ids).await?;
            rows.sort_by_cached_key(|(id, _)| {
                let (roll_no, name) = names.get(id).cloned().unwrap_or_default();
                if by == ReportOrdering::Name { (student_rows::search_key(&name), roll_no) } else { (roll_no, name) }
            });
            (cut(rows, filter), names)
        }
    };
    let results = shown.into_iter().filter_map(|(id, records)| {
        let (roll_no, name) = names.remove(&id)?;
        // A student has one record in a session.
        Some(ReportPart { key: StudentRef { id, roll_no, name }, sessions: records.sessions, records })
    });
    Ok(ReportList { frame, page: page_of(filter, count, results.collect()) })
}

/// Those with nothing to count come last either way.
fn sort_by_attendance(rows: &mut [(StudentId, MySummary)], highest_first: bool) {
    rows.sort_unstable_by(|(a_id, a), (b_id, b)| {
        let nothing = (a.counted == 0).cmp(&(b.counted == 0));
        let attendance = a.percentage.total_cmp(&b.percentage);
        let attendance = if highest_first { attendance.reverse() } else { attendance };
        nothing.then(attendance).then(a_id.cmp(b_id))
    });
}

/// The rows of the page that is asked for.
fn cut<T>(rows: Vec<T>, filter: &ReportFilter) -> Vec<T> {
    let size = page_size_of(filter);
    let skipped = usize::try_from(offset_of(filter.page, size)).unwrap_or(usize::MAX);
    rows.into_iter().skip(skipped).take(usize::try_from(size).unwrap_or(usize::MAX)).collect()
}

fn page_size_of(filter: &ReportFilter) -> u64 {
    if filter.page_size == 0 { PAGE_SIZE_DEFAULT } else { Ord::min(filter.page_size, PAGE_SIZE_MAX) }
}

/// Sessions of the period whose register is still owed, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_without_register(ctx: &Ctx, filter: &ReportFilter) -> Result<ReportList<SessionRow>> {
    let Understood { frame, asked } = understand(ctx, filter).await?;
    let Some(asked) = asked else { return Ok(ReportList { frame, page: page_of(filter, 0, Vec::new()) }) };
    let query = owed(&asked, frame.today);
    let count = query.clone().count(&ctx.db).await?;
    let rows = query
        .order_by_desc(Session::Date)
        .order_by_desc(Session::StartTime)
        .order_by_desc(Session::Id)
        .offset(offset_of(filter.page, page_size_of(filter)))
        .limit(page_size_of(filter))
        .all(&ctx.db)
        .await?;
    let results = sessions::to_rows(ctx, rows).await?;
    Ok(ReportList { frame, page: page_of(filter, count, results) })
}

/// Today's sessions are owed once the clock has closed them: until then they are simply open.
fn owed(asked: &StatisticsAsked, today: NaiveDate) -> Select<attendance_sessions::Entity> {
    let over = Condition::any()
        .add(Session::Date.lt(today))
        .add(Session::Date.eq(today).and(Session::Status.eq(SessionStatus::Completed.as_str())));
    attendance_sessions::Entity::find().filter(statistics::within(asked)).filter(sessions::owing()).filter(over)
}

fn page_of<T>(filter: &ReportFilter, count: u64, results: Vec<T>) -> Page<T> {
    Page { count, page: Ord::max(filter.page, 1), page_size: page_size_of(filter), results }
}

/// The records that the numbers of a report were counted from.
pub fn records_behind(asked: &StatisticsAsked) -> RecordFilter {
    RecordFilter {
        student: asked.student,
        department: asked.department,
        subject: asked.subject.clone(),
        date_from: Some(asked.date_from),
        date_to: Some(asked.date_to),
        counting_only: true,
        ..RecordFilter::default()
    }
}
