//! Bodies of requests: they come fast enough or not at all, and what was not read is read away, so that whoever is
//! still sending gets the answer and not a broken connection.

use super::error::BUSY_RETRY_S;
use super::upload_files::IMPORT_PATH;
use crate::app::error::AppError;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep, sleep};

/// How fast a body has to come.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// Bytes a second at least.
    rate_min: u64,
    /// Time before that counts: a phone that has just found its network.
    grace: Duration,
}

const PACE: Pace = Pace { rate_min: 16 * 1024, grace: Duration::from_secs(10) };
/// Most that is read away of a body that nobody wants, and for how long.
const DRAIN_BYTES_MAX: u64 = 16 * 1024 * 1024;
const DRAIN_MAX: Duration = Duration::from_secs(10);

/// Bytes of all bodies whose requests are being answered; bodies that go to the disk as they come are none of them.
const IN_FLIGHT_MAX: u64 = 128 * 1024 * 1024;

static IN_FLIGHT: AtomicU64 = AtomicU64::new(0);

/// The bytes of one request, until it is answered.
#[derive(Default)]
struct Share(AtomicU64);

impl Share {
    /// Takes room for more bytes; says whether there is any.
    fn take(&self, bytes: u64, most: u64) -> bool {
        self.0.fetch_add(bytes, Ordering::Relaxed);
        IN_FLIGHT.fetch_add(bytes, Ordering::Relaxed) + bytes <= most
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        IN_FLIGHT.fetch_sub(self.0.load(Ordering::Relaxed), Ordering::Relaxed);
    }
}

/// There is no room for the body now.
#[derive(Debug, thiserror::Error)]
#[error("too many bytes are being received at once")]
pub struct Crowded;

/// A body came too slowly to be waited for.
#[derive(Debug, thiserror::Error)]
#[error("the body of the request came too slowly")]
pub struct TooSlow;

/// What the sender of a body that was not taken is told; nothing when something else was wrong with it.
pub fn refusal(error: &(dyn std::error::Error + 'static)) -> Option<AppError> {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.find_map(|error| match () {
        () if error.is::<TooSlow>() => Some(AppError::TooSlow),
        () if error.is::<Crowded>() => Some(AppError::Busy { retry_after_s: BUSY_RETRY_S }),
        () => None,
    })
}

/// Watches a request's body and reads the rest of it away after the answer.
pub async fn watch(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    // Whoever asks before sending is told by the answer itself, and sends nothing.
    let asks_first = request.headers().contains_key(header::EXPECT);
    let (parts, body) = request.into_parts();
    let (give_back, mut given_back) = oneshot::channel();
    let share = (parts.uri.path() != IMPORT_PATH).then(|| Arc::new(Share::default()));
    let mut body = Watched::new(body, PACE, Some(give_back));
    body.share.clone_from(&share);
    let response = next.run(Request::from_parts(parts, Body::new(body))).await;
    // Whatever became of the bytes, they are not kept past the answer.
    drop(share);
    if let (false, Ok(rest)) = (asks_first, given_back.try_recv()) {
        tokio::spawn(drain(rest));
    }
    response
}

async fn drain(mut rest: Body) {
    let read = async {
        let mut left = DRAIN_BYTES_MAX;
        while let Some(Ok(frame)) = rest.frame().await {
            let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
            left = left.saturating_sub(bytes);
            if left == 0 {
                break;
            }
        }
    };
    // What comes later than that is cut off.
    let _ = tokio::time::timeout(DRAIN_MAX, read).await;
}

/// A body that fails when it comes too slowly, and is given back when it is dropped unread.
struct Watched {
    body: Option<Body>,
    pace: Pace,
    share: Option<Arc<Share>>,
    give_back: Option<oneshot::Sender<Body>>,
    /// When it was first asked for.
    begun: Option<Instant>,
    bytes: u64,
    /// Wakes whoever waits when the rest is late.
    late: Option<Pin<Box<Sleep>>>,
}

impl Watched {
    fn new(body: Body, pace: Pace, give_back: Option<oneshot::Sender<Body>>) -> Self {
        Self { body: Some(body), pace, share: None, give_back, begun: None, bytes: 0, late: None }
    }

    /// When the next bytes after so many have to be there.
    fn due(&self, begun: Instant) -> Instant {
        begun + self.pace.grace + Duration::from_millis(self.bytes.saturating_mul(1000) / self.pace.rate_min)
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let this = &mut *self;
        let begun = *this.begun.get_or_insert_with(Instant::now);
        let due = this.due(begun);
        let Some(body) = &mut this.body else { return Poll::Ready(None) };
        match Pin::new(body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
                this.bytes += bytes;
                this.late = None;
                if this.share.as_ref().is_some_and(|share| !share.take(bytes, IN_FLIGHT_MAX)) {
                    return Poll::Ready(Some(Err(axum::Error::new(Crowded))));
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(other) => {
                // It ended or broke: there is nothing to read away.
                this.body = None;
                Poll::Ready(other)
            }
            Poll::Pending => {
                let late = this.late.get_or_insert_with(|| Box::pin(sleep(due.duration_since(Instant::now()))));
                if late.as_mut().poll(cx).is_ready() {
                    this.body = None;
                    return Poll::Ready(Some(Err(axum::Error::new(TooSlow))));
                }
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let (Some(body), Some(give_back)) = (self.body.take(), self.give_back.take())
            && !body.is_end_stream()
        {
            // Nobody may be there any more to read it away.
            let _ = give_back.send(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAST: Pace = Pace { rate_min: 1024, grace: Duration::from_millis(50) };

    #[tokio::test]
    async fn a_body_that_stops_coming_is_not_waited_for() {
        let begun = Instant::now();
        let stops = futures::stream::pending::<Result<Bytes, axum::Error>>();
        let slow = axum::body::to_bytes(Body::new(Watched::new(Body::from_stream(stops), FAST, None)), 100).await;
        assert_eq!(refusal(&slow.expect_err("too slow")), Some(AppError::TooSlow));
        assert!(begun.elapsed() >= FAST.grace);
        let whole = axum::body::to_bytes(Body::new(Watched::new(Body::from("whole"), FAST, None)), 100).await;
        assert_eq!(whole.expect("in time"), "whole");
    }

    #[test]
    fn bytes_in_flight_have_one_bound_and_are_given_back() {
        let share = Share::default();
        let most = IN_FLIGHT.load(Ordering::Relaxed) + 1_000_000_000;
        assert!(share.take(900_000_000, most));
        assert!(!share.take(900_000_000, most), "what was taken counts, also when it is too much");
        drop(share);
        assert!(Share::default().take(900_000_000, most));
        let crowded = axum::Error::new(Crowded);
        assert_eq!(refusal(&crowded), Some(AppError::Busy { retry_after_s: BUSY_RETRY_S }));
    }

    #[test]
    fn a_body_has_time_by_its_bytes() {
        let begun = Instant::now();
        let mut body = Watched::new(Body::empty(), PACE, None);
        assert_eq!(body.due(begun) - begun, PACE.grace);
        body.bytes = 1024 * 1024;
        assert_eq!(body.due(begun) - begun, PACE.grace + Duration::from_secs(64));
    }

    #[tokio::test]
    async fn what_was_not_read_is_given_back() {
        let (give_back, given_back) = oneshot::channel();
        drop(Watched::new(Body::from("unread"), PACE, Some(give_back)));
        let rest = given_back.await.expect("the body");
        assert_eq!(axum::body::to_bytes(rest, 100).await.expect("its bytes"), "unread");
    }
}
