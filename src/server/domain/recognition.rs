//! Faces of a photo: found, registered for a student, and searched in the whole gallery.

use super::enrolment::face_quality;
use super::settings::{self, ConfidenceFormula};
use super::{mark_photo, student_photos, student_templates};
use crate::app::error::AppError;
use crate::app::types::{FaceQuality, StudentId};
use crate::recognition::decide::{MatchQuality, Thresholds, confidence_calibrated, confidence_linear, match_quality};
use crate::recognition::quality::Quality;
use crate::server::auth::actor::Actor;
use crate::server::error::{Error, Result};
use crate::server::state::Ctx;
use crate::server::upload::{MARK, UploadedPhoto};
use std::time::Instant;

/// Scores below this are noise that the detector gives to any place of a photo; they are no faces whatever is asked for.
const SCORE_FLOOR: f32 = 0.05;

/// One face that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundFace {
    /// x1, y1, x2, y2 in pixels of the photo after its EXIF orientation.
    pub bbox: [f32; 4],
    /// The detector's score, 0 to 1.
    pub score: f32,
    /// Left eye, right eye, nose, left and right corner of the mouth, as seen in the photo.
    pub landmarks: [[f32; 2]; 5],
    pub quality: FaceQuality,
}

/// All faces that were found in one photo.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundFaces {
    pub width: u32,
    pub height: u32,
    pub faces: Vec<FoundFace>,
    pub processing_time_ms: u64,
}

/// Finds faces with at least this score and judges them; nothing is compared or stored.
///
/// # Errors
/// [`AppError::NoFaces`], a field error for the photo, `FacesUnavailable`, `Busy`, `Engine`, or internals.
pub async fn detect(ctx: &Ctx, photo: UploadedPhoto, min_score: f32) -> Result<FoundFaces> {
    let started = Instant::now();
    let min_score = min_score.max(SCORE_FLOOR);
    let found = ctx.recognizer.inspect(photo.bytes, &photo.field, MARK.file_bytes_max, min_score).await?;
    if found.faces.is_empty() {
        return Err(AppError::NoFaces { suggestions: mark_photo::suggestions() }.into());
    }
    let faces = found.faces.iter().map(|face| FoundFace {
        bbox: face.bbox,
        score: face.score,
        landmarks: face.landmarks,
        quality: face_quality(&face.quality),
    });
    Ok(FoundFaces {
        width: found.width,
        height: found.height,
        faces: faces.collect(),
        processing_time_ms: started.elapsed().as_millis() as u64,
    })
}

/// A face that is enrolled now.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisteredFace {
    pub student: StudentId,
    pub quality: FaceQuality,
    /// Values of the vector.
    pub embedding_size: usize,
    /// Searchable templates after this one.
    pub templates: usize,
    /// Whether this face is searched: not while the student is inactive.
    pub is_searched: bool,
    pub processing_time_ms: u64,
}

/// Where the face to register comes from.
pub enum FaceSource {
    /// Name or path of a photo of this student that is stored already.
    Stored(String),
    /// A new photo, which is stored.
    Upload(UploadedPhoto),
}

/// Enrols a face for a student.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::QualityCheck`], field errors, the refusals of a new photo, `FacesUnavailable`,
/// `Busy`, `Engine`, or internals.
pub async fn register_face(ctx: &Ctx, actor: &Actor, student: StudentId, source: FaceSource) -> Result<RegisteredFace> {
    let started = Instant::now();
    let registered = match source {
        FaceSource::Stored(path) => student_templates::register_stored(ctx, actor, student, &path).await,
        FaceSource::Upload(photo) => {
            student_photos::add_photo(ctx, actor, student, photo).await.map(|added| added.quality)
        }
    };
    let quality: Quality = registered.map_err(as_quality_check)?;
    let is_searched = super::students::find(&ctx.db, student).await?.is_active;
    Ok(RegisteredFace {
        student,
        quality: face_quality(&quality),
        embedding_size: ctx.recognizer.engine()?.embedding_size(),
        templates: ctx.gallery.index().len(),
        is_searched,
        processing_time_ms: started.elapsed().as_millis() as u64,
    })
}

/// The same refusal in the words of the recognition service.
fn as_quality_check(error: Error) -> Error {
    match error {
        Error::User(AppError::FaceQuality { blur_score, face_size, min_blur_score, min_face_size, .. }) => {
            AppError::QualityCheck { blur_score, face_size, min_blur_score, min_face_size }.into()
        }
        other => other,
    }
}

/// A student near a face.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundStudent {
    pub student: StudentId,
    /// Cosine distance, 0 to 2.
    pub distance: f32,
    /// 0 to 1, by the institution's formula.
    pub confidence: f32,
}

/// One face searched in the whole gallery.
#[derive(Clone, Debug, PartialEq)]
pub struct RecognizedFace {
    pub bbox: [f32; 4],
    pub recognized: bool,
    /// Best first.
    pub matches: Vec<FoundStudent>,
    /// Of the best match, when there is one.
    pub match_quality: Option<MatchQuality>,
    /// Why not recognized; empty otherwise.
    pub reason: &'static str,
}

/// All faces of one photo.
#[derive(Clone, Debug, PartialEq)]
pub struct RecognizedPhoto {
    pub faces: Vec<RecognizedFace>,
    pub processing_time_ms: u64,
}

/// Searches each face in the whole gallery. `distance_max` is the largest cosine distance
/// that counts as recognised; the pack's accept line when absent. It never influences marking.
///
/// # Errors
/// A field error for the photo, `FacesUnavailable`, `Busy`, `Engine`, or internals.
pub async fn recognize(
    ctx: &Ctx,
    photo: UploadedPhoto,
    distance_max: Option<f32>,
    top_k: usize,
) -> Result<RecognizedPhoto> {
    let started = Instant::now();
    let thresholds = *ctx.recognizer.engine()?.thresholds();
    let limit = distance_max.unwrap_or(thresholds.distance_accept);
    let formula = settings::load(&ctx.db).await?.confidence_formula;
    let (_, analysis) = ctx.recognizer.analyse(photo.bytes, &photo.field, MARK.file_bytes_max).await?;
    let mut faces = Vec::new();
    for face in analysis.faces {
        let hits = match &face.embedding {
            Some(probe) => ctx.gallery.search(probe, top_k)?,
            None => Vec::new(),
        };
        let matches: Vec<FoundStudent> = hits
            .iter()
            .map(|hit| FoundStudent {
                student: StudentId(hit.person.cast_signed()),
                distance: hit.distance,
                confidence: confidence(hit.distance, formula, &thresholds),
            })
            .collect();
        let best = matches.first().map(|found| found.distance);
        let recognized = best.is_some_and(|distance| distance <= limit);
        let reason = match (recognized, best, &face.embedding) {
            (true, ..) => "",
            (_, Some(_), _) => "Distance exceeds threshold",
            (_, None, None) => "Face too small",
            (_, None, Some(_)) => "No student is enrolled",
        };
        let match_quality = best.map(|distance| match_quality(distance, &thresholds));
        faces.push(RecognizedFace { bbox: face.bbox, recognized, matches, match_quality, reason });
    }
    Ok(RecognizedPhoto { faces, processing_time_ms: started.elapsed().as_millis() as u64 })
}

fn confidence(distance: f32, formula: ConfidenceFormula, thresholds: &Thresholds) -> f32 {
    match formula {
        ConfidenceFormula::Calibrated => confidence_calibrated(distance, thresholds),
        ConfidenceFormula::Linear => confidence_linear(distance),
    }
}
