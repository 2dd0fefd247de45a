//! The guards of the server functions: who may call, what a failure becomes.

use super::auth::actor::Actor;
use super::auth::known_device;
use super::auth::login::Device;
use super::caller::ClientAddress;
use super::domain::late_marks;
use super::error::Result;
use super::limits::{Budget, Principal};
use super::once;
use super::state::Ctx;
use crate::app::error::AppError;
use anyhow::Context;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use chrono::{DateTime, Utc};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::net::{IpAddr, Ipv4Addr};
use tower_sessions::Session;

/// The actor that the middleware found, put into each request.
#[derive(Clone, Default)]
pub struct MaybeActor(pub Option<Actor>);

/// Anybody, signed in or not.
pub async fn anyone<T>(body: impl AsyncFnOnce(Ctx, Option<Actor>) -> Result<T>) -> std::result::Result<T, AppError> {
    answer(async {
        let (ctx, actor) = who()?;
        body(ctx, actor).await
    })
    .await
}

/// Everybody who is signed in.
pub async fn signed_in<T>(body: impl AsyncFnOnce(Ctx, Actor) -> Result<T>) -> std::result::Result<T, AppError> {
    answer(async {
        let (ctx, actor) = who()?;
        body(ctx, actor.ok_or(AppError::NotSignedIn)?).await
    })
    .await
}

/// Teachers and admins.
pub async fn staff<T>(body: impl AsyncFnOnce(Ctx, Actor) -> Result<T>) -> std::result::Result<T, AppError> {
    signed_in(async |ctx, actor| {
        let actor = actor.staff()?;
        body(ctx, actor).await
    })
    .await
}

/// Admins.
pub async fn admin<T>(body: impl AsyncFnOnce(Ctx, Actor) -> Result<T>) -> std::result::Result<T, AppError> {
    signed_in(async |ctx, actor| {
        let actor = actor.admin()?;
        body(ctx, actor).await
    })
    .await
}

/// The browser's session of this request.
pub fn browser_session() -> Option<Session> {
    use_context::<Parts>()?.extensions.get::<Session>().cloned()
}

/// The caller's address, of this request.
pub fn client_address() -> Option<IpAddr> {
    use_context::<Parts>()?.extensions.get::<ClientAddress>().map(|ClientAddress(address)| *address)
}

/// The browser behind this request, for the owner's list of devices.
pub fn device(ctx: &Ctx) -> Device {
    let Some(parts) = use_context::<Parts>() else { return Device::default() };
    let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let known = known_device::read(ctx, &parts.headers);
    Device { address: client_address(), user_agent: agent.unwrap_or_default(), known }
}

/// Sends a cookie along with the answer.
pub fn set_cookie(cookie: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// Counts one request of whoever is not signed in.
///
/// # Errors
/// [`AppError::TooManyRequests`] when the address asks too often.
pub fn spend(ctx: &Ctx, budget: Budget) -> std::result::Result<(), AppError> {
    ctx.limits.spend(budget, &Principal::address(client_address().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
}

/// When something was made that a device sends later than that, of this request.
pub fn made_at(ctx: &Ctx) -> Option<DateTime<Utc>> {
    let parts = use_context::<Parts>()?;
    let waited_s = parts.headers.get(once::QUEUED_FOR)?.to_str().ok()?.parse().ok()?;
    Some(late_marks::made_at(ctx, waited_s))
}

/// A path of this site, or nothing: an open redirect is a gift to phishers.
pub fn local_path(next: Option<&str>) -> Option<String> {
    let path = next?;
    let local =
        path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.contains(char::is_control);
    local.then(|| path.to_owned())
}

/// Leads a form that was posted without WebAssembly on to a page; scripts get the value.
pub fn redirect_plain_form(path: &str) {
    if use_context::<Parts>().is_some_and(|parts| wants_html(&parts)) {
        leptos_axum::redirect(path);
    }
}

fn who() -> Result<(Ctx, Option<Actor>)> {
    let ctx = use_context::<Ctx>().context("no server context in this request")?;
    let actor = use_context::<Parts>().and_then(|parts| parts.extensions.get::<MaybeActor>().cloned());
    Ok((ctx, actor.unwrap_or_default().0))
}

/// Turns trouble into what the user may read, with its status.
async fn answer<T>(body: impl Future<Output = Result<T>>) -> std::result::Result<T, AppError> {
    body.await.map_err(|error| {
        let error = error.into_app();
        set_status(&error);
        error
    })
}

/// A page being rendered and a scripted caller get the error's status. A plain
/// form does not: Leptos leads it back to its page, and a status would break that.
fn set_status(error: &AppError) {
    let (Some(parts), Some(response)) = (use_context::<Parts>(), use_context::<ResponseOptions>()) else { return };
    if parts.method != Method::GET && wants_html(&parts) {
        return;
    }
    if let Ok(status) = StatusCode::from_u16(error.status()) {
        response.set_status(status);
    }
    if let Some(seconds) = error.retry_after_s() {
        response.insert_header(HeaderName::from_static("retry-after"), HeaderValue::from(seconds));
    }
}

fn wants_html(parts: &Parts) -> bool {
    parts
        .headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}
