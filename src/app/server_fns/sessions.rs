//! Attendance sessions.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// Today's sessions, registers still owed, and what a new session needs.
#[server(prefix = "/fn", endpoint = "get_today", output = Postcard)]
pub async fn get_today() -> Result<Today, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::sessions::get_today(&ctx, &actor).await).await
}

/// One page of sessions under the filter, the latest first.
#[server(prefix = "/fn", endpoint = "list_sessions", output = Postcard)]
pub async fn list_sessions(filter: SessionFilter) -> Result<Page<SessionRow>, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::sessions::list_sessions(&ctx, &actor, &filter).await).await
}

/// A session with its whole register.
#[server(prefix = "/fn", endpoint = "get_session", output = Postcard)]
pub async fn get_session(id: SessionId) -> Result<SessionDetail, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::sessions::get_session(&ctx, &actor, id).await).await
}

/// Creates a session, freezes its roster and leads to its page.
#[server(prefix = "/fn", endpoint = "create_session", output = Postcard)]
pub async fn create_session(form: SessionForm) -> Result<SessionRow, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| {
        let session = domain::sessions::create_session(&ctx, &actor, form).await?;
        leptos_axum::redirect(&format!("/sessions/{}", session.id));
        Ok(session)
    })
    .await
}

/// Saves the register: unmarked students become absent, by this person's decision.
#[server(prefix = "/fn", endpoint = "complete_session", output = Postcard)]
pub async fn complete_session(id: SessionId) -> Result<SessionDetail, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::sessions::complete_session(&ctx, &actor, id).await).await
}

/// Cancels an active session; it takes no marks and does not count.
#[server(prefix = "/fn", endpoint = "cancel_session", output = Postcard)]
pub async fn cancel_session(id: SessionId) -> Result<SessionDetail, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::sessions::cancel_session(&ctx, &actor, id).await).await
}
