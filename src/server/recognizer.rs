//! The async face of the engine: a bounded queue, blocking threads, a deadline.

use super::error::{Error, Result};
use crate::app::error::{AppError, EnginePart};
use crate::recognition::detect::DetectOptions;
use crate::recognition::engine::{Analysis, Engine, EngineError, Identification};
use crate::recognition::index::Gallery;
use crate::recognition::photo::{PhotoError, PhotoLimits, decode_photo};
use crate::tr;
use anyhow::anyhow;
use image::RgbImage;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Photos that may wait at once; more are told to come back.
const QUEUE_MAX: usize = 32;
/// Longest wait for a place, seconds: past it the answer would come too late to be of use.
const WAIT_MAX: Duration = Duration::from_secs(10);
/// What a refused caller should wait, seconds.
const RETRY_AFTER_S: u64 = 1;

/// Reasons why there is no recognition, as [`Recognizer::unavailable`] takes them.
pub const SWITCHED_OFF: &str = "Face recognition is switched off in this institution. Mark by hand below.";
pub const NO_FILES: &str =
    "Face recognition is not set up on this server: its model files are missing. Mark by hand below.";
pub const NO_RUNTIME: &str =
    "Face recognition is not set up on this server: ONNX Runtime is missing. Mark by hand below.";

/// Recognition for the server, or the reason why there is none.
#[derive(Clone)]
pub struct Recognizer {
    engine: std::result::Result<Arc<Engine>, Arc<str>>,
    queue: Arc<Semaphore>,
    running: Arc<Semaphore>,
    /// Places of the queue.
    places: usize,
}

impl Recognizer {
    /// With an engine. Two photos at once keep every core busy: one decodes while the other's faces are embedded.
    pub fn new(engine: Engine) -> Self {
        Self::with_queue(engine, QUEUE_MAX)
    }

    /// The same, for at most this many photos that wait or run at once.
    pub fn with_queue(engine: Engine, places: usize) -> Self {
        Self::with(Ok(Arc::new(engine)), places)
    }

    /// Without one; `reason` is told to people.
    pub fn unavailable(reason: &str) -> Self {
        Self::with(Err(reason.into()), QUEUE_MAX)
    }

    fn with(engine: std::result::Result<Arc<Engine>, Arc<str>>, places: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        let (queue, running) = (Arc::new(Semaphore::new(places)), Arc::new(Semaphore::new(cores)));
        Self { engine, queue, running, places }
    }

    /// The engine, when there is one.
    ///
    /// # Errors
    /// [`AppError::FacesUnavailable`] with the reason.
    pub fn engine(&self) -> std::result::Result<&Arc<Engine>, AppError> {
        self.engine.as_ref().map_err(|reason| AppError::FacesUnavailable(readable(reason)))
    }

    /// Why there is no recognition, in a sentence.
    pub fn unavailable_reason(&self) -> Option<String> {
        self.engine.as_ref().err().map(|reason| readable(reason))
    }

    /// Photos waiting or running now.
    pub fn waiting(&self) -> usize {
        self.places - self.queue.available_permits()
    }

    /// How many may at once.
    pub fn waiting_max(&self) -> usize {
        self.places
    }

    /// Decodes a photo and finds, judges and embeds its faces.
    ///
    /// # Errors
    /// A field error on `field` for photos that cannot be read; [`AppError::FacesUnavailable`],
    /// [`AppError::Busy`], [`AppError::Engine`]; internals.
    pub async fn analyse(&self, bytes: Vec<u8>, field: &str, bytes_max: usize) -> Result<(RgbImage, Analysis)> {
        self.run(bytes, field, bytes_max, |engine, image| {
            let analysis = engine.analyse(image, &DetectOptions::default())?;
            super::metrics::photo(analysis.timings.detect_ms, analysis.timings.embed_ms, analysis.faces.len());
            Ok(analysis)
        })
        .await
    }

    /// Decodes a photo, finds its faces of at least this detector's score, and judges them without embedding any.
    ///
    /// # Errors
    /// As [`Recognizer::analyse`].
    pub async fn inspect(&self, bytes: Vec<u8>, field: &str, bytes_max: usize, min_score: f32) -> Result<Analysis> {
        let options = DetectOptions { min_score, ..DetectOptions::default() };
        let done = self.run(bytes, field, bytes_max, move |engine, image| {
            let analysis = engine.inspect(image, &options)?;
            super::metrics::photo(analysis.timings.detect_ms, 0.0, 0);
            Ok(analysis)
        });
        Ok(done.await?.1)
    }

    /// Decodes a photo and identifies its faces among these students.
    ///
    /// # Errors
    /// As [`Recognizer::analyse`].
    pub async fn identify(
        &self,
        bytes: Vec<u8>,
        field: &str,
        bytes_max: usize,
        gallery: Arc<Gallery>,
        roster: Vec<u64>,
    ) -> Result<(RgbImage, Identification)> {
        self.run(bytes, field, bytes_max, move |engine, image| {
            let found = engine.identify(image, &gallery, &roster)?;
            super::metrics::photo(found.timings.detect_ms, found.timings.embed_ms, found.faces.len());
            Ok(found)
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        bytes: Vec<u8>,
        field: &str,
        bytes_max: usize,
        work: impl FnOnce(&Engine, &RgbImage) -> std::result::Result<T, EngineError> + Send + 'static,
    ) -> Result<(RgbImage, T)> {
        let engine = Arc::clone(self.engine()?);
        let busy = || AppError::Busy { retry_after_s: RETRY_AFTER_S };
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| busy())?;
        let permit = tokio::time::timeout(WAIT_MAX, Arc::clone(&self.running).acquire_owned())
            .await
            .map_err(|_| busy())?
            .map_err(|error| anyhow!(error))?;
        let done = tokio::task::spawn_blocking(move || {
            let _held = (place, permit);
            let limits = PhotoLimits { photo_bytes_max: bytes_max, ..PhotoLimits::default() };
            let image = match decode_photo(&bytes, &limits) {
                Ok(image) => image,
                Err(error) => return Err(error),
            };
            drop(bytes);
            let result = work(&engine, &image);
            Ok((image, result))
        });
        let outcome = done.await.map_err(|error| anyhow!(error))?;
        let (image, result) = outcome.map_err(|error| photo_fault(field, &error))?;
        Ok((image, result.map_err(engine_fault)?))
    }
}

/// The reason in the reader's language: it was found at the start, when nobody was reading.
fn readable(reason: &str) -> String {
    match reason {
        SWITCHED_OFF => tr!("domain-faces-off"),
        NO_FILES => tr!("domain-faces-no-files"),
        NO_RUNTIME => tr!("domain-faces-no-runtime"),
        other => other.to_owned(),
    }
}

/// Which part of the engine failed, in the words of the API.
fn engine_fault(error: EngineError) -> Error {
    let part = match &error {
        EngineError::Embedding(_) => EnginePart::Embedding,
        EngineError::Gallery(_) => EnginePart::Index,
        _ => EnginePart::Inference,
    };
    Error::engine(part, &anyhow::Error::new(error))
}

/// A photo's fault in the words of the form.
fn photo_fault(field: &str, error: &PhotoError) -> AppError {
    let sentence = match error {
        PhotoError::Empty => tr!("domain-photo-empty"),
        PhotoError::TooManyBytes { max, .. } => tr!("domain-upload-size", most = max / 1024 / 1024),
        PhotoError::NotAPhoto => tr!("domain-photo-no-photo"),
        PhotoError::UnsupportedFormat { format } => tr!("domain-photo-format", format = *format),
        PhotoError::TooManyPixels { width, height } => tr!("domain-photo-pixels", width = *width, height = *height),
        PhotoError::Corrupt => tr!("domain-photo-damaged"),
    };
    AppError::field(field, sentence)
}
