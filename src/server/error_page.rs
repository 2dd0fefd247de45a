//! Errors as people see them where no page could be drawn: the database is gone, a request was refused before it
//! reached a page, a form was posted without a script and could not be taken.
//!
//! Programs get the JSON of the REST API; a browser that asked for a page gets a page with the same words.

use super::language;
use super::state::AppState;
use crate::app::components::layout::BrandMark;
use crate::app::components::trouble::{first_page_words, title_of};
use crate::app::error::AppError;
use crate::app::words::Locale;
use crate::tr;
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
    let is_probe = matches!(path, "/livez" | "/readyz" | "/metrics");
    let for_programs = is_probe || path == "/api" || path.starts_with("/api/") || path.starts_with("/pkg/");
    let wants_page = !for_programs && has(request.headers(), header::ACCEPT, "text/html");
    let may_repeat = *request.method() == Method::GET;
    let of_browser = language::of(request.headers(), None);
    let response = next.run(request).await;
    let is_trouble = response.status().is_client_error() || response.status().is_server_error();
    if !wants_page || !is_trouble || has(response.headers(), header::CONTENT_TYPE, "text/html") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, REFUSAL_BYTES_MAX).await.unwrap_or_default();
    let refusal: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let text = |name: &str| refusal.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let status = parts.status.as_u16();
    let locale = parts.extensions.get::<Locale>().copied().unwrap_or(of_browser);
    let error = parts.extensions.get::<AppError>();
    let html = Owner::new().with(|| {
        provide_context(locale);
        // Told anew: the refusal itself was written for programs, in English.
        let sentence = error.map_or_else(|| text("message"), ToString::to_string);
        let sentence = if sentence.is_empty() { usual_sentence(status) } else { sentence };
        // The sentence of an error of our own names its reference already.
        let reference = Some(text("trace_id")).filter(|reference| !sentence.contains(reference)).unwrap_or_default();
        draw(&state.files.stylesheet, status, sentence, reference, may_repeat)
    });
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    parts.headers.insert(HeaderName::from_static("content-security-policy"), HeaderValue::from_static(POLICY));
    Response::from_parts(parts, Body::from(html))
}

fn has(headers: &HeaderMap, name: HeaderName, part: &str) -> bool {
    headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(part))
}

/// For answers that carry no words, such as that of the limit on time.
fn usual_sentence(status: u16) -> String {
    match status {
        404 => tr!("trouble-no-such-page"),
        503 => tr!("trouble-took-too-long"),
        _ => tr!("trouble-not-answered"),
    }
}

/// The whole document, in the language of the context. Drawn apart from the application, which may be what failed.
fn draw(stylesheet: &str, status: u16, sentence: String, reference: String, may_repeat: bool) -> String {
    let (title, stylesheet, locale) = (title_of(status), stylesheet.to_owned(), Locale::current());
    let reference = (!reference.is_empty() && status >= 500).then(
        || view! { <p class="muted small" data-test="reference">{tr!("trouble-reference", reference = reference)}</p> },
    );
    let repeat = (may_repeat && !matches!(status, 403 | 404))
        .then(|| view! { <a class="button button-primary" href="">{tr!("word-try-again")}</a> });
    let first_class = if repeat.is_some() { "button" } else { "button button-primary" };
    let page = view! {
        <html lang=locale.tag() dir=locale.direction()>
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
                        <p class="trouble-code">{tr!("trouble-code", status = status)}</p>
                        <h1>{title.clone()}</h1>
                        <p>{sentence}</p>
                        {reference}
                        <p class="row">{repeat} <a class=first_class href="/">{first_page_words()}</a></p>
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
