//! A student's templates: told in numbers, and made anew from the stored photos. Vectors never leave the database.

use super::enrolment::{self, NewFace};
use super::{audit, students};
use crate::app::error::AppError;
use crate::app::types::{FaceQuality, PhotoId, StudentId};
use crate::recognition::engine::{EnrolmentRules, Face};
use crate::recognition::quality::Quality;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{face_templates, photos},
};
use crate::server::error::{Error, Result};
use crate::server::gallery::NewTemplate;
use crate::server::state::Ctx;
use crate::server::upload::ENROL;
use crate::tr;
use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// One stored template.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    pub id: i64,
    /// The photo it was made from, while that is stored.
    pub photo: Option<PhotoId>,
    /// Which recogniser made it.
    pub model_sha256: String,
    /// Whether the loaded recogniser made it: only those are searched.
    pub is_of_loaded_model: bool,
    /// As measured when it was made.
    pub quality: Option<FaceQuality>,
    /// `upload`, `camera`, `import`, `demo`.
    pub source: String,
    pub created_at: DateTime<Utc>,
}

/// What became of a student's stored photos.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReEnrolment {
    /// Photos that have a fresh template of the loaded model.
    pub embedded: Vec<PhotoId>,
    /// Photos that have none, each with the reason in a sentence. What they had before stays.
    pub refused: Vec<(PhotoId, String)>,
}

/// Templates of a student, the oldest first.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn list_templates(ctx: &Ctx, student: StudentId) -> Result<Vec<Template>> {
    students::find(&ctx.db, student).await?;
    let rows = face_templates::Entity::find()
        .filter(face_templates::Column::StudentId.eq(student.0))
        .order_by_asc(face_templates::Column::Id)
        .all(&ctx.db)
        .await?;
    let rows = rows.into_iter().map(|row| Template {
        id: row.id,
        photo: row.photo_id.map(PhotoId),
        is_of_loaded_model: row.model_sha256 == ctx.gallery.model_sha256(),
        model_sha256: row.model_sha256,
        quality: serde_json::from_str::<Quality>(&row.quality).ok().map(|quality| enrolment::face_quality(&quality)),
        source: row.source,
        created_at: row.created_at,
    });
    Ok(rows.collect())
}

/// Embeds all stored photos of a student with the loaded model. Their quality is not judged again: they are all there
/// is. Nothing changes when the engine fails.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] without a stored photo, `FacesUnavailable`, `Busy`, `Engine`, or internals.
pub async fn re_enrol(ctx: &Ctx, actor: &Actor, student: StudentId) -> Result<ReEnrolment> {
    students::find(&ctx.db, student).await?;
    ctx.recognizer.engine()?;
    let stored = photos::Entity::find()
        .filter(photos::Column::StudentId.eq(student.0))
        .order_by_asc(photos::Column::Id)
        .all(&ctx.db)
        .await?;
    if stored.is_empty() {
        return Err(AppError::Rule(tr!("domain-student-no-photo")).into());
    }
    let mut done = ReEnrolment::default();
    let mut faces = Vec::new();
    for photo in stored {
        match face_of(ctx, &photo, &EnrolmentRules::any_usable_face()).await {
            Ok(face) => {
                done.embedded.push(PhotoId(photo.id));
                faces.push((photo, face));
            }
            Err(Error::User(
                refusal @ (AppError::Invalid(_) | AppError::FaceQuality { .. } | AppError::NotFound { .. }),
            )) => {
                done.refused.push((PhotoId(photo.id), refusal.sentence()));
            }
            Err(error) => return Err(error),
        }
    }
    write(ctx, actor, student, &faces).await?;
    Ok(done)
}

/// Embeds one stored photo of a student, named by its file or its path, by the rules for new photos.
///
/// # Errors
/// [`AppError::NotFound`] for the student and for a file that is gone, a field error on `image_path` for anything that
/// is not this student's own photo or shows no single face, [`AppError::FaceQuality`], `FacesUnavailable`, `Busy`,
/// `Engine`, or internals.
pub async fn register_stored(ctx: &Ctx, actor: &Actor, student: StudentId, image_path: &str) -> Result<Quality> {
    students::find(&ctx.db, student).await?;
    let name = image_path.strip_prefix(crate::server::storage::MEDIA_PREFIX).unwrap_or(image_path);
    // Only names of our own making reach the database: others may hold what PostgreSQL refuses.
    let photo = match crate::server::storage::is_photo_name(name) {
        true => {
            let named = photos::Entity::find().filter(photos::Column::Name.eq(name));
            named.filter(photos::Column::StudentId.eq(student.0)).one(&ctx.db).await?
        }
        false => None,
    };
    let photo = photo.ok_or_else(|| AppError::field("image_path", tr!("domain-student-not-own-photo")))?;
    let face = face_of(ctx, &photo, &EnrolmentRules::default()).await?;
    let quality = face.quality.clone();
    write(ctx, actor, student, &[(photo, face)]).await?;
    Ok(quality)
}

/// The one face of a stored photo.
async fn face_of(ctx: &Ctx, photo: &photos::Model, rules: &EnrolmentRules) -> Result<Face> {
    let bytes = ctx.storage.get(&photo.name).await?.ok_or_else(|| AppError::not_found("Photo", photo.id))?;
    let (_, analysis) = ctx.recognizer.analyse(bytes, "image_path", ENROL.file_bytes_max).await?;
    enrolment::accept("image_path", &analysis, rules)
}

/// Puts fresh templates in the place of the photos' old ones of the same model; the search follows after the commit.
async fn write(ctx: &Ctx, actor: &Actor, student: StudentId, faces: &[(photos::Model, Face)]) -> Result<()> {
    if faces.is_empty() {
        return Ok(());
    }
    let txn = db::begin_write(&ctx.db).await?;
    // Locked, so that a photo that goes meanwhile cannot leave its template behind.
    let row = students::lock(&txn, student).await?;
    let mut old: Vec<i64> = Vec::new();
    let mut fresh: Vec<NewTemplate> = Vec::new();
    for (photo, face) in faces {
        if photos::Entity::find_by_id(photo.id).one(&txn).await?.is_none() {
            return Err(AppError::not_found("Photo", photo.id).into());
        }
        let before = face_templates::Entity::find()
            .filter(face_templates::Column::PhotoId.eq(photo.id))
            .filter(face_templates::Column::ModelSha256.eq(ctx.gallery.model_sha256()))
            .all(&txn)
            .await?;
        let source = before.first().map_or_else(|| "upload".to_owned(), |row| row.source.clone());
        let ids: Vec<i64> = before.into_iter().map(|row| row.id).collect();
        face_templates::Entity::delete_many()
            .filter(face_templates::Column::Id.is_in(ids.iter().copied()))
            .exec(&txn)
            .await?;
        old.extend(ids);
        let vector = face.embedding.as_deref().context("an accepted face has no vector")?;
        let face = NewFace {
            student,
            photo: photo.id,
            consent: photo.consent_id,
            quality: &face.quality,
            vector,
            source: &source,
        };
        fresh.push(enrolment::insert_template(&txn, ctx, actor, face).await?);
    }
    let sentence = format!("{} embedded {} stored photos of {} anew", actor.name, faces.len(), row.roll_no);
    audit::record(&txn, ctx, Some(actor), "student.re_enrol", "student", student, &sentence).await?;
    txn.commit().await?;
    for template in old {
        if let Err(error) = ctx.gallery.remove_template(template) {
            tracing::error!(template, "an old template stays searchable: {error:#}");
        }
    }
    if row.is_active {
        enrolment::publish(ctx, &fresh).await;
    }
    Ok(())
}
