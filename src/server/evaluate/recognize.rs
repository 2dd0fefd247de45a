//! `rollcall recognize`: what the engine sees in photos, with names when a gallery folder is given.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use super::people::{Enrolment, enrol_people, read_people, read_photo};
use crate::recognition::decide::Outcome;
use crate::recognition::engine::{Engine, IdentifiedFace};
use crate::recognition::geometry::{BBox, Landmarks};
use crate::recognition::index::Gallery;
use crate::recognition::quality::Quality;

/// One photo; `error` is set when the file is no usable photo.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecognizedPhoto {
    pub photo: PathBuf,
    pub error: Option<String>,
    pub width: u32,
    pub height: u32,
    /// Milliseconds from the bytes to the decisions.
    pub ms: f32,
    pub faces: Vec<RecognizedFace>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecognizedFace {
    pub bbox: BBox,
    pub score: f32,
    pub landmarks: Landmarks,
    pub quality: Quality,
    /// `None` when no gallery was given.
    pub outcome: Option<Outcome>,
    /// Whom the face was given, accepted or for review.
    pub name: Option<String>,
    pub distance: Option<f32>,
    pub confidence: Option<f32>,
}

/// Runs the engine on every photo, against everybody in the folder `gallery` (`gallery/<person>/*.jpg`, all photos of
/// each) if there is one.
pub fn recognize_photos(engine: &Engine, photos: &[PathBuf], gallery: Option<&Path>) -> Result<Vec<RecognizedPhoto>> {
    let enrolment = match gallery {
        Some(dir) => enrol_people(engine, &read_people(dir)?, usize::MAX)?,
        None => Enrolment {
            gallery: Gallery::new(engine.embedding_size())?,
            names: Vec::new(),
            faces: 0,
            without_face: Vec::new(),
        },
    };
    photos.iter().map(|photo| recognize_photo(engine, photo, &enrolment, gallery.is_some())).collect()
}

fn recognize_photo(engine: &Engine, photo: &Path, enrolment: &Enrolment, named: bool) -> Result<RecognizedPhoto> {
    let started = Instant::now();
    let mut result =
        RecognizedPhoto { photo: photo.to_owned(), error: None, width: 0, height: 0, ms: 0.0, faces: Vec::new() };
    match read_photo(photo)? {
        Ok(image) => {
            let roster: Vec<u64> = (0..enrolment.names.len() as u64).collect();
            let found = engine.identify(&image, &enrolment.gallery, &roster)?;
            result.faces = found.faces.into_iter().map(|face| describe(face, enrolment, named)).collect();
            (result.width, result.height) = image.dimensions();
        }
        Err(error) => result.error = Some(error.to_string()),
    }
    result.ms = started.elapsed().as_secs_f32() * 1000.0;
    Ok(result)
}

fn describe(identified: IdentifiedFace, enrolment: &Enrolment, named: bool) -> RecognizedFace {
    let IdentifiedFace { face, outcome, assigned, candidates } = identified;
    let shown = assigned.or_else(|| candidates.first().copied());
    RecognizedFace {
        bbox: face.bbox,
        score: face.score,
        landmarks: face.landmarks,
        quality: face.quality,
        outcome: named.then_some(outcome),
        name: assigned.and_then(|c| enrolment.name(c.person)).map(str::to_owned),
        distance: shown.map(|c| c.distance),
        confidence: shown.map(|c| c.confidence),
    }
}

impl fmt::Display for RecognizedPhoto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(error) = &self.error {
            return writeln!(f, "{}: {error}", self.photo.display());
        }
        let (count, plural) = (self.faces.len(), if self.faces.len() == 1 { "" } else { "s" });
        writeln!(
            f,
            "{}: {} x {} px, {count} face{plural}, {:.0} ms",
            self.photo.display(),
            self.width,
            self.height,
            self.ms
        )?;
        self.faces.iter().try_for_each(|face| write!(f, "{face}"))
    }
}

impl fmt::Display for RecognizedFace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [x1, y1, x2, y2] = self.bbox.map(|v| v.round() as i64);
        let name = match (&self.outcome, &self.name) {
            (None, _) => String::new(),
            (Some(Outcome::Accept), Some(name)) => format!("{name}, "),
            (Some(Outcome::Review(why)), Some(name)) => format!("perhaps {name} ({why:?}), "),
            (Some(Outcome::Unknown(why)), _) => format!("unknown ({why:?}), "),
            (Some(_), None) => "unknown, ".to_owned(),
        };
        let distance = self.distance.map_or(String::new(), |d| format!("distance {d:.3}, "));
        let confidence = self.confidence.map_or(String::new(), |c| format!("confidence {c:.2}, "));
        let q = &self.quality;
        writeln!(
            f,
            "  [{x1}, {y1}, {x2}, {y2}] {name}{distance}{confidence}score {:.2}, {:?}: blur score {:.2}, brightness \
             {:.2}, {} px, {:.0} degrees {:?}",
            self.score, q.verdict, q.blur_score, q.brightness, q.face_size, q.angle, q.reasons
        )?;
        let points: Vec<String> = self.landmarks.iter().map(|[x, y]| format!("({x:.0}, {y:.0})")).collect();
        writeln!(f, "      landmarks {}", points.join(" "))
    }
}
