//! Messages to people: written with the change that causes them, sent by a job, readable by admins.

use crate::app::types::Page;
use crate::server::db::entities::outbox;
use crate::server::error::Result;
use crate::server::mail::Mailer;
use crate::server::state::Ctx;
use crate::tr;
use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

pub use crate::app::types::MessageState;

/// Stands in a body where the secret of its link belongs.
pub const SECRET: &str = "{secret}";
/// Why a message was given up that nobody could use any more.
const EXPIRED: &str = "Its link had expired before it could be sent.";
/// Most messages of one round.
const ROUND_MAX: u64 = 50;
/// A message that nobody reported back on is tried again after this: its sender may have stopped midway.
const CLAIM: Duration = Duration::minutes(5);
/// The first wait after a failure; each further one doubles it.
const RETRY_FIRST: Duration = Duration::minutes(1);
const RETRY_MAX: Duration = Duration::hours(6);
/// Tries of one message: about two days.
const ATTEMPTS_MAX: i32 = 15;
/// How long messages are kept.
const KEPT: Duration = Duration::days(30);
/// Longest error that is kept, characters.
const ERROR_CHARS_MAX: usize = 500;
/// Pages beyond this are empty in any case; bounds the offset.
const PAGE_MAX: u64 = 1_000_000;

/// A message as admins read it.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: i64,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub state: MessageState,
    /// Tries that failed.
    pub attempts: i32,
    pub last_error: String,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

/// A message to be written.
pub struct NewMessage<'a> {
    /// Whose account it is about: it goes when they are erased.
    pub user: i64,
    pub recipient: &'a str,
    pub subject: &'a str,
    /// Plain text; [`SECRET`] in it is replaced.
    pub body: String,
    /// Removed once the message was sent.
    pub secret: &'a str,
    /// Not sent after this.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Writes a message, in the transaction of the change that causes it.
///
/// # Errors
/// When the database fails.
pub async fn put_message(txn: &impl ConnectionTrait, ctx: &Ctx, message: NewMessage<'_>) -> Result<()> {
    let now = ctx.clock.now();
    let row = outbox::ActiveModel {
        user_id: Set(Some(message.user)),
        recipient: Set(message.recipient.to_owned()),
        subject: Set(message.subject.to_owned()),
        body: Set(message.body),
        secret: Set(message.secret.to_owned()),
        state: Set(MessageState::Waiting.as_str().to_owned()),
        attempts: Set(0),
        last_error: Set(String::new()),
        created_at: Set(now),
        next_attempt_at: Set(now),
        expires_at: Set(message.expires_at),
        sent_at: Set(None),
        ..Default::default()
    };
    outbox::Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}

/// One page of messages, the newest first. A page past the end is empty.
///
/// # Errors
/// When the database fails.
pub async fn list_messages(ctx: &Ctx, state: Option<MessageState>, page: u64, page_size: u64) -> Result<Page<Message>> {
    let page = page.clamp(1, PAGE_MAX);
    let mut matching = outbox::Entity::find();
    if let Some(state) = state {
        matching = matching.filter(outbox::Column::State.eq(state.as_str()));
    }
    let count = matching.clone().count(&ctx.db).await?;
    let rows =
        matching.order_by_desc(outbox::Column::Id).limit(page_size).offset((page - 1) * page_size).all(&ctx.db).await?;
    let results = rows.into_iter().map(|row| Message {
        body: readable_body(&row),
        state: row.state.parse().unwrap_or(MessageState::Failed),
        id: row.id,
        recipient: row.recipient,
        subject: row.subject,
        attempts: row.attempts,
        last_error: row.last_error,
        created_at: row.created_at,
        sent_at: row.sent_at,
    });
    let results = results.collect();
    Ok(Page { count, page, page_size, results })
}

/// Why a message could not be sent, as admins read it. What a mail server said stays in its own words.
pub fn error_words(error: &str) -> String {
    if error == EXPIRED { tr!("domain-message-expired") } else { error.to_owned() }
}

/// The text with the secret of its link, as long as that is kept.
pub fn readable_body(message: &outbox::Model) -> String {
    if message.secret.is_empty() {
        message.body.replace(SECRET, &tr!("domain-message-secret-gone"))
    } else {
        message.body.replace(SECRET, &message.secret)
    }
}

/// Sends what waits and is due; returns how many messages went out.
///
/// # Errors
/// When the database fails. A mail server that fails only postpones messages.
pub async fn send_waiting(ctx: &Ctx, mailer: &Mailer) -> Result<usize> {
    let due = outbox::Entity::find()
        .filter(outbox::Column::State.eq(MessageState::Waiting.as_str()))
        .filter(outbox::Column::NextAttemptAt.lte(ctx.clock.now()))
        .order_by_asc(outbox::Column::Id)
        .limit(ROUND_MAX)
        .all(&ctx.db)
        .await?;
    let mut sent = 0;
    for message in due {
        if !claim(ctx, &message).await? {
            continue;
        }
        let done = match message.expires_at.filter(|at| *at <= ctx.clock.now()) {
            Some(_) => Err((ATTEMPTS_MAX, EXPIRED.to_owned())),
            None => mailer
                .send(&message.recipient, &message.subject, readable_body(&message))
                .await
                .map_err(|error| (message.attempts + 1, format!("{error:#}"))),
        };
        sent += usize::from(done.is_ok());
        report(ctx, message.id, done).await?;
    }
    Ok(sent)
}

/// Takes a message for this process, unless another one was faster.
async fn claim(ctx: &Ctx, message: &outbox::Model) -> Result<bool> {
    let claimed = outbox::Entity::update_many()
        .col_expr(outbox::Column::NextAttemptAt, Expr::value(ctx.clock.now() + CLAIM))
        .filter(outbox::Column::Id.eq(message.id))
        .filter(outbox::Column::State.eq(MessageState::Waiting.as_str()))
        .filter(outbox::Column::NextAttemptAt.eq(message.next_attempt_at))
        .exec(&ctx.db)
        .await?;
    Ok(claimed.rows_affected == 1)
}

/// Writes down that a message went out, or after how many attempts it did not and why.
async fn report(ctx: &Ctx, id: i64, done: std::result::Result<(), (i32, String)>) -> Result<()> {
    let now = ctx.clock.now();
    let mut row = outbox::ActiveModel { id: Set(id), ..Default::default() };
    let state = match done {
        Ok(()) => {
            row.sent_at = Set(Some(now));
            row.last_error = Set(String::new());
            MessageState::Sent
        }
        Err((attempts, error)) => {
            tracing::warn!(id, attempts, "a message could not be sent");
            row.attempts = Set(attempts);
            row.last_error = Set(error.chars().filter(|c| !c.is_control()).take(ERROR_CHARS_MAX).collect());
            row.next_attempt_at = Set(now + wait_after(attempts));
            if attempts < ATTEMPTS_MAX { MessageState::Waiting } else { MessageState::Failed }
        }
    };
    if state != MessageState::Waiting {
        row.secret = Set(String::new());
    }
    row.state = Set(state.as_str().to_owned());
    match row.update(&ctx.db).await {
        // An admin deleted it meanwhile.
        Err(DbErr::RecordNotUpdated) => Ok(()),
        done => Ok(done.map(drop)?),
    }
}

fn wait_after(attempts: i32) -> Duration {
    let doublings = attempts.saturating_sub(1).clamp(0, 20);
    RETRY_FIRST.checked_mul(1 << doublings).map_or(RETRY_MAX, |wait| wait.min(RETRY_MAX))
}

/// Removes old messages, sent or not.
///
/// # Errors
/// When the database fails.
pub async fn purge(ctx: &Ctx) -> Result<()> {
    outbox::Entity::delete_many().filter(outbox::Column::CreatedAt.lt(ctx.clock.now() - KEPT)).exec(&ctx.db).await?;
    Ok(())
}
