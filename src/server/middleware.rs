//! What every request passes: trace id, size limit, same-origin check, actor, headers.

use super::auth::{actor, login::COOKIE_KEY};
use super::door::MaybeActor;
use super::error::BUSY_RETRY_S;
use super::state::Ctx;
use super::upload::BODY_BYTES_MAX;
use super::upload_files::{IMPORT_BODY_BYTES_MAX, IMPORT_PATH, IMPORT_S_MAX};
use super::{bodies, browser_files};
use crate::app::error::AppError;
use crate::server::api::envelope;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;
use std::error::Error;
use std::time::Duration;
use tower_sessions::{Session, session};

tokio::task_local! {
    static TRACE_ID: String;
}

/// Longest time one request may take, seconds; live events are answered before it starts.
const REQUEST_S_MAX: u64 = 60;

/// Largest body that is not a form with files, bytes.
const PLAIN_BODY_BYTES_MAX: usize = 256 * 1024;

/// The id of the running request, or a new one outside of requests.
pub fn trace_id() -> String {
    TRACE_ID.try_with(Clone::clone).unwrap_or_else(|_| super::secrets::random_hex::<8>())
}

/// Runs something of the running request elsewhere, under the same id.
pub fn traced<F: Future>(work: F) -> impl Future<Output = F::Output> {
    TRACE_ID.scope(trace_id(), work)
}

/// Gives each request an id, says it in `X-Trace-Id`, and logs the request once.
pub async fn trace(request: Request, next: Next) -> Response {
    let id = super::secrets::random_hex::<8>();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let started = std::time::Instant::now();
    let mut response = TRACE_ID.scope(id.clone(), next.run(request)).await;
    let status = response.status().as_u16();
    super::metrics::request(method.as_str(), status, started.elapsed());
    tracing::info!(trace_id = %id, %method, %path, status, ms = started.elapsed().as_millis() as u64, "request");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-trace-id"), value);
    }
    response
}

/// Refuses bodies that are too large before and while they are read.
pub async fn limit_body(request: Request, next: Next) -> Response {
    let multipart = content_type(request.headers()).starts_with("multipart/form-data");
    let max = match multipart {
        true if request.uri().path() == IMPORT_PATH => IMPORT_BODY_BYTES_MAX,
        true => BODY_BYTES_MAX,
        false => PLAIN_BODY_BYTES_MAX,
    };
    let named =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if named.is_some_and(|length| length > max) {
        return envelope::failure(AppError::TooLarge { max_kib: (max / 1024) as u64 });
    }
    // Leptos's multipart reader panics without a boundary.
    if multipart && multer::parse_boundary(content_type(request.headers())).is_err() {
        return envelope::failure(AppError::Malformed("The form has no boundary.".to_owned()));
    }
    let (parts, body) = request.into_parts();
    if multipart {
        let body = Body::new(http_body_util::Limited::new(body, max));
        return next.run(Request::from_parts(parts, body)).await;
    }
    // Small bodies are read here, so that one without a named length is refused in our words too.
    match axum::body::to_bytes(body, max).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) if error.source().is_some_and(|source| source.is::<LengthLimitError>()) => {
            envelope::failure(AppError::TooLarge { max_kib: (max / 1024) as u64 })
        }
        Err(error) => {
            let unreadable = || AppError::Malformed("The body could not be read.".to_owned());
            envelope::failure(bodies::refusal(&error).unwrap_or_else(unreadable))
        }
    }
}

/// Ends requests that take too long; uploads of imports may take as long as a slow line needs.
pub async fn limit_time(request: Request, next: Next) -> Response {
    let seconds = if request.uri().path() == IMPORT_PATH { IMPORT_S_MAX } else { REQUEST_S_MAX };
    let answer = tokio::time::timeout(Duration::from_secs(seconds), next.run(request));
    answer.await.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

/// Multipart server functions take nothing but multipart forms.
pub async fn server_function_type(request: Request, next: Next) -> Response {
    const MULTIPART: [&str; 7] = [
        "/fn/mark_photo",
        "/fn/check_photo",
        "/fn/check_my_photo",
        "/fn/create_student",
        "/fn/add_student_photo",
        "/fn/enrol_my_face",
        IMPORT_PATH,
    ];
    let wants = MULTIPART.contains(&request.uri().path());
    if wants && !content_type(request.headers()).starts_with("multipart/form-data") {
        return envelope::failure(AppError::WrongMediaType("This address takes a form with files.".to_owned()));
    }
    next.run(request).await
}

/// Refuses unsafe requests that a page of another site started.
///
/// Bearer routes under `/api/` ignore cookies and need no such check.
pub async fn same_origin(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let bearer_only = request.uri().path().starts_with("/api/");
    if safe || bearer_only || comes_from_here(request.headers(), ctx.config.public_url.as_deref()) {
        return next.run(request).await;
    }
    envelope::failure(AppError::CrossSite)
}

/// `Sec-Fetch-Site` where the browser sends it, else `Origin` against our own address.
fn comes_from_here(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text("origin") else { return false };
    match public_url {
        Some(url) => origin.trim_end_matches('/') == origin_of(url),
        None => text("host").is_some_and(|host| origin.split_once("://").is_some_and(|(_, from)| from == host)),
    }
}

/// Scheme, host and port of an address.
fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    &url[..end]
}

/// Finds out who asks, from the cookie, and puts it into the request.
pub async fn find_actor(State(ctx): State<Ctx>, session: Session, mut request: Request, next: Next) -> Response {
    let found = async {
        match session.get::<String>(COOKIE_KEY).await {
            Ok(Some(id)) => actor::load(&ctx, &id).await,
            // A reader whose rows cannot be read is not signed out for that.
            Err(session::Error::Store(error)) => {
                tracing::error!("the browser's session cannot be read: {error}");
                Err(AppError::Busy { retry_after_s: BUSY_RETRY_S }.into())
            }
            Ok(None) | Err(_) => Ok(None),
        }
    };
    match found.await {
        Ok(actor) => {
            let language = actor.as_ref().and_then(|actor| actor.language);
            request.extensions_mut().insert(MaybeActor(actor));
            let mut response = next.run(request).await;
            // For the pages about errors, which are drawn outside of here.
            if let Some(language) = language {
                response.extensions_mut().insert(language);
            }
            response
        }
        Err(error) => envelope::failure(error.into_app()),
    }
}

/// What every answer says, whatever is asked.
pub const FIXED_HEADERS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(self), microphone=(), geolocation=(), display-capture=(), usb=()"),
];

/// Security headers of every answer; pages bring their own policy with a nonce.
pub async fn headers(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (built, hashed) = (path.starts_with("/pkg/"), browser_files::is_hashed(path));
    let (at_the_top, policy) = (browser_files::is_at_the_top(path), browser_files::policy(path));
    let mut response = next.run(request).await;
    let cache = match response.status() {
        StatusCode::OK | StatusCode::NOT_MODIFIED if hashed => "public, max-age=31536000, immutable",
        _ if built || at_the_top => "no-cache",
        _ => "no-store",
    };
    let headers = response.headers_mut();
    for (name, value) in FIXED_HEADERS.into_iter().chain([("content-security-policy", policy)]) {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(cache));
    if ctx.config.is_https() {
        let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    response
}

/// The policy of a page whose scripts carry this nonce.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; style-src-attr 'none'; img-src 'self' blob: data:; media-src 'self' blob:; \
         connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}

/// A panicking request becomes a plain 500 with its reference; the next one is fine.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    let trace_id = trace_id();
    tracing::error!(%trace_id, "a request panicked");
    envelope::failure(AppError::Internal { trace_id })
}

/// The answer for addresses under `/api/` that nothing lives at.
pub async fn no_such_route() -> Response {
    envelope::failure(AppError::NoSuchPage)
}

/// The answer for a known address and the wrong kind of request.
pub async fn method_not_allowed() -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, envelope::failure(AppError::MethodNotAllowed)).into_response()
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
