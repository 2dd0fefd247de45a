//! Messages on their way, for admins.

// The macro of the OpenAPI document writes the query's type with its path.
#![allow(unused_qualifications)]

use super::WithDoors;
use super::envelope::{ApiResult, Failures, timestamp};
use super::extract::{Admin, ApiQuery};
use super::paging::{Links, Paged, bounds};
use crate::server::domain::outbox::{self, Message, MessageState};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/outbox/`.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(list_messages))
}

/// Where a message is on its way.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = MessageState)]
pub enum StateWord {
    Waiting,
    Sent,
    /// Given up: expired, or refused too often.
    Failed,
}

impl From<MessageState> for StateWord {
    fn from(state: MessageState) -> Self {
        match state {
            MessageState::Waiting => Self::Waiting,
            MessageState::Sent => Self::Sent,
            MessageState::Failed => Self::Failed,
        }
    }
}

impl From<StateWord> for MessageState {
    fn from(word: StateWord) -> Self {
        match word {
            StateWord::Waiting => Self::Waiting,
            StateWord::Sent => Self::Sent,
            StateWord::Failed => Self::Failed,
        }
    }
}

/// One message.
#[derive(Serialize, ToSchema)]
#[schema(as = OutboxMessage)]
pub struct MessageAnswer {
    #[schema(minimum = 1)]
    id: i64,
    recipient: String,
    subject: String,
    /// Plain text; once the message is gone, without the secret of its link.
    body: String,
    state: StateWord,
    /// Tries that failed.
    #[schema(minimum = 0)]
    attempts: i32,
    /// Why the last try failed; empty when none did.
    last_error: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    sent_at: Option<String>,
}

impl From<Message> for MessageAnswer {
    fn from(message: Message) -> Self {
        Self {
            id: message.id,
            recipient: message.recipient,
            subject: message.subject,
            body: message.body,
            state: message.state.into(),
            attempts: message.attempts,
            last_error: message.last_error,
            created_at: timestamp(message.created_at),
            sent_at: message.sent_at.map(timestamp),
        }
    }
}

/// Which messages.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OutboxQuery {
    #[param(inline)]
    state: Option<StateWord>,
    #[param(minimum = 1)]
    page: Option<u64>,
    /// 20 when absent; more than 100 are cut to 100.
    #[param(minimum = 1)]
    page_size: Option<u64>,
}

/// Messages, the newest first. Without a mail server they wait here, to be passed on by hand. Guard: admins.
///
/// # Errors
/// `validation_error`, `value_out_of_range`, `not_found` beyond the last page.
#[utoipa::path(get, path = "/api/outbox/", tag = "Outbox", params(OutboxQuery), security(("bearer" = [])),
    responses((status = 200, body = Paged<MessageAnswer>), Failures))]
pub async fn list_messages(
    Admin(_): Admin,
    State(ctx): State<Ctx>,
    links: Links,
    ApiQuery(query): ApiQuery<OutboxQuery>,
) -> ApiResult<Json<Paged<MessageAnswer>>> {
    let (page, page_size) = bounds(query.page, query.page_size)?;
    let messages = outbox::list_messages(&ctx, query.state.map(Into::into), page, page_size).await?;
    Ok(Json(links.page(messages, MessageAnswer::from)?))
}
