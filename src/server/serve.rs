//! Takes connections and serves them until it is told to stop.

use super::api::envelope;
use super::error::BUSY_RETRY_S;
use super::stop::Stop;
use crate::app::error::AppError;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, Response, header};
use connections::{Admission, Bounds, Connection, Connections, Place};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use io::Watched;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::ServiceExt;

pub mod connections;
mod io;

/// Longest time for requests that are being answered when the order to stop comes.
const STOP_MAX: Duration = Duration::from_secs(20);
/// How often connections are looked at whose time may be over.
const SWEEP_EVERY: Duration = Duration::from_millis(500);
/// File descriptors for everything but connections: the database, photos, models, logs.
const OTHER_FILES: u64 = 200;
/// Wait after a connection could not be taken.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Probes, which are answered when nothing else is.
const PROBES: [&str; 2] = ["/livez", "/readyz"];

/// Serves until `stop` is told, then lets what is being answered end, for at most 20 s.
pub async fn serve(listener: TcpListener, router: Router, stop: &Stop, bounds: Bounds) {
    let connections = Connections::new(bounds);
    let mut tasks = JoinSet::new();
    let mut sweep = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            () = stop.wait() => break,
            _ = sweep.tick() => {
                connections.sweep();
                while tasks.try_join_next().is_some() {}
            }
            taken = listener.accept() => match taken {
                Ok((stream, peer)) => {
                    let Some(place) = connections.admit() else { continue };
                    tasks.spawn(serve_one(stream, peer, place, router.clone(), stop.clone()));
                }
                Err(error) => {
                    tracing::warn!("a connection could not be taken: {error}");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    let sweeping = async {
        loop {
            sweep.tick().await;
            connections.sweep();
        }
    };
    let ended = async { while tasks.join_next().await.is_some() {} };
    tokio::select! {
        () = ended => {}
        () = sweeping => {}
        () = tokio::time::sleep(STOP_MAX) => {
            tracing::warn!(connections = connections.count(), "some requests are cut off: their time is over");
        }
    }
}

/// As many connections as there are file descriptors for, after taking all that the system gives.
pub fn bounds_of_system() -> Bounds {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let bounds = Bounds::default();
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::warn!("the number of open files stays as it is: {error}");
    }
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let free = files.saturating_sub(OTHER_FILES + bounds.reserve as u64).max(1);
    let connections_max = bounds.connections_max.min(usize::try_from(free).unwrap_or(usize::MAX));
    if connections_max < bounds.connections_max {
        tracing::warn!(connections_max, "few files may be open: raise the limit (ulimit -n) to serve more at once");
    }
    Bounds { connections_max, ..bounds }
}

async fn serve_one(stream: TcpStream, peer: SocketAddr, place: Place, router: Router, stop: Stop) {
    // Answers are whole: waiting for more to send with them only delays them.
    let _ = stream.set_nodelay(true);
    let connection = Arc::clone(&place.connection);
    let answer = service_fn(|request: Request<Incoming>| {
        connection.asked();
        let (router, connection, admission) = (router.clone(), Arc::clone(&connection), place.admission);
        async move {
            let (parts, body) = request.into_parts();
            let mut request = Request::from_parts(parts, Body::new(body));
            request.extensions_mut().insert(ConnectInfo(peer));
            let response = match admission {
                Admission::Probes if !PROBES.contains(&request.uri().path()) => full(),
                _ => router.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {}),
            };
            Ok::<_, Infallible>(response.map(|body| Answer { body, connection }))
        }
    });
    let io = TokioIo::new(Watched::new(stream, Arc::clone(&connection)));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        // Heads have a shorter time of their own, from their first byte on.
        .header_read_timeout(None)
        .serve_connection(io, answer);
    tokio::pin!(served);
    let mut told = false;
    loop {
        tokio::select! {
            ended = served.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!("a connection ended: {error}");
                }
                break;
            }
            () = connection.has_to_go() => break,
            () = stop.wait(), if !told => {
                told = true;
                served.as_mut().graceful_shutdown();
            }
        }
    }
}

/// The answer of a server whose places are all taken.
fn full() -> Response<Body> {
    let mut response = envelope::failure(AppError::Busy { retry_after_s: BUSY_RETRY_S });
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The body of an answer; its connection hears when it is done.
struct Answer {
    body: Body,
    connection: Arc<Connection>,
}

impl hyper::body::Body for Answer {
    type Data = bytes::Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.connection.answered();
    }
}
