//! The ledger of consents to storing a face: read, and given by the student or written down by an admin.

use super::enrolment::NOTICE_VERSION;
use super::{audit, students, validate};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{ConsentKind, Role, StudentId};
use crate::server::auth::actor::Actor;
use crate::server::db::{self, entities::consents};
use crate::server::error::Result;
use crate::server::state::Ctx;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// Longest note beside a consent, characters.
pub const NOTE_CHARS_MAX: usize = 500;
/// The channel of what students do themselves, and of what admins write down for them.
pub const BY_STUDENT: &str = "self";
pub const BY_ADMIN: &str = "admin";

/// The channel of what this actor writes.
pub fn channel_of(actor: &Actor) -> &'static str {
    if actor.role == Role::Student { BY_STUDENT } else { BY_ADMIN }
}

/// The whole ledger of a student, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn ledger(db: &impl ConnectionTrait, student: StudentId) -> Result<Vec<consents::Model>> {
    Ok(consents::Entity::find()
        .filter(consents::Column::StudentId.eq(student.0))
        .order_by_desc(consents::Column::Id)
        .all(db)
        .await?)
}

/// Whether the latest entry allows a face to be stored; without one that depends on the consent mode.
pub fn stands(latest: Option<&consents::Model>) -> bool {
    latest.is_some_and(|row| row.kind != ConsentKind::Withdrawn.as_str())
}

/// Writes down that a student agrees to the notice, also again after a withdrawal: from then on photos may be enrolled,
/// in both consent modes. The student says so themselves, or an admin holds it on paper. Where the student has given it
/// already nothing changes. Returns the entry that holds.
///
/// # Errors
/// [`AppError::NotFound`], also for students whom the actor may not see; [`AppError::Forbidden`] for teachers; a field
/// error for the note; database trouble.
pub async fn give_consent(ctx: &Ctx, actor: &Actor, student: StudentId, note: &str) -> Result<consents::Model> {
    students::find_visible(ctx, actor, student).await?;
    if actor.role == Role::Teacher {
        return Err(AppError::forbidden().into());
    }
    let mut faults = FieldErrors::new();
    let note = validate::text_up_to(&mut faults, "note", note, NOTE_CHARS_MAX);
    faults.finish()?;
    let txn = db::begin_write(&ctx.db).await?;
    let roll_no = students::lock(&txn, student).await?.roll_no;
    if let Some(given) = ledger(&txn, student).await?.into_iter().next().filter(|row| row.kind == "given") {
        return Ok(given);
    }
    let row = consents::ActiveModel {
        student_id: Set(student.0),
        kind: Set(ConsentKind::Given.as_str().to_owned()),
        channel: Set(channel_of(actor).to_owned()),
        notice_version: Set(NOTICE_VERSION.to_owned()),
        note: Set(note),
        recorded_by_id: Set((actor.user_id.0 != 0).then_some(actor.user_id.0)),
        created_at: Set(ctx.clock.now()),
        ..Default::default()
    };
    let row = row.insert(&txn).await?;
    let sentence = match actor.role {
        Role::Student => format!("{} ({roll_no}) agreed to storing their face", actor.name),
        _ => format!("{} wrote down that {roll_no} agrees to storing their face", actor.name),
    };
    audit::record(&txn, ctx, Some(actor), "student.consent", "student", student, &sentence).await?;
    txn.commit().await?;
    Ok(row)
}
