//! A student's own attendance.

use super::percentage::{forecast, summarise};
use super::register::display_name;
use super::sessions::stage;
use super::{contest_list, contests, listing, settings};
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{
    attendance_records, attendance_sessions, departments, session_rosters, students, users,
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait};
use std::collections::{BTreeMap, HashMap};

/// The student that the actor's account is linked to.
///
/// # Errors
/// When the database fails.
pub async fn own_student(ctx: &Ctx, actor: &Actor) -> Result<Option<students::Model>> {
    Ok(students::Entity::find().filter(students::Column::UserId.eq(actor.user_id.0)).one(&ctx.db).await?)
}

/// Whose attendance the actor may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Staff see everybody's.
    All,
    /// A student sees their own.
    Own(StudentId),
    /// An account without a student sees nobody's.
    Nothing,
}

/// # Errors
/// When the database fails.
pub async fn sight(ctx: &Ctx, actor: &Actor) -> Result<Sight> {
    if actor.role.is_staff() {
        return Ok(Sight::All);
    }
    Ok(own_student(ctx, actor).await?.map_or(Sight::Nothing, |student| Sight::Own(StudentId(student.id))))
}

/// The sessions on whose roster the actor's student stands, the latest first, and the percentage
/// over the saved ones. Empty while the account is not linked to a student.
///
/// # Errors
/// When the database fails.
pub async fn my_attendance(ctx: &Ctx, actor: &Actor) -> Result<MyAttendance> {
    let Some(student) = own_student(ctx, actor).await? else {
        return Ok(MyAttendance { student: None, summary: MySummary::default(), sessions: Vec::new() });
    };
    let sessions = attendance_sessions::Entity::find()
        .join_rev(JoinType::InnerJoin, session_rosters::Relation::Session.def())
        .filter(session_rosters::Column::StudentId.eq(student.id))
        .order_by_desc(attendance_sessions::Column::Date)
        .order_by_desc(attendance_sessions::Column::StartTime)
        .order_by_desc(attendance_sessions::Column::Id)
        .all(&ctx.db)
        .await?;
    let names = Names::load(ctx, &sessions).await?;
    let mut objections = contest_list::of_student(ctx, student.id).await?;
    let mut records: HashMap<i64, attendance_records::Model> = attendance_records::Entity::find()
        .filter(attendance_records::Column::StudentId.eq(student.id))
        .all(&ctx.db)
        .await?
        .into_iter()
        .map(|record| (record.session_id, record))
        .collect();
    let sessions: Vec<MySession> = sessions
        .into_iter()
        .map(|session| {
            let record = records.remove(&session.id);
            let contest = record.as_ref().and_then(|record| objections.remove(&record.id));
            names.my_session(ctx, session, record, contest)
        })
        .collect();
    let summary = summary_of(&sessions);
    let student = StudentRef { id: StudentId(student.id), roll_no: student.roll_no, name: student.name };
    Ok(MyAttendance { student: Some(student), summary, sessions })
}

/// Saving a register marks everybody on its roster; whoever has no record was not there. What the clock closed does not
/// count before a person confirms it: the machine alone declares nobody absent.
fn summary_of<'a>(sessions: impl IntoIterator<Item = &'a MySession>) -> MySummary {
    let completed = sessions.into_iter().filter(|session| session.stage == SessionStage::Done);
    summarise(completed.map(|session| session.status.unwrap_or(RecordStatus::Absent)))
}

/// Everything on the student's own page; the filter narrows the list of sessions alone.
///
/// # Errors
/// When the database fails.
pub async fn my_page(ctx: &Ctx, actor: &Actor, filter: &MyFilter) -> Result<MyPage> {
    let MyAttendance { student, summary, sessions } = my_attendance(ctx, actor).await?;
    let limit = settings::load(&ctx.db).await?.low_attendance_percent.unsigned_abs();
    let mut by_subject: BTreeMap<&str, Vec<&MySession>> = BTreeMap::new();
    let mut by_day: BTreeMap<chrono::NaiveDate, Vec<Option<RecordStatus>>> = BTreeMap::new();
    for session in sessions.iter().filter(|session| session.stage != SessionStage::Cancelled) {
        by_subject.entry(&session.subject).or_default().push(session);
        if session.stage != SessionStage::NotStarted {
            by_day.entry(session.date).or_default().push(session.status);
        }
    }
    let subjects = by_subject
        .into_iter()
        .map(|(subject, sessions)| MySubject { subject: subject.to_owned(), summary: summary_of(sessions) });
    let subjects = subjects.collect();
    let wanted: Vec<MySession> = sessions
        .into_iter()
        .filter(|session| filter.subject.is_empty() || session.subject == filter.subject)
        .filter(|session| filter.from.is_none_or(|from| session.date >= from))
        .filter(|session| filter.to.is_none_or(|to| session.date <= to))
        .collect();
    let (count, page) = (wanted.len() as u64, filter.page.max(1));
    let skipped = usize::try_from(listing::offset_of(page, PAGE_SIZE_DEFAULT)).unwrap_or(usize::MAX);
    let results = wanted.into_iter().skip(skipped).take(PAGE_SIZE_DEFAULT as usize).collect();
    Ok(MyPage {
        student,
        summary,
        limit,
        forecast: forecast(summary.attended, summary.counted, limit),
        subjects,
        days: by_day.into_iter().map(|(date, statuses)| MyDay { date, statuses }).collect(),
        sessions: Page { count, page, page_size: PAGE_SIZE_DEFAULT, results },
        contest_days: contests::CONTEST_DAYS.unsigned_abs(),
    })
}

/// One session with the student's record in it.
///
/// # Errors
/// When the database fails.
pub async fn one_session(
    ctx: &Ctx,
    session: attendance_sessions::Model,
    record: attendance_records::Model,
) -> Result<MySession> {
    let names = Names::load(ctx, std::slice::from_ref(&session)).await?;
    let contest = contest_list::of_student(ctx, record.student_id).await?.remove(&record.id);
    Ok(names.my_session(ctx, session, Some(record), contest))
}

/// Names of the departments and teachers of some sessions.
struct Names {
    departments: HashMap<i64, String>,
    teachers: HashMap<i64, String>,
}

impl Names {
    async fn load(ctx: &Ctx, sessions: &[attendance_sessions::Model]) -> Result<Self> {
        let departments = departments::Entity::find()
            .filter(departments::Column::Id.is_in(distinct(sessions.iter().map(|session| session.department_id))))
            .all(&ctx.db)
            .await?;
        let teachers = users::Entity::find()
            .filter(users::Column::Id.is_in(distinct(sessions.iter().map(|session| session.created_by_id))))
            .all(&ctx.db)
            .await?;
        Ok(Self {
            departments: departments.into_iter().map(|row| (row.id, row.name)).collect(),
            teachers: teachers.into_iter().map(|user| (user.id, display_name(&user))).collect(),
        })
    }

    fn my_session(
        &self,
        ctx: &Ctx,
        session: attendance_sessions::Model,
        record: Option<attendance_records::Model>,
        contest: Option<MyContest>,
    ) -> MySession {
        let is_open = contest.as_ref().is_some_and(|contest| contest.state == ContestState::Open);
        let obstacle = record.as_ref().map(|record| contests::obstacle(ctx, &session, record));
        MySession {
            record: record.as_ref().map(|record| RecordId(record.id)),
            contest,
            may_contest: obstacle == Some(None) && !is_open,
            stage: stage(&session, ctx.clock.wall()),
            session_status: session.status.parse().unwrap_or_default(),
            status: record.as_ref().and_then(|record| record.status.parse().ok()),
            how: record.as_ref().map(how).unwrap_or_default(),
            department: self.departments.get(&session.department_id).cloned().unwrap_or_default(),
            teacher: self.teachers.get(&session.created_by_id).cloned().unwrap_or_default(),
            subject: session.subject,
            date: session.date,
            start_time: session.start_time,
            end_time: session.end_time,
        }
    }
}

/// How a record came to be, in a student's words; the confidence is for staff alone.
pub fn how(record: &attendance_records::Model) -> String {
    match record.method.parse() {
        _ if record.manual_override => tr!("domain-how-teacher"),
        Ok(Method::Face) => tr!("domain-how-photo"),
        Ok(Method::AutoClose) => tr!("domain-how-clock"),
        Ok(Method::Manual | Method::Import) | Err(()) => tr!("domain-how-teacher"),
    }
}

fn distinct(ids: impl Iterator<Item = i64>) -> std::collections::HashSet<i64> {
    ids.collect()
}
