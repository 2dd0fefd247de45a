//! Marking: by the machine, within what it may decide, and by people.

use super::{audit, closing, register, sessions, settings};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{attendance_records, attendance_sessions, session_rosters},
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

pub use super::mark_photo::mark_photo;

/// Longest note, characters.
const NOTES_CHARS_MAX: usize = 500;

/// A person's decision about one student of the roster.
///
/// # Errors
/// [`AppError::NotFound`] for students outside of the roster, [`AppError::SessionClosed`],
/// field errors, [`AppError::Forbidden`], or internals.
pub async fn set_record(ctx: &Ctx, actor: &Actor, form: RecordForm) -> Result<RosterEntry> {
    sessions::load_for_marking(ctx, actor, form.session).await?;
    if form.notes.chars().count() > NOTES_CHARS_MAX || form.reason.chars().count() > NOTES_CHARS_MAX {
        return Err(AppError::field("notes", "Ensure this field has no more than 500 characters.").into());
    }
    let txn = db::begin_write(&ctx.db).await?;
    let session = closing::lock(&txn, form.session).await?;
    let correcting = require_writable(ctx, actor, &session, &form).await?;
    require_on_roster(&txn, form.session, form.student).await?;
    let before = find(&txn, form.session, form.student).await?;
    write_decision(ctx, &txn, actor, &form, before.as_ref()).await?;
    let was = before.as_ref().map_or("unmarked", |record| record.status.as_str());
    let is = form.status.map_or("unmarked", RecordStatus::as_str);
    let why = if form.reason.trim().is_empty() { String::new() } else { format!(": {}", form.reason.trim()) };
    let sentence = format!("{} changed student {} from {was} to {is}{why}", actor.name, form.student);
    let action = if correcting { "record.correct" } else { "record.set" };
    audit::record(&txn, ctx, Some(actor), action, "session", form.session, &sentence).await?;
    txn.commit().await?;
    let status = session.status.parse().unwrap_or_default();
    register::publish(ctx, form.session, status, &[form.student]).await;
    let entry = register::entries(ctx, &ctx.db, form.session, Some(&[form.student])).await?.pop();
    Ok(entry.ok_or_else(|| AppError::not_found("Student", form.student))?)
}

/// Gives all unmarked students of an active session this status; returns how many.
///
/// # Errors
/// [`AppError::SessionClosed`], [`AppError::Forbidden`], or internals.
pub async fn mark_rest(ctx: &Ctx, actor: &Actor, id: SessionId, status: RecordStatus) -> Result<u64> {
    sessions::load_for_marking(ctx, actor, id).await?;
    let txn = db::begin_write(&ctx.db).await?;
    let session = closing::lock(&txn, id).await?;
    sessions::require_active(ctx, &session)?;
    let marked = closing::mark_unmarked(ctx, &txn, id, status, Method::Manual, Some(actor)).await?;
    let sentence = format!("{} marked the {} unmarked as {}", actor.name, marked.len(), status.as_str());
    audit::record(&txn, ctx, Some(actor), "record.rest", "session", id, &sentence).await?;
    txn.commit().await?;
    register::publish(ctx, id, SessionStatus::Active, &marked).await;
    Ok(marked.len() as u64)
}

/// Whether this person may correct this closed register now: admins always, the
/// session's teachers within the window after it closed.
///
/// # Errors
/// When the database fails.
pub async fn correction_open(ctx: &Ctx, actor: &Actor, session: &attendance_sessions::Model) -> Result<bool> {
    if session.status != SessionStatus::Completed.as_str() {
        return Ok(false);
    }
    if actor.role == Role::Admin {
        return Ok(true);
    }
    let hours = settings::load(&ctx.db).await?.correction_window_hours;
    let closed = session.completed_at.unwrap_or(session.updated_at);
    Ok(ctx.clock.now() <= closed + Duration::hours(hours))
}

/// Active sessions are open; completed ones take corrections with a reason. Returns whether this is one.
async fn require_writable(
    ctx: &Ctx,
    actor: &Actor,
    session: &attendance_sessions::Model,
    form: &RecordForm,
) -> Result<bool> {
    if session.status == SessionStatus::Active.as_str() {
        return Ok(false);
    }
    if session.status != SessionStatus::Completed.as_str() {
        sessions::require_active(ctx, session)?;
    }
    if !correction_open(ctx, actor, session).await? {
        let sentence = "The time for corrections is over. An administrator can still change this record.";
        return Err(AppError::Rule(sentence.to_owned()).into());
    }
    if form.reason.trim().is_empty() {
        return Err(AppError::field("reason", "A correction of a saved register needs a reason.").into());
    }
    if form.status.is_none() {
        return Err(AppError::Rule("A record of a saved register cannot be removed, only corrected.".to_owned()).into());
    }
    Ok(true)
}

async fn require_on_roster(txn: &impl ConnectionTrait, session: SessionId, student: StudentId) -> Result<()> {
    let listed = session_rosters::Entity::find()
        .filter(session_rosters::Column::SessionId.eq(session.0))
        .filter(session_rosters::Column::StudentId.eq(student.0))
        .one(txn)
        .await?;
    if listed.is_some() { Ok(()) } else { Err(AppError::not_found("Student of this session", student).into()) }
}

async fn find(
    txn: &impl ConnectionTrait,
    session: SessionId,
    student: StudentId,
) -> Result<Option<attendance_records::Model>> {
    Ok(attendance_records::Entity::find()
        .filter(attendance_records::Column::SessionId.eq(session.0))
        .filter(attendance_records::Column::StudentId.eq(student.0))
        .one(txn)
        .await?)
}

/// Inserts, changes or (in an active session) removes the record.
async fn write_decision(
    ctx: &Ctx,
    txn: &impl ConnectionTrait,
    actor: &Actor,
    form: &RecordForm,
    before: Option<&attendance_records::Model>,
) -> Result<()> {
    let Some(status) = form.status else {
        if let Some(record) = before {
            attendance_records::Entity::delete_by_id(record.id).exec(txn).await?;
        }
        return Ok(());
    };
    let now = ctx.clock.now();
    let mut record = attendance_records::ActiveModel {
        session_id: Set(form.session.0),
        student_id: Set(form.student.0),
        timestamp: Set(now),
        status: Set(status.as_str().to_owned()),
        method: Set(Method::Manual.as_str().to_owned()),
        marked_by_id: Set(Some(actor.user_id.0)),
        manual_override: Set(true),
        notes: Set(form.notes.trim().to_owned()),
        updated_at: Set(now),
        ..Default::default()
    };
    match before {
        Some(before) => {
            record.id = Set(before.id);
            record.update(txn).await?;
        }
        None => {
            record.created_at = Set(now);
            record.insert(txn).await?;
        }
    }
    Ok(())
}
