//! One session with everything that is known of it, and changes to it while it is active.

use super::session_form::{self, SessionChange};
use super::{audit, closing, register, sessions, settings};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{attendance_sessions, users},
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

/// A session as the REST API tells it.
#[derive(Clone, Debug)]
pub struct SessionFacts {
    pub row: SessionRow,
    pub created_by: Creator,
    pub notes: String,
    pub late_after_minutes: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub completed_at: Option<DateTime<Utc>>,
    /// `person` or `clock`.
    pub closed_by: Option<String>,
    /// When a person saved or confirmed the register.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Who created a session.
#[derive(Clone, Debug, Default)]
pub struct Creator {
    pub id: UserId,
    pub username: String,
    /// First and last name, or the username when both are empty.
    pub name: String,
}

/// A session that the actor may see.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn get_facts(ctx: &Ctx, actor: &Actor, id: SessionId) -> Result<SessionFacts> {
    let (session, sight) = sessions::load_for_reading(ctx, actor, id).await?;
    let row = sessions::to_rows_for(ctx, vec![session.clone()], sight).await?.pop();
    let creator = users::Entity::find_by_id(session.created_by_id).one(&ctx.db).await?;
    Ok(SessionFacts {
        row: row.ok_or_else(|| AppError::not_found("Attendance session", id))?,
        created_by: creator.map_or_else(Creator::default, |user| Creator {
            id: UserId(user.id),
            name: register::display_name(&user),
            username: user.username,
        }),
        notes: session.notes,
        late_after_minutes: session.late_after_minutes,
        created_at: session.created_at,
        updated_at: session.updated_at,
        completed_at: session.completed_at,
        closed_by: session.closed_by,
        confirmed_at: session.confirmed_at,
    })
}

/// The register as a sheet of paper.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn get_register_sheet(ctx: &Ctx, actor: &Actor, id: SessionId) -> Result<RegisterSheet> {
    let detail = sessions::get_session(ctx, actor, id).await?;
    let session = sessions::load(&ctx.db, id).await?;
    let zone = ctx.clock.timezone();
    Ok(RegisterSheet {
        institution: settings::load(&ctx.db).await?.institution,
        detail,
        late_after_minutes: session.late_after_minutes,
        saved_at: session.confirmed_at.map(|at| at.with_timezone(&zone).naive_local()),
        drawn_at: ctx.clock.wall(),
    })
}

/// Changes the fields of an active session.
///
/// # Errors
/// [`AppError::SessionClosed`], [`AppError::Invalid`] with all faults, [`AppError::Forbidden`],
/// [`AppError::NotFound`], or internals.
pub async fn change_session(ctx: &Ctx, actor: &Actor, id: SessionId, change: SessionChange) -> Result<SessionFacts> {
    sessions::load_for_marking(ctx, actor, id).await?;
    let txn = db::begin_write(&ctx.db).await?;
    let session = closing::lock(&txn, id).await?;
    sessions::require_active(ctx, &session)?;
    let planned = session_form::check_change(&session, &change, &settings::load(&txn).await?)?;
    let changed = changed_fields(&session, &planned);
    if !changed.is_empty() {
        attendance_sessions::ActiveModel {
            id: Set(session.id),
            subject: Set(planned.subject),
            start_time: Set(planned.start_time),
            end_time: Set(planned.end_time),
            notes: Set(planned.notes),
            late_after_minutes: Set(planned.late_after_minutes),
            updated_at: Set(ctx.clock.now()),
            ..Default::default()
        }
        .update(&txn)
        .await?;
        let fields = changed.join(", ");
        let sentence = format!("{} changed {fields} of {} on {}", actor.name, session.subject, session.date);
        audit::record(&txn, ctx, Some(actor), "session.change", "session", id, &sentence).await?;
    }
    txn.commit().await?;
    if !changed.is_empty() {
        register::publish(ctx, id, SessionStatus::Active, &[]).await;
    }
    get_facts(ctx, actor, id).await
}

fn changed_fields(before: &attendance_sessions::Model, after: &session_form::PlannedSession) -> Vec<&'static str> {
    let fields = [
        ("subject", before.subject != after.subject),
        ("start time", before.start_time != after.start_time),
        ("end time", before.end_time != after.end_time),
        ("notes", before.notes != after.notes),
        ("late line", before.late_after_minutes != after.late_after_minutes),
    ];
    fields.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect()
}
