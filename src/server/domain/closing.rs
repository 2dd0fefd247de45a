//! Closing registers: by a person, or by the clock when nobody did.

use super::{audit, register, sessions};
use crate::app::error::AppError;
use crate::app::types::{Method, RecordStatus, SessionId, SessionStage, SessionStatus, StudentId};
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{attendance_records, attendance_sessions},
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use std::collections::HashSet;

/// Rows of one insert: SQLite binds at most 32,766 values a statement.
const ROWS_PER_INSERT: usize = 1_000;

/// Saves the register: unmarked becomes absent by this person's decision. A register
/// that the clock closed is confirmed as it stands.
///
/// # Errors
/// [`AppError::SessionClosed`], [`AppError::NotFound`], or internals.
pub async fn complete_by_person(ctx: &Ctx, actor: &Actor, id: SessionId) -> Result<()> {
    let now = ctx.clock.now();
    let txn = db::begin_write(&ctx.db).await?;
    let session = lock(&txn, id).await?;
    let confirming = sessions::stage(&session, ctx.clock.wall()) == SessionStage::ToConfirm;
    let mut absent = Vec::new();
    if !confirming {
        sessions::require_active(ctx, &session)?;
        absent = mark_unmarked(ctx, &txn, id, RecordStatus::Absent, Method::Manual, Some(actor)).await?;
    }
    let mut change = register::kept_counts(&txn, id).await?;
    change.confirmed_at = Set(Some(now));
    change.updated_at = Set(now);
    if !confirming {
        change.status = Set(SessionStatus::Completed.as_str().to_owned());
        change.completed_at = Set(Some(now));
        change.completed_by_id = Set(Some(actor.user_id.0));
        change.closed_by = Set(Some("person".to_owned()));
    }
    change.update(&txn).await?;
    let verb = if confirming { "confirmed" } else { "saved" };
    let sentence = format!(
        "{} {verb} the register of {} on {}; {} without a mark became absent",
        actor.name,
        session.subject,
        session.date,
        absent.len()
    );
    audit::record(&txn, ctx, Some(actor), "session.complete", "session", id, &sentence).await?;
    txn.commit().await?;
    register::publish(ctx, id, SessionStatus::Completed, &absent).await;
    Ok(())
}

/// Closes every active session whose time is over, also those that ended while the
/// server was down. Their absences wait for a person. Returns how many were closed.
///
/// # Errors
/// When the database fails.
pub async fn close_by_clock(ctx: &Ctx) -> Result<usize> {
    let today = ctx.clock.wall().date();
    let open = attendance_sessions::Entity::find()
        .filter(attendance_sessions::Column::Status.eq(SessionStatus::Active.as_str()))
        .filter(attendance_sessions::Column::Date.lte(today))
        .all(&ctx.db)
        .await?;
    let now = ctx.clock.now();
    let mut closed = 0;
    for session in open.into_iter().filter(|session| sessions::closes_at(ctx, session) <= now) {
        closed += usize::from(close_one(ctx, SessionId(session.id)).await?);
    }
    Ok(closed)
}

async fn close_one(ctx: &Ctx, id: SessionId) -> Result<bool> {
    let now = ctx.clock.now();
    let txn = db::begin_write(&ctx.db).await?;
    let session = lock(&txn, id).await?;
    // A person may have saved it since it was listed.
    if session.status != SessionStatus::Active.as_str() {
        return Ok(false);
    }
    let absent = mark_unmarked(ctx, &txn, id, RecordStatus::Absent, Method::AutoClose, None).await?;
    let sentence = format!(
        "The clock closed {} on {}; {} without a mark became absent until somebody confirms",
        session.subject,
        session.date,
        absent.len()
    );
    attendance_sessions::ActiveModel {
        status: Set(SessionStatus::Completed.as_str().to_owned()),
        completed_at: Set(Some(now)),
        closed_by: Set(Some("clock".to_owned())),
        updated_at: Set(now),
        ..register::kept_counts(&txn, id).await?
    }
    .update(&txn)
    .await?;
    audit::record(&txn, ctx, None, "session.auto_close", "session", id, &sentence).await?;
    txn.commit().await?;
    register::publish(ctx, id, SessionStatus::Completed, &absent).await;
    Ok(true)
}

/// Reads a session and keeps others from changing it until the transaction ends.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn lock(txn: &impl ConnectionTrait, id: SessionId) -> Result<attendance_sessions::Model> {
    let session = attendance_sessions::Entity::find_by_id(id.0).lock_exclusive().one(txn).await?;
    Ok(session.ok_or_else(|| AppError::not_found("Attendance session", id))?)
}

/// Gives every unmarked student of the roster this status; returns who they were.
///
/// # Errors
/// When the database fails.
pub async fn mark_unmarked(
    ctx: &Ctx,
    txn: &impl ConnectionTrait,
    id: SessionId,
    status: RecordStatus,
    method: Method,
    actor: Option<&Actor>,
) -> Result<Vec<StudentId>> {
    let roster = register::roster_ids(txn, id).await?;
    let marked: Vec<i64> = attendance_records::Entity::find()
        .select_only()
        .column(attendance_records::Column::StudentId)
        .filter(attendance_records::Column::SessionId.eq(id.0))
        .into_tuple()
        .all(txn)
        .await?;
    let marked: HashSet<i64> = marked.into_iter().collect();
    let rest: Vec<StudentId> = roster.into_iter().filter(|student| !marked.contains(student)).map(StudentId).collect();
    let now = ctx.clock.now();
    for chunk in rest.chunks(ROWS_PER_INSERT) {
        let rows = chunk.iter().map(|student| attendance_records::ActiveModel {
            session_id: Set(id.0),
            student_id: Set(student.0),
            timestamp: Set(now),
            status: Set(status.as_str().to_owned()),
            method: Set(method.as_str().to_owned()),
            marked_by_id: Set(actor.map(|actor| actor.user_id.0)),
            manual_override: Set(method == Method::Manual),
            notes: Set(String::new()),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        });
        attendance_records::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([attendance_records::Column::SessionId, attendance_records::Column::StudentId])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(txn)
            .await?;
    }
    Ok(rest)
}
