//! The bytes of a connection: watched, and with our own words where the protocol's library refuses a request before we
//! see it.

use super::connections::Connection;
use crate::app::error::AppError;
use crate::server::api::envelope;
use crate::server::middleware::FIXED_HEADERS;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream whose connection hears of what happens on it.
pub struct Watched<S> {
    stream: S,
    connection: Arc<Connection>,
    /// What is written in place of a bare refusal, and how much of it was.
    own: Option<(Vec<u8>, usize)>,
}

impl<S> Watched<S> {
    pub fn new(stream: S, connection: Arc<Connection>) -> Self {
        Self { stream, connection, own: None }
    }
}

/// Stands in every answer of ours, and in none that the library makes by itself.
const TRACE_HEADER: &[u8] = b"\r\nx-trace-id:";

/// A whole answer in place of the library's bare one, when these are its first bytes: its refusals of heads that are too
/// large or no HTTP have neither our headers nor a body.
fn in_our_words(bytes: &[u8]) -> Option<Vec<u8>> {
    let error = match bytes.strip_prefix(b"HTTP/1.1 ")?.get(..3)? {
        b"431" => AppError::HeadTooLarge,
        b"414" => AppError::HeadTooLarge,
        b"400" => AppError::Malformed("The request is no HTTP.".to_owned()),
        _ => return None,
    };
    if bytes.windows(TRACE_HEADER.len()).any(|part| part == TRACE_HEADER) {
        return None;
    }
    let status = error.status();
    let body = serde_json::to_vec(&envelope::body(&error)).ok()?;
    let reason = axum::http::StatusCode::from_u16(status).ok()?.canonical_reason().unwrap_or_default();
    let mut answer = format!("HTTP/1.1 {status} {reason}\r\n");
    for (name, value) in FIXED_HEADERS {
        answer.push_str(&format!("{name}: {value}\r\n"));
    }
    let length = body.len();
    answer.push_str(&format!(
        "cache-control: no-store\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    ));
    Some([answer.into_bytes(), body].concat())
}

impl<S: AsyncWrite + Unpin> Watched<S> {
    /// Writes what stands in place of `bytes`; `None` when they go out as they are.
    fn poll_own(&mut self, cx: &mut Context<'_>, bytes: &[u8], length: usize) -> Poll<Option<io::Result<usize>>> {
        // A body that begins like a refusal is still a body.
        if self.own.is_none() && self.connection.is_before_request() {
            self.own = in_our_words(bytes).map(|answer| (answer, 0));
        }
        let Some((answer, written)) = &mut self.own else { return Poll::Ready(None) };
        while let Some(rest) = answer.get(*written..).filter(|rest| !rest.is_empty()) {
            match ready!(Pin::new(&mut self.stream).poll_write(cx, rest)) {
                Ok(0) => return Poll::Ready(Some(Err(io::ErrorKind::WriteZero.into()))),
                Ok(count) => *written += count,
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
        Poll::Ready(Some(Ok(length)))
    }

    fn noted<T>(&self, polled: Poll<T>) -> Poll<T> {
        self.connection.writes(polled.is_ready());
        polled
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let polled = Pin::new(&mut this.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            this.connection.heard();
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match this.poll_own(cx, bytes, bytes.len()) {
            Poll::Ready(None) => {}
            Poll::Ready(Some(written)) => return this.noted(Poll::Ready(written)),
            Poll::Pending => return this.noted(Poll::Pending),
        }
        let polled = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.noted(polled)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let first = parts.iter().find(|part| !part.is_empty()).map_or(&[][..], |part| part);
        match this.poll_own(cx, first, parts.iter().map(|part| part.len()).sum()) {
            Poll::Ready(None) => {}
            Poll::Ready(Some(written)) => return this.noted(Poll::Ready(written)),
            Poll::Pending => return this.noted(Poll::Pending),
        }
        let polled = Pin::new(&mut this.stream).poll_write_vectored(cx, parts);
        this.noted(polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
