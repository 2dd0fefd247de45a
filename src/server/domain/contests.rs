//! Objections to records: students write them, the department's teachers decide.

use super::records::{self, Decision, NOTES_CHARS_MAX, RECORD, audit_key};
use super::{audit, closing, me, sessions, validate};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self, WriteTransaction,
    entities::{attendance_records, attendance_sessions, record_contests},
};
use crate::server::error::{Error, Result};
use crate::server::state::Ctx;
use crate::tr;
use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, QuerySelect};

/// Days after a register was closed in which its records may be objected to. Teachers correct within their own window,
/// administrators after it.
pub const CONTEST_DAYS: i64 = 14;
/// How the reason of a correction begins that accepted an objection, and how it goes on without an answer.
const CONTESTED: &str = "contested: ";
const ACCEPTED: &str = "accepted";

/// Until when an objection is taken; nothing while the register is open or when it does not count.
pub fn open_until(session: &attendance_sessions::Model) -> Option<DateTime<Utc>> {
    let closed = session.completed_at.unwrap_or(session.updated_at);
    (session.status == SessionStatus::Completed.as_str()).then(|| closed + Duration::days(CONTEST_DAYS))
}

/// Why a record cannot be objected to now; nothing when it can.
pub fn obstacle(ctx: &Ctx, session: &attendance_sessions::Model, record: &attendance_records::Model) -> Option<String> {
    let status = record.status.parse();
    match open_until(session) {
        None => Some(tr!("domain-contest-open-register")),
        Some(until) if ctx.clock.now() > until => Some(tr!("domain-contest-too-late")),
        Some(_) if !matches!(status, Ok(RecordStatus::Absent | RecordStatus::Late)) => {
            Some(tr!("domain-contest-status"))
        }
        Some(_) => None,
    }
}

/// A record of the actor's own student with its session.
///
/// # Errors
/// [`AppError::NotFound`], also for records of others; database trouble.
pub async fn own_record(
    ctx: &Ctx,
    actor: &Actor,
    id: RecordId,
) -> Result<(attendance_records::Model, attendance_sessions::Model)> {
    let missing = || AppError::not_found("Record", id);
    let student = me::own_student(ctx, actor).await?.ok_or_else(missing)?;
    let found = attendance_records::Entity::find_by_id(id.0).find_also_related(attendance_sessions::Entity);
    match found.one(&ctx.db).await? {
        Some((record, Some(session))) if record.student_id == student.id => Ok((record, session)),
        _ => Err(missing().into()),
    }
}

/// Writes a student's objection to a record of their own.
///
/// # Errors
/// [`AppError::NotFound`], field errors, [`AppError::Rule`] when it is too late, the status is none that can be objected
/// to, or an objection is open already; database trouble.
pub async fn open_contest(ctx: &Ctx, actor: &Actor, form: ContestForm) -> Result<()> {
    let (_, session) = own_record(ctx, actor, form.record).await?;
    let mut faults = FieldErrors::new();
    let note = required_text(&mut faults, "note", &form.note);
    faults.finish()?;
    let txn = db::begin_write(&ctx.db).await?;
    // Nobody closes or corrects meanwhile what is looked at here.
    let session = closing::lock(&txn, SessionId(session.id)).await?;
    let record = attendance_records::Entity::find_by_id(form.record.0).one(&txn).await?;
    let record = record.ok_or_else(|| AppError::not_found("Record", form.record))?;
    if let Some(sentence) = obstacle(ctx, &session, &record) {
        return Err(AppError::Rule(sentence).into());
    }
    let contest = record_contests::ActiveModel {
        record_id: Set(record.id),
        student_id: Set(record.student_id),
        note: Set(note),
        state: Set(ContestState::Open.as_str().to_owned()),
        answer: Set(String::new()),
        created_at: Set(ctx.clock.now()),
        ..Default::default()
    };
    contest.insert(&txn).await.map_err(twice)?;
    // Without the note: it may tell of health or family, and the log is read by more people than decide about it.
    let sentence = format!("{} objected to the mark \u{201c}{}\u{201d}", actor.name, record.status);
    let key = audit_key(session.id, record.student_id);
    audit::record(&txn, ctx, Some(actor), "contest.open", RECORD, key, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

fn twice(error: DbErr) -> Error {
    if db::is_unique(&error, "uq_record_contests_open") {
        AppError::Rule(tr!("domain-contest-twice")).into()
    } else {
        error.into()
    }
}

/// Accepts an objection: the record is corrected as a person would, with the reason "contested".
///
/// # Errors
/// [`AppError::NotFound`], also for other departments; field errors; [`AppError::Rule`] when it is decided already or
/// the time for corrections is over; database trouble.
pub async fn accept_contest(ctx: &Ctx, actor: &Actor, id: ContestId, status: RecordStatus, answer: &str) -> Result<()> {
    let mut faults = FieldErrors::new();
    let answer = validate::text_up_to(&mut faults, "answer", answer, NOTES_CHARS_MAX - 20);
    if status == RecordStatus::Absent {
        faults.add("status", tr!("domain-contest-choose"));
    }
    faults.finish()?;
    let (txn, contest, record, session) = lock_open(ctx, actor, id).await?;
    let words = if answer.is_empty() { ACCEPTED } else { answer.as_str() };
    let decision = Decision { student: StudentId(record.student_id), status: Some(status), notes: None, made_at: None };
    let reason = format!("{CONTESTED}{words}");
    let changed = records::decide_within(ctx, &txn, actor, &session, decision, &reason).await?;
    decide(ctx, &txn, actor, (contest, &record), ContestState::Accepted, &answer).await?;
    txn.commit().await?;
    records::tell(ctx, &session, &changed).await;
    Ok(())
}

/// The reason of a correction as people read it; what an accepted objection has written is said in their language.
pub fn reason_words(reason: &str) -> String {
    match reason.strip_prefix(CONTESTED) {
        Some(ACCEPTED) => tr!("domain-contest-reason", answer = tr!("domain-contest-accepted")),
        Some(answer) => tr!("domain-contest-reason", answer = answer),
        None => reason.to_owned(),
    }
}

/// Declines an objection, with an answer to the student; the record stays.
///
/// # Errors
/// [`AppError::NotFound`], also for other departments; field errors; [`AppError::Rule`] when it is decided already;
/// database trouble.
pub async fn decline_contest(ctx: &Ctx, actor: &Actor, id: ContestId, answer: &str) -> Result<()> {
    let mut faults = FieldErrors::new();
    let answer = required_text(&mut faults, "answer", answer);
    faults.finish()?;
    let (txn, contest, record, _) = lock_open(ctx, actor, id).await?;
    decide(ctx, &txn, actor, (contest, &record), ContestState::Declined, &answer).await?;
    txn.commit().await?;
    Ok(())
}

/// An open objection of a department of the actor's, whose session nobody else changes until the transaction ends.
async fn lock_open(
    ctx: &Ctx,
    actor: &Actor,
    id: ContestId,
) -> Result<(WriteTransaction, record_contests::Model, attendance_records::Model, attendance_sessions::Model)> {
    let missing = || AppError::not_found("Objection", id);
    let found = record_contests::Entity::find_by_id(id.0).find_also_related(attendance_records::Entity);
    let Some((_, Some(record))) = found.one(&ctx.db).await? else { return Err(missing().into()) };
    let session = sessions::load(&ctx.db, SessionId(record.session_id)).await?;
    if !actor.may_mark_in(DepartmentId(session.department_id)) {
        return Err(missing().into());
    }
    let txn = db::begin_write(&ctx.db).await?;
    let session = closing::lock(&txn, SessionId(record.session_id)).await?;
    let contest = record_contests::Entity::find_by_id(id.0).lock_exclusive().one(&txn).await?.ok_or_else(missing)?;
    if contest.state != ContestState::Open.as_str() {
        return Err(AppError::Rule(tr!("domain-contest-decided")).into());
    }
    Ok((txn, contest, record, session))
}

async fn decide(
    ctx: &Ctx,
    txn: &impl ConnectionTrait,
    actor: &Actor,
    (contest, record): (record_contests::Model, &attendance_records::Model),
    state: ContestState,
    answer: &str,
) -> Result<()> {
    let decided = record_contests::ActiveModel {
        id: Set(contest.id),
        state: Set(state.as_str().to_owned()),
        answer: Set(answer.to_owned()),
        decided_by_id: Set(Some(actor.user_id.0)),
        decided_at: Set(Some(ctx.clock.now())),
        ..Default::default()
    };
    decided.update(txn).await?;
    let (action, word) = match state {
        ContestState::Accepted => ("contest.accept", "accepted"),
        _ => ("contest.decline", "declined"),
    };
    let sentence = format!("{} {word} the objection of student {}", actor.name, record.student_id);
    let key = audit_key(record.session_id, record.student_id);
    audit::record(txn, ctx, Some(actor), action, RECORD, key, &sentence).await
}

fn required_text(faults: &mut FieldErrors, field: &str, text: &str) -> String {
    if text.trim().is_empty() {
        faults.add(field, tr!("domain-required"));
    }
    validate::text_up_to(faults, field, text, NOTES_CHARS_MAX)
}
