//! A student's own attendance.

use super::percentage::summarise;
use super::register::display_name;
use super::sessions::stage;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{
    attendance_records, attendance_sessions, departments, session_rosters, students, users,
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::NaiveDateTime;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait};
use std::collections::HashMap;

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
    let mut records: HashMap<i64, attendance_records::Model> = attendance_records::Entity::find()
        .filter(attendance_records::Column::StudentId.eq(student.id))
        .all(&ctx.db)
        .await?
        .into_iter()
        .map(|record| (record.session_id, record))
        .collect();
    let wall = ctx.clock.wall();
    let sessions: Vec<MySession> = sessions
        .into_iter()
        .map(|session| {
            let record = records.remove(&session.id);
            names.my_session(session, record, wall)
        })
        .collect();
    // Saving a register marks everybody on its roster; whoever has no record was not there. What the clock closed
    // does not count before a person confirms it: the machine alone declares nobody absent.
    let completed = sessions.iter().filter(|session| session.stage == SessionStage::Done);
    let summary = summarise(completed.map(|session| session.status.unwrap_or(RecordStatus::Absent)));
    let student = StudentRef { id: StudentId(student.id), roll_no: student.roll_no, name: student.name };
    Ok(MyAttendance { student: Some(student), summary, sessions })
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
        session: attendance_sessions::Model,
        record: Option<attendance_records::Model>,
        wall: NaiveDateTime,
    ) -> MySession {
        MySession {
            stage: stage(&session, wall),
            session_status: session.status.parse().unwrap_or_default(),
            status: record.as_ref().and_then(|record| record.status.parse().ok()),
            how: record.as_ref().map_or("", how).to_owned(),
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
fn how(record: &attendance_records::Model) -> &'static str {
    match record.method.parse() {
        _ if record.manual_override => "by teacher",
        Ok(Method::Face) => "by photo",
        Ok(Method::AutoClose) => "by the clock",
        Ok(Method::Manual | Method::Import) | Err(()) => "by teacher",
    }
}

fn distinct(ids: impl Iterator<Item = i64>) -> std::collections::HashSet<i64> {
    ids.collect()
}
