//! Errors as people see them where no page could be drawn: the database is gone, a request was refused before it
//! reached a page, a form was posted without a script and could not be taken.
//!
//! Programs get the JSON of the REST API; a browser that asked for a page gets a page with the same words.

use super::state::AppState;
use crate::app::components::layout::BrandMark;
use crate::app::components::trouble::{FIRST_PAGE, title_of};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::*;
use serde_json::Value;

/// Longest refusal that is read, bytes; ours are far shorter.
const REFUSAL_BYTES_MAX: usize = 64 * 1024;

/// The style sheet is all such a page loads.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// Turns refusals into pages for those who asked for one.
pub async fn for_people(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let for_programs = path == "/api" || path.starts_with("/api/") || path.starts_with("/pkg/");
    let wants_page = !for_programs && has(request.headers(), header::ACCEPT, "text/html");
    let may_repeat = *request.method() == Method::GET;
    let response = next.run(request).await;
    let is_trouble = response.status().is_client_error() || response.status().is_server_error();
    if !wants_page || !is_trouble || has(response.headers(), header::CONTENT_TYPE, "text/html") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, REFUSAL_BYTES_MAX).await.unwrap_or_default();
    let refusal: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let text = |name: &str| refusal.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (sentence, reference) = (text("message"), text("trace_id"));
    let status = parts.status.as_u16();
    let sentence = if sentence.is_empty() { usual_sentence(status).to_owned() } else { sentence };
    // The sentence of an error of our own names its reference already.
    let reference = if sentence.contains(&reference) { String::new() } else { reference };
    let html = draw(&state.files.stylesheet, status, sentence, reference, may_repeat);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    parts.headers.insert(HeaderName::from_static("content-security-policy"), HeaderValue::from_static(POLICY));
    Response::from_parts(parts, Body::from(html))
}

fn has(headers: &HeaderMap, name: HeaderName, part: &str) -> bool {
    headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(part))
}

/// For answers that carry no words, such as that of the limit on time.
fn usual_sentence(status: u16) -> &'static str {
    match status {
        404 => "The address may have been mistyped, or what stood here has been removed.",
        503 => "The answer took too long. Please try again.",
        _ => "The request could not be answered.",
    }
}

/// The whole document, drawn apart from the application, which may be the part that failed.
fn draw(stylesheet: &str, status: u16, sentence: String, reference: String, may_repeat: bool) -> String {
    let (title, stylesheet) = (title_of(status), stylesheet.to_owned());
    let reference = (!reference.is_empty() && status >= 500)
        .then(|| view! { <p class="muted small" data-test="reference">"Reference: " {reference}</p> });
    let repeat = (may_repeat && !matches!(status, 403 | 404))
        .then(|| view! { <a class="button button-primary" href="">"Try again"</a> });
    let first_class = if repeat.is_some() { "button" } else { "button button-primary" };
    let page = view! {
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{format!("{title} · Rollcall")}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=stylesheet/>
            </head>
            <body>
                <header class="topbar">
                    <div class="topbar-inner"><a class="brand" href="/"><BrandMark/> "Rollcall"</a></div>
                </header>
                <main id="main" class="main">
                    <section class="trouble" data-test="trouble" data-status=status.to_string()>
                        <p class="trouble-code">{format!("Error {status}")}</p>
                        <h1>{title}</h1>
                        <p>{sentence}</p>
                        {reference}
                        <p class="row">{repeat} <a class=first_class href="/">{FIRST_PAGE}</a></p>
                    </section>
                </main>
            </body>
        </html>
    };
    format!("<!DOCTYPE html>{}", page.to_html())
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn words_are_text_and_the_reference_is_named_once() {
        let html = draw("/pkg/x.css", 500, "It <b>broke</b>.".to_owned(), "abc".to_owned(), true);
        assert!(html.contains("It &lt;b&gt;broke&lt;/b&gt;.") && html.contains("Reference: "), "{html}");
        assert!(html.contains("Try again") && html.contains("/pkg/x.css"));
        let refused = draw("/pkg/x.css", 403, "No.".to_owned(), "abc".to_owned(), true);
        assert!(!refused.contains("Try again") && !refused.contains("Reference"));
    }
}
