//! Faces of students: judged on the spot, stored with consent, searchable after the commit.

use super::lookalike;
use crate::app::error::AppError;
use crate::app::types::*;
use crate::recognition::engine::{Analysis, EnrolmentRules, EnrolmentVerdict, Face, assess_enrolment};
use crate::recognition::photo::encode_jpeg;
use crate::recognition::quality::{Quality, QualityReason, Verdict};
use crate::server::auth::actor::Actor;
use crate::server::config::ConsentMode;
use crate::server::db::entities::{consents, face_templates, photos, students};
use crate::server::error::Result;
use crate::server::gallery::{NewTemplate, vector_to_bytes};
use crate::server::recognizer::Picture;
use crate::server::state::Ctx;
use crate::server::upload::{ENROL, UploadedPhoto};
use crate::tr;
use anyhow::Context;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use sha2::{Digest, Sha256};

/// Longest side of a stored photo, pixels.
const STORED_PX_MAX: u32 = 1280;
/// JPEG quality of a stored photo.
const STORED_QUALITY: u8 = 90;
/// Most photos of one student.
pub const PHOTOS_MAX: u64 = 5;
/// Version of the text that an attesting admin stands for.
pub const NOTICE_VERSION: &str = "1";

/// What a photo has to be, and where it came from.
#[derive(Clone, Copy, Debug)]
pub struct Intake {
    pub rules: EnrolmentRules,
    /// Written with each template: `upload`, `camera`, `import`, `demo`.
    pub source: &'static str,
}

impl Intake {
    /// The specification's rules, for photos that somebody can take again.
    pub fn upload() -> Self {
        Self { rules: EnrolmentRules::default(), source: "upload" }
    }

    /// Archive pictures cannot be taken again: faces from 40 px are let in, as marking itself uses smaller ones.
    pub fn archive() -> Self {
        Self { rules: EnrolmentRules { min_face_size: 40, ..EnrolmentRules::default() }, source: "demo" }
    }
}

/// A judged photo whose re-encoded file lies in the store but in no row yet.
#[derive(Debug)]
pub struct PreparedPhoto {
    pub verdict: QualityVerdict,
    /// Somebody else who already has this face.
    pub lookalike: Option<StudentRef>,
    /// Name of its file.
    pub name: String,
    width: u32,
    height: u32,
    bytes: i64,
    /// Of the file as it is stored: the same photo gives the same one again.
    pub sha256: String,
    /// As measured.
    pub quality: Quality,
    vector: Vec<f32>,
}

/// The verdict on a photo; nothing is stored. `own` is the student it is meant for.
///
/// # Errors
/// A field error for unreadable photos, `FacesUnavailable`, `Busy`, or internals.
pub async fn check_photo(ctx: &Ctx, photo: UploadedPhoto, own: Option<StudentId>) -> Result<PhotoVerdict> {
    let (image, analysis) = ctx.recognizer.analyse(photo.bytes, &photo.field, ENROL.file_bytes_max).await?;
    let verdict = assess_enrolment(&analysis, &EnrolmentRules::default());
    let (accepted, sentence, face) = match &verdict {
        EnrolmentVerdict::NoFace => (false, tr!("domain-face-none"), None),
        EnrolmentVerdict::SeveralFaces(count) => (false, several_faces(*count), None),
        EnrolmentVerdict::Poor { face, reasons } => (false, advice(reasons).join(" "), Some(face)),
        EnrolmentVerdict::Accepted { face } => (true, tr!("domain-face-fine"), Some(face)),
    };
    let lookalike = match face.and_then(|face| face.embedding.as_deref()) {
        Some(vector) => lookalike::find(ctx, vector, own).await?,
        None => None,
    };
    Ok(PhotoVerdict {
        accepted,
        sentence,
        width: image.width(),
        height: image.height(),
        faces: analysis.faces.iter().map(|face| face.bbox).collect(),
        quality: face.map(|face| face_quality(&face.quality)),
        lookalike,
    })
}

/// Judges photos and writes their re-encoded files aside. When one is refused, nothing stays.
///
/// # Errors
/// Field errors, [`AppError::FaceQuality`], `FacesUnavailable`, `Busy`, or internals.
pub async fn prepare(
    ctx: &Ctx,
    photos: Vec<UploadedPhoto>,
    own: Option<StudentId>,
    rules: &EnrolmentRules,
) -> Result<Vec<PreparedPhoto>> {
    let mut prepared = Vec::new();
    for photo in photos {
        match prepare_one(ctx, photo, own, rules, prepared.first()).await {
            Ok(done) => prepared.push(done),
            Err(error) => {
                discard(ctx, prepared).await;
                return Err(error);
            }
        }
    }
    Ok(prepared)
}

/// Judges one photo and writes its re-encoded file aside; it has to show the person of `first`.
///
/// # Errors
/// As [`prepare`].
pub async fn prepare_one(
    ctx: &Ctx,
    photo: UploadedPhoto,
    own: Option<StudentId>,
    rules: &EnrolmentRules,
    first: Option<&PreparedPhoto>,
) -> Result<PreparedPhoto> {
    let field = photo.field.clone();
    let (image, analysis) = ctx.recognizer.analyse(photo.bytes, &field, ENROL.file_bytes_max).await?;
    let face = accept(&field, &analysis, rules)?;
    let vector = face.embedding.clone().context("an accepted face has no vector")?;
    if let Some(first) = first {
        let limit = ctx.recognizer.engine()?.thresholds().distance_review;
        if crate::recognition::index::cosine_distance(&first.vector, &vector) > limit {
            return Err(AppError::field(&field, tr!("domain-face-different")).into());
        }
    }
    let lookalike = lookalike::find(ctx, &vector, own).await?;
    let (width, height, jpeg) = re_encode(image).await?;
    let sha256 = hex::encode(Sha256::digest(&jpeg));
    let bytes = jpeg.len() as i64;
    let name = ctx.storage.put(jpeg).await?;
    let verdict = face_quality(&face.quality).verdict;
    Ok(PreparedPhoto { verdict, lookalike, name, width, height, bytes, sha256, quality: face.quality, vector })
}

/// The one good face of a photo, or the refusal with its reason.
///
/// # Errors
/// A field error for no or several faces, [`AppError::FaceQuality`] for a poor one.
pub fn accept(field: &str, analysis: &Analysis, rules: &EnrolmentRules) -> Result<Face> {
    match assess_enrolment(analysis, rules) {
        EnrolmentVerdict::Accepted { face } => Ok(*face),
        EnrolmentVerdict::NoFace => Err(AppError::field(field, tr!("domain-face-none")).into()),
        EnrolmentVerdict::SeveralFaces(count) => Err(AppError::field(field, several_faces(count)).into()),
        EnrolmentVerdict::Poor { face, reasons } => Err(AppError::FaceQuality {
            blur_score: face.quality.blur_score,
            face_size: face.quality.face_size,
            min_blur_score: rules.min_blur_score,
            min_face_size: rules.min_face_size,
            reasons: advice(&reasons),
        }
        .into()),
    }
}

/// A fresh JPEG without metadata: whatever else came in the file is gone.
async fn re_encode(image: Picture) -> Result<(u32, u32, Vec<u8>)> {
    let done = tokio::task::spawn_blocking(move || {
        let jpeg = encode_jpeg(&image, STORED_PX_MAX, STORED_QUALITY).context("encoding a photo")?;
        let long = image.width().max(image.height()).max(1);
        let scale = f64::from(STORED_PX_MAX.min(long)) / f64::from(long);
        let side = |px: u32| (f64::from(px) * scale).round() as u32;
        anyhow::Ok((side(image.width()), side(image.height()), jpeg))
    });
    Ok(done.await.context("encoding a photo")??)
}

/// Writes consent, photos and templates into the caller's transaction.
///
/// # Errors
/// [`AppError::ConsentRequired`], or database trouble.
pub async fn store(
    txn: &impl ConnectionTrait,
    ctx: &Ctx,
    actor: &Actor,
    student: StudentId,
    prepared: &[PreparedPhoto],
    source: &str,
) -> Result<Vec<NewTemplate>> {
    if prepared.is_empty() {
        return Ok(Vec::new());
    }
    let now = ctx.clock.now();
    let consent = consent_for(txn, ctx, actor, student).await?;
    let author = (actor.user_id.0 != 0).then_some(actor.user_id.0);
    photos::Entity::update_many()
        .col_expr(photos::Column::IsCurrent, Expr::value(false))
        .filter(photos::Column::StudentId.eq(student.0))
        .exec(txn)
        .await?;
    let mut templates = Vec::new();
    for (position, photo) in prepared.iter().enumerate() {
        let row = photos::ActiveModel {
            student_id: Set(student.0),
            name: Set(photo.name.clone()),
            sha256: Set(photo.sha256.clone()),
            width: Set(photo.width.cast_signed()),
            height: Set(photo.height.cast_signed()),
            bytes: Set(photo.bytes),
            is_current: Set(position == 0),
            consent_id: Set(consent),
            created_by_id: Set(author),
            created_at: Set(now),
            ..Default::default()
        };
        let row = row.insert(txn).await?;
        let face = NewFace { student, photo: row.id, consent, quality: &photo.quality, vector: &photo.vector, source };
        templates.push(insert_template(txn, ctx, actor, face).await?);
    }
    Ok(templates)
}

/// A face that is about to become a template.
pub struct NewFace<'a> {
    pub student: StudentId,
    /// Row of the photo it was seen on.
    pub photo: i64,
    /// Row of the consent it stands on.
    pub consent: i64,
    pub quality: &'a Quality,
    pub vector: &'a [f32],
    pub source: &'a str,
}

/// Writes one template of the loaded model into the caller's transaction.
///
/// # Errors
/// When the database fails.
pub async fn insert_template(
    txn: &impl ConnectionTrait,
    ctx: &Ctx,
    actor: &Actor,
    face: NewFace<'_>,
) -> Result<NewTemplate> {
    let row = face_templates::ActiveModel {
        student_id: Set(face.student.0),
        photo_id: Set(Some(face.photo)),
        consent_id: Set(face.consent),
        model_sha256: Set(ctx.gallery.model_sha256().to_owned()),
        vector: Set(vector_to_bytes(face.vector)),
        quality: Set(serde_json::to_string(face.quality).context("writing a quality")?),
        verdict: Set(face_quality(face.quality).verdict.as_str().to_owned()),
        source: Set(face.source.to_owned()),
        created_by_id: Set((actor.user_id.0 != 0).then_some(actor.user_id.0)),
        created_at: Set(ctx.clock.now()),
        ..Default::default()
    };
    let row = row.insert(txn).await?;
    Ok(NewTemplate { template_id: row.id, student_id: face.student.0, vector: face.vector.to_vec() })
}

/// The consent that a student's photo would stand on: the one given, or none where an upload attests it.
///
/// # Errors
/// [`AppError::ConsentRequired`], or database trouble.
pub async fn consent_stands(db: &impl ConnectionTrait, ctx: &Ctx, student: Option<StudentId>) -> Result<Option<i64>> {
    let latest = match student {
        Some(student) => {
            let of_student = consents::Entity::find().filter(consents::Column::StudentId.eq(student.0));
            of_student.order_by_desc(consents::Column::Id).one(db).await?
        }
        None => None,
    };
    match latest {
        Some(row) if row.kind == "withdrawn" => Err(AppError::ConsentRequired.into()),
        Some(row) => Ok(Some(row.id)),
        None if ctx.config.consent_mode == ConsentMode::Strict => Err(AppError::ConsentRequired.into()),
        None => Ok(None),
    }
}

/// The consent that a new photo stands on: the one given, or the admin's attestation, written now.
async fn consent_for(txn: &impl ConnectionTrait, ctx: &Ctx, actor: &Actor, student: StudentId) -> Result<i64> {
    if let Some(given) = consent_stands(txn, ctx, Some(student)).await? {
        return Ok(given);
    }
    let row = consents::ActiveModel {
        student_id: Set(student.0),
        kind: Set("attested".to_owned()),
        channel: Set("admin_upload".to_owned()),
        notice_version: Set(NOTICE_VERSION.to_owned()),
        note: Set(String::new()),
        recorded_by_id: Set((actor.user_id.0 != 0).then_some(actor.user_id.0)),
        created_at: Set(ctx.clock.now()),
        ..Default::default()
    };
    Ok(row.insert(txn).await?.id)
}

/// Makes committed templates searchable, but for those of students who withdraw, are switched off or erased at this
/// moment: what lost its right before it was published is taken out again. Whoever takes it away changes the rows first
/// and the search last, so one of the two always comes after the other. The rows stand either way: trouble here is
/// logged and mended by the next start, which reads the database.
pub async fn publish(ctx: &Ctx, templates: &[NewTemplate]) {
    if let Err(error) = publish_current(ctx, templates).await {
        tracing::error!("templates are stored but not yet searchable: {error:#}");
    }
}

async fn publish_current(ctx: &Ctx, templates: &[NewTemplate]) -> anyhow::Result<()> {
    ctx.gallery.publish(templates)?;
    let ids = templates.iter().map(|template| template.template_id);
    let there: Vec<i64> = face_templates::Entity::find()
        .select_only()
        .column(face_templates::Column::Id)
        .join(JoinType::InnerJoin, face_templates::Relation::Student.def())
        .filter(face_templates::Column::Id.is_in(ids))
        .filter(students::Column::IsActive.eq(true))
        .into_tuple()
        .all(&ctx.db)
        .await?;
    for gone in templates.iter().filter(|template| !there.contains(&template.template_id)) {
        ctx.gallery.remove_template(gone.template_id)?;
    }
    Ok(())
}

/// Removes the files of photos that will not be stored after all.
pub async fn discard(ctx: &Ctx, prepared: Vec<PreparedPhoto>) {
    for photo in prepared {
        if let Err(error) = ctx.storage.remove(&photo.name).await {
            tracing::warn!("an unused photo stays until the next sweep: {error:#}");
        }
    }
}

fn several_faces(count: usize) -> String {
    tr!("domain-face-several", count = count)
}

/// A measured quality in the words of the page.
pub fn face_quality(quality: &Quality) -> FaceQuality {
    FaceQuality {
        blur_score: quality.blur_score,
        brightness: quality.brightness,
        face_size: quality.face_size,
        angle: quality.angle,
        verdict: match quality.verdict {
            Verdict::Good => QualityVerdict::Good,
            Verdict::Fair => QualityVerdict::Fair,
            Verdict::Poor | Verdict::TooSmall => QualityVerdict::Poor,
        },
        advice: advice(&quality.reasons),
    }
}

/// What to do about each reason.
fn advice(reasons: &[QualityReason]) -> Vec<String> {
    let sentence = |reason: &QualityReason| match reason {
        QualityReason::TooSmall => tr!("domain-face-too-small"),
        QualityReason::Small => tr!("domain-face-small"),
        QualityReason::Blurred => tr!("domain-face-blurred"),
        QualityReason::TooDark => tr!("domain-face-dark"),
        QualityReason::TooBright => tr!("domain-face-bright"),
        QualityReason::TurnedAway => tr!("domain-face-turned"),
        QualityReason::CutOff => tr!("domain-face-cut"),
        QualityReason::Unclear => tr!("domain-face-unclear"),
    };
    reasons.iter().map(sentence).collect()
}
