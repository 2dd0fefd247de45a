//! The engine: a photo goes in, faces with quality, vectors, candidates and outcomes come out. Synchronous, without
//! names and without I/O after loading; several threads may call it at once.

use std::path::{Path, PathBuf};
use std::time::Instant;

use image::RgbImage;
use serde::Serialize;

use super::align::align_face;
use super::assign::assign;
use super::cancel::{Cancel, Cancelled};
use super::decide::{Doubts, Outcome, Thresholds, confidence_calibrated, decide_with};
use super::detect::{DetectOptions, DetectedFace, Detector};
use super::embed::Embedder;
use super::geometry::{BBox, Landmarks, shorter_side};
use super::index::{Gallery, GalleryError, Hit};
use super::manifest::{Manifest, ManifestError, ModelFile, Pack, read_verified};
use super::quality::{Quality, assess_face};
use super::runtime::{Runtime, RuntimeError, parallel};

mod enrolment;
mod self_test;

pub use enrolment::{EnrolmentRules, EnrolmentVerdict, assess_enrolment};

/// How the engine uses the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EngineOptions {
    /// Runtime sessions per network, and so the threads one photo uses. Each costs memory; the number of cores is right.
    pub threads: usize,
}

impl Default for EngineOptions {
    /// As many threads as the machine offers, at most four.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { threads: cores.min(4) }
    }
}

/// Why the engine cannot start or a photo cannot be processed.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error("model file {name} of pack {pack} is not in {folder}")]
    Missing { pack: String, name: String, folder: PathBuf },
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    /// The detector failed on a photo.
    #[error("finding faces: {0}")]
    Detection(RuntimeError),
    /// The recogniser failed on a face.
    #[error("embedding a face: {0}")]
    Embedding(RuntimeError),
    #[error(transparent)]
    Gallery(#[from] GalleryError),
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    #[error("the engine's self-test failed: {0}")]
    SelfTest(String),
}

/// A loaded pack.
pub struct Engine {
    pack: Pack,
    detector_file: ModelFile,
    recogniser_file: ModelFile,
    detector: Detector,
    embedder: Embedder,
    threads: usize,
}

/// What is truly loaded, for a health page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EngineInfo {
    pub pack: String,
    pub title: String,
    pub licence: String,
    pub commercial_use: bool,
    pub detector: ModelInfo,
    pub recogniser: ModelInfo,
    pub embedding_size: usize,
    pub threads: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelInfo {
    pub name: String,
    pub title: String,
    pub sha256: String,
    pub bytes: u64,
    /// Width and height of the network's picture in pixels.
    pub input: [u32; 2],
}

/// One face of a photo, in pixels of the upright photo.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Face {
    pub bbox: BBox,
    /// The detector's score, 0..1.
    pub score: f32,
    pub landmarks: Landmarks,
    pub quality: Quality,
    /// Unit length; `None` when the face is too small to be used.
    #[serde(skip)]
    pub embedding: Option<Vec<f32>>,
}

/// Milliseconds spent on the stages of one photo.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Timings {
    pub detect_ms: f32,
    /// Alignment, quality and embedding of all faces.
    pub embed_ms: f32,
    pub search_ms: f32,
}

/// Every face of a photo, best score first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    pub width: u32,
    pub height: u32,
    pub faces: Vec<Face>,
    pub timings: Timings,
}

/// Somebody a face may be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Candidate {
    pub person: u64,
    pub template_id: u64,
    /// Cosine distance, 0..=2.
    pub distance: f32,
    /// Calibrated, 0..=1; 0.80 at the accept line.
    pub confidence: f32,
}

/// A face with what was decided about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IdentifiedFace {
    pub face: Face,
    pub outcome: Outcome,
    /// The person this face was given, if any: whom `outcome` is about. No person is given to two faces.
    pub assigned: Option<Candidate>,
    /// The two nearest people, best first, whether or not they were given to this face.
    pub candidates: Vec<Candidate>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Identification {
    pub width: u32,
    pub height: u32,
    pub faces: Vec<IdentifiedFace>,
    pub timings: Timings,
}

impl Engine {
    /// Loads `pack` from the files in `models_dir`: checks both SHA-256, opens the networks, and proves on synthetic
    /// input that they give what the manifest says and that distances point the right way.
    pub fn load(
        runtime: &Runtime,
        manifest: &Manifest,
        pack: &str,
        models_dir: &Path,
        options: &EngineOptions,
    ) -> Result<Self, EngineError> {
        let pack = manifest.pack(pack)?.clone();
        let read = |name: &str| -> Result<(ModelFile, Vec<u8>), EngineError> {
            let path = models_dir.join(name);
            let file = manifest.file(name).filter(|_| path.is_file()).ok_or_else(|| EngineError::Missing {
                pack: pack.name.clone(),
                name: name.to_owned(),
                folder: models_dir.to_owned(),
            })?;
            Ok((file.clone(), read_verified(&path, file)?))
        };
        let threads = options.threads.max(1);
        let (detector_file, bytes) = read(&pack.detector)?;
        let detector = Detector::load(runtime, &detector_file, &bytes, threads)?;
        let (recogniser_file, bytes) = read(&pack.recogniser)?;
        let embedder = Embedder::load(runtime, &recogniser_file, &bytes, threads)?;
        drop(bytes);
        self_test::run(&detector, &embedder)?;
        Ok(Self { pack, detector_file, recogniser_file, detector, embedder, threads })
    }

    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Hash of the recogniser: templates of different hashes must never be compared.
    pub fn model_sha256(&self) -> &str {
        &self.recogniser_file.sha256
    }

    /// Values per vector.
    pub fn embedding_size(&self) -> usize {
        self.embedder.size()
    }

    pub fn thresholds(&self) -> &Thresholds {
        &self.pack.thresholds
    }

    pub fn info(&self) -> EngineInfo {
        let model = |file: &ModelFile| ModelInfo {
            name: file.name.clone(),
            title: file.title.clone(),
            sha256: file.sha256.clone(),
            bytes: file.bytes,
            input: file.input,
        };
        EngineInfo {
            pack: self.pack.name.clone(),
            title: self.pack.title.clone(),
            licence: self.pack.licence.clone(),
            commercial_use: self.pack.commercial_use,
            detector: model(&self.detector_file),
            recogniser: model(&self.recogniser_file),
            embedding_size: self.embedding_size(),
            threads: self.threads,
        }
    }

    /// Faces with landmarks, best score first.
    pub fn detect(&self, image: &RgbImage, options: &DetectOptions) -> Result<Vec<DetectedFace>, EngineError> {
        self.detect_for(image, options, &Cancel::default())
    }

    fn detect_for(
        &self,
        image: &RgbImage,
        options: &DetectOptions,
        cancel: &Cancel,
    ) -> Result<Vec<DetectedFace>, EngineError> {
        self.detector.detect(image, options, cancel).map_err(|error| match error {
            RuntimeError::Cancelled(cancelled) => EngineError::Cancelled(cancelled),
            other => EngineError::Detection(other),
        })
    }

    /// Embeds one crop that is aligned already (RGB, the recogniser's own size); unit length, `None` when the network
    /// gives no direction.
    pub fn embed_aligned(&self, crop: &RgbImage) -> Result<Option<Vec<f32>>, EngineError> {
        Ok(self.embedder.embed(crop).map_err(EngineError::Embedding)?.map(|e| e.unit))
    }

    /// Detects, measures and embeds every face. Faces under the smallest usable size come without a vector.
    pub fn analyse(&self, image: &RgbImage, options: &DetectOptions) -> Result<Analysis, EngineError> {
        self.analyse_for(image, options, &Cancel::default())
    }

    /// The same for somebody who may stop waiting: [`EngineError::Cancelled`] at the next picture or face after that.
    pub fn analyse_for(
        &self,
        image: &RgbImage,
        options: &DetectOptions,
        cancel: &Cancel,
    ) -> Result<Analysis, EngineError> {
        let started = Instant::now();
        let detected = self.detect_for(image, options, cancel)?;
        let detect_ms = milliseconds_since(started);
        let started = Instant::now();
        let faces = parallel::map(&detected, self.embedder.sessions(), |face| {
            cancel.check()?;
            self.describe(image, face, true)
        });
        let faces = faces.into_iter().collect::<Result<_, _>>()?;
        let timings = Timings { detect_ms, embed_ms: milliseconds_since(started), search_ms: 0.0 };
        Ok(Analysis { width: image.width(), height: image.height(), faces, timings })
    }

    /// Detects and measures every face, and embeds none: their vectors and the lengths of those are absent.
    /// Ends as [`Engine::analyse_for`] does.
    pub fn inspect(
        &self,
        image: &RgbImage,
        options: &DetectOptions,
        cancel: &Cancel,
    ) -> Result<Analysis, EngineError> {
        let started = Instant::now();
        let detected = self.detect_for(image, options, cancel)?;
        let timings = Timings { detect_ms: milliseconds_since(started), ..Timings::default() };
        let faces = detected.iter().map(|face| self.describe(image, face, false)).collect::<Result<_, _>>()?;
        Ok(Analysis { width: image.width(), height: image.height(), faces, timings })
    }

    /// Names the faces of a photo among `roster`: analyse, compare exactly, give each person to at most one face,
    /// decide.
    pub fn identify(&self, image: &RgbImage, gallery: &Gallery, roster: &[u64]) -> Result<Identification, EngineError> {
        let analysis = self.analyse(image, &DetectOptions::default())?;
        self.identify_analysis(analysis, gallery, roster)
    }

    /// The same for a photo that was analysed before.
    pub fn identify_analysis(
        &self,
        analysis: Analysis,
        gallery: &Gallery,
        roster: &[u64],
    ) -> Result<Identification, EngineError> {
        let started = Instant::now();
        let thresholds = self.thresholds();
        let found = analysis.faces.iter().map(|face| match &face.embedding {
            Some(probe) => gallery.search_roster(probe, roster, roster.len()),
            None => Ok(Vec::new()),
        });
        let found: Vec<Vec<Hit>> = found.collect::<Result<_, _>>()?;
        let pairs: Vec<Vec<(u64, f32)>> =
            found.iter().map(|hits| hits.iter().map(|h| (h.person, h.distance)).collect()).collect();
        let given = assign(&pairs, thresholds.distance_review);
        let candidate = |hit: &Hit| Candidate {
            person: hit.person,
            template_id: hit.template_id,
            distance: hit.distance,
            confidence: confidence_calibrated(hit.distance, thresholds),
        };
        let faces = analysis.faces.into_iter().zip(&found).zip(given).map(|((face, hits), given)| {
            let assigned = given.and_then(|at| hits.get(at));
            let person = assigned.map(|hit| hit.person);
            let runner_up = hits.iter().find(|hit| Some(hit.person) != person).map(|hit| hit.distance);
            let best = assigned.map(|hit| hit.distance).or_else(|| beyond_review(hits, thresholds));
            let doubts = Doubts { lookalike: person.and_then(|person| gallery.lookalikes().among(person, roster)) };
            let outcome = decide_with(best, runner_up, &face.quality, thresholds, doubts);
            let candidates = hits.iter().take(CANDIDATES).map(candidate).collect();
            IdentifiedFace { face, outcome, assigned: assigned.map(candidate), candidates }
        });
        let faces = faces.collect();
        let timings = Timings { search_ms: milliseconds_since(started), ..analysis.timings };
        Ok(Identification { width: analysis.width, height: analysis.height, faces, timings })
    }

    fn describe(&self, image: &RgbImage, detected: &DetectedFace, embed: bool) -> Result<Face, EngineError> {
        let limits = &self.thresholds().quality;
        let usable = shorter_side(&detected.bbox) >= limits.face_px_usable;
        let crop = align_face(image, &detected.landmarks, self.embedder.alignment());
        let embedding = match &crop {
            Some(crop) if usable && embed => self.embedder.embed(&crop.image).map_err(EngineError::Embedding)?,
            _ => None,
        };
        let norm = embedding.as_ref().map(|e| e.norm);
        let photo = [image.width(), image.height()];
        let quality = assess_face(&detected.bbox, &detected.landmarks, photo, crop.as_ref(), norm, limits);
        Ok(Face {
            bbox: detected.bbox,
            score: detected.score,
            landmarks: detected.landmarks,
            quality,
            embedding: embedding.map(|e| e.unit),
        })
    }
}

const CANDIDATES: usize = 2;

/// The nearest distance of an unassigned face when it lies beyond the review line. A nearer person was given to another
/// face of the photo; this one is then nobody.
fn beyond_review(hits: &[Hit], thresholds: &Thresholds) -> Option<f32> {
    hits.first().map(|hit| hit.distance).filter(|distance| *distance > thresholds.distance_review)
}

fn milliseconds_since(started: Instant) -> f32 {
    started.elapsed().as_secs_f32() * 1000.0
}
