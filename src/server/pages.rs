//! Serves the Leptos pages and server functions with our context and policy.

use super::door::MaybeActor;
use super::language;
use super::middleware::page_policy;
use super::state::{AppState, Ctx};
use crate::app::components::trouble::AnswerStatus;
use crate::app::error::AppError;
use crate::app::plain::Typed;
use crate::app::wire::from_bytes;
use crate::app::{SignedIn, shell};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// A server function, with the server's context and the reader's language.
pub async fn server_function(State(ctx): State<Ctx>, request: Request<Body>) -> Response {
    let context = move || {
        provide_context(ctx.clone());
        provide_context(language::of_request());
    };
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}

/// Arguments that cannot be read never reach our code, and Leptos answers 500 for them. The error in the body knows
/// better.
pub async fn true_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR
        || !response.headers().contains_key(SERVER_FN_ERROR_HEADER)
    {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, ERROR_BYTES_MAX).await else {
        return head.into_response();
    };
    if let Some(status) =
        from_bytes::<AppError>(&bytes).ok().and_then(|error| StatusCode::from_u16(error.status()).ok())
    {
        head.status = status;
    }
    Response::from_parts(head, Body::from(bytes))
}

/// An error is a few sentences.
const ERROR_BYTES_MAX: usize = 64 * 1024;

/// What a page is rendered with: the context, the reader's language, and the policy header of its nonce.
pub fn page_context(ctx: &Ctx) -> impl Fn() + Clone + Send + Sync + 'static {
    let ctx = ctx.clone();
    move || {
        provide_context(ctx.clone());
        provide_context(language::of_request());
        if let Some(parts) = use_context::<Parts>() {
            let actor = parts.extensions.get::<MaybeActor>().and_then(|MaybeActor(actor)| actor.as_ref());
            provide_context(SignedIn(actor.map(|actor| actor.user_id)));
            if let Some(typed) = parts.extensions.get::<Typed>() {
                provide_context(typed.clone());
            }
        }
        let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
        if let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce)) {
            response.insert_header(HeaderName::from_static("content-security-policy"), policy);
        }
        provide_context(AnswerStatus(Arc::new(move |status| {
            if let Ok(status) = StatusCode::from_u16(status) {
                response.set_status(status);
            }
        })));
    }
}

/// The page for addresses that no route knows: the application's own 404.
pub async fn not_found(State(state): State<AppState>, request: Request<Body>) -> Response {
    let AppState { ctx, leptos, files } = state;
    let whole = move || shell(leptos.clone(), files.clone());
    let render = leptos_axum::render_app_async_with_context(page_context(&ctx), whole);
    let mut response = render(request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
