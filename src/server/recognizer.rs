//! The async face of the engine: a bounded and fair queue, blocking threads, a deadline. A photo that nobody waits for
//! any more leaves the queue at once, and a running one ends at its next step.

use super::caller;
use super::error::{Error, Result};
use crate::app::error::{AppError, EnginePart};
use crate::recognition::cancel::Cancel;
use crate::recognition::detect::DetectOptions;
use crate::recognition::engine::{Analysis, Engine, EngineError, Identification};
use crate::recognition::index::Gallery;
use crate::recognition::photo::{PhotoError, PhotoLimits, open_photo};
use crate::tr;
use anyhow::anyhow;
use image::RgbImage;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use turns::Turns;

pub mod turns;

/// Photos that may wait or run at once, however fast the machine is; more are told to come back.
const QUEUE_MAX: usize = 32;
/// Memory of all photos that are being decoded or looked at, MiB: one of 50 megapixels with everything that turns it
/// into upright RGB, or twenty of a phone's usual size.
const PICTURES_MIB_MAX: u32 = 256;
const MIB: u64 = 1024 * 1024;
/// Picture that is searched once at the start, to learn how fast the machine is: a small photo, pixels.
const FIRST_PX: (u32, u32) = (1280, 960);
/// Longest wait for a place, seconds: past it the answer would come too late to be of use.
const WAIT_MAX: Duration = Duration::from_secs(10);
/// Longest time from the arrival of a photo to its answer, where the settings name no other.
const PHOTO_MAX: Duration = Duration::from_secs(30);
/// What a refused caller should wait, seconds.
const RETRY_AFTER_S: u64 = 1;
/// What a caller should wait whose photo took too long, seconds: the server is then busier than a full queue makes it.
const RETRY_LATE_S: u64 = 5;

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
    turns: Turns,
    /// Memory for photos that is not taken, MiB.
    room: Arc<Semaphore>,
    room_mib: u32,
    deadline: Duration,
}

/// A decoded photo, and its share of the memory that all photos together may take.
pub struct Picture {
    image: RgbImage,
    _room: OwnedSemaphorePermit,
}

impl Deref for Picture {
    type Target = RgbImage;

    fn deref(&self) -> &RgbImage {
        &self.image
    }
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
        let room = Arc::new(Semaphore::new(PICTURES_MIB_MAX as usize));
        Self { engine, turns: Turns::new(places, cores), room, room_mib: PICTURES_MIB_MAX, deadline: PHOTO_MAX }
    }

    /// The same after one picture, so that the queue is no deeper than this machine can serve from the first photo on.
    pub fn measured(self) -> Self {
        if let Ok(engine) = &self.engine {
            let begun = Instant::now();
            let image = RgbImage::from_pixel(FIRST_PX.0, FIRST_PX.1, image::Rgb([128; 3]));
            match engine.inspect(&image, &DetectOptions::default(), &Cancel::default()) {
                Ok(_) => self.turns.took(begun.elapsed(), 1.0),
                Err(error) => tracing::warn!("the first picture could not be searched: {error}"),
            }
        }
        self
    }

    /// The same with this longest time from the arrival of a photo to its answer.
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// The same with this much memory for all photos together, MiB.
    pub fn with_room(self, mib: u32) -> Self {
        Self { room: Arc::new(Semaphore::new(mib as usize)), room_mib: mib, ..self }
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
        self.turns.taken()
    }

    /// How many may at once, as fast as photos are done now.
    pub fn waiting_max(&self) -> usize {
        self.turns.depth()
    }

    /// Decodes a photo and finds, judges and embeds its faces.
    ///
    /// # Errors
    /// A field error on `field` for photos that cannot be read; [`AppError::FacesUnavailable`],
    /// [`AppError::Busy`], [`AppError::Engine`]; internals.
    pub async fn analyse(&self, bytes: Vec<u8>, field: &str, bytes_max: usize) -> Result<(Picture, Analysis)> {
        self.run(bytes, field, bytes_max, |engine, image, cancel| {
            let analysis = engine.analyse_for(image, &DetectOptions::default(), cancel)?;
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
        let done = self.run(bytes, field, bytes_max, move |engine, image, cancel| {
            let analysis = engine.inspect(image, &options, cancel)?;
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
    ) -> Result<(Picture, Identification)> {
        self.run(bytes, field, bytes_max, move |engine, image, cancel| {
            let analysis = engine.analyse_for(image, &DetectOptions::default(), cancel)?;
            let found = engine.identify_analysis(analysis, &gallery, &roster)?;
            super::metrics::photo(found.timings.detect_ms, found.timings.embed_ms, found.faces.len());
            Ok(found)
        })
        .await
    }

    /// Waits for a turn and works on a blocking thread, within the deadline for both.
    async fn run<T: Send + 'static>(
        &self,
        bytes: Vec<u8>,
        field: &str,
        bytes_max: usize,
        work: impl FnOnce(&Engine, &RgbImage, &Cancel) -> std::result::Result<T, EngineError> + Send + 'static,
    ) -> Result<(Picture, T)> {
        let engine = Arc::clone(self.engine()?);
        let busy = |retry_after_s| AppError::Busy { retry_after_s };
        let place = self.turns.enter(&caller::current()).map_err(|full| busy(full.retry_after_s))?;
        let mut waiting = Waiting { cancel: Cancel::default(), gave_up: Some(GaveUp::CallerLeft) };
        let cancel = waiting.cancel.clone();
        let entered = Instant::now();
        let answer = async {
            let turn = tokio::time::timeout(WAIT_MAX, place.turn()).await.map_err(|_| GaveUp::NoTurn)?;
            super::metrics::queue_wait(entered.elapsed());
            let (turns, room, begun) = (self.turns.clone(), Arc::clone(&self.room), self.turns.begin());
            let (waiting_place, room_mib) = (Handle::current(), self.room_mib);
            let done = tokio::task::spawn_blocking(move || {
                let _held = turn;
                let limits = PhotoLimits { photo_bytes_max: bytes_max, ..PhotoLimits::default() };
                cancel.check().map_err(|cancelled| Fault::Engine(cancelled.into()))?;
                let opened = open_photo(&bytes, &limits).map_err(Fault::Photo)?;
                let share = opened.cost_bytes().div_ceil(MIB).clamp(1, room_mib.max(1).into()) as u32;
                let room = waiting_place.block_on(room.acquire_many_owned(share)).map_err(|_| Fault::Closed)?;
                cancel.check().map_err(|cancelled| Fault::Engine(cancelled.into()))?;
                let image = opened.decode().map_err(Fault::Photo)?;
                drop(bytes);
                let result = work(&engine, &image, &cancel).map_err(Fault::Engine)?;
                turns.done(&begun);
                Ok((Picture { image, _room: room }, result))
            });
            Ok(done.await)
        };
        let answer = tokio::time::timeout(self.deadline, answer).await.unwrap_or(Err(GaveUp::TooLate));
        waiting.gave_up = answer.as_ref().err().copied();
        drop(waiting);
        match answer {
            Err(GaveUp::TooLate) => Err(busy(RETRY_LATE_S).into()),
            Err(_) => Err(busy(RETRY_AFTER_S).into()),
            Ok(done) => done.map_err(|error| anyhow!(error))?.map_err(|fault| match fault {
                Fault::Photo(error) => photo_fault(field, &error).into(),
                Fault::Closed => busy(RETRY_AFTER_S).into(),
                Fault::Engine(EngineError::Cancelled(_)) => busy(RETRY_AFTER_S).into(),
                Fault::Engine(error) => engine_fault(error),
            }),
        }
    }
}

/// What ended the work on a photo.
enum Fault {
    Photo(PhotoError),
    Engine(EngineError),
    /// The server is going away.
    Closed,
}

/// Why nobody waits for a photo any more.
#[derive(Clone, Copy)]
enum GaveUp {
    CallerLeft,
    NoTurn,
    TooLate,
}

/// Somebody who waits for a photo. When they are dropped without an answer, its work ends.
struct Waiting {
    cancel: Cancel,
    /// Why there is no answer; until one is there, it is that the caller left.
    gave_up: Option<GaveUp>,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let Some(why) = self.gave_up else { return };
        self.cancel.cancel();
        super::metrics::photo_cancelled(match why {
            GaveUp::CallerLeft => "caller_left",
            GaveUp::NoTurn => "no_turn",
            GaveUp::TooLate => "deadline",
        });
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
