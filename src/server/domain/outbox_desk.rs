//! What admins do with messages: find them, read one, have it sent again, delete it.

use super::front_desk::sends_mail;
use super::outbox::{MessageState, SECRET, error_words, readable_body};
use super::{audit, email_tokens, listing};
use crate::app::error::AppError;
use crate::app::types::{MessageCard, MessageFilter, MessageRow, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, Page, UserId};
use crate::server::auth::actor::Actor;
use crate::server::db;
use crate::server::db::entities::{outbox, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

/// Messages that stand at their recipient's account.
const MESSAGES_OF_USER: u64 = 3;
/// Longest search text that is looked at, characters.
const SEARCH_CHARS_MAX: usize = 100;

/// One page of messages, the newest first. A page past the end is the last.
///
/// # Errors
/// When the database fails.
pub async fn list_messages(ctx: &Ctx, filter: &MessageFilter) -> Result<Page<MessageRow>> {
    let page_size = if filter.page_size == 0 { PAGE_SIZE_DEFAULT } else { filter.page_size.min(PAGE_SIZE_MAX) };
    let search: String = filter.search.chars().take(SEARCH_CHARS_MAX).collect();
    let mut matching = outbox::Entity::find();
    if let Some(state) = filter.state {
        matching = matching.filter(outbox::Column::State.eq(state.as_str()));
    }
    if let Some(in_recipient) = listing::contains(outbox::Column::Recipient, &search) {
        let in_subject = listing::contains(outbox::Column::Subject, &search);
        matching = matching.filter(Condition::any().add(in_recipient).add_option(in_subject));
    }
    let count = matching.clone().count(&ctx.db).await?;
    let page = filter.page.clamp(1, count.div_ceil(page_size).max(1));
    let rows = matching
        .order_by_desc(outbox::Column::Id)
        .limit(page_size)
        .offset(listing::offset_of(page, page_size))
        .all(&ctx.db)
        .await?;
    let results = rows.into_iter().map(|row| to_row(ctx, row)).collect();
    Ok(Page { count, page, page_size, results })
}

/// The newest messages to an address.
///
/// # Errors
/// When the database fails.
pub async fn messages_to(ctx: &Ctx, email: &str) -> Result<Vec<MessageRow>> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::Recipient.eq(email))
        .order_by_desc(outbox::Column::Id)
        .limit(MESSAGES_OF_USER)
        .all(&ctx.db)
        .await?;
    Ok(rows.into_iter().map(|row| to_row(ctx, row)).collect())
}

/// One message whole.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn get_message(ctx: &Ctx, id: i64) -> Result<MessageCard> {
    let message = find(&ctx.db, id).await?;
    let body = readable_body(&message);
    let counts = !message.secret.is_empty() && email_tokens::counts(&ctx.db, ctx, &message.secret).await?;
    let user = users::Entity::find().filter(users::Column::Email.eq(&message.recipient)).one(&ctx.db).await?;
    let link = body.split_whitespace().find(|word| word.contains(&message.secret) && word.starts_with("http"));
    let waits = message.state == MessageState::Waiting.as_str() && sends_mail(&ctx.config);
    Ok(MessageCard {
        link: link.filter(|_| counts).map(str::to_owned),
        body: body.clone(),
        expires: message.expires_at.map(|at| ctx.clock.wall_at(at)),
        last_error: error_words(&message.last_error),
        next_try: waits.then(|| ctx.clock.wall_at(message.next_attempt_at)),
        stays_because: stays_because(ctx, &message),
        user: user.map(|user| UserId(user.id)),
        sends_mail: sends_mail(&ctx.config),
        row: to_row(ctx, message),
    })
}

/// Has a message tried again at once, with all its attempts before it.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] with the reason why it cannot be, or internals.
pub async fn retry_message(ctx: &Ctx, actor: &Actor, id: i64) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let message = find(&txn, id).await?;
    if let Some(reason) = stays_because(ctx, &message) {
        return Err(AppError::Rule(reason).into());
    }
    let again = outbox::ActiveModel {
        id: Set(id),
        state: Set(MessageState::Waiting.as_str().to_owned()),
        attempts: Set(0),
        next_attempt_at: Set(ctx.clock.now()),
        ..Default::default()
    };
    again.update(&txn).await?;
    let sentence = format!("{} had message {id} sent again: {}", actor.name, message.subject);
    audit::record(&txn, ctx, Some(actor), "outbox.retry", "message", id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// Deletes a message; what it announces stays as it is, its link too.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn delete_message(ctx: &Ctx, actor: &Actor, id: i64) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let message = find(&txn, id).await?;
    outbox::Entity::delete_by_id(id).exec(&txn).await?;
    let sentence = format!("{} deleted message {id}, {}: {}", actor.name, message.state, message.subject);
    audit::record(&txn, ctx, Some(actor), "outbox.delete", "message", id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// Why a message cannot be tried again.
fn stays_because(ctx: &Ctx, message: &outbox::Model) -> Option<String> {
    if message.state == MessageState::Sent.as_str() {
        return Some(tr!("domain-message-sent"));
    }
    if message.body.contains(SECRET) && message.secret.is_empty() {
        return Some(tr!("domain-message-link-removed"));
    }
    if message.expires_at.is_some_and(|at| at <= ctx.clock.now()) {
        return Some(tr!("domain-message-link-over"));
    }
    (!sends_mail(&ctx.config)).then(|| tr!("domain-message-no-server"))
}

async fn find(db: &impl ConnectionTrait, id: i64) -> Result<outbox::Model> {
    Ok(outbox::Entity::find_by_id(id).one(db).await?.ok_or_else(|| AppError::not_found("Message", id))?)
}

fn to_row(ctx: &Ctx, row: outbox::Model) -> MessageRow {
    MessageRow {
        id: row.id,
        state: row.state.parse().unwrap_or(MessageState::Failed),
        recipient: row.recipient,
        subject: row.subject,
        attempts: row.attempts,
        written: ctx.clock.wall_at(row.created_at),
        sent: row.sent_at.map(|at| ctx.clock.wall_at(at)),
    }
}
