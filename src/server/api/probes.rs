//! Liveness, readiness, metrics.

use crate::server::auth::tokens::bearer_token;
use crate::server::db::{self, Failure};
use crate::server::state::{AppState, Ctx};
use crate::server::{metrics, secrets};
use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::routing::get;
use std::net::SocketAddr;
use std::time::Duration;

/// Longest wait for the database's answer.
const DATABASE_WAIT_MAX: Duration = Duration::from_secs(2);

/// Guard of the first two: anyone; no answer names a person or a setting. The figures are for this machine and for
/// whoever has the token.
pub fn router() -> Router<AppState> {
    Router::new().route("/livez", get(async || "ok\n")).route("/readyz", get(ready)).route("/metrics", get(figures))
}

/// What Prometheus reads: to callers on this machine that no proxy has sent, else with the token of the settings.
async fn figures(State(ctx): State<Ctx>, parts: Parts) -> Result<String, StatusCode> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let is_forwarded = ["forwarded", "x-forwarded-for"].iter().any(|name| parts.headers.contains_key(*name));
    let sent = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer_token);
    let has_token = match (&ctx.config.metrics_token, sent) {
        (Some(token), Some(sent)) => secrets::same(token.as_bytes(), sent.as_bytes()),
        _ => false,
    };
    let is_local = peer.is_some_and(|peer| peer.is_loopback()) && !is_forwarded;
    if is_local || has_token { Ok(metrics::render()) } else { Err(StatusCode::FORBIDDEN) }
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
