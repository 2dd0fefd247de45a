//! The door for requests with an `Idempotency-Key`: what a device sends again is carried out once.
//!
//! Also says in a header why something was refused, for a sender that cannot read what pages read.

use super::api::envelope;
use super::caller;
use super::domain::sent_requests::{self, Answer, SentRequest};
use super::door::MaybeActor;
use super::middleware::{panicked, traced};
use super::state::Ctx;
use crate::app::error::AppError;
use crate::app::wire::{self, PostcardEncoding};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::server_fn::ContentType;

/// Names one request for as long as it may be sent again.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// How long the request waited on its device, seconds.
pub const QUEUED_FOR: HeaderName = HeaderName::from_static("queued-for");
/// Who made the request; it is never carried out for anybody else.
pub const QUEUED_BY: HeaderName = HeaderName::from_static("queued-by");
/// Why it was refused, URL-encoded.
pub const REFUSAL: HeaderName = HeaderName::from_static("refusal");
/// The answer was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Server functions that devices send again.
const PATHS: [&str; 2] = ["/fn/mark_photo", "/fn/set_record"];
/// Largest answer that is looked at, bytes; a photo with sixty crops is under one megabyte.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Carries a request with a key out, or answers as before.
pub async fn once(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let (key, queued_by) = (text_of(&request, &IDEMPOTENCY_KEY), text_of(&request, &QUEUED_BY));
    let Some(key) = key.filter(|_| PATHS.contains(&&*path)) else { return next.run(request).await };
    let Some(MaybeActor(Some(actor))) = request.extensions().get::<MaybeActor>().cloned() else {
        return next.run(request).await;
    };
    if queued_by.is_some_and(|user| user != actor.user_id.to_string()) {
        return refused(AppError::NotSignedIn);
    }
    let sent = match SentRequest::new(actor.user_id, &key, &path) {
        Ok(sent) => sent,
        Err(error) => return refused(error),
    };
    match sent_requests::claim(&ctx, &sent).await {
        Ok(Some(answer)) => replay(answer),
        Ok(None) => {
            // By itself, so that a sender who goes away does not end it half way: its answer is wanted later.
            let work = async move { carry_out(&ctx, &sent, request, next).await };
            let work = tokio::spawn(traced(caller::for_same_caller(work, caller::current())));
            work.await.unwrap_or_else(|error| panicked(Box::new(error)))
        }
        Err(error) => refused(error.into_app()),
    }
}

fn text_of(request: &Request, name: &HeaderName) -> Option<String> {
    request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

async fn carry_out(ctx: &Ctx, sent: &SentRequest, request: Request, next: Next) -> Response {
    let (mut parts, body) = next.run(request).await.into_parts();
    let body = match to_bytes(body, ANSWER_BYTES_MAX).await {
        Ok(body) => body,
        Err(error) => {
            tracing::warn!(%error, "an answer was not kept");
            axum::body::Bytes::new()
        }
    };
    if let Ok(error) = wire::from_bytes::<AppError>(&body)
        && !parts.status.is_success()
    {
        parts.headers.insert(REFUSAL, encoded(&error));
    }
    let answer = Answer { status: parts.status.as_u16(), body: body.to_vec() };
    if let Err(error) = sent_requests::settle(ctx, sent, answer).await {
        // The work is done and said so; sent again, it changes nothing.
        tracing::warn!("an answer was not kept: {error:#}");
    }
    Response::from_parts(parts, Body::from(body))
}

fn replay(answer: Answer) -> Response {
    let kind = HeaderValue::from_static(PostcardEncoding::CONTENT_TYPE);
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let headers = [(header::CONTENT_TYPE, kind), (REPLAYED, HeaderValue::from_static("true"))];
    (status, headers, answer.body).into_response()
}

fn refused(error: AppError) -> Response {
    let refusal = encoded(&error);
    let mut response = envelope::failure(error);
    response.headers_mut().insert(REFUSAL, refusal);
    response
}

fn encoded(error: &AppError) -> HeaderValue {
    let sentence: String = url::form_urlencoded::byte_serialize(error.sentence().as_bytes()).collect();
    HeaderValue::from_str(&sentence).unwrap_or(HeaderValue::from_static(""))
}
