//! What a form held that was posted without a script and refused: kept until its page is drawn again, once.
//!
//! The browser is led back to the page the form stands on. What the user typed waits in their browser session, not in
//! the address, and passwords and tokens are never kept.

use crate::app::plain::Typed;
use crate::server::upload_files::IMPORT_PATH;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

/// Where the form waits in the browser's session.
pub const KEY: &str = "refused_form";

/// Most that is kept of one form, bytes of names and values.
const KEPT_BYTES_MAX: usize = 16 * 1024;

/// Nothing is kept of it: whoever guesses passwords leaves no rows behind.
const SIGN_IN: &str = "/fn/sign_in";

/// Parts of the names of fields that are never kept.
const SECRETS: [&str; 3] = ["password", "token", "secret"];

#[derive(Debug, Serialize, Deserialize)]
struct Refused {
    path: String,
    fields: Vec<(String, String)>,
}

/// Keeps the fields of a form whose answer leads back with an error.
pub async fn keep(session: Session, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // A form with large files is written to disk as it arrives, and holds no text to keep.
    let is_kept = path.starts_with("/fn/") && path != SIGN_IN && path != IMPORT_PATH;
    let by_hand = *request.method() == Method::POST && text_of(&request, header::ACCEPT).contains("text/html");
    if !(is_kept && by_hand) {
        return next.run(request).await;
    }
    let (path, kind) = (request.uri().path().to_owned(), text_of(&request, header::CONTENT_TYPE).to_owned());
    let (parts, body) = request.into_parts();
    // Bounded by the limit on every body, which stands in front.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return crate::server::api::envelope::failure(crate::app::error::AppError::Malformed(
            "The form did not arrive whole.".to_owned(),
        ));
    };
    let response = next.run(Request::from_parts(parts, Body::from(bytes.clone()))).await;
    if is_refusal(&response) {
        let fields = kept(fields(&kind, bytes).await);
        if let Err(error) = session.insert(KEY, Refused { path, fields }).await {
            // The user types again; nothing else is lost.
            tracing::warn!(%error, "a refused form was not kept");
        }
    }
    response
}

/// Gives a page the form that was refused on it.
pub async fn bring_back(session: Session, mut request: Request, next: Next) -> Response {
    let led_back = request.uri().query().is_some_and(|query| query.contains("__err="));
    if *request.method() == Method::GET
        && led_back
        && let Ok(Some(Refused { path, fields })) = session.remove(KEY).await
    {
        request.extensions_mut().insert(Typed { path: path.into(), fields: fields.into() });
    }
    next.run(request).await
}

fn text_of(request: &Request, name: header::HeaderName) -> &str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Leptos leads a refused form back with its error in the address.
fn is_refusal(response: &Response) -> bool {
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    response.status().is_redirection() && location.is_some_and(|location| location.contains("__err="))
}

/// Names and values of the text fields; files are left out.
async fn fields(kind: &str, bytes: Bytes) -> Vec<(String, String)> {
    let Ok(boundary) = multer::parse_boundary(kind) else {
        return url::form_urlencoded::parse(&bytes).into_owned().collect();
    };
    let body = futures::stream::iter([Ok::<_, std::io::Error>(bytes)]);
    let mut parts = multer::Multipart::new(body, boundary);
    let mut found = Vec::new();
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.name().map(str::to_owned);
        if part.file_name().is_none()
            && let (Some(name), Ok(value)) = (name, part.text().await)
        {
            found.push((name, value));
        }
    }
    found
}

/// What may be kept, as far as it is not too much.
fn kept(fields: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut room = KEPT_BYTES_MAX;
    let harmless = |(name, _): &(String, String)| !SECRETS.iter().any(|secret| name.contains(secret));
    let fits = |(name, value): &(String, String)| {
        let size = name.len() + value.len();
        let fits = size <= room;
        room -= if fits { size } else { 0 };
        fits
    };
    fields.into_iter().filter(harmless).filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn secrets_and_excess_are_not_kept() {
        let long = "x".repeat(KEPT_BYTES_MAX);
        let all = vec![pair("form[name]", "Ada"), pair("form[password]", "p"), pair("note", &long), pair("code", "CS")];
        assert_eq!(kept(all), [pair("form[name]", "Ada"), pair("code", "CS")]);
    }

    #[tokio::test]
    async fn text_fields_of_both_kinds_of_form_are_found() {
        let plain = fields("application/x-www-form-urlencoded", Bytes::from("a%5Bb%5D=1+2&c=%C3%A9")).await;
        assert_eq!(plain, [pair("a[b]", "1 2"), pair("c", "é")]);
        let body = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--X\r\nContent-Disposition: form-data; \
                    name=\"f\"; filename=\"f.jpg\"\r\n\r\nbytes\r\n--X--\r\n";
        assert_eq!(fields("multipart/form-data; boundary=X", Bytes::from(body)).await, [pair("a", "1")]);
    }
}
