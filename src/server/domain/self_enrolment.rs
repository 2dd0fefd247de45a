//! Students who enrol their own face, where the institution allows it.

use super::enrolment::{self, Intake, PHOTOS_MAX, PreparedPhoto};
use super::{audit, consents, me, my_face, settings, students};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{MyEnrolment, PhotoVerdict, StudentId};
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{consents as consent_rows, photos, students as rows},
};
use crate::server::error::{Error, Result};
use crate::server::gallery::NewTemplate;
use crate::server::state::Ctx;
use crate::server::upload::UploadedPhoto;
use crate::tr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Written with the templates: the form asks for the camera.
const SOURCE: &str = "camera";

/// Why a student cannot add photos of themselves now, in a sentence; nothing when they can.
pub fn obstacle(
    ctx: &Ctx,
    student: &rows::Model,
    allowed: bool,
    consent: Option<&consent_rows::Model>,
    photos: u64,
) -> Option<String> {
    if !allowed {
        return Some(tr!("domain-own-face-office"));
    }
    if !student.is_active {
        return Some(tr!("domain-own-face-inactive"));
    }
    if !consents::stands(consent) {
        return Some(tr!("domain-own-face-agree"));
    }
    if photos >= PHOTOS_MAX {
        return Some(tr!("domain-own-face-enough", most = PHOTOS_MAX));
    }
    ctx.recognizer.unavailable_reason().map(|_| tr!("domain-own-face-later"))
}

/// Whether photos of the actor's own student can be added now.
///
/// # Errors
/// When the database fails.
pub async fn get_my_enrolment(ctx: &Ctx, actor: &Actor) -> Result<MyEnrolment> {
    let Some(student) = me::own_student(ctx, actor).await? else {
        return Ok(MyEnrolment { obstacle: Some(tr!("domain-own-face-not-linked")), room: 0 });
    };
    let (obstacle, photos) = standing(ctx, &ctx.db, &student).await?;
    Ok(MyEnrolment { obstacle, room: PHOTOS_MAX.saturating_sub(photos) })
}

/// The verdict on a photo of the actor's own student; nothing is stored. Who else has this face is not told: that is the
/// office's to know.
///
/// # Errors
/// [`AppError::NotFound`] for accounts without a student, [`AppError::Rule`] when photos cannot be added, a field error
/// for unreadable photos, `Busy`, or internals.
pub async fn check_my_photo(ctx: &Ctx, actor: &Actor, photo: UploadedPhoto) -> Result<PhotoVerdict> {
    let student = my_face::own(ctx, actor).await?;
    refuse_if_closed(ctx, &ctx.db, &student, 1).await?;
    let mut verdict = enrolment::check_photo(ctx, photo, Some(StudentId(student.id))).await?;
    if verdict.lookalike.take().is_some() {
        verdict.accepted = false;
        verdict.sentence = tr!("domain-own-face-somebody");
    }
    Ok(verdict)
}

/// Enrols photos of the actor's own student: all of them, or none with a verdict on each. A face that somebody else
/// already has is refused here, where nobody of the institution looks at it.
///
/// # Errors
/// [`AppError::NotFound`] for accounts without a student, [`AppError::Rule`] when photos cannot be added, field errors by
/// the photo's field, `Busy`, or internals.
pub async fn enrol_my_face(ctx: &Ctx, actor: &Actor, photos: Vec<UploadedPhoto>) -> Result<usize> {
    let student = my_face::own(ctx, actor).await?;
    let id = StudentId(student.id);
    refuse_if_closed(ctx, &ctx.db, &student, photos.len() as u64).await?;
    if photos.is_empty() {
        return Err(AppError::field("front", tr!("domain-own-face-one")).into());
    }
    let prepared = judge(ctx, photos, id).await?;
    match store(ctx, actor, id, &prepared).await {
        Ok(templates) => {
            enrolment::publish(ctx, &templates).await;
            Ok(prepared.len())
        }
        Err(error) => {
            enrolment::discard(ctx, prepared).await;
            Err(error)
        }
    }
}

/// Why photos cannot be added now, if so, and how many are stored.
async fn standing(ctx: &Ctx, db: &impl ConnectionTrait, student: &rows::Model) -> Result<(Option<String>, u64)> {
    let allowed = settings::load(db).await?.self_enrolment;
    let latest = consents::ledger(db, StudentId(student.id)).await?.into_iter().next();
    let count = photos::Entity::find().filter(photos::Column::StudentId.eq(student.id)).count(db).await?;
    Ok((obstacle(ctx, student, allowed, latest.as_ref(), count), count))
}

async fn refuse_if_closed(ctx: &Ctx, db: &impl ConnectionTrait, student: &rows::Model, more: u64) -> Result<()> {
    let (obstacle, count) = standing(ctx, db, student).await?;
    if let Some(sentence) = obstacle {
        return Err(AppError::Rule(sentence).into());
    }
    if count + more > PHOTOS_MAX {
        let sentence = tr!("domain-own-face-many", most = PHOTOS_MAX, count = count);
        return Err(AppError::Rule(sentence).into());
    }
    Ok(())
}

/// Every photo with its verdict: when one is refused nothing stays, and all faults are told.
async fn judge(ctx: &Ctx, photos: Vec<UploadedPhoto>, own: StudentId) -> Result<Vec<PreparedPhoto>> {
    let mut faults = FieldErrors::new();
    let mut prepared: Vec<PreparedPhoto> = Vec::new();
    let rules = Intake::upload().rules;
    for photo in photos {
        let field = photo.field.clone();
        match enrolment::prepare_one(ctx, photo, Some(own), &rules, prepared.first()).await {
            Ok(done) => {
                if done.lookalike.is_some() {
                    faults.add(&field, tr!("domain-own-face-somebody"));
                }
                prepared.push(done);
            }
            Err(Error::User(AppError::Invalid(some))) => faults.merge(some),
            Err(Error::User(refusal @ AppError::FaceQuality { .. })) => faults.add(&field, refusal.sentence()),
            Err(error) => {
                enrolment::discard(ctx, prepared).await;
                return Err(error);
            }
        }
    }
    if let Err(invalid) = faults.finish() {
        enrolment::discard(ctx, prepared).await;
        return Err(invalid.into());
    }
    Ok(prepared)
}

async fn store(ctx: &Ctx, actor: &Actor, id: StudentId, prepared: &[PreparedPhoto]) -> Result<Vec<NewTemplate>> {
    let txn = db::begin_write(&ctx.db).await?;
    let student = students::lock(&txn, id).await?;
    // The consent may have been withdrawn while the photos were looked at.
    refuse_if_closed(ctx, &txn, &student, prepared.len() as u64).await?;
    let templates = enrolment::store(&txn, ctx, actor, id, prepared, SOURCE).await?;
    let sentence = format!("{} added {} photos of themselves ({})", actor.name, prepared.len(), student.roll_no);
    audit::record(&txn, ctx, Some(actor), "student.self_enrol", "student", id, &sentence).await?;
    txn.commit().await?;
    Ok(templates)
}
