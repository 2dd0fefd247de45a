//! Counters and times, for `/metrics` and the health answer.

use crate::app::types::Times;
use chrono::{DateTime, Utc};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

static EXPORTER: OnceLock<PrometheusHandle> = OnceLock::new();
static STARTED: OnceLock<Instant> = OnceLock::new();
static PHOTOS: AtomicU64 = AtomicU64::new(0);
static FACES: AtomicU64 = AtomicU64::new(0);
static DETECT_US: AtomicU64 = AtomicU64::new(0);
static EMBED_US: AtomicU64 = AtomicU64::new(0);
static PHOTO_TIMES: Mutex<VecDeque<f32>> = Mutex::new(VecDeque::new());
static ANSWER_TIMES: Mutex<VecDeque<f32>> = Mutex::new(VecDeque::new());
static FAULTS: Mutex<VecDeque<Fault>> = Mutex::new(VecDeque::new());

/// Photos and answers whose times are remembered.
const TIMES_KEPT: usize = 500;
/// Name of the histogram of waits for a turn, and its bounds in seconds: the longest wait is ten.
const QUEUE_WAIT: &str = "rollcall_photo_queue_wait_seconds";
const QUEUE_WAIT_BOUNDS: [f64; 10] = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// Faults that are remembered.
const FAULTS_KEPT: usize = 20;

/// Something that failed inside; the log tells more under its reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub at: DateTime<Utc>,
    /// What failed, in words that hold nothing private.
    pub what: &'static str,
    pub trace_id: String,
}

/// Starts the recorder; a second call (tests) changes nothing.
pub fn install() {
    STARTED.get_or_init(Instant::now);
    let waits = Matcher::Full(QUEUE_WAIT.to_owned());
    let builder = PrometheusBuilder::new().set_buckets_for_metric(waits, &QUEUE_WAIT_BOUNDS);
    if let Ok(handle) = builder.and_then(PrometheusBuilder::install_recorder) {
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
    remember(&ANSWER_TIMES, TIMES_KEPT, took.as_secs_f32() * 1000.0);
}

/// One analysed photo: milliseconds in detection, milliseconds in embedding, faces embedded.
pub fn photo(detect_ms: f32, embed_ms: f32, faces: usize) {
    PHOTOS.fetch_add(1, Ordering::Relaxed);
    FACES.fetch_add(faces as u64, Ordering::Relaxed);
    DETECT_US.fetch_add((detect_ms * 1000.0) as u64, Ordering::Relaxed);
    EMBED_US.fetch_add((embed_ms * 1000.0) as u64, Ordering::Relaxed);
    remember(&PHOTO_TIMES, TIMES_KEPT, detect_ms + embed_ms);
    metrics::counter!("rollcall_photos_total").increment(1);
    metrics::counter!("rollcall_faces_total").increment(faces as u64);
    metrics::histogram!("rollcall_detect_seconds").record(f64::from(detect_ms) / 1000.0);
    metrics::histogram!("rollcall_embed_seconds").record(f64::from(embed_ms) / 1000.0);
}

/// A photo got its turn after this time in the queue.
pub fn queue_wait(waited: Duration) {
    metrics::histogram!(QUEUE_WAIT).record(waited.as_secs_f64());
}

/// Nobody waits for a photo any more: `caller_left`, `no_turn` in time, or past its `deadline`.
pub fn photo_cancelled(reason: &'static str) {
    metrics::counter!("rollcall_photos_cancelled_total", "reason" => reason).increment(1);
}

/// Something failed inside, at this moment.
pub fn fault(what: &'static str, trace_id: &str) {
    metrics::counter!("rollcall_faults_total", "what" => what).increment(1);
    remember(&FAULTS, FAULTS_KEPT, Fault { at: Utc::now(), what, trace_id: trace_id.to_owned() });
}

/// What failed lately, the newest first.
pub fn faults() -> Vec<Fault> {
    FAULTS.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
}

/// How long the latest photos took in detection and embedding; nothing before the first.
pub fn photo_times() -> Option<Times> {
    times(&PHOTO_TIMES)
}

/// How long the latest answers took, whatever was asked; nothing before the first.
pub fn answer_times() -> Option<Times> {
    times(&ANSWER_TIMES)
}

fn remember<T>(latest: &Mutex<VecDeque<T>>, kept: usize, value: T) {
    let mut latest = latest.lock().unwrap_or_else(PoisonError::into_inner);
    if latest.len() == kept {
        latest.pop_front();
    }
    latest.push_back(value);
}

fn times(latest: &Mutex<VecDeque<f32>>) -> Option<Times> {
    let mut sorted: Vec<f32> = latest.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect();
    sorted.sort_by(f32::total_cmp);
    // The nearest rank: the smallest value that so many in a hundred do not exceed.
    let rank = |percent: usize| sorted.get((sorted.len() * percent).div_ceil(100).saturating_sub(1)).copied();
    Some(Times { p50_ms: rank(50)?.into(), p95_ms: rank(95)?.into(), count: sorted.len() as u64 })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_of_the_latest_alone() {
        let latest = Mutex::new(VecDeque::new());
        assert_eq!(times(&latest), None);
        for ms in 1..=110 {
            remember(&latest, 100, ms as f32);
        }
        assert_eq!(times(&latest), Some(Times { p50_ms: 60.0, p95_ms: 105.0, count: 100 }));
    }
}
