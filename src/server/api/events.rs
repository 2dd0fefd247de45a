//! Live events of one register.

use super::envelope::{ApiResult, Failures};
use super::extract::{ApiPath, caller, reader};
use crate::app::types::{LiveEvent, SessionId};
use crate::app::wire;
use crate::server::auth::actor::{self, Actor};
use crate::server::domain::sessions;
use crate::server::state::{AppState, Ctx};
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// Comment lines keep proxies from closing a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How often a quiet stream asks whether its reader may still listen.
const AUTHORITY_EVERY: Duration = Duration::from_secs(30);

/// What the document says of doors that the browser's router opens, because they take the cookie too.
pub fn doors() -> OpenApiRouter<AppState> {
    #[derive(OpenApi)]
    #[openapi(paths(session_events))]
    struct Doors;

    OpenApiRouter::with_openapi(Doors::openapi())
}

/// Tells each change of a register as it happens, until the caller hangs up. Guard: staff, by cookie or bearer token.
///
/// Events named `register` carry JSON: the session's id, status and counts, and the rows that changed. An event named
/// `refresh` asks the listener to read the whole register anew.
///
/// # Errors
/// `token_invalid`, `insufficient_permissions`, `not_found`.
#[utoipa::path(get, path = "/api/attendance/sessions/{id}/events/", tag = "Attendance",
    params(("id" = i64, Path, minimum = 1)), security(("bearer" = [])),
    responses((status = 200, body = String, content_type = "text/event-stream"), Failures))]
pub async fn session_events(
    State(ctx): State<Ctx>,
    ApiPath(id): ApiPath<SessionId>,
    parts: Parts,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let actor = caller(&ctx, &parts).await?.staff()?;
    listen(ctx, actor, id, |event| Event::default().json_data(event).ok()).await
}

/// `GET /sessions/{id}/events`, packed for our own pages. Guard: staff, by cookie.
///
/// # Errors
/// As [`session_events`].
pub async fn page_events(
    State(ctx): State<Ctx>,
    Path(id): Path<SessionId>,
    parts: Parts,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let actor = reader(&parts)?.staff()?;
    listen(ctx, actor, id, |event| wire::to_text(event).ok().map(|text| Event::default().data(text))).await
}

async fn listen(
    ctx: Ctx,
    actor: Actor,
    id: SessionId,
    pack: fn(&LiveEvent) -> Option<Event>,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    sessions::load(&ctx.db, id).await?;
    let receiver = ctx.live.subscribe();
    let stream = futures::stream::unfold((receiver, ctx, actor), move |(mut receiver, ctx, actor)| async move {
        loop {
            let received = tokio::select! {
                received = tokio::time::timeout(AUTHORITY_EVERY, receiver.recv()) => received,
                // The page asks again by itself and finds the server that comes next.
                () = ctx.stop.wait() => return None,
            };
            let may_listen =
                matches!(actor::load(&ctx, &actor.login_session).await, Ok(Some(now)) if now.role.is_staff());
            let event = match received {
                _ if !may_listen => return None,
                Ok(Ok(event)) if event.session == id => pack(&event)?.event("register"),
                // Too slow: the page fetches the whole register when told so.
                Ok(Err(RecvError::Lagged(_))) => Event::default().event("refresh").data("missed events"),
                Ok(Err(RecvError::Closed)) => return None,
                Ok(Ok(_)) | Err(_) => continue,
            };
            return Some((Ok(event), (receiver, ctx, actor)));
        }
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}
