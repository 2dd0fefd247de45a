//! Liveness, readiness, metrics.

use crate::server::db::{self, Failure};
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

/// Ready once the database answers and takes writes; models and gallery were loaded before the port opened.
async fn ready(State(ctx): State<Ctx>) -> (StatusCode, &'static str) {
    let asked = async { (ctx.db.ping().await, db::why_unwritable(&ctx.db).await) };
    let not_ready = |words| (StatusCode::SERVICE_UNAVAILABLE, words);
    match tokio::time::timeout(DATABASE_WAIT_MAX, asked).await {
        Ok((Ok(()), None)) => (StatusCode::OK, "ready\n"),
        Ok((Ok(()), Some(Failure::Full))) => {
            not_ready("storage full: what is there can be read, nothing can be saved\n")
        }
        Ok((Ok(()), Some(Failure::ReadOnly | Failure::Broken))) => {
            not_ready("storage unwritable: what is there can be read, nothing can be saved\n")
        }
        _ => not_ready("the database does not answer\n"),
    }
}
