//! Counters and times, for `/metrics` and the health answer.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

static EXPORTER: OnceLock<PrometheusHandle> = OnceLock::new();
static STARTED: OnceLock<Instant> = OnceLock::new();
static PHOTOS: AtomicU64 = AtomicU64::new(0);
static FACES: AtomicU64 = AtomicU64::new(0);
static DETECT_US: AtomicU64 = AtomicU64::new(0);
static EMBED_US: AtomicU64 = AtomicU64::new(0);

/// Starts the recorder; a second call (tests) changes nothing.
pub fn install() {
    STARTED.get_or_init(Instant::now);
    if let Ok(handle) = PrometheusBuilder::new().install_recorder() {
        let _ = EXPORTER.set(handle);
    }
}

/// The text of `/metrics`.
pub fn render() -> String {
    EXPORTER.get().map(PrometheusHandle::render).unwrap_or_default()
}

/// One answered request.
pub fn request(method: &str, status: u16, took: Duration) {
    let labels = [("method", method.to_owned()), ("status", status.to_string())];
    metrics::counter!("rollcall_requests_total", &labels).increment(1);
    metrics::histogram!("rollcall_request_seconds").record(took.as_secs_f64());
}

/// One analysed photo: milliseconds in detection, milliseconds in embedding, faces embedded.
pub fn photo(detect_ms: f32, embed_ms: f32, faces: usize) {
    PHOTOS.fetch_add(1, Ordering::Relaxed);
    FACES.fetch_add(faces as u64, Ordering::Relaxed);
    DETECT_US.fetch_add((detect_ms * 1000.0) as u64, Ordering::Relaxed);
    EMBED_US.fetch_add((embed_ms * 1000.0) as u64, Ordering::Relaxed);
    metrics::counter!("rollcall_photos_total").increment(1);
    metrics::counter!("rollcall_faces_total").increment(faces as u64);
    metrics::histogram!("rollcall_detect_seconds").record(f64::from(detect_ms) / 1000.0);
    metrics::histogram!("rollcall_embed_seconds").record(f64::from(embed_ms) / 1000.0);
}

/// What recognition has done since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Performance {
    /// Mean time to find the faces of a photo, milliseconds; 0 before the first.
    pub detection_ms: f64,
    /// Mean time to embed one face, milliseconds; 0 before the first.
    pub recognition_ms: f64,
    pub photos: u64,
    pub uptime_hours: f64,
}

/// Means since the start.
pub fn performance() -> Performance {
    let mean = |sum_us: &AtomicU64, count: &AtomicU64| match count.load(Ordering::Relaxed) {
        0 => 0.0,
        count => sum_us.load(Ordering::Relaxed) as f64 / count as f64 / 1000.0,
    };
    Performance {
        detection_ms: mean(&DETECT_US, &PHOTOS),
        recognition_ms: mean(&EMBED_US, &FACES),
        photos: PHOTOS.load(Ordering::Relaxed),
        uptime_hours: STARTED.get().map_or(0.0, |at| at.elapsed().as_secs_f64() / 3600.0),
    }
}
