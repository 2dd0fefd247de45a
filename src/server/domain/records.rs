//! Marking: by the machine, within what it may decide, and by people.

use super::audit::Change;
use super::{audit, closing, late_marks, register, sessions, settings, validate};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{attendance_records, attendance_sessions},
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use anyhow::anyhow;
use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use std::collections::{HashMap, HashSet};

pub use super::mark_photo::{mark_photo, mark_photo_taken};

/// Longest note and longest reason, characters.
pub const NOTES_CHARS_MAX: usize = 500;
/// What the audit log calls one student's mark in one session.
pub const RECORD: &str = "record";
/// The audit log's word for no record.
pub const UNMARKED: &str = "unmarked";

/// One student's part in a person's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub student: StudentId,
    /// Absent: take the mark back, in active sessions.
    pub status: Option<RecordStatus>,
    /// Absent: the note stays as it is.
    pub notes: Option<String>,
    /// Absent: now. Otherwise it waited on a device since.
    pub made_at: Option<DateTime<Utc>>,
}

/// A person's decision about one student of the roster.
///
/// # Errors
/// [`AppError::NotFound`] for students outside of the roster, [`AppError::SessionClosed`],
/// field errors, [`AppError::Forbidden`], or internals.
pub async fn set_record(ctx: &Ctx, actor: &Actor, form: RecordForm) -> Result<RosterEntry> {
    set_record_made(ctx, actor, form, None).await
}

/// The same for a decision that waited on a device since `made_at`.
///
/// # Errors
/// As [`set_record`], and [`AppError::Conflict`] when somebody decided otherwise meanwhile.
pub async fn set_record_made(
    ctx: &Ctx,
    actor: &Actor,
    form: RecordForm,
    made_at: Option<DateTime<Utc>>,
) -> Result<RosterEntry> {
    sessions::load_for_marking(ctx, actor, form.session).await?;
    let mut faults = FieldErrors::new();
    let reason = validate::text_up_to(&mut faults, "reason", &form.reason, NOTES_CHARS_MAX);
    let notes = form.notes.as_deref().map(|notes| validate::text_up_to(&mut faults, "notes", notes, NOTES_CHARS_MAX));
    faults.finish()?;
    let txn = db::begin_write(&ctx.db).await?;
    let session = closing::lock(&txn, form.session).await?;
    let status = match form.keep_status {
        true => status_now(&txn, form.session, form.student).await?,
        false => form.status,
    };
    let correcting = require_writable(ctx, actor, &session, &reason, status.is_none()).await?;
    if !register::is_on_roster(&txn, form.session, form.student).await? {
        return Err(AppError::not_found("Student of this session", form.student).into());
    }
    let decision = Decision { student: form.student, status, notes, made_at };
    let counts = late_marks::still_counts(ctx, &txn, actor, form.session, &decision).await?;
    let decisions = if counts { vec![decision] } else { Vec::new() };
    let changed = decide(ctx, &txn, actor, &session, &decisions, &reason, correcting).await?;
    txn.commit().await?;
    tell(ctx, &session, &changed).await;
    let entry = register::entries(ctx, &ctx.db, form.session, Some(&[form.student])).await?.pop();
    Ok(entry.ok_or_else(|| AppError::not_found("Student", form.student))?)
}

/// A person's decisions about several students of one roster: all of them or none. Returns whose record changed;
/// deciding the same again changes nothing.
///
/// # Errors
/// [`AppError::Invalid`] with every fault by its position, [`AppError::SessionClosed`],
/// [`AppError::Forbidden`], or internals.
pub async fn set_records(
    ctx: &Ctx,
    actor: &Actor,
    id: SessionId,
    mut decisions: Vec<Decision>,
    reason: &str,
) -> Result<Vec<StudentId>> {
    sessions::load_for_marking(ctx, actor, id).await?;
    let mut faults = FieldErrors::new();
    let reason = validate::text_up_to(&mut faults, "reason", reason, NOTES_CHARS_MAX);
    let txn = db::begin_write(&ctx.db).await?;
    let session = closing::lock(&txn, id).await?;
    let removing = decisions.iter().any(|decision| decision.status.is_none());
    let correcting = require_writable(ctx, actor, &session, &reason, removing).await?;
    let roster: HashSet<i64> = register::roster_ids(&txn, id).await?.into_iter().collect();
    let mut seen = HashSet::new();
    for (at, decision) in decisions.iter_mut().enumerate() {
        let student = format!("records[{at}].student");
        if !roster.contains(&decision.student.0) {
            faults.add(&student, tr!("domain-record-not-on-roster"));
        }
        if !seen.insert(decision.student) {
            faults.add(&student, tr!("domain-record-twice"));
        }
        if let Some(notes) = &mut decision.notes {
            let field = format!("records[{at}].notes");
            *notes = validate::text_up_to(&mut faults, &field, notes, NOTES_CHARS_MAX);
        }
    }
    faults.finish()?;
    let changed = decide(ctx, &txn, actor, &session, &decisions, &reason, correcting).await?;
    txn.commit().await?;
    tell(ctx, &session, &changed).await;
    Ok(changed)
}

/// Writes the decisions that change something, with their rows of the audit log; returns whose record changed.
async fn decide(
    ctx: &Ctx,
    txn: &impl ConnectionTrait,
    actor: &Actor,
    session: &attendance_sessions::Model,
    decisions: &[Decision],
    reason: &str,
    correcting: bool,
) -> Result<Vec<StudentId>> {
    let mut before = find(txn, SessionId(session.id), decisions).await?;
    let (mut changed, mut changes) = (Vec::new(), Vec::new());
    for decision in decisions {
        let record = before.remove(&decision.student.0);
        if is_decided(record.as_ref(), decision) {
            continue;
        }
        write_decision(ctx, txn, actor, session, decision, record.as_ref()).await?;
        let was = record.as_ref().map_or(UNMARKED, |record| record.status.as_str());
        let is = decision.status.map_or(UNMARKED, RecordStatus::as_str);
        let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        let mut details = json!({
            "session": session.id, "student": decision.student, "from": was, "to": is, "reason": reason,
        });
        if let Some(made_at) = decision.made_at {
            details[late_marks::MADE_AT] = made_at.to_rfc3339().into();
        }
        changes.push(Change {
            action: if correcting { "record.correct" } else { "record.set" },
            object_type: RECORD,
            object_id: audit_key(session.id, decision.student.0),
            sentence: format!("{} changed student {} from {was} to {is}{why}", actor.name, decision.student),
            details,
        });
        changed.push(decision.student);
    }
    if correcting && !changed.is_empty() {
        register::kept_counts(txn, SessionId(session.id)).await?.update(txn).await?;
    }
    audit::record_all(txn, ctx, Some(actor), &changes).await?;
    Ok(changed)
}

/// Whether a person has decided exactly this before.
fn is_decided(record: Option<&attendance_records::Model>, decision: &Decision) -> bool {
    match (record, decision.status) {
        (None, None) => true,
        (Some(record), Some(status)) => {
            record.manual_override
                && record.status == status.as_str()
                && decision.notes.as_ref().is_none_or(|notes| *notes == record.notes)
        }
        _ => false,
    }
}

/// A mark by its word in the database, or its absence, in the reader's language.
pub fn mark_word(word: &str) -> String {
    match word {
        "present" => tr!("domain-mark-present"),
        "late" => tr!("domain-mark-late"),
        "absent" => tr!("domain-mark-absent"),
        "excused" => tr!("domain-mark-excused"),
        UNMARKED => tr!("domain-mark-unmarked"),
        other => other.to_owned(),
    }
}

/// The audit log's name for one student's mark in one session, which outlives a record that is taken back.
pub fn audit_key(session: i64, student: i64) -> String {
    format!("{session}/{student}")
}

/// A person's decision about one student inside of another act, by the rules of corrections. The session is locked by
/// the caller, who says what became of it with [`tell`] after the commit.
///
/// # Errors
/// As [`set_record`].
pub async fn decide_within(
    ctx: &Ctx,
    txn: &impl ConnectionTrait,
    actor: &Actor,
    session: &attendance_sessions::Model,
    decision: Decision,
    reason: &str,
) -> Result<Vec<StudentId>> {
    let correcting = require_writable(ctx, actor, session, reason, decision.status.is_none()).await?;
    decide(ctx, txn, actor, session, &[decision], reason, correcting).await
}

/// Shows the change on every open page of the register.
pub async fn tell(ctx: &Ctx, session: &attendance_sessions::Model, changed: &[StudentId]) {
    if !changed.is_empty() {
        let status = session.status.parse().unwrap_or_default();
        register::publish(ctx, SessionId(session.id), status, changed).await;
    }
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
    reason: &str,
    removing: bool,
) -> Result<bool> {
    if session.status == SessionStatus::Active.as_str() {
        return Ok(false);
    }
    if session.status != SessionStatus::Completed.as_str() {
        sessions::require_active(ctx, session)?;
    }
    if !correction_open(ctx, actor, session).await? {
        return Err(AppError::Rule(tr!("domain-record-too-late")).into());
    }
    if reason.is_empty() {
        return Err(AppError::field("reason", tr!("domain-record-needs-reason")).into());
    }
    if removing {
        return Err(AppError::Rule(tr!("domain-record-stays")).into());
    }
    Ok(true)
}

/// What is recorded of these students, by student.
async fn find(
    txn: &impl ConnectionTrait,
    session: SessionId,
    decisions: &[Decision],
) -> Result<HashMap<i64, attendance_records::Model>> {
    let records = attendance_records::Entity::find()
        .filter(attendance_records::Column::SessionId.eq(session.0))
        .filter(attendance_records::Column::StudentId.is_in(decisions.iter().map(|decision| decision.student.0)))
        .all(txn)
        .await?;
    Ok(records.into_iter().map(|record| (record.student_id, record)).collect())
}

/// A student's record in a session; nothing while they are unmarked.
///
/// # Errors
/// When the database fails.
pub async fn record_of(
    db: &impl ConnectionTrait,
    session: SessionId,
    student: StudentId,
) -> Result<Option<attendance_records::Model>> {
    let record = attendance_records::Entity::find()
        .filter(attendance_records::Column::SessionId.eq(session.0))
        .filter(attendance_records::Column::StudentId.eq(student.0));
    Ok(record.one(db).await?)
}

/// The status of a student's record in a session that the caller has locked; nothing while they are unmarked.
async fn status_now(
    txn: &impl ConnectionTrait,
    session: SessionId,
    student: StudentId,
) -> Result<Option<RecordStatus>> {
    let record = record_of(txn, session, student).await?;
    let status =
        record.map(|record| record.status.parse().map_err(|()| anyhow!("an unknown status: {}", record.status)));
    Ok(status.transpose()?)
}

/// Inserts, changes or (in an active session) removes the record.
async fn write_decision(
    ctx: &Ctx,
    txn: &impl ConnectionTrait,
    actor: &Actor,
    session: &attendance_sessions::Model,
    decision: &Decision,
    before: Option<&attendance_records::Model>,
) -> Result<()> {
    let Some(status) = decision.status else {
        if let Some(record) = before {
            attendance_records::Entity::delete_by_id(record.id).exec(txn).await?;
        }
        return Ok(());
    };
    let now = ctx.clock.now();
    let mut record = attendance_records::ActiveModel {
        session_id: Set(session.id),
        student_id: Set(decision.student.0),
        timestamp: Set(late_marks::counted_from(ctx, session, decision.made_at)),
        status: Set(status.as_str().to_owned()),
        method: Set(Method::Manual.as_str().to_owned()),
        marked_by_id: Set(Some(actor.user_id.0)),
        manual_override: Set(true),
        updated_at: Set(now),
        ..Default::default()
    };
    if let Some(notes) = &decision.notes {
        record.notes = Set(notes.clone());
    }
    match before {
        Some(before) => {
            record.id = Set(before.id);
            record.update(txn).await?;
        }
        None => {
            record.notes = Set(decision.notes.clone().unwrap_or_default());
            record.created_at = Set(now);
            record.insert(txn).await?;
        }
    }
    Ok(())
}
