//! Messages on their way, for admins.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// One page of messages, the newest first.
#[server(prefix = "/fn", endpoint = "list_messages", output = Postcard)]
pub async fn list_messages(filter: MessageFilter) -> Result<Page<MessageRow>, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::outbox_desk::list_messages(&ctx, &filter).await).await
}

/// One message whole.
#[server(prefix = "/fn", endpoint = "get_message", output = Postcard)]
pub async fn get_message(id: i64) -> Result<MessageCard, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::outbox_desk::get_message(&ctx, id).await).await
}

/// Has a message tried again at once.
#[server(prefix = "/fn", endpoint = "retry_message", output = Postcard)]
pub async fn retry_message(id: i64) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::outbox_desk::retry_message(&ctx, &actor, id).await?;
        door::redirect_plain_form(&format!("/admin/outbox/{id}?done=retried"));
        Ok(())
    })
    .await
}

/// Deletes a message.
#[server(prefix = "/fn", endpoint = "delete_message", output = Postcard)]
pub async fn delete_message(id: i64) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::outbox_desk::delete_message(&ctx, &actor, id).await?;
        door::redirect_plain_form("/admin/outbox?done=deleted");
        Ok(())
    })
    .await
}
