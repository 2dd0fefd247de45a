//! Marks that were made without a connection and arrive later than they were made.
//!
//! They count from when they were made. A record that a person changed since stays: the later decision wins, and the
//! sender of the earlier one hears of it.

use super::records::{Decision, RECORD, UNMARKED, audit_key, mark_word, record_of};
use super::sent_requests;
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{attendance_sessions, audit_log, students, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

/// When a late mark was made, in the details of its row of the audit log.
pub const MADE_AT: &str = "made_at";

/// When something was made that waited this long on its device. An age and no time of day, because a device's clock
/// may be wrong; ages beyond what a key is known for are not believed.
pub fn made_at(ctx: &Ctx, waited_s: u64) -> DateTime<Utc> {
    let waited = Duration::try_seconds(i64::try_from(waited_s).unwrap_or(i64::MAX)).unwrap_or(sent_requests::KEPT);
    ctx.clock.now() - waited.min(sent_requests::KEPT)
}

/// When a mark of this session counts from: as it was made, but no session takes marks from before it was there.
pub fn counted_from(ctx: &Ctx, session: &attendance_sessions::Model, made_at: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let now = ctx.clock.now();
    made_at.map_or(now, |at| at.max(session.created_at).min(now))
}

/// A person's decision after the mark was made.
struct Later {
    by: Option<i64>,
    status: Option<RecordStatus>,
    notes: String,
    at: DateTime<Utc>,
}

/// Whether a late mark is still to be written: not when the same person has decided anew since.
///
/// # Errors
/// [`AppError::Conflict`] when somebody else has decided otherwise since, or internals.
pub async fn still_counts(
    ctx: &Ctx,
    txn: &impl ConnectionTrait,
    actor: &Actor,
    session: SessionId,
    decision: &Decision,
) -> Result<bool> {
    let Some(made_at) = decision.made_at else { return Ok(true) };
    let Some(later) = later_decision(txn, session, decision.student, made_at).await? else { return Ok(true) };
    let agrees = later.status == decision.status
        && decision.notes.as_ref().is_none_or(|notes| notes.is_empty() || *notes == later.notes);
    if agrees || later.by == Some(actor.user_id.0) {
        return Ok(false);
    }
    let student = students::Entity::find_by_id(decision.student.0).one(txn).await?;
    let student = student.map_or_else(|| tr!("domain-record-late-student"), |student| student.name);
    let by = match later.by {
        Some(id) => users::Entity::find_by_id(id).one(txn).await?.map(|user| name_of(&user)),
        None => None,
    };
    let time = |at: DateTime<Utc>| ctx.clock.wall_at(at).format("%H:%M").to_string();
    let word = |status: Option<RecordStatus>| mark_word(status.map_or(UNMARKED, RecordStatus::as_str));
    let sentence = tr!(
        "domain-record-late",
        by = by.unwrap_or_else(|| tr!("domain-record-late-somebody")),
        student = student,
        status = word(later.status),
        at = time(later.at),
        own = word(decision.status),
        made = time(made_at),
    );
    Err(AppError::Conflict(sentence).into())
}

/// What a person decided about this student after `since`: in the record, or in the audit log when it was taken back.
async fn later_decision(
    txn: &impl ConnectionTrait,
    session: SessionId,
    student: StudentId,
    since: DateTime<Utc>,
) -> Result<Option<Later>> {
    if let Some(record) = record_of(txn, session, student).await? {
        // When it was decided, not when it arrived: marks that waited side by side stay in their order.
        let by_hand = record.method == Method::Manual.as_str() && record.timestamp > since;
        let status = record.status.parse().ok();
        let (by, at) = (record.marked_by_id, record.timestamp);
        return Ok(by_hand.then_some(Later { by, status, notes: record.notes, at }));
    }
    let taken_back = audit_log::Entity::find()
        .filter(audit_log::Column::ObjectType.eq(RECORD))
        .filter(audit_log::Column::ObjectId.eq(audit_key(session.0, student.0)))
        .filter(audit_log::Column::At.gt(since))
        .order_by_desc(audit_log::Column::Id)
        .one(txn)
        .await?;
    let Some(row) = taken_back else { return Ok(None) };
    let details: Value = serde_json::from_str(&row.details).unwrap_or_default();
    let made_at = details[MADE_AT].as_str().and_then(|at| at.parse::<DateTime<Utc>>().ok());
    let at = made_at.unwrap_or(row.at);
    Ok((at > since).then_some(Later { by: row.actor_id, status: None, notes: String::new(), at }))
}

fn name_of(user: &users::Model) -> String {
    let full = format!("{} {}", user.first_name, user.last_name).trim().to_owned();
    if full.is_empty() { user.username.clone() } else { full }
}
