//! The REST API: thin doors to the domain, one file per noun.

pub mod ai;
pub mod attendance;
pub mod auth;
pub mod envelope;
pub mod events;
pub mod extract;
pub mod media;
pub mod probes;
pub mod students;

use super::middleware;
use super::state::AppState;
use axum::Router;
use axum::routing::{get, post};

/// Everything under `/api`, with and without the closing slash.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/auth/login/", post(auth::login))
        .route("/auth/login", post(auth::login))
        .route("/students/register/", post(students::register_student))
        .route("/students/register", post(students::register_student))
        .route("/attendance/sessions/", post(attendance::create_session))
        .route("/attendance/sessions", post(attendance::create_session))
        .route("/attendance/mark/", post(attendance::mark_photo))
        .route("/attendance/mark", post(attendance::mark_photo))
        .route("/ai/recognize/", post(ai::recognize))
        .route("/ai/recognize", post(ai::recognize))
        .route("/ai/health/", get(ai::get_health))
        .route("/ai/health", get(ai::get_health))
        .method_not_allowed_fallback(middleware::method_not_allowed)
        .fallback(middleware::no_such_route)
}
