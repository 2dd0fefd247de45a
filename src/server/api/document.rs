//! The OpenAPI document, made from the same list as the router.

use super::envelope::ErrorBody;
use crate::server::state::AppState;
use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr};
use utoipa::{Modify, OpenApi};
use utoipa_swagger_ui::SwaggerUi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Rollcall",
        description = "Class attendance by face recognition. Times are UTC unless they are a session's own date and \
                       wall-clock times. Get a token at `POST /api/auth/login/` and send it as \
                       `Authorization: Bearer …`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(ErrorBody)),
    modifiers(&Bearer),
)]
struct Head;

/// The scheme that guarded operations name.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Title, licence and shared parts, before any operation.
pub fn head() -> Document {
    Head::openapi()
}

/// Says what each status means where an operation does not: OpenAPI 3.1 requires it of every response, and generators
/// of clients refuse a document without.
pub fn with_descriptions(mut document: Document) -> Document {
    for path in document.paths.paths.values_mut() {
        let operations = [&mut path.get, &mut path.put, &mut path.post, &mut path.patch, &mut path.delete];
        for operation in operations.into_iter().flatten() {
            for (status, response) in &mut operation.responses.responses {
                if let RefOr::T(response) = response
                    && response.description.is_empty()
                {
                    let status = status.parse().ok().and_then(|code: u16| StatusCode::from_u16(code).ok());
                    let reason = status.and_then(|status| status.canonical_reason());
                    response.description = reason.unwrap_or("Answer").to_owned();
                }
            }
        }
    }
    document
}

/// `/api/openapi.json` and its reader at `/api/docs/`, whose files are part of the program.
pub fn router(document: Document) -> Router<AppState> {
    // The reader sets styles from scripts and draws icons from `data:` addresses; nothing comes from elsewhere.
    let policy = HeaderValue::from_static(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    let name = HeaderName::from_static("content-security-policy");
    Router::new()
        .merge(SwaggerUi::new("/api/docs").url("/api/openapi.json", document))
        .layer(SetResponseHeaderLayer::if_not_present(name, policy))
}
