//! Puts routes and middleware together.

use super::auth::session_store::DatabaseStore;
use super::config::Config;
use super::state::AppState;
use super::{api, bodies, browser_files, caller, error_page, hosts, language, middleware, once, pages, refused_forms};
use crate::app::{App, shell};
use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use std::sync::OnceLock;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::services::{ServeDir, ServeFile};
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

/// How long a browser remembers which sites may call.
const CORS_KEPT: Duration = Duration::from_secs(10 * 60);

/// The pages' routes, listed once per process.
static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();

/// The whole server.
pub fn router(state: AppState) -> Router {
    let ctx = state.ctx.clone();
    let (leptos, files) = (state.leptos.clone(), state.files.clone());
    // Listing the routes renders the application with everything switched off, which must not meet a real rendering.
    let routes = ROUTES.get_or_init(|| generate_route_list(App)).clone();
    let page_context = pages::page_context(&ctx);
    let browser = Router::new()
        .route("/fn/{*name}", post(pages::server_function))
        .leptos_routes_with_context(&state, routes, page_context, move || shell(leptos.clone(), files.clone()))
        .route("/media/student_faces/{name}", get(api::media::get_photo))
        .merge(api::downloads::router().layer(from_fn(language::speak)))
        .route("/me/data.zip", get(api::my_data::get_my_data))
        .route("/api/attendance/sessions/{id}/events/", get(api::events::session_events))
        .route("/api/attendance/sessions/{id}/events", get(api::events::session_events))
        .route("/sessions/{id}/events", get(api::events::page_events))
        .method_not_allowed_fallback(middleware::method_not_allowed)
        .fallback(pages::not_found)
        // Around everything: Leptos gives each server function a route of its own.
        .layer(from_fn(pages::true_status))
        .layer(from_fn(refused_forms::bring_back))
        .layer(from_fn_with_state(ctx.clone(), once::once))
        .layer(from_fn(refused_forms::keep))
        .layer(from_fn(middleware::server_function_type))
        .layer(from_fn_with_state(ctx.clone(), caller::limit_rate))
        .layer(from_fn_with_state(ctx.clone(), middleware::find_actor))
        .layer(session_layer(&state));
    let files = static_files(&state);
    let rest = api::router().layer(from_fn_with_state(ctx.clone(), caller::limit_rate));
    Router::new()
        .merge(for_other_sites(rest, &ctx.config))
        .merge(api::probes::router())
        .nest_service("/pkg", files.0)
        .merge(files.1)
        .merge(browser)
        .layer(from_fn_with_state(ctx.clone(), middleware::same_origin))
        .layer(from_fn_with_state(ctx.clone(), hosts::refuse_foreign))
        .layer(from_fn_with_state(ctx.clone(), caller::find_address))
        .layer(from_fn(middleware::limit_body))
        .layer(from_fn(middleware::limit_time))
        .layer(from_fn(bodies::watch))
        .layer(CatchPanicLayer::custom(middleware::panicked))
        .layer(from_fn_with_state(state.clone(), error_page::for_people))
        .layer(from_fn_with_state(ctx, middleware::headers))
        .layer(from_fn(middleware::trace))
        .with_state(state)
}

/// Lets other sites' scripts call the REST API where the setting names them. They send tokens, never cookies.
fn for_other_sites(rest: Router<AppState>, config: &Config) -> Router<AppState> {
    let origins: Vec<HeaderValue> = config.cors_origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    if origins.is_empty() {
        return rest;
    }
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([HeaderName::from_static("x-trace-id"), header::RETRY_AFTER])
        .max_age(CORS_KEPT);
    rest.layer(cors)
}

/// The cookie: HttpOnly, SameSite=Lax, and `__Host-` with Secure wherever the site is reached by HTTPS.
fn session_layer(state: &AppState) -> SessionManagerLayer<DatabaseStore> {
    let secure = state.ctx.config.is_https();
    let lifetime = time::Duration::hours(super::auth::login::COOKIE_HOURS);
    SessionManagerLayer::new(DatabaseStore::new(state.ctx.db.clone()))
        .with_name(if secure { "__Host-rollcall" } else { "rollcall" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(lifetime))
}

/// The browser's files: `/pkg` as built, and what lies at the top of the site folder.
fn static_files(state: &AppState) -> (ServeDir, Router<AppState>) {
    let site = &state.ctx.config.site;
    let pkg = ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip();
    let mut top = Router::new();
    for name in browser_files::AT_THE_TOP {
        top = top.route_service(&format!("/{name}"), ServeFile::new(site.join(name)));
    }
    (pkg, top)
}
