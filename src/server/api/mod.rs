//! The REST API: thin doors to the domain, one file per noun.

pub mod account;
pub mod ai;
pub mod ai_health;
pub mod ai_recognize;
pub mod attendance;
pub mod audit;
pub mod auth;
pub mod consents;
pub mod departments;
pub mod document;
pub mod downloads;
pub mod envelope;
pub mod events;
pub mod exports;
pub mod extract;
pub mod gallery_health;
pub mod imports;
pub mod media;
pub mod my_data;
pub mod outbox;
pub mod paging;
pub mod photos;
pub mod probes;
pub mod records;
pub mod registers;
pub mod sessions;
pub mod settings;
pub mod shapes;
pub mod statistics;
pub mod students;
pub mod students_list;
pub mod users;
pub mod words;

use super::middleware;
use super::state::AppState;
use axum::Router;
use axum::routing::any;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// Everything under `/api`.
pub fn router() -> Router<AppState> {
    let (router, document) = doors().split_for_parts();
    let document = document::with_descriptions(document);
    router
        .method_not_allowed_fallback(middleware::method_not_allowed)
        .route("/api", any(middleware::no_such_route))
        .route("/api/", any(middleware::no_such_route))
        .route("/api/{*rest}", any(middleware::no_such_route))
        .merge(document::router(document))
}

/// The OpenAPI document of this program.
pub fn document() -> Document {
    document::with_descriptions(doors().into_openapi())
}

/// All doors with what the document says of them.
fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(document::head())
        .merge(auth::doors())
        .merge(account::doors())
        .merge(users::doors())
        .merge(outbox::doors())
        .merge(students::doors())
        .merge(photos::doors())
        .merge(consents::doors())
        .merge(departments::doors())
        .merge(attendance::doors())
        .merge(ai::doors())
        .merge(gallery_health::doors())
        .merge(settings::doors())
        .merge(audit::doors())
}

/// Adds doors that open with and without the closing slash of their address; the document names the first.
trait WithDoors {
    fn with(self, doors: UtoipaMethodRouter<AppState>) -> Self;
}

impl WithDoors for OpenApiRouter<AppState> {
    fn with(self, doors: UtoipaMethodRouter<AppState>) -> Self {
        let bare: Vec<String> = doors.1.paths.keys().map(|path| path.trim_end_matches('/').to_owned()).collect();
        let methods = doors.2.clone();
        bare.into_iter().fold(self.routes(doors), |router, path| router.route(&path, methods.clone()))
    }
}
