//! Attendance sessions: created with a frozen roster, open, closed.

use super::me::{self, Sight};
use super::{audit, register, session_form};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::{self, entities::*};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use std::collections::HashMap;

pub use super::session_list::list_sessions;
pub use super::today::get_today;

/// Length that a session without an end is given for closing, minutes.
pub const OPEN_END_MINUTES: i64 = 60;

/// One session as the domain handles it.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn load(db: &impl ConnectionTrait, id: SessionId) -> Result<attendance_sessions::Model> {
    let session = attendance_sessions::Entity::find_by_id(id.0).one(db).await?;
    Ok(session.ok_or_else(|| AppError::not_found("Attendance session", id))?)
}

/// A session that the actor may write to: it exists, and lies in one of their departments.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Forbidden`], or database trouble.
pub async fn load_for_marking(ctx: &Ctx, actor: &Actor, id: SessionId) -> Result<attendance_sessions::Model> {
    let session = load(&ctx.db, id).await?;
    if !actor.may_mark_in(DepartmentId(session.department_id)) {
        return Err(AppError::Forbidden(tr!("domain-session-other-department")).into());
    }
    Ok(session)
}

/// # Errors
/// [`AppError::SessionClosed`] unless the session is active.
pub fn require_active(ctx: &Ctx, session: &attendance_sessions::Model) -> Result<()> {
    if session.status == SessionStatus::Active.as_str() {
        return Ok(());
    }
    let end = session.end_time.map(|end| ctx.clock.instant(session.date.and_time(end)));
    Err(AppError::SessionClosed { session_id: session.id, status: session.status.clone(), end_time: end }.into())
}

/// When the clock closes a session that nobody saved: its end, but never less than
/// an hour after it was created, so that a session entered afterwards can be marked.
pub fn closes_at(ctx: &Ctx, session: &attendance_sessions::Model) -> DateTime<Utc> {
    let start = session.date.and_time(session.start_time);
    let end = session.end_time.map_or(start + Duration::minutes(OPEN_END_MINUTES), |end| session.date.and_time(end));
    Ord::max(ctx.clock.instant(end), session.created_at + Duration::minutes(OPEN_END_MINUTES))
}

/// Where a session stands at this wall-clock time.
pub fn stage(session: &attendance_sessions::Model, wall: NaiveDateTime) -> SessionStage {
    match session.status.parse().unwrap_or_default() {
        SessionStatus::Cancelled => SessionStage::Cancelled,
        SessionStatus::Completed if session.closed_by.as_deref() == Some("clock") && session.confirmed_at.is_none() => {
            SessionStage::ToConfirm
        }
        SessionStatus::Completed => SessionStage::Done,
        SessionStatus::Active if session.date.and_time(session.start_time) > wall => SessionStage::NotStarted,
        SessionStatus::Active => SessionStage::Open,
    }
}

/// The sessions that count in percentages: saved or confirmed by a person. What the clock closed does not count before
/// that, because the machine alone declares nobody absent.
pub fn counting() -> Condition {
    let by_person = Condition::any()
        .add(attendance_sessions::Column::ClosedBy.is_null())
        .add(attendance_sessions::Column::ClosedBy.ne("clock"))
        .add(attendance_sessions::Column::ConfirmedAt.is_not_null());
    Condition::all().add(attendance_sessions::Column::Status.eq(SessionStatus::Completed.as_str())).add(by_person)
}

/// The sessions whose register is still owed once their day has come: nobody saved it, or the clock closed it and nobody
/// has confirmed that.
pub fn owing() -> Condition {
    let unconfirmed = Condition::all()
        .add(attendance_sessions::Column::ClosedBy.eq("clock"))
        .add(attendance_sessions::Column::ConfirmedAt.is_null())
        .add(attendance_sessions::Column::Status.eq(SessionStatus::Completed.as_str()));
    Condition::any().add(attendance_sessions::Column::Status.eq(SessionStatus::Active.as_str())).add(unconfirmed)
}

/// A session that the actor may read: students only those on whose roster they stand.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn load_for_reading(ctx: &Ctx, actor: &Actor, id: SessionId) -> Result<(attendance_sessions::Model, Sight)> {
    let (session, sight) = (load(&ctx.db, id).await?, me::sight(ctx, actor).await?);
    let visible = match sight {
        Sight::All => true,
        Sight::Own(student) => register::is_on_roster(&ctx.db, id, student).await?,
        Sight::Nothing => false,
    };
    if visible { Ok((session, sight)) } else { Err(AppError::not_found("Attendance session", id).into()) }
}

/// A session with its register; a student gets their own row alone, without confidence.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn get_session(ctx: &Ctx, actor: &Actor, id: SessionId) -> Result<SessionDetail> {
    let (session, sight) = load_for_reading(ctx, actor, id).await?;
    let roster = match sight {
        Sight::Own(student) => {
            let mut roster = register::entries(ctx, &ctx.db, id, Some(&[student])).await?;
            roster.iter_mut().for_each(|entry| entry.confidence = None);
            roster
        }
        _ => register::entries(ctx, &ctx.db, id, None).await?,
    };
    let own = actor.may_mark_in(DepartmentId(session.department_id));
    let active = session.status == SessionStatus::Active.as_str();
    let (notes, may_correct) =
        (session.notes.clone(), own && super::records::correction_open(ctx, actor, &session).await?);
    let row = to_rows_for(ctx, vec![session], sight).await?.pop();
    Ok(SessionDetail {
        session: row.ok_or_else(|| AppError::not_found("Attendance session", id))?,
        notes,
        roster,
        may_mark: own && active,
        may_correct,
        faces_unavailable: ctx.recognizer.unavailable_reason(),
    })
}

/// Creates a session and freezes its roster: the active students of the department.
///
/// # Errors
/// [`AppError::Invalid`] with all field errors, [`AppError::Forbidden`], or internals.
pub async fn create_session(ctx: &Ctx, actor: &Actor, form: SessionForm) -> Result<SessionRow> {
    let planned = session_form::check(ctx, actor, &form).await?;
    let now = ctx.clock.now();
    let txn = db::begin_write(&ctx.db).await?;
    let session = attendance_sessions::ActiveModel {
        department_id: Set(planned.department.0),
        subject: Set(planned.subject),
        date: Set(planned.date),
        start_time: Set(planned.start_time),
        end_time: Set(planned.end_time),
        created_by_id: Set(actor.user_id.0),
        status: Set(SessionStatus::Active.as_str().to_owned()),
        notes: Set(planned.notes),
        late_after_minutes: Set(planned.late_after_minutes),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    }
    .insert(&txn)
    .await?;
    freeze_roster(&txn, &session).await?;
    let sentence = format!("{} started {} on {}", actor.name, session.subject, session.date);
    audit::record(&txn, ctx, Some(actor), "session.create", "session", session.id, &sentence).await?;
    txn.commit().await?;
    to_rows(ctx, vec![session]).await?.pop().ok_or_else(|| anyhow::anyhow!("a created session has no row").into())
}

/// Copies the department's active students into the session's roster.
async fn freeze_roster(txn: &impl ConnectionTrait, session: &attendance_sessions::Model) -> Result<()> {
    let ids: Vec<i64> = students::Entity::find()
        .select_only()
        .column(students::Column::Id)
        .filter(students::Column::DepartmentId.eq(session.department_id))
        .filter(students::Column::IsActive.eq(true))
        .into_tuple()
        .all(txn)
        .await?;
    if ids.is_empty() {
        return Ok(());
    }
    let rows = ids.into_iter().map(|student_id| session_rosters::ActiveModel {
        session_id: Set(session.id),
        student_id: Set(student_id),
        ..Default::default()
    });
    session_rosters::Entity::insert_many(rows).exec_without_returning(txn).await?;
    Ok(())
}

/// Cancels an active session.
///
/// # Errors
/// [`AppError::SessionClosed`], [`AppError::Forbidden`], [`AppError::NotFound`], or internals.
pub async fn cancel_session(ctx: &Ctx, actor: &Actor, id: SessionId) -> Result<SessionDetail> {
    load_for_marking(ctx, actor, id).await?;
    let txn = db::begin_write(&ctx.db).await?;
    let session = attendance_sessions::Entity::find_by_id(id.0).lock_exclusive().one(&txn).await?;
    let session = session.ok_or_else(|| AppError::not_found("Attendance session", id))?;
    require_active(ctx, &session)?;
    let sentence = format!("{} cancelled {} on {}", actor.name, session.subject, session.date);
    attendance_sessions::ActiveModel {
        id: Set(session.id),
        status: Set(SessionStatus::Cancelled.as_str().to_owned()),
        updated_at: Set(ctx.clock.now()),
        ..Default::default()
    }
    .update(&txn)
    .await?;
    audit::record(&txn, ctx, Some(actor), "session.cancel", "session", id, &sentence).await?;
    txn.commit().await?;
    register::publish(ctx, id, SessionStatus::Cancelled, &[]).await;
    get_session(ctx, actor, id).await
}

/// Saves the register, or confirms one that the clock closed.
///
/// # Errors
/// [`AppError::SessionClosed`], [`AppError::Forbidden`], [`AppError::NotFound`], or internals.
pub async fn complete_session(ctx: &Ctx, actor: &Actor, id: SessionId) -> Result<SessionDetail> {
    load_for_marking(ctx, actor, id).await?;
    super::closing::complete_by_person(ctx, actor, id).await?;
    get_session(ctx, actor, id).await
}

/// Rows with department, teacher and counts, in the given order.
///
/// # Errors
/// When the database fails.
pub async fn to_rows(ctx: &Ctx, sessions: Vec<attendance_sessions::Model>) -> Result<Vec<SessionRow>> {
    to_rows_for(ctx, sessions, Sight::All).await
}

/// As [`to_rows`], with counts over those whom the reader may see.
///
/// # Errors
/// When the database fails.
pub async fn to_rows_for(
    ctx: &Ctx,
    sessions: Vec<attendance_sessions::Model>,
    sight: Sight,
) -> Result<Vec<SessionRow>> {
    if sessions.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = sessions.iter().map(|session| session.id).collect();
    let counters = register::counters_of(&ctx.db, &ids, sight).await?;
    let departments: HashMap<i64, DepartmentRef> = departments::Entity::find()
        .filter(departments::Column::Id.is_in(sessions.iter().map(|session| session.department_id)))
        .all(&ctx.db)
        .await?
        .into_iter()
        .map(|row| (row.id, DepartmentRef::from(row)))
        .collect();
    let teachers: HashMap<i64, String> = users::Entity::find()
        .filter(users::Column::Id.is_in(sessions.iter().map(|session| session.created_by_id)))
        .all(&ctx.db)
        .await?
        .into_iter()
        .map(|user| (user.id, register::display_name(&user)))
        .collect();
    let wall = ctx.clock.wall();
    let rows = sessions.into_iter().map(|session| SessionRow {
        stage: stage(&session, wall),
        id: SessionId(session.id),
        department: departments.get(&session.department_id).cloned().unwrap_or_default(),
        status: session.status.parse().unwrap_or_default(),
        teacher: teachers.get(&session.created_by_id).cloned().unwrap_or_default(),
        counters: counters.get(&session.id).copied().unwrap_or_default(),
        subject: session.subject,
        date: session.date,
        start_time: session.start_time,
        end_time: session.end_time,
    });
    Ok(rows.collect())
}
