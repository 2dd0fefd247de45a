//! Liveness, readiness, metrics.

use crate::server::metrics;
use crate::server::state::{AppState, Ctx};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use std::time::Duration;

/// Longest wait for the database's answer.
const DATABASE_WAIT_MAX: Duration = Duration::from_secs(2);

/// Guard of all three: anyone; no answer names a person or a setting.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/livez", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(async || metrics::render()))
}

/// Ready once the database answers; models and gallery were loaded before the port opened.
async fn ready(State(ctx): State<Ctx>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(DATABASE_WAIT_MAX, ctx.db.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
