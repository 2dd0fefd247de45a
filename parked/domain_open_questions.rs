//! What photos left open in an active session: who may see it, who may answer, and who hears of it.

use super::{mark_photo, register, sessions};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::error::Result;
use crate::server::open_questions::{FaceAnswer, Picture};
use crate::server::state::Ctx;
use crate::server::upload::UploadedPhoto;
use chrono::{DateTime, Utc};

/// Marks by a photo as [`mark_photo::mark_photo_taken`] does, and keeps what it left open.
///
/// # Errors
/// As there.
pub async fn mark_and_ask(
    ctx: &Ctx,
    actor: &Actor,
    id: SessionId,
    photo: UploadedPhoto,
    taken_at: Option<DateTime<Utc>>,
    picture: Picture,
) -> Result<MarkOutcome> {
    let mut outcome = mark_photo::mark_photo_taken(ctx, actor, id, photo, taken_at).await?;
    let changed = ctx.open_questions.add(&mut outcome, picture);
    if !is_active(ctx, id).await? {
        // Closed while the photo was looked at.
        ctx.open_questions.forget(id);
        outcome.questions = OpenQuestions::default();
    } else if changed {
        register::publish(ctx, id, SessionStatus::Active, &[]).await;
    }
    Ok(outcome)
}

/// What is open in a session, and what a photo did while it is one of the last: for those who may mark in it. Others,
/// and readers of a closed session, find nothing.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn open_questions(
    ctx: &Ctx,
    actor: &Actor,
    id: SessionId,
    photo: Option<u64>,
) -> Result<(OpenQuestions, Option<MarkOutcome>)> {
    let session = sessions::load(&ctx.db, id).await?;
    if !actor.may_mark_in(DepartmentId(session.department_id)) || session.status != SessionStatus::Active.as_str() {
        return Ok(Default::default());
    }
    let result = photo.and_then(|photo| ctx.open_questions.result(id, photo));
    Ok((ctx.open_questions.read(id), result))
}

/// Notes a person's answer to a question; the mark itself is a decision like any other. A question that is gone
/// meanwhile has settled itself.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::SessionClosed`], or database trouble.
pub async fn answer_face(
    ctx: &Ctx,
    actor: &Actor,
    id: SessionId,
    face: u64,
    answer: FaceAnswer,
) -> Result<OpenQuestions> {
    let session = sessions::load_for_marking(ctx, actor, id).await?;
    sessions::require_active(ctx, &session)?;
    if ctx.open_questions.answer(id, face, answer) {
        register::publish(ctx, id, SessionStatus::Active, &[]).await;
    }
    Ok(ctx.open_questions.read(id))
}

/// The picture of an open face, JPEG.
///
/// # Errors
/// [`AppError::NotFound`], also once the question is gone; [`AppError::Forbidden`]; database trouble.
pub async fn crop(ctx: &Ctx, actor: &Actor, id: SessionId, look: u64) -> Result<Vec<u8>> {
    sessions::load_for_marking(ctx, actor, id).await?;
    Ok(ctx.open_questions.crop(id, look).ok_or_else(|| AppError::not_found("Face", look))?)
}

async fn is_active(ctx: &Ctx, id: SessionId) -> Result<bool> {
    Ok(sessions::load(&ctx.db, id).await?.status == SessionStatus::Active.as_str())
}
